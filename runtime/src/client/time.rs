//! Time, as the client sees it: injected, so that tests and other async runtimes bring their own.

use super::BoxFuture;
use super::wakers::Wakers;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

/// What the client asks of time.
pub trait Time: Send + Sync {
    /// What the calendar says: for signatures, and for when tokens end.
    fn now(&self) -> SystemTime;

    /// How long ago some fixed moment was; never goes back: for deadlines and rates.
    fn elapsed(&self) -> Duration;

    /// Is ready after a while. Dropping it ends the wait.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Does work in the background, where something is there to do it, such as an async runtime. Work that is given back
    /// is done by those who wait for it, and ends when the last of them is dropped.
    fn spawn(&self, work: BoxFuture<'static, ()>) -> Result<(), BoxFuture<'static, ()>> {
        Err(work)
    }
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

    fn spawn(&self, work: BoxFuture<'static, ()>) -> Result<(), BoxFuture<'static, ()>> {
        (**self).spawn(work)
    }
}

/// The system's clocks, and a timer that works in every async runtime: one thread wakes all that sleep, and ends when
/// nobody does. With the transport of feature `reqwest` the client uses tokio's timer instead.
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
        Box::pin(Sleep::new(duration))
    }
}

/// All that sleep in this process, and the thread that wakes them. It ends when nobody sleeps any more.
struct Sleepers {
    state: Mutex<State>,
    changed: Condvar,
}

type Key = (Instant, u64);

struct State {
    wakers: Wakers<Key>,
    last: u64,
    has_thread: bool,
}

static SLEEPERS: Sleepers = Sleepers {
    state: Mutex::new(State { wakers: Wakers::new(), last: 0, has_thread: false }),
    changed: Condvar::new(),
};

/// How long the thread stays when nobody sleeps.
const IDLE: Duration = Duration::from_secs(5);

/// For waits without an end.
const LONG: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

impl Sleepers {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes who is due. Nobody is woken, and no waker is dropped, while the lock is held: who knows what wakers do.
    fn run(&self) {
        let _running = Running(self);
        loop {
            let mut state = self.state();
            let now = Instant::now();
            let mut due = Vec::new();
            while let Some((first, _)) = state.wakers.first().filter(|((end, _), _)| *end <= now) {
                due.extend(state.wakers.remove(first));
            }
            if !due.is_empty() {
                drop(state);
                due.into_iter().for_each(Waker::wake);
                continue;
            }
            let next = state.wakers.first().map(|((end, _), _)| end.saturating_duration_since(now));
            let wait = self.changed.wait_timeout(state, next.unwrap_or(IDLE));
            let (mut state, timeout) = wait.unwrap_or_else(PoisonError::into_inner);
            if next.is_none() && timeout.timed_out() && state.wakers.is_empty() {
                state.has_thread = false;
                return;
            }
        }
    }
}

/// Tells when the thread ends, also by somebody's panic in a waker.
struct Running<'a>(&'a Sleepers);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.state().has_thread = false;
        }
    }
}

struct Sleep {
    end: Instant,
    key: Option<Key>,
}

impl Sleep {
    fn new(duration: Duration) -> Self {
        let now = Instant::now();
        Self { end: now.checked_add(duration.min(LONG)).unwrap_or(now), key: None }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.end {
            return Poll::Ready(());
        }
        let mut state = SLEEPERS.state();
        let end = self.end;
        let key = *self.key.get_or_insert_with(|| {
            state.last += 1;
            (end, state.last)
        });
        let old = state.wakers.set(key, context.waker().clone());
        let is_first = state.wakers.first().is_some_and(|(first, _)| first == key);
        let starts = !std::mem::replace(&mut state.has_thread, true);
        drop(state);
        drop(old);
        if starts {
            let thread = std::thread::Builder::new().name("migration-timer".to_owned());
            if thread.spawn(|| SLEEPERS.run()).is_err() {
                // No thread to be had: better to go on early than never.
                SLEEPERS.state().has_thread = false;
                return Poll::Ready(());
            }
        } else if is_first {
            SLEEPERS.changed.notify_all();
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            let waker = SLEEPERS.state().wakers.remove(key);
            drop(waker);
        }
    }
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

    #[tokio::test]
    async fn many_sleep_on_one_thread_and_wake_in_order() {
        let timer = SystemTimer::default();
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        // Far enough apart that a thread which has to wait for a processor changes nothing.
        for (index, milliseconds) in [300, 100, 200, 0].into_iter().enumerate() {
            let (sleep, sender) = (timer.sleep(Duration::from_millis(milliseconds)), sender.clone());
            tokio::spawn(async move {
                sleep.await;
                let _ = sender.send(index);
            });
        }
        let never: Vec<_> = (0..1000).map(|_| tokio::spawn(timer.sleep(Duration::MAX))).collect();
        let mut order = Vec::new();
        for _ in 0..4 {
            order.extend(receiver.recv().await);
        }
        assert_eq!(order, [3, 1, 2, 0]);
        assert!(never.iter().all(|sleep| !sleep.is_finished()));
    }
}
