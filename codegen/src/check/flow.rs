//! Waiters whose states cannot be, and paging by what cannot page.

use std::collections::HashMap;

use super::rules::check_literal;
use crate::decode::{Number, Spanned};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::docs::type_word;
use crate::grammar::Bounds;
use crate::model::{By, FieldPath, Marker, Meaning, Operation, Paging, Service, Ty, TypeKind, Waiter};
use crate::sources::Span;

pub(super) fn check(service: &Service, operation: &Operation, diagnostics: &mut Diagnostics) {
    let repeated = operation.waiters.first().map(|waiter| ("a waiter asks again and again", waiter.id.span));
    let resumed = operation.paging.as_ref().map(|paging| ("a page is asked for again after an error", paging.span));
    if let (false, Some((why, span))) = (operation.idempotent, repeated.or(resumed)) {
        let message = format!("{why}, but `{}` is not to be repeated", operation.name.value);
        diagnostics.push(
            Diagnostic::error("not-idempotent", span, message)
                .help("write `idempotent: true` if it only reads, or remove this"),
        );
    }
    for waiter in &operation.waiters {
        self::waiter(service, waiter, diagnostics);
    }
    if let Some(paging) = &operation.paging {
        self::paging(paging, diagnostics);
    }
}

/// What can be compared with a text.
fn has_word(ty: &Ty) -> bool {
    matches!(ty, Ty::String | Ty::Integer | Ty::Enum(_))
}

fn expect(field: &FieldPath, fits: bool, wanted: &str, diagnostics: &mut Diagnostics) {
    if !fits {
        let message = format!("`{}` is {}", field.place, type_word(&field.ty));
        diagnostics
            .push(Diagnostic::error("wrong-type", field.span, message).help(format!("name a field that is {wanted}")));
    }
}

fn waiter(service: &Service, waiter: &Waiter, diagnostics: &mut Diagnostics) {
    if let Some((_, by)) = &waiter.find {
        expect(by, has_word(&by.ty), "a text, an integer or an enumeration", diagnostics);
    }
    let state = &waiter.state;
    let is_state = has_word(&state.ty) || matches!(state.ty, Ty::Boolean);
    expect(state, is_state, "a text, an integer, a boolean or an enumeration", diagnostics);
    if let Some(interval) = &waiter.interval {
        self::interval(interval, diagnostics);
    }
    if is_state && !service.is_invalid(&state.ty) {
        states(service, waiter, diagnostics);
    }
}

/// Each state is known, and in one list.
fn states(service: &Service, waiter: &Waiter, diagnostics: &mut Diagnostics) {
    let mut listed: HashMap<String, Span> = HashMap::new();
    for (meaning, list) in &waiter.states {
        if *meaning == Meaning::Success && list.is_empty() {
            diagnostics.push(
                Diagnostic::error("missing-key", waiter.id.span, "the waiter names no state that it waits for")
                    .help("list at least one: `success: [VALUE]`"),
            );
        }
        for state in list {
            check_literal(service, &waiter.state.ty, &waiter.state.place, state, diagnostics);
            if let Some(first) = listed.insert(state.value.to_string(), state.span) {
                let message = format!("the waiter lists `{}` twice", state.value);
                diagnostics.push(
                    Diagnostic::error("state-twice", state.span, message)
                        .related(first, "first here")
                        .help("a state is one of `success`, `failure`, `paused` and `going`"),
                );
            }
        }
    }
    let Ty::Enum(id) = &waiter.state.ty else { return };
    let TypeKind::Enum(shape) = &service.types[id.0].kind else { return };
    let values = shape.values.iter().filter(|value| !listed.contains_key(&value.text.value));
    let left: Vec<String> = values.map(|value| format!("`{}`", value.text.value)).collect();
    if !left.is_empty() {
        let message = format!("the waiter does not say what {} means", left.join(", "));
        diagnostics.push(
            Diagnostic::error("state-unlisted", waiter.state.span, message)
                .related(service.types[id.0].name.span, "a state here")
                .help("put each into `success`, `failure`, `paused` (nothing happens by itself) or `going`"),
        );
    }
}

fn interval(interval: &Spanned<Bounds>, diagnostics: &mut Diagnostics) {
    let bound = |bound: Option<Number>| bound.and_then(Number::as_integer).filter(|bound| (1..=3600).contains(bound));
    if !matches!((bound(interval.low), bound(interval.high)), (Some(first), Some(longest)) if first <= longest) {
        diagnostics.push(
            Diagnostic::error("bad-interval", interval.span, "this is no interval of looks")
                .help("write the seconds at first and at most, from 1 to 3600: `[5, 60]`"),
        );
    }
}

fn paging(paging: &Paging, diagnostics: &mut Diagnostics) {
    if let Some(id) = &paging.id {
        expect(id, has_word(&id.ty), "a text, an integer or an enumeration", diagnostics);
    }
    if let Some(limit) = &paging.limit {
        input(limit, matches!(limit.ty, Ty::Integer), "an integer", diagnostics);
    }
    if let Some(more) = &paging.more {
        expect(more, matches!(more.ty, Ty::Boolean), "a boolean", diagnostics);
    }
    match &paging.by {
        None => {}
        Some(By::Offset { field, total, .. }) => {
            input(field, matches!(field.ty, Ty::Integer), "an integer", diagnostics);
            if let Some(total) = total {
                // Some pages document numbers as text.
                let fits = matches!(total.ty, Ty::Integer | Ty::String);
                expect(total, fits, "an integer, or a text that says one", diagnostics);
            }
        }
        Some(By::Marker { field, source: Marker::After(source) | Marker::Next(source) }) => {
            input(field, matches!(field.ty, Ty::String), "a text", diagnostics);
            expect(source, has_word(&source.ty), "a text, an integer or an enumeration", diagnostics);
        }
    }
}

/// A field of the request that says which page is meant: not in the path, and not inside another.
fn input(field: &FieldPath, fits: bool, wanted: &str, diagnostics: &mut Diagnostics) {
    expect(field, fits, wanted, diagnostics);
    if field.place.starts_with("path.") || field.steps.len() > 1 {
        let message = format!("`{}` cannot say which page is meant", field.place);
        diagnostics.push(
            Diagnostic::error("paging-shape", field.span, message)
                .help("name a field of the query, of the headers, or at the top of the body"),
        );
    }
}
