//! The files of `OpenStack` clients.

use super::password::Password;
use super::source::{Found, Source, Variables, absent, read};
use super::{Environment, Identity, Keys, ProcessEnvironment, Provider, ProviderContext, UserToken, error};
use crate::client::{BoxFuture, CredentialsError};
use crate::json::Json;
use crate::secret::Secret;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// The cloud that the variable `OS_CLOUD` names, in `clouds.yaml`, and in `secure.yaml` for what must not be seen.
///
/// Each file is looked for in the working directory, in `~/.config/openstack` and in `/etc/openstack`; the first one
/// found counts, and what `secure.yaml` says comes before what `clouds.yaml` says. Of `auth`, one of these is read:
///
/// 1. `token`;
/// 2. `ak` and `sk`, with `security_token`;
/// 3. `username`, `password`, and `user_domain_name` or `domain_name`, with `auth_url`.
///
/// `project_id` and `project_name` go with all of them. Without `OS_CLOUD`, no file is looked at; with it, a file or
/// cloud that is not there is an error.
#[derive(Clone)]
pub struct CloudsYaml {
    environment: Arc<dyn Environment>,
    cloud: Option<String>,
}

type Fields = BTreeMap<String, Json>;

impl CloudsYaml {
    /// The files that this process sees.
    pub fn new() -> Self {
        Self::of(ProcessEnvironment)
    }

    /// The files of another environment.
    pub fn of(environment: impl Environment + 'static) -> Self {
        Self::shared(Arc::new(environment))
    }

    pub(super) fn shared(environment: Arc<dyn Environment>) -> Self {
        Self { environment, cloud: None }
    }

    /// The cloud, instead of the one that `OS_CLOUD` names.
    #[must_use]
    pub fn cloud(mut self, name: impl Into<String>) -> Self {
        self.cloud = Some(name.into());
        self
    }

    /// What the files say of the cloud, in `auth`, and where that is.
    fn look(&self) -> Result<Option<Auth>, CredentialsError> {
        let Some(cloud) = self
            .cloud
            .clone()
            .map_or_else(|| Variables(&*self.environment).get("OS_CLOUD"), |cloud| Ok(Some(cloud)))?
        else {
            return Ok(None);
        };
        let quoted = cloud.escape_debug();
        let Some((path, mut clouds)) = self.file("clouds.yaml")? else {
            let folders: Vec<_> = self.folders().iter().map(|folder| folder.display().to_string()).collect();
            let folders = folders.join(", ");
            return Err(error(format!(
                "clouds.yaml: cloud \"{quoted}\" is wanted, but there is no clouds.yaml in {folders}"
            )));
        };
        let Some(mut fields) = take(&mut clouds, &cloud) else {
            let known = clouds.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            return Err(error(format!("clouds.yaml: {path} has no cloud \"{quoted}\"; it has: {known}")));
        };
        let mut auth = take(&mut fields, "auth").unwrap_or_default();
        if let Some((_, mut secure)) = self.file("secure.yaml")? {
            let more = take(&mut secure, &cloud).and_then(|mut fields| take(&mut fields, "auth"));
            auth.extend(more.unwrap_or_default());
        }
        Ok(Some(Auth { fields: auth, place: format!("cloud \"{quoted}\" of {path}") }))
    }

    fn folders(&self) -> Vec<PathBuf> {
        let home = self.environment.home().map(|home| home.join(".config").join("openstack"));
        [Some(PathBuf::from(".")), home, Some(PathBuf::from("/etc/openstack"))].into_iter().flatten().collect()
    }

    /// The first file of this name: its path, and the clouds in it.
    fn file(&self, name: &str) -> Result<Option<(String, Fields)>, CredentialsError> {
        for folder in self.folders() {
            let path = folder.join(name);
            let Some(text) = read(&*self.environment, name, &path)? else { continue };
            let path = path.display().to_string();
            // The reader's own words may show the line, and what is secret in it.
            let bad = || error(format!("{name}: {path} is no YAML with `clouds:` at its top"));
            let Ok(Json::Object(mut file)) = serde_yaml::from_str(&text) else { return Err(bad()) };
            let clouds = take(&mut file, "clouds").ok_or_else(bad)?;
            return Ok(Some((path, clouds)));
        }
        Ok(None)
    }
}

