//! What newcomers see first.

use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{AccessKey, Client, Operation, dcs};

use self::signed::gateway::Gateway;
use crate::world::{runtime, transport};

#[path = "../../../../examples/oms_bucket.rs"]
mod oms_bucket;
#[path = "../../../../examples/redis_online.rs"]
mod redis_online;
#[path = "../../../../examples/refused_and_sent.rs"]
mod refused_and_sent;
#[path = "../../../../examples/resume_failed.rs"]
mod resume_failed;
#[path = "../../../../examples/signed.rs"]
mod signed;
#[path = "../../../../examples/sms_server.rs"]
mod sms_server;

#[test]
fn the_example_runs() {
    runtime().block_on(refused_and_sent::run(Client::builder().transport(transport()))).unwrap();
}

#[test]
fn the_example_of_a_migration_runs() {
    runtime().block_on(oms_bucket::run(Client::builder().transport(transport()))).unwrap();
}

#[test]
fn the_example_of_an_online_migration_runs() {
    runtime().block_on(redis_online::run(Client::builder().transport(transport()))).unwrap();
}

#[test]
fn the_example_of_signing_runs() {
    runtime().block_on(signed::run(|| Client::builder().transport(transport()))).unwrap();
}

#[test]
fn the_example_of_a_server_migration_runs() {
    runtime().block_on(sms_server::run(Client::builder().transport(transport()))).unwrap();
}

#[test]
fn the_example_of_resuming_runs() {
    let resumed = runtime().block_on(resume_failed::run(Client::builder().transport(transport()))).unwrap();
    assert_eq!(resumed, 5);
}

/// What the HTTP library makes of a URL is what was signed.
#[test]
fn the_gateway_verifies_whatever_can_be_sent() {
    let gateway = Gateway::start("ak", "sk", |bytes| bytes).unwrap();
    let key = AccessKey::new("ak", "sk").security_token("token+/=");
    let builder = Client::builder().base_url(gateway.url()).project_id("p").credentials(key);
    let client: Client = builder.transport(transport()).build().unwrap();
    for value in ["a", "a b", "ä/ö", "100%", "%41", "~._-", "!*'()", "a+b&c=d", "…"] {
        let call = client.raw(&dcs::SERVICE, "GET", "/x/{id}/y").path("id", value);
        let call = call.query("b", value).query("a", value).query("a", "").header("X-Other", "  two  words ");
        runtime().block_on(call.send()).unwrap_or_else(|error| panic!("{value}: {error}"));
        let call = client.raw(&dcs::SERVICE, "POST", "/x").json(value);
        runtime().block_on(call.send()).unwrap();
    }
    assert_eq!(gateway.take().iter().filter(|verdict| verdict.problem.is_none()).count(), 18);
}

#[test]
fn the_readme_shows_what_is_printed() {
    let request = UpdateTaskStatus::new("7a9a9540-ff28-4869-b9e4-855fbe12xxxx-too-long", TaskAction::CloneTest);
    let readme = std::fs::read_to_string(migration_tests::repository().join("README.md")).unwrap();
    let report = request.check();
    assert!(readme.contains(&format!("```text\n{report}\n```")), "README.md should show\n\n{report}");
}
