//! An access key as a client's credentials.

use super::clock::Clock;
use super::error::Problem;
use super::{SignError, Signer};
use crate::client::{BoxFuture, CallContext, Credentials, CredentialsError, Project, Rejection};
use crate::secret::Secret;
use bytes::Bytes;
use http::header::{AUTHORIZATION, DATE, HeaderName, HeaderValue};
use http::request::Parts;
use std::sync::Arc;

/// An access key and its secret key (AK/SK): signs every request. Needs no renewal, unless it is a temporary one.
///
/// If the gateway refuses a request because this machine's clock is wrong, the key takes over the gateway's, and the
/// client tries once more.
///
/// A request that has an `Authorization` header of its own is left as it is, as in the vendor's clients.
#[derive(Clone, Debug)]
pub struct AccessKey {
    signer: Signer,
    security_token: Option<Secret>,
    project_id: Option<String>,
    domain_id: Option<String>,
    clock: Arc<Clock>,
}

const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const X_DOMAIN_ID: HeaderName = HeaderName::from_static("x-domain-id");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");

impl AccessKey {
    /// An access key (AK) and its secret key (SK).
    pub fn new(access_key: impl Into<Secret>, secret_key: impl Into<Secret>) -> Self {
        Self {
            signer: Signer::new(access_key, secret_key),
            security_token: None,
            project_id: None,
            domain_id: None,
            clock: Arc::default(),
        }
    }

    /// The security token of a temporary access key, sent as `X-Security-Token`.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<Secret>) -> Self {
        self.security_token = Some(token.into());
        self
    }

    /// The project, sent as `X-Project-Id`, instead of the client's.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// The account, sent as `X-Domain-Id` where no project is known: for global services.
    #[must_use]
    pub fn domain_id(mut self, id: impl Into<String>) -> Self {
        self.domain_id = Some(id.into());
        self
    }

    /// Signs with a key derived for a region (`globe` for global services) and a service, `V11-HMAC-SHA256`: for the few
    /// services that want it.
    #[must_use]
    pub fn derived(mut self, region: impl Into<String>, service: impl Into<String>) -> Self {
        self.signer = self.signer.derived(region, service);
        self
    }

    /// Shares what `other` knows of the gateway's clock: for a key that takes the place of one that ended. Clones of a
    /// key share it anyway.
    #[must_use]
    pub fn clock_of(mut self, other: &Self) -> Self {
        self.clock = Arc::clone(&other.clock);
        self
    }

    fn sign(&self, request: &mut Parts, body: &Bytes, context: CallContext<'_>) -> Result<(), SignError> {
        let headers = &mut request.headers;
        if headers.contains_key(AUTHORIZATION) {
            return Ok(());
        }
        if !headers.contains_key(X_PROJECT_ID) && !headers.contains_key(X_DOMAIN_ID) {
            if let Some(id) = self.project_id.as_deref().or(context.project_id) {
                headers.insert(X_PROJECT_ID, value("project id", id)?);
            } else if let Some(id) = &self.domain_id {
                headers.insert(X_DOMAIN_ID, value("domain id", id)?);
            }
        }
        if let Some(token) = &self.security_token {
            let mut token = value("security token", token.expose())?;
            token.set_sensitive(true);
            headers.insert(X_SECURITY_TOKEN, token);
        }
        self.signer.sign(request, body, self.clock.now(context.time))
    }
}

fn value(what: &'static str, text: &str) -> Result<HeaderValue, SignError> {
    HeaderValue::from_str(text).ok().filter(|_| !text.is_empty()).ok_or(Problem::HeaderText(what).into())
}

impl Credentials for AccessKey {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Parts,
        body: &'a Bytes,
        context: CallContext<'a>,
    ) -> BoxFuture<'a, Result<(), CredentialsError>> {
        let signed = self.sign(request, body, context).map_err(CredentialsError::new);
        Box::pin(std::future::ready(signed))
    }

    fn project<'a>(&'a self, _: CallContext<'a>) -> BoxFuture<'a, Result<Project, CredentialsError>> {
        let project = match (&self.project_id, &self.domain_id) {
            (Some(id), _) => Project::Id(id.as_str().into()),
            (None, Some(_)) => Project::Unknown,
            (None, None) => Project::Wanted,
        };
        Box::pin(std::future::ready(Ok(project)))
    }

    fn rejected(&self, rejection: Rejection<'_>, context: CallContext<'_>) -> bool {
        if !is_expired(rejection) {
            return false;
        }
        let date = rejection.headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| httpdate::parse_http_date(date.trim()).ok());
        date.is_some_and(|date| self.clock.set(date, context.time))
    }

    /// Not the access key: it is a name, and services say with it whose request they refuse.
    fn secrets(&self, _: CallContext<'_>, visit: &mut dyn FnMut(&str)) {
        visit(self.signer.secret_key().expose());
        self.security_token.iter().for_each(|token| visit(token.expose()));
    }
}

/// Whether the gateway says so: `Incorrect IAM authentication information: calc aksk signature fail:signature expired,
/// signature time:20211217T064303Z,server time:20211217T065804Z`
/// (<https://github.com/huaweicloud/huaweicloud-sdk-java-v3/issues/44>), by code `APIGW.0301`, in Open Telekom Cloud
/// `APIG.0301`; 0303 is the same for keys of gateway apps.
///
/// The words matter: any wrong signature has these codes, and five of them in a row lock the key.
fn is_expired(rejection: Rejection<'_>) -> bool {
    let code =
        rejection.code.is_some_and(|code| matches!(code, "APIGW.0301" | "APIG.0301" | "APIGW.0303" | "APIG.0303"));
    code && rejection.message.is_some_and(|message| message.to_ascii_lowercase().contains("expired"))
}
