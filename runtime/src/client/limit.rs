//! Holding calls back: so many a second, so many at a time.

use super::wakers::Wakers;
use super::{BoxFuture, Time};
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How far late wake-ups are caught up with. Timers wake to the millisecond at best.
const SLACK: Duration = Duration::from_millis(20);

/// A queue, first come, first served. Only the first in it watches the clock.
pub(super) struct Limiter {
    /// Between two requests; zero for no such limit.
    interval: Duration,
    most: usize,
    state: Mutex<State>,
}

struct State {
    /// By ticket.
    waiting: Wakers<u64>,
    last_ticket: u64,
    /// When the next request may leave.
    next: Duration,
    in_flight: usize,
}

impl Limiter {
    pub(super) fn new(interval: Option<Duration>, most: Option<usize>) -> Self {
        let state = State { waiting: Wakers::new(), last_ticket: 0, next: Duration::ZERO, in_flight: 0 };
        Self {
            interval: interval.unwrap_or_default(),
            most: most.unwrap_or(usize::MAX).max(1),
            state: Mutex::new(state),
        }
    }

    /// Waits for its turn.
    pub(super) fn admit<'a>(&'a self, time: &'a dyn Time) -> Admission<'a> {
        Admission { limiter: self, time, ticket: None, timer: None }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Who is to be woken: not while the lock is held, since nobody knows what wakers do.
    fn first(&self) -> Option<Waker> {
        self.waiting.first().map(|(_, waker)| waker.clone())
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// Waiting for one's turn. Dropping it gives up the place.
pub(super) struct Admission<'a> {
    limiter: &'a Limiter,
    time: &'a dyn Time,
    ticket: Option<u64>,
    timer: Option<BoxFuture<'static, ()>>,
}

impl<'a> Future for Admission<'a> {
    type Output = Permit<'a>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Permit<'a>> {
        let this = &mut *self;
        loop {
            let mut state = this.limiter.state();
            let is_first = match this.ticket {
                Some(ticket) => state.waiting.first().is_some_and(|(first, _)| first == ticket),
                None => state.waiting.is_empty(),
            };
            let now = this.time.elapsed();
            let early = state.next.saturating_sub(now);
            if is_first && state.in_flight < this.limiter.most && early.is_zero() {
                state.in_flight += 1;
                if !this.limiter.interval.is_zero() {
                    state.next = state.next.max(now.saturating_sub(SLACK)).saturating_add(this.limiter.interval);
                }
                let own = this.ticket.take().and_then(|ticket| state.waiting.remove(ticket));
                let first = state.first();
                drop(state);
                drop(own);
                wake(first);
                return Poll::Ready(Permit(this.limiter));
            }
            let ticket = *this.ticket.get_or_insert_with(|| {
                state.last_ticket += 1;
                state.last_ticket
            });
            let old = state.waiting.set(ticket, context.waker().clone());
            let in_vain = !is_first || state.in_flight >= this.limiter.most;
            drop(state);
            drop(old);
            if in_vain {
                this.timer = None;
                return Poll::Pending;
            }
            let timer = this.timer.get_or_insert_with(|| this.time.sleep(early));
            if timer.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            this.timer = None;
        }
    }
}

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            let mut state = self.limiter.state();
            let own = state.waiting.remove(ticket);
            let first = state.first();
            drop(state);
            drop(own);
            wake(first);
        }
    }
}

/// Leave to have one request in flight, until it is dropped.
pub(super) struct Permit<'a>(&'a Limiter);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.in_flight = state.in_flight.saturating_sub(1);
        let first = state.first();
        drop(state);
        wake(first);
    }
}

#[cfg(test)]
mod tests;
