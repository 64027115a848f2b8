//! Variables and files: injected, so that tests and sandboxes bring their own.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// What credentials and endpoints see of the machine they run on.
pub trait Environment: Send + Sync {
    /// An environment variable.
    fn variable(&self, name: &str) -> Option<OsString>;

    /// The user's home directory.
    fn home(&self) -> Option<PathBuf>;

    /// The text of a file. A path that does not begin at the root begins in the working directory.
    fn read(&self, path: &Path) -> io::Result<String>;
}

/// The process's own variables, and the machine's files.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn variable(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name)
    }

    fn home(&self) -> Option<PathBuf> {
        std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
    }

    fn read(&self, path: &Path) -> io::Result<String> {
        std::fs::read_to_string(path)
    }
}

/// Nothing: for programs that must be the same on every machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoEnvironment;

impl Environment for NoEnvironment {
    fn variable(&self, _: &str) -> Option<OsString> {
        None
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn read(&self, _: &Path) -> io::Result<String> {
        Err(io::ErrorKind::NotFound.into())
    }
}

#[cfg(test)]
pub(in crate::client) mod fake;
