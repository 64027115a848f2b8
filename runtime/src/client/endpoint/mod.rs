//! Where a service is.

mod base;
mod overrides;

pub(super) use self::base::Base;

use super::config_error::Problem;
use super::{ConfigError, Environment};
use crate::service::{Endpoint, ServiceInfo};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Where a service is: one URL, or several that stand in for each other.
#[derive(Debug)]
pub(super) struct Place {
    bases: Vec<Base>,
    /// The one in use: the next when no connection was made to it.
    current: AtomicUsize,
}

impl Place {
    fn new(bases: Vec<Base>) -> Self {
        Self { bases, current: AtomicUsize::new(0) }
    }

    /// The URL to use, and its number.
    pub(super) fn current(&self) -> (usize, &str) {
        let current = self.current.load(Ordering::Relaxed) % self.bases.len().max(1);
        (current, self.bases.get(current).map_or("", Base::as_str))
    }

    /// No connection was made to one of them: the next one is used, unless another call has moved on already.
    pub(super) fn leave(&self, failed: usize) {
        let next = (failed + 1) % self.bases.len().max(1);
        // Lost to another call that saw the same: then it is done.
        let _ = self.current.compare_exchange(failed, next, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// What is known about where services are.
pub(super) struct Endpoints {
    pub(super) region: Option<String>,
    pub(super) cloud: Option<String>,
    pub(super) base: Option<Base>,
    /// By id.
    pub(super) services: Vec<(String, Base)>,
    pub(super) allow_http: bool,
    pub(super) environment: Arc<dyn Environment>,
    /// What was found out, by service.
    pub(super) places: RwLock<Vec<(&'static str, Arc<Place>)>>,
}

impl Endpoints {
    /// Where a service is: what was set for it, what was set for all, what the environment or the regions file says of
    /// the region, what the service's table says of it. Found out at the first call of each service.
    pub(super) fn find(&self, service: &'static ServiceInfo) -> Result<Arc<Place>, ConfigError> {
        let known = |places: &[(&'static str, Arc<Place>)]| {
            places.iter().find(|(id, _)| *id == service.id).map(|(_, place)| Arc::clone(place))
        };
        if let Some(place) = known(&self.places.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(place);
        }
        let place = Arc::new(Place::new(self.look(service)?));
        let mut places = self.places.write().unwrap_or_else(PoisonError::into_inner);
        Ok(known(&places).unwrap_or_else(|| {
            places.push((service.id, Arc::clone(&place)));
            place
        }))
    }

    fn of_service(&self, id: &str) -> Option<&Base> {
        self.services.iter().find(|(known, _)| known == id).map(|(_, base)| base)
    }

    fn look(&self, service: &'static ServiceInfo) -> Result<Vec<Base>, ConfigError> {
        if let Some(base) = self.of_service(service.id).or(self.base.as_ref()) {
            return Ok(vec![base.clone()]);
        }
        let Some(region) = &self.region else {
            return Err(ConfigError::new(Problem::NoEndpoint(service.id)));
        };
        if let Some(found) = overrides::find(&*self.environment, service.id, region)? {
            return found.iter().map(|url| Base::parse(&found.what(), url, self.allow_http)).collect();
        }
        self.in_table(service, region).map(|base| vec![base])
    }

    fn in_table(&self, service: &'static ServiceInfo, region: &str) -> Result<Base, ConfigError> {
        let mut found = self.in_region(service);
        match (found.next(), found.next()) {
            (Some(endpoint), None) => Base::parse(&format!("the URL of {}", service.id), endpoint.url, self.allow_http),
            (Some(_), Some(_)) => {
                let clouds = join(self.in_region(service).map(|endpoint| endpoint.cloud));
                let (service, region) = (service.id, region.to_owned());
                Err(ConfigError::new(Problem::AmbiguousRegion { service, region, clouds }))
            }
            (None, _) => {
                let known = service.endpoints.iter().filter(|endpoint| self.in_cloud(endpoint));
                let known = join(known.map(|endpoint| endpoint.region));
                let variable = overrides::variable(service.id, region);
                let (service, region, cloud) = (service.id, region.to_owned(), self.cloud.clone());
                Err(ConfigError::new(Problem::UnknownRegion { service, region, cloud, known, variable }))
            }
        }
    }

    /// The cloud a service is in, if it was said or follows from the region.
    pub(super) fn cloud_of(&self, service: &'static ServiceInfo) -> Option<&str> {
        if let Some(cloud) = &self.cloud {
            return Some(cloud);
        }
        self.region.as_ref()?;
        let mut clouds = self.in_region(service).map(|endpoint| endpoint.cloud);
        let first = clouds.next()?;
        clouds.all(|cloud| cloud == first).then_some(first)
    }

    /// Whether it was said where the service is, rather than in which region.
    pub(super) fn is_explicit(&self, service: &'static ServiceInfo) -> bool {
        self.base.is_some() || self.of_service(service.id).is_some()
    }

    /// Where the identity service is: what was set for `iam`, what the environment or the regions file says, what the
    /// cloud has. Credentials with other ideas say which `cloud`. Not `base_url`, which is where the services are that
    /// this client calls.
    pub(super) fn identity(&self, service: &'static ServiceInfo, cloud: Option<&str>) -> Result<String, ConfigError> {
        if let Some(base) = self.of_service(IAM) {
            return Ok(base.as_str().to_owned());
        }
        let unknown = |why| ConfigError::new(Problem::NoIdentityService(why));
        if let Some(url) = overrides::text(&*self.environment, IAM_ENDPOINT)? {
            return Ok(url);
        }
        let Some(region) = &self.region else { return Err(unknown("no region is set".to_owned())) };
        if let Some(found) = overrides::find(&*self.environment, IAM, region)?
            && let Some(first) = found.iter().next()
        {
            return Ok(first.clone());
        }
        let shown = region.escape_debug();
        let Some(cloud) = cloud.or_else(|| self.cloud_of(service)) else {
            let service = service.id;
            return Err(unknown(format!(
                "the cloud of region \"{shown}\" does not follow from the regions of {service}"
            )));
        };
        let known = service.clouds.iter().find(|known| known.id == cloud);
        let there = known.and_then(|cloud| cloud.identity_regions.iter().find(|(name, _)| name == region));
        if let Some((_, url)) = there {
            return Ok((*url).to_owned());
        }
        let pattern = known.and_then(|cloud| cloud.identity);
        let Some(pattern) = pattern else {
            return Err(unknown(format!("cloud \"{}\" is not known", cloud.escape_debug())));
        };
        if region.is_empty() || !region.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        {
            return Err(unknown(format!("\"{shown}\" is no name of a region")));
        }
        Ok(pattern.replace("{region}", region))
    }

    fn in_cloud(&self, endpoint: &Endpoint) -> bool {
        self.cloud.as_deref().is_none_or(|cloud| cloud == endpoint.cloud)
    }

    fn in_region(&self, service: &'static ServiceInfo) -> impl Iterator<Item = &'static Endpoint> {
        service
            .endpoints
            .iter()
            .filter(|endpoint| self.region.as_deref() == Some(endpoint.region) && self.in_cloud(endpoint))
    }
}

/// What the identity service is called among services.
const IAM: &str = "iam";

const IAM_ENDPOINT: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut sorted = Vec::new();
    for name in names {
        if let Err(at) = sorted.binary_search(&name) {
            sorted.insert(at, name);
        }
    }
    sorted.join(", ")
}

impl fmt::Debug for Endpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoints")
            .field("region", &self.region)
            .field("cloud", &self.cloud)
            .field("base", &self.base)
            .field("services", &self.services)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
impl Endpoints {
    /// What a builder makes of region and cloud.
    pub(super) fn of(region: Option<&str>, cloud: Option<&str>, environment: impl Environment + 'static) -> Self {
        Self {
            region: region.map(str::to_owned),
            cloud: cloud.map(str::to_owned),
            base: None,
            services: Vec::new(),
            allow_http: false,
            environment: Arc::new(environment),
            places: RwLock::default(),
        }
    }
}

#[cfg(test)]
mod tests;
