//! Asking the identity service, and the like.

use super::{ProviderContext, error};
use crate::client::endpoint::Base;
use crate::client::error_body;
use crate::client::hidden::Hidden;
use crate::client::retry::retry_after;
use crate::client::{BodyStream, CredentialsError, RetryPolicy, TransportError};
use crate::json::Json;
use crate::secret::Secret;
use crate::shorten::Shortened;
use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// Where the identity service is: what was set, or what the client knows. Without `/v3`.
pub(super) fn endpoint(
    explicit: Option<&str>,
    cloud: Option<&str>,
    context: &ProviderContext,
) -> Result<String, CredentialsError> {
    let url = match explicit {
        Some(url) => url.to_owned(),
        None => context.endpoints.identity(context.service, cloud).map_err(CredentialsError::new)?,
    };
    base("the IAM endpoint", &url).map(|url| url.strip_suffix("/v3").unwrap_or(&url).to_owned())
}

/// https, or http to this machine.
pub(super) fn base(what: &str, url: &str) -> Result<String, CredentialsError> {
    match Base::parse(what, url, false) {
        Ok(base) => Ok(base.as_str().to_owned()),
        // Not `allow_http`: a password in the clear is worse than a request.
        Err(_) if url.starts_with("http://") && Base::parse(what, url, true).is_ok() => {
            Err(error(format!("{what} is plain http: credentials would travel in the clear; use https")))
        }
        Err(problem) => Err(CredentialsError::new(problem)),
    }
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    pub(super) fn json(&self) -> Option<Json> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The whole body, which is a secret.
    pub(super) fn secret_text(&self) -> Secret {
        Secret::from(String::from_utf8_lossy(&self.body).trim())
    }

    pub(super) fn code_and_message(&self) -> (Option<String>, Option<String>) {
        let body = error_body::read(&self.body);
        (body.code, body.message)
    }

    /// What it says of a failure, without the secrets that were sent.
    pub(super) fn refusal(&self, what: &str, secrets: &[&Secret]) -> CredentialsError {
        let (code, message) = self.code_and_message();
        let hidden = hidden(secrets);
        let mut text = format!("{what} answered {}", self.status);
        if let Some(code) = code.map(|code| hidden.label(code)) {
            text.push_str(&format!(", {}", Shortened(&code, 200)));
        }
        if let Some(message) = message.map(|message| hidden.text(message)) {
            text.push_str(&format!(": {}", Shortened(&message, 500)));
        }
        let id = ["x-request-id", "x-iam-trace-id"].iter().find_map(|name| self.headers.get(*name)?.to_str().ok());
        if let Some(id) = id {
            text.push_str(&format!(" (request {})", Shortened(&hidden.label(id.to_owned()), 100)));
        }
        error(text)
    }
}

fn hidden(secrets: &[&Secret]) -> Hidden {
    Hidden::new(|visit| secrets.iter().for_each(|secret| visit(secret.expose())))
}

/// Why there was no answer.
pub(super) enum Silence {
    Timeout(Duration),
    Transport(TransportError),
    TooLong,
}

impl Silence {
    /// Takes the secrets that were sent out of it.
    pub(super) fn hide(self, secrets: &[&Secret]) -> Self {
        match self {
            Self::Transport(problem) => Self::Transport(problem.hide(&hidden(secrets))),
            Self::Timeout(_) | Self::TooLong => self,
        }
    }

    pub(super) fn of(&self, what: &str) -> CredentialsError {
        match self {
            Self::Timeout(limit) => error(format!("{what} did not answer within {} s", limit.as_secs())),
            Self::Transport(problem) => error(format!("{what} was not reached: {problem}")),
            Self::TooLong => error(format!("{what} answered with more than {} KiB", LIMIT / 1024)),
        }
    }
}

/// The most that is read of an answer: a token's description with all catalogs stays far below.
const LIMIT: usize = 1024 * 1024;

/// Sends a request and reads the answer, all of it within `limit`.
pub(super) async fn exchange(
    context: &ProviderContext,
    request: http::Request<Bytes>,
    limit: Duration,
) -> Result<Answer, Silence> {
    let answer = Box::pin(receive(context, request));
    match select(answer, context.time.sleep(limit)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Silence::Timeout(limit)),
    }
}

async fn receive(context: &ProviderContext, request: http::Request<Bytes>) -> Result<Answer, Silence> {
    let answer = context.transport.send(request).await.map_err(Silence::Transport)?;
    let (head, mut body) = answer.into_parts();
    Ok(Answer { status: head.status, headers: head.headers, body: read(&mut *body).await? })
}

async fn read(body: &mut dyn BodyStream) -> Result<Bytes, Silence> {
    let mut all = BytesMut::new();
    while let Some(chunk) = body.chunk().await.map_err(Silence::Transport)? {
        if all.len() + chunk.len() > LIMIT {
            return Err(Silence::TooLong);
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}

/// How often somebody is asked who is busy, or does not answer. Asking for a token or a list does no harm twice.
#[derive(Default)]
pub(super) struct Patience {
    policy: RetryPolicy,
    tried: u32,
}

/// The longest that is waited because an answer says so: callers wait too.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

impl Patience {
    /// Waits, if it is worth another try.
    pub(super) async fn again(&mut self, context: &ProviderContext, outcome: &Result<Answer, Silence>) -> bool {
        self.tried += 1;
        let asked = match outcome {
            Ok(Answer { status, headers, .. }) => match status.as_u16() {
                429 | 500 | 502 | 503 | 504 => retry_after(headers, context.time.now()),
                _ => return false,
            },
            Err(Silence::Transport(_)) => None,
            // Waiting the same time once more is more than callers have.
            Err(Silence::Timeout(_) | Silence::TooLong) => return false,
        };
        if self.tried >= self.policy.allowed_attempts() || asked.is_some_and(|asked| asked > LONGEST_WAIT) {
            return false;
        }
        let wait = self.policy.wait(self.tried).max(asked.unwrap_or_default());
        tracing::info!(wait_milliseconds = wait.as_millis(), "the identity service will be asked again");
        context.time.sleep(wait).await;
        true
    }
}
