//! What is not sent, whatever the settings: not a byte, not even a connection.

use huaweicloud_migration::dcs::{self, ResumeMode, UpdateMigrationTask};
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Checks, Client, Error, Finding, Operation, Token};
use migration_tests::loopback::Answer;

use crate::world::World;

const MODES: [Checks; 3] = [Checks::Enforce, Checks::Warn, Checks::Off];

/// Path values that URL libraries drop, so that the call would reach another endpoint.
const UNSAFE: [&str; 3] = ["", ".", ".."];

#[test]
fn path_values_that_lead_elsewhere_are_refused_in_every_mode() {
    let world = World::answering(Answer::new(200, "{}"));
    for mode in MODES {
        let client = world.builder().checks(mode).build().unwrap();
        for value in UNSAFE {
            let update = || UpdateMigrationTask::new(value).resume_mode(ResumeMode::Auto);
            let retry = || RetryTaskGroup::new(value);
            let status = || UpdateTaskStatus::new(value, TaskAction::Start);
            refuse(&world, &client, "path.task_id", &update(), mode);
            refuse(&world, &client, "path.task_id", &update().without_checks(), Checks::Off);
            refuse(&world, &client, "path.group_id", &retry(), mode);
            refuse(&world, &client, "path.group_id", &retry().without_checks(), Checks::Off);
            refuse(&world, &client, "path.task_id", &status(), mode);
            refuse(&world, &client, "path.task_id", &status().without_checks(), Checks::Off);
            let raw = client.raw(&dcs::SERVICE, "GET", "/v2/{project_id}/x/{a}").path("a", value);
            let error = world.wait(raw.send()).unwrap_err();
            assert!(matches!(&error, Error::Encoding(error) if error.place() == "path.a"), "{error}");
        }
    }
    assert!(world.is_untouched());
}

#[test]
fn a_project_that_leads_elsewhere_is_refused_in_every_mode() {
    let world = World::answering(Answer::new(200, "{}"));
    for mode in MODES {
        for value in UNSAFE {
            let client = world.builder().project_id(value).checks(mode).build().unwrap();
            let request = UpdateMigrationTask::new("t").resume_mode(ResumeMode::Auto);
            refuse(&world, &client, "path.project_id", &request, mode);
            refuse(&world, &client, "path.project_id", &request.without_checks(), Checks::Off);
            refuse(&world, &client, "path.project_id", &RetryTaskGroup::new("g"), mode);
        }
    }
    assert!(world.is_untouched());
}

/// A documented limit may speak first, but only where checks are enforced.
fn refuse<O: Operation>(world: &World, client: &Client, place: &str, request: &O, mode: Checks) {
    match world.send(client, request).err() {
        Some(Error::Encoding(error)) => assert_eq!(error.place(), place),
        Some(Error::Invalid(report)) if mode == Checks::Enforce => {
            assert_eq!(report.errors().map(Finding::place).collect::<Vec<_>>(), [place]);
        }
        other => panic!("{place}, {mode:?}: {other:?}"),
    }
}

#[test]
fn a_missing_project_or_missing_credentials_are_told_before_sending() {
    let world = World::answering(Answer::new(200, "{}"));
    let bare = Client::builder().base_url(world.url());
    let client = bare.credentials(Token::new("t")).build().unwrap();
    let error = world.send(&client, &RetryTaskGroup::new("g")).unwrap_err();
    assert!(matches!(&error, Error::Encoding(error) if error.place() == "path.project_id"), "{error}");

    let client = Client::builder().base_url(world.url()).build().unwrap();
    let error = world.send(&client, &UpdateTaskStatus::new("t", TaskAction::Start)).unwrap_err();
    assert!(matches!(error, Error::Credentials(_)), "{error}");

    for token in ["", "line\nbreak", "\u{7f}"] {
        let client = world.builder().checks(Checks::Off).credentials(Token::new(token)).build().unwrap();
        let error = world.send(&client, &UpdateTaskStatus::new("t", TaskAction::Start)).unwrap_err();
        assert!(matches!(error, Error::Credentials(_)), "{error}");
    }
    assert!(world.is_untouched());
}

#[test]
fn raw_calls_cannot_leave_their_path() {
    let world = World::answering(Answer::new(200, "{}"));
    let client = world.client();
    for path in ["", "v2", "/a/../b", "/a//b", "/%2e%2e/b", "/a?b=c", "/a#b", "/a b", "/{missing}", "/a\\..\\b"] {
        let error = world.wait(client.raw(&dcs::SERVICE, "GET", path).send()).unwrap_err();
        assert!(matches!(error, Error::Encoding(_)), "{path:?}: {error}");
    }
    for (name, value) in [("X-Language", "a\r\nX-Auth-Token: b"), ("a b", "c"), ("", "c")] {
        let error = world.wait(client.raw(&dcs::SERVICE, "GET", "/a").header(name, value).send()).unwrap_err();
        assert!(matches!(error, Error::Encoding(_)), "{name:?}: {error}");
    }
    let error = world.wait(client.raw(&dcs::SERVICE, "GE T", "/a").send()).unwrap_err();
    assert!(matches!(error, Error::Encoding(_)), "{error}");
    assert!(world.is_untouched());
}

#[test]
fn a_call_that_is_not_awaited_is_not_sent() {
    let world = World::answering(Answer::new(200, "{}"));
    let (client, request) = (world.client(), RetryTaskGroup::new("g"));
    drop(client.send(&request));
    drop(client.raw(&dcs::SERVICE, "GET", "/a").send());
    world.send(&client, &request).unwrap();
    world.received();
}
