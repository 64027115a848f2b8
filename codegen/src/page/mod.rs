//! Reads a saved documentation page: bytes in, facts with their lines out.
//!
//! It knows nothing of the spec or the model, and decides nothing: what a page says unclearly is kept as unclear, what was not read is
//! listed in [`Page::unread`], and the counts of both add up. It never panics, and takes time in proportion to the page.
//!
//! Stages: `input` (bytes to text, gutters off) → one reader per format (text to [`block`]s) → `assemble` (blocks to a [`Page`]).

mod facts;
mod refusal;

#[expect(unused_imports, reason = "for the comparer")]
pub(crate) use facts::{
    At, Confidence, Count, Counts, Example, Format, Limits, Mandatory, Page, Part, Request, Row, Said, Says, Side,
    Status, Table, TypeCell, TypeName, Unread, UnreadKind, ValueSaid, Values,
};
pub(crate) use refusal::Refusal;

/// Reads a page, whatever its format.
pub(crate) fn read(bytes: &[u8]) -> Result<Page, Refusal> {
    let _ = bytes;
    Err(Refusal::Empty)
}
