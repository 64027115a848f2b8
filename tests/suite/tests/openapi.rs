//! The OpenAPI documents: they describe the wire, hold together, and accept what the pages show.

#![allow(clippy::unwrap_used, reason = "this is how tests fail")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use migration_tests as shared;
use serde_json::{Value, json};

/// Documents by file name.
type Documents = BTreeMap<String, Value>;

/// The repository's spec and the golden ones, each with its name. Made once, because reading the spec takes long.
fn all() -> &'static [(String, Documents)] {
    static ALL: LazyLock<Vec<(String, Documents)>> = LazyLock::new(make);
    &ALL
}

fn make() -> Vec<(String, Documents)> {
    let mut folders: Vec<(String, PathBuf)> = vec![("spec".to_owned(), shared::repository().join("spec"))];
    for case in shared::folders(&shared::folder("golden")) {
        folders.push((case.file_name().unwrap().to_string_lossy().into_owned(), case.join("spec")));
    }
    let documents = |folder: &PathBuf| {
        let documents = migration_codegen::openapi(&shared::sources(folder)).unwrap();
        documents.into_iter().map(|(name, text)| (name, serde_json::from_str(&text).unwrap())).collect()
    };
    folders.iter().map(|(name, folder)| (name.clone(), documents(folder))).collect()
}

fn one(case: &str, service: &str) -> &'static Value {
    let (_, documents) = all().iter().find(|(name, _)| name == case).unwrap();
    &documents[&format!("{service}.json")]
}

/// Calls `see` with every object in a document, and the pointer to it.
fn each<'v>(value: &'v Value, pointer: &str, see: &mut impl FnMut(&str, &'v serde_json::Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            see(pointer, map);
            for (key, value) in map {
                each(value, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), see);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                each(item, &format!("{pointer}/{at}"), see);
            }
        }
        _ => {}
    }
}

#[test]
fn references_lead_somewhere() {
    for (name, documents) in all() {
        for (file, document) in documents {
            each(document, "", &mut |pointer, object| {
                if let Some(Value::String(target)) = object.get("$ref") {
                    let target = target.strip_prefix('#').unwrap();
                    assert!(document.pointer(target).is_some(), "{name} {file} {pointer}: {target}");
                }
            });
        }
    }
}

