//! Every documented limit is told where it is violated, and nothing else is; within the limits nothing is told.
//!
//! For a few operations there is a table, written by hand and compared with the spec, so that no limit of them is without a
//! test; `all` does the same for all operations with what it reads in the spec.

mod all;
mod chosen;
mod documented;
mod expected;
mod facts;
mod limit;
mod retry;
mod table;
mod wanted;

use std::collections::BTreeSet;

use huaweicloud_migration::{Finding, Level, Report};
use proptest::strategy::BoxedStrategy;
use proptest::test_runner::TestRunner;

use documented::documented;
use limit::{Limit, Shown};
use table::{OPERATIONS, limits};

/// Runs a property on many values; proptest finds the smallest one that breaks it.
fn each(what: &str, reports: &BoxedStrategy<Report>, test: impl Fn(&Report)) {
    let mut runner = TestRunner::new(crate::fake::config());
    let result = runner.run(reports, |report| {
        test(&report);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{what}: {error}"));
}

#[test]
fn a_violated_limit_is_told_at_its_place_and_nothing_else_is() {
    let documented = documented(&OPERATIONS);
    for Limit { operation, place, name, level, shown, beside, outside, .. } in limits() {
        each(&format!("{operation}, {place}, {name}"), &outside, |report| {
            let told = |finding: &Finding| finding.rule_id().unwrap_or(finding.rule().name());
            let (others, findings): (Vec<_>, Vec<_>) =
                report.iter().partition(|finding| Some(told(finding)) == beside && finding.place() == place);
            assert_eq!(others.len(), usize::from(beside.is_some()), "{report}");
            let [finding] = findings[..] else { panic!("{report}") };
            assert_eq!((finding.place(), finding.level()), (place, level), "{report}");
            let kind = name.split_once(' ').map_or(name, |(kind, _)| kind);
            assert_eq!(told(finding), kind, "{report}");
            assert_eq!(report.has_errors(), level == Level::Error, "{report}");
            // An empty text needs no showing.
            let empty = finding.problem() == "is empty";
            assert_eq!(finding.value().is_some(), shown == Shown::Value && !empty, "{report}");
            if let Some((_, bounds)) = name.split_once(' ') {
                let (low, high) = bounds.split_once("..").unwrap();
                let limit = if low == "0" { format!("at most {high} ") } else { format!("{low} to {high}") };
                assert!(finding.limit().starts_with(&limit), "{report}");
            }
            let row = (operation.to_owned(), place.to_owned(), name.to_owned(), level.to_string());
            assert_eq!(finding.page().id, documented[&row], "{report}");
        });
    }
}

#[test]
fn within_the_limits_nothing_is_told() {
    for Limit { operation, place, name, inside, .. } in limits() {
        each(&format!("{operation}, {place}, {name}"), &inside, |report| assert!(report.is_empty(), "{report}"));
    }
}

#[test]
fn the_table_has_every_documented_limit_of_its_operations() {
    let tested: BTreeSet<_> = limits()
        .iter()
        .map(|limit| {
            (limit.operation.to_owned(), limit.place.to_owned(), limit.name.to_owned(), limit.level.to_string())
        })
        .collect();
    let documented: BTreeSet<_> = documented(&OPERATIONS).into_keys().collect();
    assert_eq!(tested, documented, "left: what is tested; right: what is documented");
}
