//! A request that the documentation forbids, and one that it allows. Needs no account: the service is a server on this machine.
//!
//! ```sh
//! cargo run -p migration-tests --example refused_and_sent
//! ```

use std::error::Error;

use huaweicloud_migration::dcs::{
    MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask, SetOnlineMigrationTaskRequired,
};
use huaweicloud_migration::runtime::client::ClientBuilder;
use huaweicloud_migration::{Client, Token};
use migration_tests::loopback::{Answer, Server};

/// What the service answers, as its documentation shows it.
const ANSWER: &str = r#"{"id": "90754308-a156", "name": "dcs-migration-1db7", "status": "FULLMIGRATING", "error": ""}"#;

#[allow(dead_code)] // a test calls `run`
fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run(Client::builder()))
}

pub(crate) async fn run(builder: ClientBuilder<Client>) -> Result<(), Box<dyn Error>> {
    let service = Server::start(|_| Answer::new(200, ANSWER).header("x-request-id", "4711")).await?;
    let client = builder
        .base_url(service.url()) // a real program says `.region("eu-de")`
        .project_id("my-project")
        .credentials(Token::new("a token of the identity service"))
        .build()?;

    println!("1. A limit that is out of range, and a source that is not named:\n");
    let source = MigrationInstance::new().password("hunter2");
    let refused = client.send(&request(source).bandwidth_limit_mb(20_000)).await;
    println!("{}\n", refused.err().ok_or("it was sent")?);
    println!("The service saw {} requests.\n", service.take().len());

    println!("2. The same with both mended:\n");
    let source = MigrationInstance::new().addrs("192.168.1.1:6379").password("hunter2");
    let response = client.send(&request(source).bandwidth_limit_mb(123)).await?;
    for request in service.take() {
        println!("The service got   {} {}\n                  {}", request.method, request.target, request.text());
    }
    println!("It answered       {} (request {})", response.http_status(), response.request_id().unwrap_or("unknown"));
    println!("which reads as    {:?}", response.body());
    Ok(())
}

fn request(source_instance: MigrationInstance) -> SetOnlineMigrationTask {
    let required = SetOnlineMigrationTaskRequired {
        migration_method: MigrationMethod::IncrementalMigration,
        resume_mode: ResumeMode::Auto,
        source_instance,
        target_instance: MigrationInstance::new().id("cf4a05df-1c38-47c5-bb5a-0a7b3673b3bd"),
    };
    SetOnlineMigrationTask::new("my-task", required)
}
