//! Collects paragraphs, points, code and tables from the tags of a page.

use super::table::{NewCell, Open};
use crate::page::block::{Block, CLOSE, OPEN, Piece, PieceKind, squeeze};
use crate::page::words::Section;

/// Tables within tables beyond this are read as if they were one.
const DEPTH: usize = 16;

/// All that was found.
pub(super) struct Ended {
    pub(super) blocks: Vec<Block>,
    /// Of the browser's window.
    pub(super) title: Option<(u32, String)>,
    /// Lines of a file that a Git web view shows.
    pub(super) shown: Vec<(u32, String)>,
}

#[derive(Default)]
pub(super) struct Sink {
    blocks: Vec<Block>,
    tables: Vec<Open>,
    /// Tables too deep to be taken as such.
    deeper: usize,
    text: String,
    line: u32,
    place: Place,
    /// How many tags that set text apart are open, and whether the sign of it stands in the text.
    apart: usize,
    signed: bool,
    lists: usize,
    /// The next text begins a point.
    point: bool,
    labels: Vec<String>,
    title: Option<(u32, String)>,
    shown: Vec<(u32, String)>,
}

/// Where text goes.
#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Body,
    Title,
    Heading(u8),
    Caption,
    Code,
    /// A line that a Git web view shows.
    Shown,
    Nowhere,
}

impl Sink {
    pub(super) fn text(&mut self, line: u32, text: &str) {
        if self.place == Place::Nowhere {
            return;
        }
        let blank = text.chars().all(char::is_whitespace);
        if self.text.is_empty() {
            if blank && !matches!(self.place, Place::Code | Place::Shown) {
                return;
            }
            self.line = line;
        }
        if self.apart > 0 && !self.signed && !blank && !matches!(self.place, Place::Code | Place::Shown) {
            self.signed = true;
            self.text.push(OPEN);
        }
        self.text.push_str(text);
    }

    pub(super) fn set_apart(&mut self, begins: bool) {
        self.apart = if begins { self.apart + 1 } else { self.apart.saturating_sub(1) };
        if self.apart == 0 {
            self.close_sign();
        }
    }

    fn close_sign(&mut self) {
        if std::mem::take(&mut self.signed) {
            self.text.push(CLOSE);
        }
    }

    /// Ends what was being written, wherever it goes.
    pub(super) fn flush(&mut self) {
        self.close_sign();
        if self.place == Place::Shown {
            return;
        }
        if self.place == Place::Code {
            return self.end_code();
        }
        let text = squeeze(&std::mem::take(&mut self.text));
        match std::mem::take(&mut self.place) {
            Place::Title => self.title = Some((self.line, text)).filter(|(_, text)| !text.is_empty()),
            Place::Heading(level) if !text.is_empty() => self.heading(level, &text),
            Place::Caption => {
                if let Some(table) = self.tables.last_mut() {
                    table.caption(text);
                }
            }
            place => {
                if place == Place::Nowhere {
                    self.place = place;
                }
                let point = self.point;
                self.point = point && text.is_empty();
                let kind = match (point, self.lists) {
                    (true, _) => PieceKind::Point,
                    (false, 0) => PieceKind::Paragraph,
                    (false, _) => PieceKind::More,
                };
                if !text.is_empty() {
                    self.piece(Piece { line: self.line, kind, text });
                }
            }
        }
    }

    fn piece(&mut self, piece: Piece) {
        let Some(piece) = self.tables.last_mut().map_or(Some(piece.clone()), |table| table.piece(piece)) else {
            return;
        };
        let block = if piece.kind == PieceKind::Code { Block::code } else { Block::text };
        self.blocks.push(block(piece.line, piece.text));
    }

    fn heading(&mut self, level: u8, text: &str) {
        self.labels.clear();
        if Section::of(text).is_some() {
            // No table has such a thing in it: its end was lost.
            while !self.tables.is_empty() {
                self.close_table();
            }
        } else if let Some(table) = self.tables.last_mut() {
            self.blocks.extend(table.becomes_layout());
            if !table.is_layout() {
                return self.piece(Piece { line: self.line, kind: PieceKind::Paragraph, text: text.to_owned() });
            }
        }
        self.blocks.push(Block::heading(self.line, level, text));
    }

