//! What must be found in a request, worked out from the spec.

use huaweicloud_migration::Finding;
use serde_json::json;

use super::chosen::{Chosen, Value, keeps};
use super::facts::{By, Clouds, Fact, Input, Limit, Operation, Rule};
use super::wanted::{ABOVE, BELOW, BROKEN, KEPT, Tried, named};

/// What a finding says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    pub(super) place: String,
    /// The rule's id, or the kind of limit.
    pub(super) name: String,
    warning: bool,
    basis: String,
    page: String,
    limit: String,
    shows_value: bool,
}

impl Told {
    pub(super) fn of(finding: &Finding) -> Self {
        let rule = finding.rule_id();
        Self {
            place: finding.place().to_owned(),
            name: rule.unwrap_or(finding.rule().name()).to_owned(),
            warning: finding.level() == huaweicloud_migration::Level::Warning,
            basis: format!("{:?}", finding.basis()).to_lowercase(),
            page: finding.page().id.to_owned(),
            // Rules say in words what is in the table of the spec; the words have tests of their own.
            limit: if rule.is_some() { String::new() } else { sorted(finding.limit()) },
            shows_value: finding.value().is_some(),
        }
    }
}

pub(super) struct Expecting<'a> {
    pub(super) chosen: &'a Chosen,
    pub(super) cloud: Option<&'a str>,
    pub(super) told: Vec<Told>,
    /// What is still to be tried.
    pub(super) wanted: &'a mut Tried,
}

impl Expecting<'_> {
    /// What must be found, in any order.
    pub(super) fn operation(mut self, operation: &Operation) -> Vec<Told> {
        self.inputs("", "", &operation.inputs, &operation.rules);
        self.told
    }

    /// `at` is the place of what holds them, and `of` the same without numbers of elements.
    fn inputs(&mut self, at: &str, of: &str, inputs: &[Input], rules: &[Rule]) {
        for input in inputs {
            let place = joined(at, &input.name);
            let places = if input.is_list {
                let count = self.chosen.counts[&input.place];
                self.items(&place, input, count);
                (0..count).map(|index| format!("{place}[{index}]")).collect()
            } else {
                vec![place]
            };
            for place in places {
                if let Some(value) = self.chosen.values.get(&input.place) {
                    self.value(&place, input, value);
                }
                self.inputs(&place, &input.place, &input.below, &input.rules);
            }
        }
        for rule in rules {
            self.rule(at, of, rule);
        }
    }

    fn items(&mut self, place: &str, input: &Input, count: usize) {
        for fact in &input.facts {
            let Limit::Items(low, high) = fact.limit else { continue };
            let count = count as u64;
            let kept = low.is_none_or(|low| low <= count) && high.is_none_or(|high| count <= high);
            let outcome = match low {
                _ if kept => KEPT,
                Some(low) if count < low => BELOW,
                _ => ABOVE,
            };
            self.fact(place, input, fact, outcome, false);
        }
    }

    fn value(&mut self, place: &str, input: &Input, value: &Value) {
        for fact in input.facts.iter().filter(|fact| !matches!(fact.limit, Limit::Items(..))) {
            let outcome = match (&fact.limit, value) {
                _ if keeps(&fact.limit, value) => KEPT,
                (Limit::Length(Some(low), _), Value::Text(text)) if (text.chars().count() as u64) < *low => BELOW,
                (Limit::Range(low, _), Value::Integer(value)) if low.as_i64().is_some_and(|low| *value < low) => BELOW,
                (Limit::Range(low, _), Value::Number(value)) if low.as_f64().is_some_and(|low| *value < low) => BELOW,
                (Limit::Length(..) | Limit::Range(..), _) => ABOVE,
                _ => BROKEN,
            };
            // An empty text needs no showing.
            let empty = matches!((&fact.limit, value), (Limit::Length(..), Value::Text(text)) if text.is_empty());
            self.fact(place, input, fact, outcome, !input.sensitive && !empty);
        }
    }

    fn fact(&mut self, place: &str, input: &Input, fact: &Fact, outcome: &'static str, shows_value: bool) {
        self.wanted.remove(&(input.place.clone(), named(fact, self.cloud), outcome));
        if outcome == KEPT {
            return;
        }
        // Where nobody said which cloud it is, a fact of some clouds only may not apply.
        let doubted = match (&fact.clouds, self.cloud) {
            (Clouds::All, _) => false,
            (_, None) => true,
            (Clouds::Only(cloud), Some(asked)) if cloud == asked => false,
            (Clouds::Except(clouds), Some(asked)) if clouds.iter().all(|cloud| cloud != asked) => false,
            _ => return,
        };
        let By { warning, basis, page } = fact.by.clone();
        self.told.push(Told {
            place: place.to_owned(),
            name: kind(&fact.limit).to_owned(),
            warning: warning || doubted,
            basis: basis.replace('-', ""),
            page,
            limit: limit(&fact.limit),
            shows_value,
        });
    }

    /// All fields are set, so that only some kinds of rules can be broken.
    fn rule(&mut self, at: &str, of: &str, rule: &Rule) {
        let holds = || rule.when.iter().all(|(name, is)| self.holds(&joined(of, name), is));
        let each = || rule.fields.iter().map(|field| joined(at, field)).collect();
        let places: Vec<String> = match rule.kind.as_str() {
            "at-least-one-of" | "all-or-none" | "required-if" => return,
            "exactly-one-of" | "at-most-one-of" if rule.fields.len() < 2 => return,
            "exactly-one-of" | "at-most-one-of" => vec![joined(at, common(&rule.fields))],
            "forbidden-if" if holds() => each(),
            "applies-if" if !holds() => each(),
            "forbidden-if" | "applies-if" => Vec::new(),
            "ordered" => {
                let [first, second] = [0, 1].map(|at| &self.chosen.values[&joined(of, &rule.fields[at])]);
                let above = match (first, second) {
                    (Value::Text(first), Value::Text(second)) => first > second,
                    (Value::Integer(first), Value::Integer(second)) => first > second,
                    other => panic!("{}: {other:?}", rule.id),
                };
                if above { vec![joined(at, &rule.fields[0])] } else { Vec::new() }
            }
            other => panic!("{}: unknown kind {other}", rule.id),
        };
        self.wanted.remove(&(of.to_owned(), rule.id.clone(), if places.is_empty() { KEPT } else { BROKEN }));
        let By { warning, basis, page } = &rule.by;
        self.told.extend(places.into_iter().map(|place| Told {
            place,
            name: rule.id.clone(),
            warning: *warning,
            basis: basis.replace('-', ""),
            page: page.clone(),
            limit: String::new(),
            shows_value: false,
        }));
    }

    fn holds(&self, place: &str, is: &serde_json::Value) -> bool {
        if let Some(present) = is.get("present") {
            return present == true;
        }
        if let Some(not) = is.get("not") {
            return !self.holds(place, not);
        }
        if let Some(any) = is.as_array() {
            return any.iter().any(|is| self.holds(place, is));
        }
        match &self.chosen.values[place] {
            Value::Text(text) => *is == text.as_str(),
            Value::Integer(number) => *is == json!(number),
            Value::Number(number) => *is == json!(number),
            Value::Boolean(value) => *is == *value,
        }
    }
}

