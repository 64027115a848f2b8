//! What must hold of the changes between any two specs and of those read backwards.

use std::collections::BTreeMap;

use migration_codegen::Sources;
use migration_codegen::diff::{Change, Changes};

use crate::support::{compare, told};

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

/// Rules are each other's mirrors, sides differ and are swapped, places stay, and no two changes have one fingerprint.
pub(crate) fn mirrored(one: &Sources, other: &Sources) -> Result<(), String> {
    let (forth, back) = (compare(one, other), compare(other, one));
    let shown = |what: &str| Err(format!("{what}\nforth:\n{}back:\n{}", told(&forth), told(&back)));
    let mirror = count(&forth, |change| (change.rule().mirror, change.fact(), change.after(), change.before()));
    let plain = count(&back, |change| (change.rule().id, change.fact(), change.before(), change.after()));
    if mirror != plain {
        return shown("read backwards, these are other changes");
    }
    if !renames(&forth) {
        let places = |changes: &Changes| {
            let mut places: Vec<String> =
                changes.iter().map(|change| format!("{} {:?}", change.subject(), change.operations())).collect();
            places.sort_unstable();
            places
        };
        if places(&forth) != places(&back) {
            return shown("read backwards, they stand at other places");
        }
    }
    let mut prints: Vec<&str> = forth.iter().map(Change::fingerprint).collect();
    prints.sort_unstable();
    prints.dedup();
    if prints.len() != forth.iter().count() {
        return shown("two changes have one fingerprint");
    }
    if forth.iter().any(|change| change.before() == change.after()) {
        return shown("a change shows the same on both sides");
    }
    Ok(())
}
