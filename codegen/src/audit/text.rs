//! Reports for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::report::{Finding, Kind, Place, Report};

/// How much is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Show<'a> {
    /// What people call the page's file.
    pub page: &'a str,
    /// What people call the spec folder.
    pub root: &'a str,
    /// All that could not be checked, one by one, and all notes.
    pub verbose: bool,
}

impl Report {
    /// The report as text.
    pub fn render(&self, show: Show<'_>) -> String {
        let mut out = String::new();
        self.header(&mut out, show);
        for finding in self.findings.iter().filter(|finding| is_shown(finding, show)) {
            out.push('\n');
            self::finding(&mut out, finding, show);
        }
        self.summed(&mut out, show);
        self.counts(&mut out);
        out
    }

    fn header(&self, out: &mut String, show: Show<'_>) {
        let page = &self.page;
        let _ = writeln!(out, "{}: {}", show.page, self.format);
        let _ = writeln!(out, "  operation: {} {}, {} (found {})", self.service, self.operation, self.http, self.found);
        let leads = if page.leads { ", which the spec follows" } else { "" };
        let mut edition = match (&page.dated, &page.updated) {
            (Some(dated), Some(updated)) if dated == updated => format!("edition of {dated}"),
            (Some(dated), Some(updated)) => format!("edition of {dated}, while the spec has {updated}"),
            (Some(dated), None) => format!("edition of {dated}"),
            (None, Some(updated)) => format!("the spec has the edition of {updated}"),
            (None, None) => String::new(),
        };
        if !edition.is_empty() {
            edition = format!("; {edition}");
        }
        let _ = writeln!(out, "  page: {}{leads} ({}){edition}", page.id, page.because);
        if let Some(date) = &page.read {
            let _ = writeln!(out, "  recorded as read on {date}");
        }
        if !page.leads {
            out.push_str("  the spec follows another page; `--page lead` compares all of it with this one\n");
        }
        let read = &self.read;
        let unread = match read.unread.len() {
            0 => "nothing".to_owned(),
            count => format!("{count}, see below"),
        };
        let _ = writeln!(
            out,
            "  read: {}, {}, {}, {}; unread: {unread}",
            counted(read.tables, "table"),
            counted(read.rows, "row"),
            counted(read.examples, "example"),
            if read.statuses == 1 { "1 status".to_owned() } else { format!("{} statuses", read.statuses) },
        );
    }

    /// What is shown in brief: one line for each reason.
    fn summed(&self, out: &mut String, show: Show<'_>) {
        if !show.verbose {
            for (kind, heading) in
                [(Kind::CannotCheck, "cannot check"), (Kind::Contradiction, "contradictions that errata answer")]
            {
                let of = |finding: &&Finding| {
                    finding.kind == kind && (kind != Kind::Contradiction || finding.answered.is_some())
                };
                brief(out, heading, &self.findings.iter().filter(of).collect::<Vec<_>>());
            }
            let notes = self.count(Kind::Note);
            if notes > 0 {
                let _ = writeln!(out, "\nnotes: {notes}, shown with --verbose");
            }
        }
        if !self.read.unread.is_empty() {
            let _ = writeln!(out, "\nunread: {}", self.read.unread.len());
            let shown = if show.verbose { usize::MAX } else { 8 };
            for unread in self.read.unread.iter().take(shown) {
                let _ = writeln!(out, "  line {}: {}: {}", unread.line, unread.what, unread.why);
            }
            if self.read.unread.len() > shown {
                let _ = writeln!(out, "  and {} more, shown with --verbose", self.read.unread.len() - shown);
            }
        }
    }

    fn counts(&self, out: &mut String) {
        let (facts, rows) = (self.facts, self.rows);
        let _ = writeln!(
            out,
            "\n{}: {} agree, {} drift, {} cannot be checked, {} contradicted by the page itself, {} of other pages ({} the same here)",
            counted(facts.all, "fact"),
            facts.agree,
            facts.drift,
            facts.cannot_check,
            facts.contradictions,
            facts.elsewhere,
            facts.same_elsewhere
        );
        let lacking = self.count(Kind::Lacking);
        let reworded = self.count(Kind::Reworded);
        let reworded = if reworded == 0 { String::new() } else { format!("; reworded: {reworded}") };
        let _ = writeln!(
            out,
            "{} of the page: {} in the spec, {} lacking, {} unread; the spec lacks {lacking} in all{reworded}",
            counted(rows.all, "row"),
            rows.matched,
            rows.lacking,
            rows.unread,
        );
    }
}

/// One line for each reason, with the first places that it is the reason of.
fn brief(out: &mut String, heading: &str, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let at = format!("{} {}", finding.at, finding.fact);
        let of = reasons.entry(&finding.page).or_default();
        if !of.contains(&at) {
            of.push(at);
        }
    }
    let _ = writeln!(out, "\n{heading}: {}", findings.len());
    for (reason, at) in reasons {
        let more = at.len().saturating_sub(4);
        let more = if more == 0 { String::new() } else { format!(", and {more} more") };
        let _ = writeln!(out, "  {reason}: {}{more}", at[..at.len().min(4)].join(", "));
    }
}

fn is_shown(finding: &Finding, show: Show<'_>) -> bool {
    match finding.kind {
        Kind::CannotCheck | Kind::Note => show.verbose,
        Kind::Contradiction => show.verbose || finding.answered.is_none(),
        _ => true,
    }
}

fn finding(out: &mut String, finding: &Finding, show: Show<'_>) {
    let _ = writeln!(out, "{}[{}]: `{}`", finding.kind.word(), finding.fact, finding.at);
    let line = finding.line.map_or_else(|| show.page.to_owned(), |line| format!("{}:{line}", show.page));
    let _ = writeln!(out, "  page: {} ({line})", finding.page);
    let place = |place: &Place| {
        let root = show.root.trim_end_matches('/');
        let slash = if root.is_empty() { "" } else { "/" };
        format!("{root}{slash}{}:{}", place.path, place.line)
    };
    match (&finding.place, finding.spec.as_str()) {
        (Some(at), "") => {
            let _ = writeln!(out, "  spec: {}", place(at));
        }
        (Some(at), spec) => {
            let _ = writeln!(out, "  spec: {spec} ({})", place(at));
        }
        (None, "") => {}
        (None, spec) => {
            let _ = writeln!(out, "  spec: {spec}");
        }
    }
    match &finding.answered {
        Some(erratum) => {
            let _ = writeln!(out, "  erratum: {}", place(erratum));
        }
        None if !finding.help.is_empty() => {
            let _ = writeln!(out, "  help: {}", finding.help);
        }
        None => {}
    }
}

/// `1 row`, `2 rows`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
