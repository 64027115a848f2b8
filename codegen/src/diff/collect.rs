//! From single differences to decisions: what several operations changed alike is one change.

use std::collections::BTreeMap;

use super::change::{Change, Owner};
use super::table::documentation::EVIDENCE_CHANGED;

/// How many places a line names.
const NAMED: usize = 4;

/// Joins what is one decision, gives fingerprints, and sorts.
pub(super) fn decisions(found: Vec<Change>) -> Vec<Change> {
    let mut list = alike(evidence(found));
    for change in &mut list {
        change.operations.sort_unstable();
        change.operations.dedup();
        change.seal();
    }
    // The crate's own come last: what callers of a service do is more urgent than a description.
    // What operations of a service share stands before what each has of its own.
    let place = |change: &Change| {
        let own = matches!(change.owner, Owner::Operation(_)) && change.operations.len() == 1;
        let rank = match change.owner {
            Owner::Service => 0,
            Owner::Operation(_) if change.is_whole() => 1,
            Owner::Operation(_) if !own => 2,
            _ => 3,
        };
        let together = if rank == 2 { change.operations.clone() } else { Vec::new() };
        (change.service.is_empty(), change.service.clone(), rank, together, change.owner.clone())
    };
    list.sort_by_cached_key(|change| {
        let facts = (change.place.clone(), change.fact.clone(), change.old.clone(), change.new.clone());
        (place(change), change.rule.level, change.rule.id, facts)
    });
    list
}

/// The same difference in several operations.
fn alike(found: Vec<Change>) -> Vec<Change> {
    type Key = (&'static str, String, String, String, Option<String>, Option<String>);
    let mut groups: BTreeMap<Key, usize> = BTreeMap::new();
    let mut list: Vec<Change> = Vec::with_capacity(found.len());
    for change in found {
        // An operation that comes or goes is a decision by itself.
        if !matches!(change.owner, Owner::Operation(_)) || change.is_whole() {
            list.push(change);
            continue;
        }
        let (old, new) = (change.old.clone(), change.new.clone());
        let key = (change.rule.id, change.service.clone(), change.place.clone(), change.fact.clone(), old, new);
        match groups.get(&key) {
            Some(at) => list[*at].operations.extend(change.operations),
            None => {
                groups.insert(key, list.len());
                list.push(change);
            }
        }
    }
    list
}

/// Another source for many facts of one owner.
fn evidence(found: Vec<Change>) -> Vec<Change> {
    type Key = (String, Owner, Option<String>, Option<String>);
    let (evidence, mut list): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|change| change.rule.id == EVIDENCE_CHANGED.id);
    let mut groups: BTreeMap<Key, Vec<Change>> = BTreeMap::new();
    for change in evidence {
        let key = (change.service.clone(), change.owner.clone(), change.old.clone(), change.new.clone());
        groups.entry(key).or_default().push(change);
    }
    for mut group in groups.into_values() {
        let mut places: Vec<String> =
            group.iter().map(|change| format!("{} {}", change.place, change.fact).trim().to_owned()).collect();
        places.sort_unstable();
        if places.len() > NAMED {
            let more = places.len() - NAMED;
            places.truncate(NAMED);
            places.push(format!("{more} more"));
        }
        let mut change = group.swap_remove(0);
        if !group.is_empty() {
            (change.place, change.fact) = (places.join(", "), String::new());
        }
        list.push(change);
    }
    list
}
