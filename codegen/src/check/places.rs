//! The places that errata name exist.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, one_of};
use crate::grammar::{Erratum, ErratumKind, FactName};
use crate::model::{Field, Location, Payload, Service, Ty, TypeKind, Unit};
use crate::sources::Span;

pub(super) fn check(service: &Service, unit: &Unit, diagnostics: &mut Diagnostics) {
    let mut told: HashMap<_, Span> = HashMap::new();
    for erratum in &unit.errata {
        if !erratum.at.is_empty()
            && let Some(first) = told.insert(key(erratum), erratum.at.span)
        {
            let message = format!(
                "a second erratum of kind `{}` about `{}` of `{}`",
                erratum.kind.word(),
                erratum.fact.word(),
                erratum.at.value
            );
            diagnostics.push(
                Diagnostic::error("duplicate-id", erratum.at.span, message)
                    .related(first, "first here")
                    .help("make one of the two, or say in `page` or `seen` where they differ"),
            );
        }
        if let Some(page) = &erratum.page {
            let known: Vec<&str> = unit.pages.iter().map(|page| page.id.as_str()).collect();
            if !known.contains(&page.value.as_str()) {
                diagnostics.push(
                    Diagnostic::error(
                        "unknown-page",
                        page.span,
                        format!("no page of this file is called `{}`", page.value),
                    )
                    .help(one_of(page, &known)),
                );
            }
        }
        // Every disagreement has a wrong side; with several pages it must be said which of them that is.
        if erratum.kind.value == ErratumKind::Pages && erratum.page.is_none() && unit.pages.len() > 1 {
            let known: Vec<String> = unit.pages.iter().map(|page| format!("`{}`", page.id)).collect();
            diagnostics.push(
                Diagnostic::error("missing-key", erratum.at.span, "an erratum of kind `pages` needs `page`")
                    .help(format!("add `page`, the one that is wrong of {}", known.join(", "))),
            );
        }
        let needs_documented = matches!(erratum.kind.value, ErratumKind::Pages | ErratumKind::Reality);
        for (name, is_missing, what) in [
            ("documented", erratum.documented.is_none(), "what the page says"),
            ("adopted", erratum.adopted.is_none(), "what the spec says instead"),
        ] {
            if needs_documented && is_missing {
                let message = format!("an erratum of kind `{}` needs `{name}`", erratum.kind.word());
                diagnostics.push(
                    Diagnostic::error("missing-key", erratum.at.span, message).help(format!("add `{name}`: {what}")),
                );
            }
        }
        // What an example shows beside the tables, or a page names that we left out, has no place in the spec.
        if erratum.fact.value != FactName::Name
            && let Err((message, help)) = resolve(service, unit, erratum)
        {
            diagnostics.push(Diagnostic::error("unknown-place", erratum.at.span, message).help(help));
        }
    }
}

/// What tells errata apart.
fn key(erratum: &Erratum) -> (&str, FactName, ErratumKind, Option<&str>, Option<&str>) {
    (
        &erratum.at.value,
        erratum.fact.value,
        erratum.kind.value,
        erratum.page.as_ref().map(|page| page.value.as_str()),
        erratum.seen.as_ref().map(|seen| seen.example.value.as_str()),
    )
}

fn resolve(service: &Service, unit: &Unit, erratum: &Erratum) -> Result<(), (String, String)> {
    let at = erratum.at.value.as_str();
    let mut parts = at.split('.');
    let first = parts.next().unwrap_or_default();
    let location = Location::ALL.into_iter().find(|location| location.word() == first);
    match (first, location, &unit.operation) {
        ("operation", _, Some(_)) => Ok(()),
        ("responses", _, Some(operation)) => {
            let statuses: Vec<String> = operation.responses.iter().map(|answer| answer.status.to_string()).collect();
            let status = parts.next().unwrap_or_default();
            let Some(answer) = operation.responses.iter().find(|answer| answer.status.to_string() == status) else {
                return Err((
                    format!("`{at}`: no answer has the status `{status}`"),
                    one_of(status, &statuses.iter().map(String::as_str).collect::<Vec<_>>()),
                ));
            };
            match &answer.body {
                Payload::Is(ty) => below(service, ty, parts, at),
                _ => parts
                    .next()
                    .map_or(Ok(()), |name| Err((format!("`{at}`: the answer has no field `{name}`"), String::new()))),
            }
        }
        (_, Some(location), Some(operation)) => {
            let fields: Vec<&Field> =
                operation.inputs.iter().filter(|input| input.location == location).map(|input| &input.field).collect();
            walk(service, &fields, parts, at)
        }
        _ => match service.types.iter().find(|ty| ty.name.value == first) {
            Some(ty) => match &ty.kind {
                TypeKind::Object(object) => walk(service, &object.fields.iter().collect::<Vec<_>>(), parts, at),
                _ => parts.next().map_or(Ok(()), |name| {
                    Err((format!("`{at}`: an enumeration has no field `{name}`"), String::new()))
                }),
            },
            None => {
                let mut known = vec!["body", "path", "query", "header", "responses", "operation"];
                known.extend(service.types.iter().map(|ty| ty.name.value.as_str()));
                Err((format!("`{at}` is no place in this file"), one_of(first, &known)))
            }
        },
    }
}

fn walk<'a>(
    service: &Service,
    fields: &[&Field],
    mut parts: impl Iterator<Item = &'a str>,
    at: &str,
) -> Result<(), (String, String)> {
    let Some(name) = parts.next() else { return Ok(()) };
    match fields.iter().find(|field| field.wire.value == name) {
        Some(field) => below(service, &field.ty, parts, at),
        None => {
            let known: Vec<&str> = fields.iter().map(|field| field.wire.value.as_str()).collect();
            Err((format!("`{at}`: no field is called `{name}`"), one_of(name, &known)))
        }
    }
}

fn below<'a>(
    service: &Service,
    ty: &Ty,
    parts: impl Iterator<Item = &'a str>,
    at: &str,
) -> Result<(), (String, String)> {
    if service.is_invalid(ty) {
        return Ok(());
    }
    let fields: Vec<&Field> = match ty.leaf() {
        Ty::Object(id) => match &service.types[id.0].kind {
            TypeKind::Object(object) => object.fields.iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    // Boxed, because a documented place may go through any number of objects.
    walk(service, &fields, Box::new(parts) as Box<dyn Iterator<Item = &'a str>>, at)
}
