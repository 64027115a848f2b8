//! Credentials in environment variables.

use super::password::Password;
use super::source::{Found, Source, Variables, absent};
use super::{Environment, Identity, Keys, ProcessEnvironment, Provider, ProviderContext, UserToken, error};
use crate::client::{BoxFuture, CredentialsError};
use crate::secret::Secret;
use std::fmt;
use std::sync::Arc;

/// Credentials in environment variables; an empty variable counts as not set. In this order:
///
/// 1. Keys in `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK`, with `HUAWEICLOUD_SDK_SECURITY_TOKEN`,
///    `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID` if they are set.
/// 2. A token in `OS_TOKEN`; it is not renewed.
/// 3. Keys in `OS_ACCESS_KEY` or `OS_AK`, and `OS_SECRET_KEY` or `OS_SK`, with `OS_SECURITY_TOKEN` and `OS_PROJECT_ID` if
///    they are set.
/// 4. An IAM user in `OS_USERNAME`, `OS_PASSWORD`, and `OS_USER_DOMAIN_NAME` or `OS_DOMAIN_NAME`, with `OS_PROJECT_ID` or
///    `OS_PROJECT_NAME` if they are set. The identity service is at `HUAWEICLOUD_SDK_IAM_ENDPOINT`, `OS_AUTH_URL`, or
///    where the client's region has it.
///
/// What is set by half, such as an access key without its secret, is an error. No other variables are read.
#[derive(Clone)]
pub struct FromEnvironment(Arc<dyn Environment>);

impl FromEnvironment {
    /// The process's variables.
    pub fn new() -> Self {
        Self::of(ProcessEnvironment)
    }

    /// The variables of another environment.
    pub fn of(environment: impl Environment + 'static) -> Self {
        Self(Arc::new(environment))
    }

    pub(super) fn shared(environment: Arc<dyn Environment>) -> Self {
        Self(environment)
    }
}

impl Default for FromEnvironment {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FromEnvironment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FromEnvironment")
    }
}

impl Source for FromEnvironment {
    fn find<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Found, CredentialsError>> {
        Box::pin(async {
            let variables = Variables(&*self.0);
            if let Some(keys) = huawei(variables)? {
                return Ok(Found::Identity(Identity::Keys(keys)));
            }
            if let Some(token) = variables.get("OS_TOKEN")? {
                let mut token = UserToken::new(token);
                token.project_id = variables.get("OS_PROJECT_ID")?;
                return Ok(Found::Identity(Identity::Token(token)));
            }
            if let Some(keys) = open_stack(variables)? {
                return Ok(Found::Identity(Identity::Keys(keys)));
            }
            if let Some(password) = password(variables)? {
                return password.fetch(context).await.map(Found::Identity);
            }
            Ok(Found::Nothing(
                "environment: none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_AK, OS_USERNAME is set"
                    .to_owned(),
            ))
        })
    }
}

impl Provider for FromEnvironment {
    fn fetch<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>> {
        Box::pin(async { self.find(context).await?.or_else(absent) })
    }
}

fn huawei(variables: Variables<'_>) -> Result<Option<Keys>, CredentialsError> {
    let found = keys(
        variables,
        &["HUAWEICLOUD_SDK_AK"],
        &["HUAWEICLOUD_SDK_SK"],
        "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        "HUAWEICLOUD_SDK_PROJECT_ID",
    )?;
    let Some(mut keys) = found else { return Ok(None) };
    keys.domain_id = variables.get("HUAWEICLOUD_SDK_DOMAIN_ID")?;
    Ok(Some(keys))
}

fn open_stack(variables: Variables<'_>) -> Result<Option<Keys>, CredentialsError> {
    let access_key = ["OS_ACCESS_KEY", "OS_AK"];
    let secret_key = ["OS_SECRET_KEY", "OS_SK"];
    keys(variables, &access_key, &secret_key, "OS_SECURITY_TOKEN", "OS_PROJECT_ID")
}

/// Keys, each in the first of its variables that is set.
fn keys(
    variables: Variables<'_>,
    access_key: &[&'static str],
    secret_key: &[&'static str],
    security_token: &'static str,
    project_id: &'static str,
) -> Result<Option<Keys>, CredentialsError> {
    let security_token = variables.any(&[security_token])?;
    let (access_key, secret_key) = match (variables.any(access_key)?, variables.any(secret_key)?) {
        (Some(access_key), Some(secret_key)) => (access_key, secret_key),
        (Some((found, _)), None) => return Err(half(found, secret_key)),
        (None, Some((found, _))) => return Err(half(found, access_key)),
        (None, None) => {
            return match security_token {
                Some((found, _)) => Err(error(format!(
                    "environment: {found} is set, but not {}, {}",
                    access_key.join(" or "),
                    secret_key.join(" or ")
                ))),
                None => Ok(None),
            };
        }
    };
    let origin = format!("environment variables {} and {}", access_key.0, secret_key.0);
    let mut keys = Keys::new(origin, access_key.1, secret_key.1);
    keys.security_token = security_token.map(|(_, token)| Secret::from(token));
    keys.project_id = variables.get(project_id)?;
    Ok(Some(keys))
}

fn password(variables: Variables<'_>) -> Result<Option<Password>, CredentialsError> {
    const DOMAIN: [&str; 2] = ["OS_USER_DOMAIN_NAME", "OS_DOMAIN_NAME"];
    let user = variables.get("OS_USERNAME")?;
    let password = variables.get("OS_PASSWORD")?.map(Secret::from);
    let (user, password) = match (user, password) {
        (Some(user), Some(password)) => (user, password),
        (Some(_), None) => return Err(half("OS_USERNAME", &["OS_PASSWORD"])),
        (None, Some(_)) => return Err(half("OS_PASSWORD", &["OS_USERNAME"])),
        (None, None) => return Ok(None),
    };
    let (_, domain) = variables.any(&DOMAIN)?.ok_or_else(|| half("OS_USERNAME", &DOMAIN))?;
    let mut found = Password::new(user, password, domain);
    if let Some(id) = variables.get("OS_PROJECT_ID")? {
        found = found.project_id(id);
    } else if let Some(name) = variables.get("OS_PROJECT_NAME")? {
        found = found.project_name(name);
    }
    if let Some((_, url)) = variables.any(&["HUAWEICLOUD_SDK_IAM_ENDPOINT", "OS_AUTH_URL"])? {
        found = found.iam_endpoint(url);
    }
    Ok(Some(found))
}

fn half(found: &str, missing: &[&str]) -> CredentialsError {
    error(format!("environment: {found} is set, but not {}", missing.join(" or ")))
}
