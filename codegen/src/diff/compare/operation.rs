//! An operation that both sides have, or one of them.

use super::fields::{self, Subject};
use super::{Cx, Spot, answers, documentation, flow, rules};
use crate::diff::change::Owner;
use crate::diff::matching::inputs;
use crate::diff::table::documentation::{DEPRECATION_REWORDED, DOC_CHANGED, TITLE_CHANGED};
use crate::diff::table::{fields as field_rules, operations as table};
use crate::diff::verdict::Direction;
use crate::diff::words;
use crate::grammar::Auth;
use crate::model::{Input, Location, Operation};

/// An operation that only one side has.
pub(super) fn whole(operation: &Operation, is_new: bool, cx: &mut Cx<'_, '_, '_>) {
    let name = operation.name.value.clone();
    let span = Some(operation.name.span);
    let (base, revision) = if is_new { (None, span) } else { (span, None) };
    let spot = Spot::new(Owner::Operation(name.clone()), [name], base, revision);
    let line = Some(format!("{} {}", operation.http.method, operation.http.path));
    match (is_new, operation.deprecated.is_some()) {
        (true, false) => cx.report.add(&table::OPERATION_ADDED, &spot, "", None, line),
        (true, true) => cx.report.add(&table::OPERATION_ADDED_DEPRECATED, &spot, "", None, line),
        (false, false) => cx.report.add(&table::OPERATION_REMOVED, &spot, "", line, None),
        (false, true) => cx.report.add(&table::OPERATION_REMOVED_DEPRECATED, &spot, "", line, None),
    }
}

pub(super) fn operation(a: &Operation, b: &Operation, cx: &mut Cx<'_, '_, '_>) {
    let name = b.name.value.clone();
    let spot = Spot::new(Owner::Operation(name.clone()), [name], Some(a.name.span), Some(b.name.span));
    names(a, b, &spot, cx);
    let (old, new) = (Some(a.title.as_str()), Some(b.title.as_str()));
    cx.report.texts(&TITLE_CHANGED, &spot, "title", old, new);
    cx.report.texts(&DOC_CHANGED, &spot, "doc", a.doc.as_deref(), b.doc.as_deref());
    let presence = (&table::OPERATION_DEPRECATED, &table::OPERATION_UNDEPRECATED, &DEPRECATION_REWORDED);
    cx.report.presence(presence, &spot, "deprecated", a.deprecated.as_deref(), b.deprecated.as_deref());
    http(a, b, &spot, cx);
    call(a, b, &spot, cx);
    all_inputs(a, b, &spot, cx);
    rules::rules(&a.rules, &b.rules, &spot, cx);
    answers::answers(a, b, &spot, cx);
    flow::flow(a, b, &spot, cx);
    documentation::examples(&a.examples, &b.examples, &spot, cx);
}

fn names(a: &Operation, b: &Operation, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let (old, new) = (a.name.value.clone(), b.name.value.clone());
    match (old == new, a.rust == b.rust) {
        (true, true) => {}
        (false, false) => cx.report.add(&table::OPERATION_RENAMED, spot, "operation", Some(old), Some(new)),
        (false, true) => cx.report.add(&table::OPERATION_ID_CHANGED, spot, "operation", Some(old), Some(new)),
        (true, false) => {
            let (old, new) = (a.rust.clone(), b.rust.clone());
            cx.report.add(&table::OPERATION_RUST_RENAMED, spot, "rust", Some(old), Some(new));
        }
    }
}

/// A path with its parameters' names left out.
fn shape(path: &str) -> Vec<&str> {
    path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment }).collect()
}

fn http(a: &Operation, b: &Operation, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let spot = spot.at("http", spot.base, spot.revision);
    cx.report.texts(&table::METHOD_CHANGED, &spot, "method", Some(&a.http.method), Some(&b.http.method));
    let (old, new) = (a.http.path.as_str(), b.http.path.as_str());
    if shape(old) != shape(new) {
        cx.report.texts(&table::PATH_CHANGED, &spot, "path", Some(old), Some(new));
    }
    let order = |one: &Operation, other: &Operation| -> Vec<String> {
        let names = |operation: &Operation| -> Vec<String> {
            let path = operation.given().filter(|input| input.location == Location::Path);
            path.map(|input| input.field.wire.value.clone()).collect()
        };
        let others = names(other);
        names(one).into_iter().filter(|name| others.contains(name)).collect()
    };
    if order(a, b) != order(b, a) {
        cx.report.texts(&table::PATH_PARAMS_REORDERED, &spot, "order", Some(old), Some(new));
    }
}

