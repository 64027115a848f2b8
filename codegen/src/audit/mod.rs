//! Compares a saved documentation page with the spec, fact by fact.
//!
//! From the spec to the page: each fact that the spec attributes to the page is looked up there, and agrees, drifted, cannot be
//! checked, or is contradicted by the page itself. From the page to the spec only where the page is formal: rows of tables, lists
//! of values, limits, defaults, statuses. What cannot be known is said to be so; nothing agrees by default.
//!
//! `facts` (the spec as claims) and `layout` (which table is whose) → `judge` (what the page says of a claim) → `verdict` (errata
//! and attribution) → `report`. `beyond` goes the other way.

mod accept;
mod beyond;
mod claims;
mod conflicts;
mod errata;
mod facts;
mod find;
mod findings;
mod judge;
mod layout;
mod lock;
mod loose;
mod pages;
mod places;
mod propose;
mod report;
mod samples;
mod seen;
mod text;
mod verdict;
mod words;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::Serialize;

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::page;
use crate::sources::Sources;
use find::Lost;

pub use lock::Lock;
pub(crate) use lock::check as check_lock;
pub use report::{Chosen, Facts, Finding, Kind, Place, Read, Report, Rows, Unread};
pub use text::Show;

/// A spec to compare pages with.
#[derive(Debug)]
pub struct Auditor<'s> {
    sources: &'s Sources,
    model: Model,
}

/// What the caller knows of a page.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which of the operation's pages the file is.
    pub page: Option<String>,
    /// The operation that the page is of, if it does not tell.
    pub operation: Option<String>,
}

/// Of what kind it is that a file was not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It is no page, or none that can be read.
    Unreadable,
    /// It is a page without an operation: an index, an appendix.
    NoOperation,
    /// It is the page of an operation that the spec does not have.
    Unknown,
    /// It is not clear which operation it is of, or which page.
    Unclear,
}

/// Why a file was not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Whether that is a fault.
    pub reason: Reason,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl<'s> Auditor<'s> {
    /// Reads a spec.
    ///
    /// # Errors
    ///
    /// All mistakes of the spec, if it has any that matter: a page is compared with a spec that says something.
    pub fn new(sources: &'s Sources) -> Result<Self, Diagnostics> {
        let (model, diagnostics) = crate::load(sources);
        if diagnostics.has_errors() { Err(diagnostics) } else { Ok(Self { sources, model }) }
    }

    /// Compares a page with the spec.
    ///
    /// # Errors
    ///
    /// Why there is nothing to compare: no page, or none of an operation that the spec has.
    pub fn audit(&self, bytes: &[u8], options: &Options) -> Result<Report, Refused> {
        let page = page::read(bytes).map_err(|refusal| Refused {
            reason: match refusal {
                page::Refusal::NothingFound { .. } => Reason::NoOperation,
                _ => Reason::Unreadable,
            },
            message: refusal.to_string(),
            help: refusal.help().to_owned(),
        })?;
        self.compare(&page, &head(bytes), options)
    }

    /// The same with a page that is read already.
    fn compare(&self, page: &page::Page, head: &str, options: &Options) -> Result<Report, Refused> {
        if let Some(wanted) = &options.operation {
            self.named(wanted)?;
        }
        let found = find::operation(&self.model, page, head, options.operation.as_deref()).map_err(refused)?;
        findings::report(self, page, head, found, options.page.as_deref())
    }

    /// Whether the spec has an operation of that name.
    fn named(&self, wanted: &str) -> Result<(), Refused> {
        let units = self.model.services.iter().flat_map(|service| &service.units);
        let names: Vec<&str> = units.filter_map(|unit| Some(unit.operation.as_ref()?.name.value.as_str())).collect();
        if names.contains(&wanted) {
            return Ok(());
        }
        let help = crate::diagnostic::did_you_mean(wanted, names.iter().copied()).map_or_else(
            || "name it as its file's `operation` does".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Err(Refused { reason: Reason::Unclear, message: format!("the spec has no operation `{wanted}`"), help })
    }
}

/// The beginning of a file, where addresses are that tell what it is.
fn head(bytes: &[u8]) -> String {
    const ENOUGH: usize = 16 << 10;
    String::from_utf8_lossy(&bytes[..bytes.len().min(ENOUGH)]).into_owned()
}

fn refused(lost: Lost) -> Refused {
    let (reason, message, help) = match lost {
        Lost::NoRequest => (
            Reason::NoOperation,
            "the page names no method and path, so it is of no operation".to_owned(),
            "an index or appendix has nothing to compare; if it is of an operation, name it with `--operation ID`"
                .to_owned(),
        ),
        Lost::Several(requests) => (
            Reason::Unclear,
            format!("the page is of {} operations: {}", requests.len(), requests.join(", ")),
            "save each operation's part in a file of its own, or say with `--operation ID` which one is meant"
                .to_owned(),
        ),
        Lost::Unknown { request, nearest } => (
            Reason::Unknown,
            format!("the spec has no operation `{request}`"),
            format!("the nearest are {}; `cargo xtask new` begins another", nearest.join(", ")),
        ),
        Lost::Ambiguous { request, operations } => (
            Reason::Unknown,
            format!(
                "`{request}` is the request of {}, and the page is by title and address of neither",
                operations.join(" and of ")
            ),
            "if it is of one of them, say so with `--operation ID`".to_owned(),
        ),
    };
    Refused { reason, message, help }
}
