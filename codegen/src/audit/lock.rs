//! `pages.lock`: when which page was read, and a fingerprint of each of its rows. Written by machine only.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::sources::{FileId, Span};

const HEAD: &str = "# Which pages were read when, and fingerprints of their rows. `cargo xtask audit --accept` writes this file; do not edit it.\n";

/// When which page was read, and what its rows were then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    pages: BTreeMap<(String, String), Read>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) date: String,
    pub(super) rows: BTreeMap<String, u64>,
}

impl Lock {
    /// Reads the text of a `pages.lock`.
    ///
    /// # Errors
    ///
    /// The line, from 1, that is none of such a file, and what is wrong with it.
    pub fn read(text: &str) -> Result<Self, (usize, String)> {
        let mut lock = Self::default();
        let mut open: Option<(String, String)> = None;
        for (at, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let wrong = |what: &str| Err((at + 1, what.to_owned()));
            match (words.as_slice(), line.starts_with(' '), &open) {
                ([], ..) | (["#", ..], false, _) => {}
                ([operation, page, date], false, _) => {
                    if !is_date(date) {
                        return wrong("expected a date, YYYY-MM-DD, behind operation and page");
                    }
                    let key = ((*operation).to_owned(), (*page).to_owned());
                    if lock.pages.contains_key(&key) {
                        return wrong("this page stands here twice");
                    }
                    lock.pages.insert(key.clone(), Read { date: (*date).to_owned(), rows: BTreeMap::new() });
                    open = Some(key);
                }
                ([row, print], true, Some(key)) => {
                    let Ok(print) = u64::from_str_radix(print, 16) else {
                        return wrong("expected a fingerprint, 16 hexadecimal digits, behind the row's name");
                    };
                    if let Some(read) = lock.pages.get_mut(key) {
                        read.rows.insert((*row).to_owned(), print);
                    }
                }
                _ => return wrong("expected `OPERATION PAGE DATE`, or below it a row and its fingerprint"),
            }
        }
        Ok(lock)
    }

    /// Its text, sorted.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for ((operation, page), read) in &self.pages {
            let _ = writeln!(text, "\n{operation} {page} {}", read.date);
            for (row, print) in &read.rows {
                let _ = writeln!(text, "  {row} {print:016x}");
            }
        }
        text
    }

    /// Operation, page and date of all pages that were read.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.pages.iter().map(|((operation, page), read)| (operation.as_str(), page.as_str(), read.date.as_str()))
    }

    pub(super) fn page(&self, operation: &str, page: &str) -> Option<&Read> {
        self.pages.get(&(operation.to_owned(), page.to_owned()))
    }

    /// The same with a page as it is read now.
    pub(super) fn with(&self, operation: &str, page: &str, date: &str, rows: &[(String, u64)]) -> Self {
        let mut lock = self.clone();
        let read = Read { date: date.to_owned(), rows: rows.iter().cloned().collect() };
        lock.pages.insert((operation.to_owned(), page.to_owned()), read);
        lock
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([4, 2, 2])
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

/// A mistake in the file is one of the spec.
pub(crate) fn check(file: FileId, path: &str, bytes: &[u8], diagnostics: &mut Diagnostics) {
    let text = String::from_utf8_lossy(bytes);
    let Err((line, what)) = Lock::read(&text) else { return };
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let end = start + text.lines().nth(line - 1).map_or(0, str::len);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span { file, start: offset(start), end: offset(end) };
    diagnostics.push(
        Diagnostic::error("broken-lock", span, format!("`{path}` cannot be read: {what}"))
            .help("take back the change; only `cargo xtask audit --accept` writes this file"),
    );
}

#[cfg(test)]
mod tests {
    use super::Lock;

    #[test]
    fn what_is_written_is_read() {
        let rows = [("request.body.a".to_owned(), 1), ("200.body.b".to_owned(), u64::MAX)];
        let lock = Lock::default().with("B", "p", "2026-01-02", &rows).with("A", "q", "2026-01-03", &[]);
        let text = lock.text();
        assert_eq!(Lock::read(&text), Ok(lock.clone()));
        assert!(text.find("\nA q").unwrap() < text.find("\nB p").unwrap());
        assert_eq!(lock.with("B", "p", "2026-01-02", &rows), lock);
    }

    #[test]
    fn mistakes_have_a_line() {
        let cases = [
            ("A p 2026-1-2\n", 1),
            ("A p\n", 1),
            ("  row 00\n", 1),
            ("A p 2026-01-02\n  row zz\n", 2),
            ("A p 2026-01-02\nA p 2026-01-02\n", 2),
        ];
        for (text, line) in cases {
            assert_eq!(Lock::read(text).map_err(|(line, _)| line), Err(line), "{text}");
        }
        assert_eq!(Lock::read(""), Ok(Lock::default()));
    }
}
