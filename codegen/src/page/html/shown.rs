//! The file that a page shows, if it is a Git web view of one.

use super::sink::Ended;
use crate::page::block::{Block, Is};
use crate::page::input::Source;
use crate::page::words::Column;

/// The file, whether its lines are cells of a table or all of it is one piece of code.
pub(super) fn file(read: &Ended) -> Option<Source> {
    if read.shown.len() > 4 {
        return Some(Source::of_lines(read.shown.iter().map(|(number, line)| (*number, line.as_str()))));
    }
    let parameters = |block: &Block| match &block.is {
        Is::Table(table) => table.header.iter().any(|cell| Column::of(&cell.plain()) == Column::Name),
        _ => false,
    };
    if read.blocks.iter().any(parameters) {
        return None;
    }
    let shows_page = |text: &str| text.contains("</td>") || text.contains("\n+--") || text.contains(".. table::");
    read.blocks.iter().find_map(|block| match &block.is {
        Is::Code(text) if shows_page(text) => Some(Source::of_lines((block.line..).zip(text.split('\n')))),
        _ => None,
    })
}
