//! What is to be done to a folder so that it holds what it should. Pure: `generate` carries it out, `--check` reports it.

use std::collections::{BTreeMap, BTreeSet};

/// The difference between what a folder should hold and what it holds, each list sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Files with other content than wanted.
    pub(crate) changed: Vec<String>,
    /// Wanted files that are not there.
    pub(crate) missing: Vec<String>,
    /// Files we wrote once and no longer want.
    pub(crate) obsolete: Vec<String>,
    /// Files that are not from us.
    pub(crate) strays: Vec<String>,
    /// Those of `changed` that are not from us.
    pub(crate) foreign: Vec<String>,
    /// How many files are as they should be.
    pub(crate) unchanged: usize,
}

/// Compares. `found` says of each file whether it is as wanted; `known` are the files we wrote.
pub(crate) fn plan(wanted: &BTreeMap<&str, &str>, found: &BTreeMap<String, bool>, known: &BTreeSet<String>) -> Plan {
    let mut plan = Plan::default();
    for (path, same) in found {
        match (wanted.contains_key(path.as_str()), known.contains(path)) {
            (true, _) if *same => plan.unchanged += 1,
            (true, known) => {
                plan.changed.push(path.clone());
                if !known {
                    plan.foreign.push(path.clone());
                }
            }
            (false, true) => plan.obsolete.push(path.clone()),
            (false, false) => plan.strays.push(path.clone()),
        }
    }
    plan.missing = wanted.keys().filter(|path| !found.contains_key(**path)).map(|path| (*path).to_owned()).collect();
    plan
}

impl Plan {
    /// Whether files come or go.
    pub(crate) fn moves_files(&self) -> bool {
        !self.missing.is_empty() || !self.obsolete.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Plan, plan};

    fn of(wanted: &[&'static str], found: &[(&str, bool)], known: &[&str]) -> Plan {
        let wanted: BTreeMap<&str, &str> = wanted.iter().map(|path| (*path, "")).collect();
        let found = found.iter().map(|(path, same)| ((*path).to_owned(), *same)).collect();
        let known: BTreeSet<String> = known.iter().map(|path| (*path).to_owned()).collect();
        plan(&wanted, &found, &known)
    }

    #[test]
    fn nothing_to_do() {
        let plan = of(&["a"], &[("a", true)], &["a"]);
        assert_eq!(plan, Plan { unchanged: 1, ..Plan::default() });
        assert!(!plan.moves_files());
    }

    #[test]
    fn every_kind_of_difference() {
        let plan = of(
            &["changed", "foreign", "missing", "same"],
            &[("changed", false), ("foreign", false), ("obsolete", false), ("same", true), ("stray", false)],
            &["changed", "gone", "missing", "obsolete", "same"],
        );
        assert_eq!(plan.changed, ["changed", "foreign"]);
        assert_eq!(plan.foreign, ["foreign"]);
        assert_eq!(plan.missing, ["missing"]);
        assert_eq!(plan.obsolete, ["obsolete"]);
        assert_eq!(plan.strays, ["stray"]);
        assert_eq!(plan.unchanged, 1);
        assert!(plan.moves_files());
    }

    #[test]
    fn a_file_of_ours_that_somebody_else_wrote_with_the_same_content_is_fine() {
        assert_eq!(of(&["a"], &[("a", true)], &[]), Plan { unchanged: 1, ..Plan::default() });
    }
}
