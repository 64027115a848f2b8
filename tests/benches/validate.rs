//! What checking a request costs, beside garde, validator and a compiled JSON Schema, on the same values in one run.
//!
//! The peers check the documented limits of the body's fields. Ours checks those, the path's, the enumerations and the rules
//! between fields, through the generated code as it is.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::wildcard_imports,
    reason = "a benchmark, where a panic is a fair answer"
)]

use divan::{Bencher, black_box};
use huaweicloud_migration::Operation as _;
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration_runtime::__ as rt;
use huaweicloud_migration_runtime::check::Context;
// What the derive of nested lists expands to needs the trait in scope.
use validator::Validate as _;

fn main() {
    divan::main();
}

const SK: &str = "abcdefghijabcdefghijabcdefghijabcdefghij";
const TEMPLATE: &str = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxx0001";

fn ids() -> Vec<String> {
    (0..1000).map(|at| format!("091434c0-d6d7-47c6-9e14-{at:012}")).collect()
}

#[derive(garde::Validate, validator::Validate, serde::Serialize)]
struct Action {
    #[garde(skip)]
    operation: String,
    #[garde(length(chars, max = 255))]
    #[validate(length(max = 255))]
    template_id: Option<String>,
}

#[derive(garde::Validate, validator::Validate, serde::Serialize)]
struct Retry {
    #[garde(length(chars, max = 100))]
    #[validate(length(max = 100))]
    src_ak: Option<String>,
    #[garde(length(chars, max = 100))]
    #[validate(length(max = 100))]
    src_sk: Option<String>,
    #[garde(length(chars, max = 65535))]
    #[validate(length(max = 65535))]
    json_auth_file: Option<String>,
    #[garde(length(chars, max = 100))]
    #[validate(length(max = 100))]
    dst_ak: Option<String>,
    #[garde(length(chars, max = 100))]
    #[validate(length(max = 100))]
    dst_sk: Option<String>,
}

#[derive(garde::Validate, serde::Serialize)]
struct Ids {
    #[garde(length(min = 1, max = 1000), inner(length(chars, min = 1, max = 36)))]
    migration_tasks: Vec<String>,
}

#[derive(validator::Validate, serde::Serialize)]
struct NestedIds {
    #[validate(length(min = 1, max = 1000), nested)]
    migration_tasks: Vec<Id>,
}

#[derive(validator::Validate, serde::Serialize)]
struct Id {
    #[validate(length(min = 1, max = 36))]
    id: String,
}

/// As the generator writes it for a list of limited texts.
struct OurIds {
    migration_tasks: Vec<String>,
}

static PAGES: [rt::Page; 1] = [rt::Page { id: "", cloud: "", title: "", url: "", updated: "" }];
const TABLE: rt::Source = rt::Source::table(&PAGES[0]);

impl rt::Check for OurIds {
    fn check(&self, c: &mut rt::Checker<'_>) {
        c.items("migration_tasks", &self.migration_tasks, 1, 1000, &TABLE);
        c.length("migration_tasks", &self.migration_tasks, 1, 36, &TABLE);
    }
}

fn retry(file: usize) -> Retry {
    let key = || Some(SK.to_owned());
    Retry { src_ak: key(), src_sk: key(), json_auth_file: Some("x".repeat(file)), dst_ak: key(), dst_sk: key() }
}

fn schema(limits: &[(&str, u64)]) -> jsonschema::Validator {
    let properties: serde_json::Map<_, _> = limits
        .iter()
        .map(|(name, max)| ((*name).to_owned(), serde_json::json!({ "type": "string", "maxLength": max })))
        .collect();
    jsonschema::validator_for(&serde_json::json!({ "type": "object", "properties": properties })).unwrap()
}

#[divan::bench_group]
mod action {
    use super::*;

