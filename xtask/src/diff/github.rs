//! Workflow commands of GitHub Actions: an annotation at each changed line.

use codegen::diff::Level;
use migration_codegen as codegen;

use super::report::{Report, cut, place_and_fact};
use super::verdicts::verdicts;

pub(super) fn show(report: &Report<'_>) -> String {
    let mut out = String::new();
    for group in report.groups() {
        for change in &group.changes {
            let rule = change.rule();
            let command = match rule.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Info => "notice",
            };
            // Lines of what is gone are lines of another file, which no annotation can stand at.
            let place = change.revision().map(|at| {
                format!("file={},line={},", property(&format!("{}{}", report.revision.root, at.path)), at.line)
            });
            let side = |side: Option<&str>| side.map_or_else(|| "(nothing)".to_owned(), cut);
            let words: Vec<String> = verdicts(change).into_iter().map(|verdict| verdict.words).collect();
            let lines = [
                format!("{} {}", group.title, place_and_fact(change)).trim().to_owned(),
                format!("{} → {}", side(change.before()), side(change.after())),
                rule.means.to_owned(),
                group.reach.clone(),
                format!("{}; {}", words.join(", "), change.fingerprint()),
            ];
            let message: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
            out.push_str(&format!(
                "::{command} {}title={}::{}\n",
                place.unwrap_or_default(),
                property(rule.id),
                data(&message.join("\n"))
            ));
        }
    }
    if !report.mistakes().is_empty() {
        out.push_str(&format!("::error title=check::{}\n", data(&report.mistakes())));
    }
    let version = report.version();
    let command = if version.enough { "notice" } else { "warning" };
    out.push_str(&format!("::{command} title=version::{}\n", data(&version.sentence())));
    out
}

/// A message: the runner ends commands at the end of a line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("50%\r\nx: y"), "50%25%0D%0Ax: y");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
