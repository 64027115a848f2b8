//! Text flattened to lines: each cell, caption and paragraph is a line, and nothing says which is which but the words.

use super::block::{Block, Cell, Piece, PieceKind, RawRow, RawTable};
use super::code;
use super::input::Source;
use super::type_cell;
use super::words::{Column, Section, caption, is_name, status_code, status_line};

pub(super) fn read(source: &Source) -> Vec<Block> {
    let lines: Vec<(u32, &str)> = source.lines().collect();
    let mut reader = Reader { blocks: Vec::new(), section: Section::Lead };
    let mut at = 0;
    while let Some((number, line)) = lines.get(at).copied() {
        let text = line.trim();
        let rest = &lines[at..];
        if text.is_empty() {
            at += 1;
        } else if let Some((columns, taken)) = header(rest) {
            at += taken;
            at += reader.table(number, &columns, &lines[at..]);
        } else if let Some(section) = Section::of(text) {
            reader.section = section;
            reader.blocks.push(Block::heading(number, 2, text));
            at += 1;
        } else if matches!(reader.section, Section::ExampleRequest | Section::ExampleAnswer) {
            let until = rest.iter().take_while(|(_, line)| Section::of(line).is_none()).count();
            reader.blocks.extend(code::group(&rest[..until]));
            at += until.max(1);
        } else {
            reader.blocks.push(Block::text(number, text.to_owned()));
            at += 1;
        }
    }
    reader.blocks
}

struct Reader {
    blocks: Vec<Block>,
    section: Section,
}

/// The name of a column, the line it stands in, and what it means.
type Named<'a> = (u32, &'a str, Column);

/// The names of columns at the beginning of the lines, and how many lines they take.
fn header<'a>(lines: &[(u32, &'a str)]) -> Option<(Vec<Named<'a>>, usize)> {
    let mut columns: Vec<Named<'a>> = Vec::new();
    let mut taken = 0;
    for (at, (number, line)) in lines.iter().enumerate().take(32) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let column = Column::of(line);
        let first = columns.is_empty();
        let starts = matches!(column, Column::Name | Column::Status);
        let known = columns.iter().all(|(_, _, known)| *known != column);
        if column == Column::Other || first != starts || !known {
            break;
        }
        columns.push((*number, line, column));
        taken = at + 1;
        if column == Column::Description {
            break;
        }
    }
    // The description is the last column, and what tells rows apart.
    let described = columns.last().is_some_and(|(_, _, column)| *column == Column::Description);
    (columns.len() > 1 && described).then_some((columns, taken))
}

impl Reader {
    fn table(&mut self, line: u32, columns: &[Named<'_>], lines: &[(u32, &str)]) -> usize {
        let mut rows: Vec<RawRow> = Vec::new();
        let kinds: Vec<Column> = columns.iter().map(|(_, _, column)| *column).collect();
        let mut at = 0;
        while let Some((number, text)) = lines.get(at).copied() {
            let text = text.trim();
            if text.is_empty() {
                at += 1;
                continue;
            }
            if let Some(cells) = row(&kinds, &lines[at..]) {
                at += cells.taken;
                rows.push(RawRow { line: number, cells: cells.cells });
                continue;
            }
            if ends_table(text) || header(&lines[at..]).is_some() || rows.len() > super::block::ROWS {
                break;
            }
            let Some(description) = rows.last_mut().and_then(|row| row.cells.last_mut()) else {
                // The first row is none that can be told from text.
                rows.push(RawRow { line: number, cells: vec![cell(number, text)] });
                at += 1;
                continue;
            };
            description.pieces.push(piece(number, text));
            at += 1;
        }
        let header = columns.iter().map(|(number, text, _)| cell(*number, text)).collect();
        self.blocks.push(if rows.len() > super::block::ROWS {
            Block::too_large(line, None)
        } else {
            Block::table(line, RawTable { header, rows, ..RawTable::default() })
        });
        at
    }
}

fn ends_table(text: &str) -> bool {
    let section = Section::of(text).is_some_and(Section::ends_tables);
    section || caption(text).is_some() || status_line(text).is_some() || text.starts_with("Parent topic")
}

struct Cells {
    cells: Vec<Cell>,
    taken: usize,
}

/// The cells before the description, if a row begins here: a name, then what its columns may hold.
fn row(columns: &[Column], lines: &[(u32, &str)]) -> Option<Cells> {
    let mut cells = Vec::with_capacity(columns.len());
    let mut taken = 0;
    let mut filled = lines.iter().enumerate().filter(|(_, (_, line))| !line.trim().is_empty());
    // A name alone proves nothing; a word under "Mandatory" or a type does.
    let proven = columns.iter().any(|column| matches!(column, Column::Mandatory | Column::Type | Column::Status));
    let mut is_mandatory = false;
    for column in columns {
        if *column == Column::Description {
            cells.push(Cell::default());
            break;
        }
        let (at, (number, text)) = filled.next()?;
        let text = text.trim();
        let fits = match column {
            Column::Name => is_name(text) || text == "-",
            Column::Status => status_code(text).is_some(),
            Column::Mandatory => {
                is_mandatory = matches!(text, "Yes" | "No" | "Conditional" | "Optional" | "Mandatory" | "是" | "否");
                is_mandatory
            }
            // After "Yes" or "No" any short word is one, known or not.
            Column::Type => type_cell::is_known(text) || (is_mandatory && text.len() < 60 && !text.ends_with('.')),
            _ => text.len() < 60,
        };
        if !fits {
            return None;
        }
        taken = at + 1;
        cells.push(cell(*number, text));
    }
    proven.then_some(Cells { cells, taken })
}

fn cell(line: u32, text: &str) -> Cell {
    Cell { pieces: vec![Piece { line, kind: PieceKind::Paragraph, text: text.to_owned() }], links: Vec::new() }
}

fn piece(line: u32, text: &str) -> Piece {
    for sign in ["- ", "• ", "● ", "· ", "* "] {
        if let Some(text) = text.strip_prefix(sign) {
            return Piece { line, kind: PieceKind::Point, text: text.trim_start().to_owned() };
        }
    }
    Piece { line, kind: PieceKind::Paragraph, text: text.to_owned() }
}
