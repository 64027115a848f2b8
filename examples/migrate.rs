//! A migration from its creation to its end, without polling or paging by hand. Needs no account: the service is a server
//! on this machine.
//!
//! ```sh
//! cargo run -p migration-tests --example migrate
//! ```

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use huaweicloud_migration::oms::{
    CreateTask, CreateTaskRequired, DstNodeReq, DstNodeReqRequired, ListTasks, ShowTask, SrcNodeReq,
};
use huaweicloud_migration::runtime::client::ClientBuilder;
use huaweicloud_migration::{Client, Token};
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

    let show = ShowTask::new(id);
    // A real program leaves the interval as it is: 5 seconds at first, a minute at most.
    let waiting = client.oms().wait_for_task(&show).interval(Duration::from_millis(1), Duration::from_millis(10));
    let mut states = waiting.deadline(Duration::from_secs(3600)).states();
    let mut last = None;
    while let Some(seen) = states.try_next().await? {
        println!("state {}: {:?}", seen.state.as_deref().unwrap_or("unknown"), seen.phase);
        last = Some(seen.answer);
    }
    let moved = last.ok_or("no state was seen")?;
    println!("{} objects are moved", moved.body().successful_num.unwrap_or_default());

    let mut tasks = client.oms().list_tasks_pages(ListTasks::new().limit(2)).items();
    while let Some(task) = tasks.try_next().await? {
        println!("task {}: {:?}", task.id.unwrap_or_default(), task.status);
    }
    println!("the service saw {} requests", service.take().len());
    Ok(())
}

fn task() -> CreateTask {
    let source = SrcNodeReq::new().region("cn-north-4").bucket("from").ak("ak").sk("sk").object_key(["photos/"]);
    let target =
        DstNodeReqRequired { ak: "ak".into(), sk: "sk".into(), bucket: "to".into(), region: "cn-north-4".into() };
    CreateTask::new(CreateTaskRequired { src_node: source, dst_node: DstNodeReq::new(target) })
}

/// What the service answers: waiting, running, in a state that nobody knows, done; and three tasks in two pages.
fn answer(request: &Received, looks: &AtomicUsize) -> Answer {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let body = match (request.method.as_str(), path) {
        ("POST", "/v2/my-project/tasks") => r#"{"id": 7, "task_name": "photos"}"#.to_owned(),
        ("GET", "/v2/my-project/tasks/7") => {
            let status = [1, 2, 11, 5][looks.fetch_add(1, Ordering::SeqCst).min(3)];
            format!(r#"{{"id": 7, "status": {status}, "successful_num": 1024}}"#)
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
