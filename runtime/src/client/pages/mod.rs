//! Lists that come in pages.

mod items;
mod paged;
mod stream;

pub use self::items::Items;
pub use self::paged::{By, Paged, Position, Slot, Turn, advance_marker, advance_offset, marker_at, offset_at};
pub use self::stream::Pages;
