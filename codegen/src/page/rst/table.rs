//! The outlines of RST's grid tables and simple tables: where their cells are.

use super::Line;
use crate::page::block::{COLUMNS, ROWS};

/// A table as lines of cells.
#[derive(Debug, Default)]
pub(super) struct Cut<'a> {
    pub(super) header: Option<CutRow<'a>>,
    pub(super) rows: Vec<CutRow<'a>>,
    /// How many lines it takes.
    pub(super) lines: usize,
    pub(super) too_large: bool,
}

#[derive(Debug, Default)]
pub(super) struct CutRow<'a> {
    pub(super) line: u32,
    pub(super) cells: Vec<Vec<Line<'a>>>,
}

/// Whether a grid begins with the line.
pub(super) fn is_border(text: &str) -> bool {
    let text = text.trim();
    text.len() > 2 && text.starts_with("+-") && text.ends_with('+') && text.bytes().all(|byte| b"+-=".contains(&byte))
}

/// Whether a simple table begins with the line.
pub(super) fn is_ruler(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('=') && text.contains("= ") && text.bytes().all(|byte| byte == b'=' || byte == b' ')
}

/// The places of columns in a line, wide characters counted as two.
struct Columns {
    /// Where each begins and ends.
    spans: Vec<(usize, usize)>,
}

impl Columns {
    fn of(text: &str, between: char) -> Option<Self> {
        let mut spans = Vec::new();
        let mut begin = None;
        for (at, char) in text.char_indices() {
            match (begin, char == between) {
                (None, false) => begin = Some(at),
                (Some(start), true) => {
                    spans.push((start, at));
                    begin = None;
                }
                _ => (),
            }
            if spans.len() > COLUMNS {
                return None;
            }
        }
        spans.extend(begin.map(|start| (start, text.len())));
        Some(Self { spans })
    }
}

/// The bytes at which columns of the screen begin in a line of text.
struct Screen<'a> {
    text: &'a str,
    /// Byte of each column, where they differ.
    bytes: Option<Vec<usize>>,
}

impl<'a> Screen<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = (!text.is_ascii()).then(|| {
            let mut bytes = Vec::with_capacity(text.len());
            for (at, char) in text.char_indices() {
                bytes.extend(std::iter::repeat_n(at, if is_wide(char) { 2 } else { 1 }));
            }
            bytes
        });
        Self { text, bytes }
    }

    fn byte(&self, column: usize) -> usize {
        match &self.bytes {
            None => column.min(self.text.len()),
            Some(bytes) => bytes.get(column).copied().unwrap_or(self.text.len()),
        }
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        let (from, to) = (self.byte(from), self.byte(to));
        self.text.get(from..to.max(from)).unwrap_or_default()
    }
}

fn is_wide(char: char) -> bool {
    matches!(u32::from(char), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

/// Cuts the grid that begins with the first line.
pub(super) fn grid<'a>(lines: &[Line<'a>]) -> Cut<'a> {
    let indent = lines.first().map_or(0, |line| line.text.len() - line.text.trim_start().len());
    let inside =
        |line: &Line<'a>| line.text.get(indent..).map(str::trim_end).filter(|text| text.starts_with(['+', '|']));
    let count = lines.iter().take_while(|line| inside(line).is_some()).count();
    let mut cut = Cut { lines: count, ..Cut::default() };
    let texts = lines[..count].iter().filter_map(|line| inside(line).map(|text| (line.number, text)));
    let columns = lines.first().and_then(inside).and_then(|text| Columns::of(text, '+'));
    let Some(columns) = columns else {
        cut.too_large = true;
        return cut;
    };
    let mut row: CutRow<'a> = CutRow::default();
    for (number, text) in texts.skip(1) {
        let screen = Screen::new(text);
        // Where a cell that spans rows goes on, the rule leaves its column free.
        let rule = |part: &str| !part.is_empty() && part.bytes().all(|byte| b"-=+".contains(&byte));
        let ruled = |(from, to): (usize, usize)| {
            rule(screen.slice(from.saturating_sub(1), from))
                && rule(screen.slice(to, to + 1))
                && rule(screen.slice(from, to))
        };
        if columns.spans.iter().any(|span| ruled(*span)) {
            let header = columns.spans.iter().any(|(from, to)| screen.slice(*from, *to).starts_with('='));
            let spanning = columns.spans.iter().map(|span| !ruled(*span));
            let spanning: Vec<bool> = spanning.collect();
            let next = row_after(&row, &spanning);
            let done = std::mem::replace(&mut row, next);
            if header && cut.header.is_none() {
                cut.header = cut.rows.is_empty().then_some(done);
            } else {
                cut.rows.push(done);
            }
            if cut.rows.len() > ROWS {
                cut.too_large = true;
                return cut;
            }
            continue;
        }
        if row.line == 0 {
            row.line = number;
        }
        row.cells.resize_with(columns.spans.len(), Vec::new);
        let mut at = 0;
        while let Some((from, mut to)) = columns.spans.get(at).copied() {
            // Without a bar at its end a cell goes on in the next column.
            let mut last = at;
            while screen.slice(to, to + 1) != "|" && last + 1 < columns.spans.len() {
                last += 1;
                to = columns.spans[last].1;
            }
            let part =
                if last + 1 == columns.spans.len() { screen.slice(from, usize::MAX) } else { screen.slice(from, to) };
            let part = if last + 1 == columns.spans.len() { part.strip_suffix('|').unwrap_or(part) } else { part };
            row.cells[at].push(Line { number, text: part.trim_end() });
            at = last + 1;
        }
    }
    cut
}

