//! Facts against types, limits against each other, defaults against limits.

use std::collections::BTreeSet;

use crate::decode::{Literal, Number};
use crate::diagnostic::{Diagnostic, Diagnostics, one_of};
use crate::docs::{bounds, type_word};
use crate::grammar::{Bounds, Need};
use crate::model::{Field, Input, Location, Operation, Payload, PerCloud, Service, Sourced, Ty, TypeKind};
use crate::sources::Span;

pub(super) fn check(service: &Service, field: &Field, diagnostics: &mut Diagnostics) {
    let leaf = field.ty.leaf();
    if service.is_invalid(leaf) {
        return;
    }
    let is_text = matches!(leaf, Ty::String | Ty::Secret);
    // Beside a list of values a page may print a limit too: recorded, and implied by the values.
    let is_enum = matches!(leaf, Ty::Enum(_));
    limit(field, &field.length, "length", is_text || is_enum, "texts", diagnostics);
    limit(field, &field.range, "range", is_enum || matches!(leaf, Ty::Integer | Ty::Number), "numbers", diagnostics);
    limit(field, &field.items, "items", field.ty.is_collection(), "lists and maps", diagnostics);
    sizes(&field.length, diagnostics);
    sizes(&field.items, diagnostics);
    for fact in field.range.all() {
        let fraction = [fact.is.low, fact.is.high].into_iter().flatten().find(|bound| bound.as_integer().is_none());
        if let (Ty::Integer, Some(bound)) = (leaf, fraction) {
            diagnostics.push(
                Diagnostic::error("limit-on-wrong-type", fact.span, format!("{bound} is no limit for an integer"))
                    .help("write a whole number, or make the field a `number`"),
            );
        }
    }
    for fact in field.pattern.all() {
        if !is_text {
            diagnostics.push(wrong_type("pattern", field, "texts", fact.span));
        } else if !fact.is.unchecked
            && let Err(why) = crate::pattern::compile(&fact.is.text)
        {
            let message = format!("the pattern cannot be checked: {why}");
            diagnostics.push(
                Diagnostic::error("bad-pattern", fact.span, message)
                    .help("mend it, or record it as `pattern: {unchecked: …}`"),
            );
        }
    }
    if let Some(span) = field.as_text
        && !matches!(leaf, Ty::Integer | Ty::Number | Ty::Boolean)
    {
        let message =
            format!("`wire: text` is for numbers and booleans, `{}` is {}", field.wire.value, type_word(&field.ty));
        diagnostics
            .push(Diagnostic::error("limit-on-wrong-type", span, message).help("remove `wire`, or mend the type"));
    }
    defaults(service, field, diagnostics);
    if let Some((cloud, fact)) =
        field.need.on.iter().find(|(_, fact)| fact.is != Need::Required).filter(|_| field.is_required())
    {
        let message = format!("`{}` is required, but not on {cloud}", field.wire.value);
        diagnostics.push(
            Diagnostic::error("rule-shape", fact.span, message)
                .help("Rust demands it everywhere then: write `need: optional`, and `need: required` for the clouds that demand it"),
        );
    }
}

/// Each default against the limits that hold where it does.
fn defaults(service: &Service, field: &Field, diagnostics: &mut Diagnostics) {
    if let Some(fact) = &field.default.base {
        default(service, field, None, fact, diagnostics);
    }
    let limits = [&field.range, &field.length].into_iter().flat_map(|limit| limit.on.iter().map(|(cloud, _)| cloud));
    let patterns = field.pattern.on.iter().map(|(cloud, _)| cloud);
    let clouds: BTreeSet<&String> =
        limits.chain(patterns).chain(field.default.on.iter().map(|(cloud, _)| cloud)).collect();
    for cloud in clouds {
        let own = field.default.on.iter().find(|(id, _)| id == cloud).map(|(_, fact)| fact);
        if let Some(fact) = own.or(field.default.base.as_ref()) {
            default(service, field, Some(cloud), fact, diagnostics);
        }
    }
}

