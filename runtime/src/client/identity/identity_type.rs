//! Who is calling, as a provider found out.

use super::error;
use crate::client::{CredentialsError, Time};
use crate::secret::Secret;
use http::header::HeaderValue;
use std::time::{Duration, SystemTime};

/// Who is calling.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Identity {
    /// A token of the identity service.
    Token(UserToken),
    /// Keys to sign with.
    Keys(Keys),
}

/// A token of the identity service, sent as `X-Auth-Token`.
#[derive(Clone, Debug)]
pub struct UserToken {
    pub(super) secret: Secret,
    pub(super) expires_at: Option<SystemTime>,
    pub(super) project_id: Option<String>,
}

impl UserToken {
    /// A token that ends nobody knows when.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), expires_at: None, project_id: None }
    }

    /// When it ends.
    #[must_use]
    pub fn expires_at(mut self, at: SystemTime) -> Self {
        self.expires_at = Some(at);
        self
    }

    /// The project it is for.
    #[must_use]
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    pub(super) fn header(&self) -> Result<HeaderValue, CredentialsError> {
        match HeaderValue::from_str(self.secret.expose()) {
            Ok(mut token) if !token.is_empty() => {
                token.set_sensitive(true);
                Ok(token)
            }
            _ => Err(error("the token is empty, or has characters that a header cannot hold")),
        }
    }
}

/// An access key (AK), its secret (SK), and what belongs to them.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "aksk"), allow(dead_code))] // then they are refused
pub struct Keys {
    pub(super) access_key: String,
    pub(super) secret_key: Secret,
    pub(super) security_token: Option<Secret>,
    pub(super) expires_at: Option<SystemTime>,
    pub(super) project_id: Option<String>,
    pub(super) domain_id: Option<String>,
    /// Where they were found, for errors.
    #[cfg_attr(feature = "aksk", allow(dead_code))] // then there are none
    pub(super) origin: String,
}

impl Keys {
    /// Keys that do not end. `origin` says where they were found.
    pub fn new(origin: impl Into<String>, access_key: impl Into<String>, secret_key: impl Into<Secret>) -> Self {
        Self {
            access_key: access_key.into(),
            secret_key: secret_key.into(),
            security_token: None,
            expires_at: None,
            project_id: None,
            domain_id: None,
            origin: origin.into(),
        }
    }

    /// The security token of temporary keys, sent as `X-Security-Token`.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<Secret>) -> Self {
        self.security_token = Some(token.into());
        self
    }

    /// When they end.
    #[must_use]
    pub fn expires_at(mut self, at: SystemTime) -> Self {
        self.expires_at = Some(at);
        self
    }

    /// The project they are used for, unless the client was given one.
    #[must_use]
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// The account they belong to; sent as `X-Domain-Id` when there is no project.
    #[must_use]
    pub fn domain_id(mut self, domain_id: impl Into<String>) -> Self {
        self.domain_id = Some(domain_id.into());
        self
    }
}

const KEYS_MARGIN: Duration = Duration::from_secs(40 * 60);
const TOKEN_MARGIN: Duration = Duration::from_secs(5 * 60);

impl Identity {
    /// Whether asking again gives another one. Static keys stay the same, and gateways lock a key after a few bad
    /// signatures.
    pub(super) fn is_renewable(&self) -> bool {
        match self {
            Self::Token(_) => true,
            Self::Keys(keys) => keys.expires_at.is_some() || keys.security_token.is_some(),
        }
    }

    pub(super) fn project_id(&self) -> Option<&str> {
        match self {
            Self::Token(token) => token.project_id.as_deref(),
            Self::Keys(keys) => keys.project_id.as_deref(),
        }
    }

    /// Shows each secret.
    pub(super) fn secrets(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Self::Token(token) => visit(token.secret.expose()),
            Self::Keys(keys) => {
                visit(keys.secret_key.expose());
                keys.security_token.iter().for_each(|token| visit(token.expose()));
            }
        }
    }

    fn expires_at(&self) -> Option<SystemTime> {
        match self {
            Self::Token(token) => token.expires_at,
            Self::Keys(keys) => keys.expires_at,
        }
    }

    /// When it ends, and how long before that it is renewed.
    pub(super) fn lifetime(&self, time: &dyn Time) -> Option<(SystemTime, Duration)> {
        let end = self.expires_at()?;
        let life = end.duration_since(time.now()).unwrap_or_default();
        let margin = match self {
            Self::Token(_) => TOKEN_MARGIN.max(life / 10),
            Self::Keys(_) => KEYS_MARGIN,
        };
        // What lives shortly is used for half its life, rather than fetched again for every call.
        Some((end, margin.min(life / 2)))
    }
}
