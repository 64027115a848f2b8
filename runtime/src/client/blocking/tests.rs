use super::*;
use std::cell::RefCell;
use std::time::Duration;
use tokio::runtime::Runtime;

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn multi_thread() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// A future that another thread completes.
fn later(milliseconds: u64) -> super::super::BoxFuture<'static, &'static str> {
    use super::super::{SystemTimer, Time};
    Box::pin(async move {
        SystemTimer::default().sleep(Duration::from_millis(milliseconds)).await;
        "done"
    })
}

#[test]
fn waits_where_no_task_runs_and_refuses_where_one_does() {
    let try_wait = || wait(later(1)).map_err(|problem| problem.to_string());
    let done = Ok("done");
    let refused = Err(Problem::InTask.to_string());
    assert_eq!(try_wait(), done);
    for runtime in [current_thread(), multi_thread()] {
        let is_multi = runtime.handle().runtime_flavor() == tokio::runtime::RuntimeFlavor::MultiThread;
        // The root task, twice: looking does not use up what the task may do.
        assert_eq!(runtime.block_on(async { [try_wait(), try_wait()] }), [refused.clone(), refused.clone()]);
        assert_eq!(runtime.block_on(async { tokio::spawn(async move { try_wait() }).await.unwrap() }), refused);
        let local = tokio::task::LocalSet::new();
        assert_eq!(local.block_on(&runtime, async { try_wait() }), refused);
        assert_eq!(runtime.block_on(async { tokio::task::spawn_blocking(try_wait).await.unwrap() }), done);
        let inner = move || Handle::current().block_on(async move { try_wait() });
        assert_eq!(runtime.block_on(async { tokio::task::spawn_blocking(inner).await.unwrap() }), refused);
        if is_multi {
            assert_eq!(runtime.block_on(async { tokio::task::block_in_place(try_wait) }), done);
        }
        let _entered = runtime.enter();
        assert_eq!(try_wait(), done);
    }
}

#[test]
fn looking_for_a_task_takes_none_of_its_budget() {
    current_thread().block_on(async {
        let steps = || {
            let mut context = Context::from_waker(Waker::noop());
            let mut taken = Vec::new();
            while let Poll::Ready(step) = poll_proceed(&mut context) {
                taken.push(step);
            }
            let count = taken.len();
            // Each gives back what was there before it.
            while taken.pop().is_some() {}
            count
        };
        let before = steps();
        assert!(runs_task() && before > 1);
        assert_eq!(steps(), before);
    });
}

#[test]
fn errors_say_what_to_do() {
    let cases = [
        (Problem::InTask, "use `.await`, or call it in `tokio::task::spawn_blocking`"),
        (Problem::ThreadEnds, "call it before the thread ends"),
        (Problem::Forked, "make the first call after forking"),
        (
            Problem::NotStarted(io::Error::other("no threads left")),
            "could not start the thread that serves connections: no",
        ),
    ];
    for (problem, expected) in cases {
        let error = Error::from(ConfigError::new(config_error::Problem::Blocking(problem)).during("SetTask"));
        let text = error.to_string();
        assert!(text.starts_with("SetTask: `.wait()` ") && text.contains(expected), "{text}");
        assert_eq!((error.operation(), error.attempts()), (Some("SetTask"), 0));
    }
}

#[test]
fn a_forked_process_is_told_so() {
    let background = background().unwrap();
    assert!(background.check(std::process::id()).is_ok());
    assert!(matches!(background.check(std::process::id() ^ 1), Err(Problem::Forked)));
}

#[test]
fn a_panic_is_its_callers_own() {
    let panicking = std::thread::spawn(|| wait(Box::pin(async { panic!("expected") })).map(|(): ()| ()));
    let others: Vec<_> = (0..8).map(|_| std::thread::spawn(|| wait(later(20)).unwrap())).collect();
    assert!(panicking.join().is_err());
    assert!(others.into_iter().all(|other| other.join().unwrap() == "done"));
    assert_eq!(wait(later(1)).unwrap(), "done");
}

#[test]
fn wake_ups_are_not_lost_to_others_who_park() {
    let mut polls = 0;
    let future = std::future::poll_fn(move |context| {
        polls += 1;
        if polls > 1 {
            return Poll::Ready(polls);
        }
        context.waker().wake_by_ref();
        // Takes the thread's own wake-up away.
        thread::park_timeout(Duration::from_millis(1));
        Poll::Pending
    });
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(wait(Box::pin(future)).unwrap()).unwrap());
    assert_eq!(receiver.recv_timeout(Duration::from_secs(10)), Ok(2));
}

