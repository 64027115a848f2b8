//! Why a request was not signed.

use http::header::HeaderName;
use std::fmt;

/// A request cannot be signed. Never shows keys or header values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignError(Problem);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    AccessKey,
    SecretKey,
    HeaderText(&'static str),
    Host,
    NoHeader(HeaderName),
    Date,
    Clock,
    Scope,
}

impl From<Problem> for SignError {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Problem::AccessKey => {
                f.write_str("the access key must be visible ASCII characters without blanks and commas (value not shown)")
            }
            Problem::SecretKey => f.write_str("the secret key is empty"),
            Problem::HeaderText(what) => {
                write!(f, "the {what} is empty, or has characters that a header cannot hold (value not shown)")
            }
            Problem::Host => f.write_str("the request's URL has no host, and there is no `Host` header"),
            Problem::NoHeader(name) => write!(f, "header `{name}` should be signed, but the request has none"),
            Problem::Date => f.write_str("header `x-sdk-date` must look like 20240229T235959Z"),
            Problem::Clock => f.write_str("the clock is before year 0 or after year 9999"),
            Problem::Scope => f.write_str("region and service of a derived key must be visible ASCII characters without blanks, commas and slashes"),
        }
    }
}

impl std::error::Error for SignError {}
