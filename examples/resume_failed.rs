//! All that failed goes on: groups and tasks of OMS, online migrations of DCS, a few at a time. Needs no account: the
//! service is a server on this machine.
//!
//! ```sh
//! cargo run -p migration-tests --example resume_failed
//! ```

use std::error::Error;
use std::fmt;

use huaweicloud_migration::dcs::{
    BatchRestartOnlineMigrationTasks, ListMigrationTask, MigrationTaskStatus, MigrationType,
};
use huaweicloud_migration::oms::{
    ListTaskGroup, ListTasks, RetryTaskGroup, StartTask, StartTaskRequired, TaskGroupStatus, TaskStatus,
};
use huaweicloud_migration::runtime::client::ClientBuilder;
use huaweicloud_migration::{Client, Token};
use migration_tests::loopback::{Answer, Received, Server};
use tokio::task::JoinSet;

#[allow(dead_code)] // a test calls `run`
fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run(Client::builder())).map(drop)
}

/// How many were resumed.
pub(crate) async fn run(builder: ClientBuilder<Client>) -> Result<usize, Box<dyn Error>> {
    let service = Server::start(answer).await?;
    let client = builder
        .base_url(service.url()) // a real program says `.region("cn-north-4")`
        .project_id("my-project")
        .credentials(Token::new("a token of the identity service"))
        .max_in_flight(4) // however many are started below, the service sees four at once
        .build()?;

    let mut jobs = JoinSet::new();
    for failed in failed(&client).await? {
        let client = client.clone();
        jobs.spawn(async move { (resume(&client, &failed).await, failed) });
    }
    let (mut resumed, mut refused) = (0, Vec::new());
    while let Some(job) = jobs.join_next().await {
        // One that cannot be resumed does not keep the others from it.
        let (ended, failed) = job?;
        if let Err(error) = ended {
            refused.push(format!("{failed}: {error}"));
            continue;
        }
        println!("resumed {failed}");
        resumed += 1;
    }
    println!("resumed {resumed}, after {} requests", service.take().len());
    if refused.is_empty() { Ok(resumed) } else { Err(refused.join("\n").into()) }
}

/// What is to be resumed.
enum Failed {
    Group(String),
    Object(i64),
    Redis(String),
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group(id) => write!(f, "group {id} of OMS"),
            Self::Object(id) => write!(f, "task {id} of OMS"),
            Self::Redis(id) => write!(f, "task {id} of DCS"),
        }
    }
}

async fn failed(client: &Client) -> Result<Vec<Failed>, huaweicloud_migration::Error> {
    let mut all = Vec::new();
    for status in [TaskGroupStatus::CreationFailed, TaskGroupStatus::MigrationFailed] {
        let mut groups = client.oms().list_task_group_pages(ListTaskGroup::new().status(status)).items();
        while let Some(group) = groups.try_next().await? {
            all.extend(group.group_id.map(Failed::Group));
        }
    }
    let mut tasks = client.oms().list_tasks_pages(ListTasks::new().status(TaskStatus::Failed)).items();
    while let Some(task) = tasks.try_next().await? {
        // A group restarts its tasks by itself.
        all.extend(task.id.filter(|_| task.group_id.is_none_or(|group| group.is_empty())).map(Failed::Object));
    }
    // This list has no filter by state, and only online migrations can be restarted.
    let mut tasks = client.dcs().list_migration_task_pages(ListMigrationTask::new()).items();
    while let Some(task) = tasks.try_next().await? {
        let is_online = matches!(task.migration_type, Some(MigrationType::OnlineMigration));
        if is_online && matches!(task.status, Some(MigrationTaskStatus::Failed | MigrationTaskStatus::MigrationFailed))
        {
            all.extend(task.task_id.map(Failed::Redis));
        }
    }
    Ok(all)
}

/// The keys of the buckets are sent again: the service does not keep them.
async fn resume(client: &Client, failed: &Failed) -> Result<(), Box<dyn Error + Send + Sync>> {
    match failed {
        Failed::Group(id) => {
            let retry = RetryTaskGroup::new(id).src_ak("ak").src_sk("sk").dst_ak("ak").dst_sk("sk");
            client.oms().retry_task_group(&retry.migrate_failed_object(true)).await?;
        }
        Failed::Object(id) => {
            let start = StartTask::new(*id, StartTaskRequired { dst_ak: "ak".into(), dst_sk: "sk".into() });
            client.oms().start_task(&start.src_ak("ak").src_sk("sk").migrate_failed_object(true)).await?;
        }
        Failed::Redis(id) => {
            let restart = BatchRestartOnlineMigrationTasks::new([id]);
            let answer = client.dcs().batch_restart_online_migration_tasks(&restart).await?;
            // Status 200 says only that the request was read.
            if let Some(failure) = answer.body().failures().first() {
                return Err(failure.message.unwrap_or("not restarted").into());
            }
        }
    }
    Ok(())
}

/// What the service answers: two groups, a task in one of them, two tasks in none, and one of Redis.
fn answer(request: &Received) -> Answer {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let body = match path.trim_start_matches("/v2/my-project/") {
        "taskgroups" if query.contains("status=4") => r#"{"count": 1, "taskgroups": [{"group_id": "g-1"}]}"#,
        "taskgroups" => r#"{"count": 1, "taskgroups": [{"group_id": "g-2"}]}"#,
        "tasks" => r#"{"count": 3, "tasks": [{"id": 1, "group_id": "g-1"}, {"id": 2, "group_id": ""}, {"id": 3}]}"#,
        "migration-tasks" => concat!(
            r#"{"count": 2, "migration_tasks": [{"task_id": "r-2", "status": "SUCCESS"}, "#,
            r#"{"task_id": "r-1", "status": "FAILED", "migration_type": "online_migration"}]}"#
        ),
        "migration-tasks/batch-restart" => r#"{"migration_tasks": [{"task_id": "r-1", "result": "success"}]}"#,
        "taskgroups/g-1/retry" | "taskgroups/g-2/retry" | "tasks/2/start" | "tasks/3/start" => "",
        _ => return Answer::new(404, r#"{"error_code": "404", "error_msg": "not found"}"#),
    };
    Answer::new(200, body)
}
