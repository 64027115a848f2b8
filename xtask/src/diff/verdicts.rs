//! Verdicts in words, and which of them must not be overlooked: a change may break code or calls whatever its level is.

use codegen::diff::{Bump, Change, Validator, WireVerdict};
use migration_codegen as codegen;

use super::report::{Report, place_and_fact, title};
use crate::term::count;

/// How many changes a line names.
const NAMED: usize = 3;

/// A verdict on a change.
pub(crate) struct Verdict {
    /// `Rust major`.
    pub(crate) words: String,
    /// Whether some caller must do something.
    pub(crate) loud: bool,
}

fn breaks_wire(change: &Change) -> bool {
    change.rule().wire == WireVerdict::Breaks
}

fn breaks_code(change: &Change) -> bool {
    change.rule().rust == Bump::Major
}

fn refuses_more(change: &Change) -> bool {
    matches!(change.rule().validator, Validator::Starts | Validator::Unclear)
}

/// `wire breaks`, `Rust major`, `checks: starts refusing`.
pub(crate) fn verdicts(change: &Change) -> Vec<Verdict> {
    let rule = change.rule();
    let mut verdicts = vec![
        Verdict { words: format!("wire {}", rule.wire.word()), loud: breaks_wire(change) },
        Verdict { words: format!("Rust {}", rule.rust.word()), loud: breaks_code(change) },
    ];
    if rule.validator != Validator::Same {
        verdicts.push(Verdict { words: format!("checks: {}", rule.validator.word()), loud: refuses_more(change) });
    }
    verdicts
}

/// Whether any of them is loud.
pub(crate) fn is_loud(change: &Change) -> bool {
    verdicts(change).iter().any(|verdict| verdict.loud)
}

/// What callers notice: where to look first. What they must do something about has names.
pub(crate) fn noticed(report: &Report<'_>) -> Vec<String> {
    type Test = fn(&Change) -> bool;
    let kinds: [(Test, bool, &str, &str); 4] = [
        (breaks_code, true, "keeps old code from compiling", "keep old code from compiling"),
        (breaks_wire, true, "breaks the contract on the wire", "break the contract on the wire"),
        (refuses_more, true, "makes the checks refuse more", "make the checks refuse more"),
        (
            |change| change.rule().validator == Validator::Stops,
            false,
            "makes the checks refuse less",
            "make the checks refuse less",
        ),
    ];
    let mut told = Vec::new();
    for (test, named, one, many) in kinds {
        let found: Vec<&Change> = report.shown().into_iter().filter(|change| test(change)).collect();
        if found.is_empty() {
            continue;
        }
        let mut line = format!("{} {}", found.len(), if found.len() == 1 { one } else { many });
        if named {
            let mut names: Vec<String> = found.iter().take(NAMED).map(|change| name(change)).collect();
            if found.len() > NAMED {
                names.push(format!("{} more", found.len() - NAMED));
            }
            line.push_str(&format!(": {}", names.join("; ")));
        }
        told.push(line);
    }
    told
}

/// `dcs: CreateTask body.name length`.
fn name(change: &Change) -> String {
    let (title, place) = (title(change), place_and_fact(change));
    match (change.is_whole(), change.service()) {
        (false, _) => format!("{title} {place}"),
        (true, "") => place,
        (true, service) if place == service => title,
        (true, service) => format!("{service}: {place}"),
    }
}

/// `3 changes: 1 error, 2 infos`.
pub(crate) fn counts(report: &Report<'_>) -> String {
    let (shown, counts) = (report.shown().len(), report.counts());
    let counts = if counts.is_empty() { counts } else { format!(": {counts}") };
    format!("{}{counts}", count(shown, "change"))
}
