//! What is fixed about a service and its operations: data in the generated crate.

use crate::source::Page;

/// A service of the cloud.
#[derive(Clone, Copy, Debug)]
pub struct ServiceInfo {
    /// Short name, such as `dcs`.
    pub id: &'static str,
    /// Full name, such as `Distributed Cache Service`.
    pub title: &'static str,
    /// Where the service is known to answer.
    pub endpoints: &'static [Endpoint],
    /// The clouds that are known.
    pub clouds: &'static [CloudInfo],
}

/// What is fixed about a cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloudInfo {
    /// Short name, such as `open-telekom-cloud`.
    pub id: &'static str,
    /// Base URL of the identity service (IAM), with `{region}` where the region goes.
    pub identity: Option<&'static str>,
    /// Regions whose identity service is elsewhere, and where.
    pub identity_regions: &'static [(&'static str, &'static str)],
}

/// Where a service answers in one region of one cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The cloud, such as `open-telekom-cloud`.
    pub cloud: &'static str,
    /// The region, such as `eu-de`.
    pub region: &'static str,
    /// Scheme, host and base path.
    pub url: &'static str,
}

/// What is fixed about an operation.
#[derive(Clone, Copy, Debug)]
pub struct OperationInfo {
    /// The vendor's operation id, such as `SetOnlineMigrationTask`.
    pub name: &'static str,
    /// The service it belongs to.
    pub service: &'static ServiceInfo,
    /// The HTTP method, upper case.
    pub method: &'static str,
    /// The path template, such as `/v2/{project_id}/migration-task`.
    pub path: &'static str,
    /// Whether the request has a JSON body.
    pub body: bool,
    /// Whether sending it twice does no more than sending it once.
    pub idempotent: bool,
    /// Whether it needs credentials.
    pub auth: Auth,
    /// The pages that document it, the leading one first.
    pub pages: &'static [Page],
}

/// Whether an operation needs credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Auth {
    /// It is refused without.
    Required,
    /// They are sent if there are any.
    Optional,
    /// They are never sent.
    None,
}
