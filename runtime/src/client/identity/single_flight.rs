//! One piece of work that several callers wait for.

use crate::client::{BoxFuture, Time};
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

pub(super) type Flight<T> = Shared<BoxFuture<'static, T>>;

/// Work under way.
///
/// It goes on when the caller that began it is dropped: in the background, or driven by the others who wait. Without a
/// background, it ends when the last of them is dropped.
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

    pub(super) fn begin(&mut self, work: BoxFuture<'static, T>, time: &dyn Time) -> Flight<T>
    where
        T: Send + Sync + 'static,
    {
        let flight = work.shared();
        self.0 = flight.downgrade();
        // Given back, it is dropped: the flight is there for those who wait.
        drop(time.spawn(Box::pin(flight.clone().map(drop))));
        flight
    }

    /// To be called by the work at its end: who comes later begins anew, whatever came of it.
    pub(super) fn end(&mut self) {
        self.0 = None;
    }
}
