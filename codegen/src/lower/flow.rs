//! Waiters and paging: their fields looked up in requests and answers.

use std::collections::HashMap;

use super::rules::{Root, path};
use super::{Lowering, names};
use crate::decode::{Literal, Number, Text};
use crate::diagnostic::Diagnostic;
use crate::grammar;
use crate::model::{
    By, Field, FieldPath, Marker, Meaning, Operation, Paging, Payload, Ty, Type, TypeKind, Unit, Waiter,
};

pub(super) fn waiters(
    written: &[grammar::Waiter],
    operation: &Operation,
    types: &[Type],
    cx: &mut Lowering<'_>,
) -> Vec<Waiter> {
    let Some(first) = written.first() else { return Vec::new() };
    let Some(answer) = answer(operation, types, "a waiter", &first.id, cx) else { return Vec::new() };
    written.iter().filter_map(|waiter| self::waiter(waiter, answer, types, cx)).collect()
}

fn waiter(written: &grammar::Waiter, answer: &[Field], types: &[Type], cx: &mut Lowering<'_>) -> Option<Waiter> {
    let who = "the waiter";
    let is_kebab = written.id.starts_with(|c: char| c.is_ascii_lowercase())
        && written.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_kebab && !written.id.is_empty() {
        let message = format!("`{}` does not do as a name of a waiter", written.id.value);
        cx.error(
            Diagnostic::error("invalid-rust-name", written.id.span, message)
                .help("write small letters, digits and `-`, a letter first: the method is `wait_for_` and this"),
        );
    }
    let (find, holder) = match &written.find {
        None => (None, answer),
        Some(find) => {
            let list = path(who, &find.list, &Root::Type(answer), types, cx)?;
            let entry = match &list.ty {
                Ty::List(item) if is_broken(item, types) => return None,
                Ty::List(item) => fields(item, types),
                _ => None,
            };
            let Some(entry) = entry else {
                let help = "name the field of the answer whose entries have the state";
                let message =
                    format!("`{}` is {}, not a list of objects", list.place, crate::docs::type_word(&list.ty));
                cx.error(Diagnostic::error("wrong-type", list.span, message).help(help));
                return None;
            };
            (Some((list, path(who, &find.by, &Root::Type(entry), types, cx)?)), entry)
        }
    };
    let state = path(who, &written.state, &Root::Type(holder), types, cx)?;
    Some(Waiter {
        id: written.id.clone(),
        doc: written.doc.value.clone(),
        find,
        state,
        states: vec![
            (Meaning::Success, written.success.clone()),
            (Meaning::Failure, written.failure.clone()),
            (Meaning::Paused, written.paused.clone()),
            (Meaning::Going, written.going.clone()),
        ],
        interval: written.interval,
    })
}

pub(super) fn paging(
    written: &grammar::Paging,
    operation: &Operation,
    types: &[Type],
    cx: &mut Lowering<'_>,
) -> Option<Paging> {
    let who = "the paging";
    let answer = answer(operation, types, "paging", &written.items, cx)?;
    let by = by(written, cx);
    let items = path(who, &written.items, &Root::Type(answer), types, cx)?;
    let Ty::List(item) = &items.ty else {
        let message = format!("`{}` is {}, not a list", items.place, crate::docs::type_word(&items.ty));
        cx.error(
            Diagnostic::error("wrong-type", items.span, message).help("name the field of the answer that is the list"),
        );
        return None;
    };
    if is_broken(item, types) {
        return None;
    }
    let entry = fields(item, types).unwrap_or_default();
    let mut find = |name: Option<&Text>, root: &Root<'_>| name.and_then(|name| path(who, name, root, types, cx));
    let (request, answer, entry) = (Root::Operation(&operation.inputs), Root::Type(answer), Root::Type(entry));
    let limit = find(written.limit.as_ref(), &request);
    let more = find(written.more.as_ref(), &answer);
    let id = find(written.item.as_ref(), &entry);
    let by = by.and_then(|is_offset| {
        Some(if is_offset {
            let field = find(written.offset.as_ref(), &request)?;
            let from = first(operation, &field);
            let counts = written.counts.map(|counts| counts.value).unwrap_or_default();
            By::Offset { field, from, counts, total: find(written.total.as_ref(), &answer) }
        } else {
            let field = find(written.marker.as_ref(), &request)?;
            let source = match &written.after {
                Some(after) => Marker::After(find(Some(after), &entry)?),
                None => Marker::Next(find(written.next.as_ref(), &answer)?),
            };
            By::Marker { field, source }
        })
    });
    let item = (**item).clone();
    Some(Paging { span: written.span, items, item, id, by, limit, more })
}