    fn peer() -> Action {
        Action { operation: "clone_test".to_owned(), template_id: Some(TEMPLATE.to_owned()) }
    }

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        let request = UpdateTaskStatus::new(TEMPLATE, TaskAction::CloneTest).template_id(TEMPLATE);
        assert!(request.check().is_empty());
        bencher.bench_local(|| black_box(&request).check());
    }

    #[divan::bench]
    fn ours_failing(bencher: Bencher<'_, '_>) {
        let request = UpdateTaskStatus::new(TEMPLATE, TaskAction::Test).template_id("x".repeat(300));
        assert_eq!(request.check().errors().count(), 1);
        bencher.bench_local(|| black_box(&request).check());
    }

    #[divan::bench]
    fn garde(bencher: Bencher<'_, '_>) {
        let request = peer();
        bencher.bench_local(|| garde::Validate::validate(black_box(&request)).is_ok());
    }

    #[divan::bench]
    fn validator(bencher: Bencher<'_, '_>) {
        let request = peer();
        bencher.bench_local(|| validator::Validate::validate(black_box(&request)).is_ok());
    }

    #[divan::bench]
    fn jsonschema(bencher: Bencher<'_, '_>) {
        let (schema, request) = (schema(&[("template_id", 255)]), serde_json::to_value(peer()).unwrap());
        bencher.bench_local(|| schema.is_valid(black_box(&request)));
    }
}

#[divan::bench_group]
mod retry_task_group {
    use super::*;

    const SIZES: [usize; 2] = [2_300, 65_535];
    const LIMITS: [(&str, u64); 5] =
        [("src_ak", 100), ("src_sk", 100), ("json_auth_file", 65_535), ("dst_ak", 100), ("dst_sk", 100)];

    #[divan::bench(args = SIZES)]
    fn ours(bencher: Bencher<'_, '_>, size: usize) {
        let request =
            RetryTaskGroup::new("group").src_ak(SK).src_sk(SK).json_auth_file("x".repeat(size)).dst_ak(SK).dst_sk(SK);
        assert!(!request.check().has_errors());
        bencher.bench_local(|| black_box(&request).check());
    }

    #[divan::bench(args = SIZES)]
    fn garde(bencher: Bencher<'_, '_>, size: usize) {
        let request = retry(size);
        bencher.bench_local(|| garde::Validate::validate(black_box(&request)).is_ok());
    }

    #[divan::bench(args = SIZES)]
    fn validator(bencher: Bencher<'_, '_>, size: usize) {
        let request = retry(size);
        bencher.bench_local(|| validator::Validate::validate(black_box(&request)).is_ok());
    }

    #[divan::bench(args = SIZES)]
    fn jsonschema(bencher: Bencher<'_, '_>, size: usize) {
        let (schema, request) = (schema(&LIMITS), serde_json::to_value(retry(size)).unwrap());
        bencher.bench_local(|| schema.is_valid(black_box(&request)));
    }
}

#[divan::bench_group]
mod thousand_ids {
    use super::*;

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        let request = OurIds { migration_tasks: ids() };
        bencher.bench_local(|| {
            let mut findings = Vec::new();
            rt::Check::check(black_box(&request), &mut rt::Checker::new(Context::default(), &mut findings));
            findings.is_empty()
        });
    }

    #[divan::bench]
    fn garde(bencher: Bencher<'_, '_>) {
        let request = Ids { migration_tasks: ids() };
        bencher.bench_local(|| garde::Validate::validate(black_box(&request)).is_ok());
    }

    #[divan::bench]
    fn validator(bencher: Bencher<'_, '_>) {
        let request = NestedIds { migration_tasks: ids().into_iter().map(|id| Id { id }).collect() };
        bencher.bench_local(|| validator::Validate::validate(black_box(&request)).is_ok());
    }

    #[divan::bench]
    fn jsonschema(bencher: Bencher<'_, '_>) {
        let items = serde_json::json!({ "type": "string", "minLength": 1, "maxLength": 36 });
        let list = serde_json::json!({ "type": "array", "minItems": 1, "maxItems": 1000, "items": items });
        let schema =
            jsonschema::validator_for(&serde_json::json!({ "properties": { "migration_tasks": list } })).unwrap();
        let request = serde_json::json!({ "migration_tasks": ids() });
        bencher.bench_local(|| schema.is_valid(black_box(&request)));
    }
}
