//! Signing one request.

use super::algorithm::{Algorithm, derive, signature, string_to_sign};
use super::canonical::canonical_request;
use super::error::Problem;
use super::payload::{declare, payload_hash};
use super::{SignError, SignedHeaders, X_SDK_DATE, date};
use crate::secret::Secret;
use http::header::{AUTHORIZATION, HOST, HeaderValue};
use http::request::Parts;
use std::time::SystemTime;

/// An access key that signs requests. Keeps no clock and adds no project; [`AccessKey`](super::AccessKey) does.
#[derive(Clone, Debug)]
pub struct Signer {
    access_key: Secret,
    secret_key: Secret,
    scope: Option<Scope>,
}

#[derive(Clone, Debug)]
struct Scope {
    region: String,
    service: String,
}

impl Signer {
    /// Signs with `SDK-HMAC-SHA256`.
    pub fn new(access_key: impl Into<Secret>, secret_key: impl Into<Secret>) -> Self {
        Self { access_key: access_key.into(), secret_key: secret_key.into(), scope: None }
    }

    /// Signs with `V11-HMAC-SHA256`: with a key derived for a region (`globe` for global services) and a service.
    #[must_use]
    pub fn derived(mut self, region: impl Into<String>, service: impl Into<String>) -> Self {
        self.scope = Some(Scope { region: region.into(), service: service.into() });
        self
    }

    pub(super) fn secret_key(&self) -> &Secret {
        &self.secret_key
    }

    /// The algorithm.
    pub fn algorithm(&self) -> Algorithm {
        if self.scope.is_some() { Algorithm::V11HmacSha256 } else { Algorithm::SdkHmacSha256 }
    }

    /// Adds `Host`, `X-Sdk-Date` and `X-Sdk-Content-Sha256` where they are needed and missing, and `Authorization`.
    ///
    /// Give it the request as it was before it was signed: a date that is there is kept.
    pub fn sign(&self, request: &mut Parts, body: &[u8], now: SystemTime) -> Result<(), SignError> {
        self.prepare(request, now)?;
        let signed = SignedHeaders::of(&request.headers);
        let text = self.authorization(request, &payload_hash(&request.headers, body), &signed)?;
        let mut authorization = HeaderValue::try_from(text).map_err(|_| Problem::AccessKey)?;
        authorization.set_sensitive(true);
        request.headers.insert(AUTHORIZATION, authorization);
        Ok(())
    }

    /// Adds the headers that a signature needs: `Host` from the URL, with a port that is not the scheme's own;
    /// `X-Sdk-Date`; and `X-Sdk-Content-Sha256` if the body is neither JSON nor BSON. What is there is kept.
    pub fn prepare(&self, request: &mut Parts, now: SystemTime) -> Result<(), SignError> {
        request.headers.reserve(4);
        if !request.headers.contains_key(HOST) {
            let host = host(&request.uri).ok_or(Problem::Host)?;
            request.headers.insert(HOST, host);
        }
        if !request.headers.contains_key(X_SDK_DATE) {
            let date = HeaderValue::try_from(date::format(now)?).map_err(|_| Problem::Clock)?;
            request.headers.insert(X_SDK_DATE, date);
        }
        declare(&mut request.headers);
        Ok(())
    }

    /// What the `Authorization` header of a request should be, if these headers are signed. `payload_hash` is what
    /// [`payload_hash`] says of the body, or your own if the body is not at hand.
    pub fn authorization(
        &self,
        request: &Parts,
        payload_hash: &str,
        signed: &SignedHeaders,
    ) -> Result<String, SignError> {
        let access_key = self.access_key.expose();
        if !is_word(access_key, b",") {
            return Err(Problem::AccessKey.into());
        }
        if self.secret_key.expose().is_empty() {
            return Err(Problem::SecretKey.into());
        }
        let date = request.headers.get(X_SDK_DATE).ok_or(Problem::NoHeader(X_SDK_DATE))?;
        let date = date.to_str().map_err(|_| Problem::Date)?.trim();
        let day = date::day(date)?;
        let canonical = canonical_request(request, signed, payload_hash)?;
        let scope = self.scope.as_ref().map(|scope| scope.on(day)).transpose()?;
        let text = string_to_sign(self.algorithm(), date, scope.as_deref(), &canonical);
        let signature = match &scope {
            Some(scope) => signature(&*derive(access_key, &self.secret_key, scope)?, &text)?,
            None => signature(self.secret_key.expose().as_bytes(), &text)?,
        };
        let mut header = String::with_capacity(256);
        let subject: &[&str] = match &scope {
            Some(scope) => &[" Credential=", access_key, "/", scope],
            None => &[" Access=", access_key],
        };
        header.push_str(self.algorithm().name());
        for part in subject.iter().chain(&[", SignedHeaders="]) {
            header.push_str(part);
        }
        signed.join(|piece| header.push_str(piece));
        header.push_str(", Signature=");
        header.push_str(&signature);
        Ok(header)
    }
}

impl Scope {
    fn on(&self, day: &str) -> Result<String, SignError> {
        let Self { region, service } = self;
        if is_word(region, b",/") && is_word(service, b",/") {
            Ok(format!("{day}/{region}/{service}"))
        } else {
            Err(Problem::Scope.into())
        }
    }
}

fn is_word(text: &str, but: &[u8]) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !but.contains(&byte))
}

/// As HTTP libraries write it.
fn host(uri: &http::Uri) -> Option<HeaderValue> {
    let own = match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        _ => None,
    };
    let host = uri.host().filter(|host| !host.is_empty())?;
    let mut host = host.to_ascii_lowercase();
    if let Some(port) = uri.port_u16().filter(|port| Some(*port) != own) {
        host.push(':');
        host.push_str(&port.to_string());
    }
    HeaderValue::try_from(host).ok()
}
