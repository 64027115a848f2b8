//! What calls hold, each measurement in a process of its own, so that nothing else has used its memory before.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use bytes::Bytes;
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::runtime::client::{BodyStream, BoxFuture, Transport, TransportError};
use huaweicloud_migration::sms::UpdateTaskStatus;
use huaweicloud_migration::{AccessKey, Client, Token};
use tokio::runtime::Runtime;

use crate::cases::{ACCESS_KEY, Case, PROJECT, SECRET_KEY, token};
use crate::report::{Report, Table};
use crate::server::Server;
use crate::sides::{Ours, Side};
use crate::{Error, Result};

/// The argument that makes this program such a process.
pub(crate) const CHILD: &str = "memory-of";

const QUEUED: u64 = 10_000;
const FLIGHT: u64 = 64;
/// After how many calls to look.
const LOOKS: [u64; 3] = [10_000, 100_000, 1_000_000];

pub(crate) fn run(report: &mut Report) -> Result<()> {
    if !fs::exists("/proc/self/status")? {
        println!("memory is measured on Linux only");
        return Ok(());
    }
    let mut table = Table::new(&["Memory", "KiB"]);
    for (what, child) in [("sms action", "queue-small"), ("oms retry with a key file", "queue-large")] {
        let each = match *measure(child)? {
            [before, after] => (after - before) / QUEUED as f64,
            _ => return Err("a measuring process printed something else".into()),
        };
        table.row(&[
            format!("each of {QUEUED} calls in the queue, its request and task included: {what}"),
            format!("{each:.2}"),
        ]);
        report.limit(format!("each of {QUEUED} calls in the queue: {what}"), each, 4.0, " KiB");
    }
    let start = Instant::now();
    let sizes = measure("calls")?;
    for (calls, size) in LOOKS.iter().zip(&sizes) {
        table.row(&[format!("the process after {calls} calls, {FLIGHT} in flight"), format!("{size:.0}")]);
    }
    table.print(&format!("Memory ({:.0} s)", start.elapsed().as_secs_f64()));
    let grown = match *sizes {
        [_, middle, end] => (end - middle) / 1024.0,
        _ => return Err("a measuring process printed something else".into()),
    };
    report.limit("growth from the 100,000th call to the 1,000,000th", grown, 1.0, " MiB");
    Ok(())
}

fn measure(child: &str) -> Result<Vec<f64>> {
    let output = Command::new(std::env::current_exe()?).args([CHILD, child]).output()?;
    if !output.status.success() {
        return Err(format!("measuring {child} failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::parse).collect::<Result<_, _>>()?)
}

pub(crate) fn child(kind: &str) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match kind {
        "queue-small" => queue::<UpdateTaskStatus>(&runtime),
        "queue-large" => queue::<RetryTaskGroup>(&runtime),
        _ => calls(&runtime),
    }
}

/// What of this process is in memory, in KiB.
fn resident() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("the system does not say")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// Answers never.
struct Silent;

impl Transport for Silent {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        Box::pin(std::future::pending())
    }
}

fn queue<C: Case>(runtime: &Runtime) -> Result<()>
where
    C::Output: Send,
{
    let client: Client = Client::builder()
        .base_url("https://service.example.com")
        .project_id(PROJECT)
        .credentials(Token::new(token()))
        .transport(Silent)
        .max_in_flight(1)
        .build()?;
    runtime.block_on(async {
        let begun = Arc::new(AtomicU64::new(0));
        let call = || {
            let side = Ours { client: client.clone(), request: Arc::new(C::request()) };
            let begun = Arc::clone(&begun);
            tokio::spawn(async move {
                begun.fetch_add(1, Relaxed);
                side.call().await
            })
        };
        let until = async |count: u64| {
            while begun.load(Relaxed) < count {
                tokio::task::yield_now().await;
            }
        };
        // The one that all others wait for.
        drop(call());
        until(1).await;
        println!("{}", resident()?);
        let tasks: Vec<_> = (0..QUEUED).map(|_| call()).collect();
        until(1 + QUEUED).await;
        println!("{}", resident()?);
        if tasks.iter().any(tokio::task::JoinHandle::is_finished) { Err("a call did not wait".into()) } else { Ok(()) }
    })
}

/// Half of them with a token, half signed.
fn calls(runtime: &Runtime) -> Result<()> {
    let server = Server::start(UpdateTaskStatus::ANSWER)?;
    server.forget();
    let builder = || Client::builder().base_url(&server.url).project_id(PROJECT);
    let clients: [Client; 2] = [
        builder().credentials(Token::new(token())).build()?,
        builder().credentials(AccessKey::new(ACCESS_KEY, SECRET_KEY)).build()?,
    ];
    let (done, request) = (Arc::new(AtomicU64::new(0)), Arc::new(UpdateTaskStatus::request()));
    runtime.block_on(async {
        for calls in LOOKS {
            let task = |client: &Client| {
                let side = Ours { client: client.clone(), request: Arc::clone(&request) };
                let done = Arc::clone(&done);
                tokio::spawn(async move {
                    while done.fetch_add(1, Relaxed) < calls {
                        side.call().await?;
                    }
                    Ok::<_, Error>(())
                })
            };
            let tasks: Vec<_> = (0..FLIGHT / 2).flat_map(|_| &clients).map(task).collect();
            for task in tasks {
                task.await??;
            }
            println!("{}", resident()?);
        }
        Ok(())
    })
}
