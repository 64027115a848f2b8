//! Who is calling.

use super::endpoint::Endpoints;
use super::hidden::Hidden;
use super::{BoxFuture, Time, Transport};
use crate::secret::Secret;
use crate::service::ServiceInfo;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::request::Parts;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// What credentials may know of the call they authenticate.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct CallContext<'a> {
    /// The service that is called.
    pub service: &'static ServiceInfo,
    /// The client's region, if it was given one.
    pub region: Option<&'a str>,
    /// The project: the client's, or the one that was found for this call.
    pub project_id: Option<&'a str>,
    /// For dates, and for waiting.
    pub time: &'a Arc<dyn Time>,
    /// For credentials that have to ask somebody.
    pub transport: &'a Arc<dyn Transport>,
    /// The project that the client was given.
    pub(super) given_project_id: Option<&'a str>,
    pub(super) endpoints: &'a Arc<Endpoints>,
}

impl<'a> CallContext<'a> {
    /// The cloud, if the client was given it or it follows from the region.
    pub fn cloud(&self) -> Option<&'a str> {
        self.endpoints.cloud_of(self.service)
    }
}

/// An answer that may be the credentials' fault.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Rejection<'a> {
    /// Its status.
    pub status: http::StatusCode,
    /// Its headers.
    pub headers: &'a http::HeaderMap,
    /// The error code in its body, if one was read. As the service wrote it, like the message: either may repeat secrets.
    pub code: Option<&'a str>,
    /// The message in its body, if one was read.
    pub message: Option<&'a str>,
}

/// What credentials know of the project that calls are for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Project {
    /// It is this one.
    Id(Arc<str>),
    /// Nothing; services find out by what is sent to prove who is calling, as with tokens. It is looked up for paths that
    /// name it.
    Unknown,
    /// Nothing, and services have to be told in the header `X-Project-Id`, as with keys. It is looked up for all calls
    /// that find their service by region.
    Wanted,
}

/// Proves who is calling.
pub trait Credentials: Send + Sync {
    /// Authenticates a request. Called last, when nothing of it changes any more, for every attempt to send it.
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Parts,
        body: &'a Bytes,
        context: CallContext<'a>,
    ) -> BoxFuture<'a, Result<(), CredentialsError>>;

    /// Hears of an answer that refuses the call. `true` if another attempt would authenticate otherwise: with a new
    /// token, or with a corrected clock. It is asked once per call.
    fn rejected(&self, rejection: Rejection<'_>, context: CallContext<'_>) -> bool {
        let _ = (rejection, context);
        false
    }

    /// The project that these credentials are for. Asked for calls of clients that were given none.
    fn project<'a>(&'a self, context: CallContext<'a>) -> BoxFuture<'a, Result<Project, CredentialsError>> {
        let _ = context;
        Box::pin(std::future::ready(Ok(Project::Unknown)))
    }

    /// The token that will be sent, if it is a token and known by now: its documented limits are then checked.
    fn token(&self) -> Option<&Secret> {
        None
    }

    /// Shows every secret that authenticates a call, such as a token, or the key that it is signed with: asked when a call
    /// fails, so that they can be taken out of what the service says. [`token`](Self::token) unless told otherwise; if yours
    /// have other secrets, show each of them as it is. Must not wait.
    fn secrets(&self, context: CallContext<'_>, visit: &mut dyn FnMut(&str)) {
        let _ = context;
        self.token().map(Secret::expose).into_iter().for_each(visit);
    }
}

impl<T: Credentials + ?Sized> Credentials for Arc<T> {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Parts,
        body: &'a Bytes,
        context: CallContext<'a>,
    ) -> BoxFuture<'a, Result<(), CredentialsError>> {
        (**self).authenticate(request, body, context)
    }

    fn rejected(&self, rejection: Rejection<'_>, context: CallContext<'_>) -> bool {
        (**self).rejected(rejection, context)
    }

    fn project<'a>(&'a self, context: CallContext<'a>) -> BoxFuture<'a, Result<Project, CredentialsError>> {
        (**self).project(context)
    }

    fn token(&self) -> Option<&Secret> {
        (**self).token()
    }

    fn secrets(&self, context: CallContext<'_>, visit: &mut dyn FnMut(&str)) {
        (**self).secrets(context, visit);
    }
}

/// A token of the identity service, sent as `X-Auth-Token`. It is valid for 24 hours and not renewed.
#[derive(Clone, Debug)]
pub struct Token {
    token: Secret,
    /// Tokens are long, so that this is made once; `None` if no header can hold it.
    header: Option<HeaderValue>,
}

impl Token {
    /// A token as the identity service gave it.
    pub fn new(token: impl Into<Secret>) -> Self {
        let token = token.into();
        let mut header = HeaderValue::from_str(token.expose()).ok().filter(|header| !header.is_empty());
        if let Some(header) = &mut header {
            header.set_sensitive(true);
        }
        Self { token, header }
    }
}

const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

impl Credentials for Token {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Parts,
        _: &'a Bytes,
        _: CallContext<'a>,
    ) -> BoxFuture<'a, Result<(), CredentialsError>> {
        let done = match &self.header {
            Some(token) => {
                request.headers.insert(X_AUTH_TOKEN, token.clone());
                Ok(())
            }
            None => Err(CredentialsError::new("the token is empty, or has characters that a header cannot hold")),
        };
        Box::pin(std::future::ready(done))
    }

    fn token(&self) -> Option<&Secret> {
        Some(&self.token)
    }
}

/// A request could not be authenticated.
#[derive(Clone, Debug)]
pub struct CredentialsError {
    operation: Option<String>,
    is_refusal: bool,
    source: Arc<dyn StdError + Send + Sync>,
}

impl CredentialsError {
    /// An error of credentials. `source` should not show secrets. Where it shows one of the call all the same, the client
    /// keeps its text alone, with `***` in place of the secret.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { operation: None, is_refusal: false, source: Arc::from(source.into()) }
    }

    /// What proves who is calling was refused, such as a wrong password: asking again soon would be refused too, and may
    /// lock the account.
    pub fn refused(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(source).into_refusal()
    }

    pub(super) fn into_refusal(self) -> Self {
        Self { is_refusal: true, ..self }
    }

    /// Whether what proves who is calling was refused.
    pub fn is_refusal(&self) -> bool {
        self.is_refusal
    }

    pub(super) fn missing() -> Self {
        Self::new("it needs credentials, and the client has none; set `.credentials(..)` on the builder")
    }

    /// Takes the secrets of the call out of it.
    pub(super) fn hide(mut self, hidden: &Hidden) -> Self {
        if let Some(text) = hidden.error(&*self.source) {
            self.source = Arc::from(Box::<dyn StdError + Send + Sync>::from(text));
        }
        self
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

    pub(super) fn reason(&self) -> &dyn StdError {
        &*self.source
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
