//! Values of the fields of a request: just within their limits, just beyond, and others.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::json;

use super::facts::{Input, Leaf, Limit, Operation};

/// What a field holds.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A text, or a value of an enumeration.
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
}

/// What the fields of one request hold, by place.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) values: HashMap<String, Value>,
    /// How many elements are in lists.
    pub(super) counts: HashMap<String, usize>,
}

/// Texts for the patterns that pages have; for each, one at least must match and one must not.
const SAMPLES: [&str; 14] = [
    "",
    "a",
    "<a>",
    "a/",
    "/",
    "v2.0",
    "v<",
    "00:00",
    "24:00",
    "HEC",
    "GRUB",
    "SUCCESS,SKIP",
    "01234567-89ab-cdef-0123-456789abcdef",
    "01234567-89AB-cdef-0123-456789abcdef",
];

/// Lists that may hold more are not filled beyond.
pub(super) const LONGEST_LIST: u64 = 1000;

/// What the fields of a request hold in a round: in every other one candidate after the other, so that each has its turn,
/// in between what chance says, so that each meets the others.
pub(super) fn choose(operation: &Operation, candidates: &HashMap<String, Candidates>, round: usize) -> Chosen {
    let mut chosen = Chosen::default();
    let pick = |place: &str, round: usize, of: usize| {
        let mut hasher = DefaultHasher::new();
        (&operation.file, place, round).hash(&mut hasher);
        usize::try_from(hasher.finish() % 1_000_000).unwrap() % of
    };
    let mut todo: Vec<(&Input, bool)> = operation.inputs.iter().map(|input| (input, false)).collect();
    while let Some((input, in_long)) = todo.pop() {
        let place = &input.place;
        let of = &candidates[place];
        let mut long = in_long;
        if input.is_list {
            let count = if in_long { 1 } else { of.counts[pick(place, round, of.counts.len())] };
            // Many elements are all alike, and need not all be told of.
            long |= count > 4;
            chosen.counts.insert(place.clone(), count);
        }
        if !of.values.is_empty() {
            let of_all = of.values.len();
            let turn = || match round % 2 {
                0 => (pick(place, 0, of_all) + round / 2) % of_all,
                _ => pick(place, round, of_all),
            };
            let at = if long { of.fitting } else { turn() };
            chosen.values.insert(place.clone(), of.values[at].clone());
        }
        todo.extend(input.below.iter().map(|input| (input, long)));
    }
    chosen
}

/// What a field may be tried with.
pub(super) struct Candidates {
    values: Vec<Value>,
    /// One that keeps all limits, if any does.
    fitting: usize,
    counts: Vec<usize>,
}

/// Of all fields of a request, by place.
pub(super) fn candidates(operation: &Operation) -> HashMap<String, Candidates> {
    let mut found = HashMap::new();
    let mut todo: Vec<&Input> = operation.inputs.iter().collect();
    while let Some(input) = todo.pop() {
        let values = values(input);
        let fits = |value: &Value| input.facts.iter().all(|fact| keeps(&fact.limit, value));
        let fitting = values.iter().position(fits).unwrap_or_default();
        found.insert(input.place.clone(), Candidates { fitting, values, counts: counts(input) });
        todo.extend(&input.below);
    }
    found
}

