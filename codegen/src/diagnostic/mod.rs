//! Mistakes found in a spec: collected, sorted, and shown with the line they stand on.

mod render;
mod suggest;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::sources::{Sources, Span};

pub(crate) use suggest::{did_you_mean, one_of};

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Worth a look.
    Warning,
}

/// One mistake: what, where, what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    severity: Severity,
    code: &'static str,
    message: String,
    label: String,
    span: Option<Span>,
    related: Vec<(Span, String)>,
    help: Vec<String>,
}

impl Diagnostic {
    pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, Some(span), message.into())
    }

    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, Some(span), message.into())
    }

    /// A mistake of the folder, not of a file in it.
    pub(crate) fn folder(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, None, message.into())
    }

    fn new(severity: Severity, code: &'static str, span: Option<Span>, message: String) -> Self {
        Self { severity, code, message, label: String::new(), span, related: Vec::new(), help: Vec::new() }
    }

    /// What stands under the marked text.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Another place that belongs to the mistake.
    pub(crate) fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// What to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        let help = help.into();
        if !help.is_empty() {
            self.help.push(help);
        }
        self
    }

    /// Whether generation goes on.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The stable name of this kind of mistake, such as `unknown-key`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// All mistakes of one run, sorted by place, each once.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// How many of them come from reading and decoding.
    decoded: usize,
}

impl Diagnostics {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds help to what was pushed last.
    pub(crate) fn help_last(&mut self, help: &str) {
        if let Some(last) = self.list.last_mut() {
            last.help.push(help.to_owned());
        }
    }

    /// From here on, the spec is judged as far as it could be decoded.
    pub(crate) fn end_of_decoding(&mut self) {
        self.decoded = self.list.len();
    }

    /// What could not be decoded became a default, and whatever is wrong with that is no mistake of the spec.
    pub(crate) fn finish(mut self) -> Self {
        let unreadable: BTreeSet<Span> =
            self.list[..self.decoded].iter().filter(|d| d.severity == Severity::Error).filter_map(|d| d.span).collect();
        let mut at = 0;
        self.list.retain(|d| {
            at += 1;
            at <= self.decoded || d.span.is_none_or(|span| !unreadable.contains(&span))
        });
        self.decoded = 0;
        self.list.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.list.dedup();
        self
    }

    /// The mistakes, sorted by file and place.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether anything prevents generation.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many prevent generation.
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// How many are worth a look only.
    pub fn warnings(&self) -> usize {
        self.list.len() - self.errors()
    }

    /// The codes found, sorted.
    pub fn codes(&self) -> BTreeSet<&'static str> {
        self.list.iter().map(|d| d.code).collect()
    }

    /// For people: each mistake with its source lines, then a line that counts them. `root` is put before the paths.
    pub fn render(&self, sources: &Sources, root: &str, color: bool) -> String {
        render::text(self, sources, root, color)
    }

    /// For machines: a JSON array of objects with `severity`, `code`, `message`, `label`, `help`, and for mistakes in a file `path`,
    /// `line`, `column`, `end_line`, `end_column` (from 1, columns in characters, the end not included), and `related` places.
    pub fn to_json(&self, sources: &Sources, root: &str) -> String {
        render::json(self, sources, root)
    }
}
