//! Every documented answer, success or error, is read.

use std::any::Any;
use std::collections::BTreeSet;

use huaweicloud_migration::dcs::{
    BatchRestartOnlineMigrationTasksResponse, MigrationTaskStatus, RestartResult, SetOnlineMigrationTaskResponse,
};
use huaweicloud_migration::{ApiError, Checks, Client, Error, Operation, Response};
use migration_tests::loopback::Answer;
use migration_tests::pages::{Page, pages};
use serde_json::{Value, json};

use crate::filled::{Visitor, visit};
use crate::world::World;

/// A request of each operation, sent once for each documented answer of it. Many answers are shown without a request.
struct Asker {
    pages: Vec<Page>,
    /// File and name of each answer that was served.
    read: BTreeSet<(String, String)>,
}

impl Visitor for Asker {
    fn text(&self, _: &'static str) -> String {
        "text".to_owned()
    }

    fn request<O: Operation + 'static>(&mut self, file: &'static str, request: O) {
        let page =
            self.pages.iter().find(|page| page.file == file).unwrap_or_else(|| panic!("there is no spec/{file}"));
        for (name, status, body) in page.answers() {
            let what = format!("{file}, example {name}");
            if (200..300).contains(&status) {
                let response = serve(status, body, &request).unwrap_or_else(|error| panic!("{what}: {error}"));
                check_success(&what, status, body, &response);
                let excused = page.seen(name).map(|(at, _)| at.to_owned()).collect::<Vec<_>>();
                check_losses(&what, status, &response, &excused);
                check_values(file, name, response.body());
                let typed = page.operation["responses"][status.to_string()]["body"].as_str();
                let is_typed = !matches!(typed, None | Some("none" | "json" | "text" | "binary"));
                if let (Some(body), true) = (body, is_typed) {
                    check_each_field(&what, status, body, &request);
                }
            } else {
                let error =
                    serve(status, body, &request).err().unwrap_or_else(|| panic!("{what}: {status} is no success"));
                let Error::Api(error) = error else { panic!("{what}: {error}") };
                check_error(&what, status, body, &error);
            }
            self.read.insert((file.to_owned(), name.to_owned()));
        }
    }
}

#[test]
fn every_documented_answer_is_read() {
    let mut asker = Asker { pages: pages(), read: BTreeSet::new() };
    visit(&mut asker);
    let documented =
        |page: &Page| -> Vec<_> { page.answers().map(|(name, ..)| (page.file.clone(), name.to_owned())).collect() };
    let documented: BTreeSet<_> = asker.pages.iter().flat_map(documented).collect();
    assert_eq!(asker.read, documented, "left: what was read; right: what is documented");
    assert!(!documented.is_empty());
}

fn serve<O: Operation>(status: u16, body: Option<&Value>, request: &O) -> Result<Response<O::Output>, Error> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let world = World::answering(Answer::new(status, body).header("x-request-id", "a-request-id"));
    let client: Client = world.builder().checks(Checks::Off).build().unwrap();
    world.send(&client, request)
}

fn check_success<T>(what: &str, status: u16, body: Option<&Value>, response: &Response<T>) {
    assert_eq!(response.http_status().as_u16(), status, "{what}");
    assert_eq!(response.request_id(), Some("a-request-id"), "{what}");
    assert_eq!(response.raw(), body.map(Value::to_string).unwrap_or_default().as_bytes(), "{what}");
}

/// Nothing is lost but what an erratum speaks of.
fn check_losses<T>(what: &str, status: u16, response: &Response<T>, excused: &[String]) {
    for loss in response.losses() {
        let place = loss.place().replacen("body", &format!("responses.{status}"), 1);
        let place: String = place.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
        assert!(excused.contains(&place), "{what}: {loss}");
    }
}

