//! A bucket is copied, and what failed is copied again, without polling or paging by hand. Needs no account: the service
//! is a server on this machine.
//!
//! ```sh
//! cargo run -p migration-tests --example oms_bucket
//! ```

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use huaweicloud_migration::oms::{
    CreateTask, CreateTaskRequired, DstNodeReq, DstNodeReqRequired, ListTasks, ShowTask, ShowTaskResponse, SrcNodeReq,
    StartTask, StartTaskRequired,
};
use huaweicloud_migration::runtime::client::{ClientBuilder, WaitError, WaitErrorKind};
use huaweicloud_migration::{Client, Response, Token};
use migration_tests::loopback::{Answer, Received, Server};

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

    let task = client.oms().create_task(&task()).await?;
    let id = task.body().id.ok_or("the answer names no task")?;
    println!("created task {id}");

    let moved = match end(&client, id).await {
        Err(error) if error.kind() == WaitErrorKind::Failed => {
            let failed = error.answer().and_then(|answer| answer.body().failed_num).unwrap_or_default();
            println!("{failed} objects failed; starting again with them alone");
            client.oms().start_task(&again(id)).await?;
            end(&client, id).await?
        }
        ended => ended?,
    };
    let moved = moved.ok_or("no state was seen")?;
    let (moved, total) = (moved.body().successful_num, moved.body().total_num);
    if moved.is_none() || moved != total {
        return Err(format!("{moved:?} of {total:?} objects are copied").into());
    }
    println!("{} objects are copied", moved.unwrap_or_default());

    let mut tasks = client.oms().list_tasks_pages(ListTasks::new().limit(2)).items();
    while let Some(task) = tasks.try_next().await? {
        println!("task {}: {:?}", task.id.unwrap_or_default(), task.status);
    }
    println!("the service saw {} requests", service.take().len());
    Ok(())
}

/// Shows each state, and returns the last answer. Who need not show them writes `wait_for_task(..).await`.
async fn end(client: &Client, id: i64) -> Result<Option<Response<ShowTaskResponse>>, WaitError<ShowTaskResponse>> {
    let show = ShowTask::new(id);
    // A real program leaves the interval as it is: 5 seconds at first, a minute at most.
    let waiting = client.oms().wait_for_task(&show).interval(Duration::from_millis(1), Duration::from_millis(10));
    let mut states = waiting.deadline(Duration::from_secs(3600)).states();
    let mut last = None;
    while let Some(seen) = states.try_next().await? {
        println!("state {}: {:?}", seen.state.as_deref().unwrap_or("unknown"), seen.phase);
        last = Some(seen.answer);
    }
    Ok(last)
}

fn task() -> CreateTask {
    let source = SrcNodeReq::new().region("cn-north-4").bucket("from").ak("ak").sk("sk").object_key(["photos/"]);
    let target =
        DstNodeReqRequired { ak: "ak".into(), sk: "sk".into(), bucket: "to".into(), region: "cn-north-4".into() };
    let task = CreateTask::new(CreateTaskRequired { src_node: source, dst_node: DstNodeReq::new(target) });
    // Only what is recorded can be copied again by itself.
    task.enable_failed_object_recording(true)
}

/// The keys are sent again: the service does not keep them.
fn again(id: i64) -> StartTask {
    let task = StartTask::new(id, StartTaskRequired { dst_ak: "ak".into(), dst_sk: "sk".into() });
    task.src_ak("ak").src_sk("sk").migrate_failed_object(true)
}

/// What the service answers: waiting, running, in a state that nobody knows, failed; started again, running, done. And
/// three tasks in two pages.
fn answer(request: &Received, looks: &AtomicUsize) -> Answer {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let seen = looks.load(Ordering::SeqCst);
    let body = match (request.method.as_str(), path) {
        ("POST", "/v2/my-project/tasks") => r#"{"id": 7, "task_name": "photos"}"#.to_owned(),
        // A failed task stays so until it is started, and only a recorded object can be copied by itself.
        ("POST", "/v2/my-project/tasks/7/start")
            if seen == 4 && request.text().contains(r#""migrate_failed_object":true"#) =>
        {
            looks.fetch_add(1, Ordering::SeqCst);
            return Answer::new(200, "");
        }
        ("GET", "/v2/my-project/tasks/7") => {
            let state = [(1, 0, 0), (2, 512, 0), (11, 768, 0), (4, 1021, 3), (4, 1021, 3), (2, 1022, 0), (5, 1024, 0)];
            let (status, done, failed) = state[seen.min(6)];
            looks.fetch_add(usize::from(seen != 4), Ordering::SeqCst);
            let figures = format!(r#""successful_num": {done}, "failed_num": {failed}, "total_num": 1024"#);
            format!(r#"{{"id": 7, "status": {status}, {figures}}}"#)
        }
        ("GET", "/v2/my-project/tasks") if query.contains("offset=2") => {
            r#"{"count": 3, "tasks": [{"id": 9, "status": 4}]}"#.to_owned()
        }
        ("GET", "/v2/my-project/tasks") => {
            r#"{"count": 3, "tasks": [{"id": 7, "status": 5}, {"id": 8, "status": 3}]}"#.to_owned()
        }
        _ => return Answer::new(404, r#"{"error_code": "OMS.0404", "error_msg": "not found"}"#),
    };
    Answer::new(200, body)
}
