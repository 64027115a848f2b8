//! The HTTP client.
//!
//! A [`Client`] knows where the services are and who is calling. [`Client::send`] checks the request, encodes it, lets
//! [`Credentials`] sign it, hands it to the [`Transport`], and reads the answer leniently.

mod api_error;
mod attempt;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod builder;
mod config_error;
mod credentials;
mod deadline;
mod decode;
mod delivery;
mod endpoint;
mod environment;
mod error;
mod error_body;
mod hidden;
mod http_options;
mod identity;
mod limit;
mod outgoing;
mod pages;
mod project;
#[cfg(feature = "reqwest")]
mod proxy;
mod raw;
#[cfg(feature = "reqwest")]
mod ready;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod retry;
mod send;
#[cfg(feature = "aksk")]
pub mod sign;
mod span;
mod time;
#[cfg(feature = "reqwest")]
mod tokio_time;
#[cfg(feature = "tower")]
mod tower;
mod transport;
mod tried;
mod wait;
mod wakers;
mod word;

pub use self::api_error::{ApiError, Detail};
pub use self::builder::ClientBuilder;
pub use self::config_error::ConfigError;
pub use self::credentials::{CallContext, Credentials, CredentialsError, Project, Rejection, Token};
pub use self::deadline::DeadlineError;
pub use self::environment::{Environment, NoEnvironment, ProcessEnvironment};
pub use self::error::Error;
#[cfg(feature = "clouds-yaml")]
pub use self::identity::CloudsYaml;
pub use self::identity::{
    Cached, DefaultChain, EcsMetadata, FromEnvironment, Identity, Keys, Password, ProfileFile, Provider,
    ProviderContext, UserToken,
};
#[doc(hidden)]
pub use self::pages::{By, Slot, Turn, advance_marker, advance_offset, marker_at, offset_at};
pub use self::pages::{Items, Paged, Pages, Position};
pub use self::raw::RawCall;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::response::Response;
pub use self::retry::RetryPolicy;
pub use self::send::Sending;
#[cfg(feature = "aksk")]
pub use self::sign::AccessKey;
pub use self::time::{SystemTimer, Time};
#[cfg(feature = "reqwest")]
pub use self::tokio_time::TokioTime;
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;
pub use self::transport::{BodyStream, BoxFuture, FullBody, Transport, TransportError, TransportErrorKind};
#[doc(hidden)]
pub use self::wait::find;
pub use self::wait::{Found, Observed, Phase, States, WaitError, WaitErrorKind, Waiter, Waiting};
#[doc(hidden)]
pub use self::word::{Word, word};
pub use bytes;
pub use futures_util::Stream;
pub use http;

use self::delivery::Delivery;
use self::endpoint::Endpoints;
use self::identity::Projects;
use crate::request::Request;
use crate::service::ServiceInfo;
use std::fmt;
use std::sync::Arc;

/// What happens to the findings of documented checks. What cannot be sent safely is refused in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Checks {
    /// A request with errors is not sent; warnings are traced.
    #[default]
    Enforce,
    /// All findings are traced, and the request is sent.
    Warn,
    /// Nothing is checked.
    Off,
}

/// Sends requests. Cheap to clone: clones share everything.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    endpoints: Arc<Endpoints>,
    project_id: Option<String>,
    projects: Projects,
    credentials: Option<Arc<dyn Credentials>>,
    transport: Arc<dyn Transport>,
    /// What requests say who sends them.
    agent: http::HeaderValue,
    checks: Checks,
    time: Arc<dyn Time>,
    delivery: Delivery,
}

impl Client {
    /// Starts a client.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::default()
    }

    /// Checks the request, sends it, and reads the answer. Nothing happens before the result is awaited.
    pub fn send<'a, R: Request>(&'a self, request: &'a R) -> Sending<'a, R::Output> {
        Sending::new(self, request)
    }

    /// Asks again and again until a state is reached. Nothing happens before the result is awaited.
    pub fn wait_for<'a, R: Request>(&'a self, request: &'a R, waiter: Waiter<R>) -> Waiting<'a, R::Output> {
        Waiting::new(self, request, waiter)
    }

    /// The pages of a list, from the one that the request asks for. Nothing happens before the first is awaited.
    pub fn pages<R: Paged>(&self, request: R) -> Pages<'_, R> {
        Pages::new(self, request)
    }

    /// A call that the documentation does not know, or not yet: authenticated and answered like any other.
    ///
    /// `path` is a template such as `/v2/{project_id}/migration-task/{task_id}`: the client fills in the project id,
    /// [`path`](RawCall::path) the rest.
    pub fn raw(
        &self,
        service: &'static ServiceInfo,
        method: impl Into<String>,
        path: impl Into<String>,
    ) -> RawCall<'_> {
        RawCall::new(self, service, method.into(), path.into())
    }
}

/// Without anything secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoints", &self.0.endpoints)
            .field("project_id", &self.0.project_id)
            .field("has_credentials", &self.0.credentials.is_some())
            .field("checks", &self.0.checks)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
