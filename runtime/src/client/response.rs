//! A successful answer.

use super::decode::Received;
use crate::output::Body;
use crate::read::{LossReason, Losses};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use std::cell::RefCell;
use std::fmt;

/// An answer as it was received.
pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) raw: Bytes,
}

/// A successful answer: what could be read of it, and all that came with it.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
    /// Whether `body` is the raw body.
    is_raw: bool,
    losses: Losses,
    status: StatusCode,
    headers: HeaderMap,
    raw: Bytes,
}

impl<T> Response<T> {
    /// What was read.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// What was read, without the rest.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The HTTP status; any 2xx.
    pub fn http_status(&self) -> StatusCode {
        self.status
    }

    /// What to tell the vendor's support, if the answer says it.
    pub fn request_id(&self) -> Option<&str> {
        answered_request_id(&self.headers)
    }

    /// The answer's headers. They may hold secrets; not shown by this type's `Debug`, but for some that are harmless.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came. It may hold secrets; not shown by `Debug`.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// What the answer held that could not be read.
    pub fn losses(&self) -> &Losses {
        &self.losses
    }
}

impl<T: Body> Response<T> {
    pub(super) fn decode(answered: Answered, operation: &str) -> Self {
        let losses = RefCell::new(Losses::default());
        let body = T::decode(Received { bytes: &answered.raw, losses: &losses });
        let Answered { status, headers, raw } = answered;
        let losses = losses.into_inner();
        if !losses.is_empty() {
            trace(operation, status, &losses);
        }
        Self { body, is_raw: T::RAW, losses, status, headers, raw }
    }
}

/// A field of another type is a mistake of the documentation, time and again. A body that is no JSON may well be another
/// server's, such as the sign-in page of a proxy: nothing may have happened. Names are left out, for maps have any.
#[cold]
fn trace(operation: &str, status: StatusCode, losses: &Losses) {
    let (status, count) = (status.as_u16(), losses.len());
    if losses.iter().any(|loss| matches!(loss.reason(), LossReason::Broken { .. })) {
        tracing::warn!(operation, status, losses = count, "a success whose body is not JSON, or breaks off");
    } else {
        tracing::debug!(operation, status, losses = count, "a success that is not quite as documented");
    }
}

/// A header that names the request; empty ones do not.
pub(super) fn request_id<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().filter(|id| !id.is_empty())
}

/// What names the request of a success.
pub(super) fn answered_request_id(headers: &HeaderMap) -> Option<&str> {
    request_id(headers, "x-request-id").or_else(|| request_id(headers, "x-iam-trace-id"))
}

/// Headers whose values are known to hold no secret.
const SHOWN: [&str; 6] = ["content-length", "content-type", "date", "retry-after", "x-iam-trace-id", "x-request-id"];

/// Whether a header's value is known to hold no secret.
pub(super) fn is_harmless(name: &HeaderName) -> bool {
    SHOWN.contains(&name.as_str())
}

/// The headers' names, with the values of those known to be harmless.
struct Shown<'a>(&'a HeaderMap);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if is_harmless(name) && !value.is_sensitive() {
                map.entry(&name.as_str(), value);
            } else {
                map.entry(&name.as_str(), &format_args!("…"));
            }
        }
        map.finish()
    }
}

/// Without the raw body, and without header values that may be secrets.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Response");
        shown.field("status", &self.status).field("headers", &Shown(&self.headers));
        if !self.is_raw {
            shown.field("body", &self.body);
        }
        shown.field("losses", &self.losses).field("raw_bytes", &self.raw.len()).finish()
    }
}
