//! Operations.

use serde_json::{Map, Value, json};

use super::schema::Cx;
use super::{errata, flow, schema, value};
use crate::decode::Literal;
use crate::grammar::{Auth, Example, Use};
use crate::model::{Answer, FilledBy, Input, Location, Operation, Page, Payload, Unit};
use crate::sent::as_sent;

pub(super) fn operation(cx: &Cx<'_>, unit: &Unit, operation: &Operation) -> Value {
    let mut value = json!({
        "operationId": operation.name.value,
        "summary": operation.title,
        "responses": responses(cx, operation),
        "x-idempotent": operation.idempotent,
        "x-pages": unit.pages.iter().map(page).collect::<Vec<_>>(),
        "tags": [cx.service.id],
    });
    value::set(&mut value, "description", operation.doc.clone());
    value::set(&mut value, "deprecated", operation.deprecated.as_ref().map(|_| true));
    let lead = unit.pages.get(unit.lead).and_then(|page| Some((page, page.url.as_ref()?)));
    let docs = lead.map(|(page, url)| json!({"description": page.title, "url": url}));
    value::set(&mut value, "externalDocs", docs);
    let parameters = operation.inputs.iter().filter_map(|input| parameter(cx, unit, operation, input));
    value::set(&mut value, "parameters", value::list(parameters));
    value::set(&mut value, "requestBody", body(cx, unit, operation));
    value::set(&mut value, "security", Some(security(operation)));
    value::set(&mut value, "x-rules", errata::rules(cx.service, &operation.rules));
    let errata = unit.errata.iter().filter(|erratum| !errata::has_schema(cx.service, erratum));
    value::set(&mut value, "x-errata", value::list(errata.map(|erratum| errata::erratum(unit, erratum))));
    value::set(&mut value, "x-batch", batch(operation));
    value::set(&mut value, "x-waiters", flow::waiters(operation));
    value::set(&mut value, "x-paging", operation.paging.as_ref().map(flow::paging));
    value
}

fn page(page: &Page) -> Value {
    let mut value = json!({"id": page.id, "cloud": page.cloud, "title": page.title});
    value::set(&mut value, "url", page.url.clone());
    value::set(&mut value, "updated", page.updated.clone());
    value
}

fn security(operation: &Operation) -> Value {
    let either = || vec![json!({"token": []}), json!({"accessKey": []})];
    match operation.auth {
        Auth::Required => either().into(),
        Auth::Optional => [either(), vec![json!({})]].concat().into(),
        Auth::None => json!([]),
    }
}

/// What credentials fill in is said by `security`.
fn parameter(cx: &Cx<'_>, unit: &Unit, operation: &Operation, input: &Input) -> Option<Value> {
    if input.location == Location::Body || input.filled == Some(FilledBy::Credentials) {
        return None;
    }
    let place = input.place();
    let mut schema = schema::field(cx, unit, &input.field, &place, Use::Request);
    let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
    let mut value = json!({
        "name": input.field.wire.value,
        "in": input.location.word(),
        "required": input.location == Location::Path || input.field.is_required(),
        "schema": schema,
    });
    value::set(&mut value, "description", description);
    value::set(&mut value, "deprecated", input.field.deprecated.as_ref().map(|_| true));
    let examples = operation.examples.iter().filter_map(|example| {
        let sent = as_sent(example, &unit.errata);
        let section = match input.location {
            Location::Path => &sent.path,
            Location::Query => &sent.query,
            Location::Header => &sent.header,
            Location::Body => return None,
        };
        let (_, data) = section.iter().find(|(name, _)| name.value == input.field.wire.value)?;
        // In a URL everything is text.
        let text = match (Literal::of(&data.0), input.field.as_text) {
            (Some(literal), Some(_)) => json!(literal.to_string()),
            _ => value::node(&data.0),
        };
        Some((example.name.value.clone(), named(example, text)))
    });
    let examples: Map<String, Value> = examples.collect();
    value::set(&mut value, "examples", (!examples.is_empty()).then_some(examples));
    Some(value)
}

fn body(cx: &Cx<'_>, unit: &Unit, operation: &Operation) -> Option<Value> {
    if !operation.has_body {
        return None;
    }
    let inputs = operation.inputs.iter().filter(|input| input.location == Location::Body);
    let fields = inputs.map(|input| (&input.field, input.place()));
    let schema = schema::fields_schema(cx, unit, fields, Use::Request);
    let examples: Map<String, Value> = operation
        .examples
        .iter()
        .filter_map(|example| {
            let sent = as_sent(example, &unit.errata);
            let body = sent.request.as_ref()?;
            Some((example.name.value.clone(), named(example, value::sent(&body.0))))
        })
        .collect();
    let mut content = json!({"schema": schema});
    value::set(&mut content, "examples", (!examples.is_empty()).then_some(examples));
    Some(json!({"required": true, "content": {"application/json": content}}))
}

fn named(example: &Example, value: Value) -> Value {
    let mut object = Value::Object(Map::from_iter([("value".to_owned(), value)]));
    value::set(&mut object, "summary", example.doc.as_ref().map(|doc| doc.value.as_str()));
    object
}

fn responses(cx: &Cx<'_>, operation: &Operation) -> Map<String, Value> {
    operation.responses.iter().map(|answer| (answer.status.to_string(), response(cx, operation, answer))).collect()
}

fn response(cx: &Cx<'_>, operation: &Operation, answer: &Answer) -> Value {
    let description = answer.doc.clone().unwrap_or_else(|| format!("Status {}.", answer.status));
    let mut value = json!({"description": description});
    let (media, schema) = match &answer.body {
        Payload::None => return value,
        Payload::Json => ("application/json", json!({})),
        Payload::Text => ("text/plain", json!({"type": "string"})),
        Payload::Binary => ("application/octet-stream", json!({})),
        Payload::Is(ty) => ("application/json", schema::ty(cx, ty, false, Use::Response)),
    };
    let of_status = |example: &&Example| {
        let status = example.status.as_ref().map(|status| status.value);
        let success = || operation.success().map(|success| success.status);
        status.or_else(success) == Some(answer.status)
    };
    let examples: Map<String, Value> = operation
        .examples
        .iter()
        .filter(of_status)
        .filter_map(|example| {
            Some((example.name.value.clone(), named(example, value::node(&example.response.as_ref()?.0))))
        })
        .collect();
    let mut content = json!({"schema": schema});
    value::set(&mut content, "examples", (!examples.is_empty()).then_some(examples));
    value::set(&mut value, "content", Some(json!({media: content})));
    value
}

fn batch(operation: &Operation) -> Option<Value> {
    let batch = operation.batch.as_ref()?;
    let ok: Map<String, Value> =
        batch.ok.iter().map(|(field, value)| (field.value.clone(), value::literal(&value.value))).collect();
    let mut value = json!({"items": batch.items.value, "id": batch.item.value, "ok": ok});
    value::set(&mut value, "code", batch.code.as_ref().map(|code| code.value.as_str()));
    value::set(&mut value, "message", batch.message.as_ref().map(|message| message.value.as_str()));
    Some(value)
}
