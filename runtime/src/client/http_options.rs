//! How HTTP is spoken: what the client calls itself, and the settings of the ready transport.

use super::config_error::Problem;
#[cfg(feature = "reqwest")]
use super::ready::Ready;
use super::{ClientBuilder, ConfigError, Transport};
use crate::shorten::Shortened;
use http::HeaderValue;
use std::sync::Arc;
#[cfg(feature = "reqwest")]
use std::time::Duration;

#[derive(Default)]
pub(super) struct HttpOptions {
    agent_suffix: Option<String>,
    #[cfg(feature = "reqwest")]
    ready: Ready,
}

impl<C> ClientBuilder<C> {
    /// What is added to `huaweicloud-migration-rust/VERSION` in the header `User-Agent`, after a blank: such as the name and
    /// version of your program. Visible ASCII characters and blanks, the latter not at its ends.
    #[must_use]
    pub fn user_agent_suffix(mut self, text: impl Into<String>) -> Self {
        self.http.agent_suffix = Some(text.into());
        self
    }
}

/// Settings of the transport of feature `reqwest`. With a [`transport`](Self::transport) of your own they are an error when
/// the client is built.
#[cfg(feature = "reqwest")]
impl<C> ClientBuilder<C> {
    /// The proxy of all requests, such as `http://proxy.example:3128`, instead of what the environment says. It may be
    /// `http` or `https`, and hold a user name and password, percent-encoded where they have special characters; they are
    /// shown nowhere. Only the metadata service of ECS servers, 169.254.169.254, is asked without it: a proxy would ask its
    /// own.
    ///
    /// Unless set, the environment decides: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, or the same in lower case.
    #[must_use]
    pub fn proxy(mut self, url: impl Into<crate::Secret>) -> Self {
        self.http.ready.proxy = Some(url.into());
        self
    }

    /// No proxy, whatever the environment says. One that is set by [`proxy`](Self::proxy) stays.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.http.ready.no_proxy = true;
        self
    }

    /// Certificates of authorities to be trusted beside the system's: the text of a PEM file with one or more of them. May
    /// be called several times. Needs one of the features `rustls`, `rustls-no-provider`, `native-tls`.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.http.ready.roots.push(pem.into());
        self
    }

    /// How long making a connection may take, TLS included; a minute unless set. After it, the service has not seen the
    /// request, so it is tried again.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http.ready.connect_timeout = Some(timeout);
        self
    }

    /// How long the service may be silent, before its answer and between two parts of it; two minutes unless set.
    #[must_use]
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.http.ready.read_timeout = Some(timeout);
        self
    }

    /// How many connections to each host are kept open for later requests at most; unlimited unless set, 0 for none.
    ///
    /// A request in flight has a connection of its own, so that [`max_in_flight`](Self::max_in_flight) bounds those in use,
    /// but for the few by which credentials are fetched, and so, roughly, those that can become idle.
    #[must_use]
    pub fn max_idle_connections(mut self, per_host: usize) -> Self {
        self.http.ready.max_idle = Some(per_host);
        self
    }

    /// How long an unused connection is kept open; 90 seconds unless set. A little less than the server's own limit avoids
    /// requests that meet a closing connection.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.http.ready.idle_timeout = Some(timeout);
        self
    }
}

const AGENT: &str = concat!("huaweicloud-migration-rust/", env!("CARGO_PKG_VERSION"));

impl HttpOptions {
    /// The header `User-Agent`.
    pub(super) fn agent(&self) -> Result<HeaderValue, ConfigError> {
        let Some(suffix) = &self.agent_suffix else { return Ok(HeaderValue::from_static(AGENT)) };
        let fail = |why| {
            let shown = Shortened(suffix, 100);
            ConfigError::new(Problem::Setting(format!("`.user_agent_suffix({shown:?})` {why}")))
        };
        if suffix.is_empty() {
            return Err(fail("is empty; leave it out to add nothing"));
        }
        if suffix.trim() != suffix {
            return Err(fail("has blanks at an end, which do not arrive; leave them out"));
        }
        // `HeaderValue` takes tabs, which servers may treat as they like.
        if !suffix.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Err(fail("has characters that a header cannot hold; expected visible ASCII characters and blanks"));
        }
        HeaderValue::try_from(format!("{AGENT} {suffix}")).map_err(|_| fail("makes no header"))
    }

    /// The caller's transport, or the ready one with these settings.
    #[cfg(feature = "reqwest")]
    pub(super) fn transport(&self, own: Option<Arc<dyn Transport>>) -> Result<Arc<dyn Transport>, ConfigError> {
        let Some(own) = own else { return Ok(Arc::new(self.ready.transport()?)) };
        let ignored = self.ready.names();
        if ignored.is_empty() {
            return Ok(own);
        }
        let text = format!(
            "{} would do nothing beside `.transport(..)`: they are about the ready transport; set them on your own transport, or leave it out",
            ignored.join(", ")
        );
        Err(ConfigError::new(Problem::Setting(text)))
    }

    /// The caller's transport.
    #[cfg(not(feature = "reqwest"))]
    #[allow(clippy::unused_self)] // with the feature it is needed
    pub(super) fn transport(&self, own: Option<Arc<dyn Transport>>) -> Result<Arc<dyn Transport>, ConfigError> {
        own.ok_or_else(|| ConfigError::new(Problem::NoTransport))
    }
}

#[cfg(test)]
mod tests;
