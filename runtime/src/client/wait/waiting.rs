//! A wait being put together.

use super::super::{BoxFuture, Client, Response};
use super::interval::Interval;
use super::waiter;
use super::watch::{Turn, Watch};
use super::{Coming, StateOf, States, WaitError, Waiter};
use crate::request::Request;
use std::future::{IntoFuture, poll_fn};
use std::sync::Arc;
use std::time::Duration;

/// A wait. Await it for the answer that ends it well, or follow its [`states`](Self::states); drop it to give up.
///
/// It asks at once, then again after the waiter's first interval, and less and less often: each wait is half as long
/// again as the one before, up to the longest, less up to a quarter by chance (the
/// [`jitter`](super::super::RetryPolicy::jitter) of the client's retry policy). A look that fails in a way that is worth
/// trying again ([`Error::is_retryable`](super::super::Error::is_retryable), after the client's own retries) is traced and
/// counted, and the wait goes on. Without a [`deadline`](Self::deadline) it goes on for as long as it takes.
///
/// A state that the documentation does not name is waited on, and traced as a warning once; see
/// [`Phase`](super::Phase) for the others. A failure, a pause, and anything else that ends the wait is a [`WaitError`].
///
/// ```
/// # use huaweicloud_migration_runtime::client::{WaitError, Waiting};
/// # use std::time::Duration;
/// # async fn show<T: Clone + Send + 'static>(waiting: impl Fn() -> Waiting<'static, T>) -> Result<(), WaitError<T>> {
/// # let (wait_for_task, wait_for_same_task) = (&waiting, &waiting);
/// // Such as `client.oms().wait_for_task(&ShowTask::new(id))`.
/// let answer = wait_for_task().deadline(Duration::from_secs(3600)).await?;
///
/// // Or with its progress.
/// let mut states = wait_for_same_task().states();
/// while let Some(seen) = states.try_next().await? {
///     println!("{}: {:?} after {:?}", seen.phase, seen.state, seen.elapsed);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is asked before the result is awaited"]
pub struct Waiting<'a, T> {
    pub(super) client: &'a Client,
    ask: Box<dyn Fn(Arc<str>) -> Coming<'a, T> + Send + 'a>,
    pub(super) operation: &'static str,
    pub(super) id: &'static str,
    pub(super) state: StateOf<T>,
    pub(super) meanings: waiter::States,
    pub(super) entry: Arc<str>,
    pub(super) interval: Interval,
    pub(super) deadline: Option<Duration>,
    pub(super) until: Option<Until<'a, T>>,
}

/// What a caller waits for.
type Until<'a, T> = Box<dyn Fn(&Response<T>) -> bool + Send + 'a>;

impl<'a, T> Waiting<'a, T> {
    pub(in super::super) fn new<R: Request<Output = T>>(client: &'a Client, request: &'a R, waiter: Waiter<R>) -> Self
    where
        T: 'a,
    {
        let Waiter { id, state, states, first, longest, look } = waiter;
        Self {
            client,
            ask: Box::new(move |entry| look(client, request, state, entry)),
            operation: R::INFO.name,
            id,
            state,
            meanings: states,
            entry: Arc::from(""),
            interval: Interval::new(first, longest),
            deadline: None,
            until: None,
        }
    }

    pub(super) fn ask(&self) -> Coming<'a, T> {
        (self.ask)(Arc::clone(&self.entry))
    }

    /// Which entry is meant, by its id, where the answer is a list.
    pub fn entry(mut self, id: impl Into<String>) -> Self {
        self.entry = Arc::from(id.into());
        self
    }

    /// How long to wait after the first look, and how long at most; at least a millisecond. What the waiter says unless set.
    pub fn interval(mut self, first: Duration, longest: Duration) -> Self {
        self.interval = Interval::new(first, longest);
        self
    }

    /// How long the wait may take in all; without end unless set. There is always a first look. A look under way at the
    /// deadline is given up, and the last one begins early enough to be answered, if that is within a second.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Waits until this holds of an answer, whatever its state, instead of for success. A pause is then waited on; success
    /// and failure without it are errors still: after them nothing changes any more.
    pub fn until(mut self, holds: impl Fn(&Response<T>) -> bool + Send + 'a) -> Self {
        self.until = Some(Box::new(holds));
        self
    }

    /// What each look shows, for those who display progress. The stream ends after what ends the wait; if that is none
    /// that is waited for, with an error behind it. `next()` may be dropped at any time: the stream goes on where it was.
    pub fn states(self) -> States<'a, T>
    where
        T: Clone,
    {
        States::new(Watch::new(self))
    }
}

impl<'a, T: Send + 'a> IntoFuture for Waiting<'a, T> {
    type Output = Result<Response<T>, WaitError<T>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let mut watch = Watch::new(self);
        Box::pin(async move {
            loop {
                if let Turn::Ended(end) = poll_fn(|context| watch.poll(context)).await {
                    return watch.result(end);
                }
            }
        })
    }
}
