//! Why a call failed.

use super::tried::Tried;
use super::{ApiError, ConfigError, CredentialsError, DeadlineError, TransportError, TransportErrorKind};
use crate::encode::EncodingError;
use crate::report::Report;
use http::StatusCode;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

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
    /// The call's deadline was reached in the middle of it. Holds why the attempt before failed.
    Deadline(Box<DeadlineError>),
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
            Self::Deadline(error) => Some(error.operation()),
        }
    }

    /// What the service said, if it refused; at a deadline, in the attempt before.
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Deadline(error) => error.last().and_then(Self::as_api),
            _ => None,
        }
    }

    /// The status of the answer, if there was one.
    pub fn http_status(&self) -> Option<StatusCode> {
        match self {
            Self::Transport(error) => error.http_status(),
            Self::Deadline(error) => error.last().and_then(Self::http_status),
            _ => self.as_api().map(ApiError::status),
        }
    }

    /// The service's error code, such as `DCS.4001`.
    pub fn code(&self) -> Option<&str> {
        self.as_api().and_then(ApiError::code)
    }

    /// What to tell the vendor's support, if the service said it.
    pub fn request_id(&self) -> Option<&str> {
        self.as_api().and_then(ApiError::request_id)
    }

    /// Whether too much was asked of the service: status 429, or the gateway's code `APIGW.0308`.
    pub fn is_throttled(&self) -> bool {
        self.as_api().is_some_and(ApiError::is_throttled)
    }

    /// Whether there is no such thing: status 404.
    pub fn is_not_found(&self) -> bool {
        self.as_api().is_some_and(|error| error.status() == StatusCode::NOT_FOUND)
    }

    /// Whether the service does not believe who is calling: status 401, or the gateway's code `APIGW.0301`. Who may not
    /// do what they ask for gets 403, which is not meant here.
    pub fn is_unauthorized(&self) -> bool {
        let refuses =
            |error: &ApiError| error.status() == StatusCode::UNAUTHORIZED || error.code() == Some("APIGW.0301");
        self.as_api().is_some_and(refuses)
    }

    /// Whether time ran out on this side: in the transport, of the last attempt, or of the call. A gateway's 504 is an
    /// answer.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.kind() == TransportErrorKind::Timeout,
            Self::Deadline(_) => true,
            _ => false,
        }
    }

    /// Whether the same call may succeed later, and does no harm if the service has acted on this one: the errors that a
    /// [`RetryPolicy`](super::RetryPolicy) tries again, and did in vain or would have with more time.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Deadline(error) => error.is_unsent() || error.tried.retryable,
            _ => self.tried().is_some_and(|tried| tried.retryable),
        }
    }

    /// How often sending was begun; 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.tried().map_or(0, |tried| tried.attempts)
    }

    /// From the first attempt to the end, waits included.
    pub fn elapsed(&self) -> Duration {
        self.tried().map_or(Duration::ZERO, |tried| tried.elapsed)
    }

    fn tried(&self) -> Option<&Tried> {
        match self {
            Self::Transport(error) => Some(&error.tried),
            Self::Api(error) => Some(&error.tried),
            Self::Deadline(error) => Some(&error.tried),
            Self::Invalid(_) | Self::Encoding(_) | Self::Config(_) | Self::Credentials(_) => None,
        }
    }

    pub(super) fn tried_mut(&mut self) -> Option<&mut Tried> {
        match self {
            Self::Transport(error) => Some(&mut error.tried),
            Self::Api(error) => Some(&mut error.tried),
            Self::Deadline(error) => Some(&mut error.tried),
            Self::Invalid(_) | Self::Encoding(_) | Self::Config(_) | Self::Credentials(_) => None,
        }
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
            Self::Deadline(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Config(error) => error.source(),
            Self::Credentials(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Deadline(error) => error.source(),
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
