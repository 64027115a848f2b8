//! Values that errata saw in examples.

use serde_json::Value as Json;

use super::claims::Holder;
use super::judge::{Cx, same_json};
use super::{find, samples};
use crate::decode::Literal;
use crate::model::Location;
use crate::read::{Node, Value};

/// Whether any example of the page shows the value at the place; `None` if there is none that could.
pub(super) fn shows(cx: &Cx<'_>, at: &str, value: &Node) -> Option<bool> {
    let parts: Vec<&str> = at.split('.').collect();
    let (holder, path) = match parts.as_slice() {
        ["body", path @ ..] => (Holder::Inputs(Location::Body), path),
        ["responses", status, path @ ..] => (Holder::Answer(status.parse().ok()?), path),
        ["query" | "path", name] => return in_lines(cx, parts[0], name, value),
        _ => return None,
    };
    let bodies = cx.page.examples.iter().filter(|example| samples::holder(cx.operation, example) == Some(holder));
    let mut bodies = bodies.filter_map(|example| example.json.as_ref()).peekable();
    bodies.peek()?;
    Some(bodies.any(|body| below(body, path, value)))
}

fn below(json: &Json, path: &[&str], value: &Node) -> bool {
    if path.is_empty() && same_json(value, json) {
        return true;
    }
    match (json, path.split_first()) {
        (Json::Array(items), _) => items.iter().any(|item| below(item, path, value)),
        (Json::Object(entries), Some((name, rest))) => match entries.get(*name) {
            Some(found) => below(found, rest, value),
            // That it is left out is what the erratum saw.
            None => rest.is_empty() && matches!(value.value, Value::Null),
        },
        (Json::Object(entries), None) => entries.values().any(|entry| same_json(value, entry)),
        _ => false,
    }
}

fn in_lines(cx: &Cx<'_>, location: &str, name: &str, value: &Node) -> Option<bool> {
    let wanted = Literal::of(value)?.to_string();
    let mut lines = cx.page.examples.iter().filter_map(|example| example.request.as_ref()).peekable();
    lines.peek()?;
    Some(lines.any(|request| {
        if location == "path" {
            let values = find::values(&cx.operation.http.path, &request.path).unwrap_or_default();
            return values.iter().any(|(found, value)| *found == name && *value == wanted);
        }
        let query = request.query.as_deref().unwrap_or_default();
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .any(|(found, value)| found == name && value.trim() == wanted)
    }))
}
