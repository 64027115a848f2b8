//! A table while its tags are read.

use crate::page::block::{Block, COLUMNS, Cell, Piece, PieceKind, ROWS, RawRow, RawTable};

/// What cells that span rows may be repeated by, in characters; beyond it they count for their first row only.
const REPEATED: usize = 1 << 16;

pub(super) struct NewCell {
    pub(super) line: u32,
    pub(super) head: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// A line that a Git web view shows.
    pub(super) shown: bool,
    /// Line numbers.
    pub(super) gutter: bool,
}

#[derive(Default)]
pub(super) struct Open {
    line: u32,
    raw: RawTable,
    in_head: bool,
    /// Only there to place things: what is in it belongs to the page.
    layout: bool,
    row: Option<RawRow>,
    /// Whether all cells of the row so far are heads.
    heads: bool,
    cell: Option<(Cell, usize, usize)>,
    /// Cells that span rows: column, rows to go, what is repeated.
    spans: Vec<(usize, usize, Cell)>,
    repeated: usize,
    outer_lists: usize,
}

impl Open {
    pub(super) fn new(line: u32, labels: Vec<String>, outer_lists: usize) -> Self {
        Self { line, raw: RawTable { labels, ..RawTable::default() }, outer_lists, ..Self::default() }
    }

    pub(super) fn outer_lists(&self) -> usize {
        self.outer_lists
    }

    fn has_header(&self) -> bool {
        !self.raw.header.is_empty()
    }

    pub(super) fn is_layout(&self) -> bool {
        self.layout
    }

    /// A heading or a table stands in a cell: unless this table has a header, it only places them. Gives back what it holds so far.
    pub(super) fn becomes_layout(&mut self) -> Vec<Block> {
        if self.has_header() || self.in_head || self.layout {
            return Vec::new();
        }
        self.layout = true;
        let cells = self
            .raw
            .rows
            .drain(..)
            .flat_map(|row| row.cells)
            .chain(self.row.take().into_iter().flat_map(|row| row.cells));
        let cells: Vec<_> = cells.chain(self.cell.take().map(|(cell, ..)| cell)).collect();
        loose(cells)
    }

    pub(super) fn caption(&mut self, text: String) {
        if self.raw.caption.is_none() && !text.is_empty() {
            self.raw.caption = Some(text);
        }
    }

    /// Takes the piece into the open cell, or gives it back.
    pub(super) fn piece(&mut self, piece: Piece) -> Option<Piece> {
        match &mut self.cell {
            Some((cell, ..)) if !self.layout => cell.pieces.push(piece),
            _ => return Some(piece),
        }
        None
    }

    pub(super) fn link(&mut self, label: String) {
        if let Some((cell, ..)) = &mut self.cell
            && cell.links.len() < 16
        {
            cell.links.push(label);
        }
    }

    pub(super) fn in_head(&mut self, head: bool) {
        self.in_head = head;
    }

    pub(super) fn start_row(&mut self, line: u32) {
        self.row = Some(RawRow { line, cells: Vec::new() });
        self.heads = true;
    }

    pub(super) fn start_cell(&mut self, cell: &NewCell) {
        if self.row.is_none() {
            self.start_row(cell.line);
        }
        self.heads &= cell.head;
        self.cell = Some((Cell::default(), cell.columns.clamp(1, COLUMNS), cell.rows.clamp(1, 1000)));
    }

    pub(super) fn end_cell(&mut self) {
        let Some((cell, columns, rows)) = self.cell.take() else { return };
        self.repeat();
        let Some(row) = &mut self.row else { return };
        if rows > 1 && self.spans.len() < COLUMNS {
            self.spans.push((row.cells.len(), rows - 1, cell.clone()));
        }
        row.cells.push(cell);
        row.cells.resize_with((row.cells.len() + columns - 1).min(COLUMNS.max(row.cells.len())), Cell::default);
    }

    /// Puts the cells that span this row where they belong.
    fn repeat(&mut self) {
        let Some(row) = &mut self.row else { return };
        while let Some(at) = self.spans.iter().position(|(column, ..)| *column == row.cells.len()) {
            let (_, left, cell) = &mut self.spans[at];
            *left -= 1;
            self.repeated += cell.pieces.iter().map(|piece| piece.text.len()).sum::<usize>();
            row.cells.push(if self.repeated < REPEATED { cell.clone() } else { Cell::default() });
            // Not before the row's end, or it would be put there twice.
            if *left == 0 {
                self.spans.swap_remove(at);
            }
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        self.repeat();
        let Some(row) = self.row.take() else { return };
        if row.cells.is_empty() || self.layout {
            return;
        }
        if (self.in_head || self.heads) && self.raw.rows.is_empty() {
            if !self.has_header() {
                self.raw.header = row.cells;
            }
        } else if self.raw.rows.len() <= ROWS {
            self.raw.rows.push(row);
        }
    }

    pub(super) fn blocks(mut self) -> Vec<Block> {
        self.end_row();
        let has_header = self.has_header();
        let mut raw = self.raw;
        if self.layout {
            return Vec::new();
        }
        let mut pieces = raw.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.pieces).peekable();
        let is_code = !has_header && pieces.peek().is_some() && pieces.all(|piece| piece.kind == PieceKind::Code);
        if is_code {
            return loose(raw.rows.into_iter().flat_map(|row| row.cells).collect());
        }
        if !has_header && !raw.rows.is_empty() {
            raw.header = raw.rows.remove(0).cells;
        }
        if raw.header.iter().all(Cell::is_empty) && raw.rows.iter().all(|row| row.cells.iter().all(Cell::is_empty)) {
            return Vec::new();
        }
        vec![if raw.rows.len() > ROWS {
            Block::too_large(self.line, raw.caption.as_deref())
        } else {
            Block::table(self.line, raw)
        }]
    }
}

/// What stands in cells that are none of a table.
fn loose(cells: Vec<Cell>) -> Vec<Block> {
    let block = |piece: Piece| {
        let block = if piece.kind == PieceKind::Code { Block::code } else { Block::text };
        block(piece.line, piece.text)
    };
    cells.into_iter().flat_map(|cell| cell.pieces).map(block).collect()
}
