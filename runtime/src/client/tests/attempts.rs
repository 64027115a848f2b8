//! What is tried again, how often, and after which waits.

use super::script::{Script, Step};
use super::*;
use Step::{Answer, Broken, Fails, Slow, With};
use TransportErrorKind::{Connect, Other, Timeout};
use std::time::Duration;

/// Awaits a raw call in virtual time.
fn run(script: &Arc<Script>, client: &Client, idempotent: bool) -> Result<Response<Json>, Error> {
    script.time.run_one(client.raw(&SERVICE, "POST", "/x").idempotent(idempotent).send())
}

const OK: Step = Answer(200, "{}");
const THROTTLED: Step = Answer(429, r#"{"error_code":"APIGW.0308","error_msg":"slow","request_id":"rid"}"#);

/// Steps, whether idempotent; then requests, waits in milliseconds, and the status at the end (0: no answer).
type Row = (&'static [Step], bool, usize, &'static [u128], u16);

#[test]
fn what_is_tried_again_and_when() {
    let table: &[Row] = &[
        (&[OK], false, 1, &[], 200),
        (&[Fails(Connect), OK], false, 2, &[100], 200),
        (&[Fails(Connect)], false, 3, &[100, 200], 0),
        (&[THROTTLED, OK], false, 2, &[100], 200),
        (&[THROTTLED], false, 3, &[100, 200], 429),
        (&[Answer(403, r#"{"error_code":"APIGW.0308","error_msg":"m"}"#), OK], false, 2, &[100], 200),
        (&[Answer(502, ""), OK], true, 2, &[100], 200),
        (&[Answer(503, ""), OK], true, 2, &[100], 200),
        (&[Answer(504, ""), Answer(502, ""), OK], true, 3, &[100, 200], 200),
        (&[Answer(503, ""), OK], false, 1, &[], 503),
        (&[Answer(500, ""), OK], true, 1, &[], 500),
        (&[Answer(404, ""), OK], true, 1, &[], 404),
        (&[Answer(301, ""), OK], true, 1, &[], 301),
        (&[Fails(Timeout), OK], true, 2, &[100], 200),
        (&[Fails(Timeout), OK], false, 1, &[], 0),
        (&[Fails(Other), OK], true, 2, &[100], 200),
        (&[Fails(Other), OK], false, 1, &[], 0),
        (&[Fails(TransportErrorKind::Request), OK], true, 1, &[], 0),
        (&[Broken, OK], true, 2, &[100], 200),
        (&[Broken, OK], false, 1, &[], 200),
        (&[With(429, "retry-after", "7"), OK], false, 2, &[7000], 200),
        (&[With(429, "retry-after", "0"), OK], false, 2, &[100], 200),
        (&[With(429, "retry-after", "Sun, 06 Nov 1994 08:49:40 GMT"), OK], false, 2, &[3000], 200),
        (&[With(503, "retry-after", "2"), OK], true, 2, &[2000], 200),
        (&[With(503, "retry-after", "2"), OK], false, 1, &[], 503),
        (&[With(429, "retry-after", "soon"), OK], false, 2, &[100], 200),
        (&[With(429, "retry-after", "301"), OK], false, 1, &[], 429),
        (&[With(429, "retry-after", "99999999999999999999"), OK], false, 1, &[], 429),
    ];
    for (row, (steps, idempotent, requests, waits, status)) in table.iter().enumerate() {
        let script = Script::new(steps);
        let client = script.client().build().unwrap();
        let result = run(&script, &client, *idempotent);
        assert_eq!((script.seen(), &*script.time.waits()), (*requests, *waits), "row {row}: {result:?}");
        match result {
            Ok(response) => assert_eq!(response.http_status().as_u16(), *status, "row {row}"),
            Err(error) => {
                assert_eq!(error.http_status().map_or(0, |status| status.as_u16()), *status, "row {row}: {error}");
                assert_eq!(error.attempts() as usize, *requests, "row {row}: {error}");
            }
        }
        assert_eq!(script.time.sleepers(), 0, "row {row}");
    }
}

#[test]
fn an_error_tells_all_there_is_to_know() {
    let script = Script::new(&[THROTTLED]);
    let error = run(&script, &script.client().build().unwrap(), false).unwrap_err();
    assert_eq!(
        error.to_string(),
        "dcs POST /x: the service answered 429 Too Many Requests, APIGW.0308: slow (request rid) (after 3 attempts in 0.3 s)"
    );
    assert_eq!((error.code(), error.request_id(), error.attempts()), (Some("APIGW.0308"), Some("rid"), 3));
    assert!(error.is_throttled() && error.is_retryable() && !error.is_timeout() && !error.is_not_found());
    assert_eq!(error.elapsed(), Duration::from_millis(300));

    for (step, expected) in [
        (Answer(404, ""), [false, true, false, false, false]),
        (Answer(401, ""), [false, false, true, false, false]),
        (Answer(403, ""), [false; 5]),
        (Answer(503, ""), [false; 5]),
        (Fails(Timeout), [false, false, false, true, false]),
        (Fails(Connect), [false, false, false, false, true]),
    ] {
        let script = Script::new(&[step]);
        let error = run(&script, &script.client().build().unwrap(), false).unwrap_err();
        let told = [
            error.is_throttled(),
            error.is_not_found(),
            error.is_unauthorized(),
            error.is_timeout(),
            error.is_retryable(),
        ];
        assert_eq!(told, expected, "{error}");
    }
}

#[test]
fn unsent_is_said_only_if_no_attempt_was_seen() {
    let script = Script::new(&[Fails(Other), Fails(Connect)]);
    let error = run(&script, &script.client().build().unwrap(), true).unwrap_err();
    let Error::Transport(error) = error else { panic!("{error}") };
    assert!(!error.is_unsent() && error.to_string().contains("; the service may have seen the request"), "{error}");
}

#[test]
fn a_wait_that_the_deadline_leaves_no_time_for_is_not_begun() {
    let script = Script::new(&[With(429, "retry-after", "11"), OK]);
    let error = run(&script, &script.client().deadline(Duration::from_secs(11)).build().unwrap(), false).unwrap_err();
    assert!(
        error.to_string().ends_with("; not tried again: the deadline leaves no time to wait 11.0 s")
            && error.is_throttled(),
        "{error}"
    );
    assert_eq!(script.time.elapsed(), Duration::ZERO);
}

#[test]
fn the_deadline_ends_a_call_and_keeps_the_last_error() {
    let script = Script::new(&[Answer(503, r#"{"code":"A.1","message":"m"}"#), Slow(60_000)]);
    let client = script.client().deadline(Duration::from_secs(2)).build().unwrap();
    let error = run(&script, &client, true).unwrap_err();
    assert_eq!(
        error.to_string(),
        "dcs POST /x: given up at its deadline, after 2.0 s, in attempt 2; the service may have seen the request; \
         the attempt before: dcs POST /x: the service answered 503 Service Unavailable, A.1: m"
    );
    assert_eq!((error.attempts(), error.code(), error.elapsed()), (2, Some("A.1"), Duration::from_secs(2)));
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!((script.seen(), script.time.sleepers()), (2, 0));

    let script = Script::new(&[Slow(60_000)]);
    let error = run(&script, &script.client().deadline(Duration::from_secs(2)).build().unwrap(), false).unwrap_err();
    assert!(!error.is_retryable() && error.code().is_none() && error.attempts() == 1, "{error}");
}

#[test]
fn an_attempt_has_its_own_timeout() {
    for (slow, idempotent, requests, good) in [
        (Slow(1001), true, 2, true),
        (Step::SlowBody(1001), true, 2, true),
        (Slow(999), false, 1, true),
        (Slow(1001), false, 1, false),
    ] {
        let script = Script::new(&[slow, OK]);
        let client = script.client().attempt_timeout(Duration::from_secs(1)).build().unwrap();
        let result = run(&script, &client, idempotent);
        assert_eq!((script.seen(), result.is_ok(), script.time.sleepers()), (requests, good, 0));
        if let Err(error) = result {
            assert!(error.is_timeout(), "{error}");
            assert_eq!(
                error.to_string(),
                "dcs POST /x: time ran out; the service may have seen the request: the attempt took longer than 1.0 s"
            );
        }
    }
}

#[test]
fn a_refusal_whose_body_does_not_come_is_still_one() {
    let script = Script::new(&[Step::SlowBodyOf(429, 60_000), Step::SlowBodyOf(404, 60_000)]);
    let client = script.client().attempt_timeout(Duration::from_secs(1)).build().unwrap();
    let error = run(&script, &client, false).unwrap_err();
    assert!(error.is_not_found() && error.attempts() == 2 && script.time.sleepers() == 0, "{error}");

    let script = Script::new(&[Step::SlowBody(60_000)]);
    let client = script.client().attempt_timeout(Duration::from_secs(1)).build().unwrap();
    let error = run(&script, &client, false).unwrap_err();
    assert_eq!((error.is_timeout(), error.http_status()), (true, Some(http::StatusCode::OK)), "{error}");
}

#[test]
fn an_empty_budget_ends_retries_for_all_calls() {
    let script = Script::new(&[Answer(503, "")]);
    let policy = RetryPolicy::default().budget(12).jitter(|| 0.0);
    let client = script.client().retry(policy).build().unwrap();
    let seen: Vec<_> = (0..3).map(|_| (run(&script, &client, true).is_err(), script.seen()).1).collect();
    assert_eq!(seen, [3, 4, 5]);
    let error = run(&script, &client, true).unwrap_err();
    assert!(error.to_string().ends_with("; not tried again: the client's retry budget is spent"), "{error}");
    // Three successes make two tokens five.
    script.steps.lock().unwrap()[0] = OK;
    assert!((0..3).all(|_| run(&script, &client, true).is_ok()));
    script.steps.lock().unwrap()[0] = Answer(503, "");
    let before = script.seen();
    run(&script, &client, true).unwrap_err();
    assert_eq!(script.seen() - before, 2);
}

#[test]
fn policies_are_obeyed() {
    for (policy, requests) in
        [(RetryPolicy::none(), 1), (RetryPolicy::default().attempts(0), 1), (RetryPolicy::default().attempts(7), 7)]
    {
        let script = Script::new(&[Answer(503, "")]);
        run(&script, &script.client().retry(policy).build().unwrap(), true).unwrap_err();
        assert_eq!(script.seen(), requests);
    }
    for (method, requests) in [("GET", 3), ("HEAD", 3), ("PUT", 1), ("DELETE", 1), ("POST", 1)] {
        let script = Script::new(&[Answer(503, "")]);
        let client = script.client().build().unwrap();
        script.time.run_one(client.raw(&SERVICE, method, "/x").send()).unwrap_err();
        assert_eq!(script.seen(), requests, "{method}");
    }
    // An operation says itself what it is: this one is not idempotent.
    let script = Script::new(&[Answer(503, "")]);
    let client = script.client().build().unwrap();
    script.time.run_one(client.send(&SetTask::new("a"))).unwrap_err();
    assert_eq!(script.seen(), 1);
}

#[test]
fn dropping_a_call_ends_its_work_wherever_it_is() {
    // Until it is polled that often, a call is at a different place each time: first attempt, wait, second attempt, body.
    for stops in 0..5 {
        let script = Script::new(&[Slow(10), Answer(503, ""), Step::SlowBody(20), OK]);
        script.steps.lock().unwrap()[0] = Fails(Connect);
        let client = script.client().attempt_timeout(Duration::from_secs(5)).max_in_flight(1).build().unwrap();
        let mut sending = Box::pin(client.raw(&SERVICE, "GET", "/x").send());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        for _ in 0..stops {
            if sending.as_mut().poll(&mut context).is_pending() {
                script.time.pass();
            }
        }
        let seen = script.seen();
        drop(sending);
        assert_eq!((script.time.sleepers(), script.seen()), (0, seen), "{stops}");
        // Nobody holds the only place any more.
        *script.steps.lock().unwrap() = [OK].into();
        assert!(run(&script, &client, false).is_ok());
    }
}
