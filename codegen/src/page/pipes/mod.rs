//! Text whose tables are drawn with `|`: Markdown, and what became of tables when pages were copied as text.
//!
//! A cell ends at its bar, wherever the lines break; how many cells make a row is read off the rule under the header.

mod inline;
mod rows;

use super::block::{Block, Cell, Is, RawTable};
use super::code;
use super::input::Source;
use super::words::{Section, status_heading};
use rows::Ruled;

pub(super) fn read(source: &Source) -> Vec<Block> {
    let lines: Vec<(u32, &str)> = source.lines().collect();
    let tables = rows::tables(&lines);
    let mut reader = Reader { blocks: Vec::new(), section: Section::Lead };
    let mut at = 0;
    for (place, table) in tables.iter().enumerate() {
        if table.header < at {
            continue;
        }
        reader.between(&lines[at..table.header]);
        let until = tables[place + 1..].iter().map(|next| next.header).find(|next| *next > table.rule);
        at = reader.table(&lines, table, until.unwrap_or(lines.len()));
    }
    reader.between(&lines[at..]);
    reader.blocks
}

/// Whether most tables have a line for each cell.
pub(super) fn is_cell_per_line(source: &Source) -> bool {
    let lines: Vec<(u32, &str)> = source.lines().collect();
    let tables = rows::tables(&lines);
    tables.iter().filter(|table| !table.one_line).count() * 2 > tables.len()
}

/// Whether the text has any such table.
pub(super) fn has_tables(source: &Source) -> bool {
    let lines: Vec<(u32, &str)> = source.lines().collect();
    !rows::tables(&lines).is_empty()
}

struct Reader {
    blocks: Vec<Block>,
    section: Section,
}

impl Reader {
    /// Lines that are none of a table.
    fn between(&mut self, lines: &[(u32, &str)]) {
        let mut at = 0;
        while let Some((number, line)) = lines.get(at).copied() {
            let text = line.trim();
            let heading = text.strip_prefix('#').map(|rest| rest.trim_start_matches('#'));
            let heading = heading.filter(|rest| rest.starts_with(' ')).map(str::trim);
            if let Some(heading) = heading.or_else(|| Section::of(text).map(|_| text)) {
                let level = text.bytes().take_while(|byte| *byte == b'#').count();
                let level = if level == 0 { 2 } else { u8::try_from(level).unwrap_or(6) };
                let heading = inline::text(heading);
                if status_heading(&heading).is_none() {
                    self.section = Section::of(&heading).unwrap_or(Section::Other);
                }
                self.blocks.push(Block::heading(number, level, &heading));
                at += 1;
            } else if text.starts_with("```") {
                at += self.fenced(&lines[at..]);
            } else if matches!(self.section, Section::ExampleRequest | Section::ExampleAnswer) {
                let ends = |(_, line): &(u32, &str)| line.starts_with(['#', '`']) || Section::of(line).is_some();
                let until = 1 + lines[at + 1..].iter().take_while(|line| !ends(line)).count();
                let shown = |block: Block| match block.is {
                    Is::Text(text) => Block::text(block.line, inline::text(&text)),
                    is => Block { line: block.line, is },
                };
                self.blocks.extend(code::group(&lines[at..at + until]).into_iter().map(shown));
                at += until;
            } else {
                let text = inline::text(text);
                if !text.is_empty() && !text.starts_with("<!--") {
                    self.blocks.push(Block::text(number, text));
                }
                at += 1;
            }
        }
    }

    /// Code between lines of three back quotes.
    fn fenced(&mut self, lines: &[(u32, &str)]) -> usize {
        let inside = lines[1..].iter().take_while(|(_, line)| !line.trim_start().starts_with("```")).count();
        let text: Vec<&str> = lines[1..=inside].iter().map(|(_, line)| *line).collect();
        let number = lines.get(1).map_or(1, |(number, _)| *number);
        self.blocks.push(Block::code(number, text.join("\n")));
        inside + 2
    }

    fn table(&mut self, lines: &[(u32, &str)], table: &Ruled, until: usize) -> usize {
        let (header, _) = rows::rows(lines, table.header, table.rule, table);
        let (rows, end) = rows::rows(lines, table.rule + 1, until, table);
        let header: Vec<Cell> = header.into_iter().next().map(|row| row.cells).unwrap_or_default();
        let line = lines.get(table.header).map_or(1, |(number, _)| *number);
        self.blocks.push(if rows.len() > super::block::ROWS {
            Block::too_large(line, None)
        } else {
            Block::table(line, RawTable { header, rows, ..RawTable::default() })
        });
        end.min(until)
    }
}
