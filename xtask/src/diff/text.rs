//! For a terminal.

use super::report::{Report, cut, place_and_fact};
use super::verdicts::{Verdict, counts, is_loud, noticed, verdicts};

pub(super) fn show(report: &Report<'_>) -> String {
    let mut out = head(report);
    for group in report.groups() {
        let reach = if group.reach.is_empty() { String::new() } else { format!(" ({})", group.reach) };
        out.push_str(&format!("\n{}{reach}\n", group.title));
        for change in group.changes {
            let rule = change.rule();
            let place = place_and_fact(change);
            // A level says how sure the matter is; an eye that runs down the margin must not miss what breaks somebody.
            let mark = if is_loud(change) { "!" } else { " " };
            out.push_str(&format!("{mark} {} {}: {place}\n", rule.level.word(), rule.id));
            let side = |side: Option<&str>| side.map_or_else(|| "(nothing)".to_owned(), cut);
            out.push_str(&format!("    {} → {}\n    {}\n", side(change.before()), side(change.after()), rule.means));
            let at = report.place(change).map_or_else(String::new, |place| format!("; {place}"));
            let words: Vec<String> = verdicts(change).into_iter().map(shown).collect();
            out.push_str(&format!("    {}{at}; {}\n", words.join(", "), change.fingerprint()));
            if let Some(accepted) = report.accepted(change) {
                out.push_str(&format!("    accepted ({}): {}\n", accepted.cause, accepted.reason));
            }
        }
    }
    out
}

/// In capitals what must not be overlooked, which colours would not survive in a file.
fn shown(verdict: Verdict) -> String {
    if verdict.loud { verdict.words.to_uppercase() } else { verdict.words }
}

fn head(report: &Report<'_>) -> String {
    let hidden = match report.hidden() {
        0 => String::new(),
        hidden => format!("; {hidden} accepted (--accepted shows them)"),
    };
    let mut out = format!("{} → {}: {}{hidden}\n", report.base.shown, report.revision.shown, counts(report));
    for told in noticed(report) {
        out.push_str(&format!("  {told}\n"));
    }
    for sentence in [report.version().sentence(), report.mistakes()].iter().filter(|sentence| !sentence.is_empty()) {
        out.push_str(&format!("{sentence}\n"));
    }
    out
}