fn values(input: &Input) -> Vec<Value> {
    let limits = || input.facts.iter().map(|fact| &fact.limit);
    match input.leaf {
        Leaf::Other => Vec::new(),
        Leaf::Boolean => vec![Value::Boolean(true), Value::Boolean(false)],
        Leaf::Text => {
            let mut lengths = vec![1, 2];
            for limit in limits() {
                let Limit::Length(low, high) = limit else { continue };
                lengths.extend(low.iter().flat_map(|low| [low.saturating_sub(1), *low]));
                lengths.extend(high.iter().flat_map(|high| [*high, *high + 1]));
            }
            lengths.sort_unstable();
            lengths.dedup();
            // Characters of one byte and of four: limits are on characters.
            let text = |length: &u64, unit: &str| Value::Text(unit.repeat(usize::try_from(*length).unwrap()));
            let mut all: Vec<_> = lengths.iter().flat_map(|length| [text(length, "a"), text(length, "𝄞")]).collect();
            for limit in limits() {
                let Limit::Pattern(pattern) = limit else { continue };
                let samples = SAMPLES.map(|sample| Value::Text(sample.to_owned()));
                let (kept, broken): (Vec<_>, Vec<_>) = samples.into_iter().partition(|sample| keeps(limit, sample));
                let enough = !kept.is_empty() && (broken.is_empty() == matches_all(pattern));
                assert!(enough, "{}: add a sample for {pattern}", input.place);
                all.extend(kept.into_iter().take(2).chain(broken.into_iter().take(3)));
            }
            all
        }
        Leaf::Enum => {
            let Some(Limit::Known(known)) = limits().find(|limit| matches!(limit, Limit::Known(_))) else {
                panic!("{} lists no values", input.place)
            };
            let near = [String::new(), format!("{} ", known[0]), known[0].to_lowercase(), known[0].to_uppercase()];
            known.iter().cloned().chain(near).map(Value::Text).collect()
        }
        Leaf::Integer => {
            let mut all = vec![0, 1, i64::MIN, i64::MAX];
            for limit in limits() {
                let Limit::Range(low, high) = limit else { continue };
                let near = |bound: &serde_json::Value| {
                    bound.as_i64().map(|bound| [bound.saturating_sub(1), bound, bound.saturating_add(1)])
                };
                all.extend(near(low).into_iter().chain(near(high)).flatten());
            }
            all.sort_unstable();
            all.dedup();
            all.into_iter().map(Value::Integer).collect()
        }
        Leaf::Number => {
            let mut all = vec![0.5, 1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
            for limit in limits() {
                let Limit::Range(low, high) = limit else { continue };
                let near =
                    |bound: &serde_json::Value| bound.as_f64().map(|bound| [bound.next_down(), bound, bound.next_up()]);
                all.extend(near(low).into_iter().chain(near(high)).flatten());
            }
            all.into_iter().map(Value::Number).collect()
        }
    }
}

fn counts(input: &Input) -> Vec<usize> {
    let mut counts = vec![0, 1, 2];
    for fact in &input.facts {
        let Limit::Items(low, high) = fact.limit else { continue };
        counts.extend(low.iter().flat_map(|low| [low.saturating_sub(1), *low]));
        counts.extend(high.iter().filter(|high| **high <= LONGEST_LIST).flat_map(|high| [*high, *high + 1]));
    }
    counts.sort_unstable();
    counts.dedup();
    // Mostly one, so that what is in the list has its turn too.
    counts.extend([1; 4]);
    counts.into_iter().map(|count| usize::try_from(count).unwrap()).collect()
}

/// Whether a value keeps a limit; limits that are about something else are kept.
pub(super) fn keeps(limit: &Limit, value: &Value) -> bool {
    match (limit, value) {
        (Limit::Length(low, high), Value::Text(text)) => {
            let length = text.chars().count() as u64;
            low.is_none_or(|low| low <= length) && high.is_none_or(|high| length <= high)
        }
        (Limit::Pattern(pattern), Value::Text(text)) => matches(pattern, text),
        (Limit::Known(known), Value::Text(text)) => known.contains(text),
        (Limit::Doubtful(doubtful), Value::Text(text)) => text != doubtful,
        (Limit::Range(low, high), Value::Integer(number)) => {
            low.as_i64().is_none_or(|low| low <= *number) && high.as_i64().is_none_or(|high| *number <= high)
        }
        (Limit::Range(low, high), Value::Number(number)) => {
            !number.is_nan()
                && low.as_f64().is_none_or(|low| low <= *number)
                && high.as_f64().is_none_or(|high| *number <= high)
        }
        _ => true,
    }
}

/// One without anchors that is found in an empty text is found in each.
pub(super) fn matches_all(pattern: &str) -> bool {
    !pattern.contains(['^', '$']) && matches(pattern, "")
}

/// By another engine than the one that is tested. The texts are few, and asked about often.
fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static KNOWN: std::cell::RefCell<HashMap<(String, String), bool>> = std::cell::RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        *known.entry((pattern.to_owned(), text.to_owned())).or_insert_with(|| {
            let schema = json!({ "pattern": pattern });
            jsonschema::validator_for(&schema).unwrap().is_valid(&json!(text))
        })
    })
}
