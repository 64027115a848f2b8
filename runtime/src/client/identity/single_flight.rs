//! One piece of work that several callers wait for.

use crate::client::BoxFuture;
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

pub(super) type Flight<T> = Shared<BoxFuture<'static, T>>;

/// Work under way, for as long as somebody waits for it.
///
/// Whoever waits drives it, so it needs no runtime to be spawned on, and goes on when the caller that began it is
/// dropped. When the last one is dropped, so is the work.
pub(super) struct SingleFlight<T: Clone>(Option<WeakShared<BoxFuture<'static, T>>>);

impl<T: Clone> Default for SingleFlight<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone> SingleFlight<T> {
    /// What is under way.
    pub(super) fn current(&self) -> Option<Flight<T>> {
        self.0.as_ref().and_then(WeakShared::upgrade)
    }

    pub(super) fn begin(&mut self, work: BoxFuture<'static, T>) -> Flight<T> {
        let flight = work.shared();
        self.0 = flight.downgrade();
        flight
    }

    /// To be called by the work at its end: who comes later begins anew, whatever came of it.
    pub(super) fn end(&mut self) {
        self.0 = None;
    }
}
