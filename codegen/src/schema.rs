//! The JSON Schema of spec files, for editors: made from the same types that decode them.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::grammar::{AcceptedFile, OperationFile, ServiceFile, SpecFile, TypesFile};

/// The JSON Schema (draft 7, which YAML language servers read) of all kinds of spec files, as text.
pub fn schema() -> String {
    let mut generator = SchemaSettings::draft07().into_generator();
    let kinds = [
        ("operation", generator.subschema_for::<OperationFile>()),
        ("service", generator.subschema_for::<ServiceFile>()),
        ("types", generator.subschema_for::<TypesFile>()),
        ("package", generator.subschema_for::<SpecFile>()),
        ("accepted", generator.subschema_for::<AcceptedFile>()),
    ];
    let definitions = generator.take_definitions(true);
    // An operation has `types` too, so the more telling keys come first. Without any of them, all kinds are offered.
    let mut schema = json!({ "anyOf": kinds.iter().map(|(_, schema)| schema).collect::<Vec<_>>() });
    for (key, kind) in kinds.iter().rev() {
        schema = json!({ "if": { "required": [key] }, "then": kind, "else": schema });
    }
    let mut root = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Spec of documented cloud operations",
        "definitions": definitions,
    });
    if let (Some(root), Value::Object(schema)) = (root.as_object_mut(), schema) {
        root.extend(schema);
    }
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}