fn take(fields: &mut Fields, name: &str) -> Option<Fields> {
    match fields.remove(name)? {
        Json::Object(fields) => Some(fields),
        _ => None,
    }
}

struct Auth {
    fields: Fields,
    place: String,
}

impl Auth {
    fn get(&self, name: &str) -> Result<Option<String>, CredentialsError> {
        match self.fields.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) if text.is_empty() => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone())),
            // `0123` and `yes` would come out as something else.
            Some(_) => Err(error(format!("clouds.yaml: auth.{name} of {} is no text; put it in quotes", self.place))),
        }
    }

    fn half<T>(&self, there: &str, missing: &str) -> Result<T, CredentialsError> {
        Err(error(format!("clouds.yaml: auth of {} has {there}, but no {missing}", self.place)))
    }

    fn token(&self) -> Result<Option<UserToken>, CredentialsError> {
        let Some(token) = self.get("token")? else { return Ok(None) };
        let mut token = UserToken::new(token);
        token.project_id = self.get("project_id")?;
        Ok(Some(token))
    }

    fn keys(&self) -> Result<Option<Keys>, CredentialsError> {
        let mut keys = match (self.get("ak")?, self.get("sk")?.map(Secret::from)) {
            (Some(access_key), Some(secret_key)) => Keys::new(self.place.clone(), access_key, secret_key),
            (Some(_), None) => return self.half("ak", "sk"),
            (None, Some(_)) => return self.half("sk", "ak"),
            (None, None) => return Ok(None),
        };
        keys.security_token = self.get("security_token")?.map(Secret::from);
        keys.project_id = self.get("project_id")?;
        Ok(Some(keys))
    }

    fn password(&self) -> Result<Password, CredentialsError> {
        let (user, password) = match (self.get("username")?, self.get("password")?.map(Secret::from)) {
            (Some(user), Some(password)) => (user, password),
            (Some(_), None) => return self.half("username", "password (secure.yaml was looked for too)"),
            (None, Some(_)) => return self.half("password", "username"),
            (None, None) => {
                return Err(error(format!("clouds.yaml: auth of {} has none of token, ak, username", self.place)));
            }
        };
        let domain =
            self.get("user_domain_name")?.map_or_else(|| self.get("domain_name"), |domain| Ok(Some(domain)))?;
        let Some(domain) = domain else { return self.half("username", "user_domain_name or domain_name") };
        let mut found = Password::new(user, password, domain);
        if let Some(id) = self.get("project_id")? {
            found = found.project_id(id);
        } else if let Some(name) = self.get("project_name")? {
            found = found.project_name(name);
        }
        if let Some(url) = self.get("auth_url")? {
            found = found.iam_endpoint(url);
        }
        Ok(found)
    }
}

impl Default for CloudsYaml {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for CloudsYaml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CloudsYaml").field("cloud", &self.cloud).finish_non_exhaustive()
    }
}

impl Source for CloudsYaml {
    fn find<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Found, CredentialsError>> {
        Box::pin(async {
            let Some(auth) = self.look()? else {
                return Ok(Found::Nothing("clouds.yaml: OS_CLOUD is not set, so no file was looked at".to_owned()));
            };
            if let Some(token) = auth.token()? {
                return Ok(Found::Identity(Identity::Token(token)));
            }
            if let Some(keys) = auth.keys()? {
                return Ok(Found::Identity(Identity::Keys(keys)));
            }
            auth.password()?.fetch(context).await.map(Found::Identity)
        })
    }
}

impl Provider for CloudsYaml {
    fn fetch<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>> {
        Box::pin(async { self.find(context).await?.or_else(absent) })
    }
}
