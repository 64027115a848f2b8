//! Whatever a service answers, reading it fails no call and loses no more than it must.

use std::sync::Arc;

use huaweicloud_migration::dcs::{
    self, BatchRestartMigrationTaskResult, BatchRestartOnlineMigrationTasks, MigrationInstance, MigrationMethod,
    RestartResult, ResumeMode, SetOnlineMigrationTask, SetOnlineMigrationTaskRequired, UpdateMigrationTask,
};
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Error, Json, Response};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::fake::{Fake, answering, builder, call, now};
use crate::json::{batch_json, damaged, json, written};
use crate::model::Model;

fn set_online() -> SetOnlineMigrationTask {
    let required = SetOnlineMigrationTaskRequired {
        migration_method: MigrationMethod::FullAmountMigration,
        resume_mode: ResumeMode::Auto,
        source_instance: MigrationInstance::new(),
        target_instance: MigrationInstance::new(),
    };
    SetOnlineMigrationTask::new("t", required)
}

/// All operations survive the answer, and a raw call too.
fn assert_survived(fake: &Arc<Fake>) {
    assert_kept(fake, call(fake, &set_online()));
    assert_kept(fake, call(fake, &BatchRestartOnlineMigrationTasks::new(["a"])));
    assert_kept(fake, call(fake, &UpdateMigrationTask::new("t")));
    assert_kept(fake, call(fake, &RetryTaskGroup::new("g")));
    assert_kept(fake, call(fake, &UpdateTaskStatus::new("t", TaskAction::Test)));
    let client = builder(fake).build().unwrap();
    let raw: Result<Response<Json>, Error> = now(client.raw(&dcs::SERVICE, "GET", "/v2/{project_id}/x").send());
    assert_kept(fake, raw);
}

/// A success is read, a refusal is told; either has the body's bytes, and can be shown.
fn assert_kept<T: std::fmt::Debug>(fake: &Fake, result: Result<Response<T>, Error>) {
    let bound = |raw: &[u8]| raw.len().min(64 << 10);
    match result {
        Ok(response) => {
            assert_eq!((response.http_status().as_u16(), response.raw()), (fake.status, &fake.body[..]));
            assert!(format!("{response:?} {}", response.losses()).len() < usize::MAX);
        }
        Err(Error::Api(error)) => {
            assert!(!error.status().is_success());
            assert_eq!((error.status().as_u16(), error.raw()), (fake.status, &fake.body[..bound(&fake.body)]));
            let shown = error.to_string();
            assert!(!shown.contains(['\n', '\r', '\u{1b}']), "{shown}");
            assert!(format!("{error:?}").len() < usize::MAX);
        }
        Err(error) => panic!("{error}"),
    }
}

proptest! {
    #![proptest_config(crate::fake::config())]

    #[test]
    fn json_costs_what_does_not_fit_and_no_more(json in json()) {
        let (text, json) = written(&json);
        let response = call(&answering(200, text.clone()), &set_online()).unwrap();
        let mut model = Model::default();
        prop_assert_eq!(response.body(), &model.set_online(&json));
        model.assert_lost(&response);
        prop_assert_eq!(response.raw(), text.as_bytes());
    }

    #[test]
    fn lists_cost_what_does_not_fit_and_no_more(json in batch_json()) {
        let (text, json) = written(&json);
        let response = call(&answering(200, text), &BatchRestartOnlineMigrationTasks::new(["a"])).unwrap();
        let mut model = Model::default();
        let expected = model.batch(&json);
        prop_assert_eq!(response.body(), &expected);
        model.assert_lost(&response);
        let failed = |item: &&BatchRestartMigrationTaskResult| item.result != Some(RestartResult::Success);
        let failed = expected.migration_tasks.iter().flatten().filter(failed).count();
        prop_assert_eq!(response.body().failures().len(), failed);
    }

    #[test]
    fn a_raw_call_gives_the_json_as_it_is(json in json()) {
        let (text, json) = written(&json);
        let client = builder(&answering(200, text)).build().unwrap();
        let response = now(client.raw(&dcs::SERVICE, "GET", "/x").send()).unwrap();
        prop_assert_eq!(Value::from(response.body().clone()), json);
        prop_assert!(response.losses().is_empty());
    }

    #[test]
    fn any_bytes_and_any_json_are_survived(
        body in prop_oneof![vec(any::<u8>(), 0..200), damaged(), json().prop_map(|json| json.to_string().into_bytes())],
        status in prop_oneof![3 => 200u16..300, 2 => 300u16..1000],
        piece in 0usize..50,
    ) {
        assert_survived(&Arc::new(Fake { status, body: body.into(), piece, ..Fake::default() }));
    }

    /// What came before the break is read.
    #[test]
    fn an_answer_that_breaks_off_keeps_its_beginning(id in any::<String>(), rest in "[^\"]{0,20}") {
        let id_json = serde_json::to_string(&id).unwrap();
        let body = format!("{{\"id\": {id_json}, \"name\": \u{1}{rest}");
        let response = call(&answering(200, body), &set_online()).unwrap();
        prop_assert_eq!(response.body().id.as_deref(), Some(id.as_str()));
        let lost: Vec<_> = response.losses().iter().map(huaweicloud_migration::runtime::Loss::place).collect();
        prop_assert_eq!(lost, ["body.name"]);
    }

    #[test]
    fn unknown_values_of_an_answer_are_written_back_unchanged(text in any::<String>()) {
        let body = serde_json::json!({ "status": text });
        let response = call(&answering(200, body.to_string()), &set_online()).unwrap();
        let status = response.into_body().status.unwrap();
        prop_assert_eq!(serde_json::to_value(&status).unwrap(), Value::from(text));
    }
}

/// Deep enough to overflow a stack that recursion meets, in each place where a reader could recurse.
#[test]
fn deep_nesting_is_survived() {
    for open in
        ["[", "{\"id\":", "{\"migration_tasks\":[", "{\"new\":[", "{\"error_code\":", "{\"details\":[", "{\"error\":{"]
    {
        let body = open.repeat(200_000);
        for status in [200, 500] {
            assert_survived(&answering(status, body.clone()));
        }
    }
    let ignored = format!("{{\"new\": {}{}, \"id\": \"a\"}}", "[".repeat(100_000), "]".repeat(100_000));
    let response = call(&answering(200, ignored), &set_online()).unwrap();
    assert!(response.raw().len() > 200_000);
}
