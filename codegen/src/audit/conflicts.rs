//! Where a page contradicts itself: its own examples against its own tables.

use serde_json::Value as Json;

use super::claims::{Fact, Holder};
use super::judge::{Cx, Of, is_list, shown, stated};
use super::words;
use crate::decode::Number;
use crate::grammar::FactName;
use crate::model::{Location, Payload, Ty};
use crate::page::{Limits, Mandatory, Row, Said, TypeName};

/// One contradiction.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    pub(super) holder: Holder,
    pub(super) name: String,
    pub(super) fact: FactName,
    /// The value that an example shows, if a scalar.
    pub(super) value: Option<String>,
    pub(super) what: String,
    pub(super) line: u32,
}

impl Conflict {
    /// Whether it is about what a fact says.
    pub(super) fn is_about(&self, fact: &Fact<'_>) -> bool {
        let value = match &fact.claim {
            super::claims::Claim::Value { text, .. } => self.value.as_deref() == Some(*text),
            super::claims::Claim::Present => false,
            _ => true,
        };
        self.holder == fact.holder && self.name == fact.name && self.fact == fact.claim.fact() && value
    }
}

/// As errata name the place of a field.
pub(super) fn place(cx: &Cx<'_>, holder: Holder, name: &str) -> String {
    let of_type = |id: crate::model::TypeId| cx.service.types[id.0].name.value.clone();
    let within = match holder {
        Holder::Operation => return "operation".to_owned(),
        Holder::Inputs(location) => location.word().to_owned(),
        Holder::Given(id) | Holder::Answered(_, id) => of_type(id),
        Holder::Answer(status) => {
            let answer = cx.operation.responses.iter().find(|answer| answer.status == status);
            match answer.map(|answer| &answer.body) {
                Some(Payload::Is(ty)) => match ty.leaf() {
                    Ty::Object(id) => of_type(*id),
                    _ => format!("responses.{status}"),
                },
                _ => format!("responses.{status}"),
            }
        }
    };
    if name.is_empty() { within } else { format!("{within}.{name}") }
}

pub(super) fn conflicts(cx: &Cx<'_>) -> Vec<Conflict> {
    let mut all = Vec::new();
    for sample in cx.samples.iter() {
        let holder = sample.holder;
        if cx.layout.tables(holder).is_empty() {
            continue;
        }
        let mut add = |name: &str, fact, value: Option<&Json>, what: String| {
            let value = value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            all.push(Conflict { holder, name: name.to_owned(), fact, value, what, line: sample.line });
        };
        for (name, value) in sample.object {
            let rows = cx.layout.rows(holder, name);
            if rows.is_empty() {
                add(name, FactName::Name, Some(value), format!("an example shows `{name}`, which no table has"));
            }
            for (_, row) in rows {
                for (fact, what) in against(row, value) {
                    add(name, fact, Some(value), what);
                }
            }
        }
        for (_, row) in cx.layout.all(holder) {
            if row.mandatory == Some(Mandatory::Yes) && !sample.object.contains_key(&row.name) {
                let what = format!("`{}` is mandatory in the table, and not in an example", row.name);
                add(&row.name, FactName::Need, None, what);
            }
        }
    }
    queries(cx, &mut all);
    lists(cx, &mut all);
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|found| seen.insert((found.holder, found.name.clone(), found.fact.word(), found.value.clone())));
    all
}