#[test]
fn a_thread_that_ends_does_not_panic() {
    struct WaitsAtTheEnd;
    impl Drop for WaitsAtTheEnd {
        fn drop(&mut self) {
            // A panic here would end the process.
            let result = wait(later(1));
            assert!(matches!(result, Ok("done") | Err(Problem::ThreadEnds)), "{result:?}");
        }
    }
    thread_local!(static LAST: RefCell<Option<WaitsAtTheEnd>> = const { RefCell::new(None) });
    for early in [true, false] {
        let ends = std::thread::spawn(move || {
            let keep = || LAST.with(|last| *last.borrow_mut() = Some(WaitsAtTheEnd));
            if early {
                keep();
            }
            wait(later(1)).unwrap();
            if !early {
                keep();
            }
        });
        ends.join().unwrap();
    }
}

#[cfg(feature = "reqwest")]
mod over_reqwest {
    use super::*;
    use crate::Json;
    use crate::client::tests::origin::Origin;
    use crate::client::{Client, ReqwestTransport, RetryPolicy, Token};
    use crate::service::ServiceInfo;

    static SERVICE: ServiceInfo = ServiceInfo { id: "dcs", title: "t", endpoints: &[], clouds: &[] };

    fn client(origin: &Origin) -> Client {
        let http = ::reqwest::Client::builder().no_proxy().build().unwrap();
        let builder = Client::builder().base_url(&*origin.url).credentials(Token::new("t"));
        builder.transport(ReqwestTransport::from(http)).retry(RetryPolicy::none()).build().unwrap()
    }

    fn call(client: &Client) -> Sending<'_, Json> {
        client.raw(&SERVICE, "GET", "/x").send()
    }

    #[test]
    fn one_call_and_many_at_once() {
        let origin = Origin::start();
        let client = client(&origin);
        assert_eq!(call(&client).wait().unwrap().http_status(), 200);
        std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..16).map(|_| scope.spawn(|| call(&client).wait().unwrap().http_status())).collect();
            assert!(threads.into_iter().all(|thread| thread.join().unwrap() == 200));
        });
        assert_eq!(origin.heads().len(), 17);
    }

    #[test]
    fn connections_outlive_calls_and_are_shared_with_async_callers() {
        let origin = Origin::start();
        let client = client(&origin);
        for _ in 0..3 {
            call(&client).wait().unwrap();
        }
        for runtime in [current_thread(), multi_thread()] {
            runtime.block_on(call(&client)).unwrap();
        }
        call(&client).wait().unwrap();
        assert_eq!(origin.heads().len(), 6);
        // One of them may not be idle again in time.
        assert!(origin.connections() < 6);
    }

    #[test]
    fn a_client_of_a_runtime_that_is_gone_still_works() {
        let origin = Origin::start();
        let client = client(&origin);
        for runtime in [current_thread(), multi_thread()] {
            runtime.block_on(call(&client)).unwrap();
            drop(runtime);
            call(&client).wait().unwrap();
        }
        assert_eq!(origin.heads().len(), 4);
    }

    #[test]
    fn blocking_and_async_calls_run_at_the_same_time() {
        let origin = Origin::start();
        let client = client(&origin);
        multi_thread().block_on(async {
            let calls = (0..8).map(|index| {
                let client = client.clone();
                async move {
                    if index % 2 == 0 {
                        return call(&client).await.unwrap().http_status();
                    }
                    tokio::task::spawn_blocking(move || call(&client).wait().unwrap().http_status()).await.unwrap()
                }
            });
            let calls: Vec<_> = calls.map(tokio::spawn).collect();
            for call in calls {
                assert_eq!(call.await.unwrap(), 200);
            }
        });
        assert_eq!(origin.heads().len(), 8);
    }

    #[test]
    fn in_a_task_nothing_is_sent() {
        let origin = Origin::start();
        let client = client(&origin);
        for runtime in [current_thread(), multi_thread()] {
            let error = runtime.block_on(async { call(&client).wait().unwrap_err() });
            assert!(matches!(error, Error::Config(_)), "{error:?}");
            assert_eq!(error.operation(), Some("dcs GET /x"));
        }
        assert_eq!(origin.heads(), [""; 0]);
    }
}
