//! What the machine's owner says about where services are.

use crate::client::config_error::Problem;
use crate::client::{ConfigError, Environment};
use std::ffi::OsString;

/// Base URLs for a region, and where they were found.
pub(super) struct Found {
    origin: String,
    urls: Vec<String>,
}

impl Found {
    pub(super) fn iter(&self) -> std::slice::Iter<'_, String> {
        self.urls.iter()
    }

    /// What they are, for errors.
    pub(super) fn what(&self) -> String {
        format!("the URL in {}", self.origin)
    }
}

/// The environment variable for a service in a region.
pub(super) fn variable(service: &str, region: &str) -> String {
    format!("HUAWEICLOUD_SDK_REGION_{service}_{}", region.replace('-', "_")).to_ascii_uppercase()
}

/// What the environment says of a service in a region, or else the regions file.
pub(super) fn find(environment: &dyn Environment, service: &str, region: &str) -> Result<Option<Found>, ConfigError> {
    let variable = variable(service, region);
    if let Some(list) = text(environment, &variable)? {
        let urls: Vec<_> = list.split(',').map(str::trim).filter(|url| !url.is_empty()).map(str::to_owned).collect();
        if urls.is_empty() {
            return Err(bad(format!("environment variable {variable} holds no URL")));
        }
        return Ok(Some(Found { origin: format!("environment variable {variable}"), urls }));
    }
    file::find(environment, service, region)
}

/// An environment variable that is set, and not empty.
pub(super) fn text(environment: &dyn Environment, name: &str) -> Result<Option<String>, ConfigError> {
    match environment.variable(name).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(Err(_)) => Err(bad(format!("environment variable {name} is not UTF-8"))),
    }
}

fn bad(why: String) -> ConfigError {
    ConfigError::new(Problem::Override(why))
}

const FILE: &str = "HUAWEICLOUD_SDK_REGIONS_FILE";

/// `~/.huaweicloud/regions.yaml`: services in capitals or not, each with a list of regions.
///
/// ```yaml
/// DCS:
///   - id: eu-test
///     endpoint: https://dcs.eu-test.example.com
///   - id: eu-twin
///     endpoints: [https://dcs-a.example.com, https://dcs-b.example.com]
/// ```
#[cfg(feature = "regions-yaml")]
mod file {
    use super::{Environment, FILE, Found, bad, text};
    use crate::client::ConfigError;
    use crate::json::Json;
    use std::io;
    use std::path::PathBuf;

    pub(super) fn find(
        environment: &dyn Environment,
        service: &str,
        region: &str,
    ) -> Result<Option<Found>, ConfigError> {
        let named = text(environment, FILE)?;
        let is_named = named.is_some();
        let home = || environment.home().map(|home| home.join(".huaweicloud").join("regions.yaml"));
        let Some(path) = named.map(PathBuf::from).or_else(home) else { return Ok(None) };
        let shown = path.display();
        let yaml = match environment.read(&path) {
            Ok(yaml) => yaml,
            Err(problem) if problem.kind() == io::ErrorKind::NotFound && !is_named => return Ok(None),
            Err(problem) => {
                let who = if is_named { format!(", which {FILE} names,") } else { String::new() };
                return Err(bad(format!("regions file {shown}{who} cannot be read: {}", problem.kind())));
            }
        };
        let wrong = |what: String| {
            bad(format!(
                "regions file {shown}: {what}; expected `SERVICE: [{{id: region, endpoint: url}}]`, or `endpoints: [url, url]`"
            ))
        };
        let services: Json = serde_yaml::from_str(&yaml).map_err(|_| wrong("it is no YAML".to_owned()))?;
        let services = match &services {
            Json::Null => return Ok(None),
            Json::Object(services) => services,
            _ => return Err(wrong("it is no mapping".to_owned())),
        };
        let Some((name, regions)) = services.iter().find(|(name, _)| name.eq_ignore_ascii_case(service)) else {
            return Ok(None);
        };
        let regions = regions.as_array().ok_or_else(|| wrong(format!("{name} is no list")))?;
        for entry in regions {
            let id = entry.get("id").and_then(Json::as_str);
            let id = id.ok_or_else(|| wrong(format!("an entry of {name} has no `id`")))?;
            if id != region {
                continue;
            }
            let urls = match (entry.get("endpoint"), entry.get("endpoints")) {
                (Some(Json::String(url)), None) => Some(vec![url.clone()]),
                (None, Some(Json::Array(urls))) if !urls.is_empty() => {
                    urls.iter().map(|url| url.as_str().map(str::to_owned)).collect()
                }
                _ => None,
            };
            let urls = urls.ok_or_else(|| wrong(format!("region {id} of {name} has no URL")))?;
            return Ok(Some(Found { origin: format!("regions file {shown}, region {id} of {name}"), urls }));
        }
        Ok(None)
    }
}

#[cfg(not(feature = "regions-yaml"))]
mod file {
    use super::{Environment, FILE, Found, bad, text};
    use crate::client::ConfigError;

    /// Says that the file was not looked at, to who expects it to be.
    pub(super) fn find(environment: &dyn Environment, _: &str, _: &str) -> Result<Option<Found>, ConfigError> {
        match text(environment, FILE)? {
            Some(_) => Err(bad(format!("{FILE} is set, but the crate was built without feature `regions-yaml`"))),
            None => Ok(None),
        }
    }
}
