//! Identities that are fetched, kept and renewed.
//!
//! A [`Provider`] knows how to get an identity, [`Cached`] when: it makes [`Credentials`] of a provider, and so fetches
//! once for all callers, renews before the end, and fetches anew when a service says that the identity is no longer good.

mod cached;
mod chain;
#[cfg(feature = "clouds-yaml")]
mod clouds;
mod environment;
mod iam;
mod identity_type;
mod ini;
mod metadata;
mod password;
mod profile;
#[cfg_attr(not(test), allow(dead_code))] // until the client looks up projects
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
pub use self::environment::{Environment, ProcessEnvironment};
pub use self::identity_type::{Identity, Keys, UserToken};
pub use self::metadata::EcsMetadata;
pub use self::password::Password;
pub use self::profile::ProfileFile;
#[cfg_attr(not(test), allow(unused_imports))] // until the client looks up projects
pub(in crate::client) use self::project::Projects;
pub use self::variables::FromEnvironment;

use super::{BoxFuture, CallContext, CredentialsError, Time, Transport};
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
    /// The project, if it is known.
    pub project_id: Option<String>,
    /// For dates, and for waiting.
    pub time: Arc<dyn Time>,
    /// For asking somebody.
    pub transport: Arc<dyn Transport>,
}

impl ProviderContext {
    fn new(context: CallContext<'_>) -> Self {
        Self {
            service: context.service,
            region: context.region.map(str::to_owned),
            project_id: context.project_id.map(str::to_owned),
            time: Arc::clone(context.time),
            transport: Arc::clone(context.transport),
        }
    }

    /// The same for credentials.
    #[cfg_attr(not(test), allow(dead_code))] // until the client looks up projects
    fn call(&self) -> CallContext<'_> {
        CallContext {
            service: self.service,
            region: self.region.as_deref(),
            project_id: self.project_id.as_deref(),
            time: &self.time,
            transport: &self.transport,
        }
    }

    /// The cloud, if only one has the region.
    fn cloud(&self) -> Option<&'static str> {
        let region = self.region.as_deref()?;
        let mut clouds =
            self.service.endpoints.iter().filter(|endpoint| endpoint.region == region).map(|endpoint| endpoint.cloud);
        let first = clouds.next()?;
        clouds.all(|cloud| cloud == first).then_some(first)
    }
}

fn error(text: impl Into<String>) -> CredentialsError {
    CredentialsError::new(text.into())
}

#[cfg(test)]
mod tests;
