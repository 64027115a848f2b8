//! What callers put into paths, queries and bodies arrives as they meant it.

use huaweicloud_migration::dcs::{self, ResumeMode, UpdateMigrationTask};
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Json, Operation, Secret};
use migration_tests::loopback::Answer;
use serde_json::{Value, json};

use crate::world::{PROJECT, TOKEN, World};

fn world() -> World {
    World::answering(Answer::new(200, "{}"))
}

fn body(world: &World) -> Value {
    serde_json::from_slice(&world.received().body).unwrap()
}

/// Values, and what they are in a path or a query.
const ENCODED: [(&str, &str); 14] = [
    ("a b", "a%20b"),
    ("a/b", "a%2Fb"),
    ("100%", "100%25"),
    ("%2e%2e", "%252e%252e"),
    ("ü", "%C3%BC"),
    ("任务", "%E4%BB%BB%E5%8A%A1"),
    ("a..b", "a..b"),
    ("...", "..."),
    ("../x", "..%2Fx"),
    ("..\\x", "..%5Cx"),
    ("a?b#c&d=e", "a%3Fb%23c%26d%3De"),
    ("a+b;c:d@e,f", "a%2Bb%3Bc%3Ad%40e%2Cf"),
    ("\t\r\n\0", "%09%0D%0A%00"),
    ("-_.~09azAZ", "-_.~09azAZ"),
];

#[test]
fn path_values_are_encoded() {
    let world = world();
    for (value, encoded) in ENCODED {
        let client = world.builder().project_id(value).build().unwrap();
        world.send(&client, &UpdateMigrationTask::new(value).resume_mode(ResumeMode::Manual)).unwrap();
        assert_eq!(world.received().target, format!("/v2/{encoded}/migration-task/{encoded}"));
    }
}

#[test]
fn the_client_fills_in_the_project() {
    let world = world();
    world.send(&world.client(), &RetryTaskGroup::new("g")).unwrap();
    assert_eq!(world.received().target, format!("/v2/{PROJECT}/taskgroups/g/retry"));
    // A path without a project needs none.
    let client = world.builder().project_id("").build().unwrap();
    world.send(&client, &UpdateTaskStatus::new("t", TaskAction::Start)).unwrap();
    assert_eq!(world.received().target, "/v3/tasks/t/action");
}

#[test]
fn a_base_path_stays_in_front() {
    let world = world();
    let base = world.builder();
    let url = format!("{}/proxy/dcs/", world.url());
    world.send(&base.service_url("sms", url).build().unwrap(), &UpdateTaskStatus::new("t", TaskAction::Stop)).unwrap();
    assert_eq!(world.received().target, "/proxy/dcs/v3/tasks/t/action");
}

#[test]
fn an_operation_with_nothing_set_sends_an_empty_object() {
    let world = world();
    world.send(&world.client(), &RetryTaskGroup::new("g")).unwrap();
    let received = world.received();
    assert_eq!((received.text().as_str(), received.header("content-type")), ("{}", vec!["application/json"]));
}

#[test]
fn an_empty_list_is_sent_and_an_unset_field_is_not() {
    let world = world();
    let none: [&str; 0] = [];
    world.send(&world.client(), &dcs::BatchRestartOnlineMigrationTasks::new(none)).unwrap();
    assert_eq!(body(&world), json!({"migration_tasks": []}));
    world.send(&world.client(), &UpdateTaskStatus::new("t", TaskAction::Skip).template_id("")).unwrap();
    assert_eq!(body(&world), json!({"operation": "skip", "template_id": ""}));
}

#[test]
fn a_value_that_the_pages_do_not_know_can_be_sent() {
    let world = world();
    let request = UpdateTaskStatus::new("t", TaskAction::from("collect_log"));
    assert!(request.validate().is_err());
    world.send(&world.client(), &request.without_checks()).unwrap();
    assert_eq!(body(&world), json!({"operation": "collect_log"}));
}

