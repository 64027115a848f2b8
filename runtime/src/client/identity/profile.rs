//! The profile file that the vendor's clients share.

use super::ini::{self, Section};
use super::source::{Found, Source, Variables, absent, read};
use super::{Environment, Identity, Keys, ProcessEnvironment, Provider, ProviderContext, error};
use crate::client::{BoxFuture, CredentialsError};
use crate::secret::Secret;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Keys in the file `~/.huaweicloud/credentials`, or the one that the variable `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names.
///
/// ```ini
/// [basic]
/// ak = ...
/// sk = ...
/// # Optional: security_token, project_id, domain_id.
/// ```
///
/// The section is `basic` unless another is [chosen](Self::section). A file that cannot be read, or holds one key
/// without the other, is an error; a file that is not there is one only if the variable names it.
#[derive(Clone)]
pub struct ProfileFile {
    environment: Arc<dyn Environment>,
    section: String,
}

const FILE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

impl ProfileFile {
    /// The file that the process's variables and home directory lead to.
    pub fn new() -> Self {
        Self::of(ProcessEnvironment)
    }

    /// The file in another environment.
    pub fn of(environment: impl Environment + 'static) -> Self {
        Self::shared(Arc::new(environment))
    }

    pub(super) fn shared(environment: Arc<dyn Environment>) -> Self {
        Self { environment, section: "basic".to_owned() }
    }

    /// Another section of the file, such as `global`.
    #[must_use]
    pub fn section(mut self, name: impl Into<String>) -> Self {
        self.section = name.into();
        self
    }

    fn look(&self) -> Result<Found, CredentialsError> {
        let named = Variables(&*self.environment).get(FILE)?;
        let is_named = named.is_some();
        let home = || self.environment.home().map(|home| home.join(".huaweicloud").join("credentials"));
        let Some(path) = named.map(PathBuf::from).or_else(home) else {
            let looked = format!("profile file: {FILE} is not set, and there is no home directory");
            return Ok(Found::Nothing(looked));
        };
        let shown = path.display();
        let Some(text) = read(&*self.environment, "profile file", &path)? else {
            return if is_named {
                Err(error(format!("profile file: {shown}, which {FILE} names, does not exist")))
            } else {
                Ok(Found::Nothing(format!("profile file: {shown} does not exist, and {FILE} is not set")))
            };
        };
        let sections = ini::parse(&text).map_err(|line| {
            error(format!("profile file: line {line} of {shown} is neither `[section]` nor `key = value`"))
        })?;
        let Some(section) = sections.get(&self.section) else {
            return Ok(Found::Nothing(format!("profile file: {shown} has no section [{}]", self.section)));
        };
        self.keys(section, &shown.to_string())
    }

    fn keys(&self, section: &Section, path: &str) -> Result<Found, CredentialsError> {
        let get = |key: &str| section.get(key).filter(|value| !value.is_empty()).cloned();
        let origin = format!("section [{}] of {path}", self.section);
        let half =
            |there: &str, missing: &str| Err(error(format!("profile file: {origin} has {there}, but no {missing}")));
        let security_token = get("security_token").map(Secret::from);
        let mut keys = match (get("ak"), get("sk").map(Secret::from)) {
            (Some(access_key), Some(secret_key)) => Keys::new(origin, access_key, secret_key),
            (Some(_), None) => return half("ak", "sk"),
            (None, Some(_)) => return half("sk", "ak"),
            (None, None) if security_token.is_some() => return half("security_token", "ak and sk"),
            (None, None) => return Ok(Found::Nothing(format!("profile file: {origin} has no ak and sk"))),
        };
        keys.security_token = security_token;
        keys.project_id = get("project_id");
        keys.domain_id = get("domain_id");
        Ok(Found::Identity(Identity::Keys(keys)))
    }
}

impl Default for ProfileFile {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ProfileFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfileFile").field("section", &self.section).finish_non_exhaustive()
    }
}

impl Source for ProfileFile {
    fn find<'a>(&'a self, _: &'a ProviderContext) -> BoxFuture<'a, Result<Found, CredentialsError>> {
        Box::pin(std::future::ready(self.look()))
    }
}

impl Provider for ProfileFile {
    fn fetch<'a>(&'a self, _: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>> {
        Box::pin(std::future::ready(self.look().and_then(|found| found.or_else(absent))))
    }
}
