//! Why a call failed.

use super::{ApiError, ConfigError, CredentialsError, TransportError};
use crate::encode::EncodingError;
use crate::report::Report;
use std::error::Error as StdError;
use std::fmt;

/// Why a call failed. No variant shows a secret.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request violates what is documented; nothing was sent. Holds warnings too.
    Invalid(Report),
    /// The request cannot be sent safely, whatever the pages say; nothing was sent.
    Encoding(EncodingError),
    /// The client does not know where the service is; nothing was sent.
    Config(ConfigError),
    /// The request could not be authenticated; nothing was sent.
    Credentials(CredentialsError),
    /// The request or its answer was not carried.
    Transport(TransportError),
    /// The service refused: its answer is not a success.
    Api(Box<ApiError>),
}

impl Error {
    /// The operation that was called.
    pub fn operation(&self) -> Option<&str> {
        match self {
            Self::Invalid(report) => Some(report.operation()),
            Self::Encoding(error) => Some(error.operation()),
            Self::Config(error) => error.operation(),
            Self::Credentials(error) => error.operation(),
            Self::Transport(error) => error.operation(),
            Self::Api(error) => Some(error.operation()),
        }
    }

    /// What the service said, if it refused.
    pub fn as_api(&self) -> Option<&ApiError> {
        if let Self::Api(error) = self { Some(error) } else { None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(report) => {
                write!(
                    f,
                    "{report}\n  not sent; if a page is wrong, `without_checks()` on the request sends it all the same"
                )
            }
            Self::Encoding(error) => error.fmt(f),
            Self::Config(error) => error.fmt(f),
            Self::Credentials(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Config(error) => error.source(),
            Self::Credentials(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Invalid(_) | Self::Encoding(_) | Self::Api(_) => None,
        }
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<EncodingError> for Error {
    fn from(error: EncodingError) -> Self {
        Self::Encoding(error)
    }
}
