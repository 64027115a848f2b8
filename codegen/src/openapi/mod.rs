//! The spec as OpenAPI 3.1: what other tools can read of it, and in extensions what they cannot.
//!
//! It describes the wire: a number that JSON carries as text is a string here.

mod errata;
mod flow;
mod operation;
mod schema;
mod value;

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use crate::model::{Model, Service};

/// One document per service, by file name.
pub(crate) fn documents(model: &Model) -> BTreeMap<String, String> {
    let document = |service| {
        let mut text = serde_json::to_string_pretty(&document(model, service)).unwrap_or_default();
        text.push('\n');
        text
    };
    model.services.iter().map(|service| (format!("{}.json", service.id), document(service))).collect()
}

fn document(model: &Model, service: &Service) -> Value {
    let cx = schema::Cx::new(service);
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for unit in &service.units {
        if let Some(operation) = &unit.operation {
            let item = paths.entry(&operation.http.path).or_default();
            item.insert(operation.http.method.to_lowercase(), operation::operation(&cx, unit, operation));
        }
    }
    let (servers, token) = (servers(service), "X-Auth-Token");
    let mut document = json!({
        "openapi": "3.1.0",
        "info": info(model, service),
        "paths": paths,
        "components": {
            "schemas": schema::components(&cx),
            "securitySchemes": {
                "token": {"type": "apiKey", "in": "header", "name": token, "description": "A token of the identity service."},
                "accessKey": {
                    "type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "A signature made with an access key, algorithm SDK-HMAC-SHA256.",
                },
            },
        },
    });
    value::set(&mut document, "servers", servers);
    let shared: Vec<Value> = service
        .units
        .iter()
        .filter(|unit| unit.operation.is_none())
        .flat_map(|unit| {
            unit.errata
                .iter()
                .filter(|erratum| !errata::has_schema(service, erratum))
                .map(|erratum| errata::erratum(unit, erratum))
        })
        .collect();
    value::set(&mut document, "x-errata", value::list(shared));
    document
}

fn info(model: &Model, service: &Service) -> Value {
    let mut info = json!({"title": service.title, "version": model.version, "license": license(&model.license)});
    value::set(&mut info, "description", service.doc.clone());
    info
}

/// An SPDX expression; OpenAPI has a place for one.
fn license(text: &str) -> Value {
    json!({"name": text, "identifier": text})
}

fn servers(service: &Service) -> Option<Value> {
    let servers = service.endpoints.iter().map(|endpoint| {
        json!({
            "url": endpoint.url,
            "description": format!("{} of {}", endpoint.region, endpoint.cloud),
            "x-cloud": endpoint.cloud,
            "x-region": endpoint.region,
        })
    });
    value::list(servers)
}