fn call(a: &Operation, b: &Operation, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let body = spot.at("body", spot.base, spot.revision);
    let word = |operation: &Operation| Some(if operation.has_body { "a JSON object" } else { "none" });
    let rule = if b.has_body { &table::REQUEST_BODY_ADDED } else { &table::REQUEST_BODY_REMOVED };
    cx.report.texts(rule, &body, "", word(a), word(b));
    let word = |operation: &Operation| Some(if operation.idempotent { "true" } else { "false" });
    let rule = if b.idempotent { &table::IDEMPOTENT_ADDED } else { &table::IDEMPOTENT_REMOVED };
    cx.report.texts(rule, spot, "idempotent", word(a), word(b));
    let strength = |auth: Auth| match auth {
        Auth::Required => 2,
        Auth::Optional => 1,
        Auth::None => 0,
    };
    let tighter = strength(b.auth) > strength(a.auth);
    let rule = if tighter { &table::AUTH_TIGHTENED } else { &table::AUTH_LOOSENED };
    cx.report.texts(rule, spot, "auth", Some(words::auth(a.auth)), Some(words::auth(b.auth)));
}

/// Parameters and the fields of the body.
fn all_inputs(a: &Operation, b: &Operation, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let mut matched = inputs(&a.inputs, &b.inputs);
    // In a path of the same shape, what has another name is the same value.
    if shape(&a.http.path) == shape(&b.http.path) {
        let position = |operation: &Operation, input: &Input| {
            let mut names = operation.http.parameters.iter();
            names.position(|name| name.value == input.field.wire.value)
        };
        matched = matched.join(|old, new| {
            let both = old.location == Location::Path && new.location == Location::Path;
            both && old.filled == new.filled && position(a, old) == position(b, new)
        });
    }
    let spans = |input: &Input| Some(input.field.wire.span);
    for (old, new) in matched.both {
        input(old, new, &spot.at(new.place(), spans(old), spans(new)), cx);
    }
    for gone in matched.gone {
        let ty = Some(words::ty(cx.a, &gone.field.ty));
        let rule = match (gone.filled.is_some(), gone.location, gone.field.is_required()) {
            (true, _, _) => &field_rules::FILLED_PARAM_REMOVED,
            (_, Location::Path, _) => &table::PATH_PARAM_REMOVED,
            (_, _, true) => &field_rules::REQUEST_FIELD_REMOVED_REQUIRED,
            _ => &field_rules::REQUEST_FIELD_REMOVED_OPTIONAL,
        };
        cx.report.add(rule, &spot.at(gone.place(), spans(gone), None), "", ty, None);
    }
    for new in matched.new {
        let ty = Some(words::ty(cx.b, &new.field.ty));
        let rule = match (new.filled.is_some(), new.location, new.field.is_required()) {
            (true, _, _) => &field_rules::FILLED_PARAM_ADDED,
            (_, Location::Path, _) => &table::PATH_PARAM_ADDED,
            (_, _, true) => &field_rules::REQUEST_FIELD_ADDED_REQUIRED,
            _ => &field_rules::REQUEST_FIELD_ADDED_OPTIONAL,
        };
        cx.report.add(rule, &spot.at(new.place(), None, spans(new)), "", None, ty);
    }
}

fn input(a: &Input, b: &Input, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let word = |input: &Input| Some(if input.filled.is_some() { "filled in" } else { "given by callers" });
    let rule = if b.filled.is_some() { &field_rules::PARAM_NOW_FILLED } else { &field_rules::PARAM_NO_LONGER_FILLED };
    cx.report.texts(rule, spot, "", word(a), word(b));
    if a.location != b.location {
        cx.report.add(&field_rules::REQUEST_FIELD_MOVED, spot, "", Some(a.place()), Some(b.place()));
    }
    if a.location == Location::Path && a.field.wire.value != b.field.wire.value {
        let (old, new) = (a.field.wire.value.clone(), b.field.wire.value.clone());
        let filled = a.filled.is_some() || a.field.rust == b.field.rust;
        let rule = if filled { &DOC_CHANGED } else { &table::PATH_PARAM_RENAMED };
        cx.report.add(rule, spot, "name", Some(old), Some(new));
    }
    let given = a.filled.is_none() && b.filled.is_none();
    // A path value that has another name was dealt with.
    let named = given && (a.location != Location::Path || a.field.wire.value == b.field.wire.value);
    let subject = Subject { direction: Direction::Request, named };
    if a.filled.is_some() && b.filled.is_some() {
        fields::filled(&a.field, &b.field, &subject, spot, cx);
    } else {
        fields::field(&a.field, &b.field, &subject, spot, cx);
    }
}
