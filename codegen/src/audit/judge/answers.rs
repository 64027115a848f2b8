//! Facts of the operation as a whole: method, path, bodies and statuses.

use super::{Cx, Is, Said, types};
use crate::audit::claims::{Claim, Fact, Holder};
use crate::audit::samples;
use crate::model::{Location, Payload};
use crate::page::{Part, Row, Side, Table, TypeName, UnreadKind};

pub(super) fn says(cx: &Cx<'_>, fact: &Fact<'_>) -> Said {
    match &fact.claim {
        Claim::Method(method) => request(cx, |request| (request.method == *method, request.method.clone())),
        Claim::Path(path) => request(cx, |request| (request.path == *path, request.path.clone())),
        Claim::HasBody(has) => has_body(cx, *has),
        Claim::Status(status) => self::status(cx, *status),
        Claim::Answers(payload) => match fact.holder {
            Holder::Answer(status) => answers(cx, status, payload),
            _ => Said::new(Is::Unclear(String::new()), None),
        },
        _ => Said::new(Is::Unclear(String::new()), None),
    }
}

fn request(cx: &Cx<'_>, of: impl Fn(&crate::page::Request) -> (bool, String)) -> Said {
    let mut all = cx.page.requests.iter().map(|request| (request.line, of(&request.is)));
    match (all.clone().find(|(_, (same, _))| *same), all.next()) {
        (Some((line, _)), _) => Said::new(Is::Same, line),
        (None, Some((line, (_, found)))) => Said::new(Is::Differs(format!("`{found}`")), line),
        (None, None) => Said::new(Is::Unclear("the page names no method and path but in examples".to_owned()), None),
    }
}

fn has_body(cx: &Cx<'_>, has: bool) -> Said {
    let body = Holder::Inputs(Location::Body);
    let table = cx.layout.tables(body).iter().filter_map(|at| cx.page.tables.get(*at)).find(|table| {
        // A table that mixes places may have no row of the body.
        !table.rows.iter().any(|row| row.place.is_some()) || cx.layout.all(body).next().is_some()
    });
    let shown = cx.page.examples.iter().find(|example| {
        // What begins otherwise is an address, or no JSON anyway.
        samples::holder(cx.operation, example) == Some(body) && example.text.trim_start().starts_with(['{', '['])
    });
    match (has, table, shown) {
        (true, Some(table), _) => Said::new(Is::Same, table.line),
        (true, None, Some(example)) => Said::new(Is::Found, example.line),
        (true, None, None) => {
            Said::new(Is::Unclear("it shows no body, and does not say that there is none".to_owned()), None)
        }
        (false, Some(table), _) => Said::new(Is::Differs("a table of the body".to_owned()), table.line),
        (false, None, Some(example)) => Said::new(Is::Differs("an example with a body".to_owned()), example.line),
        (false, None, None) => match unplaced(cx, Side::Request) {
            Some(table) => Said::new(Is::Unclear("a table of the request could not be placed".to_owned()), table.line),
            None => Said::new(Is::Same, None),
        },
    }
}

/// A table of a side that nobody claims.
fn unplaced<'a>(cx: &Cx<'a>, side: Side) -> Option<&'a Table> {
    let tables = cx.page.tables.iter().enumerate().filter(|(at, table)| table.side == side && cx.layout.is_free(*at));
    tables.map(|(_, table)| table).find(|table| !matches!(table.part, Part::Nested(_)))
}

fn status(cx: &Cx<'_>, status: u16) -> Said {
    if let Some(found) = cx.page.statuses.iter().find(|found| found.is.code == status) {
        return Said::new(Is::Same, found.line);
    }
    let table = cx.page.tables.iter().find(|table| table.status == Some(status)).map(|table| table.line);
    let example = cx.page.examples.iter().find(|example| example.status == Some(status)).map(|example| example.line);
    match (table.or(example), cx.page.statuses.first()) {
        (Some(line), None) => Said::new(Is::Found, line),
        (Some(line), Some(_)) => {
            Said::new(Is::Unclear("the page has it, but not in its table of statuses".to_owned()), line)
        }
        (None, Some(first)) => Said::new(Is::Silent("the table of statuses does not have it".to_owned()), first.line),
        (None, None) => Said::new(Is::Unclear("the page has no table of statuses".to_owned()), None),
    }
}

