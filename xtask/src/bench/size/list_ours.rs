//! The same on the generated crate.

use huaweicloud_migration::oms::ListTasks;
use huaweicloud_migration::{Client, Token};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(list())
}

async fn list() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().ok_or("URL PROJECT TOKEN");
    let (url, project, token) = (next()?, next()?, next()?);
    let client: Client = Client::builder().base_url(url).project_id(project).credentials(Token::new(token)).build()?;
    let list = client.oms().list_tasks(&ListTasks::new().limit(10)).await?;
    for task in list.body().tasks.iter().flatten() {
        println!("{:?} {:?} {:?}", task.id, task.name, task.progress);
    }
    Ok(())
}
