//! Time that passes only when everybody waits for it, and a small executor that finds wake-ups that got lost.

use super::super::{BoxFuture, Time};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, SystemTime};

/// The tests' calendar: Sun, 06 Nov 1994 08:49:37 GMT.
pub(in crate::client) const START: u64 = 784_111_777;

#[derive(Default)]
pub(in crate::client) struct State {
    now: Duration,
    last: u64,
    sleepers: BTreeMap<(Duration, u64), Option<Waker>>,
    /// What was slept for, in order.
    waits: Vec<Duration>,
}

#[derive(Clone, Default)]
pub(in crate::client) struct VirtualTime(Arc<Mutex<State>>);

impl VirtualTime {
    pub(in crate::client) fn sleepers(&self) -> usize {
        self.0.lock().unwrap().sleepers.len()
    }

    /// The waits that ended, in milliseconds.
    pub(in crate::client) fn waits(&self) -> Vec<u128> {
        self.0.lock().unwrap().waits.iter().map(Duration::as_millis).collect()
    }

    /// Lets time pass to the next moment that somebody waits for.
    pub(in crate::client) fn pass(&self) {
        let mut state = self.0.lock().unwrap();
        let next = state.sleepers.keys().next().expect("everybody waits, and nobody for time").0;
        state.now = state.now.max(next);
        let wakers: Vec<_> = state.sleepers.range(..=(next, u64::MAX)).filter_map(|(_, waker)| waker.clone()).collect();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Runs to the end, and gives the moment when each ended.
    pub(in crate::client) fn run<F: Future + ?Sized>(&self, futures: Vec<Pin<Box<F>>>) -> Vec<(F::Output, Duration)> {
        let mut tasks: Vec<_> =
            futures.into_iter().map(|future| (Arc::new(Flag(AtomicBool::new(true))), Some(future), None)).collect();
        loop {
            let mut progress = false;
            for (flag, future, output) in &mut tasks {
                if flag.0.swap(false, Ordering::Relaxed)
                    && let Some(running) = future
                {
                    progress = true;
                    if let Poll::Ready(ready) = running.as_mut().poll(&mut Context::from_waker(&flag.clone().into())) {
                        (*future, *output) = (None, Some((ready, self.elapsed())));
                    }
                }
            }
            if tasks.iter().all(|(_, future, _)| future.is_none()) {
                return tasks.into_iter().filter_map(|(_, _, output)| output).collect();
            }
            if !progress {
                self.pass();
            }
        }
    }

    pub(in crate::client) fn run_one<F: Future>(&self, future: F) -> F::Output {
        self.run(vec![Box::pin(future)]).remove(0).0
    }
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Time for VirtualTime {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(START) + self.elapsed()
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.0.lock().unwrap();
        state.last += 1;
        let key = (state.now.saturating_add(duration), state.last);
        state.sleepers.insert(key, None);
        Box::pin(Sleep { state: Arc::clone(&self.0), key, duration })
    }
}

struct Sleep {
    state: Arc<Mutex<State>>,
    key: (Duration, u64),
    duration: Duration,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.lock().unwrap();
        if state.now < self.key.0 {
            state.sleepers.insert(self.key, Some(context.waker().clone()));
            return Poll::Pending;
        }
        if state.sleepers.remove(&self.key).is_some() {
            state.waits.push(self.duration);
        }
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.state.lock().unwrap().sleepers.remove(&self.key);
    }
}
