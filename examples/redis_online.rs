//! A Redis instance moves to the cloud online: all data, then the changes, then the addresses. Needs no account: the
//! service is a server on this machine.
//!
//! ```sh
//! cargo run -p migration-tests --example redis_online
//! ```

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use huaweicloud_migration::dcs::{
    CreateOnlineMigrationTask, CreateOnlineMigrationTaskRequired, DeleteMigrationTask, ExchangeInstanceIp,
    ExchangeInstanceIpRequired, MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask,
    SetOnlineMigrationTaskRequired, ShowMigrationTask, ShowMigrationTaskStats, StopMigrationTask,
};
use huaweicloud_migration::runtime::client::ClientBuilder;
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
        .base_url(service.url()) // a real program says `.region("cn-north-4")`
        .project_id("my-project")
        .credentials(Token::new("a token of the identity service"))
        .build()?;

    let created = client.dcs().create_online_migration_task(&task()).await?;
    // The field has the id of the task, whatever its name says.
    let id = created.body().instance_id.clone().ok_or("the answer names no task")?;
    println!("created task {id}");
    let show = ShowMigrationTask::new(&id);
    client.dcs().wait_for_migration_task_to_configure(&show).interval(EVERY.0, EVERY.1).await?;

    client.dcs().set_online_migration_task(&configuration(&id)).await?;
    println!("configured; it starts to copy");
    let progress = ShowMigrationTaskStats::new(&id);
    let waiting = client.dcs().wait_for_migration_task_in_sync(&show).interval(EVERY.0, EVERY.1);
    let mut states = waiting.deadline(Duration::from_secs(24 * 3600)).states();
    while let Some(seen) = states.try_next().await? {
        let now = client.dcs().show_migration_task_stats(&progress).await?;
        let done = now.body().full_migration_progress.unwrap_or_default();
        println!("state {}: {done} % of all data", seen.state.as_deref().unwrap_or("unknown"));
    }
    let ended = client.dcs().show_migration_task_stats(&progress).await?;
    let (keys, copied) = (ended.body().source_dbsize, ended.body().target_dbsize);
    if keys.is_none() || keys != copied {
        return Err(format!("the source has {keys:?} keys, the target {copied:?}: not switched").into());
    }

    // From here on clients reach the target under the address of the source. `RollbackExchangeInstanceIp` takes it back.
    let switch = ExchangeInstanceIpRequired { exchanged_ip: vec!["192.0.2.10".into()], is_exchange_domain: false };
    client.dcs().exchange_instance_ip(&ExchangeInstanceIp::new(&id, switch)).await?;
    println!("switched the address");

    client.dcs().stop_migration_task(&StopMigrationTask::new(&id)).await?;
    let stopped = client.dcs().wait_for_migration_task_stopped(&show).interval(EVERY.0, EVERY.1).await?;
    println!("stopped: {:?}", stopped.body().status);
    let deleted = client.dcs().delete_migration_task(&DeleteMigrationTask::new([&id])).await?;
    if deleted.body().task_id_list.as_deref() != Some(std::slice::from_ref(&id)) {
        return Err(format!("task {id} is not deleted").into());
    }
    println!("deleted task {id}, after {} requests", service.take().len());
    Ok(())
}

fn task() -> CreateOnlineMigrationTask {
    CreateOnlineMigrationTask::new(CreateOnlineMigrationTaskRequired {
        name: "sessions".into(),
        vpc_id: "5e37b3be-950a-48e1-b498-65b63d336481".into(),
        subnet_id: "40f15ed6-7f85-49d5-ba0e-65b940d4812c".into(),
        security_group_id: "9df96622-24b7-4813-84b8-ab74552a21d7".into(),
    })
}

fn configuration(id: &str) -> SetOnlineMigrationTask {
    let required = SetOnlineMigrationTaskRequired {
        migration_method: MigrationMethod::IncrementalMigration,
        resume_mode: ResumeMode::Auto,
        source_instance: MigrationInstance::new().addrs("192.0.2.1:6379").password("of the source"),
        target_instance: MigrationInstance::new().id("target").password("of the target"),
    };
    SetOnlineMigrationTask::new(id, required)
}

/// The states that the service shows, one by one; the first is one that nobody knows.
const STATES: [&str; 6] = ["CREATING", "RUNNING", "FULLMIGRATING", "INCRMIGRATING", "TERMINATING", "TERMINATED"];

/// What the service answers. It refuses what comes before its state was seen.
fn answer(request: &Received, looks: &AtomicUsize) -> Answer {
    let path = request.target.strip_prefix("/v2/my-project/").unwrap_or_default();
    let seen = looks.load(Ordering::SeqCst);
    let body = match (request.method.as_str(), path, seen) {
        ("POST", "migration/instance", 0) => r#"{"instance_id": "t-1"}"#.to_owned(),
        ("POST", "migration/t-1/task", 2) => r#"{"id": "t-1", "status": "FULLMIGRATING"}"#.to_owned(),
        ("GET", "migration-task/t-1/stats", 3) => r#"{"full_migration_progress": 42.5}"#.to_owned(),
        ("GET", "migration-task/t-1/stats", 4) => {
            r#"{"full_migration_progress": 100.0, "source_dbsize": 1024, "target_dbsize": 1024}"#.to_owned()
        }
        ("POST", "migration-task/t-1/exchange-ip", 4) => return Answer::new(204, ""),
        ("POST", "migration-task/t-1/stop", 4) => r#"{"task_id": "t-1", "status": "TERMINATING"}"#.to_owned(),
        ("DELETE", "migration-tasks/delete", 6) => r#"{"task_id_list": ["t-1"]}"#.to_owned(),
        ("GET", "migration-task/t-1", _) => {
            let state = STATES[looks.fetch_add(1, Ordering::SeqCst).min(STATES.len() - 1)];
            format!(r#"{{"task_id": "t-1", "status": "{state}"}}"#)
        }
        _ => return Answer::new(400, r#"{"error_code": "DCS.0001", "error_msg": "not now"}"#),
    };
    Answer::new(200, body)
}
