//! For a comment on a pull request, and for `CHANGELOG.md`.

use codegen::diff::{Bump, Change, Level, Validator, WireVerdict};
use migration_codegen as codegen;

use super::report::{Group, Report, cut, place_and_fact};
use super::verdicts::{counts, noticed, verdicts};
use crate::term::count;

pub(super) fn show(report: &Report<'_>) -> String {
    let mut out =
        format!("### Changes of the spec: {} → {}\n\n", code(&report.base.shown), code(&report.revision.shown));
    let version = report.version();
    let mark = if version.enough { "✅" } else { "⛔" };
    out.push_str(&format!("{mark} {}\n\n", text(&version.sentence())));
    if !report.mistakes().is_empty() {
        out.push_str(&format!("⛔ {}\n\n", report.mistakes()));
    }
    let shown = report.shown();
    if shown.is_empty() {
        out.push_str("Nothing changes for callers.\n");
    } else {
        let noticed = noticed(report);
        out.push_str(&format!("{}.", counts(report)));
        out.push_str(if noticed.is_empty() { "\n" } else { " Of these\n\n" });
        for told in noticed {
            out.push_str(&format!("- {}\n", text(&told)));
        }
    }
    if report.hidden() > 0 {
        out.push_str(&format!("\n{} accepted by reviews are not shown.\n", count(report.hidden(), "change")));
    }
    let mut quiet = Vec::new();
    for group in report.groups() {
        let (loud, silent): (Vec<&Change>, Vec<&Change>) = group.changes.iter().partition(|change| !is_quiet(change));
        table(&Group { changes: loud, title: group.title.clone(), reach: group.reach.clone() }, report, &mut out);
        quiet.push(Group { changes: silent, ..group });
    }
    let number: usize = quiet.iter().map(|group| group.changes.len()).sum();
    if number > 0 {
        out.push_str(&format!(
            "\n<details><summary>{} that callers do not notice</summary>\n",
            count(number, "change")
        ));
        for group in &quiet {
            table(group, report, &mut out);
        }
        out.push_str("\n</details>\n");
    }
    let stale: Vec<String> = report.stale().map(|stale| code(&stale.fingerprint)).collect();
    if !stale.is_empty() {
        out.push_str(&format!("\n⚠️ `accepted.yaml` names changes that are not there: {}.\n", stale.join(", ")));
    }
    out
}

/// Texts, pages and the like: nothing on the wire, in Rust or in the checks.
fn is_quiet(change: &Change) -> bool {
    let rule = change.rule();
    rule.level == Level::Info
        && rule.wire <= WireVerdict::Compatible
        && rule.rust <= Bump::Patch
        && rule.validator == Validator::Same
}

fn table(group: &Group<'_>, report: &Report<'_>, out: &mut String) {
    if group.changes.is_empty() {
        return;
    }
    out.push_str(&format!("\n#### {}\n\n", text(&group.title)));
    if !group.reach.is_empty() {
        out.push_str(&format!("{}{}.\n\n", group.reach[..1].to_uppercase(), text(&group.reach[1..])));
    }
    out.push_str("| | Where | Before | After | What it does to callers |\n|---|---|---|---|---|\n");
    for change in &group.changes {
        out.push_str(&row(change, report));
    }
}

fn row(change: &Change, report: &Report<'_>) -> String {
    let rule = change.rule();
    let sign = match rule.level {
        Level::Error => "🔴",
        Level::Warning => "🟡",
        Level::Info => "⚪",
    };
    let mut place = place_and_fact(change);
    place = text(&place);
    if let Some(at) = report.place(change) {
        place.push_str(&format!("<br><sub>{}</sub>", text(&at)));
    }
    let side = |side: Option<&str>| side.map_or_else(|| "–".to_owned(), |text| code(&cut(text)));
    let mut says = format!("**{}**: {}", rule.id, text(rule.means));
    let (loud, quiet): (Vec<_>, Vec<_>) = verdicts(change).into_iter().partition(|verdict| verdict.loud);
    let loud: Vec<String> = loud.into_iter().map(|verdict| format!("**{}**", verdict.words)).collect();
    let mut small: Vec<String> = quiet.into_iter().map(|verdict| verdict.words).collect();
    small.push(change.fingerprint().to_owned());
    says.push_str("<br>");
    // Whatever the level, what breaks somebody is no small print.
    if !loud.is_empty() {
        says.push_str(&format!("{} · ", loud.join(" · ")));
    }
    says.push_str(&format!("<sub>{}</sub>", small.join(" · ")));
    if let Some(accepted) = report.accepted(change) {
        says.push_str(&format!("<br>✔️ accepted ({}): {}", accepted.cause, text(&accepted.reason)));
    }
    format!("| {sign} | {place} | {} | {} | {says} |\n", side(change.before()), side(change.after()))
}

/// Text of the spec, which is no Markdown and must not become a tag, a link, a mention or another column; but code stays code.
fn text(text: &str) -> String {
    if !text.matches('`').count().is_multiple_of(2) {
        return plain(&text.replace('`', "'"));
    }
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { code(part) } else { plain(part) }).collect()
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => out.extend(['\\', c]),
            '@' => out.push_str("&#64;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text as code, in a table: nothing ends it early.
fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::{code, text};

    #[test]
    fn nothing_of_the_spec_is_markdown() {
        assert_eq!(text("<b>&x_y*[z](u)|#@me\n"), r"&lt;b&gt;&amp;x\_y\*\[z\](u)\|\#&#64;me ");
        assert_eq!(text("value `a_b|c` of x_y"), r"value `a_b\|c` of x\_y");
        assert_eq!(text("a lone ` and_more"), r"a lone ' and\_more");
        let cases = [
            ("a", "`a`"),
            ("a|b", r"`a\|b`"),
            ("`", "`` ` ``"),
            ("a``b", "```a``b```"),
            ("", "`  `"),
            ("a\nb", "`a b`"),
        ];
        for (given, expected) in cases {
            assert_eq!(code(given), expected, "{given:?}");
        }
    }
}
