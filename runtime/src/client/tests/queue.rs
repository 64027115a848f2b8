//! Calls that wait for their turn.

use super::script::{Script, Step};
use super::*;
use std::pin::Pin;
use std::task::{Context as TaskContext, Waker};
use std::time::Duration;

type Call<'a> = Pin<Box<dyn Future<Output = bool> + 'a>>;

/// A call that adds to a path what its place in the queue is.
fn calls(client: &Client, count: usize) -> Vec<Call<'_>> {
    let call = |index: usize| async move {
        client.raw(&SERVICE, "POST", "/{index}").path("index", index.to_string()).send().await.is_ok()
    };
    (0..count).map(|index| Box::pin(call(index)) as Call<'_>).collect()
}

#[test]
fn a_thousand_calls_leave_in_order_at_the_given_rate() {
    let script = Script::new(&[Step::Slow(700)]);
    let client = script.client().rate_limit(100.0).deadline(Duration::from_secs(1)).build().unwrap();
    let ends = script.time.run(calls(&client, 1000));
    // The deadline does not count the time in the queue.
    assert!(ends.iter().all(|(good, _)| *good));
    assert_eq!(script.time.elapsed(), Duration::from_millis(999 * 10 + 700));
    let paths: Vec<_> = script.sent.lock().unwrap().iter().map(|request| request.uri().path().to_owned()).collect();
    assert!(paths.iter().enumerate().all(|(index, path)| *path == format!("/base/{index}")), "{paths:?}");
}

#[test]
fn retries_wait_for_their_turn_too() {
    let script = Script::new(&[Step::Answer(429, "")]);
    let client = script.client().rate_limit(1.0).build().unwrap();
    assert!(!script.time.run(calls(&client, 1))[0].0);
    assert_eq!((script.seen(), script.time.elapsed()), (3, Duration::from_secs(2)));
}

#[test]
fn a_call_that_waits_before_a_retry_lets_others_go() {
    let script = Script::new(&[Step::With(429, "retry-after", "9"), Step::Answer(200, "{}")]);
    let client = script.client().max_in_flight(1).build().unwrap();
    let ends = script.time.run(calls(&client, 2));
    assert_eq!(ends, [(true, Duration::from_secs(9)), (true, Duration::ZERO)]);
}

#[test]
fn a_queued_call_holds_little_memory() {
    let script = Script::new(&[Step::Slow(1)]);
    let client = script.client().max_in_flight(1).build().unwrap();
    let task = SetTask::new("a");
    let mut context = TaskContext::from_waker(Waker::noop());
    let mut first = Box::pin(client.send(&task));
    assert!(first.as_mut().poll(&mut context).is_pending());
    let mut second = client.send(&task);
    assert!(Pin::new(&mut second).poll(&mut context).is_pending());
    // Nothing of the message is made yet, so its place in the queue is all there is. Above some 1,030 bytes for the part in
    // a box, allocators leave their fast path, which calls would feel.
    assert!(second.size() <= 1100, "{} bytes", second.size());
}

#[test]
fn rates_must_make_sense() {
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, 1e10] {
        let error = builder(&fake(200, "{}")).rate_limit(rate).build().unwrap_err().to_string();
        assert!(error.starts_with("a rate limit of "), "{error}");
    }
    assert!(builder(&fake(200, "{}")).rate_limit(0.001).build().is_ok());
}
