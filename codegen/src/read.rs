//! YAML text to a tree in which every key and value knows where it stands.

use std::collections::HashMap;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span as YamlSpan};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::sources::{FileId, Span};

/// Deep enough for any spec, shallow enough for any stack.
const MAX_DEPTH: usize = 64;
/// Far above the largest documented operation (some 600 rows).
const MAX_BYTES: usize = 8 << 20;

/// A value of the tree. A list or mapping of several lines has the place of what it begins with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

#[derive(Clone, Debug, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    /// `plain` is false for quoted and block text, which is never a number or a boolean.
    Scalar {
        text: Box<str>,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Box<str>,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

impl Node {
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar { plain: false, .. } => "a text",
            Value::Scalar { text, .. } if matches!(&**text, "true" | "false") => "a boolean",
            Value::Scalar { text, .. } if text.parse::<f64>().is_ok_and(f64::is_finite) => "a number",
            Value::Scalar { .. } => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| &*entry.key == key).map(|entry| &entry.value),
            _ => None,
        }
    }
}

/// Reads one file. `None` after a mistake that leaves nothing to decode.
pub(crate) fn read(file: FileId, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Node> {
    let whole = |start: usize, end: usize| Span { file, start: offset(start), end: offset(end) };
    if bytes.len() > MAX_BYTES {
        let message = format!("the file has {} bytes; a spec file may have {MAX_BYTES}", bytes.len());
        diagnostics.push(
            Diagnostic::error("too-large", whole(0, 0), message)
                .help("one file holds one operation; make several files of it"),
        );
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            diagnostics.push(
                Diagnostic::error(
                    "not-utf8",
                    whole(at, at + 1),
                    format!("the file is not UTF-8: byte {at} is {:#04x}", bytes[at]),
                )
                .help("save the file as UTF-8"),
            );
            return None;
        }
    };
    let skipped = text.len() - without_mark(bytes).len();
    let mut reader = Reader { file, text, skipped, diagnostics, open: Vec::new(), root: None };
    reader.run()
}

/// Without the byte order mark that some editors put at the beginning of a file. It says nothing about UTF-8.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    /// How many bytes at the beginning are no YAML.
    skipped: usize,
    diagnostics: &'a mut Diagnostics,
    open: Vec<Open>,
    root: Option<Node>,
}

/// A list or mapping whose end is still to come.
enum Open {
    List { start: Span, items: Vec<Node> },
    Map { start: Span, entries: Vec<Entry>, seen: HashMap<Box<str>, Span>, key: Option<(Option<Box<str>>, Span)> },
}

