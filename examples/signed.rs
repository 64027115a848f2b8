//! The operations of three services, signed with an access key. Needs no account: the gateway is a server on this machine, which
//! works out every signature itself, from the bytes it was sent (`signed/gateway.rs`).
//!
//! ```sh
//! cargo run -p migration-tests --example signed
//! ```

use std::error::Error;

use huaweicloud_migration::dcs::{
    BatchRestartOnlineMigrationTasks, MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask,
    SetOnlineMigrationTaskRequired, UpdateMigrationTask,
};
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::runtime::client::ClientBuilder;
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{AccessKey, Client};

#[path = "signed/gateway.rs"]
pub(crate) mod gateway;
use gateway::Gateway;

const ACCESS_KEY: &str = "QTWAOYTTINDUT2QVKYUC";
const SECRET_KEY: &str = "MFyfvK41ba2giqM7uio6PznpdUKGpownRZlmVmHc";
const PROJECT: &str = "6d4b52d3d9404a6c95a5ba3f15d2ec2a";

#[allow(dead_code)] // a test calls `run`
fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run(Client::builder))
}

pub(crate) async fn run(builder: impl Fn() -> ClientBuilder<Client>) -> Result<(), Box<dyn Error>> {
    println!("1. Five operations, signed:\n");
    let gateway = Gateway::start(ACCESS_KEY, SECRET_KEY, |bytes| bytes)?;
    let connect = |url, secret_key| {
        builder()
            .base_url(url) // a real program says `.region("eu-de")`
            .project_id(PROJECT)
            .credentials(AccessKey::new(ACCESS_KEY, secret_key))
            .build()
    };
    let client = connect(gateway.url(), SECRET_KEY)?;
    let task = client.dcs().set_online_migration_task(&set_task()).await?;
    println!("DCS: task {:?} is {:?}", task.body().name, task.body().status);

    let task_id = "90754308-a156-406f-a837-8f852f38a646";
    client.dcs().update_migration_task(&UpdateMigrationTask::new(task_id).resume_mode(ResumeMode::Auto)).await?;
    println!("DCS: it reconnects by itself");

    let tasks = ["091434c0-d6d7-47c6-9e14-17cc9502b27b", "7599c3ed-d0d3-4fb9-9273-653160302023"];
    let both = BatchRestartOnlineMigrationTasks::new(tasks);
    for failure in client.dcs().batch_restart_online_migration_tasks(&both).await?.body().failures() {
        println!("DCS: not restarted: {failure:?}");
    }

    let group = RetryTaskGroup::new("2c11d99a-9596-4bc6-a6ad-2336455b149c").migrate_failed_object(false);
    client.oms().retry_task_group(&group.src_ak("src_AK").src_sk("src_SK").dst_ak("dst_AK").dst_sk("dst_SK")).await?;
    println!("OMS: the group runs again");

    let drill = UpdateTaskStatus::new("7a9a9540-ff28-4869-b9e4-855fbe12xxxx", TaskAction::CloneTest);
    client.sms().update_task_status(&drill.template_id("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxx0001")).await?;
    println!("SMS: the target is being cloned\n");
    report(&gateway, [true; 5])?;

    println!("2. A secret key that is wrong:\n");
    let wrong = connect(gateway.url(), "MFyfvK41ba2giqM7uio6PznpdUKGpownRZlmVmHd")?;
    let error = wrong.send(&set_task()).await.err().ok_or("a wrong key was accepted")?;
    println!("{error}\n");
    expect(error.is_unauthorized() && error.code() == Some("APIGW.0301") && error.request_id().is_some())?;
    report(&gateway, [false])?;

    println!("3. A body that was changed on the way, 123 MB/s to 923:\n");
    let gateway = Gateway::start(ACCESS_KEY, SECRET_KEY, |bytes| {
        String::from_utf8_lossy(&bytes).replace(r#""123""#, r#""923""#).into_bytes()
    })?;
    let error = connect(gateway.url(), SECRET_KEY)?.send(&set_task()).await.err().ok_or("it was accepted")?;
    println!("{error}\n");
    expect(error.is_unauthorized())?;
    report(&gateway, [false])
}

fn set_task() -> SetOnlineMigrationTask {
    let required = SetOnlineMigrationTaskRequired {
        migration_method: MigrationMethod::IncrementalMigration,
        resume_mode: ResumeMode::Auto,
        source_instance: MigrationInstance::new().addrs("192.168.1.1:6379,192.168.0.0:6379").password("xxxxxx"),
        target_instance: MigrationInstance::new().id("cf4a05df-1c38-47c5-bb5a-0a7b3673b3bd"),
    };
    SetOnlineMigrationTask::new("my-task", required).bandwidth_limit_mb(123)
}

/// Tells what the gateway made of the requests since the last time.
fn report<const N: usize>(gateway: &Gateway, expected: [bool; N]) -> Result<(), Box<dyn Error>> {
    let verdicts = gateway.take();
    for verdict in &verdicts {
        println!("{verdict}");
    }
    expect(verdicts.iter().map(|verdict| verdict.problem.is_none()).eq(expected))
}

fn expect(condition: bool) -> Result<(), Box<dyn Error>> {
    if condition { Ok(()) } else { Err("that is not as expected".into()) }
}
