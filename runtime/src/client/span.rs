//! What is traced: a span for each call and one for each attempt, in the names of OpenTelemetry's HTTP conventions where
//! it has one. No bodies, no header values, no path or query values, nothing that the service says but its request id.

use super::outgoing::Call;
use super::response::{Answered, answered_request_id};
use super::{Error, TransportErrorKind};
use crate::shorten::Shortened;
use bytes::Bytes;
use std::borrow::Cow;
use std::time::Duration;
use tracing::Span;
use tracing::field::{Empty, display};

/// The longest request id that is traced, in characters.
const REQUEST_ID: usize = 100;

pub(super) fn call(call: &Call<'_>) -> Span {
    tracing::info_span!(
        "call",
        "otel.name" = call.name,
        "otel.kind" = "internal",
        service = call.service.id,
        operation = call.name,
        "http.request.method" = call.method,
        "url.template" = call.path,
        "http.response.status_code" = Empty,
        "error.type" = Empty,
        request_id = Empty,
        attempts = Empty,
    )
}

pub(super) fn attempt(call: &Call<'_>, request: &http::Request<Bytes>, attempt: u32) -> Span {
    let uri = request.uri();
    let port = || uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
    let span = tracing::info_span!(
        "attempt",
        "otel.name" = call.method,
        "otel.kind" = "client",
        service = call.service.id,
        operation = call.name,
        attempt,
        "http.request.method" = call.method,
        "url.template" = call.path,
        "server.address" = uri.host(),
        "server.port" = port(),
        "http.request.resend_count" = Empty,
        "http.response.status_code" = Empty,
        "error.type" = Empty,
        request_id = Empty,
    );
    if attempt > 1 {
        span.record("http.request.resend_count", attempt - 1);
    }
    span
}

pub(super) fn answered(span: &Span, answered: &Answered) {
    if !span.is_disabled() {
        record(span, Some(answered.status), answered_request_id(&answered.headers));
    }
}

pub(super) fn failed(span: &Span, error: &Error) {
    if !span.is_disabled() {
        span.record("error.type", &*error_type(error));
        record(span, error.http_status(), error.request_id());
    }
}

pub(super) fn again(call: &Call<'_>, attempt: u32, error: &Error, wait: Duration) {
    tracing::info!(
        operation = call.name,
        attempt,
        "error.type" = &*error_type(error),
        wait_milliseconds = wait.as_millis(),
        "will be tried again"
    );
}

fn record(span: &Span, status: Option<http::StatusCode>, request_id: Option<&str>) {
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Some(id) = request_id {
        span.record("request_id", display(Shortened(id, REQUEST_ID)));
    }
}

/// What kind of error it is, in one word; a status where there is one.
pub(super) fn error_type(error: &Error) -> Cow<'static, str> {
    Cow::Borrowed(match error {
        Error::Invalid(_) => "invalid",
        Error::Encoding(_) => "encoding",
        Error::Config(_) => "config",
        Error::Credentials(_) => "credentials",
        Error::Deadline(_) => "deadline",
        Error::Api(error) => return Cow::Owned(error.status().as_str().to_owned()),
        Error::Transport(error) => match error.kind() {
            TransportErrorKind::Connect => "connect",
            TransportErrorKind::Timeout => "timeout",
            TransportErrorKind::Request => "request",
            TransportErrorKind::Answer => "answer",
            TransportErrorKind::TooLarge => "too_large",
            TransportErrorKind::Other => "other",
        },
    })
}
