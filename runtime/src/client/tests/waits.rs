//! Waiting until a state is reached.

use super::flow::{ListTasks, ShowTask, Shown, Status, Tasks};
use super::script::{Script, Step};
use super::traces::traced;
use super::*;
use Step::{Answer, Fails, Slow};
use std::task::Poll;
use std::time::Duration;

const RUNNING: Step = Answer(200, r#"{"status":1,"progress":0.5}"#);
const DONE: Step = Answer(200, r#"{"status":2,"progress":1,"password":"hunter2"}"#);
const FAILED: Step = Answer(200, r#"{"status":"3","password":"hunter2"}"#);
const STOPPED: Step = Answer(200, r#"{"status":4}"#);
const UNKNOWN: Step = Answer(200, r#"{"status":99}"#);
const EMPTY: Step = Answer(200, "{}");
const BUSY: Step = Answer(503, r#"{"error_code":"A.1","error_msg":"busy"}"#);
const GONE: Step = Answer(404, r#"{"error_code":"A.2","error_msg":"none"}"#);

type Waited = Result<Response<Shown>, WaitError<Shown>>;

/// What happens to a wait, with looks that are tried once.
fn run(steps: &[Step], set: impl FnOnce(Waiting<'_, Shown>) -> Waiting<'_, Shown>) -> (Waited, Arc<Script>) {
    let script = Script::new(steps);
    let policy = RetryPolicy::none().jitter(|| 1.0);
    let client = script.client().retry(policy).build().unwrap();
    let request = ShowTask::default();
    let result = script.time.run_one(set(client.wait_for(&request, ShowTask::WAIT_FOR_TASK)).into_future());
    assert_eq!(script.time.sleepers(), 0);
    (result, script)
}

/// Steps, a deadline in seconds; then the waits in milliseconds, and how it ends.
type Row = (&'static [Step], Option<u64>, &'static [u128], Option<WaitErrorKind>);

#[test]
fn what_ends_a_wait_and_when() {
    let seconds = |seconds| Duration::from_secs(seconds);
    let table: &[Row] = &[
        (&[DONE], None, &[], None),
        (&[RUNNING, RUNNING, RUNNING, RUNNING, DONE], None, &[4000, 6000, 9000, 9000], None),
        (&[RUNNING, FAILED], None, &[4000], Some(WaitErrorKind::Failed)),
        (&[RUNNING, STOPPED], None, &[4000], Some(WaitErrorKind::Paused)),
        (&[UNKNOWN, EMPTY, RUNNING, DONE], None, &[4000, 6000, 9000], None),
        (&[BUSY, Fails(TransportErrorKind::Connect), RUNNING, BUSY, DONE], None, &[4000, 6000, 9000, 9000], None),
        (&[GONE], None, &[], Some(WaitErrorKind::Call)),
        (&[RUNNING, GONE], None, &[4000], Some(WaitErrorKind::Call)),
        (&[Fails(TransportErrorKind::Request)], None, &[], Some(WaitErrorKind::Call)),
        // The last look begins a second before the deadline.
        (&[RUNNING], Some(12), &[4000, 6000, 1000], Some(WaitErrorKind::Deadline)),
        (&[RUNNING, RUNNING, RUNNING, DONE], Some(12), &[4000, 6000, 1000], None),
        (&[RUNNING], Some(0), &[], Some(WaitErrorKind::Deadline)),
        (&[DONE], Some(0), &[], None),
        (&[BUSY], Some(5), &[4000], Some(WaitErrorKind::Deadline)),
        // What is slept for is the deadline.
        (&[Slow(20_000)], Some(5), &[5000], Some(WaitErrorKind::Deadline)),
    ];
    for (row, (steps, deadline, waits, end)) in table.iter().enumerate() {
        let (result, script) = run(steps, |waiting| match deadline {
            Some(deadline) => waiting.deadline(seconds(*deadline)),
            None => waiting,
        });
        assert_eq!(script.time.waits(), *waits, "row {row}");
        let (seen, looks) = if matches!(steps, [Slow(_)]) { (1, 0) } else { (waits.len() + 1, waits.len() + 1) };
        assert_eq!(script.seen(), seen, "row {row}");
        let kind = result.as_ref().err().map(WaitError::kind);
        assert_eq!(kind, *end, "row {row}: {result:?}");
        match &result {
            Ok(answer) => assert_eq!(answer.body().status, Some(Status::Done), "row {row}"),
            Err(error) => assert_eq!(error.looks() as usize, looks, "row {row}"),
        }
    }
}

#[test]
fn errors_say_what_was_seen_and_what_to_do() {
    let table: &[(&[Step], &str)] = &[
        (
            &[RUNNING, FAILED],
            "ShowTask, waiting for task: it failed, in state 3; `answer()` has what the service says of it \
             (after 2 looks in 4.0 s)",
        ),
        (
            &[STOPPED],
            "ShowTask, waiting for task: it is paused, in state 4, and does not go on by itself; resume it, then wait \
             again (after 1 look in 0.0 s)",
        ),
        (
            &[RUNNING, BUSY, GONE],
            "ShowTask, waiting for task: a look failed (after 3 looks in 10.0 s): \
             ShowTask: the service answered 404 Not Found, A.2: none",
        ),
        (
            &[UNKNOWN, BUSY],
            "ShowTask, waiting for task: given up at the deadline of 12.0 s, in state 99; wait again to go on \
             (after 4 looks in 11.0 s, 3 of them failed); the last look: \
             ShowTask: the service answered 503 Service Unavailable, A.1: busy",
        ),
        (
            &[Slow(60_000)],
            "ShowTask, waiting for task: given up at the deadline of 12.0 s, in state unknown; wait again to go on \
             (after 0 looks in 12.0 s)",
        ),
    ];
    for (steps, expected) in table {
        let (result, _) = run(steps, |waiting| waiting.deadline(Duration::from_secs(12)));
        let error = result.unwrap_err();
        assert_eq!(error.to_string(), *expected);
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }

    let (result, _) = run(&[RUNNING, FAILED], |waiting| waiting);
    let error = result.unwrap_err();
    assert_eq!((error.operation(), error.waiter(), error.state()), ("ShowTask", "task", Some("3")));
    assert_eq!((error.looks(), error.failed_looks(), error.elapsed()), (2, 0, Duration::from_secs(4)));
    assert!(std::error::Error::source(&error).is_none());
    assert_eq!(error.answer().unwrap().body().status, Some(Status::Failed));
    assert_eq!(error.into_answer().unwrap().raw(), br#"{"status":"3","password":"hunter2"}"#);

    // An answer before the look that failed is kept.
    let (result, _) = run(&[RUNNING, GONE], |waiting| waiting);
    let error = result.unwrap_err();
    assert!(error.error().is_some_and(Error::is_not_found) && std::error::Error::source(&error).is_some());
    assert_eq!(error.answer().unwrap().body().status, Some(Status::Running));
}

#[test]
fn callers_wait_for_what_they_want() {
    let half = |answer: &Response<Shown>| answer.body().progress() >= 0.5;
    for (steps, end) in [
        (&[EMPTY, STOPPED, RUNNING][..], None),
        (&[STOPPED, DONE], None),
        (&[EMPTY, FAILED], Some(WaitErrorKind::Failed)),
        (&[EMPTY, Answer(200, r#"{"status":2}"#)], Some(WaitErrorKind::Ended)),
        (&[Answer(200, r#"{"status":3,"progress":1}"#)], None),
    ] {
        let (result, _) = run(steps, |waiting| waiting.until(half));
        assert_eq!(result.as_ref().err().map(WaitError::kind), end, "{result:?}");
    }
    let (result, _) = run(&[Answer(200, r#"{"status":2}"#)], |waiting| waiting.until(|_| false));
    assert!(result.unwrap_err().to_string().contains("it ended in state 2, but not so that `until` holds"));

    let (_, script) = run(&[RUNNING, RUNNING, RUNNING, DONE], |waiting| {
        waiting.interval(Duration::from_millis(100), Duration::from_millis(150))
    });
    assert_eq!(script.time.waits(), [100, 150, 150]);
}

#[test]
fn a_state_may_be_anywhere_in_an_answer() {
    let script = Script::new(&[EMPTY, Answer(200, r#"{"clone":{}}"#), Answer(200, r#"{"clone":{"state":"DONE"}}"#)]);
    let (client, request) = (script.client().build().unwrap(), ShowTask::default());
    let waiting = client.wait_for(&request, ShowTask::WAIT_FOR_CLONE);
    assert!(script.time.run_one(waiting.into_future()).is_ok());
    assert_eq!(script.seen(), 3);
}

/// Entries that have an id, and their state as `count`: of the answer's type `Task`.
fn entries(steps: &[Step], waiter: Waiter<ListTasks>) -> (Result<Response<Tasks>, WaitError<Tasks>>, Vec<String>) {
    let script = Script::new(steps);
    let (client, request) = (script.client().build().unwrap(), ListTasks::default());
    let result = script.time.run_one(client.wait_for(&request, waiter).entry("b\n").into_future());
    let sent = script.sent.lock().unwrap().iter().map(|sent| sent.uri().query().unwrap_or("").to_owned()).collect();
    (result, sent)
}

#[test]
fn an_entry_of_a_list_is_waited_for() {
    let without = Answer(200, r#"{"tasks":[{"id":"a","count":2}]}"#);
    let going = Answer(200, r#"{"tasks":[{"id":"a","count":2},{"id":"b\n","count":1}]}"#);
    let done = Answer(200, r#"{"tasks":[{"id":"a"},{"id":"b\n","count":2}]}"#);
    let waiter = ListTasks::WAIT_ON_PAGE;
    let (result, sent) = entries(&[without, without, going, without, EMPTY, done], waiter);
    assert!(result.is_ok() && sent.len() == 6, "{result:?}");
    // Three times in a row.
    let (result, sent) = entries(&[without, going, without, EMPTY, without], waiter);
    let error = result.unwrap_err();
    assert_eq!((error.kind(), sent.len()), (WaitErrorKind::Missing, 5));
    assert!(error.to_string().contains(r#"the list has no entry "b\n"; check the id"#), "{error}");
}

#[test]
fn an_entry_is_looked_for_on_all_pages() {
    let first = Answer(200, r#"{"tasks":[{"id":"a"}],"count":2}"#);
    let second = Answer(200, r#"{"tasks":[{"id":"b\n","count":2}],"count":2}"#);
    let going = Answer(200, r#"{"tasks":[{"id":"b\n","count":1}],"count":2}"#);
    let (result, sent) = entries(&[first, going, first, second], ListTasks::WAIT_FOR_ENTRY);
    assert_eq!(result.unwrap().body().tasks.as_ref().unwrap()[0].count, Some(2));
    assert_eq!(sent, ["", "offset=1", "", "offset=1"]);
    // What is found on the first page needs no other.
    let (result, sent) = entries(&[going, second], ListTasks::WAIT_FOR_ENTRY);
    assert!(result.is_ok() && sent == ["", ""], "{sent:?}");
    let (result, _) = entries(&[Answer(200, r#"{"tasks":[{"id":"a"}],"count":1}"#)], ListTasks::WAIT_FOR_ENTRY);
    assert_eq!(result.unwrap_err().kind(), WaitErrorKind::Missing);
}

/// Phase, state, looks, those that failed, and seconds.
type Seen = (Phase, Option<String>, u32, u32, u64);

/// What the states of a wait show, and how it ends.
fn states(steps: &[Step]) -> (Vec<Seen>, Option<WaitErrorKind>) {
    let script = Script::new(steps);
    let client = script.client().retry(RetryPolicy::none().jitter(|| 1.0)).build().unwrap();
    let request = ShowTask::default();
    let mut states = client.wait_for(&request, ShowTask::WAIT_FOR_TASK).deadline(Duration::from_secs(30)).states();
    script.time.run_one(async {
        let mut all = Vec::new();
        let end = loop {
            match states.try_next().await {
                Ok(Some(seen)) => {
                    all.push((seen.phase, seen.state, seen.looks, seen.failed_looks, seen.elapsed.as_secs()));
                }
                Ok(None) => break None,
                Err(error) => break Some(error.kind()),
            }
        };
        assert!(states.next().await.is_none() && states.next().await.is_none());
        (all, end)
    })
}

#[test]
fn states_show_progress_and_end_as_the_wait_does() {
    let state = |text: &str| Some(text.to_owned());
    assert_eq!(
        states(&[RUNNING, BUSY, UNKNOWN, EMPTY, DONE]),
        (
            vec![
                (Phase::Going, state("1"), 1, 0, 0),
                (Phase::Unknown, state("99"), 3, 1, 10),
                (Phase::Unknown, None, 4, 1, 19),
                (Phase::Success, state("2"), 5, 1, 28),
            ],
            None
        )
    );
    assert_eq!(states(&[FAILED]), (vec![(Phase::Failure, state("3"), 1, 0, 0)], Some(WaitErrorKind::Failed)));
    let (all, end) = states(&[RUNNING, GONE]);
    assert_eq!((all.len(), end), (1, Some(WaitErrorKind::Call)));
    let (all, end) = states(&[RUNNING]);
    assert_eq!((all.len(), end), (6, Some(WaitErrorKind::Deadline)));
}

#[test]
fn a_state_that_is_not_awaited_to_the_end_is_not_lost() {
    let script = Script::new(&[Slow(10_000), DONE]);
    let client = script.client().build().unwrap();
    let request = ShowTask::default();
    let mut states = client.wait_for(&request, ShowTask::WAIT_FOR_TASK).states();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut shown = Vec::new();
    for _ in 0..20 {
        // Each `next` is polled once and dropped.
        match std::pin::pin!(states.next()).as_mut().poll(&mut context) {
            Poll::Pending => script.time.pass(),
            Poll::Ready(None) => break,
            Poll::Ready(Some(seen)) => shown.push(seen.unwrap().phase),
        }
    }
    assert_eq!((shown, script.seen()), (vec![Phase::Unknown, Phase::Success], 2));
    // Nor does anything go on behind a wait that is dropped, wherever it is.
    for polls in 0..4 {
        let script = Script::new(&[Slow(10), RUNNING, Slow(20)]);
        let client = script.client().build().unwrap();
        let mut waiting =
            client.wait_for(&request, ShowTask::WAIT_FOR_TASK).deadline(Duration::from_secs(99)).into_future();
        for _ in 0..polls {
            assert!(waiting.as_mut().poll(&mut context).is_pending());
            script.time.pass();
        }
        let seen = script.seen();
        drop(waiting);
        assert_eq!((script.time.sleepers(), script.seen()), (0, seen), "{polls}");
    }
}

#[test]
fn waits_are_traced_without_the_answer() {
    let log = traced(|| {
        run(&[UNKNOWN, UNKNOWN, BUSY, EMPTY, Answer(200, r#"{"status":"9\u001b"}"#), DONE], |waiting| waiting)
            .0
            .unwrap();
    });
    let wait = &log.named("wait")[0];
    let told = (&*wait["operation"], &*wait["waiter"], &*wait["looks"], &*wait["outcome"]);
    assert_eq!(told, ("ShowTask", "task", "6", "success"));
    let events = log.named("event");
    let with = |message: &str| events.iter().filter(|event| event["message"].starts_with(message)).collect::<Vec<_>>();
    let unknown: Vec<_> = with("a state that").iter().map(|event| event.get("state").map(String::as_str)).collect();
    assert_eq!(unknown, [Some("99"), None, Some(r"9\u{1b}")]);
    let failed = with("a look failed");
    assert_eq!((failed.len(), &*failed[0]["error.type"], &*failed[0]["looks"]), (1, "503", "3"));
    assert!(!format!("{events:?}").contains("hunter2"));
}

#[test]
fn waits_can_go_to_other_threads() {
    fn sendable<T: Send>(value: T) -> T {
        value
    }
    let script = Script::new(&[DONE]);
    let (client, request) = (script.client().build().unwrap(), ShowTask::default());
    let waiting = sendable(client.wait_for(&request, ShowTask::WAIT_FOR_TASK));
    let error = script.time.run_one(sendable(waiting.until(|_| false).into_future())).unwrap_err();
    let error: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert!(error.to_string().contains("waiting for task"));
    drop(sendable(client.wait_for(&request, ShowTask::WAIT_FOR_TASK).states()));
    assert!(format!("{:?}", ShowTask::WAIT_FOR_TASK).contains("success: [\"2\"]"));
}
