//! Why a wait ended otherwise.

use super::super::{Error, Response};
use crate::shorten::Shortened;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Why a wait ended otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitErrorKind {
    /// What is waited for failed: a state of [`Phase::Failure`](super::Phase::Failure).
    Failed,
    /// It does not go on by itself: a state of [`Phase::Paused`](super::Phase::Paused).
    Paused,
    /// It ended well, but not so that [`until`](super::Waiting::until) holds.
    Ended,
    /// The list does not have it, or not any more.
    Missing,
    /// The [deadline](super::Waiting::deadline) was reached. Waiting again goes on.
    Deadline,
    /// A look failed in a way that is not worth trying again, such as with status 404.
    Call,
}

impl WaitErrorKind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Paused => "paused",
            Self::Ended => "ended",
            Self::Missing => "missing",
            Self::Deadline => "deadline",
            Self::Call => "call",
        }
    }
}

/// What is known of a wait that ended.
pub(super) struct Facts {
    pub(super) operation: &'static str,
    pub(super) waiter: &'static str,
    pub(super) entry: Arc<str>,
    pub(super) state: Option<String>,
    pub(super) deadline: Duration,
    pub(super) looks: u32,
    pub(super) failed_looks: u32,
    pub(super) elapsed: Duration,
}

/// A wait ended otherwise than hoped for: in which [way](Self::kind), in which [state](Self::state), and with the last
/// [answer](Self::answer). Shows nothing of that answer but the state.
pub struct WaitError<T>(Box<Inner<T>>);

struct Inner<T> {
    kind: WaitErrorKind,
    facts: Facts,
    answer: Option<Response<T>>,
    error: Option<Error>,
}

impl<T> WaitError<T> {
    pub(super) fn new(kind: WaitErrorKind, facts: Facts, answer: Option<Response<T>>, error: Option<Error>) -> Self {
        Self(Box::new(Inner { kind, facts, answer, error }))
    }

    /// In which way the wait ended.
    pub fn kind(&self) -> WaitErrorKind {
        self.0.kind
    }

    /// The operation that was asked.
    pub fn operation(&self) -> &'static str {
        self.0.facts.operation
    }

    /// The waiter, as the spec calls it.
    pub fn waiter(&self) -> &'static str {
        self.0.facts.waiter
    }

    /// The state in the last answer, if there was one.
    pub fn state(&self) -> Option<&str> {
        self.0.facts.state.as_deref()
    }

    /// The last answer, if there was one.
    pub fn answer(&self) -> Option<&Response<T>> {
        self.0.answer.as_ref()
    }

    /// The last answer, without the rest.
    pub fn into_answer(self) -> Option<Response<T>> {
        self.0.answer
    }

    /// Why the last look failed, if it did.
    pub fn error(&self) -> Option<&Error> {
        self.0.error.as_ref()
    }

    /// How often was looked, failed looks included.
    pub fn looks(&self) -> u32 {
        self.0.facts.looks
    }

    /// How many looks failed.
    pub fn failed_looks(&self) -> u32 {
        self.0.facts.failed_looks
    }

    /// From the first look to the end.
    pub fn elapsed(&self) -> Duration {
        self.0.facts.elapsed
    }
}

/// The longest state or id that is shown, in characters.
const SHOWN: usize = 100;

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, facts, error, .. } = &*self.0;
        let state = Shortened(facts.state.as_deref().unwrap_or("unknown"), SHOWN);
        write!(f, "{}, waiting for {}: ", facts.operation, facts.waiter)?;
        match kind {
            WaitErrorKind::Failed => {
                write!(f, "it failed, in state {state}; `answer()` has what the service says of it")
            }
            WaitErrorKind::Paused => {
                write!(f, "it is paused, in state {state}, and does not go on by itself; resume it, then wait again")
            }
            WaitErrorKind::Ended => write!(f, "it ended in state {state}, but not so that `until` holds"),
            WaitErrorKind::Missing => {
                write!(f, "the list has no entry {:?}; check the id", Shortened(&facts.entry, SHOWN))
            }
            WaitErrorKind::Deadline => {
                let limit = facts.deadline.as_secs_f64();
                write!(f, "given up at the deadline of {limit:.1} s, in state {state}; wait again to go on")
            }
            WaitErrorKind::Call => f.write_str("a look failed"),
        }?;
        let looks = if facts.looks == 1 { "1 look" } else { &format!("{} looks", facts.looks) };
        write!(f, " (after {looks} in {:.1} s", facts.elapsed.as_secs_f64())?;
        match (kind, facts.failed_looks) {
            (WaitErrorKind::Call, _) | (_, 0) => f.write_str(")")?,
            (_, failed) => write!(f, ", {failed} of them failed)")?,
        }
        match error {
            Some(error) if *kind == WaitErrorKind::Call => write!(f, ": {error}"),
            Some(error) => write!(f, "; the last look: {error}"),
            None => Ok(()),
        }
    }
}

/// Without the body of the answer.
impl<T> fmt::Debug for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, facts, answer, error } = &*self.0;
        f.debug_struct("WaitError")
            .field("kind", kind)
            .field("operation", &facts.operation)
            .field("waiter", &facts.waiter)
            .field("state", &facts.state)
            .field("looks", &facts.looks)
            .field("failed_looks", &facts.failed_looks)
            .field("elapsed", &facts.elapsed)
            .field("answer", &answer.as_ref().map(Response::http_status))
            .field("error", error)
            .finish_non_exhaustive()
    }
}

impl<T> StdError for WaitError<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.error.as_ref().map(|error| error as _)
    }
}
