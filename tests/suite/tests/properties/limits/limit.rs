//! What is tested of one limit: requests just beyond it, and requests just within.

use std::ops::RangeInclusive;

use huaweicloud_migration::{Level, Report};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// One documented limit.
pub(super) struct Limit {
    pub(super) operation: &'static str,
    pub(super) place: &'static str,
    /// The rule's id, or the kind of limit with its bounds.
    pub(super) name: &'static str,
    pub(super) level: Level,
    pub(super) shown: Shown,
    /// Another limit of the same place that nothing beyond this one can keep.
    pub(super) beside: Option<&'static str>,
    /// What is found in requests that violate this limit alone, and what is beside it.
    pub(super) outside: BoxedStrategy<Report>,
    /// What is found in requests that just keep it.
    pub(super) inside: BoxedStrategy<Report>,
}

/// Whether a finding shows the offending value.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shown {
    Value,
    /// It is a secret, or there is no single value.
    Nothing,
}

/// Texts of so many characters, not all of them ASCII.
pub(super) fn text(lengths: impl Strategy<Value = usize>) -> impl Strategy<Value = String> {
    let unit = vec(prop_oneof![Just('a'), Just('ü'), any::<char>()], 1..4);
    (unit, lengths).prop_map(|(unit, length)| unit.iter().cycle().take(length).collect())
}

pub(super) fn within(range: RangeInclusive<usize>) -> impl Strategy<Value = usize> {
    let ends = [*range.start(), *range.end()];
    prop_oneof![select(ends.to_vec()), range]
}

/// Just too long or too short, or a good deal.
pub(super) fn beyond(range: RangeInclusive<usize>) -> impl Strategy<Value = usize> {
    let (low, high) = range.into_inner();
    let below: Vec<_> = low.checked_sub(1).into_iter().flat_map(|last| [0, last]).collect();
    let above = prop_oneof![Just(high + 1), high + 1..high + 2000];
    if below.is_empty() { above.boxed() } else { prop_oneof![select(below), above].boxed() }
}

/// A limit on the length of a text.
pub(super) fn length(
    (operation, place, name): (&'static str, &'static str, &'static str),
    range: RangeInclusive<usize>,
    shown: Shown,
    report: impl Fn(String) -> Report + Clone + 'static,
) -> Limit {
    Limit {
        operation,
        place,
        name,
        level: Level::Error,
        shown,
        beside: None,
        outside: text(beyond(range.clone())).prop_map(report.clone()).boxed(),
        inside: text(within(range)).prop_map(report).boxed(),
    }
}

/// Values that are listed, and others that are not.
pub(super) fn known(
    (operation, place): (&'static str, &'static str),
    values: &'static [&'static str],
    report: impl Fn(&str) -> Report + Clone + 'static,
) -> Limit {
    let inside = report.clone();
    let others = any::<String>().prop_filter("listed", |text| !values.contains(&text.as_str()));
    let near = select(values)
        .prop_map(|value| if value.to_uppercase() == value { value.to_lowercase() } else { value.to_uppercase() })
        .prop_filter("listed", |text| !values.contains(&text.as_str()));
    Limit {
        operation,
        place,
        name: "known-value",
        level: Level::Error,
        shown: Shown::Value,
        beside: None,
        outside: prop_oneof![others, near].prop_map(move |text| report(&text)).boxed(),
        inside: select(values).prop_map(inside).boxed(),
    }
}

/// A rule over several fields.
pub(super) fn rule(
    (operation, place, name): (&'static str, &'static str, &'static str),
    level: Level,
    outside: impl Strategy<Value = Report> + 'static,
    inside: impl Strategy<Value = Report> + 'static,
) -> Limit {
    let (outside, inside) = (outside.boxed(), inside.boxed());
    Limit { operation, place, name, level, shown: Shown::Nothing, beside: None, outside, inside }
}
