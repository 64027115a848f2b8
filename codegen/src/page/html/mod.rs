//! HTML: the vendor's help centre, its `doc-exports`, and a Git web view of either.
//!
//! The tags are read as they come, without a tree: only a few of them matter, nesting costs no stack, and what is never closed is
//! closed where the next thing begins.

mod shown;
mod sink;
mod table;

use std::borrow::Cow;
use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, HtmlString, Spanned, Token, Tokenizer};

use super::block::{Block, Is};
use super::input::{Source, tidy_char};
use sink::Sink;

/// What an HTML file holds.
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    /// The lines of a file that the page shows, if it is a web view of one.
    pub(super) shown: Option<Source>,
}

type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, usize>>;

pub(super) fn read(source: &Source) -> Read {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = Reader { sink: Sink::default(), skipped: None, at: 0, source };
    for token in Tokenizer::new_with_emitter(source.text(), emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                reader.at = tag.span.start;
                reader.start(&text_of(&tag.name), &tag.attributes);
            }
            Token::EndTag(tag) => {
                reader.at = tag.span.start;
                reader.end(&text_of(&tag.name));
            }
            Token::String(text) if reader.skipped.is_none() => {
                let within = text.span.start..text.span.end;
                reader.text(&text_of(&text.value), within.start);
            }
            _ => (),
        }
    }
    let read = reader.sink.end();
    let shown = shown::file(&read);
    let mut blocks = read.blocks;
    let titled = blocks.iter().any(|block| matches!(block.is, Is::Heading { level: 1, .. }));
    if let Some((line, title)) = read.title.filter(|_| !titled) {
        blocks.insert(0, Block::heading(line, 1, &title));
    }
    Read { blocks, shown }
}

fn text_of(text: &HtmlString) -> Cow<'_, str> {
    String::from_utf8_lossy(text)
}

struct Reader<'a> {
    sink: Sink,
    /// The element whose text is none of the page.
    skipped: Option<String>,
    /// The byte where the tag begins.
    at: usize,
    source: &'a Source,
}

impl Reader<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        if self.skipped.is_some() {
            return;
        }
        let attribute = |name: &str| attributes.get(name.as_bytes()).map(|value| text_of(&value.value));
        let line = self.source.line_at(self.at);
        match name {
            "script" | "style" | "template" | "svg" | "select" | "button" | "nav" => {
                self.skipped = Some(name.to_owned());
            }
            "title" => self.sink.start_title(line),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.sink.start_heading(line, level(name)),
            "table" => self.sink.start_table(line, attribute("id").as_deref()),
            "caption" => self.sink.start_caption(),
            "thead" => self.sink.in_head(true),
            "tbody" | "tfoot" => self.sink.in_head(false),
            "tr" => self.sink.start_row(line),
            "td" | "th" => {
                let span = |name| attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
                let class = attribute("class").unwrap_or_default();
                let cell = table::NewCell {
                    line,
                    head: name == "th",
                    columns: span("colspan"),
                    rows: span("rowspan"),
                    shown: is_shown_line(&class, attribute("id").as_deref()),
                    gutter: ["linenos", "lines-num", "blob-num", "gutter"].iter().any(|word| class.contains(word)),
                };
                self.sink.start_cell(&cell);
            }
            "pre" => self.sink.start_code(line),
            "br" => self.sink.line_break(),
            "ul" | "ol" => self.sink.start_list(),
            "li" => self.sink.start_point(),
            "strong" | "b" | "code" | "samp" | "kbd" | "tt" | "var" => self.sink.set_apart(true),
            "a" => {
                if let Some(label) = attribute("name") {
                    self.sink.label(&label);
                }
                if let Some(fragment) = attribute("href").as_deref().and_then(|href| href.strip_prefix('#')) {
                    self.sink.link(fragment);
                }
            }
            _ if is_block(name) => self.sink.flush(),
            _ => (),
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(skipped) = &self.skipped {
            if skipped == name {
                self.skipped = None;
            }
            return;
        }
        match name {
            "title" => self.sink.end_title(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "caption" => self.sink.flush(),
            "table" => self.sink.end_table(),
            "thead" => self.sink.in_head(false),
            "tr" => self.sink.end_row(),
            "td" | "th" => self.sink.end_cell(),
            "pre" => self.sink.end_code(),
            "ul" | "ol" => self.sink.end_list(),
            "li" => self.sink.end_point(),
            "strong" | "b" | "code" | "samp" | "kbd" | "tt" | "var" => self.sink.set_apart(false),
            _ if is_block(name) => self.sink.flush(),
            _ => (),
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        // What stands before the first word is only layout.
        let blank = text.len() - text.trim_start().len();
        let line = self.source.line_at(at + blank);
        let clean: String = text
            .chars()
            .filter_map(|char| if char == '\n' || char == '\t' { Some(char) } else { tidy_char(char) })
            .collect();
        self.sink.text(line, &clean);
    }
}

fn level(name: &str) -> u8 {
    name.bytes().next_back().map_or(1, |digit| digit.saturating_sub(b'0'))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "dl"
            | "dt"
            | "dd"
            | "body"
            | "head"
            | "blockquote"
            | "hr"
            | "figure"
            | "address"
            | "form"
            | "html"
            | "details"
            | "summary"
    )
}

/// Whether the cell holds one line of a file that a Git web view shows.
fn is_shown_line(class: &str, id: Option<&str>) -> bool {
    let named = class.split_whitespace().any(|class| class.starts_with("lines-code") || class.starts_with("blob-code"));
    named || id.is_some_and(|id| id.strip_prefix("LC").is_some_and(|rest| rest.parse::<u32>().is_ok()))
}
