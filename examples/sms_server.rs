//! A server moves to the cloud: found among the registered ones, copied, kept in sync, cut over. Needs no account: the
//! service is a server on this machine.
//!
//! ```sh
//! cargo run -p migration-tests --example sms_server
//! ```

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use huaweicloud_migration::runtime::client::ClientBuilder;
use huaweicloud_migration::sms::{
    CreateTask, CreateTaskRequired, ListServers, MigrationType, ServerState, ShowServer, ShowTask, SourceServerByTask,
    TargetServerByTask, TargetServerByTaskRequired, TaskAction, UpdateTaskStatus,
};
use huaweicloud_migration::{Client, Token};
use migration_tests::loopback::{Answer, Received, Server};

/// Real programs leave the intervals as they are: 5 seconds at first, a minute at most.
const EVERY: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(10));

#[allow(dead_code)] // a test calls `run`
fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run(Client::builder()))
}

pub(crate) async fn run(builder: ClientBuilder<Client>) -> Result<(), Box<dyn Error>> {
    let looks = AtomicUsize::new(0);
    let service = Server::start(move |request| answer(request, &looks)).await?;
    let client = builder
        .base_url(service.url()) // a real program says `.region("ap-southeast-3")`
        .credentials(Token::new("a token of the identity service"))
        .build()?;

    let server =
        find(&client, "web-1").await?.ok_or("no server web-1 is registered and connected: see to its agent")?;
    println!("found server {server}");
    let created = client.sms().create_task(&task(&server)).await?;
    let id = created.body().id.clone().ok_or("the answer names no task")?;
    println!("created task {id}");

    client.sms().update_task_status(&UpdateTaskStatus::new(&id, TaskAction::Start)).await?;
    let show = ShowTask::new(&id);
    let waiting = client.sms().wait_for_task_in_sync(&show).interval(EVERY.0, EVERY.1);
    let mut states = waiting.deadline(Duration::from_secs(24 * 3600)).states();
    while let Some(seen) = states.try_next().await? {
        println!("state {}", seen.state.as_deref().unwrap_or("unknown"));
        for step in seen.answer.body().sub_tasks.iter().flatten() {
            println!("  {}: {} %", step.name.as_deref().unwrap_or("a step"), step.progress.unwrap_or_default());
        }
    }

    // The time to stop the programs on the source: from here on the target takes over.
    client.sms().update_task_status(&UpdateTaskStatus::new(&id, TaskAction::Cutover)).await?;
    println!("cutting over");
    let show = ShowServer::new(&server);
    let ended = client.sms().wait_for_server(&show).interval(EVERY.0, EVERY.1).await?;
    println!("server {server}: {:?}, after {} requests", ended.body().state, service.take().len());
    Ok(())
}

/// The ID of a server that can be migrated now. The pages end with the first one that fits.
async fn find(client: &Client, name: &str) -> Result<Option<String>, huaweicloud_migration::Error> {
    // Whether the service finds parts of names too is not documented, so the name is compared here.
    let mut servers = client.sms().list_servers_pages(ListServers::new().name(name).limit(2)).items();
    while let Some(server) = servers.try_next().await? {
        let is_ready = server.connected == Some(true) && matches!(server.state, Some(ServerState::Waiting));
        if is_ready && server.name.as_deref() == Some(name) {
            return Ok(server.id);
        }
    }
    Ok(None)
}

fn task(server: &str) -> CreateTask {
    // A server that exists; without one, `.vm_template_id(..)` says what to create.
    let target = TargetServerByTaskRequired { name: "web-1-target".into(), vm_id: "vm-1".into() };
    let required = CreateTaskRequired {
        name: "web-1".into(),
        r#type: MigrationType::MigrateFile,
        source_server: SourceServerByTask::new(server),
        target_server: TargetServerByTask::new(target),
        region_name: "CN North-Beijing4".into(),
        region_id: "cn-north-4".into(),
        project_name: "cn-north-4".into(),
        project_id: "my-project".into(),
    };
    // To be kept in sync until the cutover.
    CreateTask::new(required).exist_server(true).syncing(true)
}

/// The states that the service shows one by one, of the task and then of the server.
const STATES: [&str; 6] = ["READY", "RUNNING", "SYNCING", "syncing", "cutovering", "finished"];

/// What the service answers. It refuses what comes before its time, such as cutting over what is not in sync.
fn answer(request: &Received, looks: &AtomicUsize) -> Answer {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let (seen, text) = (looks.load(Ordering::SeqCst), request.text());
    let server = |id, name, connected| {
        format!(r#"{{"id": "{id}", "name": "{name}", "connected": {connected}, "state": "waiting"}}"#)
    };
    let body = match (request.method.as_str(), path) {
        ("GET", "/v3/sources") if query.contains("offset=2") => {
            format!(r#"{{"source_servers": [{}]}}"#, server("s-3", "web-1", true))
        }
        ("GET", "/v3/sources") => {
            let (gone, other) = (server("s-1", "web-1", false), server("s-2", "web-10", true));
            format!(r#"{{"count": 3, "source_servers": [{gone}, {other}]}}"#)
        }
        ("POST", "/v3/tasks") if text.contains(r#"{"id":"s-3"}"#) => r#"{"id": "t-1"}"#.to_owned(),
        ("POST", "/v3/tasks/t-1/action") if seen == 0 && text.contains(r#""start""#) => return Answer::new(200, ""),
        ("POST", "/v3/tasks/t-1/action") if seen == 3 && text.contains(r#""cutover""#) => return Answer::new(200, ""),
        ("GET", "/v3/tasks/t-1" | "/v3/sources/s-3") => {
            let state = STATES[looks.fetch_add(1, Ordering::SeqCst).min(STATES.len() - 1)];
            let step = format!(r#"{{"name": "MIGRATE_LINUX_FILE", "progress": {}}}"#, 50 * seen);
            format!(r#"{{"state": "{state}", "sub_tasks": [{step}]}}"#)
        }
        _ => return Answer::new(400, r#"{"error_code": "SMS.0400", "error_msg": "not now"}"#),
    };
    Answer::new(200, body)
}