/// The reader of the spec does not keep the order of values.
fn sorted(limit: &str) -> String {
    let Some(values) = limit.strip_prefix("one of ") else { return limit.to_owned() };
    let mut values: Vec<_> = values.split(", ").collect();
    values.sort_unstable();
    format!("one of {}", values.join(", "))
}

fn joined(at: &str, name: &str) -> String {
    if at.is_empty() || name.is_empty() { format!("{at}{name}") } else { format!("{at}.{name}") }
}

/// What holds all the fields.
fn common(fields: &[String]) -> &str {
    let holder = |field: &str| field.rsplit_once('.').map_or(0, |(holder, _)| holder.len());
    assert!(fields.iter().all(|field| field[..holder(field)] == fields[0][..holder(&fields[0])]), "{fields:?}");
    &fields[0][..holder(&fields[0])]
}

pub(super) fn kind(limit: &Limit) -> &'static str {
    match limit {
        Limit::Length(..) => "length",
        Limit::Items(..) => "items",
        Limit::Range(..) => "range",
        Limit::Pattern(_) => "pattern",
        Limit::Known(_) => "known-value",
        Limit::Doubtful(_) => "doubtful-value",
    }
}

/// The limit in words.
pub(super) fn limit(limit: &Limit) -> String {
    let interval = |low: Option<String>, high: Option<String>, unit: &str| {
        let unit = |last: &str| match unit {
            "" => String::new(),
            unit => format!(" {unit}{}", if last == "1" { "" } else { "s" }),
        };
        match (low, high) {
            (Some(low), Some(high)) if low == high => format!("exactly {low}{}", unit(&low)),
            (Some(low), Some(high)) => format!("{low} to {high}{}", unit(&high)),
            (None, Some(high)) => format!("at most {high}{}", unit(&high)),
            (Some(low), None) => format!("at least {low}{}", unit(&low)),
            (None, None) => String::new(),
        }
    };
    // No length is below zero.
    let size = |low: Option<u64>| low.filter(|low| *low > 0).map(|low| low.to_string());
    match limit {
        Limit::Length(low, high) => interval(size(*low), high.map(|high| high.to_string()), "character"),
        Limit::Items(low, high) => interval(size(*low), high.map(|high| high.to_string()), "item"),
        Limit::Range(low, high) => {
            // The ends of what an integer can be are no limits.
            let bound = |bound: &serde_json::Value| {
                Some(bound.to_string()).filter(|_| !bound.is_null() && *bound != i64::MAX && *bound != i64::MIN)
            };
            interval(bound(low), bound(high), "")
        }
        Limit::Pattern(pattern) => format!("matches {pattern}"),
        Limit::Known(known) => format!("one of {}", known.join(", ")),
        Limit::Doubtful(_) => "listed, but doubtful to be accepted here".to_owned(),
    }
}
