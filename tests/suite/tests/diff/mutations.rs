//! Any spec against itself is no change; any two against each other, read backwards, are the mirror.

use std::collections::BTreeMap;

use migration_codegen::Sources;
use migration_codegen::diff::{Change, Changes, diff};
use proptest::prelude::*;

use crate::support::{Edit, Files, apply, base, cases, sources, told};

/// The base after some of all the edits that cases make; those that do not fit any more are left out.
fn mutated(edits: &[Edit], chosen: &[usize]) -> Files {
    let mut files = base();
    for at in chosen {
        let mut next = files.clone();
        // What one breaks, such as the only use of a type, others are not built upon.
        if apply(&mut next, &edits[at % edits.len()..=at % edits.len()]).is_ok()
            && diff(&sources(&next), &sources(&next)).is_ok()
        {
            files = next;
        }
    }
    files
}

/// What is the same read backwards, once sides are swapped.
type Told<'c> = (&'static str, &'c str, Option<&'c str>, Option<&'c str>);

fn count<'c>(changes: &'c Changes, told: impl Fn(&'c Change) -> Told<'c>) -> BTreeMap<Told<'c>, usize> {
    let mut counts = BTreeMap::new();
    for change in changes.iter() {
        *counts.entry(told(change)).or_default() += 1;
    }
    counts
}

/// Where things go by another name before and after, places and operations do too.
fn renames(changes: &Changes) -> bool {
    let words = ["renamed", "split", "merged", "moved", "id-changed", "service-"];
    changes.iter().any(|change| words.iter().any(|word| change.rule().id.contains(word)))
}

fn mirrored(one: &Sources, other: &Sources) -> Result<(), TestCaseError> {
    let (forth, back) = (diff(one, other).unwrap(), diff(other, one).unwrap());
    let shown = || format!("forth:\n{}back:\n{}", told(&forth), told(&back));
    let mirror = count(&forth, |change| (change.rule().mirror, change.fact(), change.after(), change.before()));
    let plain = count(&back, |change| (change.rule().id, change.fact(), change.before(), change.after()));
    prop_assert!(mirror == plain, "{}", shown());
    if !renames(&forth) {
        let places = |changes: &Changes| {
            let mut places: Vec<String> =
                changes.iter().map(|change| format!("{} {:?}", change.subject(), change.operations())).collect();
            places.sort_unstable();
            places
        };
        prop_assert!(places(&forth) == places(&back), "{}", shown());
    }
    let mut prints: Vec<&str> = forth.iter().map(Change::fingerprint).collect();
    prints.sort_unstable();
    prints.dedup();
    prop_assert!(prints.len() == forth.iter().count(), "two changes have one fingerprint\n{}", shown());
    Ok(())
}

fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    // Each case reads a dozen specs.
    ProptestConfig { failure_persistence: None, cases: config.cases.div_ceil(5), ..config }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn read_backwards_changes_are_their_mirrors(
        one in prop::collection::vec(any::<usize>(), 0..8),
        other in prop::collection::vec(any::<usize>(), 0..8),
    ) {
        let edits: Vec<Edit> = cases().into_iter().flat_map(|case| case.before.into_iter().chain(case.edits)).collect();
        let (one, other) = (sources(&mutated(&edits, &one)), sources(&mutated(&edits, &other)));
        let same = diff(&one, &one).unwrap();
        prop_assert!(same.is_empty(), "{}", told(&same));
        mirrored(&one, &other)?;
    }
}