fn wrong_type(name: &str, field: &Field, suits: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` limits {suits}, `{}` is {}", field.wire.value, type_word(&field.ty));
    Diagnostic::error("limit-on-wrong-type", span, message).help(match name {
        "length" => "for the number of entries use `items`, for the value of a number `range`",
        "range" | "items" => "for the length of a text use `length`",
        _ => "remove it, or mend the type",
    })
}

fn limit(field: &Field, limit: &PerCloud<Bounds>, name: &str, suits: bool, what: &str, diagnostics: &mut Diagnostics) {
    for fact in limit.all() {
        if !suits {
            diagnostics.push(wrong_type(name, field, what, fact.span));
        }
        if let (Some(low), Some(high), true) = (fact.is.low, fact.is.high, fact.is.is_empty()) {
            let message = format!("the lowest, {low}, is above the highest, {high}");
            diagnostics.push(
                Diagnostic::error("empty-range", fact.span, message)
                    .help(format!("write `[{high}, {low}]`, if that is what the page says")),
            );
        }
        if let (None, None) = (fact.is.low, fact.is.high) {
            diagnostics.push(Diagnostic::warning("no-limit", fact.span, "this limits nothing").help("remove it"));
        }
    }
}

/// Lengths and counts are whole and not negative.
fn sizes(limit: &PerCloud<Bounds>, diagnostics: &mut Diagnostics) {
    for fact in limit.all() {
        for bound in [fact.is.low, fact.is.high].into_iter().flatten() {
            if bound.as_integer().is_none_or(|bound| bound < 0) {
                diagnostics.push(
                    Diagnostic::error("limit-on-wrong-type", fact.span, format!("{bound} is no length"))
                        .help("write a whole number from 0 up"),
                );
            }
        }
    }
}

/// The documented limits that hold on a cloud.
fn on<'a, T>(fact: &'a PerCloud<T>, cloud: Option<&str>) -> Option<&'a T> {
    let own = fact.on.iter().find(|(id, _)| Some(id.as_str()) == cloud).map(|(_, fact)| fact);
    own.or(fact.base.as_ref()).map(|fact| &fact.is)
}

fn default(
    service: &Service,
    field: &Field,
    cloud: Option<&str>,
    fact: &Sourced<Literal>,
    diagnostics: &mut Diagnostics,
) {
    let outside = |limit: &PerCloud<Bounds>, value: Number, unit: &str| {
        let limit = on(limit, cloud).filter(|limit| limit.excludes(value))?;
        Some(("default-outside", format!("the default `{}` is outside its limits: {}", fact.is, bounds(*limit, unit))))
    };
    let mismatch = |text: &str| {
        let pattern = on(&field.pattern, cloud).filter(|pattern| !pattern.unchecked)?;
        let fails = crate::pattern::compile(&pattern.text).is_ok_and(|program| !program.is_match(text));
        fails
            .then(|| ("default-outside", format!("the default `{text}` does not match the pattern `{}`", pattern.text)))
    };
    let problem = match (&field.ty, &fact.is) {
        (Ty::Boolean, Literal::Boolean(_)) | (Ty::Json, _) => None,
        (Ty::Integer, Literal::Number(value @ Number::Integer(_))) | (Ty::Number, Literal::Number(value)) => {
            outside(&field.range, *value, "")
        }
        (Ty::String | Ty::Secret, Literal::Text(text)) => {
            let length = Number::Integer(i64::try_from(text.chars().count()).unwrap_or(i64::MAX));
            outside(&field.length, length, "characters").or_else(|| mismatch(text))
        }
        (Ty::Enum(id), literal) => {
            let TypeKind::Enum(shape) = &service.types[id.0].kind else { return };
            let known: Vec<&str> = shape.values.iter().map(|value| value.text.value.as_str()).collect();
            let text = literal.to_string();
            if !known.contains(&text.as_str()) {
                let message = format!("the default `{text}` is no value of `{}`", service.types[id.0].name.value);
                diagnostics
                    .push(Diagnostic::error("default-not-in-enum", fact.span, message).help(one_of(&text, &known)));
            }
            None
        }
        (ty, literal) => Some(("wrong-type", format!("the default `{literal}` does not fit {}", type_word(ty)))),
    };
    if let Some((code, message)) = problem {
        diagnostics.push(
            Diagnostic::error(code, fact.span, message)
                .help("mend the one that is wrong; if the pages say both, add an erratum and choose one"),
        );
    }
}

/// Parameters travel as text, so objects cannot.
pub(super) fn parameter(input: &Input, diagnostics: &mut Diagnostics) {
    let field = &input.field;
    let proves =
        ["authorization", "x-auth-token", "x-security-token"].contains(&field.wire.to_ascii_lowercase().as_str());
    if input.location == Location::Header && proves && input.filled.is_none() {
        let message = format!("callers would have to give `{}` themselves", field.wire.value);
        let help = format!("list it in service.yaml: `credentials: [{}]`", field.wire.value);
        diagnostics.push(Diagnostic::error("uncovered-credentials", field.wire.span, message).help(help));
    }
    let sent_anyway = ["connection", "content-length", "content-type", "host", "transfer-encoding"];
    if input.location == Location::Header && sent_anyway.contains(&field.wire.to_ascii_lowercase().as_str()) {
        let message = format!("`{}` is made by the HTTP client itself", field.wire.value);
        diagnostics.push(Diagnostic::error("reserved-name", field.wire.span, message).help("remove the row"));
    }
    let scalar = matches!(
        field.ty.leaf(),
        Ty::Invalid | Ty::String | Ty::Secret | Ty::Integer | Ty::Number | Ty::Boolean | Ty::Enum(_)
    );
    let list_fits = input.location == Location::Query && matches!(field.ty, Ty::List(_));
    if input.location != Location::Body && (!scalar || (field.ty.is_collection() && !list_fits)) {
        let message = format!("a {} parameter cannot be {}", input.location.word(), type_word(&field.ty));
        diagnostics.push(
            Diagnostic::error("wrong-type", field.ty_span, message)
                .help("parameters are texts, numbers, booleans or enumerations; queries also lists of these"),
        );
    }
    if input.location == Location::Header && !field.wire.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    {
        let message = format!("`{}` is no header name", field.wire.value);
        diagnostics.push(
            Diagnostic::error("wrong-type", field.wire.span, message)
                .help("header names are letters, digits, `-` and `_`"),
        );
    }
}

/// The fields that a batch names.
pub(super) fn batch(service: &Service, operation: &Operation, diagnostics: &mut Diagnostics) {
    let Some(batch) = &operation.batch else { return };
    let object = |ty: &Ty| match ty {
        Ty::Object(id) => match &service.types[id.0].kind {
            TypeKind::Object(object) => Some(object),
            _ => None,
        },
        _ => None,
    };
    let answer = operation.success().and_then(|answer| match &answer.body {
        Payload::Is(ty) => object(ty),
        _ => None,
    });
    let unknown = |name: &crate::decode::Text, fields: &[Field], diagnostics: &mut Diagnostics| {
        let known: Vec<&str> = fields.iter().map(|field| field.wire.value.as_str()).collect();
        let message = format!("the batch speaks of `{}`, which is no field there", name.value);
        diagnostics.push(Diagnostic::error("unknown-field", name.span, message).help(one_of(name, &known)));
    };
    if operation.success().is_some_and(|answer| matches!(&answer.body, Payload::Is(ty) if service.is_invalid(ty))) {
        return;
    }
    let Some(answer) = answer else {
        diagnostics.push(
            Diagnostic::error("unknown-field", batch.items.span, "a batch needs an answer that is an object")
                .help("remove `batch`, or document the answer"),
        );
        return;
    };
    let Some(items) = answer.fields.iter().find(|field| field.wire.value == batch.items.value) else {
        return unknown(&batch.items, &answer.fields, diagnostics);
    };
    if service.is_invalid(&items.ty) {
        return;
    }
    let item = match &items.ty {
        Ty::List(inner) => object(inner),
        _ => None,
    };
    let Some(item) = item else {
        diagnostics.push(
            Diagnostic::error("wrong-type", batch.items.span, "the items of a batch are a list of objects")
                .help("name the field of the answer that lists one result for each item"),
        );
        return;
    };
    let named = [Some(&batch.item), batch.code.as_ref(), batch.message.as_ref()]
        .into_iter()
        .flatten()
        .chain(batch.ok.iter().map(|(name, _)| name));
    if batch.ok.is_empty() {
        diagnostics.push(
            Diagnostic::error("missing-key", batch.items.span, "the batch does not say when an item is good")
                .help("write `ok: {field: value}`"),
        );
    }
    for (name, value) in batch.ok.iter() {
        if let Some(field) = item.fields.iter().find(|field| field.wire.value == name.value) {
            super::rules::check_literal(service, &field.ty, &field.wire.value, value, diagnostics);
        }
    }
    for name in [Some(&batch.item), batch.code.as_ref(), batch.message.as_ref()].into_iter().flatten() {
        if let Some(field) = item.fields.iter().find(|field| field.wire.value == name.value)
            && !matches!(field.ty, Ty::String | Ty::Enum(_) | Ty::Invalid)
        {
            let message =
                format!("`{}` is {}; what names or explains an item is a text", name.value, type_word(&field.ty));
            diagnostics.push(
                Diagnostic::error("wrong-type", name.span, message)
                    .help("name a field that is a text or an enumeration"),
            );
        }
    }
    for name in named {
        if item.fields.iter().all(|field| field.wire.value != name.value) {
            unknown(name, &item.fields, diagnostics);
        }
    }
}
