//! What begins with two dots.

use super::inline::shown;
use super::{Line, Reader, point};
use crate::page::block::{Block, COLUMNS, Is, PieceKind, ROWS, RawRow, RawTable, squeeze};

impl Reader {
    /// Reads the directive that begins in the first line, at a place of it; returns how many lines it takes.
    pub(super) fn directive(&mut self, lines: &[Line<'_>], indent: usize, text: &str) -> usize {
        let rest = text.strip_prefix("..").unwrap_or(text).trim_start();
        let body = 1 + body(&lines[1..], indent);
        if let Some(label) = rest.strip_prefix('_') {
            let label = label.trim_end().trim_end_matches(':').trim_matches('`');
            if self.labels.len() < 8 {
                self.labels.push(label.to_lowercase());
            }
            return 1;
        }
        let Some((name, argument)) = rest.split_once("::").filter(|(name, _)| is_directive(name)) else { return body };
        let argument = argument.trim();
        let (line, taken) = (lines.first().map_or(1, |line| line.number), 1 + options(&lines[1..]));
        match name {
            "table" => {
                self.caption = Some(shown(argument, &self.substitutions).0).filter(|caption| !caption.is_empty());
                taken
            }
            "list-table" => {
                self.list_table(line, argument, &lines[1..body]);
                body
            }
            "csv-table" => {
                let what = if argument.is_empty() { "csv-table" } else { argument };
                let why = "tables of comma-separated values are not read".to_owned();
                self.out.push((PieceKind::Paragraph, Block { line, is: Is::NoTable { what: what.to_owned(), why } }));
                body
            }
            "code-block" | "code" | "sourcecode" | "parsed-literal" | "highlight" => {
                let (code, within) = indented(&lines[taken.min(lines.len())..], indent);
                self.code(code);
                taken + within
            }
            "note" | "important" | "caution" | "warning" | "tip" | "hint" | "attention" | "danger" | "rubric"
            | "topic" | "container" | "class" | "rst-class" | "only" | "admonition" => {
                let (words, targets) = shown(&squeeze(argument), &self.substitutions);
                self.links.extend(targets);
                if !words.is_empty() && !matches!(name, "container" | "class" | "rst-class" | "only") {
                    self.out.push((PieceKind::More, Block::text(line, words)));
                }
                taken
            }
            _ => body,
        }
    }

    /// A list of rows, each a list of cells.
    fn list_table(&mut self, line: u32, argument: &str, lines: &[Line<'_>]) {
        let caption = Some(shown(argument, &self.substitutions).0).filter(|caption| !caption.is_empty());
        let mut rows: Vec<(u32, Vec<Vec<Line<'_>>>)> = Vec::new();
        let mut signs: Option<(usize, usize)> = None;
        for line in lines {
            let mut text = line.text;
            let (row_sign, cell_sign) = signs.unwrap_or((line.indent(), line.indent() + 2));
            let is_row = text.trim_start().starts_with("* ") && line.indent() == row_sign;
            if is_row {
                let inner = text.trim_start()[2..].trim_start();
                signs = Some((line.indent(), text.len() - inner.len()));
                rows.push((line.number, Vec::new()));
                text = inner;
            }
            let Some((_, cells)) = rows.last_mut() else { continue };
            let starts = text.trim_start();
            if (starts.starts_with("- ") || starts == "-") && (is_row || line.indent() == cell_sign) {
                cells.push(vec![Line { number: line.number, text: starts[1..].trim_start() }]);
            } else if let Some(cell) = cells.last_mut() {
                cell.push(Line { number: line.number, text: text.get(cell_sign + 2..).unwrap_or_default() });
            }
            if rows.len() > ROWS || cells_of(&rows) > COLUMNS {
                let block = Block::too_large(line.number, caption.as_deref());
                return self.out.push((PieceKind::Paragraph, block));
            }
        }
        let labels = std::mem::take(&mut self.labels);
        let row = |(line, cells): (u32, Vec<Vec<Line<'_>>>)| RawRow {
            line,
            cells: cells.iter().map(|cell| self.cell(cell)).collect(),
        };
        let mut rows = rows.into_iter().map(row);
        let header = rows.next().map(|row| row.cells).unwrap_or_default();
        let raw = RawTable { caption, labels, header, rows: rows.collect() };
        self.out.push((PieceKind::Paragraph, Block::table(line, raw)));
    }
}

fn cells_of(rows: &[(u32, Vec<Vec<Line<'_>>>)]) -> usize {
    rows.last().map_or(0, |(_, cells)| cells.len())
}

fn is_directive(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(&byte))
}

/// How many lines belong to what is indented by that much.
fn body(lines: &[Line<'_>], indent: usize) -> usize {
    let within = lines.iter().take_while(|line| line.is_blank() || line.indent() > indent).count();
    // Empty lines at the end belong to nobody; leaving them is only tidy.
    within - lines[..within].iter().rev().take_while(|line| line.is_blank()).count()
}

/// Lines like `:widths: auto`.
fn options(lines: &[Line<'_>]) -> usize {
    lines.iter().take_while(|line| line.text.trim_start().starts_with(':') && point(line.text).is_none()).count()
}

/// The code that is indented by more than that, with its first line, and how many lines it takes.
pub(super) fn indented(lines: &[Line<'_>], indent: usize) -> (Option<(u32, String)>, usize) {
    let taken = body(lines, indent);
    let blank = lines[..taken].iter().take_while(|line| line.is_blank()).count();
    let lines = &lines[blank..taken];
    let margin = lines.iter().filter(|line| !line.is_blank()).map(Line::indent).min().unwrap_or(0);
    let text: Vec<&str> = lines.iter().map(|line| line.text.get(margin..).unwrap_or_default()).collect();
    (lines.first().map(|line| (line.number, text.join("\n"))), taken)
}