impl Reader<'_> {
    fn run(&mut self) -> Option<Node> {
        let mut documents = 0;
        for event in Parser::new_from_str(&self.text[self.skipped..]) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let at = error.marker().byte_offset().map_or(self.text.len(), |at| at + self.skipped);
                    if error.info().contains("recursion limit") {
                        self.too_deep(Span { file: self.file, start: offset(at), end: offset(at) });
                    } else {
                        self.syntax_error(at, &error.info());
                    }
                    return None;
                }
            };
            let span = self.span(&span);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        self.error("yaml-syntax", span, "a spec file holds one YAML document, this is a second one")
                            .help_last("remove the `---`, or make two files of it");
                        return None;
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.properties(span, anchor, tag.is_some());
                    let plain = matches!(style, ScalarStyle::Plain);
                    let value = match &*text {
                        "" | "~" | "null" if plain => Value::Null,
                        _ => Value::Scalar { text: text.into(), plain },
                    };
                    self.node(Node { span: self.trimmed(span), value });
                }
                Event::SequenceStart(_, anchor, tag) => {
                    self.properties(span, anchor, tag.is_some());
                    self.open.push(Open::List { start: span, items: Vec::new() });
                }
                Event::MappingStart(_, anchor, tag) => {
                    self.properties(span, anchor, tag.is_some());
                    self.open.push(Open::Map { start: span, entries: Vec::new(), seen: HashMap::new(), key: None });
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(span),
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    self.error("alias", span, "aliases are not part of the spec language")
                        .help_last("write the value out, or name a type and use it in both places");
                    return None;
                }
                _ => {}
            }
            if self.open.len() > MAX_DEPTH {
                self.too_deep(span);
                return None;
            }
        }
        if self.root.as_ref().is_none_or(|root| matches!(root.value, Value::Null)) {
            let span = Span { file: self.file, start: 0, end: 0 };
            self.error("empty-file", span, "the file holds nothing")
                .help_last("delete it, or start from `cargo xtask new SERVICE OPERATION`");
            return None;
        }
        self.root.take()
    }

    fn syntax_error(&mut self, at: usize, info: &str) {
        let line_start = self.text[..floor(self.text, at)].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[line_start..].lines().next().unwrap_or("");
        let indent = line.len() - line.trim_start().len();
        let (start, help) = match line[..indent].find('\t') {
            Some(tab) => (line_start + tab, "indent with spaces; YAML does not allow tabs there"),
            None if info.contains("mapping values are not allowed") => {
                (at, "put a text that holds a colon into quotes, or mend the indentation of this line")
            }
            None if is_bracket_in_word(&self.text[line_start..], at - line_start.min(at)) => {
                (at, "write `list of T` or `map of T` for a type; put other texts that hold a bracket into quotes")
            }
            None if info.contains("quoted scalar") => (at, "look for a quote above that is not closed"),
            None => (at, "check indentation, quotes and brackets up to this point"),
        };
        let end = self.text[floor(self.text, start)..].chars().next().map_or(start, |c| start + c.len_utf8());
        let span = Span { file: self.file, start: offset(start), end: offset(end) };
        let message = if help.starts_with("indent") {
            "a tab is used for indentation".to_owned()
        } else {
            format!("not YAML: {info}")
        };
        self.diagnostics.push(Diagnostic::error("yaml-syntax", span, message).help(help));
    }

    fn too_deep(&mut self, span: Span) {
        self.error("too-deep", span, &format!("values are nested more than {MAX_DEPTH} deep"))
            .help_last("no page nests that deep; look for brackets that are never closed");
    }

    fn error(&mut self, code: &'static str, span: Span, message: &str) -> &mut Self {
        self.diagnostics.push(Diagnostic::error(code, span, message));
        self
    }

    fn help_last(&mut self, help: &str) {
        self.diagnostics.help_last(help);
    }

    fn properties(&mut self, span: Span, anchor: usize, tagged: bool) {
        if anchor != 0 {
            self.error("alias", self.property(span, '&'), "anchors are not part of the spec language")
                .help_last("write the value out, or name a type and use it in both places");
        }
        if tagged {
            self.error("tag", self.property(span, '!'), "tags are not part of the spec language")
                .help_last("remove the `!` tag");
        }
    }

    /// The `&anchor` or `!tag` in front of a value.
    fn property(&self, value: Span, sign: char) -> Span {
        let before = self.text.get(..value.start as usize).unwrap_or_default();
        let Some(start) = before.rfind(sign) else { return value };
        let start = before[..start].trim_end_matches(sign).len();
        let length = before[start..].find(char::is_whitespace).unwrap_or(before.len() - start);
        Span { start: offset(start), end: offset(start + length), ..value }
    }

    fn node(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, seen, key, .. }) => match key.take() {
                Some((Some(name), key_span)) => entries.push(Entry { key: name, key_span, value: node }),
                Some((None, _)) => {}
                None => {
                    let (start, end) = (node.span.start as usize, node.span.end as usize);
                    let name: Box<str> = match &node.value {
                        Value::Scalar { text, .. } => text.clone(),
                        // As a value these are nothing; as a name `null` is a word, and the others are no name.
                        Value::Null => {
                            self.text.get(start..end).filter(|text| *text == "null").unwrap_or_default().into()
                        }
                        Value::List(_) | Value::Map(_) => {
                            self.diagnostics.push(Diagnostic::error("wrong-type", node.span, "a key must be a text"));
                            *key = Some((None, node.span));
                            return;
                        }
                    };
                    if let Some(first) = seen.insert(name.clone(), node.span) {
                        self.diagnostics.push(
                            Diagnostic::error(
                                "duplicate-key",
                                node.span,
                                format!("the key `{name}` stands here a second time"),
                            )
                            .related(first, "first here"),
                        );
                    }
                    *key = Some((Some(name), node.span));
                }
            },
        }
    }

    fn close(&mut self, end: Span) {
        let (start, first, value) = match self.open.pop() {
            Some(Open::List { start, items }) => (start, items.first().map(|item| item.span), Value::List(items)),
            Some(Open::Map { start, entries, .. }) => {
                (start, entries.first().map(|entry| entry.key_span), Value::Map(entries))
            }
            None => return,
        };
        let whole = self.trimmed(Span { end: end.end.max(start.end), ..start });
        let is_long = self.text.get(whole.start as usize..whole.end as usize).is_some_and(|text| text.contains('\n'));
        let span = if is_long { first.unwrap_or(start) } else { whole };
        self.node(Node { span, value });
    }

    fn span(&self, span: &YamlSpan) -> Span {
        let start = self.skipped + span.start.byte_offset().unwrap_or(0);
        let end = span.end.byte_offset().map_or(start, |end| end + self.skipped);
        Span { file: self.file, start: offset(start), end: offset(end.max(start)) }
    }

    /// Block values end where the next line begins; people expect the mark to end with the text.
    fn trimmed(&self, span: Span) -> Span {
        let (start, end) = (span.start as usize, (span.end as usize).min(self.text.len()));
        let trimmed = self.text.get(start..end).map_or(0, |text| text.trim_end().len());
        Span { end: offset(start + trimmed), ..span }
    }
}

/// Whether a `[` stands there and ends a word, as in `string[]`.
fn is_bracket_in_word(line: &str, at: usize) -> bool {
    let at = floor(line, at);
    line[at..].starts_with('[') && line[..at].ends_with(|c: char| c.is_alphanumeric())
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
