//! A program on bare reqwest that lists the migration tasks of OMS.

mod types;

use std::time::Duration;

use types::List;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(list())
}

async fn list() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().ok_or("URL PROJECT TOKEN");
    let (url, project, token) = (next()?, next()?, next()?);
    let client = reqwest::Client::builder().timeout(Duration::from_secs(60)).build()?;
    let request = client.get(format!("{url}/v2/{project}/tasks?limit=10")).header("X-Auth-Token", token);
    let list: List = request.send().await?.error_for_status()?.json().await?;
    for task in list.tasks.iter().flatten() {
        println!("{:?} {:?} {:?}", task.id, task.name, task.progress);
    }
    Ok(())
}
