//! RST, as the vendor's documentation on GitHub is written: grid tables, simple tables, `table` and `list-table`.

mod directive;
mod inline;
mod table;

use std::rc::Rc;

use super::block::{Block, Cell, Is, Piece, PieceKind, RawRow, RawTable, squeeze};
use super::input::Source;
use inline::{Substitutions, shown};

/// A line, or the part of it that stands in a cell.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    number: u32,
    text: &'a str,
}

impl Line<'_> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

pub(super) fn read(source: &Source) -> Vec<Block> {
    let lines: Vec<Line<'_>> = source.lines().map(|(number, text)| Line { number, text }).collect();
    let mut reader = Reader { substitutions: Rc::new(substitutions(&lines)), ..Reader::default() };
    reader.read(&lines);
    reader.out.into_iter().map(|(_, block)| block).collect()
}

/// `.. |name| replace:: text`, which may stand below its use.
fn substitutions(lines: &[Line<'_>]) -> Substitutions {
    let of = |line: &Line<'_>| {
        let (name, text) = line.text.trim().strip_prefix(".. |")?.split_once("| replace::")?;
        (name.len() < 64).then(|| (name.to_owned(), text.trim().to_owned()))
    };
    lines.iter().filter_map(of).take(256).collect()
}

#[derive(Default)]
struct Reader {
    out: Vec<(PieceKind, Block)>,
    substitutions: Rc<Substitutions>,
    /// What the next table is called.
    labels: Vec<String>,
    caption: Option<String>,
    /// Where the sign of the innermost point stands.
    list: Option<usize>,
    /// In a cell there are no headings and no tables.
    in_cell: bool,
    links: Vec<String>,
    /// Signs under headings in the order of their appearance, which is that of their rank.
    ranks: Vec<u8>,
}

impl Reader {
    fn read(&mut self, lines: &[Line<'_>]) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let rest = &lines[at..];
            let taken = if line.is_blank() {
                1
            } else if line.text.trim_start().starts_with(".. ") || line.text.trim() == ".." {
                self.directive(rest, line.indent(), line.text.trim_start())
            } else if !self.in_cell && table::is_border(line.text) {
                self.grid(rest)
            } else if !self.in_cell && table::is_ruler(line.text) {
                self.simple(rest)
            } else if let Some(taken) = self.heading(rest) {
                taken
            } else if is_field(line.text) || is_adornment(line.text) {
                1
            } else if let Some((sign, after)) = point(line.text) {
                self.list = Some(sign);
                let first = line.text[after..].trim_start();
                if first.starts_with(".. ") {
                    self.directive(rest, line.text.len() - first.len(), first)
                } else {
                    self.paragraph(rest, first, PieceKind::Point)
                }
            } else {
                let more = self.list.is_some_and(|sign| line.indent() > sign);
                if !more {
                    self.list = None;
                }
                let kind = if more { PieceKind::More } else { PieceKind::Paragraph };
                self.paragraph(rest, line.text.trim_start().trim_start_matches("| "), kind)
            };
            at += taken.max(1);
        }
    }

    /// The paragraph up to the next empty line, point or table, and the literal block that it may announce.
    fn paragraph(&mut self, lines: &[Line<'_>], first: &str, kind: PieceKind) -> usize {
        let Some(start) = lines.first() else { return 1 };
        let mut text = first.trim_end().to_owned();
        let ends = |line: &&Line<'_>| {
            line.is_blank()
                || line.text.trim_start().starts_with(".. ")
                || (!self.in_cell && table::is_border(line.text))
                || (kind == PieceKind::Point && point(line.text).is_some())
        };
        let mut taken = 1;
        for line in lines[1..].iter().take_while(|line| !ends(line)) {
            text.push(' ');
            text.push_str(line.text.trim());
            taken += 1;
        }
        let literal = text.ends_with("::");
        if literal {
            text.pop();
        }
        if !text.is_empty() && text != ":" {
            let (words, targets) = shown(&squeeze(&text), &self.substitutions);
            self.links.extend(targets);
            self.out.push((kind, Block::text(start.number, squeeze(&words))));
        }
        if literal {
            let (code, body) = directive::indented(&lines[taken..], start.indent());
            self.code(code);
            taken += body;
        }
        taken
    }