/// The typed value of each answer with a body, by hand.
fn check_values(file: &str, name: &str, body: &dyn Any) {
    match (file, name) {
        ("dcs/batch-restart-online-migration-tasks.yaml", "one-of-two") => {
            let body = body.downcast_ref::<BatchRestartOnlineMigrationTasksResponse>().unwrap();
            let [restarts, fails] = body.migration_tasks.as_deref().unwrap() else { panic!("{body:?}") };
            assert_eq!(restarts.result, Some(RestartResult::Success));
            assert_eq!(restarts.task_id.as_deref(), Some("7599c3ed-d0d3-4fb9-9273-653160302023"));
            assert_eq!((&restarts.error_code, &restarts.error_msg), (&None, &None));
            assert_eq!(fails.result, Some(RestartResult::Failed));
            assert_eq!(fails.task_id.as_deref(), Some("091434c0-d6d7-47c6-9e14-17cc9502b27b"));
            assert_eq!(fails.error_code.as_deref(), Some("dcs.41.0001"));
            assert_eq!(fails.error_msg.as_deref(), Some("task not v2"));
        }
        ("dcs/set-online-migration-task.yaml", "incremental") => {
            let body = body.downcast_ref::<SetOnlineMigrationTaskResponse>().unwrap();
            assert_eq!(body.id.as_deref(), Some("90754308-a156-406f-a837-8f852f38a646"));
            assert_eq!(body.name.as_deref(), Some("dcs-migration-1db7"));
            assert_eq!(body.status, Some(MigrationTaskStatus::Fullmigrating));
            assert_eq!(body.error.as_deref(), Some(""));
        }
        _ => {}
    }
}

/// Each field that the page shows has a place in the type: where it holds what cannot fit, just that is missed.
fn check_each_field<O: Operation>(what: &str, status: u16, body: &Value, request: &O) {
    let lost = |body: &Value| -> Vec<String> {
        let response = serve(status, Some(body), request).unwrap_or_else(|error| panic!("{what}: {error}"));
        // The page does not show which objects are maps, whose keys are in brackets.
        response.losses().iter().map(|loss| loss.place().replace("[\"", ".").replace("\"]", "")).collect()
    };
    let mut leaves = Vec::new();
    collect_leaves(body, "body".to_owned(), String::new(), &mut leaves);
    let excused = lost(body);
    for (place, pointer) in leaves {
        let mut broken = body.clone();
        *broken.pointer_mut(&pointer).unwrap() = json!([[]]);
        let more: Vec<_> = lost(&broken).into_iter().filter(|lost| !excused.contains(lost)).collect();
        assert_eq!(more, [place], "{what}");
    }
}

/// Place and JSON pointer of every scalar.
fn collect_leaves(value: &Value, place: String, pointer: String, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            collect_leaves(value, format!("{place}.{name}"), format!("{pointer}/{name}"), leaves);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| {
            collect_leaves(value, format!("{place}[{index}]"), format!("{pointer}/{index}"), leaves);
        }),
        _ => leaves.push((place, pointer)),
    }
}

fn check_error(what: &str, status: u16, body: Option<&Value>, error: &ApiError) {
    let body = body.unwrap_or_else(|| panic!("{what} shows no body"));
    assert_eq!(error.status().as_u16(), status, "{what}");
    assert_eq!(error.code(), body["error_code"].as_str(), "{what}");
    assert_eq!(error.message(), body["error_msg"].as_str(), "{what}");
    assert!(error.code().is_some() && error.message().is_some(), "{what}");
    assert_eq!(error.request_id(), Some("a-request-id"), "{what}");
    assert_eq!(error.raw(), body.to_string().as_bytes(), "{what}");
    assert_eq!(error.encoded_authorization_message(), body["encoded_authorization_message"].as_str(), "{what}");
    let parameters: Vec<_> = body["error_param"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(error.parameters(), parameters, "{what}");
    let details: Vec<_> = body["details"].as_array().into_iter().flatten().collect();
    assert_eq!(error.details().len(), details.len(), "{what}");
    for (detail, documented) in error.details().iter().zip(details) {
        assert_eq!(detail.code.as_deref(), documented["error_code"].as_str(), "{what}");
        assert_eq!(detail.message.as_deref(), documented["error_msg"].as_str(), "{what}");
    }
}