#[test]
fn callers_add_and_replace_body_fields() {
    let world = world();
    let nested = Json::object([("a", Json::from(vec![1, 2])), ("b", Json::from(0.5)), ("c", Json::from("ü\"\n"))]);
    let request = RetryTaskGroup::new("g")
        .src_ak("documented")
        .src_sk("key")
        .dst_ak("a")
        .dst_sk("b")
        .extra_body("connection_string", "secret")
        .extra_body("nested", nested)
        .extra_body("dst_ak", Json::Null)
        .extra_body("src_ak", "replaced")
        .extra_body("none", Json::Null);
    world.send(&world.client(), &request).unwrap();
    let expected = json!({
        "src_ak": "replaced", "src_sk": "key", "dst_ak": null, "dst_sk": "b", "connection_string": "secret",
        "nested": {"a": [1, 2], "b": 0.5, "c": "ü\"\n"}, "none": null,
    });
    assert_eq!(body(&world), expected);
}

#[test]
fn callers_add_query_parameters() {
    let world = world();
    for (value, encoded) in ENCODED {
        let request =
            RetryTaskGroup::new("g").extra_query("name", value).extra_query(value, "").extra_query("name", "2");
        world.send(&world.client(), &request).unwrap();
        let received = world.received();
        let query = format!("?name={encoded}&{encoded}=&name=2");
        assert_eq!(received.target, format!("/v2/{PROJECT}/taskgroups/g/retry{query}"));
        assert_eq!(received.text(), "{}");
    }
}

#[test]
fn raw_calls_go_like_documented_ones() {
    let world = World::answering(Answer::new(200, r#"{"count": 2, "tasks": [{"id": "a"}]}"#));
    let client = world.client();
    let call = client
        .raw(&dcs::SERVICE, "GET", "/v2/{project_id}/migration-tasks/{task_id}")
        .path("task_id", "a/b")
        .query("limit", 5i64)
        .query("name", "ü")
        .header("X-Language", "en-us");
    let response = world.wait(call.send()).unwrap();
    assert_eq!(response.body().get("count").and_then(Json::as_i64), Some(2));
    let received = world.received();
    assert_eq!(received.method, "GET");
    assert_eq!(received.target, format!("/v2/{PROJECT}/migration-tasks/a%2Fb?limit=5&name=%C3%BC"));
    assert_eq!((received.header("x-auth-token"), received.header("x-language")), (vec![TOKEN], vec!["en-us"]));
    assert_eq!((received.body.len(), received.header("content-type")), (0, vec![]));

    let call = client.raw(&dcs::SERVICE, "DELETE", "/v2/{project_id}/migration-tasks/delete").json(vec!["a"]);
    world.wait(call.without_credentials().send()).unwrap();
    let received = world.received();
    assert_eq!((received.method.as_str(), received.text().as_str()), ("DELETE", r#"["a"]"#));
    assert_eq!((received.header("x-auth-token"), received.header("content-type")), (vec![], vec!["application/json"]));
}

#[test]
fn a_token_is_sent_as_it_is() {
    let world = world();
    let token = Secret::from("a b~!\u{e4}");
    let client = world.builder().credentials(huaweicloud_migration::Token::new(token)).build().unwrap();
    world.send(&client, &RetryTaskGroup::new("g")).unwrap();
    assert_eq!(world.received().header("x-auth-token"), ["a b~!ä"]);
}

#[test]
fn each_service_has_methods_of_its_own() {
    let world = world();
    let client = world.client();
    world.wait(client.oms().retry_task_group(&RetryTaskGroup::new("g"))).unwrap();
    assert!(world.received().target.ends_with("/taskgroups/g/retry"));
    world.wait(client.sms().update_task_status(&UpdateTaskStatus::new("t", TaskAction::Start))).unwrap();
    assert_eq!(world.received().target, "/v3/tasks/t/action");
    let request = UpdateMigrationTask::new("t").resume_mode(ResumeMode::Auto);
    world.wait(client.dcs().update_migration_task(&request)).unwrap();
    assert_eq!(world.received().method, "PUT");
}
