//! Where a service is.

use super::ConfigError;
use super::config_error::Problem;
use crate::encode::check_path_template;
use crate::service::{Endpoint, ServiceInfo};
use http::Uri;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// Scheme, host, port and path, without a slash at the end. Holds no secrets: user names are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Base(String);

impl Base {
    /// `what` names the URL in errors.
    pub(super) fn parse(what: &str, url: &str, allow_http: bool) -> Result<Self, ConfigError> {
        let fail =
            |shown: bool, why| ConfigError::new(Problem::Url(what.to_owned(), shown.then(|| url.to_owned()), why));
        if url.contains('@') {
            return Err(fail(false, "must not hold a user name or password; set `.credentials(..)` on the builder"));
        }
        // `Uri` drops fragments without a word, so they are looked for here.
        if url.contains(['?', '#']) {
            return Err(fail(false, "must not hold a query or fragment; only scheme, host, port and path"));
        }
        let uri: Uri = url.parse().map_err(|_| fail(true, "is no URL; it should look like `https://host/path`"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(fail(true, "needs a scheme and a host, like `https://host/path`"));
        };
        if authority.host().is_empty() {
            return Err(fail(true, "needs a host"));
        }
        match scheme {
            "https" => {}
            "http" if allow_http || is_loopback(authority.host()) => {}
            "http" => {
                return Err(ConfigError::new(Problem::PlainHttp(what.to_owned(), authority.to_string())));
            }
            _ => return Err(fail(true, "must start with `https://`")),
        }
        let path = uri.path().trim_end_matches('/');
        if !path.is_empty() && check_path_template(path).is_err() {
            return Err(fail(true, "has an empty, `.` or `..` step in its path"));
        }
        Ok(Self(format!("{scheme}://{authority}{path}")))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What is known about where services are.
#[derive(Debug)]
pub(super) struct Endpoints {
    pub(super) region: Option<String>,
    pub(super) cloud: Option<String>,
    pub(super) base: Option<Base>,
    pub(super) services: BTreeMap<String, Base>,
    pub(super) allow_http: bool,
}

impl Endpoints {
    /// Where a service is: what was set for it, what was set for all, what its table says of the region.
    pub(super) fn find(&self, service: &'static ServiceInfo) -> Result<Cow<'_, Base>, ConfigError> {
        if let Some(base) = self.services.get(service.id).or(self.base.as_ref()) {
            return Ok(Cow::Borrowed(base));
        }
        let Some(region) = &self.region else {
            return Err(ConfigError::new(Problem::NoEndpoint(service.id)));
        };
        let mut found = self.in_region(service);
        match (found.next(), found.next()) {
            (Some(endpoint), None) => {
                Base::parse(&format!("the URL of {}", service.id), endpoint.url, self.allow_http).map(Cow::Owned)
            }
            (Some(_), Some(_)) => {
                let clouds: BTreeSet<_> = self.in_region(service).map(|endpoint| endpoint.cloud).collect();
                let clouds = join(clouds);
                Err(ConfigError::new(Problem::AmbiguousRegion { service: service.id, region: region.clone(), clouds }))
            }
            (None, _) => {
                let known =
                    service.endpoints.iter().filter(|endpoint| self.in_cloud(endpoint)).map(|endpoint| endpoint.region);
                let known = join(known.collect::<BTreeSet<_>>());
                let (region, cloud) = (region.clone(), self.cloud.clone());
                Err(ConfigError::new(Problem::UnknownRegion { service: service.id, region, cloud, known }))
            }
        }
    }

    /// The cloud a service is in, if it was said or follows from the region.
    pub(super) fn cloud_of(&self, service: &'static ServiceInfo) -> Option<&str> {
        if let Some(cloud) = &self.cloud {
            return Some(cloud);
        }
        let mut clouds = self.in_region(service).map(|endpoint| endpoint.cloud);
        let first = clouds.next()?;
        clouds.all(|cloud| cloud == first).then_some(first)
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

fn join(names: BTreeSet<&str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    static SERVICE: ServiceInfo = ServiceInfo {
        id: "dcs",
        title: "Distributed Cache Service",
        endpoints: &[
            Endpoint { cloud: "otc", region: "eu-de", url: "https://dcs.eu-de.otc.example" },
            Endpoint { cloud: "otc", region: "shared", url: "https://dcs.shared.otc.example/base" },
            Endpoint { cloud: "huawei", region: "shared", url: "https://dcs.shared.huawei.example" },
        ],
    };

    fn endpoints(region: Option<&str>, cloud: Option<&str>) -> Endpoints {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Endpoints {
            region: owned(region),
            cloud: owned(cloud),
            base: None,
            services: BTreeMap::new(),
            allow_http: false,
        }
    }

    #[test]
    fn urls_are_checked() {
        let good = [
            ("https://a.example", "https://a.example"),
            ("https://a.example:8443/iam/v3/", "https://a.example:8443/iam/v3"),
            ("http://127.0.0.1:80", "http://127.0.0.1:80"),
            ("http://[::1]:1/x", "http://[::1]:1/x"),
            ("http://LOCALHOST", "http://LOCALHOST"),
        ];
        for (url, expected) in good {
            assert_eq!(Base::parse("it", url, false).unwrap().as_str(), expected);
        }
        let bad = [
            ("", "it, \"\", is no URL"),
            ("a.example", "it, \"a.example\", needs a scheme"),
            ("/path", "it, \"/path\", needs a scheme"),
            ("ftp://a.example", "it, \"ftp://a.example\", must start with `https://`"),
            ("http://a.example", "it is plain http to a.example: credentials"),
            ("http://127.0.0.1.example", "it is plain http to 127.0.0.1.example"),
            ("https://me:hunter2@a.example", "it must not hold a user name"),
            ("https://a.example/?key=hunter2", "it must not hold a query"),
            ("https://a.example/#hunter2", "it must not hold a query or fragment"),
            ("https://a.example/a/../b", "it, \"https://a.example/a/../b\", has an empty, `.` or `..` step"),
            ("https://a.example/a//b", "it, \"https://a.example/a//b\", has an empty"),
        ];
        for (url, expected) in bad {
            let error = Base::parse("it", url, false).unwrap_err().to_string();
            assert!(error.starts_with(expected) && !error.contains("hunter2"), "{url}: {error}");
        }
        assert!(Base::parse("it", "http://a.example", true).is_ok());
    }

    #[test]
    fn a_region_leads_to_an_endpoint() {
        let url = |region, cloud| endpoints(Some(region), cloud).find(&SERVICE).unwrap().as_str().to_owned();
        assert_eq!(url("eu-de", None), "https://dcs.eu-de.otc.example");
        assert_eq!(url("shared", Some("otc")), "https://dcs.shared.otc.example/base");
        let cases = [
            (None, None, "it is not known where dcs is; set `.region(..)`"),
            (Some("mars"), None, "dcs is not known in region \"mars\"; known: eu-de, shared;"),
            (Some("eu-de"), Some("huawei"), "dcs is not known in region \"eu-de\" of cloud \"huawei\"; known: shared;"),
            (Some("shared"), None, "dcs is in region \"shared\" of several clouds: huawei, otc; choose one"),
            (Some("x"), Some("moon"), "dcs is not known in region \"x\" of cloud \"moon\"; known: none;"),
        ];
        for (region, cloud, expected) in cases {
            let error = endpoints(region, cloud).find(&SERVICE).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn what_was_set_comes_first() {
        let mut endpoints = endpoints(Some("mars"), None);
        endpoints.base = Base::parse("it", "https://all.example", false).ok();
        assert_eq!(endpoints.find(&SERVICE).unwrap().as_str(), "https://all.example");
        endpoints.services.insert("dcs".to_owned(), Base::parse("it", "https://own.example", false).unwrap());
        assert_eq!(endpoints.find(&SERVICE).unwrap().as_str(), "https://own.example");
    }

    #[test]
    fn the_cloud_follows_from_the_region_if_only_one_has_it() {
        assert_eq!(endpoints(Some("eu-de"), None).cloud_of(&SERVICE), Some("otc"));
        assert_eq!(endpoints(Some("shared"), None).cloud_of(&SERVICE), None);
        assert_eq!(endpoints(Some("shared"), Some("huawei")).cloud_of(&SERVICE), Some("huawei"));
        assert_eq!(endpoints(None, None).cloud_of(&SERVICE), None);
    }
}
