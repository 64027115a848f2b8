//! Answers of all kinds: none of them fails a call that the service calls a success.

use std::time::{Duration, Instant};

use huaweicloud_migration::dcs::{
    BatchRestartOnlineMigrationTasks, BatchRestartOnlineMigrationTasksResponse, MigrationTaskStatus,
    SetOnlineMigrationTaskResponse,
};
use huaweicloud_migration::oms::{RetryTaskGroup, ShowTask};
use huaweicloud_migration::runtime::{Kind, LossReason};
use huaweicloud_migration::{ApiError, Error, Response};
use migration_tests::loopback::Answer;

use crate::world::{World, set_online};

fn typed(answer: Answer) -> Response<SetOnlineMigrationTaskResponse> {
    let world = World::answering(answer);
    world.send(&world.client(), &set_online()).unwrap()
}

fn refused(answer: Answer) -> Box<ApiError> {
    let world = World::answering(answer);
    let error = world.send(&world.client(), &set_online()).unwrap_err();
    // Redirects are not followed and nothing is tried twice.
    world.received();
    let Error::Api(error) = error else { panic!("{error}") };
    error
}

#[test]
fn success_without_a_body_is_a_success() {
    for answer in [Answer::new(204, ""), Answer::new(200, ""), Answer::new(202, " \r\n"), Answer::new(299, "null")] {
        let response = typed(answer);
        assert_eq!(response.body(), &SetOnlineMigrationTaskResponse::default());
        assert!(response.losses().is_empty(), "{}", response.losses());
    }
}

