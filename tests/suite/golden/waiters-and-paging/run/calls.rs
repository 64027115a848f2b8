//! What was generated for waiting and paging, against a transport that answers from a list.

#![cfg(feature = "client")]
#![allow(deprecated)]

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use golden_waiters_and_paging::demo::{ListBackups, ListJobs, ListNames, ShowObjects, ShowObjectsRequired, ShowServer};
use golden_waiters_and_paging::runtime::client::bytes::Bytes;
use golden_waiters_and_paging::runtime::client::{
    BodyStream, BoxFuture, Found, FullBody, Time, Transport, TransportError, WaitErrorKind, Waiter, http,
};
use golden_waiters_and_paging::{Client, Phase};

/// Answers each request with the next body, and keeps what it was asked. No time passes while it waits.
#[derive(Clone, Default)]
struct World(Arc<Mutex<(VecDeque<&'static str>, Vec<String>, Duration)>>);

impl World {
    fn new(bodies: &[&'static str]) -> (Self, Client) {
        let world = Self::default();
        world.0.lock().unwrap().0 = bodies.iter().copied().collect();
        let builder = Client::builder().region("cn-north-4").transport(world.clone()).time(world.clone());
        (world, builder.build().unwrap())
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().1)
    }
}

impl Transport for World {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        let mut state = self.0.lock().unwrap();
        let header = request.headers().get("x-behind").map_or("", |value| value.to_str().unwrap());
        let body = String::from_utf8_lossy(request.body()).into_owned();
        state.1.push(format!("{}{header}{body}", request.uri().path_and_query().unwrap()));
        let body = state.0.pop_front().expect("too many requests");
        let body: Box<dyn BodyStream> = Box::new(FullBody::new(body));
        Box::pin(async move { Ok(http::Response::new(body)) })
    }
}

impl Time for World {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().unwrap().2
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.lock().unwrap().2 += duration;
        Box::pin(async {})
    }
}

/// Nothing here ever waits.
fn run<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn states_of_all_types_are_waited_for() {
    let request = ShowServer::new("a");
    let (world, client) = World::new(&[
        r#"{"state":"MIGRATING"}"#,
        r#"{"state":"NEW"}"#,
        r#"{"state":"INCRMIGEATING"}"#,
        r#"{"state":"SUCCESS"}"#,
    ]);
    let phases = run(async {
        let mut states = client.demo().wait_for_server(&request).states();
        let mut phases = Vec::new();
        while let Some(seen) = states.try_next().await.unwrap() {
            phases.push(seen.phase);
        }
        phases
    });
    assert_eq!(phases, [Phase::Going, Phase::Unknown, Phase::Going, Phase::Success]);
    assert_eq!(world.asked(), ["/v1/servers/a"; 4]);

    let (_, client) = World::new(&[r#"{"state":"MIGRATING"}"#, r#"{"state":"INCRMIGEATING"}"#]);
    run(async { client.demo().wait_for_server_in_sync(&request).await }).unwrap();
    let (_, client) = World::new(&[r#"{"state":"STOPPED"}"#]);
    let error = run(async { client.demo().wait_for_server(&request).await }).unwrap_err();
    assert_eq!((error.kind(), error.state()), (WaitErrorKind::Paused, Some("STOPPED")));
    let (_, client) = World::new(&[r#"{"ready":false}"#, r#"{"ready":true}"#]);
    run(async { client.demo().wait_for_ready_server(&request).await }).unwrap();
    let (_, client) = World::new(&["{}", r#"{"type":{"type":"ERROR"}}"#]);
    let error = run(async { client.demo().wait_for_clone(&request).await }).unwrap_err();
    assert_eq!((error.kind(), error.waiter(), error.looks()), (WaitErrorKind::Failed, "clone", 2));

    // One of the caller's own.
    let type_of = Waiter::new("type", |answer: &golden_waiters_and_paging::demo::Server, _| {
        Found::At(answer.state.as_ref().map(|state| state.as_str().into()))
    });
    let (_, client) = World::new(&[r#"{"state":"NEW"}"#, r#"{"state":"OLD"}"#]);
    run(async { client.wait_for(&request, type_of.success(&["OLD"])).await }).unwrap();
}

#[test]
fn an_entry_is_found_on_any_page() {
    let (world, client) = World::new(&[
        r#"{"list":{"backups":[{"request":1,"status":1}]},"total_num":"2"}"#,
        r#"{"list":{"backups":[{"request":2,"status":0}]},"total_num":"2"}"#,
        r#"{"list":{"backups":[{"request":2,"status":"1"}]},"total_num":"2"}"#,
    ]);
    let request = ListBackups::new().limit(1);
    run(async { client.demo().wait_for_backup(&request, "2").await }).unwrap();
    assert_eq!(world.asked(), ["/v1/backups?limit=1", "/v1/backups?offset=1&limit=1", "/v1/backups?limit=1"]);

    let (_, client) = World::new(&[r#"{"list":{"backups":[{},{"origin":{"job":"j"},"status":1}]}}"#]);
    let answer = run(async { client.demo().wait_for_backup_of_job(&request, "j").await }).unwrap();
    assert_eq!(answer.body().total_num, None);
}

#[test]
fn lists_go_on_in_every_way() {
    let (world, client) = World::new(&[r#"{"jobs":["a","b"],"count":3}"#, r#"{"jobs":["c"],"count":3}"#]);
    let mut jobs = client.demo().list_jobs_pages(ListJobs::new(1)).items();
    let all = run(async {
        let mut all = Vec::new();
        while let Some(job) = jobs.try_next().await.unwrap() {
            all.push(job);
        }
        all
    });
    assert_eq!(
        (all.concat(), world.asked()),
        ("abc".to_owned(), vec!["/v1/jobs?page=1".into(), "/v1/jobs?page=2".into()])
    );

    let (world, client) = World::new(&[
        r#"{"records":[{"name":"x"}],"next_page":true,"next_marker":"x"}"#,
        r#"{"records":[{"name":"y"}],"next_page":false,"next_marker":"y"}"#,
    ]);
    let request = ShowObjects::new(ShowObjectsRequired { bucket: "b".to_owned(), behind: String::new() }).page_size(1);
    let mut pages = client.demo().show_objects_pages(request);
    let names = run(async {
        let mut names = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            names.extend(page.into_body().records.unwrap_or_default().into_iter().filter_map(|record| record.name));
        }
        names
    });
    assert_eq!(names, ["x", "y"]);
    let sent = |behind: &str| format!(r#"/v1/objects{{"bucket":"b","behind":"{behind}","page_size":1}}"#);
    assert_eq!(world.asked(), [sent(""), sent("x")]);

    let (world, client) = World::new(&[
        r#"{"names":[{"type":{"self":"n"}}]}"#,
        r#"{"names":[{},{"type":{"self":"o"}}]}"#,
        r#"{"names":[]}"#,
    ]);
    let mut pages = client.pages(ListNames::new().x_behind("l"));
    let count = run(async {
        let mut count = 0;
        while pages.try_next().await.unwrap().is_some() {
            count += 1;
        }
        count
    });
    assert_eq!((count, world.asked()), (2, vec!["/v1/namesl".into(), "/v1/namesn".into(), "/v1/nameso".into()]));
}
