//! What a check found.

mod display;
mod finding;

pub use finding::{Finding, Rule};

use crate::source::Level;
use std::borrow::Cow;

/// All findings of a check, errors and warnings, in the order of the request's fields.
///
/// Its `Display` lists them over several lines, errors first. It is an error value, so that `request.validate()?` works.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    operation: Cow<'static, str>,
    findings: Vec<Finding>,
}

impl Report {
    pub(crate) fn new(operation: impl Into<Cow<'static, str>>, findings: Vec<Finding>) -> Self {
        Self { operation: operation.into(), findings }
    }

    /// The operation whose request was checked.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// All findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// The findings that stop a request while checks are enforced.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|finding| finding.level() == Level::Error)
    }

    /// The findings that rest on doubtful facts.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|finding| finding.level() == Level::Warning)
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    /// Ok unless there are errors; warnings alone pass.
    pub fn into_result(self) -> Result<(), Self> {
        if self.has_errors() { Err(self) } else { Ok(()) }
    }
}

impl<'a> IntoIterator for &'a Report {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl std::error::Error for Report {}
