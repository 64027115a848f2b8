//! Why a task could not run, and how one that ran ended.

use std::fmt;
use std::io;
use std::path::Path;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// How a task that could run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Exit code 0.
    Good,
    /// Exit code 1.
    Findings,
}

/// What kept a task from running: what, where, and what to do. Exit code 2.
#[derive(Debug)]
pub(crate) struct Error {
    message: String,
    help: Option<String>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// `cannot WHAT PATH: why`.
    pub(crate) fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot {what} `{}`: {error}", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        match &self.help {
            Some(help) => writeln!(f, "help: {help}"),
            None => Ok(()),
        }
    }
}
