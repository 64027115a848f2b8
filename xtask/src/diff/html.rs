//! One page for a browser: both sides beside each other, grouped by operation. Nothing is loaded, nothing is run.

use codegen::diff::{Change, Level, Owner, WireVerdict};
use migration_codegen as codegen;

use super::report::{Group, Report, comes_or_goes, cut, place_and_fact};
use super::verdicts::{Verdict, noticed, verdicts};
use crate::term::count;

const STYLE: &str = include_str!("page.css");
/// Whatever a spec holds, the page asks nobody for anything.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

pub(super) fn show(report: &Report<'_>) -> String {
    let groups = report.groups();
    let title = format!("{} → {}", report.base.shown, report.revision.shown);
    let body = if groups.is_empty() {
        "<p class=\"empty\">Nothing changes for callers.</p>\n".to_owned()
    } else {
        let sections: String = groups.iter().enumerate().map(|(at, group)| section(at, group, report)).collect();
        format!("<div class=\"columns\">\n{}<main>\n{sections}</main>\n</div>\n", navigation(&groups))
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Changes of the spec: {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{}{body}</body>\n</html>\n",
        text(&title),
        head(report)
    )
}

fn head(report: &Report<'_>) -> String {
    let version = report.version();
    let short = if version.enough { "" } else { " short" };
    let mut noticed: Vec<String> = noticed(report);
    let shown = report.shown();
    let mut filters = String::new();
    for level in Level::ALL {
        let number = shown.iter().filter(|change| change.rule().level == *level).count();
        let word = level.word();
        let label = count(number, word);
        filters.push_str(&format!(
            "<label class=\"{word}\"><input type=\"checkbox\" id=\"{word}\" checked>{label}</label>"
        ));
    }
    if report.hidden() > 0 {
        noticed.push(format!("{} accepted by reviews", count(report.hidden(), "change")));
    }
    if report.stale().next().is_some() {
        noticed.push(format!("{} of accepted.yaml not there", count(report.stale().count(), "change")));
    }
    let mut list = String::new();
    for told in noticed {
        list.push_str(&format!("<li>{}</li>", prose(&told)));
    }
    let mistakes = match report.mistakes() {
        told if told.is_empty() => told,
        told => format!("<p class=\"verdict short\">{}</p>\n", prose(&told)),
    };
    format!(
        "<header>\n<h1>Changes of the spec: <code>{}</code> → <code>{}</code></h1>\n<p class=\"verdict{short}\">{}</p>\n\
         {mistakes}<ul class=\"noticed\">{list}</ul>\n<div class=\"filters\">{filters}</div>\n</header>\n",
        text(&report.base.shown),
        text(&report.revision.shown),
        prose(&version.sentence())
    )
}

fn worst(group: &Group<'_>) -> &'static str {
    group.changes.iter().map(|change| change.rule().level).min().unwrap_or(Level::Info).word()
}

fn navigation(groups: &[Group<'_>]) -> String {
    let mut out = "<nav>\n".to_owned();
    let mut last = None;
    for (at, group) in groups.iter().enumerate() {
        let Some(first) = group.changes.first() else { continue };
        if last != Some(first.service()) {
            let heading = if first.service().is_empty() { "spec.yaml" } else { first.service() };
            out.push_str(&format!("<h2>{}</h2>\n", text(heading)));
            last = Some(first.service());
        }
        let name = match first.owner() {
            Owner::Crate => "The crate".to_owned(),
            Owner::Service => "The service".to_owned(),
            Owner::Operation(_) if comes_or_goes(first) => "Operations that come or go".to_owned(),
            Owner::Operation(_) if first.operations().len() > 1 => count(first.operations().len(), "operation"),
            Owner::Operation(name) => name.clone(),
            Owner::Type(name) => format!("type {name}"),
        };
        let (level, number) = (worst(group), group.changes.len());
        out.push_str(&format!("<a class=\"{level}\" href=\"#g{at}\">{} <span>{number}</span></a>\n", text(&name)));
    }
    out + "</nav>\n"
}

fn section(at: usize, group: &Group<'_>, report: &Report<'_>) -> String {
    let reach = if group.reach.is_empty() {
        String::new()
    } else {
        let operations = group.changes.first().map_or(&[][..], |change| change.operations());
        format!("<p class=\"reach\" title=\"{}\">{}</p>\n", text(&operations.join(", ")), text(&group.reach))
    };
    let changes: String = group.changes.iter().map(|found| change(found, report)).collect();
    format!("<section>\n<h2 id=\"g{at}\">{}</h2>\n{reach}{changes}</section>\n", text(&group.title))
}

fn change(change: &Change, report: &Report<'_>) -> String {
    let rule = change.rule();
    let place = place_and_fact(change);
    let at = report.place(change).unwrap_or_default();
    let (old, new) = sides(change.before(), change.after());
    let accepted = report.accepted(change).map_or_else(String::new, |accepted| {
        format!("<p class=\"accepted\">Accepted ({}): {}</p>\n", accepted.cause, text(&accepted.reason))
    });
    format!(
        "<article class=\"change {level}\">\n<div class=\"top\"><span class=\"place\">{}</span> <span class=\"rule\">{id}</span> \
         <span class=\"at\">{}</span></div>\n<p class=\"means\">{}</p>\n<div class=\"sides\">{old}{new}</div>\n\
         <div class=\"chips\">{}<span class=\"print\">{}</span></div>\n{accepted}</article>\n",
        prose(&place),
        text(&at),
        prose(rule.means),
        chips(change),
        change.fingerprint(),
        level = rule.level.word(),
        id = rule.id
    )
}

fn chips(change: &Change) -> String {
    let unsure = format!("wire {}", WireVerdict::Uncertain.word());
    let chip = |verdict: Verdict| {
        let kind = if verdict.loud {
            " loud"
        } else if verdict.words == unsure {
            " mid"
        } else {
            ""
        };
        format!("<span class=\"chip{kind}\">{}</span>", verdict.words)
    };
    verdicts(change).into_iter().map(chip).collect()
}

/// Both values, with what differs marked.
fn sides(old: Option<&str>, new: Option<&str>) -> (String, String) {
    let (old, new) = (old.map(cut), new.map(cut));
    let (before, after) = match (&old, &new) {
        (Some(old), Some(new)) => common(old, new),
        _ => (0, 0),
    };
    let side = |text: Option<&String>, kind: &str| match text {
        None => "<p class=\"value none\">nothing</p>".to_owned(),
        Some(value) => {
            format!("<p class=\"value {kind}\">{}</p>", marked(value, before, after, old.is_some() && new.is_some()))
        }
    };
    (side(old.as_ref(), "old"), side(new.as_ref(), "new"))
}

/// How many bytes at the beginning and at the end are the same, in whole words.
fn common(old: &str, new: &str) -> (usize, usize) {
    let same = |(a, b): &(char, char)| a == b;
    let front: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let front = old[..front]
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + old[at..].chars().next().map_or(0, char::len_utf8));
    let (rest, other) = (&old[front..], &new[front..]);
    let back: usize = rest.chars().rev().zip(other.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let tail = &rest[rest.len() - back..];
    let back = tail.find(|c: char| !c.is_alphanumeric()).map_or(0, |at| tail.len() - at);
    (front, back)
}

fn marked(value: &str, before: usize, after: usize, mark: bool) -> String {
    let end = value.len() - after;
    if !mark || before >= end {
        return text(value);
    }
    format!("{}<mark>{}</mark>{}", text(&value[..before]), text(&value[before..end]), text(&value[end..]))
}

/// Our own words, with code between backticks.
fn prose(words: &str) -> String {
    let parts = words.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("<code>{}</code>", text(part)) } else { text(part) }).collect()
}

/// Text of the spec, which is no HTML.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{common, marked, sides, text};

    #[test]
    fn nothing_of_the_spec_is_html() {
        assert_eq!(text("<a href=\"x\" b='y'>&\0"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\u{fffd}");
    }

    #[test]
    fn what_differs_is_marked_in_whole_words() {
        let cases = [
            ("[1, 64]", "[1, 36]", "[1, <mark>64</mark>]", "[1, <mark>36</mark>]"),
            ("a", "b", "<mark>a</mark>", "<mark>b</mark>"),
            ("list of string", "string", "<mark>list of string</mark>", "<mark>string</mark>"),
            ("ä ö", "ä ü", "ä <mark>ö</mark>", "ä <mark>ü</mark>"),
            ("a b", "a b c", "a <mark>b</mark>", "a <mark>b c</mark>"),
            ("x x", "x", "<mark>x x</mark>", "<mark>x</mark>"),
            ("", "x", "", "<mark>x</mark>"),
        ];
        for (old, new, marked_old, marked_new) in cases {
            let (before, after) = common(old, new);
            assert_eq!(marked(old, before, after, true), marked_old, "{old} → {new}");
            assert_eq!(marked(new, before, after, true), marked_new, "{old} → {new}");
        }
        assert!(sides(None, Some("<x>")).1.contains("&lt;x&gt;") && sides(None, Some("x")).0.contains("nothing"));
    }
}