#[test]
fn success_of_another_form_costs_the_body_only() {
    let html = "<html><body>Welcome</body></html>";
    let cases = [
        (html, Kind::NotJson, None),
        (r#"[{"id": "a"}]"#, Kind::List, Some(LossReason::Kind)),
        ("\"done\"", Kind::Text, Some(LossReason::Kind)),
        ("true", Kind::Boolean, Some(LossReason::Kind)),
        ("5", Kind::Number, Some(LossReason::Kind)),
    ];
    for (body, found, reason) in cases {
        let response = typed(Answer::new(200, body).header("content-type", "text/html"));
        assert_eq!(response.body(), &SetOnlineMigrationTaskResponse::default(), "{body}");
        let losses: Vec<_> = response.losses().iter().collect();
        let [loss] = losses[..] else { panic!("{body}: {losses:?}") };
        assert_eq!((loss.place(), loss.found()), ("body", found), "{body}");
        assert!(reason.is_none_or(|reason| loss.reason() == reason), "{loss}");
        assert_eq!(response.raw(), body.as_bytes());
        assert_eq!(response.headers()["content-type"], "text/html");
    }
}

#[test]
fn operations_that_answer_nothing_accept_anything() {
    for body in ["", "{}", "<html>", "[1, 2]", "{\"broken", "\u{0}"] {
        let world = World::answering(Answer::new(200, body));
        let response = world.send(&world.client(), &RetryTaskGroup::new("g")).unwrap();
        assert!(response.losses().is_empty() && response.raw() == body.as_bytes(), "{body}");
    }
}

#[test]
fn fields_are_read_leniently() {
    let body = r#"{"id": 5, "name": {"a": [1]}, "status": "PAUSED", "error": null, "new": [{}], "id2": true}"#;
    let response = typed(Answer::new(200, body).header("x-request-id", "r"));
    assert_eq!(response.body().id.as_deref(), Some("5"));
    assert_eq!((&response.body().name, &response.body().error), (&None, &None));
    let status = response.body().status.as_ref().unwrap();
    assert!(matches!(status, MigrationTaskStatus::Unknown(_)) && !status.is_known() && status.as_str() == "PAUSED");
    let losses: Vec<_> = response.losses().iter().map(ToString::to_string).collect();
    assert_eq!(losses, ["body.name: expected text, found an object"]);
    assert_eq!((response.request_id(), response.http_status().as_u16()), (Some("r"), 200));
}

/// The pages say that the reason is an empty text unless the task failed.
#[test]
fn an_empty_text_is_no_object() {
    let world = World::answering(Answer::new(200, r#"{"id": 7, "error_reason": "", "src_node": "", "name": ""}"#));
    let response = world.send(&world.client(), &ShowTask::new(7)).unwrap();
    assert_eq!((response.body().id, &response.body().error_reason), (Some(7), &None));
    // A text may be empty.
    assert_eq!(response.body().name.as_deref(), Some(""));
    assert!(response.losses().is_empty(), "{}", response.losses());
}

#[test]
fn statuses_that_nobody_documents_are_told() {
    for status in [300, 302, 304, 400, 418, 451, 599, 799] {
        let body = if status == 304 { "" } else { r#"{"error_code": "X.1", "error_msg": "no"}"# };
        let error = refused(Answer::new(status, body).header("location", "/elsewhere"));
        assert_eq!(error.status().as_u16(), status);
        if status != 304 {
            assert_eq!((error.code(), error.message()), (Some("X.1"), Some("no")), "{status}");
        }
        assert!(
            error.to_string().starts_with(&format!("SetOnlineMigrationTask: the service answered {status}")),
            "{error}"
        );
    }
}

#[test]
fn too_many_requests_say_when_to_come_back() {
    let answer = Answer::new(429, r#"{"error_msg": "slow down", "error_code": "APIGW.0308", "request_id": "body"}"#);
    let error = refused(answer.header("retry-after", "7"));
    assert_eq!((error.status().as_u16(), error.code()), (429, Some("APIGW.0308")));
    assert_eq!((error.headers()["retry-after"].to_str().unwrap(), error.request_id()), ("7", Some("body")));
}

#[test]
fn errors_without_a_known_form_keep_their_body() {
    for body in ["", "<html>bad gateway</html>", "[]", "{}", "{\"error_code\":", "\u{0}\u{1}"] {
        let error = refused(Answer::new(502, body).header("x-request-id", "r"));
        assert_eq!((error.code(), error.raw(), error.request_id()), (None, body.as_bytes(), Some("r")), "{body}");
    }
}

#[test]
fn a_huge_error_is_cut() {
    let start = Instant::now();
    let error = refused(Answer::new(500, "x".repeat(32 << 20)));
    assert_eq!(error.raw().len(), 64 << 10);
    assert!(error.to_string().len() < 1000 && format!("{error:?}").len() < 2000);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_large_answer_is_read_whole() {
    let tasks: Vec<_> = (0..20_000).map(|n| format!(r#"{{"task_id":"{n}","result":"success"}}"#)).collect();
    let response = batch(&format!(r#"{{"migration_tasks":[{}]}}"#, tasks.join(",")));
    let tasks = response.body().migration_tasks.as_deref().unwrap();
    assert_eq!((tasks.len(), tasks[19_999].task_id.as_deref()), (20_000, Some("19999")));
    assert!(response.body().failures().is_empty() && response.losses().is_empty());
}

fn batch(body: &str) -> Response<BatchRestartOnlineMigrationTasksResponse> {
    let world = World::answering(Answer::new(200, body.to_owned()));
    world.send(&world.client(), &BatchRestartOnlineMigrationTasks::new(["a"])).unwrap()
}

#[test]
fn a_batch_names_what_failed_inside_a_success() {
    let response = batch(
        r#"{"migration_tasks": [
            {"task_id": "a", "result": "failed", "error_code": "dcs.1", "error_msg": "not v2"},
            {"task_id": "b", "result": "success"},
            {"task_id": "c", "result": "postponed"},
            {"task_id": 4},
            {"result": null, "error_code": 5}
        ]}"#,
    );
    let failures = response.body().failures();
    let failures: Vec<_> = failures.iter().map(|failure| (failure.id, failure.code, failure.message)).collect();
    let expected = [
        (Some("a"), Some("dcs.1"), Some("not v2")),
        (Some("c"), None, None),
        (Some("4"), None, None),
        (None, Some("5"), None),
    ];
    assert_eq!(failures, expected);
    for body in ["", "{}", r#"{"migration_tasks": []}"#, r#"{"migration_tasks": null}"#] {
        assert!(batch(body).body().failures().is_empty(), "{body}");
    }
}
