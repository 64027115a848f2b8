//! What is wrong with a client's settings.

use super::TransportError;
use std::fmt;

/// A client cannot be built, or does not know where a service is.
#[derive(Debug)]
pub struct ConfigError {
    problem: Box<Problem>,
    operation: Option<String>,
}

#[derive(Debug)]
pub(super) enum Problem {
    /// What URL, the URL if it may be shown, and why it is none.
    Url(String, Option<String>, &'static str),
    PlainHttp(String, String),
    NoEndpoint(&'static str),
    Rate(f64),
    UnknownRegion {
        service: &'static str,
        region: String,
        cloud: Option<String>,
        known: String,
        /// The environment variable that could say so.
        variable: String,
    },
    NoIdentityService(String),
    /// What is wrong with a variable or file about endpoints.
    Override(String),
    AmbiguousRegion {
        service: &'static str,
        region: String,
        clouds: String,
    },
    /// A setting that does not do, in full.
    Setting(String),
    #[cfg_attr(feature = "reqwest", allow(dead_code))] // then there is one
    NoTransport,
    #[cfg_attr(not(feature = "reqwest"), allow(dead_code))] // then it cannot fail
    Transport(TransportError),
    #[cfg(feature = "blocking")]
    Blocking(super::blocking::Problem),
}

impl ConfigError {
    pub(super) fn new(problem: Problem) -> Self {
        Self { problem: Box::new(problem), operation: None }
    }

    /// Names the operation that could not be sent for it.
    pub(super) fn during(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// The operation that could not be sent for it; `None` when building the client failed.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = &self.operation {
            write!(f, "{operation}: ")?;
        }
        match &*self.problem {
            Problem::Url(what, Some(url), why) => write!(f, "{what}, \"{}\", {why}", url.escape_debug()),
            Problem::Url(what, None, why) => write!(f, "{what} {why}"),
            Problem::PlainHttp(what, host) => {
                write!(f, "{what} is plain http to {}: credentials would travel in the clear; use https, or `.allow_http(true)` on the builder", host.escape_debug())
            }
            Problem::Rate(rate) => {
                write!(f, "a rate limit of {rate} requests per second; expected a number above 0, a billion at most")
            }
            Problem::NoEndpoint(service) => {
                write!(f, "it is not known where {service} is; set `.region(..)`, `.base_url(..)` or `.service_url(\"{service}\", ..)` on the builder")
            }
            Problem::UnknownRegion { service, region, cloud, known, variable } => {
                write!(f, "{service} is not known in region \"{}\"", region.escape_debug())?;
                if let Some(cloud) = cloud {
                    write!(f, " of cloud \"{}\"", cloud.escape_debug())?;
                }
                let known = if known.is_empty() { "none" } else { known };
                write!(f, "; known: {known}; for another, set `.service_url(\"{service}\", ..)` on the builder, or environment variable {variable}")
            }
            Problem::NoIdentityService(why) => write!(f, "it is not known where the identity service (IAM) is: {why}; set its endpoint, such as `https://iam.eu-de.otc.t-systems.com`, with `.service_url(\"iam\", ..)` on the builder"),
            Problem::Override(why) => f.write_str(why),
            Problem::AmbiguousRegion { service, region, clouds } => {
                write!(f, "{service} is in region \"{}\" of several clouds: {clouds}; choose one with `.cloud(..)` on the builder", region.escape_debug())
            }
            Problem::Setting(text) => f.write_str(text),
            Problem::NoTransport => f.write_str(
                "there is nothing to send requests with; turn on the feature `rustls` or `native-tls` (or `reqwest` and bring your own client), or set `.transport(..)` on the builder",
            ),
            Problem::Transport(error) => write!(f, "the default transport cannot be made; set `.transport(..)` on the builder: {error}"),
            #[cfg(feature = "blocking")]
            Problem::Blocking(problem) => problem.fmt(f),
        }
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.problem {
            Problem::Transport(error) => error.source(),
            _ => None,
        }
    }
}
