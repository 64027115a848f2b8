//! An operation: parameters, body, answers.

use super::fields::{Scope, field};
use super::service::Common;
use super::{Lowering, flow, names, rules};
use crate::decode::{Map, Text};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::grammar::{Auth, Need, OperationFile, TypeExpr, Use};
use crate::model::{Answer, FilledBy, Input, Location, Operation, Payload, Ty, Type, Unit};
use crate::name;

pub(super) fn operation(
    path: &str,
    file: &OperationFile,
    unit: usize,
    common: &Common<'_>,
    units: &[Unit],
    types: &[Type],
    cx: &mut Lowering<'_>,
) -> Operation {
    let scope = Scope::new(unit, units, file.operation.span);
    file_name(path, &file.operation, cx);
    let rust = cx.rust_name(file.rust.as_ref(), || name::type_name(&file.operation));
    path_parameters(file, cx);
    let empty = Map::default();
    let sections = [
        (Location::Path, &file.path),
        (Location::Query, &file.query),
        (Location::Header, &file.header),
        (Location::Body, file.body.as_ref().unwrap_or(&empty)),
    ];
    let mut inputs = Vec::new();
    for (location, fields) in sections {
        for (wire, def) in fields.iter() {
            let filled = filled(location, wire, common);
            let lowered = field(wire, def, Use::Request, &scope, cx);
            inputs.push(Input { location, filled, field: lowered });
        }
    }
    let order: Vec<&str> = file.http.parameters.iter().map(|name| name.value.as_str()).collect();
    inputs.sort_by_key(|input| {
        (
            input.location,
            order.iter().position(|name| input.location == Location::Path && *name == input.field.wire.value),
        )
    });
    names::claim_fields(inputs.iter().filter(|input| input.filled.is_none()).map(|input| &input.field), cx.diagnostics);
    let rules = rules::rules(&file.rules, &rules::Root::Operation(&inputs), types, &scope, cx);
    let mut operation = Operation {
        name: file.operation.clone(),
        method: name::field(&rust),
        rust,
        title: crate::docs::line(&file.title),
        doc: file.doc.as_ref().map(|doc| doc.value.clone()),
        http: file.http.value.clone(),
        http_span: file.http.span,
        // Where nobody says, waiters and paging do not contradict it.
        idempotent: file.idempotent.0.unwrap_or(true),
        auth: file.auth.or(common.file.map(|service| service.auth)).unwrap_or(Auth::Required),
        deprecated: file.deprecated.as_ref().and_then(|d| d.0.clone()),
        renamed_from: file.renamed_from.as_ref().map(|name| name.value.clone()),
        has_body: file.body.is_some(),
        inputs,
        rules,
        responses: responses(file, cx),
        batch: file.batch.clone(),
        waiters: Vec::new(),
        paging: None,
        examples: file.examples.clone(),
    };
    operation.waiters = flow::waiters(&file.waiters, &operation, types, cx);
    operation.paging = file.paging.as_ref().and_then(|paging| flow::paging(paging, &operation, types, cx));
    operation
}

fn file_name(path: &str, operation: &Text, cx: &mut Lowering<'_>) {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yaml");
    let expected = name::kebab(operation);
    if stem != expected && !operation.is_empty() {
        let message = format!("the operation `{}` stands in `{stem}.yaml`", operation.value);
        cx.error(
            Diagnostic::error("file-name", operation.span, message)
                .help(format!("call the file `{expected}.yaml`, or mend the operation's name")),
        );
    }
}

/// The path and the table of path parameters name the same things.
fn path_parameters(file: &OperationFile, cx: &mut Lowering<'_>) {
    let in_path: Vec<&str> = file.http.parameters.iter().map(|name| name.value.as_str()).collect();
    let in_table: Vec<&str> = file.path.iter().map(|(wire, _)| wire.value.as_str()).collect();
    let mut misspelt = Vec::new();
    for name in file.http.parameters.iter().filter(|name| !in_table.contains(&name.value.as_str())) {
        let spare = in_table.iter().copied().filter(|other| !in_path.contains(other));
        let help = match did_you_mean(name, spare) {
            Some(near) => {
                misspelt.push(near);
                format!("the table has `{near}`; mend one of them")
            }
            None => format!("add it to `path`: `{}: {{need: required, type: string}}`", name.value),
        };
        cx.error(
            Diagnostic::error(
                "path-parameter",
                name.span,
                format!("`{{{}}}` is missing from the table `path`", name.value),
            )
            .help(help),
        );
    }
    let has_path = !file.http.path.is_empty();
    for (wire, _) in file.path.iter().filter(|(wire, _)| {
        has_path && !in_path.contains(&wire.value.as_str()) && !misspelt.contains(&wire.value.as_str())
    }) {
        let message = format!("`{}` is not in the path `{}`", wire.value, file.http.path);
        cx.error(
            Diagnostic::error("path-parameter", wire.span, message)
                .help("remove it, or move it to `query`, `header` or `body`"),
        );
    }
    for (wire, def) in file.path.iter() {
        if let Some(need) = def.need.as_ref().filter(|need| need.is != Need::Required) {
            let message = format!("`{}` is part of the path, so it is required", wire.value);
            cx.error(
                Diagnostic::error("path-parameter", need.span, message)
                    .help("write `need: required`; if the page says otherwise, add an erratum"),
            );
        }
    }
}

fn filled(location: Location, wire: &Text, common: &Common<'_>) -> Option<FilledBy> {
    let service = common.file?;
    match location {
        Location::Path => {
            service.supplies.iter().find(|(name, _)| name.value == wire.value).map(|(_, what)| FilledBy::Client(*what))
        }
        Location::Header => {
            service.credentials.iter().any(|name| name.eq_ignore_ascii_case(wire)).then_some(FilledBy::Credentials)
        }
        Location::Query | Location::Body => None,
    }
}

fn responses(file: &OperationFile, cx: &mut Lowering<'_>) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (status, response) in file.responses.iter() {
        let code = status.value.parse::<u16>().ok().filter(|code| (200..600).contains(code));
        let Some(code) = code else {
            cx.error(
                Diagnostic::error("wrong-type", status.span, format!("`{}` is no status code", status.value))
                    .help("write a number from 200 to 599"),
            );
            continue;
        };
        let body = match response.body.value.as_str() {
            "none" => Payload::None,
            "json" => Payload::Json,
            "text" => Payload::Text,
            "binary" => Payload::Binary,
            written => {
                let ty = cx.ty(&TypeExpr::parse(written), response.body.span);
                if !matches!(ty, Ty::Invalid | Ty::List(_) | Ty::Map(_) | Ty::Object(_)) {
                    let message = format!("a body cannot be {}", crate::docs::type_word(&ty));
                    cx.error(
                        Diagnostic::error("wrong-type", response.body.span, message)
                            .help("write `none`, `json`, `text`, `binary`, `list of T`, `map of T` or an object type"),
                    );
                }
                Payload::Is(ty)
            }
        };
        answers.push(Answer {
            status: code,
            body,
            span: response.body.span,
            doc: response.doc.as_ref().map(|doc| doc.value.clone()),
        });
    }
    let successes: Vec<&Answer> = answers.iter().filter(|answer| (200..300).contains(&answer.status)).collect();
    if successes.is_empty() && !answers.is_empty() {
        let message = "no success is documented among the answers";
        let span = file.responses.iter().next().map_or(file.operation.span, |(status, _)| status.span);
        cx.error(
            Diagnostic::error("no-success", span, message).help("add the status from 200 to 299 that the page names"),
        );
    }
    answers
}
