//! A table: of parameters, of status codes, or of something else.

use super::classify::{Place, classify};
use super::{Assembler, rows};
use crate::page::block::{Cell, ROWS, RawTable, shortened};
use crate::page::facts::{At, Side, Status, Table, TypeName, UnreadKind};
use crate::page::words::{Column, status_code};

pub(super) fn read(page: &mut Assembler, line: u32, raw: RawTable, caption: Option<String>) {
    let header: Vec<String> = raw.header.iter().map(Cell::plain).collect();
    let mut columns: Vec<Column> = header.iter().map(|cell| Column::of(cell)).collect();
    // A column that repeats another one says nothing of its own.
    for at in 1..columns.len() {
        if columns[..at].contains(&columns[at]) {
            columns[at] = Column::Other;
        }
    }
    let has = |column: Column| columns.contains(&column);
    if columns.first() == Some(&Column::Status) && !header.iter().any(|cell| is_error(cell)) {
        return statuses(page, &raw, &columns);
    }
    if !has(Column::Name) || !(has(Column::Type) || has(Column::Description) || has(Column::Mandatory)) {
        let what = caption.unwrap_or_else(|| "table".to_owned());
        let names: Vec<String> =
            header.iter().filter(|cell| !cell.is_empty()).take(6).map(|cell| shortened(cell)).collect();
        let why = format!("its columns are not those of parameters: {}", names.join(", "));
        return page.unread(line, UnreadKind::Table, &what, why);
    }
    page.rows += raw.rows.len();
    if page.rows > ROWS {
        let why = format!("the page has more than {ROWS} rows");
        return page.unread(line, UnreadKind::Table, caption.as_deref().unwrap_or("table"), why);
    }
    parameters(page, line, raw, caption, &columns);
}

fn is_error(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    header.contains("error") || header.contains("错误")
}

fn parameters(page: &mut Assembler, line: u32, raw: RawTable, caption: Option<String>, columns: &[Column]) {
    let mut read = Vec::with_capacity(raw.rows.len());
    for row in &raw.rows {
        page.page.counts.rows.found += 1;
        match rows::read(row, columns) {
            Ok(row) => read.push(row),
            Err(why) => page.unread(row.line, UnreadKind::Row, &first(&row.cells), why),
        }
    }
    page.page.counts.rows.read += read.len();
    for row in &read {
        if let Some(ty) = &row.ty {
            page.page.counts.types.found += 1;
            page.page.counts.types.read += usize::from(ty.is != TypeName::Unknown);
        }
        for (line, what, why) in rows::unreadable(row) {
            page.unread(line, UnreadKind::Fact, &what, why);
        }
    }
    let place = Place {
        section: page.section,
        status: page.status,
        caption: caption.as_deref(),
        body: page.body.as_deref(),
        requests: &page.page.requests,
    };
    let (side, part, confidence) = classify(&place, &read, &mut page.owners);
    let table = Table {
        line,
        caption,
        labels: raw.labels,
        side,
        status: page.status.filter(|_| side == Side::Answer),
        part,
        confidence,
        says_mandatory: columns.contains(&Column::Mandatory),
        says_type: columns.contains(&Column::Type),
        rows: read,
    };
    page.page.counts.tables.read += 1;
    page.page.tables.push(table);
}

fn statuses(page: &mut Assembler, raw: &RawTable, columns: &[Column]) {
    for row in &raw.rows {
        page.page.counts.rows.found += 1;
        let code = row.cells.first().map(Cell::plain).unwrap_or_default();
        let described = columns.iter().position(|column| *column == Column::Description).unwrap_or(1);
        let text = row.cells.get(described).map(Cell::plain).unwrap_or_default();
        // `200 OK` is a code with its own text.
        match code.get(..3).and_then(status_code).filter(|_| !code[3..].starts_with(|char: char| char.is_ascii_digit()))
        {
            Some(code) => {
                page.page.counts.rows.read += 1;
                page.page.statuses.push(At::new(row.line, Status { code, text }));
            }
            None => {
                let why = "it begins with no status code".to_owned();
                page.unread(row.line, UnreadKind::Row, &first(&row.cells), why);
            }
        }
    }
    page.page.counts.tables.read += 1;
}

fn first(cells: &[Cell]) -> String {
    cells.iter().map(Cell::plain).find(|cell| !cell.is_empty()).unwrap_or_else(|| "empty row".to_owned())
}
