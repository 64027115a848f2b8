//! Tables that say again what another one says.

use super::super::layout::Layout;
use crate::page::{Page, Row, Said, Says};

/// Whether all rows of a table stand, word for word, in one table that is somebody's.
///
/// Descriptions of an API print the objects that a body is composed of below the body, which has their rows already.
pub(super) fn repeats(page: &Page, layout: &Layout<'_>, table: usize) -> bool {
    let rows = &page.tables[table].rows;
    let mut placed = page.tables.iter().enumerate().filter(|(at, _)| layout.holders_of(*at).next().is_some());
    !rows.is_empty() && placed.any(|(_, other)| rows.iter().all(|row| other.rows.iter().any(|known| same(row, known))))
}

/// Whether two rows say the same, wherever they stand.
fn same(one: &Row, other: &Row) -> bool {
    let ty = |row: &Row| row.ty.as_ref().map(|ty| ty.text.clone());
    one.name == other.name
        && one.mandatory == other.mandatory
        && one.place == other.place
        && ty(one) == ty(other)
        && one.description == other.description
        && says_same(&one.says, &other.says)
}

fn says_same(one: &Says, other: &Says) -> bool {
    said(&one.length, &other.length)
        && said(&one.range, &other.range)
        && said(&one.items, &other.items)
        && said(&one.bare, &other.bare)
        && said(&one.pattern, &other.pattern)
        && said(&one.default, &other.default)
        && said(&one.values, &other.values)
        && one.other_values == other.other_values
        && one.deprecated == other.deprecated
}

fn said<T: PartialEq>(one: &Said<T>, other: &Said<T>) -> bool {
    match (one, other) {
        (Said::Nothing, Said::Nothing) => true,
        (Said::Is(one), Said::Is(other)) => one.is == other.is,
        (Said::Unreadable(one), Said::Unreadable(other)) => one.is == other.is,
        _ => false,
    }
}