    fn code(&mut self, code: Option<(u32, String)>) {
        if let Some((line, text)) = code {
            self.out.push((PieceKind::Code, Block::code(line, text)));
        }
    }

    fn heading(&mut self, lines: &[Line<'_>]) -> Option<usize> {
        let (text, under, taken) = match lines {
            [over, text, under, ..] if is_adornment(over.text) && over.text.trim() == under.text.trim() => {
                (text, under, 3)
            }
            [text, under, ..] if !is_adornment(text.text) => (text, under, 2),
            _ => return None,
        };
        let sign = *under.text.as_bytes().first()?;
        let long = under.text.trim_end().len() >= text.text.trim().chars().count().min(16);
        if self.in_cell || text.is_blank() || text.indent() > 1 || !is_adornment(under.text) || !long {
            return None;
        }
        let rank = self.ranks.iter().position(|known| *known == sign).unwrap_or_else(|| {
            self.ranks.push(sign);
            self.ranks.len() - 1
        });
        self.list = None;
        self.labels.clear();
        let level = u8::try_from(rank + 1).unwrap_or(u8::MAX);
        let text = shown(text.text.trim(), &self.substitutions).0;
        self.out
            .push((PieceKind::Paragraph, Block::heading(lines.first().map_or(1, |line| line.number), level, &text)));
        Some(taken)
    }

    fn grid(&mut self, lines: &[Line<'_>]) -> usize {
        let cut = table::grid(lines);
        let taken = cut.lines;
        self.table(lines, cut);
        taken
    }

    fn simple(&mut self, lines: &[Line<'_>]) -> usize {
        let cut = table::simple(lines);
        let taken = cut.lines;
        self.table(lines, cut);
        taken
    }

    fn table(&mut self, lines: &[Line<'_>], cut: table::Cut<'_>) {
        let line = lines.first().map_or(1, |line| line.number);
        let (caption, labels) = (self.caption.take(), std::mem::take(&mut self.labels));
        if cut.too_large {
            self.out.push((PieceKind::Paragraph, Block::too_large(line, caption.as_deref())));
            return;
        }
        let mut rows = cut.rows.into_iter();
        let header = cut.header.or_else(|| rows.next());
        let header = header.map(|row| row.cells.iter().map(|cell| self.cell(cell)).collect()).unwrap_or_default();
        let row = |row: table::CutRow<'_>| RawRow {
            line: row.line,
            cells: row.cells.iter().map(|cell| self.cell(cell)).collect(),
        };
        let rows = rows.map(row).collect();
        self.out.push((PieceKind::Paragraph, Block::table(line, RawTable { caption, labels, header, rows })));
    }

    /// What stands in a cell, itself RST.
    fn cell(&self, lines: &[Line<'_>]) -> Cell {
        let indent = lines.iter().filter(|line| !line.is_blank()).map(Line::indent).min().unwrap_or(0);
        let lines: Vec<Line<'_>> = lines
            .iter()
            .map(|line| Line { number: line.number, text: line.text.get(indent..).unwrap_or_default() })
            .collect();
        let mut inner = Self { in_cell: true, substitutions: Rc::clone(&self.substitutions), ..Self::default() };
        inner.read(&lines);
        let piece = |(kind, block): (PieceKind, Block)| {
            let (Is::Text(text) | Is::Code(text)) = block.is else { return None };
            Some(Piece { line: block.line, kind, text })
        };
        Cell { pieces: inner.out.into_iter().filter_map(piece).collect(), links: inner.links }
    }
}

/// The places of a point's sign and of what follows it.
fn point(text: &str) -> Option<(usize, usize)> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    for sign in ["- ", "* ", "• ", "#. "] {
        if rest.starts_with(sign) {
            return Some((start, start + sign.len()));
        }
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..4).contains(&digits) && rest[digits..].starts_with(". ");
    numbered.then_some((start, start + digits + 2))
}

/// `:original_name: thing.html`
fn is_field(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(':') else { return false };
    let name = rest.bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_').count();
    name > 0 && rest[name..].starts_with(": ")
}

/// A line of one sign repeated.
fn is_adornment(text: &str) -> bool {
    let text = text.trim_end();
    let Some(first) = text.bytes().next() else { return false };
    text.len() > 2 && first.is_ascii_punctuation() && text.bytes().all(|byte| byte == first)
}
