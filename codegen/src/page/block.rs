//! What every format's reader makes of a page: headings, paragraphs, code and tables in order.

/// Sign before text that the page sets apart, bold or as code. Input has no such characters left when these are put in.
pub(super) const OPEN: char = '\u{2}';
pub(super) const CLOSE: char = '\u{3}';

/// Rows that a table has at most: error code tables, the longest of all, have some two thousand.
pub(super) const ROWS: usize = 20_000;
/// Columns that a table has at most.
pub(super) const COLUMNS: usize = 64;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) line: u32,
    pub(super) is: Is,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Is {
    Heading {
        level: u8,
        text: String,
    },
    /// A paragraph, or a point of a list.
    Text(String),
    Code(String),
    Table(Box<RawTable>),
    /// A table that its reader gave up, and why.
    NoTable {
        what: String,
        why: String,
    },
}

impl Block {
    pub(super) fn heading(line: u32, level: u8, text: &str) -> Self {
        Self { line, is: Is::Heading { level, text: plain(text) } }
    }

    pub(super) fn text(line: u32, text: String) -> Self {
        Self { line, is: Is::Text(text) }
    }

    pub(super) fn code(line: u32, text: String) -> Self {
        Self { line, is: Is::Code(text) }
    }

    pub(super) fn table(line: u32, table: RawTable) -> Self {
        Self { line, is: Is::Table(Box::new(table)) }
    }

    /// A table with more rows or columns than any page has.
    pub(super) fn too_large(line: u32, caption: Option<&str>) -> Self {
        let what = caption.unwrap_or("table").to_owned();
        let why = format!("it has more than {ROWS} rows or {COLUMNS} columns, so it is none of parameters");
        Self { line, is: Is::NoTable { what, why } }
    }
}

/// A table before anyone knows what its columns are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RawTable {
    pub(super) caption: Option<String>,
    pub(super) labels: Vec<String>,
    pub(super) header: Vec<Cell>,
    pub(super) rows: Vec<RawRow>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RawRow {
    pub(super) line: u32,
    pub(super) cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) pieces: Vec<Piece>,
    /// What the cell links to on the same page.
    pub(super) links: Vec<String>,
}

impl Cell {
    /// All of it on one line, without signs.
    pub(super) fn plain(&self) -> String {
        let mut text = String::new();
        for piece in self.pieces.iter().filter(|piece| !piece.text.is_empty()) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.extend(piece.text.chars().filter(|char| !is_sign(*char)));
        }
        text
    }

    /// Paragraphs and points on lines of their own, without signs.
    pub(super) fn lines(&self) -> String {
        let mut text = String::new();
        for piece in self.pieces.iter().filter(|piece| !piece.text.is_empty()) {
            if !text.is_empty() {
                text.push('\n');
            }
            if piece.kind == PieceKind::Point {
                text.push_str("- ");
            }
            text.extend(piece.text.chars().filter(|char| !is_sign(*char)));
        }
        text
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.is_empty())
    }
}

/// A paragraph or a point of a list in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) line: u32,
    pub(super) kind: PieceKind,
    pub(super) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Paragraph,
    /// The first paragraph of a point.
    Point,
    /// Its further ones.
    More,
    Code,
}

pub(super) fn is_sign(char: char) -> bool {
    char == OPEN || char == CLOSE
}

/// Without the signs of what is set apart.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|char| !is_sign(*char)).collect()
}

/// White space of any kind and length as one space, none at the ends.
pub(super) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The beginning of a text, for messages.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut out = String::new();
    for (count, char) in plain(text).chars().enumerate() {
        if count == MOST {
            out.push('…');
            break;
        }
        out.push(if char.is_control() { ' ' } else { char });
    }
    out
}
