//! Every single fact changed, one at a time: none of the changes may pass for agreement.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::change::{self, Change};
use super::{Corpus, audit, load};
use crate::audit::facts::facts;
use crate::audit::pages::{Whose, whose};
use crate::audit::{Kind, Report};

/// How a change came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Caught {
    Drift,
    CannotCheck,
    /// It is a fact of another page now, and counted as such.
    OtherPage,
    /// The page is no longer taken for one of the operation.
    Refused,
    Silent,
}

/// The doubts of a report, to tell old from new ones.
pub(super) fn doubts(report: &Report) -> BTreeSet<(String, &'static str, String, String)> {
    let of = report.findings.iter().filter(|finding| matches!(finding.kind, Kind::CannotCheck | Kind::Contradiction));
    of.map(|finding| (finding.at.clone(), finding.fact, finding.page.clone(), finding.spec.clone())).collect()
}

fn run(corpus: &Corpus) -> (BTreeMap<Caught, usize>, Vec<String>) {
    let (mut counts, mut silent) = (BTreeMap::new(), Vec::new());
    for (page, operation) in &corpus.pages {
        let bytes = corpus.page(page);
        let sources = corpus.sources(operation);
        let model = load(&sources);
        let (head, read) = (crate::audit::head(&bytes), crate::page::read(&bytes).unwrap());
        let before = audit(&sources, model.clone(), &read, &head).unwrap_or_else(|error| panic!("{page}: {error}"));
        assert!(!before.has_drift(), "{page}:\n{}", before.render(crate::audit::Show::default()));
        assert!(before.facts.add_up() && before.rows.add_up(), "{page}: {:?} {:?}", before.facts, before.rows);
        let known = doubts(&before);
        let (service, unit) = change::operation(&model, operation);
        let of = &model.services[service];
        let entry = of.units[unit].pages.iter().position(|page| page.id == before.page.id).unwrap();
        let facts = facts(of, unit);
        // What stands on other pages is theirs, and no fact of this one.
        let own = facts.iter().filter(|fact| {
            whose(of, unit, entry, fact) != Whose::Other
                && !before.others.contains(&(fact.at.clone(), fact.claim.word(), fact.span))
        });
        // A type that the answers of several statuses share changes for all of them at once.
        let changes: BTreeMap<_, Change> =
            own.flat_map(|fact| change::changes(fact)).map(|change| (change.key(), change)).collect();
        for change in changes.into_values() {
            let mut other = model.clone();
            if !change.apply(&mut other, service, unit) {
                continue;
            }
            let caught = match audit(&sources, other, &read, &head) {
                Err(_) => Caught::Refused,
                Ok(after) => {
                    assert!(after.facts.add_up() && after.rows.add_up(), "{page}, {change:?}");
                    let new = doubts(&after).difference(&known).count() > 0;
                    // What could not be checked before cannot be checked now either, and is said to be so.
                    let still = after
                        .findings
                        .iter()
                        .any(|finding| finding.kind == Kind::CannotCheck && change.is_at(&finding.at, finding.fact));
                    match (after.has_drift(), new || still) {
                        (true, _) => Caught::Drift,
                        (false, true) => Caught::CannotCheck,
                        _ if after.facts.elsewhere > before.facts.elsewhere => Caught::OtherPage,
                        (false, false) => Caught::Silent,
                    }
                }
            };
            if caught == Caught::Silent {
                silent.push(format!("{page}: {change:?}"));
            }
            *counts.entry(caught).or_default() += 1;
        }
    }
    (counts, silent)
}

fn told(counts: &BTreeMap<Caught, usize>) -> String {
    let mut text = format!("{} changes", counts.values().sum::<usize>());
    for (caught, count) in counts {
        let _ = write!(text, ", {count} {caught:?}");
    }
    text
}

#[test]
fn no_change_of_our_own_pages_passes() {
    let (counts, silent) = run(&Corpus::own());
    assert!(silent.is_empty(), "{}\n{}", told(&counts), silent.join("\n"));
    assert!(counts.get(&Caught::Drift).is_some_and(|count| *count > 100), "{}", told(&counts));
}

#[test]
fn no_change_of_the_seeds_passes() {
    let Some(corpus) = Corpus::seeds() else { return };
    let (counts, silent) = run(&corpus);
    println!("{}", told(&counts));
    // The page types it as a text and lists no values; that the spec knows two from an example adds to what the page says.
    let silent: Vec<String> =
        silent.into_iter().filter(|change| !change.contains("BatchRestartMigrationTaskResult.result")).collect();
    assert!(silent.is_empty(), "{}\n{}", told(&counts), silent.join("\n"));
}
