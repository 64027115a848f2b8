//! The same on the generated crate.

use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Client, Token};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(start())
}

async fn start() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().ok_or("URL TASK TOKEN");
    let (url, task, token) = (next()?, next()?, next()?);
    let client: Client = Client::builder().base_url(url).credentials(Token::new(token)).build()?;
    let answer = client.sms().update_task_status(&UpdateTaskStatus::new(task, TaskAction::Start)).await?;
    println!("{}", answer.http_status());
    Ok(())
}
