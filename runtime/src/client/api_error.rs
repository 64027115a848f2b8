//! What a service says when it refuses.

use super::error_body::{ErrorBody, read};
use super::hidden::Hidden;
use super::response::{is_harmless, request_id};
use super::tried::Tried;
use crate::shorten::Shortened;
use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// An answer that is not a success, read leniently: services write their errors in many shapes.
///
/// Services repeat what they were sent. So the secrets of the call are replaced by `***` in all that is read here, but for
/// [`raw`](Self::raw) and [`headers`](Self::headers): its sensitive fields, all text that the caller added beyond the
/// documented fields, and what [`Credentials::secrets`](super::Credentials::secrets) names; plain, or as JSON, URLs and HTML
/// write them. Secrets of less than 4 characters stay (8 in codes and request ids): too much would look like them.
#[derive(Clone)]
pub struct ApiError {
    operation: String,
    status: StatusCode,
    headers: HeaderMap,
    request_id: Option<String>,
    body: ErrorBody,
    raw: Bytes,
    pub(super) tried: Tried,
}

/// One part of a composed error.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Detail {
    /// The service's error code.
    pub code: Option<String>,
    /// The service's message.
    pub message: Option<String>,
}

impl ApiError {
    pub(super) fn new(
        operation: &str,
        status: StatusCode,
        mut headers: HeaderMap,
        raw: Bytes,
        hidden: &Hidden,
    ) -> Self {
        let mut body = read(&raw);
        body.hide(hidden);
        let from_header = |name| request_id(&headers, name).map(|id| hidden.label(id.to_owned()));
        let request_id =
            from_header("x-request-id").or_else(|| body.request_id.clone()).or_else(|| from_header("x-iam-trace-id"));
        for (name, value) in &mut headers {
            let is_shown = hidden.is_shown_in(&String::from_utf8_lossy(value.as_bytes()));
            if is_shown || !is_harmless(name) {
                value.set_sensitive(true);
            }
        }
        Self { operation: operation.to_owned(), status, headers, request_id, body, raw, tried: Tried::default() }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The service's error code, such as `DCS.4001` or `APIGW.0301`; numbers as text.
    pub fn code(&self) -> Option<&str> {
        self.body.code.as_deref()
    }

    /// Whether the service or its gateway refused because too much was asked of it: status 429, or code `APIGW.0308`.
    pub fn is_throttled(&self) -> bool {
        self.status == StatusCode::TOO_MANY_REQUESTS || self.code() == Some("APIGW.0308")
    }

    /// The service's message.
    pub fn message(&self) -> Option<&str> {
        self.body.message.as_deref()
    }

    /// What to tell the vendor's support: from the header `X-Request-Id`, else the body, else `X-IAM-Trace-Id`.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The parts of a composed error.
    pub fn details(&self) -> &[Detail] {
        &self.body.details
    }

    /// The values that the message speaks of (`error_param`).
    pub fn parameters(&self) -> &[String] {
        &self.body.parameters
    }

    /// Why permission was refused, encoded; the identity service decodes it. Not shown by `Debug`.
    pub fn encoded_authorization_message(&self) -> Option<&str> {
        self.body.encoded_authorization_message.as_ref().map(crate::Secret::expose)
    }

    /// The answer's headers as they came. All are marked as sensitive, so that `Debug` does not show them, but for those
    /// that are known to be harmless.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came, up to its first 64 KiB. It may repeat secrets of the call. Not shown by `Debug`.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }
}

/// The longest message that is shown, in characters.
const MESSAGE: usize = 500;

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the service answered {}", self.operation, self.status)?;
        if let Some(code) = self.code() {
            write!(f, ", {}", Shortened(code, MESSAGE))?;
        }
        match self.message() {
            Some(message) => write!(f, ": {}", Shortened(message, MESSAGE))?,
            None if self.raw.is_empty() => f.write_str(", and said nothing more")?,
            None => write!(f, ", with {} bytes that are no known form of error; see `raw()`", self.raw.len())?,
        }
        for detail in self.details().iter().filter(|detail| detail.message.as_deref() != self.message()) {
            write!(f, "; {}", Shortened(detail.code.as_deref().unwrap_or("detail"), MESSAGE))?;
            if let Some(message) = &detail.message {
                write!(f, ": {}", Shortened(message, MESSAGE))?;
            }
        }
        // Where it points may hold a secret, and may be a trap: not shown.
        if self.status.is_redirection() && self.headers.contains_key(LOCATION) {
            f.write_str("; a redirect, which is not followed; where to is in `headers()`")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, " (request {})", Shortened(id, MESSAGE))?;
        }
        self.tried.fmt(f)
    }
}

/// Long texts are cut.
impl fmt::Debug for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |text: &Option<String>| text.as_deref().map(|text| Shortened(text, MESSAGE).to_string());
        f.debug_struct("Detail").field("code", &short(&self.code)).field("message", &short(&self.message)).finish()
    }
}

/// Without the raw body and the encoded message; long texts are cut.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("code", &self.code().map(|code| Shortened(code, MESSAGE)))
            .field("message", &self.message().map(|message| Shortened(message, MESSAGE)))
            .field("request_id", &self.request_id().map(|id| Shortened(id, MESSAGE)))
            .field("details", &self.details())
            .field("parameters", &self.parameters().iter().map(|text| Shortened(text, MESSAGE)).collect::<Vec<_>>())
            .field("raw_bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}
