//! Temporary keys that an ECS server has from its agency.

use super::iam::{self, Answer, Patience, Silence};
use super::source::{Found, Source, absent};
use super::{Identity, Keys, Provider, ProviderContext, error, timestamp};
use crate::client::{BoxFuture, CredentialsError};
use crate::json::Json;
use crate::secret::Secret;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Method, StatusCode};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Temporary keys of the agency of the ECS server that this runs on, from its metadata service.
///
/// Asks `http://169.254.169.254` and nobody else, for at most 3 seconds each time: first for a token of the metadata
/// service, which is then kept for its 6 hours, then for the keys. Wrap this in [`Cached`](super::Cached), which renews
/// the keys.
pub struct EcsMetadata {
    endpoint: Result<String, CredentialsError>,
    session: Mutex<Option<Session>>,
}

/// What lets ask for keys, until when by the context's [`elapsed`](crate::client::Time::elapsed).
#[derive(Clone)]
struct Session {
    /// `None`: this metadata service has no tokens.
    token: Option<Secret>,
    until: Duration,
}

const ENDPOINT: &str = "http://169.254.169.254";
const TIMEOUT: Duration = Duration::from_secs(3);
const SECONDS: HeaderName = HeaderName::from_static("x-metadata-token-ttl-seconds");
const TOKEN: HeaderName = HeaderName::from_static("x-metadata-token");
/// A token lives for 6 hours; a minute less, for it must not end on its way.
const WITH_TOKEN: Duration = Duration::from_secs(6 * 60 * 60 - 60);
const WITHOUT_TOKEN: Duration = Duration::from_secs(24 * 60 * 60);

impl EcsMetadata {
    /// The metadata service of this server.
    pub fn new() -> Self {
        Self { endpoint: Ok(ENDPOINT.to_owned()), session: Mutex::default() }
    }

    /// Another metadata service, for tests: on this machine only.
    #[must_use]
    pub fn endpoint(mut self, url: &str) -> Self {
        self.endpoint = match url.trim_end_matches('/') {
            ENDPOINT => Ok(ENDPOINT.to_owned()),
            url if url.starts_with("https://") => {
                Err(error(format!("ECS metadata: the endpoint must be {ENDPOINT}, or http to this machine")))
            }
            url => iam::base("ECS metadata: the endpoint", url),
        };
        self
    }

    async fn look(&self, context: &ProviderContext) -> Result<Found, CredentialsError> {
        let endpoint = self.endpoint.as_deref().map_err(CredentialsError::clone)?;
        let (mut renewed, mut patience) = (false, Patience::default());
        loop {
            let token = match self.token(endpoint, context).await? {
                Ok(token) => token,
                Err(looked) => return Ok(Found::Nothing(looked)),
            };
            let url = format!("{endpoint}/openstack/latest/securitykey");
            let header = token.as_ref().map(|token| (TOKEN, token.expose()));
            let outcome = ask(Method::GET, &url, header, context).await?;
            if outcome.is_ok() && patience.again(context, &outcome).await {
                continue;
            }
            let answer = match outcome {
                Ok(answer) => answer,
                Err(silence) => return unreachable_or(&silence, &url).map(Found::Nothing),
            };
            let what = format!("ECS metadata: GET {url}");
            let message = answer.code_and_message().1.unwrap_or_default();
            match answer.status {
                status if status.is_success() => {
                    return keys(&answer, &what).map(|keys| Found::Identity(Identity::Keys(keys)));
                }
                _ if message.contains(NO_AGENCY) => {
                    return Ok(Found::Nothing("ECS metadata: this server has no agency".to_owned()));
                }
                StatusCode::NOT_FOUND => return Ok(Found::Nothing(format!("{what} answered {}", answer.status))),
                StatusCode::UNAUTHORIZED if !renewed => {
                    *self.session.lock().unwrap_or_else(PoisonError::into_inner) = None;
                    renewed = true;
                }
                _ => return Err(answer.refusal(&what, &token.iter().collect::<Vec<_>>())),
            }
        }
    }

    /// The token to ask with, if this metadata service has any; inner error: what was looked for where nothing is.
    async fn token(
        &self,
        endpoint: &str,
        context: &ProviderContext,
    ) -> Result<Result<Option<Secret>, String>, CredentialsError> {
        let kept = self.session.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(session) = kept.filter(|session| context.time.elapsed() < session.until) {
            return Ok(Ok(session.token));
        }
        let url = format!("{endpoint}/meta-data/latest/api/token");
        let answer = match ask(Method::PUT, &url, Some((SECONDS, "21600")), context).await? {
            Ok(answer) => answer,
            Err(silence) => return unreachable_or(&silence, &url).map(Err),
        };
        let (token, life) = match answer.status {
            status if status.is_success() => (Some(answer.secret_text()), WITH_TOKEN),
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::SERVICE_UNAVAILABLE => {
                (None, WITHOUT_TOKEN)
            }
            _ => return Err(answer.refusal(&format!("ECS metadata: PUT {url}"), &[])),
        };
        let session = Session { token: token.clone(), until: context.time.elapsed() + life };
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        Ok(Ok(token))
    }
}

const NO_AGENCY: &str = "Please configure Cloud Service Agency first";

async fn ask(
    method: Method,
    url: &str,
    header: Option<(HeaderName, &str)>,
    context: &ProviderContext,
) -> Result<Result<Answer, Silence>, CredentialsError> {
    let mut request = http::Request::new(Bytes::new());
    *request.method_mut() = method;
    *request.uri_mut() = url.parse().map_err(|_| error("ECS metadata: the endpoint makes no URL"))?;
    if let Some((name, value)) = header {
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| error("ECS metadata: the token has characters that a header cannot hold"))?;
        value.set_sensitive(true);
        request.headers_mut().insert(name, value);
    }
    Ok(iam::exchange(context, request, TIMEOUT).await)
}

/// Where nobody answers is no ECS server; an answer that breaks off is a failure.
fn unreachable_or(silence: &Silence, url: &str) -> Result<String, CredentialsError> {
    match silence {
        Silence::TooLong => Err(silence.of(&format!("ECS metadata: {url}"))),
        Silence::Timeout(limit) => Ok(format!("ECS metadata: {url} did not answer within {} s", limit.as_secs())),
        Silence::Transport(_) => Ok(format!("ECS metadata: {url} was not reached")),
    }
}

fn keys(answer: &Answer, what: &str) -> Result<Keys, CredentialsError> {
    let json = answer.json();
    let credential = json.as_ref().and_then(|json| json.get("credential"));
    let text = |name: &str| {
        let text = credential.and_then(|credential| credential.get(name)).and_then(Json::as_str);
        text.filter(|text| !text.is_empty()).ok_or_else(|| error(format!("{what} answered without credential.{name}")))
    };
    let keys =
        Keys::new("the ECS metadata service", text("access")?, text("secret")?).security_token(text("securitytoken")?);
    let end = timestamp::parse(text("expires_at")?)
        .ok_or_else(|| error(format!("{what} answered with a credential.expires_at that is no time")))?;
    Ok(keys.expires_at(end))
}

impl Default for EcsMetadata {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for EcsMetadata {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EcsMetadata").field("endpoint", &self.endpoint.as_deref().ok()).finish_non_exhaustive()
    }
}

impl Source for EcsMetadata {
    fn find<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Found, CredentialsError>> {
        Box::pin(self.look(context))
    }
}

impl Provider for EcsMetadata {
    fn fetch<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>> {
        Box::pin(async { self.look(context).await?.or_else(absent) })
    }
}