    pub(super) fn start_heading(&mut self, line: u32, level: u8) {
        self.flush();
        (self.place, self.line) = (Place::Heading(level), line);
    }

    pub(super) fn start_title(&mut self, line: u32) {
        self.flush();
        (self.place, self.line) = (Place::Title, line);
    }

    pub(super) fn end_title(&mut self) {
        self.flush();
    }

    pub(super) fn line_break(&mut self) {
        match self.place {
            Place::Code | Place::Shown => self.text.push('\n'),
            Place::Body => self.flush(),
            _ => self.text.push(' '),
        }
    }

    pub(super) fn start_list(&mut self) {
        self.flush();
        self.lists += 1;
    }

    pub(super) fn end_list(&mut self) {
        self.flush();
        self.lists = self.lists.saturating_sub(1);
        self.point = false;
    }

    pub(super) fn start_point(&mut self) {
        self.flush();
        self.point = true;
    }

    pub(super) fn end_point(&mut self) {
        self.flush();
        self.point = false;
    }

    pub(super) fn start_code(&mut self, line: u32) {
        self.flush();
        if self.place == Place::Body {
            (self.place, self.line) = (Place::Code, line);
        }
    }

    pub(super) fn end_code(&mut self) {
        if self.place != Place::Code {
            return self.flush();
        }
        self.place = Place::Body;
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches('\n').trim_end();
        if !text.trim().is_empty() {
            self.piece(Piece { line: self.line, kind: PieceKind::Code, text: text.to_owned() });
        }
    }

    pub(super) fn label(&mut self, label: &str) {
        if self.labels.len() < 8 {
            self.labels.push(label.to_lowercase());
        }
    }

    pub(super) fn link(&mut self, fragment: &str) {
        if let Some(table) = self.tables.last_mut() {
            table.link(fragment.to_lowercase());
        }
    }

    pub(super) fn start_table(&mut self, line: u32, id: Option<&str>) {
        self.flush();
        if self.tables.len() >= DEPTH {
            self.deeper += 1;
            return;
        }
        if let Some(outer) = self.tables.last_mut() {
            self.blocks.extend(outer.becomes_layout());
        }
        let mut labels = std::mem::take(&mut self.labels);
        labels.extend(id.map(str::to_lowercase));
        self.tables.push(Open::new(line, labels, std::mem::take(&mut self.lists)));
        self.place = Place::Body;
    }

    pub(super) fn end_table(&mut self) {
        self.flush();
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.close_table();
        }
    }

    fn close_table(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.pop() {
            (self.lists, self.point) = (table.outer_lists(), false);
            self.blocks.extend(table.blocks());
        }
    }

    pub(super) fn start_caption(&mut self) {
        self.flush();
        if !self.tables.is_empty() {
            self.place = Place::Caption;
        }
    }

    pub(super) fn in_head(&mut self, head: bool) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            table.end_row();
            table.in_head(head);
        }
    }

    pub(super) fn start_row(&mut self, line: u32) {
        self.end_row();
        if let Some(table) = self.tables.last_mut() {
            table.start_row(line);
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            table.end_row();
        }
    }

    pub(super) fn start_cell(&mut self, cell: &NewCell) {
        self.end_cell();
        (self.lists, self.point, self.line) = (0, false, cell.line);
        if let Some(table) = self.tables.last_mut() {
            table.start_cell(cell);
            self.place = match (cell.shown, cell.gutter) {
                (true, _) => Place::Shown,
                (_, true) => Place::Nowhere,
                _ => Place::Body,
            };
        }
    }

    pub(super) fn end_cell(&mut self) {
        if self.place == Place::Shown {
            let text = std::mem::take(&mut self.text);
            self.shown.push((self.line, text.trim_matches('\n').to_owned()));
        }
        self.flush();
        (self.place, self.apart) = (Place::Body, 0);
        if let Some(table) = self.tables.last_mut() {
            table.end_cell();
        }
    }

    /// Closes what is still open.
    pub(super) fn end(mut self) -> Ended {
        self.flush();
        while !self.tables.is_empty() {
            self.close_table();
        }
        Ended { blocks: self.blocks, title: self.title, shown: self.shown }
    }
}
