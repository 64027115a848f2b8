//! What newcomers see first.

use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Client, Operation};

use crate::world::{runtime, transport};

#[path = "../../../../examples/refused_and_sent.rs"]
mod refused_and_sent;

#[test]
fn the_example_runs() {
    runtime().block_on(refused_and_sent::run(Client::builder().transport(transport()))).unwrap();
}

#[test]
fn the_readme_shows_what_is_printed() {
    let request = UpdateTaskStatus::new("7a9a9540-ff28-4869-b9e4-855fbe12xxxx-too-long", TaskAction::CloneTest);
    let readme = std::fs::read_to_string(migration_tests::repository().join("README.md")).unwrap();
    let report = request.check();
    assert!(readme.contains(&format!("```text\n{report}\n```")), "README.md should show\n\n{report}");
}
