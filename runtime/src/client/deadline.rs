//! Bounding how long things take.

use super::tried::Tried;
use super::{Error, Time};
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

/// Waits for `future`, but no longer than `limit`. No timer is started for what is ready at once.
pub(super) async fn within<F: Future>(mut future: Pin<&mut F>, limit: Duration, time: &dyn Time) -> Option<F::Output> {
    let mut timer = None;
    std::future::poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        timer.get_or_insert_with(|| time.sleep(limit)).as_mut().poll(context).map(|()| None)
    })
    .await
}

/// A call was given up because its [deadline](super::ClientBuilder::deadline) was reached.
#[derive(Debug)]
pub struct DeadlineError {
    pub(super) operation: String,
    pub(super) deadline: Duration,
    /// Whether an attempt was under way.
    pub(super) under_way: bool,
    pub(super) tried: Tried,
    pub(super) last: Option<Error>,
}

impl DeadlineError {
    /// The operation that was called.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// How long the call could take.
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Why the attempt before failed, if there was one.
    pub fn last(&self) -> Option<&Error> {
        self.last.as_ref()
    }

    /// Whether the service has surely not acted on the request.
    pub fn is_unsent(&self) -> bool {
        !self.under_way && !self.tried.seen
    }
}

impl fmt::Display for DeadlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: given up at its deadline, after {:.1} s", self.operation, self.deadline.as_secs_f64())?;
        let attempts = self.tried.attempts;
        if self.under_way {
            write!(f, ", in attempt {attempts}")?;
        } else {
            write!(f, ", before attempt {}", attempts.saturating_add(1))?;
        }
        let may = if self.is_unsent() { "has not acted on" } else { "may have seen" };
        write!(f, "; the service {may} the request")?;
        match &self.last {
            Some(last) => write!(f, "; the attempt before: {last}"),
            None => Ok(()),
        }
    }
}

impl StdError for DeadlineError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.last.as_ref().map(|last| last as _)
    }
}
