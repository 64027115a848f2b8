//! What must be tried of the limits and rules, so that none is without a test.

use std::collections::BTreeSet;

use super::chosen::{LONGEST_LIST, matches_all};
use super::expected::{kind, limit};
use super::facts::{Clouds, Fact, Limit, Operation};

/// Where requests go: where nobody said, and the clouds that pages are about.
pub(super) const CLOUDS: [Option<&str>; 3] = [None, Some("huawei-cloud"), Some("open-telekom-cloud")];

/// What is to be tried: the place of a limit or the holder of a rule, what it is, and how it came out.
pub(super) type Tried = BTreeSet<(String, String, &'static str)>;

/// How a limit or a rule comes out.
pub(super) const KEPT: &str = "kept";
pub(super) const BROKEN: &str = "broken";
pub(super) const BELOW: &str = "below";
pub(super) const ABOVE: &str = "above";

/// All of it, so that no limit is without a test.
pub(super) fn wanted(operation: &Operation) -> Tried {
    let mut wanted = Tried::new();
    let mut todo = vec![("", &operation.inputs, &operation.rules)];
    while let Some((of, inputs, rules)) = todo.pop() {
        for rule in rules {
            let outcomes: &[_] = match rule.kind.as_str() {
                // Requests of which every field is set cannot break the one and cannot keep the other.
                "at-least-one-of" | "all-or-none" | "required-if" => &[],
                "exactly-one-of" | "at-most-one-of" => &[BROKEN],
                _ => &[KEPT, BROKEN],
            };
            wanted.extend(outcomes.iter().map(|outcome| (of.to_owned(), rule.id.clone(), *outcome)));
        }
        for input in inputs {
            for fact in &input.facts {
                for outcome in std::iter::once(KEPT).chain(broken(&fact.limit)) {
                    wanted.extend(CLOUDS.map(|cloud| (input.place.clone(), named(fact, cloud), outcome)));
                }
            }
            todo.push((&input.place, &input.below, &input.rules));
        }
    }
    wanted
}

/// How a limit can be broken.
fn broken(limit: &Limit) -> Vec<&'static str> {
    let ends =
        |below: bool, above: bool| [below.then_some(BELOW), above.then_some(ABOVE)].into_iter().flatten().collect();
    let is_low = |low: Option<u64>| low.is_some_and(|low| low > 0);
    match limit {
        Limit::Length(low, high) => ends(is_low(*low), high.is_some()),
        Limit::Items(low, high) => ends(is_low(*low), high.is_some_and(|high| high <= LONGEST_LIST)),
        Limit::Range(low, high) => {
            // Nothing is beyond what an integer can be.
            let is_bound = |bound: &serde_json::Value| !bound.is_null() && *bound != i64::MAX && *bound != i64::MIN;
            ends(is_bound(low), is_bound(high))
        }
        Limit::Pattern(pattern) if matches_all(pattern) => Vec::new(),
        Limit::Pattern(_) | Limit::Known(_) | Limit::Doubtful(_) => vec![BROKEN],
    }
}

/// A limit of some clouds only is tried on each.
pub(super) fn named(fact: &Fact, cloud: Option<&str>) -> String {
    let cloud = if matches!(fact.clouds, Clouds::All) { "" } else { cloud.unwrap_or("any cloud") };
    format!("{} {} {cloud}", kind(&fact.limit), limit(&fact.limit))
}