fn answers(cx: &Cx<'_>, status: u16, payload: &Payload) -> Said {
    if let Some(row) = cx.layout.whole(status) {
        return whole(cx, payload, row);
    }
    let success = cx.operation.success().map(|answer| answer.status);
    let of_status = |of: Option<u16>| of == Some(status) || of.is_none() && success == Some(status);
    let mut tables = cx.page.tables.iter().filter(|table| table.side == Side::Answer && of_status(table.status));
    // One without rows says that there are no fields; rows that could not be read are among what is unread.
    let table = tables.find(|table| !table.rows.is_empty() || is_unread(cx, table));
    let example =
        cx.page.examples.iter().find(|example| {
            samples::holder(cx.operation, example) == Some(Holder::Answer(status)) && is_shown(example)
        });
    match (payload, table, example) {
        (Payload::None, None, Some(example)) => {
            Said::new(Is::Differs("an example with a body".to_owned()), example.line)
        }
        (Payload::None, None, None) => match unplaced(cx, Side::Answer) {
            Some(table) => Said::new(Is::Unclear("a table of an answer could not be placed".to_owned()), table.line),
            None => Said::new(Is::Same, None),
        },
        (Payload::Is(ty), Some(table), _) => {
            // A table shows fields; whether of one object or of each in a list it does not.
            let is = if ty.is_collection() {
                Is::Unclear("a table does not tell an object from a list".to_owned())
            } else {
                Is::Same
            };
            Said::new(is, table.line)
        }
        (Payload::Is(_), None, Some(example)) => {
            Said::new(Is::Unclear("only an example shows it".to_owned()), example.line)
        }
        (Payload::Is(_), None, None) => Said::new(Is::Silent("no table of its body".to_owned()), None),
        (_, Some(table), _) => Said::new(Is::Differs("a table of the body".to_owned()), table.line),
        (_, None, _) => Said::new(Is::Unclear("what a body without a table is stands in sentences".to_owned()), None),
    }
}

/// Whether a row of a table could not be read.
fn is_unread(cx: &Cx<'_>, table: &Table) -> bool {
    let next = cx.page.tables.iter().map(|other| other.line).filter(|line| *line > table.line).min();
    let until = next.unwrap_or(u32::MAX);
    let mut unread = cx.page.unread.iter().filter(|unread| unread.kind == UnreadKind::Row);
    unread.any(|unread| (table.line..until).contains(&unread.line))
}

/// A row that says what the body is as a whole.
fn whole(cx: &Cx<'_>, payload: &Payload, row: &Row) -> Said {
    let Some(ty) = &row.ty else {
        return Said::new(Is::Unclear("its table has no type for the body".to_owned()), row.line);
    };
    let is = match payload {
        Payload::Is(is) => types::says(cx.service, is, false, &ty.is, &ty.text),
        Payload::Json => Is::Unclear(format!("whether `{}` is all there can be stands in sentences", ty.text)),
        Payload::Text if ty.is == TypeName::String => Is::Same,
        Payload::None | Payload::Text | Payload::Binary => Is::Differs(format!("a body, `{}`", ty.text)),
    };
    Said::new(is, row.line)
}

/// Whether an example shows something: an empty object is as good as nothing.
fn is_shown(example: &crate::page::Example) -> bool {
    match &example.json {
        Some(serde_json::Value::Object(object)) => !object.is_empty(),
        Some(serde_json::Value::Null) | None => false,
        Some(_) => true,
    }
}
