//! A transport over `reqwest`.

use super::deadline::within;
use super::{BodyStream, BoxFuture, Time, TokioTime, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::request::Parts;
use reqwest::Url;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Sends requests with `reqwest`.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// How long each part of an answer may take. Not the client's own, which starts more timers than are needed.
    read_timeout: Option<Duration>,
    time: TokioTime,
    /// A URL sent to before, without its query.
    known: Arc<Mutex<Option<Url>>>,
}

#[cfg(test)]
impl ReqwestTransport {
    /// What `reqwest` tells of its settings.
    pub(super) fn settings(&self) -> String {
        format!("{:?}", self.client)
    }
}

impl ReqwestTransport {
    /// A transport that follows no redirects, waits a minute for connections, and two minutes for each part of an
    /// answer.
    ///
    /// Fails where TLS cannot be set up, such as on a machine without certificates of authorities.
    pub fn new() -> Result<Self, TransportError> {
        let transport = builder().build().map(Self::from).map_err(failed)?;
        Ok(transport.read_timeout(READ_TIMEOUT))
    }

    pub(super) fn read_timeout(self, timeout: Duration) -> Self {
        Self { read_timeout: Some(timeout), ..self }
    }

    fn convert(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let (Parts { method, uri, version, headers, .. }, body) = request.into_parts();
        let mut request = reqwest::Request::new(method, self.url(&uri)?);
        *request.version_mut() = version;
        *request.headers_mut() = headers;
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    /// The URL as `reqwest` has it. Scheme and host are as a rule those of the URL before, and need no parsing again, which
    /// is the larger part of it.
    fn url(&self, uri: &http::Uri) -> Result<Url, TransportError> {
        // Nobody waits for somebody else's URL.
        let mut known = self.known.try_lock().ok();
        if let Some(Some(known)) = known.as_deref()
            && Some(known.scheme()) == uri.scheme_str()
            && Some(known.authority()) == uri.authority().map(http::uri::Authority::as_str)
        {
            let mut url = known.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url =
            Url::parse(&uri.to_string()).map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
        if let Some(known) = known.as_deref_mut() {
            let mut url = url.clone();
            url.set_query(None);
            *known = Some(url);
        }
        Ok(url)
    }
}

/// How long the ready transport waits for each part of an answer.
pub(super) const READ_TIMEOUT: Duration = Duration::from_secs(120);

/// What the ready transport begins with.
pub(super) fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(Duration::from_secs(60))
}

/// Your own client, with your proxies, certificates and timeouts. Turn its redirects off: `reqwest` follows them
/// otherwise, and takes headers like `X-Auth-Token` along.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client, read_timeout: None, time: TokioTime::default(), known: Arc::default() }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        Box::pin(async move {
            let executing = pin!(self.client.execute(self.convert(request)?));
            let answer = within(executing, self.read_timeout, &self.time).await;
            let mut answer = in_time(answer, self.read_timeout)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            *response.version_mut() = answer.version();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            let Self { read_timeout, time, .. } = *self;
            Ok(response.map(|()| Box::new(Stream { answer, read_timeout, time }) as Box<dyn BodyStream>))
        })
    }

    fn time(&self) -> Option<Arc<dyn Time>> {
        Some(Arc::new(TokioTime::default()))
    }
}

/// Without the client, which shows its default headers and proxies.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").field("read_timeout", &self.read_timeout).finish_non_exhaustive()
    }
}

struct Stream {
    answer: reqwest::Response,
    read_timeout: Option<Duration>,
    time: TokioTime,
}

impl BodyStream for Stream {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async move {
            let chunk = pin!(self.answer.chunk());
            in_time(within(chunk, self.read_timeout, &self.time).await, self.read_timeout)
        })
    }

    /// What was announced is here.
    fn is_end(&self) -> bool {
        self.answer.content_length() == Some(0)
    }
}

fn in_time<T>(result: Option<reqwest::Result<T>>, limit: Option<Duration>) -> Result<T, TransportError> {
    result.map_or_else(
        || {
            let seconds = limit.unwrap_or_default().as_secs_f64();
            Err(TransportError::new(TransportErrorKind::Timeout, format!("nothing came for {seconds:.1} s")))
        },
        |result| result.map_err(failed),
    )
}

/// URLs are taken out of errors: queries can hold secrets.
pub(super) fn failed(error: reqwest::Error) -> TransportError {
    let kind = match () {
        () if error.is_timeout() && !error.is_connect() => TransportErrorKind::Timeout,
        () if error.is_connect() => TransportErrorKind::Connect,
        () if error.is_builder() => TransportErrorKind::Request,
        () if error.is_body() || error.is_decode() => TransportErrorKind::Answer,
        () => TransportErrorKind::Other,
    };
    TransportError::new(kind, error.without_url())
}

#[cfg(test)]
mod tests;
