//! What a look has shown.

use super::super::Response;
use std::fmt;
use std::time::Duration;

/// What a state means for those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Not there yet, and it goes on by itself.
    Going,
    /// What is waited for.
    Success,
    /// It ended otherwise.
    Failure,
    /// It does not go on by itself, but it can be resumed.
    Paused,
    /// A state that the documentation does not name, or none at all. It is waited on.
    Unknown,
    /// The answer is a list, and what is waited for is not in it. Three times in a row are an end.
    Missing,
}

impl Phase {
    fn word(self) -> &'static str {
        match self {
            Self::Going => "going",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Paused => "paused",
            Self::Unknown => "unknown",
            Self::Missing => "missing",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a look has shown: an item of [`Waiting::states`](super::Waiting::states).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Observed<T> {
    /// What the state means.
    pub phase: Phase,
    /// The state as the service writes it, if the answer has one.
    pub state: Option<String>,
    /// The whole answer.
    pub answer: Response<T>,
    /// How many looks there were so far, this one included, and those that failed.
    pub looks: u32,
    /// How many of them failed.
    pub failed_looks: u32,
    /// Since the first look began.
    pub elapsed: Duration,
}