/// Every schema together with all that it refers to.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut schema = schema.clone();
    if let Value::Object(map) = &mut schema {
        map.insert("components".to_owned(), document["components"].clone());
    }
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn schemas_accept_every_documented_example() {
    let (mut seen, mut problems) = (0, Vec::new());
    for (name, documents) in all() {
        for (file, document) in documents {
            each(document, "", &mut |pointer, object| {
                let (Some(schema), Some(Value::Object(examples))) = (object.get("schema"), object.get("examples"))
                else {
                    return;
                };
                let validator = validator(document, schema);
                for (example, value) in examples {
                    problems.extend(
                        validator.iter_errors(&value["value"]).map(|error| {
                            format!("{name} {file} {pointer} {example}, {}: {error}", error.instance_path())
                        }),
                    );
                    seen += 1;
                }
            });
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(seen > 25, "only {seen} examples were looked at");
}

#[test]
fn every_operation_is_there_with_its_pages_and_errata() {
    for (case, service, operations) in
        [("spec", "dcs", "operation:"), ("spec", "oms", "operation:"), ("spec", "sms", "operation:")]
    {
        let folder = shared::repository().join(case).join(service);
        let files = shared::files(&folder);
        let expected =
            files.values().filter(|bytes| String::from_utf8_lossy(bytes).contains(&format!("\n{operations}"))).count();
        let document = one(case, service);
        let mut found = Vec::new();
        each(&document["paths"], "", &mut |_, object| {
            if let Some(id) = object.get("operationId") {
                assert!(!object["x-pages"].as_array().unwrap().is_empty(), "{id}");
                found.push(id.clone());
            }
        });
        assert_eq!(found.len(), expected, "{service}: {found:?}");
        let written: usize = files
            .values()
            .map(|bytes| yaml_serde::from_slice::<Value>(bytes).unwrap()["errata"].as_array().map_or(0, Vec::len))
            .sum();
        let mut told = 0;
        each(document, "", &mut |_, object| {
            told += object.get("x-errata").and_then(Value::as_array).map_or(0, Vec::len);
        });
        assert_eq!(told, written, "errata of {service}");
    }
}

/// Golden case, service, pointer, and what stands there.
#[test]
fn the_wire_is_described() {
    let set = "/paths/~1v2~1{project_id}~1migration~1{task_id}~1task/post";
    let body = format!("{set}/requestBody/content/application~1json/schema");
    let cases = [
        ("spec", "dcs", "/openapi".to_owned(), json!("3.1.0")),
        ("spec", "dcs", format!("{set}/operationId"), json!("SetOnlineMigrationTask")),
        // An integer that JSON carries as text.
        ("spec", "dcs", format!("{body}/properties/bandwidth_limit_mb/type"), json!("string")),
        ("spec", "dcs", format!("{body}/properties/bandwidth_limit_mb/x-type"), json!("integer")),
        ("spec", "dcs", format!("{body}/properties/bandwidth_limit_mb/x-minimum"), json!(1)),
        ("spec", "dcs", format!("{body}/properties/bandwidth_limit_mb/x-maximum"), json!(10240)),
        ("spec", "dcs", format!("{body}/required"), json!(["migration_method", "resume_mode", "source_instance", "target_instance"])),
        ("spec", "dcs", "/components/schemas/ResumeMode/enum".to_owned(), json!(["auto", "manual"])),
        ("spec", "dcs", format!("{set}/security"), json!([{"token": []}, {"accessKey": []}])),
        ("spec", "sms", "/servers/0/x-region".to_owned(), json!("cn-north-4")),
        ("per-cloud", "demo", "/info/title".to_owned(), json!("Demo Service")),
        ("oms-show-bucket-list", "oms", "/paths/~1v2~1{project_id}~1objectstorage~1buckets/post/responses/200/content/application~1json/schema/type".to_owned(), json!("array")),
        ("sms-export-consistency-results", "sms", "/paths/~1v3~1tasks~1consistency-results~1export/post/responses/200/content".to_owned(), json!({"application/octet-stream": {"schema": {}}})),
    ];
    for (case, service, pointer, expected) in cases {
        let document = one(case, service);
        assert_eq!(document.pointer(&pointer), Some(&expected), "{case} {service} {pointer}");
    }
}

#[test]
fn a_spec_with_mistakes_gives_no_documents() {
    let sources: migration_codegen::Sources = [("spec.yaml".to_owned(), b"package: x".to_vec())].into_iter().collect();
    assert!(migration_codegen::openapi(&sources).unwrap_err().has_errors());
}

/// An answer whose example contradicts its table in each way.
const SHOW_VAULT: &str = r"
operation: ShowVault
title: Show a vault
http: GET /v1/{project_id}/vaults
idempotent: true
pages: [{id: p, cloud: huawei-cloud, title: P, url: https://docs.example.com/p.html, lead: true}]
path: {project_id: {need: required, type: string, doc: Project of the vault.}}
types:
  Storage: {doc: Kind of storage., enum: {warm: Fast., cold: Cheap.}}
  ShowVaultResponse:
    object: response
    fields:
      name: {type: string, doc: Its name.}
      note: {type: string, doc: For people.}
      tier: {type: Storage, doc: Its tier.}
      next: {type: Storage, doc: The tier it becomes., nullable: true}
      last: {type: Storage, doc: The tier it had.}
      other: {type: Storage, doc: Not shown.}
responses:
  200: {body: ShowVaultResponse, doc: The vault.}
examples:
  - {name: one, status: 200, response: {name: ~, note: {}, tier: ~, next: ~, last: []}}
errata:
  - {at: responses.200.name, fact: nullable, kind: example, adopted: string, reason: R., seen: {example: one, value: ~}}
  - {at: responses.200.tier, fact: nullable, kind: example, adopted: string, reason: R., seen: {example: one, value: ~}}
  - {at: responses.200.note, fact: type, kind: example, adopted: string, reason: R., seen: {example: one, value: {}}}
  - {at: responses.200.last, fact: type, kind: example, adopted: a tier, reason: R., seen: {example: one, value: []}}
";

#[test]
fn answers_that_examples_show_otherwise_are_accepted() {
    let mut sources = shared::sources(&shared::folder("golden").join("per-cloud").join("spec"));
    sources.insert("demo/show-vault.yaml".to_owned(), SHOW_VAULT.as_bytes().to_vec());
    let documents = migration_codegen::openapi(&sources).unwrap();
    let document: Value = serde_json::from_str(&documents["demo.json"]).unwrap();
    let fields = &document["components"]["schemas"]["ShowVaultResponse"]["properties"];
    let storage = json!({"$ref": "#/components/schemas/Storage"});
    assert_eq!(fields["name"]["type"], json!(["string", "null"]));
    for (field, is_nullable) in [("tier", true), ("next", true), ("other", false)] {
        let mut expected = vec![storage.clone(), json!({"type": "string"})];
        expected.extend(is_nullable.then(|| json!({"type": "null"})));
        assert_eq!(fields[field]["anyOf"], Value::from(expected), "{field}");
    }
    for (field, documented) in [("note", json!("string")), ("last", json!([storage, {"type": "string"}]))] {
        assert_eq!(fields[field]["x-documented-type"], documented, "{field}");
        assert!(["type", "anyOf", "$ref"].iter().all(|keyword| fields[field].get(keyword).is_none()), "{field}");
    }
}

/// Somebody who knows a page looks for its title.
#[test]
fn every_operation_is_found_by_the_title_of_a_page() {
    let outputs = migration_codegen::generate(&shared::sources(&shared::repository().join("spec"))).unwrap();
    let is_operation = |(_, text): &(&str, &str)| text.contains("impl rt::Request for");
    let (found, lost): (Vec<_>, Vec<_>) =
        outputs.files().filter(is_operation).partition(|(_, text)| text.contains("#[doc(alias = "));
    let lost: Vec<&str> = lost.iter().map(|(path, _)| *path).collect();
    assert!(lost.is_empty() && !found.is_empty(), "{lost:?}");
}
