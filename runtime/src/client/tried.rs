//! What was tried before a call failed.

use super::CredentialsError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What was tried before a call failed.
#[derive(Clone, Debug, Default)]
pub(super) struct Tried {
    /// How often the request was sent, or its sending begun.
    pub(super) attempts: u32,
    /// From the first attempt to the end, waits included.
    pub(super) elapsed: Duration,
    /// Whether it is of a kind that is tried again.
    pub(super) retryable: bool,
    /// Whether the service may have acted on an earlier attempt.
    pub(super) seen: bool,
    /// Why it was not tried again, if there were attempts left.
    pub(super) stopped: Option<Stopped>,
}

/// Why something is not tried again that might be.
#[derive(Clone, Debug)]
pub(super) enum Stopped {
    Budget,
    /// The wait that was due.
    Deadline(Duration),
    Credentials(Arc<CredentialsError>),
}

/// What follows an error's message: nothing when there is nothing to add.
impl fmt::Display for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.attempts > 1 {
            write!(f, " (after {} attempts in {:.1} s)", self.attempts, self.elapsed.as_secs_f64())?;
        }
        match &self.stopped {
            None => Ok(()),
            Some(Stopped::Budget) => f.write_str("; not tried again: the client's retry budget is spent"),
            Some(Stopped::Deadline(wait)) => {
                write!(f, "; not tried again: the deadline leaves no time to wait {:.1} s", wait.as_secs_f64())
            }
            Some(Stopped::Credentials(error)) => write!(f, "; not tried again: {}", error.reason()),
        }
    }
}
