//! Findings for people.

use super::{Finding, Report, Rule};
use crate::source::{Basis, Level, Page};
use std::fmt;

/// Two lines and the link: what is wrong, what is documented, where.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place().is_empty() { "request" } else { self.place() };
        write!(f, "{}: {place} {}", self.level(), self.problem())?;
        if let Some(value) = self.value() {
            match self.rule() {
                Rule::Range => write!(f, ": {value}")?,
                _ => write!(f, ": \"{value}\"")?,
            }
        }
        let rule = self.rule_id().unwrap_or(self.rule().name());
        write!(f, "\n    documented: {} [{rule}]", self.limit())?;
        write!(f, "\n    by {}", Evidence(self.basis(), self.page()))?;
        match self.page().url {
            "" => Ok(()),
            url => write!(f, "\n    {url}"),
        }
    }
}

/// What kind of statement, and as much of its page as is known.
struct Evidence(Basis, &'static Page);

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(basis, page) = self;
        match (basis, page.title) {
            (Basis::SiblingPage, "") => write!(f, "a {basis}")?,
            (Basis::SiblingPage, title) => write!(f, "a {basis}: \"{title}\"")?,
            (_, "") => write!(f, "the {basis}")?,
            (_, title) => write!(f, "the {basis} of \"{title}\"")?,
        }
        match (page.cloud, page.updated) {
            ("", "") => Ok(()),
            (one, "") | ("", one) => write!(f, " ({one})"),
            (cloud, updated) => write!(f, " ({cloud}, {updated})"),
        }
    }
}

/// A headline, then every finding, errors first.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = if self.operation.is_empty() { "request" } else { &*self.operation };
        if self.is_empty() {
            return write!(f, "{operation}: nothing found");
        }
        let (errors, warnings) = (self.errors().count(), self.warnings().count());
        write!(f, "{operation}: {}", Counted(errors, "error"))?;
        if warnings > 0 {
            write!(f, ", {}", Counted(warnings, "warning"))?;
        }
        for level in [Level::Error, Level::Warning] {
            for finding in self.iter().filter(|finding| finding.level() == level) {
                write!(f, "\n  {}", finding.to_string().replace('\n', "\n  "))?;
            }
        }
        Ok(())
    }
}

struct Counted(usize, &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, noun) = self;
        match count {
            0 => write!(f, "no {noun}s"),
            1 => write!(f, "1 {noun}"),
            _ => write!(f, "{count} {noun}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    static PAGE: Page = Page {
        id: "otc-2025",
        cloud: "open-telekom-cloud",
        title: "Configuring an Online Data Migration Task",
        url: "https://docs.example/x.html",
        updated: "2025-03-12",
    };
    const TABLE: Source = Source::table(&PAGE);

    fn finding(place: &str, level: Level, source: &Source) -> Finding {
        Finding::new(
            place.to_owned(),
            Rule::Length,
            "has 40 characters".to_owned(),
            "1 to 36 characters".to_owned(),
            level,
            source,
        )
    }

    #[test]
    fn a_person_can_read_it() {
        let mut first = finding("", Level::Warning, &TABLE.basis(Basis::Prose));
        first.set_id("some-rule");
        let mut second = finding("path.task_id", Level::Error, &TABLE);
        second.set_value("a\nb");
        let report = Report::new("SetOnlineMigrationTask", vec![first, second]);
        assert_eq!(
            report.to_string(),
            r#"SetOnlineMigrationTask: 1 error, 1 warning
  error: path.task_id has 40 characters: "a\nb"
      documented: 1 to 36 characters [length]
      by the parameter table of "Configuring an Online Data Migration Task" (open-telekom-cloud, 2025-03-12)
      https://docs.example/x.html
  warning: request has 40 characters
      documented: 1 to 36 characters [some-rule]
      by the text of "Configuring an Online Data Migration Task" (open-telekom-cloud, 2025-03-12)
      https://docs.example/x.html"#
        );
    }

    #[test]
    fn what_is_not_known_of_a_page_leaves_no_gap() {
        static EMPTY: Page = Page { id: "p", cloud: "", title: "", url: "", updated: "" };
        static NO_DATE: Page = Page { id: "p", cloud: "a", title: "T", url: "", updated: "" };
        static NO_CLOUD: Page = Page { id: "p", cloud: "", title: "", url: "https://x", updated: "2025-01-01" };
        let last = |page, basis| {
            let text = finding("a", Level::Error, &Source::table(page).basis(basis)).to_string();
            text.split_once("[length]\n    by ").unwrap().1.to_owned()
        };
        let cases = [
            (&EMPTY, Basis::Table, "the parameter table"),
            (&EMPTY, Basis::SiblingPage, "a sibling page"),
            (&NO_DATE, Basis::Prose, "the text of \"T\" (a)"),
            (&NO_DATE, Basis::SiblingPage, "a sibling page: \"T\" (a)"),
            (&NO_CLOUD, Basis::Table, "the parameter table (2025-01-01)\n    https://x"),
        ];
        for (page, basis, expected) in cases {
            assert_eq!(last(page, basis), expected);
        }
    }

    #[test]
    fn values_are_told_from_words() {
        let first = |rule, value| {
            let mut finding =
                Finding::new("a".to_owned(), rule, "is bad".to_owned(), "l".to_owned(), Level::Error, &TABLE);
            finding.set_value(value);
            finding.to_string().lines().next().unwrap().to_owned()
        };
        assert_eq!(first(Rule::Range, "0"), "error: a is bad: 0");
        assert_eq!(first(Rule::Range, "NaN"), "error: a is bad: NaN");
        assert_eq!(first(Rule::KnownValue, "0"), "error: a is bad: \"0\"");
        assert_eq!(first(Rule::Pattern, ""), "error: a is bad: \"\"");
    }

    #[test]
    fn levels_are_told_apart() {
        let report = Report::new("X", vec![finding("a", Level::Warning, &TABLE), finding("b", Level::Warning, &TABLE)]);
        assert!(!report.has_errors() && !report.is_empty() && report.len() == 2);
        assert!(report.to_string().starts_with("X: no errors, 2 warnings\n"), "{report}");
        assert_eq!(report.clone().into_result(), Ok(()));
        let report = Report::new("X", vec![finding("a", Level::Error, &TABLE)]);
        assert_eq!(report.clone().into_result(), Err(report));
        assert_eq!(Report::new("X", Vec::new()).to_string(), "X: nothing found");
    }
}
