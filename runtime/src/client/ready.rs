//! The ready transport, as the client's builder sets it up.

use super::config_error::Problem;
use super::reqwest::{READ_TIMEOUT, builder, failed};
use super::{ConfigError, ReqwestTransport, proxy};
use crate::secret::Secret;
use std::error::Error as _;
use std::time::Duration;

#[derive(Default)]
pub(super) struct Ready {
    pub(super) proxy: Option<Secret>,
    pub(super) no_proxy: bool,
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) max_idle: Option<usize>,
    pub(super) idle_timeout: Option<Duration>,
}

/// As long as anybody waits: `reqwest` adds it to the present, which must not overflow.
const LONG: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

impl Ready {
    /// What was set.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let all = [
            (self.proxy.is_some(), "`.proxy(..)`"),
            (self.no_proxy, "`.no_proxy()`"),
            (!self.roots.is_empty(), "`.root_certificates(..)`"),
            (self.connect_timeout.is_some(), "`.connect_timeout(..)`"),
            (self.read_timeout.is_some(), "`.read_timeout(..)`"),
            (self.max_idle.is_some(), "`.max_idle_connections(..)`"),
            (self.idle_timeout.is_some(), "`.idle_timeout(..)`"),
        ];
        all.into_iter().filter_map(|(is_set, name)| is_set.then_some(name)).collect()
    }

    pub(super) fn transport(&self) -> Result<ReqwestTransport, ConfigError> {
        let plain = self.without_roots()?;
        let http = if self.roots.is_empty() { plain } else { roots::add(plain, &self.roots)? };
        let read_timeout = self.read_timeout.map(|timeout| not_zero(timeout, "read_timeout")).transpose()?;
        let client = http.build().map_err(|error| {
            // `reqwest` does not say that a certificate is the cause.
            let is_about_roots =
                !self.roots.is_empty() && self.without_roots().is_ok_and(|plain| plain.build().is_ok());
            if is_about_roots {
                let why = error.source().map(|why| format!(": {why}")).unwrap_or_default();
                return setting(format!("`.root_certificates(..)` holds a certificate that is not usable{why}"));
            }
            ConfigError::new(Problem::Transport(failed(error)))
        })?;
        Ok(ReqwestTransport::from(client).read_timeout(read_timeout.unwrap_or(READ_TIMEOUT)))
    }

    pub(super) fn without_roots(&self) -> Result<reqwest::ClientBuilder, ConfigError> {
        let mut http = builder();
        if self.no_proxy {
            http = http.no_proxy();
        }
        if let Some(url) = &self.proxy {
            http = http.proxy(proxy::parse(url.expose())?);
        }
        if let Some(timeout) = self.connect_timeout {
            http = http.connect_timeout(not_zero(timeout, "connect_timeout")?);
        }
        if let Some(per_host) = self.max_idle {
            http = http.pool_max_idle_per_host(per_host);
        }
        if let Some(timeout) = self.idle_timeout {
            http = http.pool_idle_timeout(timeout.min(LONG));
        }
        Ok(http)
    }
}

pub(super) fn setting(text: impl Into<String>) -> ConfigError {
    ConfigError::new(Problem::Setting(text.into()))
}

fn not_zero(timeout: Duration, name: &str) -> Result<Duration, ConfigError> {
    if timeout.is_zero() {
        return Err(setting(format!(
            "`.{name}(..)` of 0 s: every request would fail; for no limit, use `Duration::MAX`"
        )));
    }
    Ok(timeout.min(LONG))
}

#[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
mod roots {
    use super::{ConfigError, setting};

    pub(super) fn add(
        http: reqwest::ClientBuilder,
        bundles: &[Vec<u8>],
    ) -> Result<reqwest::ClientBuilder, ConfigError> {
        let mut all = Vec::new();
        for pem in bundles {
            // The error says nothing more, and might one day show what it read, such as a key.
            let roots = reqwest::Certificate::from_pem_bundle(pem)
                .map_err(|_| setting("`.root_certificates(..)` holds what is no certificate in PEM; expected `-----BEGIN CERTIFICATE-----`, base64 and `-----END CERTIFICATE-----`, once or more"))?;
            if roots.is_empty() {
                return Err(setting(
                    "`.root_certificates(..)` holds no certificate; expected PEM, which begins with `-----BEGIN CERTIFICATE-----`",
                ));
            }
            all.extend(roots);
        }
        Ok(http.tls_certs_merge(all))
    }
}

#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls")))]
mod roots {
    use super::{ConfigError, setting};

    pub(super) fn add(_: reqwest::ClientBuilder, _: &[Vec<u8>]) -> Result<reqwest::ClientBuilder, ConfigError> {
        Err(setting("`.root_certificates(..)` needs TLS; turn on the feature `rustls` or `native-tls`"))
    }
}
