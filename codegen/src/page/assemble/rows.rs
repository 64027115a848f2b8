//! A row of a table of parameters.

use crate::page::block::{Cell, RawRow, shortened};
use crate::page::facts::{Mandatory, Row, Said, TypeCell, TypeName};
use crate::page::says;
use crate::page::type_cell;
use crate::page::words::Column;

/// The row, or why it is none.
pub(super) fn read(raw: &RawRow, columns: &[Column]) -> Result<Row, String> {
    let filled = raw.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    if filled > columns.len() {
        return Err(format!("it has {filled} cells under {} columns", columns.len()));
    }
    if raw.cells.len() < columns.len() {
        return Err(format!("it ends after {} of {} cells", raw.cells.len(), columns.len()));
    }
    let cell = |column: Column| {
        let at = columns.iter().position(|known| *known == column)?;
        raw.cells.get(at).filter(|cell| !cell.is_empty())
    };
    let text = |column: Column| cell(column).map(Cell::plain);
    let name = text(Column::Name).ok_or("it names nothing")?;
    if filled == 1 && columns.len() > 2 && name.contains(' ') {
        return Err("it is a line across the table".to_owned());
    }
    if name.len() > 256 {
        return Err("its name is a text".to_owned());
    }
    let ty = cell(Column::Type).map(|cell| {
        let text = cell.plain();
        TypeCell { is: type_cell::parse(&text), text, links: cell.links.clone() }
    });
    let mut says = says::read(&says::Cells {
        description: cell(Column::Description),
        constraints: cell(Column::Constraints),
        values: cell(Column::Values),
        range: cell(Column::Range),
        default: cell(Column::Default),
    });
    // Points about an object explain its fields.
    let is_object = ty.as_ref().is_some_and(|ty| matches!(ty.is, TypeName::Object(_)));
    if is_object && says.values.is().is_some_and(|values| values.label.is_none()) {
        says.values = Said::Nothing;
    }
    Ok(Row {
        line: raw.line,
        name,
        mandatory: text(Column::Mandatory).map(mandatory),
        place: text(Column::Place),
        ty,
        description: cell(Column::Description).map(Cell::lines).unwrap_or_default(),
        says,
    })
}

fn mandatory(text: String) -> Mandatory {
    match text.trim_end_matches('.').to_ascii_lowercase().as_str() {
        "yes" | "mandatory" | "required" | "true" | "y" | "是" => Mandatory::Yes,
        "no" | "optional" | "false" | "n" | "否" => Mandatory::No,
        _ => Mandatory::Other(text),
    }
}

/// The facts of a row that are said and could not be read: what, and why.
pub(super) fn unreadable(row: &Row) -> Vec<(u32, String, String)> {
    let says = &row.says;
    let mut found = Vec::new();
    let mut add = |what: &str, line: u32, why: &str| {
        found.push((line, format!("{} of {}", what, shortened(&row.name)), why.to_owned()));
    };
    if let Some(Mandatory::Other(text)) = &row.mandatory {
        add("mandatory", row.line, &format!("{:?} is neither yes nor no", shortened(text)));
    }
    if let Some(ty) = row.ty.as_ref().filter(|ty| ty.is == TypeName::Unknown) {
        add("type", row.line, &format!("{:?} is no type that is known", shortened(&ty.text)));
    }
    let limits =
        [("length", &says.length), ("range", &says.range), ("number of items", &says.items), ("limits", &says.bare)];
    for (what, said) in limits {
        if let Said::Unreadable(why) = said {
            add(what, why.line, &why.is);
        }
    }
    for (what, said) in [("default", &says.default), ("pattern", &says.pattern)] {
        if let Said::Unreadable(why) = said {
            add(what, why.line, &why.is);
        }
    }
    if let Said::Unreadable(why) = &says.values {
        add("values", why.line, &why.is);
    }
    found
}
