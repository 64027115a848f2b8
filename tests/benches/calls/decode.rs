//! What reading a long answer costs beside serde's derive on the same structs.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use bytes::Bytes;
use huaweicloud_migration::oms::{ListTasks, ListTasksResponse};
use huaweicloud_migration::runtime::client::{BodyStream, BoxFuture, FullBody, Transport, TransportError};
use huaweicloud_migration::{Client, Token};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Result;
use crate::cases::{PROJECT, token};
use crate::measure::{median, nanoseconds, quartiles, shuffled};
use crate::report::{Report, Table};

const TASKS: usize = 1_000;

/// The peer, which is also that of `cargo xtask bench size`.
#[expect(dead_code, clippy::struct_field_names, reason = "reading them is what is measured, by the names of the wire")]
#[path = "../../../xtask/src/bench/size/types.rs"]
mod derived;

fn task(at: usize) -> Value {
    json!({
        "bandwidth_policy": [{"end": "12:00", "max_bandwidth": 1_048_576, "start": "00:00"}],
        "complete_size": 2_097_152, "description": "nightly copy of the archive", "enable_failed_object_recording": true,
        "dst_node": {"bucket": "archive-copy", "region": "eu-de", "save_prefix": "2026/"},
        "enable_metadata_migration": false, "enable_restore": false,
        "error_reason": {"error_code": "", "error_msg": ""}, "failed_num": 0,
        "failed_object_record": {"result": false, "list_file_key": "", "error_code": ""},
        "group_id": "7599c3ed-d0d3-4fb9-9273-653160302023", "id": 1_600_000_000_000_usize + at, "is_query_over": true,
        "left_time": 360, "migrate_since": 0, "migrate_speed": 5_242_880, "name": format!("task-{at:04}"),
        "progress": 0.75, "real_size": 4_194_304, "skipped_num": 2,
        "src_node": {
            "bucket": "archive", "cloud_type": "AWS", "region": "eu-central-1", "app_id": "", "object_key": ["2026/11/"],
            "list_file": {"list_file_key": "", "obs_bucket": "", "list_file_num": "0"},
        },
        "start_time": 1_764_000_000_000_i64, "status": 2, "successful_num": 9_998, "task_type": "prefix",
        "group_type": "NORMAL_TASK", "total_num": 10_000, "total_size": 4_194_304,
    })
}

/// A transport that answers at once.
struct Echo(Bytes);

impl Transport for Echo {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        let body: Box<dyn BodyStream> = Box::new(FullBody::new(self.0.clone()));
        Box::pin(std::future::ready(Ok(http::Response::new(body))))
    }
}

const WORKS: [&str; 3] = ["`from_slice`, serde's derive", "`from_slice`, ours", "whole call, ours"];

pub(crate) fn run(report: &mut Report, rounds: usize) -> Result<()> {
    let tasks: Vec<Value> = (0..TASKS).map(task).collect();
    let body = Bytes::from(json!({"tasks": tasks, "count": TASKS}).to_string());
    let client = Client::builder().base_url("https://service.example.com").project_id(PROJECT);
    let client: Client = client.credentials(Token::new(token())).transport(Echo(body.clone())).build()?;
    let request = ListTasks::new();
    let call = || match pin!(client.send(&request)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer.map_err(crate::Error::from),
        Poll::Pending => Err("a call that should be done at once waits".into()),
    };

    let peer: derived::List = serde_json::from_slice(&body)?;
    let ids: Vec<_> = peer.tasks.iter().flatten().map(|task| task.id).collect();
    let ours = call()?;
    let read: Vec<_> = ours.body().tasks.iter().flatten().map(|task| task.id).collect();
    if read != ids || read.len() != TASKS || peer.count != ours.body().count || !ours.losses().is_empty() {
        return Err("the two sides read different things".into());
    }

    let works: [&dyn Fn() -> Result<()>; WORKS.len()] =
        [&|| read_all::<derived::List>(&body), &|| read_all::<ListTasksResponse>(&body), &|| {
            black_box(call()?);
            Ok(())
        }];
    let mut times: [Vec<f64>; WORKS.len()] = Default::default();
    // The first round only warms up.
    for round in 0..=rounds {
        for at in shuffled(works.len()) {
            let start = Instant::now();
            works[at]()?;
            if round > 0 {
                times[at].push(nanoseconds(start.elapsed()) / 1e3);
            }
        }
    }
    let ratio = |at: usize| median(times[at].iter().zip(&times[0]).map(|(own, plain)| own / plain).collect());
    let mut table = Table::new(&["Work", "µs", "(quartiles)", "to the derive"]);
    for (at, name) in WORKS.iter().enumerate() {
        let (low, high) = quartiles(times[at].clone());
        let middle = format!("{:.0}", median(times[at].clone()));
        table.row(&[(*name).to_owned(), middle, format!("({low:.0} to {high:.0})"), format!("{:.2}", ratio(at))]);
    }
    table.print(&format!("ListTasks, {TASKS} tasks, {} bytes of answer, no network", body.len()));
    report.limit(format!("reading {TASKS} tasks, to serde's derive"), ratio(1), 1.3, " ×");
    report.limit(format!("a call that answers {TASKS} tasks, to serde's derive"), ratio(2), 1.3, " ×");
    Ok(())
}

fn read_all<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<()> {
    black_box(serde_json::from_slice::<T>(black_box(body))?);
    Ok(())
}
