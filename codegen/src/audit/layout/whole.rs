//! Tables that say what the body of an answer is, instead of listing its fields.

use std::collections::{BTreeMap, BTreeSet};

use super::super::claims::Holder;
use crate::model::Operation;
use crate::page::{Page, Part, Row, Side};

/// By status, the position of such a table and its only row.
///
/// The vendor's SDKs file an answer that is no object under `body`; its pages print a row without a name, `-`.
pub(super) fn wholes<'p>(
    operation: &Operation,
    page: &'p Page,
    names: &BTreeMap<Holder, BTreeSet<&str>>,
) -> BTreeMap<u16, (usize, &'p Row)> {
    let success = operation.success().map(|answer| answer.status);
    let mut found = BTreeMap::new();
    for (at, table) in page.tables.iter().enumerate() {
        let ([row], Side::Answer, Part::Body) = (table.rows.as_slice(), table.side, &table.part) else { continue };
        let Some(status) = table.status.or(success) else { continue };
        let is_field = names.get(&Holder::Answer(status)).is_some_and(|names| names.contains(row.name.as_str()));
        let is_answer = operation.responses.iter().any(|answer| answer.status == status);
        if matches!(row.name.as_str(), "body" | "-") && is_answer && !is_field {
            found.entry(status).or_insert((at, row));
        }
    }
    found
}
