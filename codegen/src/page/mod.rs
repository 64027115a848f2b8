//! Reads a saved documentation page: bytes in, facts with their lines out.
//!
//! It knows nothing of the spec or the model, and decides nothing: what a page says unclearly is kept as unclear, what was not read is
//! listed in [`Page::unread`], and the counts of both add up. It never panics, and takes time in proportion to the page.
//!
//! Stages: `input` (bytes to text, gutters off) → one reader per format (text to [`block`]s) → `assemble` (blocks to a [`Page`]).

mod assemble;
mod block;
mod code;
mod facts;
mod flat;
mod gutter;
mod html;
mod input;
mod listing;
mod pipes;
mod refusal;
mod rst;
mod says;
mod sniff;
mod type_cell;
mod words;

#[cfg(test)]
mod tests;

use block::Block;
pub(crate) use facts::*;
use input::Source;
pub(crate) use listing::listing;
pub(crate) use refusal::Refusal;

/// Reads a page, whatever its format.
pub(crate) fn read(bytes: &[u8]) -> Result<Page, Refusal> {
    let (text, encoding) = input::decode(bytes)?;
    let (format, blocks) = blocks(&gutter::off(Source::new(text)), true);
    let page = assemble::assemble(blocks, format, encoding);
    let holds = !page.requests.is_empty() || !page.tables.is_empty() || !page.statuses.is_empty();
    if holds {
        return Ok(page);
    }
    let title = page.title.map(|title| title.is);
    Err(Refusal::NothingFound { format, title, tables: page.counts.tables.found })
}

fn blocks(source: &Source, may_show: bool) -> (Format, Vec<Block>) {
    let format = sniff::sniff(source);
    let blocks = match format {
        Format::Html => {
            let read = html::read(source);
            if let Some(shown) = read.shown.filter(|_| may_show) {
                return blocks(&gutter::off(shown), false);
            }
            read.blocks
        }
        Format::Rst => rst::read(source),
        Format::PipeTables | Format::CellPerLine => pipes::read(source),
        Format::Flattened => flat::read(source),
    };
    (format, blocks)
}
