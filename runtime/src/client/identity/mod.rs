//! Identities that are fetched, kept and renewed.
//!
//! A [`Provider`] knows how to get an identity, [`Cached`] when: it makes [`Credentials`] of a provider, and so fetches
//! once for all callers, renews before the end, and fetches anew when a service says that the identity is no longer good.

mod cached;
mod chain;
#[cfg(feature = "clouds-yaml")]
mod clouds;
mod iam;
mod identity_type;
mod ini;
mod metadata;
mod password;
mod profile;
mod project;
mod signer;
mod single_flight;
mod source;
mod timestamp;
mod variables;

pub use self::cached::Cached;
pub use self::chain::DefaultChain;
#[cfg(feature = "clouds-yaml")]
pub use self::clouds::CloudsYaml;
pub use self::identity_type::{Identity, Keys, UserToken};
pub use self::metadata::EcsMetadata;
pub use self::password::Password;
pub use self::profile::ProfileFile;
pub(in crate::client) use self::project::Projects;
pub use self::variables::FromEnvironment;

use super::endpoint::Endpoints;
use super::{BoxFuture, CallContext, CredentialsError, Environment, ProcessEnvironment, Time, Transport};
use crate::service::ServiceInfo;
use std::sync::Arc;

/// Gets an identity from wherever it is kept.
///
/// A provider need not cache anything, and is not asked twice at a time for the same region and project: [`Cached`]
/// sees to that.
pub trait Provider: Send + Sync {
    /// Fetches an identity. Errors must not show secrets.
    fn fetch<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>>;
}

impl<T: Provider + ?Sized> Provider for Arc<T> {
    fn fetch<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>> {
        (**self).fetch(context)
    }
}

/// What a provider may know: a [`CallContext`] of its own, as fetching may outlive the call that began it.
#[derive(Clone)]
#[non_exhaustive]
pub struct ProviderContext {
    /// The service that was called first.
    pub service: &'static ServiceInfo,
    /// The client's region, if it was given one.
    pub region: Option<String>,
    /// The project that the client was given.
    pub project_id: Option<String>,
    /// For dates, and for waiting.
    pub time: Arc<dyn Time>,
    /// For asking somebody.
    pub transport: Arc<dyn Transport>,
    endpoints: Arc<Endpoints>,
}

impl ProviderContext {
    fn new(context: CallContext<'_>) -> Self {
        Self {
            service: context.service,
            region: context.region.map(str::to_owned),
            project_id: context.given_project_id.map(str::to_owned),
            time: Arc::clone(context.time),
            transport: Arc::clone(context.transport),
            endpoints: Arc::clone(context.endpoints),
        }
    }

    /// The cloud, if the client was given it or it follows from the region.
    pub fn cloud(&self) -> Option<&str> {
        self.endpoints.cloud_of(self.service)
    }

    /// The same for credentials.
    fn call(&self) -> CallContext<'_> {
        let project_id = self.project_id.as_deref();
        CallContext {
            service: self.service,
            region: self.region.as_deref(),
            project_id,
            time: &self.time,
            transport: &self.transport,
            given_project_id: project_id,
            endpoints: &self.endpoints,
        }
    }
}

fn error(text: impl Into<String>) -> CredentialsError {
    CredentialsError::new(text.into())
}

#[cfg(test)]
mod tests;