/// The row below a rule: cells that it does not cut are repeated.
fn row_after<'a>(row: &CutRow<'a>, spanning: &[bool]) -> CutRow<'a> {
    if !spanning.contains(&true) {
        return CutRow::default();
    }
    let cell =
        |(at, spans): (usize, &bool)| if *spans { row.cells.get(at).cloned().unwrap_or_default() } else { Vec::new() };
    // What is repeated without end is none of a page.
    let size: usize = row.cells.iter().map(Vec::len).sum();
    if size > 64 {
        return CutRow::default();
    }
    CutRow { line: 0, cells: spanning.iter().enumerate().map(cell).collect() }
}

/// Cuts the simple table that begins with the first line.
pub(super) fn simple<'a>(lines: &[Line<'a>]) -> Cut<'a> {
    let mut cut = Cut::default();
    let Some(columns) = lines.first().and_then(|line| Columns::of(line.text, ' ')) else {
        cut.too_large = true;
        return cut;
    };
    let mut rulers = 0;
    let mut body: Vec<CutRow<'a>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        cut.lines = at + 1;
        let blank = line.text.trim().is_empty();
        if is_ruler(line.text) || (at > 0 && rulers > 0 && is_one_ruler(line.text, &columns)) {
            rulers += 1;
            if rulers == 2 {
                let ends = lines.get(at + 1).is_none_or(|next| next.text.trim().is_empty());
                if ends {
                    // Without a header only if what follows is no row.
                    break;
                }
                cut.header = joined(std::mem::take(&mut body));
            }
            if rulers == 3 {
                break;
            }
            continue;
        }
        if is_underline(line.text) {
            continue;
        }
        let indent = line.text.len() - line.text.trim_start().len();
        if !blank && columns.spans.first().is_some_and(|(from, _)| indent < *from) {
            cut.lines = at;
            break;
        }
        let screen = Screen::new(line.text);
        let last = columns.spans.len().saturating_sub(1);
        let cells = columns.spans.iter().enumerate().map(|(at, (from, to))| {
            let text = if at == last { screen.slice(*from, usize::MAX) } else { screen.slice(*from, *to) };
            Line { number: line.number, text: text.trim_end() }
        });
        let cells: Vec<Line<'a>> = cells.collect();
        let first = cells.first().is_some_and(|cell| !cell.text.trim().is_empty());
        match body.last_mut() {
            // Without a name it goes on with the row before it.
            Some(row) if !first => {
                for (cell, line) in row.cells.iter_mut().zip(cells) {
                    cell.push(line);
                }
            }
            _ if blank => (),
            _ => body.push(CutRow { line: line.number, cells: cells.into_iter().map(|line| vec![line]).collect() }),
        }
        if body.len() > ROWS {
            cut.too_large = true;
            return cut;
        }
    }
    cut.rows = body;
    cut
}

/// The end of a table of one column, or one that is drawn without gaps.
fn is_one_ruler(text: &str, columns: &Columns) -> bool {
    let text = text.trim();
    columns.spans.len() == 1 && !text.is_empty() && text.bytes().all(|byte| byte == b'=')
}

/// A line of dashes marks columns that are spanned.
fn is_underline(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("--") && text.bytes().all(|byte| byte == b'-' || byte == b' ')
}

/// A header of several lines as one row.
fn joined(rows: Vec<CutRow<'_>>) -> Option<CutRow<'_>> {
    let mut rows = rows.into_iter();
    let mut first = rows.next()?;
    for row in rows {
        for (cell, lines) in first.cells.iter_mut().zip(row.cells) {
            cell.extend(lines);
        }
    }
    Some(first)
}
