//! Requests: what generated code says of an operation, and what a caller can add to one.

use crate::check::{Checker, Context, Supplied};
use crate::encode::EncodingError;
use crate::json::Json;
use crate::output::Body;
use crate::report::Report;
use crate::service::OperationInfo;
use crate::target::{Encoded, Target};
use serde_core::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The request of one operation. Its `Serialize` writes the JSON body.
pub trait Request: Extras + Serialize + Send + Sync + Sized {
    /// What the operation answers.
    type Output: Body;

    /// What is fixed about the operation.
    const INFO: OperationInfo;

    /// Tells path values, query and headers.
    fn target(&self, target: &mut Target);

    /// Tells what is documented about the request.
    fn check(&self, c: &mut Checker<'_>);
}

/// A request that callers can add to.
pub trait Extras {
    /// What the caller added.
    fn extra(&self) -> &Extra;

    /// What the caller added, to add more.
    fn extra_mut(&mut self) -> &mut Extra;
}

/// What a caller adds to a request beyond the documented fields.
///
/// `Debug` shows names only: values may be secrets.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Added>>);

#[derive(Clone, Default, PartialEq)]
struct Added {
    body: BTreeMap<String, Json>,
    query: Vec<(String, String)>,
    without_checks: bool,
}

impl Extra {
    fn added(&mut self) -> &mut Added {
        self.0.get_or_insert_default()
    }

    /// Fields of the body to add or replace; `None` if there are none.
    pub fn added_body(&self) -> Option<&BTreeMap<String, Json>> {
        self.0.as_ref().map(|added| &added.body).filter(|body| !body.is_empty())
    }

    /// Query parameters to append.
    pub fn added_query(&self) -> &[(String, String)] {
        self.0.as_ref().map_or(&[], |added| &added.query)
    }

    /// Whether documented checks are off for this request.
    pub fn is_without_checks(&self) -> bool {
        self.0.as_ref().is_some_and(|added| added.without_checks)
    }

    /// Adds a field to the body, or replaces the documented field of that name.
    pub fn body(&mut self, name: String, value: Json) {
        self.added().body.insert(name, value);
    }

    /// Appends a query parameter.
    pub fn query(&mut self, name: String, value: String) {
        self.added().query.push((name, value));
    }

    /// Turns documented checks off for this request.
    pub fn without_checks(&mut self) {
        self.added().without_checks = true;
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(added) = &self.0 else {
            return f.write_str("Extra");
        };
        f.debug_struct("Extra")
            .field("body", &added.body.keys())
            .field("query", &added.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("without_checks", &added.without_checks)
            .finish()
    }
}

/// All findings on a request, not knowing where it will go: facts of some clouds only are warnings.
pub fn check<R: Request>(request: &R) -> Report {
    check_with(request, Context::default())
}

/// All findings on a request that goes to `cloud`.
pub fn check_on<R: Request>(request: &R, cloud: &str) -> Report {
    check_with(request, Context { cloud: Some(cloud), ..Context::default() })
}

/// All findings on a request, knowing what `context` says.
pub fn check_with<R: Request>(request: &R, context: Context<'_>) -> Report {
    let mut findings = Vec::new();
    request.check(&mut Checker::new(context, &mut findings));
    Report::new(R::INFO.name, findings)
}

/// Fails with all findings if there is an error among them; warnings alone pass.
pub fn validate<R: Request>(request: &R) -> Result<(), Report> {
    check(request).into_result()
}

/// Adds a field to the body, or replaces the documented field of that name. `Json::Null` is sent as `null`.
#[must_use]
pub fn extra_body<R: Request>(mut request: R, name: impl Into<String>, value: impl Into<Json>) -> R {
    request.extra_mut().body(name.into(), value.into());
    request
}

/// Appends a query parameter; documented ones stay.
#[must_use]
pub fn extra_query<R: Request>(mut request: R, name: impl Into<String>, value: impl Into<String>) -> R {
    request.extra_mut().query(name.into(), value.into());
    request
}

/// Turns documented checks off for this request. What cannot be sent safely is still refused.
#[must_use]
pub fn without_checks<R: Request>(mut request: R) -> R {
    request.extra_mut().without_checks();
    request
}

/// Path, query and headers as they will be sent; for those who send without this crate's client.
pub fn encode<R: Request>(request: &R, project_id: Option<&str>) -> Result<Encoded, EncodingError> {
    let mut target = Target::default();
    request.target(&mut target);
    target.extend_query(request.extra().added_query());
    target.encode(R::INFO.name, R::INFO.path, &[(Supplied::ProjectId.name(), project_id)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extras_show_names_only() {
        let mut extra = Extra::default();
        assert_eq!((format!("{extra:?}"), size_of::<Extra>()), ("Extra".to_owned(), size_of::<usize>()));
        extra.body("password".to_owned(), "hunter2".into());
        extra.query("token".to_owned(), "hunter2".to_owned());
        let debug = format!("{extra:?}");
        assert!(debug.contains("password") && debug.contains("token") && !debug.contains("hunter2"), "{debug}");
    }

    #[test]
    fn the_last_body_value_counts_and_queries_add_up() {
        let mut extra = Extra::default();
        assert!(extra.added_body().is_none() && extra.added_query().is_empty() && !extra.is_without_checks());
        for value in [1, 2] {
            extra.body("a".to_owned(), value.into());
            extra.query("q".to_owned(), value.to_string());
        }
        assert_eq!(extra.added_body().unwrap().get("a"), Some(&Json::from(2)));
        assert_eq!(extra.added_query().len(), 2);
    }
}
