//! Who is calling.

use super::BoxFuture;
use crate::secret::Secret;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::request::Parts;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// Proves who is calling.
pub trait Credentials: Send + Sync {
    /// Authenticates a request. Called last, when nothing of it changes any more, for every attempt to send it.
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Parts,
        body: &'a Bytes,
    ) -> BoxFuture<'a, Result<(), CredentialsError>>;

    /// The token that will be sent, if it is a token and known by now: its documented limits are then checked.
    fn token(&self) -> Option<&Secret> {
        None
    }
}

impl<T: Credentials + ?Sized> Credentials for Arc<T> {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Parts,
        body: &'a Bytes,
    ) -> BoxFuture<'a, Result<(), CredentialsError>> {
        (**self).authenticate(request, body)
    }

    fn token(&self) -> Option<&Secret> {
        (**self).token()
    }
}

/// A token of the identity service, sent as `X-Auth-Token`. It is valid for 24 hours and not renewed.
#[derive(Clone, Debug)]
pub struct Token(Secret);

impl Token {
    /// A token as the identity service gave it.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self(token.into())
    }
}

const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

impl Credentials for Token {
    fn authenticate<'a>(&'a self, request: &'a mut Parts, _: &'a Bytes) -> BoxFuture<'a, Result<(), CredentialsError>> {
        let token = match HeaderValue::from_str(self.0.expose()) {
            Ok(token) if !token.is_empty() => Ok(token),
            _ => Err(CredentialsError::new("the token is empty, or has characters that a header cannot hold")),
        };
        let done = token.map(|mut token| {
            token.set_sensitive(true);
            request.headers.insert(X_AUTH_TOKEN, token);
        });
        Box::pin(std::future::ready(done))
    }

    fn token(&self) -> Option<&Secret> {
        Some(&self.0)
    }
}

/// A request could not be authenticated.
#[derive(Debug)]
pub struct CredentialsError {
    operation: Option<String>,
    source: Box<dyn StdError + Send + Sync>,
}

impl CredentialsError {
    /// An error of credentials. `source` must not show secrets.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { operation: None, source: source.into() }
    }

    pub(super) fn missing() -> Self {
        Self::new("it needs credentials, and the client has none; set `.credentials(..)` on the builder")
    }

    /// Names the operation.
    pub(super) fn during(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// The operation that was called.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation.as_deref().unwrap_or("request");
        write!(f, "{operation}: not sent, not authenticated: {}", self.source)
    }
}

impl StdError for CredentialsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}
