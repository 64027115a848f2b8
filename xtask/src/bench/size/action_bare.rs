//! A program on bare reqwest that starts a task of SMS.

use std::time::Duration;

use serde::Serialize;

#[derive(Serialize)]
struct UpdateTaskStatus {
    operation: Action,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Start,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(start())
}

async fn start() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().ok_or("URL TASK TOKEN");
    let (url, task, token) = (next()?, next()?, next()?);
    let client = reqwest::Client::builder().timeout(Duration::from_secs(60)).build()?;
    let request = client.post(format!("{url}/v3/tasks/{task}/action")).header("X-Auth-Token", token);
    let answer = request.json(&UpdateTaskStatus { operation: Action::Start }).send().await?.error_for_status()?;
    println!("{}", answer.status());
    Ok(())
}
