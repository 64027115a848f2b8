//! For a terminal.

use super::report::{Report, cut, place_and_fact, verdicts};
use crate::term::count;

pub(super) fn show(report: &Report<'_>) -> String {
    let mut out = head(report);
    for group in report.groups() {
        let reach = if group.reach.is_empty() { String::new() } else { format!(" ({})", group.reach) };
        out.push_str(&format!("\n{}{reach}\n", group.title));
        for change in group.changes {
            let rule = change.rule();
            let place = place_and_fact(change);
            out.push_str(&format!("  {} {}: {place}\n", rule.level.word(), rule.id));
            let side = |side: Option<&str>| side.map_or_else(|| "(nothing)".to_owned(), cut);
            out.push_str(&format!("    {} → {}\n    {}\n", side(change.before()), side(change.after()), rule.means));
            let at =
                report.place(change).map_or_else(String::new, |(path, line)| format!("; {}:{line}", path.display()));
            out.push_str(&format!("    {}{at}; {}\n", verdicts(change).join(", "), change.fingerprint()));
            if let Some(accepted) = report.accepted(change) {
                out.push_str(&format!("    accepted ({}): {}\n", accepted.cause, accepted.reason));
            }
        }
    }
    out
}

fn head(report: &Report<'_>) -> String {
    let shown = report.shown().len();
    let counts = report.counts();
    let counts = if counts.is_empty() { String::new() } else { format!(": {counts}") };
    let hidden = match report.hidden() {
        0 => String::new(),
        hidden => format!("; {hidden} accepted (--accepted shows them)"),
    };
    let mut out =
        format!("{} → {}: {}{counts}{hidden}\n", report.base.shown, report.revision.shown, count(shown, "change"));
    for told in report.noticed() {
        out.push_str(&format!("  {told}\n"));
    }
    for sentence in [report.version().sentence(), report.mistakes()].iter().filter(|sentence| !sentence.is_empty()) {
        out.push_str(&format!("{sentence}\n"));
    }
    out
}
