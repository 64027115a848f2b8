//! Looking in one place after the other.

use super::metadata::EcsMetadata;
use super::profile::ProfileFile;
use super::source::{Found, Source};
use super::{Environment, FromEnvironment, Identity, ProcessEnvironment, Provider, ProviderContext, error};
use crate::client::{BoxFuture, CredentialsError};
use std::fmt;
use std::sync::Arc;

/// Credentials from the first place that has any:
///
/// 1. environment variables, see [`FromEnvironment`];
/// 2. the file `~/.huaweicloud/credentials`, see [`ProfileFile`];
#[cfg_attr(
    feature = "clouds-yaml",
    doc = "3. `clouds.yaml` if `OS_CLOUD` is set, see [`CloudsYaml`](super::CloudsYaml);"
)]
#[cfg_attr(
    not(feature = "clouds-yaml"),
    doc = "3. `clouds.yaml` if `OS_CLOUD` is set, with the feature `clouds-yaml`;"
)]
/// 4. the metadata service, on an ECS server with an agency, see [`EcsMetadata`].
///
/// A place that has them by half is an error: what comes later is not what was meant. When no place has any, the error
/// says for each what was looked for, and where.
///
/// ```
/// use huaweicloud_migration_runtime::client::{Cached, DefaultChain};
///
/// let credentials = Cached::new(DefaultChain::new());
/// ```
pub struct DefaultChain {
    environment: FromEnvironment,
    profile: ProfileFile,
    #[cfg(feature = "clouds-yaml")]
    clouds: super::CloudsYaml,
    #[cfg(not(feature = "clouds-yaml"))]
    clouds: NoClouds,
    metadata: Option<EcsMetadata>,
}

impl DefaultChain {
    /// All places, for this process.
    pub fn new() -> Self {
        Self::of(ProcessEnvironment)
    }

    /// All places, for another environment.
    pub fn of(environment: impl Environment + 'static) -> Self {
        let environment: Arc<dyn Environment> = Arc::new(environment);
        Self {
            environment: FromEnvironment::shared(Arc::clone(&environment)),
            profile: ProfileFile::shared(Arc::clone(&environment)),
            #[cfg(feature = "clouds-yaml")]
            clouds: super::CloudsYaml::shared(environment),
            #[cfg(not(feature = "clouds-yaml"))]
            clouds: NoClouds(environment),
            metadata: Some(EcsMetadata::new()),
        }
    }

    /// Another metadata service, for tests.
    #[must_use]
    pub fn metadata(mut self, metadata: EcsMetadata) -> Self {
        self.metadata = Some(metadata);
        self
    }

    /// Leaves out the metadata service.
    #[must_use]
    pub fn without_metadata(mut self) -> Self {
        self.metadata = None;
        self
    }

    async fn first(&self, context: &ProviderContext) -> Result<Identity, CredentialsError> {
        let sources: [Option<&dyn Source>; 4] = [
            Some(&self.environment),
            Some(&self.profile),
            Some(&self.clouds),
            self.metadata.as_ref().map(|metadata| metadata as &dyn Source),
        ];
        let mut looked = String::new();
        for source in sources.into_iter().flatten() {
            match source.find(context).await? {
                Found::Identity(identity) => return Ok(identity),
                Found::Nothing(there) => looked.push_str(&format!("\n  {there}")),
            }
        }
        Err(error(format!("no credentials were found; this was looked for:{looked}")))
    }
}

impl Default for DefaultChain {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for DefaultChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultChain").field("metadata", &self.metadata).finish_non_exhaustive()
    }
}

impl Provider for DefaultChain {
    fn fetch<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>> {
        Box::pin(self.first(context))
    }
}

/// Says that `clouds.yaml` was not looked at, to who expects it to be.
#[cfg(not(feature = "clouds-yaml"))]
struct NoClouds(Arc<dyn Environment>);

#[cfg(not(feature = "clouds-yaml"))]
impl Source for NoClouds {
    fn find<'a>(&'a self, _: &'a ProviderContext) -> BoxFuture<'a, Result<Found, CredentialsError>> {
        let is_set = super::source::Variables(&*self.0).get("OS_CLOUD").map(|cloud| cloud.is_some());
        Box::pin(std::future::ready(match is_set {
            Ok(true) => Err(error("OS_CLOUD is set, but the crate was built without feature `clouds-yaml`")),
            Ok(false) => {
                Ok(Found::Nothing("clouds.yaml: the crate was built without feature `clouds-yaml`".to_owned()))
            }
            Err(error) => Err(error),
        }))
    }
}
