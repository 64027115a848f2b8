//! Calls of programs that are not async.

use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Client, Error, Token};
use migration_tests::loopback::{Answer, Server};

use crate::world::{runtime, transport};

/// What the README shows.
fn script(client: &Client) -> Result<(), Error> {
    let request = UpdateTaskStatus::new("7a9a9540-ff28-4869-b9e4-855fbe12xxxx", TaskAction::Start);
    // shown from here
    let response = client.sms().update_task_status(&request).wait()?;
    println!("accepted (request {:?})", response.request_id());
    // to here
    Ok(())
}

#[test]
fn the_readme_shows_a_script() {
    let (_, rest) = include_str!("blocking.rs").split_once("// shown from here\n").unwrap();
    let (snippet, _) = rest.split_once("    // to here").unwrap();
    let snippet = snippet.replace("\n    ", "\n");
    let snippet = snippet.trim_start();
    let readme = std::fs::read_to_string(migration_tests::repository().join("README.md")).unwrap();
    assert!(readme.contains(&format!("```rust\n{snippet}```")), "README.md should show\n\n{snippet}");
}

#[test]
fn a_script_sends_what_async_programs_send() {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = runtime();
        let answer = Answer::new(200, "{}").header("x-request-id", "4711");
        let server = runtime.block_on(Server::start(move |_| answer.clone())).unwrap();
        sender.send(server.url()).unwrap();
        runtime.block_on(std::future::pending::<()>());
    });
    let url = receiver.recv().unwrap();
    let client = Client::builder().base_url(url).credentials(Token::new("t")).transport(transport()).build().unwrap();
    script(&client).unwrap();
    let stop = UpdateTaskStatus::new("7a9a9540-ff28-4869-b9e4-855fbe12xxxx", TaskAction::Stop);
    assert_eq!(client.send(&stop).wait().unwrap().request_id(), Some("4711"));
    let refused = client.send(&UpdateTaskStatus::new("x".repeat(99), TaskAction::Start)).wait();
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");

    let error = runtime().block_on(async { script(&client).unwrap_err() });
    assert_eq!(
        error.to_string(),
        "UpdateTaskStatus: `.wait()` in an async task would hold up the other tasks of its thread; use `.await`, or call it \
         in `tokio::task::spawn_blocking`"
    );
}
