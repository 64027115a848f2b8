//! Time, as the client sees it: injected, so that tests and other async runtimes bring their own.

use super::BoxFuture;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

/// What the client asks of time.
pub trait Time: Send + Sync {
    /// What the calendar says: for signatures, and for when tokens end.
    fn now(&self) -> SystemTime;

    /// How long ago some fixed moment was; never goes back: for deadlines and rates.
    fn elapsed(&self) -> Duration;

    /// Is ready after a while. Dropping it ends the wait.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

impl<T: Time + ?Sized> Time for Arc<T> {
    fn now(&self) -> SystemTime {
        (**self).now()
    }

    fn elapsed(&self) -> Duration {
        (**self).elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }
}

/// The system's clocks. Sleeping takes a thread for as long as it lasts, so it works in every async runtime; with feature
/// `reqwest` the client uses tokio's timer instead.
#[derive(Clone, Copy, Debug)]
pub struct SystemTimer {
    start: Instant,
}

impl Default for SystemTimer {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Time for SystemTimer {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(sleep_on_thread(duration))
    }
}

/// Whether the time is over or the sleeper was dropped, and who waits.
#[derive(Default)]
struct Alarm {
    state: Mutex<(bool, Option<Waker>)>,
    dropped: Condvar,
}

impl Alarm {
    fn state(&self) -> std::sync::MutexGuard<'_, (bool, Option<Waker>)> {
        // Nothing panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the thread go when the sleeper is dropped.
struct Sleeper(Arc<Alarm>);

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.0.state().0 = true;
        self.0.dropped.notify_all();
    }
}

async fn sleep_on_thread(duration: Duration) {
    let sleeper = Sleeper(Arc::default());
    let alarm = Arc::clone(&sleeper.0);
    let spawned = std::thread::Builder::new().name("migration-timer".to_owned()).spawn(move || {
        let state = alarm.state();
        let wait = alarm.dropped.wait_timeout_while(state, duration, |(over, _)| !*over);
        let (mut state, _) = wait.unwrap_or_else(PoisonError::into_inner);
        state.0 = true;
        let waker = state.1.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    if spawned.is_err() {
        // No thread to be had: better to go on early than never.
        return;
    }
    std::future::poll_fn(|context| {
        let mut state = sleeper.0.state();
        if state.0 {
            Poll::Ready(())
        } else {
            state.1 = Some(context.waker().clone());
            Poll::Pending
        }
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sleeping_takes_its_time_and_can_be_dropped() {
        let timer = SystemTimer::default();
        let end = timer.elapsed() + Duration::from_millis(20);
        timer.sleep(Duration::from_millis(20)).await;
        assert!(timer.elapsed() >= end);

        let mut long = timer.sleep(Duration::from_secs(3600));
        let first = std::future::poll_fn(|context| Poll::Ready(long.as_mut().poll(context).is_ready())).await;
        assert!(!first);
        drop(long);
    }
}
