//! The states of a wait, as they are seen.

use super::watch::{End, Turn, Watch};
use super::{Observed, WaitError, WaitErrorKind};
use futures_util::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What each look shows; see [`Waiting::states`](super::Waiting::states).
#[must_use = "nothing is asked before the first state is awaited"]
pub struct States<'a, T> {
    watch: Watch<'a, T>,
    /// What follows the last state, if it is none that is waited for.
    behind: Option<End>,
}

/// Nothing in it is pinned.
impl<T> Unpin for States<'_, T> {}

type Item<T> = Result<Observed<T>, WaitError<T>>;

impl<'a, T: Clone> States<'a, T> {
    pub(super) fn new(watch: Watch<'a, T>) -> Self {
        Self { watch, behind: None }
    }

    /// The next state; `None` after the end.
    pub async fn next(&mut self) -> Option<Result<Observed<T>, WaitError<T>>> {
        poll_fn(|context| self.poll_state(context)).await
    }

    /// The next state; `None` after an end that was waited for.
    pub async fn try_next(&mut self) -> Result<Option<Observed<T>>, WaitError<T>> {
        self.next().await.transpose()
    }

    fn poll_state(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<T>>> {
        if let Some(end) = self.behind.take() {
            return Poll::Ready(self.watch.result(end).err().map(Err));
        }
        self.watch.poll(context).map(|turn| {
            match turn {
                Turn::Over => return None,
                // No answer brought these about.
                Turn::Ended(end @ Err(WaitErrorKind::Deadline | WaitErrorKind::Call)) => {
                    return self.watch.result(end).err().map(Err);
                }
                Turn::Ended(end) => self.behind = Some(end).filter(Result::is_err),
                Turn::Going => {}
            }
            self.watch.observed().map(Ok)
        })
    }
}

impl<T: Clone> Stream for States<'_, T> {
    type Item = Item<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_state(context)
    }
}
