//! Diagnostics as text (like rustc's) and as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Diagnostics, Severity};
use crate::sources::{FileId, Sources, Span};

pub(super) fn text(diagnostics: &Diagnostics, sources: &Sources, root: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let files = Files::new(diagnostics, sources, root);
    let mut out = String::new();
    for diagnostic in &diagnostics.list {
        out.push_str(&renderer.render(&[group(diagnostic, &files)]));
        out.push_str("\n\n");
    }
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    if errors + warnings > 0 {
        let _ = writeln!(out, "{} {}, {} {}", errors, plural("error", errors), warnings, plural("warning", warnings));
    }
    out
}

fn plural(word: &str, count: usize) -> Cow<'_, str> {
    if count == 1 { word.into() } else { format!("{word}s").into() }
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &'a Files<'_>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = Group::with_title(title);
    if let Some(span) = diagnostic.span {
        let file = files.get(span.file);
        let primary = AnnotationKind::Primary.span(file.range(span)).label(diagnostic.label.as_str());
        let mut snippet = Snippet::source(file.text.as_ref()).path(file.path.as_str()).annotation(primary);
        let mut others = Vec::new();
        for (place, label) in &diagnostic.related {
            let there = files.get(place.file);
            let mark = AnnotationKind::Context.span(there.range(*place)).label(label.as_str());
            if place.file == span.file {
                snippet = snippet.annotation(mark);
            } else {
                others.push(Snippet::source(there.text.as_ref()).path(there.path.as_str()).annotation(mark));
            }
        }
        group = group.element(snippet).elements(others);
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

pub(super) fn json(diagnostics: &Diagnostics, sources: &Sources, root: &str) -> String {
    let files = Files::new(diagnostics, sources, root);
    let list: Vec<_> = diagnostics
        .list
        .iter()
        .map(|d| {
            let mut value = json!({ "severity": d.severity, "code": d.code, "message": d.message, "label": d.label, "help": d.help });
            if let Some(span) = d.span {
                merge(&mut value, place(&files, span));
                let related: Vec<_> = d
                    .related
                    .iter()
                    .map(|(span, label)| {
                        let mut value = json!({ "label": label });
                        merge(&mut value, place(&files, *span));
                        value
                    })
                    .collect();
                merge(&mut value, json!({ "related": related }));
            }
            value
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&list).unwrap_or_default();
    text.push('\n');
    text
}

fn merge(value: &mut serde_json::Value, more: serde_json::Value) {
    if let (Some(value), serde_json::Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
}

fn place(files: &Files<'_>, span: Span) -> serde_json::Value {
    let file = files.get(span.file);
    let range = file.range(span);
    let (line, column) = file.line_column(range.start);
    let (end_line, end_column) = file.line_column(range.end);
    json!({ "path": file.path, "line": line, "column": column, "end_line": end_line, "end_column": end_column })
}

/// The files that diagnostics speak of, as text.
struct Files<'a> {
    files: BTreeMap<FileId, File<'a>>,
    none: File<'a>,
}

struct File<'a> {
    path: String,
    text: Cow<'a, str>,
}

impl<'a> Files<'a> {
    fn new(diagnostics: &Diagnostics, sources: &'a Sources, root: &str) -> Self {
        let root = root.trim_end_matches('/');
        let named = diagnostics.list.iter().flat_map(|d| d.span.iter().chain(d.related.iter().map(|(span, _)| span)));
        let mut files = BTreeMap::new();
        for span in named {
            if let (false, Some((path, bytes))) = (files.contains_key(&span.file), sources.get(span.file)) {
                let path = if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") };
                files.insert(span.file, File { path, text: String::from_utf8_lossy(bytes) });
            }
        }
        Self { files, none: File { path: String::new(), text: Cow::Borrowed("") } }
    }

    fn get(&self, id: FileId) -> &File<'a> {
        self.files.get(&id).unwrap_or(&self.none)
    }
}

impl File<'_> {
    /// The span as a range of this text, whatever happened to it.
    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.boundary(span.start as usize);
        let end = self.boundary(span.end as usize).max(start);
        start..end
    }

    fn boundary(&self, mut at: usize) -> usize {
        at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn line_column(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}
