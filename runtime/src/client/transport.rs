//! What carries requests.

use super::Time;
use super::hidden::Hidden;
use super::tried::Tried;
use crate::shorten::Clean;
use bytes::Bytes;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests to the service. Bring your own to use another HTTP library, to record traffic, or to test.
///
/// A transport sends what it is given: it follows no redirects, since a redirected request would carry credentials to
/// wherever the answer says, and it does not retry.
pub trait Transport: Send + Sync {
    /// Sends a request and gives the head of the answer; its body is read as it comes.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>>;

    /// The clock and timer that go with this transport, for clients that are given no other. Unless told otherwise they
    /// use [`SystemTimer`](super::SystemTimer), which works everywhere.
    fn time(&self) -> Option<Arc<dyn Time>> {
        None
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        (**self).send(request)
    }

    fn time(&self) -> Option<Arc<dyn Time>> {
        (**self).time()
    }
}

/// The body of an answer, as it comes.
pub trait BodyStream: Send {
    /// The next piece; `None` at the end.
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>>;

    /// Whether it is known, without waiting for anything, that nothing more comes. It need not be told: then one more
    /// [`chunk`](Self::chunk) is asked for.
    fn is_end(&self) -> bool {
        false
    }
}

/// A body that is there at once, for transports that do not stream.
#[derive(Clone, Default)]
pub struct FullBody(Option<Bytes>);

impl FullBody {
    /// A body of these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self(Some(bytes.into()))
    }
}

impl BodyStream for FullBody {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        let bytes = self.0.take();
        Box::pin(std::future::ready(Ok(bytes)))
    }

    fn is_end(&self) -> bool {
        self.0.is_none()
    }
}

/// Only how long it is: answers can hold secrets.
impl fmt::Debug for FullBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FullBody({} bytes)", self.0.as_ref().map_or(0, Bytes::len))
    }
}

/// When a transport failed, and so whether the service may have acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made: the service has not seen the request.
    Connect,
    /// Time ran out; the service may have acted.
    Timeout,
    /// The request could not be made into a message; the service has not seen it.
    Request,
    /// The answer broke off; the service has most likely acted.
    Answer,
    /// The answer's body is larger than the client takes; the service has most likely acted.
    TooLarge,
    /// Anything else; the service may have acted.
    Other,
}

/// A request could not be carried, or its answer not be received.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    operation: Option<String>,
    status: Option<http::StatusCode>,
    pub(super) tried: Tried,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// An error of a transport. `source` should not show secrets: no header values, no URL with a query. Where it shows one of
    /// the call all the same, the client keeps its text alone, with `***` in place of the secret.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, operation: None, status: None, tried: Tried::default(), source: source.into() }
    }

    /// Takes the secrets of the call out of it.
    pub(super) fn hide(mut self, hidden: &Hidden) -> Self {
        if let Some(text) = hidden.error(&*self.source) {
            self.source = text.into();
        }
        self
    }

    /// Names the operation, and the status if the answer had begun.
    pub(super) fn during(mut self, operation: &str, status: Option<http::StatusCode>) -> Self {
        self.operation = Some(operation.to_owned());
        self.status = status;
        self
    }

    /// When it failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The operation that was called.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// The status of the answer, if it had begun.
    pub fn http_status(&self) -> Option<http::StatusCode> {
        self.status
    }

    /// Whether the service has surely not seen the request, in no attempt.
    pub fn is_unsent(&self) -> bool {
        !self.tried.seen
            && self.status.is_none()
            && matches!(self.kind, TransportErrorKind::Connect | TransportErrorKind::Request)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = &self.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection to the service",
            TransportErrorKind::Timeout => "time ran out",
            TransportErrorKind::Request => "the request could not be sent",
            TransportErrorKind::Answer => "the answer broke off",
            TransportErrorKind::TooLarge => "the answer is too large",
            TransportErrorKind::Other => "the request or its answer was not carried",
        })?;
        match self.status {
            Some(status) => write!(f, " after the service had answered {status}; the operation may have taken effect")?,
            None if self.is_unsent() => f.write_str("; the service has not seen the request")?,
            None => f.write_str("; the service may have seen the request")?,
        }
        // Sources often hide the telling part below: show the whole chain.
        let mut next: Option<&dyn StdError> = Some(&*self.source);
        while let Some(error) = next {
            write!(f, ": {}", Clean(error))?;
            next = error.source();
        }
        self.tried.fmt(f)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
