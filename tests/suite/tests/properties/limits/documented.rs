//! The limits, as the spec has them.

use std::collections::BTreeMap;

use migration_tests::pages::{Page, pages};
use serde_json::Value;

/// Operation, place, name and level.
pub(super) type Row = (String, String, String, String);

/// The limits that the spec has, and the page that documents each.
pub(super) fn all_documented() -> BTreeMap<Row, String> {
    pages().iter().flat_map(documented).collect()
}

fn documented(page: &Page) -> Vec<(Row, String)> {
    let mut rows = Vec::new();
    let all = page.operation["pages"].as_array().unwrap();
    let lead = all.iter().find(|page| page["lead"] == true || all.len() == 1).unwrap();
    let row = |place: &str, name: String, fact: &Value| {
        let level = fact["level"].as_str().unwrap_or("error").to_owned();
        let source = fact["page"].as_str().or(lead["id"].as_str()).unwrap().to_owned();
        ((page.file.clone(), place.to_owned(), name, level), source)
    };
    let mut todo: Vec<(String, &Value)> = ["path", "query", "header", "body"]
        .into_iter()
        .filter_map(|section| Some((section.to_owned(), page.operation.get(section)?)))
        .collect();
    // Rules name fields of the body by name, and other parameters with their section.
    for rule in page.operation["rules"].as_array().into_iter().flatten().filter(|rule| rule["kind"] != "unchecked") {
        rows.push(row(&rule_place("body", rule), rule["id"].as_str().unwrap().to_owned(), rule));
    }
    while let Some((prefix, fields)) = todo.pop() {
        for (name, field) in fields.as_object().into_iter().flatten() {
            let place = format!("{prefix}.{name}");
            for kind in ["length", "range", "items"] {
                let Some(fact) = field.get(kind) else { continue };
                let bounds = if fact.is_array() { fact } else { &fact["is"] };
                // No lower limit is one of zero.
                let low = bounds[0].as_i64().unwrap_or(0);
                rows.push(row(&place, format!("{kind} {low}..{}", bounds[1]), fact));
            }
            assert!(field.get("pattern").is_none(), "{place} has a pattern; these tests must learn of it");
            let name = field["type"].as_str().or(field["type"]["is"].as_str()).unwrap();
            let Some(of) = page.types.get(name.rsplit(' ').next().unwrap_or(name)) else { continue };
            if let Some(values) = of["enum"].as_object() {
                // The values come from where the field does, unless each says that it comes from elsewhere.
                let certain = values.values().filter(|value| value["level"] != "warning");
                let own = certain.clone().any(|value| value.get("basis").is_none() && value.get("page").is_none());
                let evidence = certain.clone().next().filter(|_| !own).unwrap_or(&Value::Null);
                rows.push(row(&place, "known-value".to_owned(), evidence));
                if let Some(doubt) = values.values().find(|value| value["level"] == "warning") {
                    rows.push(row(&place, "doubtful-value".to_owned(), doubt));
                }
            }
            for rule in of["rules"].as_array().into_iter().flatten().filter(|rule| rule["kind"] != "unchecked") {
                rows.push(row(&rule_place(&place, rule), rule["id"].as_str().unwrap().to_owned(), rule));
            }
            todo.push((place, &of["fields"]));
        }
    }
    rows
}

/// A rule on a group of fields is told of what holds them, one on single fields of the field.
fn rule_place(holder: &str, rule: &Value) -> String {
    match rule["kind"].as_str().unwrap() {
        "required-if" | "forbidden-if" | "applies-if" | "ordered" => {
            format!("{holder}.{}", rule["fields"][0].as_str().unwrap())
        }
        _ => holder.to_owned(),
    }
}