/// What one value of an example contradicts in its row.
fn against(row: &Row, value: &Json) -> Vec<(FactName, String)> {
    let shown_value = super::judge::short(&value.to_string());
    let mut found = Vec::new();
    if value.is_null() {
        if !words::has(&row.description, "null") {
            found.push((FactName::Nullable, format!("an example shows null for `{}`", row.name)));
        }
        return found;
    }
    if let Some(ty) = &row.ty
        && !fits(&ty.is, value)
    {
        found.push((FactName::Type, format!("the table says `{}`, an example shows {shown_value}", ty.text)));
        return found;
    }
    for scalar in scalars(value) {
        let text = scalar.as_str().map_or_else(|| scalar.to_string(), str::to_owned);
        if let Some(values) = row.says.values.is().filter(|values| is_list(values))
            && !values.list.iter().any(|said| said.value == text)
        {
            found.push((FactName::Enum, format!("an example shows `{text}`, which the list of values lacks")));
        }
        let length = text.chars().count();
        let length = scalar.is_string().then(|| Number::Integer(i64::try_from(length).unwrap_or(i64::MAX)));
        let number = text.parse().map(Number::Integer).or_else(|_| text.parse().map(Number::Float)).ok();
        for (of, fact, number) in [(Of::Length, FactName::Length, length), (Of::Range, FactName::Range, number)] {
            outside(row, of, fact, number, &shown_value, &mut found);
        }
    }
    if let Json::Array(items) = value {
        let count = Number::Integer(i64::try_from(items.len()).unwrap_or(i64::MAX));
        outside(row, Of::Items, FactName::Items, Some(count), &format!("{} entries", items.len()), &mut found);
    }
    found
}

fn outside(
    row: &Row,
    of: Of,
    fact: FactName,
    found: Option<Number>,
    shown_value: &str,
    out: &mut Vec<(FactName, String)>,
) {
    let (Said::Is(at), Some(number)) = (stated(row, of), found) else { return };
    let Limits { low, high } = at.is;
    if low.is_some_and(|low| number.is_below(low)) || high.is_some_and(|high| high.is_below(number)) {
        out.push((fact, format!("the table says {}, an example shows {shown_value}", shown(low, high))));
    }
}

/// A value, or the values of a list.
fn scalars(value: &Json) -> Vec<&Json> {
    match value {
        Json::Array(items) => {
            items.iter().filter(|item| !item.is_array() && !item.is_object() && !item.is_null()).collect()
        }
        Json::Object(_) | Json::Null => Vec::new(),
        scalar => vec![scalar],
    }
}

fn fits(ty: &TypeName, value: &Json) -> bool {
    match (ty, value) {
        // Dates travel as numbers, too.
        (TypeName::Unknown | TypeName::Any, _)
        | (_, Json::Null)
        | (TypeName::Map(_) | TypeName::Object(_), Json::Object(_))
        | (TypeName::String | TypeName::Date | TypeName::Binary, Json::String(_))
        | (TypeName::Float | TypeName::Number | TypeName::Date, Json::Number(_))
        | (TypeName::Boolean, Json::Bool(_)) => true,
        (TypeName::Array(inner), Json::Array(items)) => items.iter().all(|item| fits(inner, item)),
        (TypeName::Integer | TypeName::Long, Json::Number(number)) => !number.is_f64(),
        _ => false,
    }
}

/// Parameters in the request lines of examples that no table has.
fn queries(cx: &Cx<'_>, all: &mut Vec<Conflict>) {
    let holder = Holder::Inputs(Location::Query);
    if cx.layout.tables(holder).is_empty() {
        return;
    }
    for example in &cx.page.examples {
        let query = example.request.as_ref().and_then(|request| request.query.as_deref()).unwrap_or_default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            if cx.layout.rows(holder, name).is_empty() {
                all.push(Conflict {
                    holder,
                    name: name.to_owned(),
                    fact: FactName::Name,
                    value: Some(value.to_owned()),
                    what: format!("an example's address has `{name}`, which no table has"),
                    line: example.line,
                });
            }
        }
    }
}

/// Lists of values in one cell that are not the same.
fn lists(cx: &Cx<'_>, all: &mut Vec<Conflict>) {
    for holder in cx.layout.holders() {
        for (_, row) in cx.layout.all(holder) {
            let Said::Is(at) = &row.says.values else { continue };
            for other in row.says.other_values.iter().filter(|values| is_list(values)) {
                let differs = other.list.iter().filter(|said| {
                    !at.is.list.contains(said) && { !at.is.list.iter().any(|known| known.value == said.value) }
                });
                for said in differs {
                    all.push(Conflict {
                        holder,
                        name: row.name.clone(),
                        fact: FactName::Enum,
                        value: Some(said.value.clone()),
                        what: format!("one list of its values has `{}`, another has not", said.value),
                        line: row.line,
                    });
                }
            }
        }
    }
}
