//! What is tried again, and when.

use super::{Error, TransportErrorKind, budget};
use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How often a call is tried, and how long is waited in between.
///
/// Tried again is, for every operation: what surely did not reach the service (no connection, or none that TLS trusts),
/// and what it refused for coming too fast (429, or the gateway's code `APIGW.0308`). Only for operations that do no harm when done twice:
/// answers 502, 503 and 504, time running out, and connections that break. Nothing else.
///
/// The wait before the n-th retry is random, between nothing and `base` × 2ⁿ⁻¹ but no more than `cap` ("full jitter").
/// A `Retry-After` in the answer, in seconds or as a date, is waited for when it is longer. A wait that the call's
/// [deadline](super::ClientBuilder::deadline) leaves no time for is not begun: the error is given at once.
///
/// All calls of a client share a budget of tokens: a retry takes 5, one after time ran out 10; a success puts 1 back, a
/// success after a retry what that retry took. While it is empty nothing is tried again, so that a service in trouble
/// does not get three times its load.
///
/// An answer that the credentials can do something about (a new token, a corrected clock) is followed by one more
/// attempt at once, whatever this policy says.
#[derive(Clone)]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
    budget: u32,
    jitter: Option<Arc<dyn Fn() -> f64 + Send + Sync>>,
}

/// 3 attempts, waits from 0.5 s growing to 20 s, and a budget of 500 tokens.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 3, base: Duration::from_millis(500), cap: Duration::from_secs(20), budget: 500, jitter: None }
    }
}

impl RetryPolicy {
    /// One attempt.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// How often a call is tried, the first time included; 0 counts as 1.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The longest wait before the first retry; it doubles with each.
    #[must_use]
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The longest wait before any retry, unless the service asks for a longer one.
    #[must_use]
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// The tokens that all calls of the client share for retries.
    #[must_use]
    pub fn budget(mut self, tokens: u32) -> Self {
        self.budget = tokens;
        self
    }

    /// Chooses waits, instead of chance: the part of the longest wait that is waited, from 0 to 1. For tests.
    #[must_use]
    pub fn jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Some(Arc::new(jitter));
        self
    }

    pub(super) fn allowed_attempts(&self) -> u32 {
        self.attempts
    }

    pub(super) fn tokens(&self) -> u32 {
        self.budget
    }

    /// How long to wait before a retry; the first is 1.
    pub(super) fn wait(&self, retry: u32) -> Duration {
        let doubled = 1_u32.checked_shl(retry.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.base.saturating_mul(doubled).min(self.cap);
        Duration::try_from_secs_f64(longest.as_secs_f64() * self.part()).unwrap_or(longest)
    }

    /// The part of something random that is taken, from 0 to 1.
    pub(super) fn part(&self) -> f64 {
        self.jitter.as_ref().map_or_else(chance, |jitter| jitter()).clamp(0.0, 1.0)
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("attempts", &self.attempts)
            .field("base", &self.base)
            .field("cap", &self.cap)
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

/// From 0 to 1. The standard library seeds its hashers at random, which is chance enough to spread waits.
fn chance() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX)
}

/// What it costs to try again after this error; `None` if that may do harm, or would not help.
pub(super) fn cost(error: &Error, idempotent: bool) -> Option<u32> {
    match error {
        Error::Transport(error) => match error.kind() {
            TransportErrorKind::Connect => Some(budget::RETRY),
            TransportErrorKind::Timeout => idempotent.then_some(budget::AFTER_TIMEOUT),
            TransportErrorKind::Answer | TransportErrorKind::Other => idempotent.then_some(budget::RETRY),
            TransportErrorKind::Request | TransportErrorKind::TooLarge => None,
        },
        Error::Api(error) if error.is_throttled() => Some(budget::RETRY),
        Error::Api(error) => (idempotent && matches!(error.status().as_u16(), 502..=504)).then_some(budget::RETRY),
        _ => None,
    }
}

/// How long the service asks to wait, if it says so in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Too many digits are a very long time.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = |name: HeaderName| httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok();
    // The service's own clock says best how far off its date is.
    let from = date(DATE).unwrap_or(now);
    Some(date(RETRY_AFTER)?.duration_since(from).unwrap_or_default())
}

#[cfg(test)]
mod tests;
