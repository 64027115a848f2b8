//! Where credentials may be, or not.

use super::{Environment, Identity, ProviderContext, error};
use crate::client::{BoxFuture, CredentialsError};
use std::io;
use std::path::Path;
use zeroize::Zeroizing;

/// What came of looking.
pub(super) enum Found {
    Identity(Identity),
    /// What was looked for, and where.
    Nothing(String),
}

impl Found {
    pub(super) fn or_else(self, nothing: impl FnOnce(&str) -> CredentialsError) -> Result<Identity, CredentialsError> {
        match self {
            Self::Identity(identity) => Ok(identity),
            Self::Nothing(looked) => Err(nothing(&looked)),
        }
    }
}

/// A place where credentials may be. Not being there is no failure; being there by half is one.
pub(super) trait Source: Send + Sync {
    fn find<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Found, CredentialsError>>;
}

/// The error of a source that is the only one.
pub(super) fn absent(looked: &str) -> CredentialsError {
    error(format!("no credentials were found: {looked}"))
}

/// Environment variables as text.
#[derive(Clone, Copy)]
pub(super) struct Variables<'a>(pub(super) &'a dyn Environment);

impl Variables<'_> {
    /// A variable that is set, and not empty.
    pub(super) fn get(self, name: &str) -> Result<Option<String>, CredentialsError> {
        match self.0.variable(name).map(std::ffi::OsString::into_string) {
            Some(Ok(text)) if text.is_empty() => Ok(None),
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(_)) => Err(error(format!("environment: {name} is not UTF-8"))),
            None => Ok(None),
        }
    }

    /// The first that is set, with its name.
    pub(super) fn any(self, names: &[&'static str]) -> Result<Option<(&'static str, String)>, CredentialsError> {
        for name in names {
            if let Some(value) = self.get(name)? {
                return Ok(Some((name, value)));
            }
        }
        Ok(None)
    }
}

/// A file's text, to be wiped; `None` if there is no such file.
pub(super) fn read(
    environment: &dyn Environment,
    source: &str,
    path: &Path,
) -> Result<Option<Zeroizing<String>>, CredentialsError> {
    match environment.read(path) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(problem) => Err(error(format!("{source}: {} cannot be read: {}", path.display(), problem.kind()))),
    }
}
