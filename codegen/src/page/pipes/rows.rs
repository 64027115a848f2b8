//! Cells between bars.

use super::inline;
use crate::page::block::{COLUMNS, Cell, Piece, PieceKind, ROWS, RawRow};
use crate::page::words::{Section, status_line};

/// A table as its rule shows it.
#[derive(Debug)]
pub(super) struct Ruled {
    /// Positions of the header's first line and of the rule.
    pub(super) header: usize,
    pub(super) rule: usize,
    columns: usize,
    /// Whether rows begin and end with a bar.
    leading: bool,
    trailing: bool,
    /// Whether the header stands in one line.
    pub(super) one_line: bool,
}

/// The text up to the next bar that is not escaped, and what follows the bar.
fn cut(text: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'|' => return Some((&text[..at], &text[at + 1..])),
            _ => (),
        }
    }
    None
}

fn bars(mut text: &str) -> usize {
    let mut count = 0;
    while let Some((_, rest)) = cut(text) {
        (count, text) = (count + 1, rest);
    }
    count
}

/// All rules with a header above them.
pub(super) fn tables(lines: &[(u32, &str)]) -> Vec<Ruled> {
    (0..lines.len()).filter_map(|at| ruled(lines, at)).collect()
}

fn ruled(lines: &[(u32, &str)], rule: usize) -> Option<Ruled> {
    let text = lines.get(rule)?.1.trim();
    let dashes = text.bytes().all(|byte| b"|-: ".contains(&byte)) && text.contains("---") && text.contains('|');
    if !dashes || text.len() > 16 * 1024 {
        return None;
    }
    let (mut leading, trailing) = (text.starts_with('|'), text.ends_with('|'));
    let columns = text.trim_matches('|').split('|').count();
    if columns > COLUMNS {
        return None;
    }
    let above = lines.get(rule.checked_sub(1)?)?.1.trim();
    let cells = |text: &str| bars(text) + usize::from(!text.ends_with('|')) - usize::from(text.starts_with('|'));
    let one_line = !above.is_empty() && above != "|" && cells(above) >= columns;
    let header = if one_line {
        // A rule may begin with a bar where rows do not.
        leading = above.starts_with('|');
        rule - 1
    } else {
        let needed = columns + usize::from(leading);
        let mut sum = 0;
        let begins = (0..rule).rev().take(columns + 1).take_while(|at| lines[*at].1.contains('|')).find(|at| {
            sum += bars(lines[*at].1);
            sum >= needed
        })?;
        (sum == needed).then_some(begins)?
    };
    Some(Ruled { header, rule, columns, leading, trailing, one_line })
}

/// A row that is being put together: the lines of each cell.
#[derive(Default)]
struct Making<'a> {
    cells: Vec<Vec<(u32, &'a str)>>,
    open: Vec<(u32, &'a str)>,
    begun: bool,
}

impl<'a> Making<'a> {
    fn add(&mut self, number: u32, line: &'a str, table: &Ruled) {
        let mut rest = line;
        if !self.begun {
            self.begun = true;
            if table.leading {
                rest = rest.trim_start().strip_prefix('|').unwrap_or(rest);
            }
        }
        while let Some((cell, after)) = cut(rest) {
            if self.cells.len() == table.columns {
                break;
            }
            self.open.push((number, cell));
            self.cells.push(std::mem::take(&mut self.open));
            rest = after;
        }
        if rest.trim().is_empty() {
            return;
        }
        let full = self.cells.len() == table.columns;
        match self.cells.last_mut().filter(|_| full) {
            // A bar that nobody escaped: all of it is the last cell's.
            Some(last) => last.push((number, rest.trim_end().trim_end_matches('|'))),
            None => self.open.push((number, rest)),
        }
    }

    fn row(mut self, line: u32) -> RawRow {
        if !self.open.is_empty() {
            self.cells.push(self.open);
        }
        let cells = self.cells.iter().map(|lines| {
            let mut cell = Cell::default();
            for (number, text) in lines {
                // In a cell a bar is escaped whatever stands around it.
                let (pieces, links) = inline::pieces(*number, &text.replace("\\|", "|"));
                cell.pieces.extend(pieces);
                cell.links.extend(links);
            }
            if let [.., (number, last)] = lines.as_slice()
                && lines.len() > 1
                && last.trim().is_empty()
            {
                // The cell went on with something that is lost.
                cell.pieces.push(Piece { line: *number, kind: PieceKind::Paragraph, text: String::new() });
            }
            cell
        });
        RawRow { line, cells: cells.collect() }
    }
}

/// The rows from one position up to another, and where they end.
pub(super) fn rows(lines: &[(u32, &str)], from: usize, until: usize, table: &Ruled) -> (Vec<RawRow>, usize) {
    let mut rows = Vec::new();
    let mut at = from;
    while at < until && rows.len() <= ROWS {
        let (number, first) = lines[at];
        let begins = if table.leading { first.trim_start().starts_with('|') } else { first.contains('|') };
        if !begins {
            break;
        }
        let mut making = Making::default();
        while let Some((number, line)) = lines.get(at).filter(|_| at < until) {
            if making.begun && ends_row(line, table, &making) {
                break;
            }
            making.add(*number, line, table);
            at += 1;
            let full = making.cells.len() == table.columns;
            let last_open = !table.trailing && making.cells.len() + 1 == table.columns;
            if full || (table.one_line && last_open) {
                break;
            }
        }
        rows.push(making.row(number));
    }
    (rows, at)
}

/// Whether a row that is not full ends before the line.
fn ends_row(line: &str, table: &Ruled, making: &Making<'_>) -> bool {
    let begins_row = table.one_line && table.leading && line.trim_start().starts_with('|');
    let no_part = table.one_line && (line.trim().is_empty() || (table.leading && making.open.is_empty()));
    let other = Section::of(line).is_some_and(Section::ends_tables) || status_line(line).is_some();
    begins_row || no_part || (other && !line.contains('|'))
}