/// Whether the keys that are there go together: `true` for an offset, `false` for a marker.
fn by(written: &grammar::Paging, cx: &mut Lowering<'_>) -> Option<bool> {
    let grammar::Paging { offset, counts, total, marker, after, next, .. } = written;
    let counts = counts.as_ref().map(|counts| ("counts", counts.span));
    let keys =
        |list: [(&'static str, &Option<Text>); 2]| list.map(|(key, text)| text.as_ref().map(|text| (key, text.span)));
    let [total, _] = keys([("total", total), ("", &None)]);
    let [after, next] = keys([("after", after), ("next", next)]);
    let (problem, help) = match (offset, marker) {
        (None, None) => (
            Some((written.span, "the paging does not say how a list goes on".to_owned())),
            "name the field of the request as `offset` or as `marker`",
        ),
        (Some(_), Some(marker)) => (
            Some((marker.span, "a list goes on by `offset` or by `marker`, not by both".to_owned())),
            "remove the one that callers use for something else",
        ),
        (Some(_), None) => {
            let stray = [after, next].into_iter().flatten().next();
            (stray.map(|(key, span)| (span, format!("`{key}` is for lists that go on by `marker`"))), "remove it")
        }
        (None, Some(marker)) => match (after, next, total.or(counts)) {
            (_, _, Some((key, span))) => {
                (Some((span, format!("`{key}` is for lists that go on by `offset`"))), "remove it")
            }
            (Some(_), Some((_, span)), None) => (
                Some((span, "the next marker is `after` an entry or `next` in the answer, not both".to_owned())),
                "remove one of them",
            ),
            (None, None, None) => (
                Some((marker.span, "the paging does not say where the next marker is".to_owned())),
                "write `after`, a field of the last entry, or `next`, a field of the answer",
            ),
            _ => (None, ""),
        },
    };
    if let Some((span, message)) = problem {
        cx.error(Diagnostic::error("paging-shape", span, message).help(help));
        return None;
    }
    Some(offset.is_some())
}

/// The offset of the first page: what the service takes when there is none.
fn first(operation: &Operation, offset: &FieldPath) -> i64 {
    let input = operation.inputs.iter().find(|input| input.place() == offset.place);
    let lowest = input.and_then(|input| input.field.range.base.as_ref()?.is.low?.as_integer());
    match &offset.default {
        Some(Literal::Number(Number::Integer(default))) => *default,
        _ => lowest.unwrap_or_default().max(0),
    }
}

/// The fields of a successful answer; a mistake if it is no object.
fn answer<'t>(
    operation: &Operation,
    types: &'t [Type],
    who: &str,
    at: &Text,
    cx: &mut Lowering<'_>,
) -> Option<&'t [Field]> {
    let body = operation.success().map(|answer| &answer.body);
    if matches!(body, Some(Payload::Is(ty)) if is_broken(ty, types)) {
        return None;
    }
    let found = match body {
        Some(Payload::Is(ty)) => fields(ty, types),
        _ => None,
    };
    // Without a success at all, that is the mistake.
    if found.is_none() && body.is_some() {
        cx.error(
            Diagnostic::error("unknown-field", at.span, format!("{who} needs an answer that is an object"))
                .help("remove it, or document the answer"),
        );
    }
    found
}

/// Whether a mistake in the type was reported, so that nothing is known of its values.
fn is_broken(ty: &Ty, types: &[Type]) -> bool {
    match ty.leaf() {
        Ty::Object(id) => matches!(types[id.0].kind, TypeKind::Invalid),
        leaf => names::is_invalid(leaf),
    }
}

fn fields<'t>(ty: &Ty, types: &'t [Type]) -> Option<&'t [Field]> {
    match ty {
        Ty::Object(id) => match &types[id.0].kind {
            TypeKind::Object(object) => Some(&object.fields),
            _ => None,
        },
        _ => None,
    }
}

/// No two methods of a service have one name.
pub(super) fn claim_methods(units: &[Unit], cx: &mut Lowering<'_>) {
    let operations = || units.iter().filter_map(|unit| unit.operation.as_ref());
    if operations().all(|operation| operation.waiters.is_empty() && operation.paging.is_none()) {
        return;
    }
    let mut claims: HashMap<_, _> =
        operations().map(|operation| (operation.method.clone(), operation.name.span)).collect();
    for operation in operations() {
        for waiter in &operation.waiters {
            claim(&mut claims, waiter.method(), &waiter.id, "waiter", cx);
        }
        if let Some(paging) = &operation.paging {
            let at = Text { value: operation.name.value.clone(), span: paging.span };
            claim(&mut claims, operation.pages_method(), &at, "paging", cx);
        }
    }
}

fn claim(
    claims: &mut HashMap<String, crate::sources::Span>,
    method: String,
    at: &Text,
    what: &str,
    cx: &mut Lowering<'_>,
) {
    if let Some(first) = claims.get(&method) {
        let message = format!("this {what} becomes the method `{method}`, which the service has already");
        let help = if what == "waiter" { "give it another `id`" } else { "give one of the operations a `rust:` name" };
        cx.error(Diagnostic::error("name-collision", at.span, message).related(*first, "from here").help(help));
    } else {
        claims.insert(method, at.span);
    }
}
