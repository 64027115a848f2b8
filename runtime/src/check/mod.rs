//! Checking a request against what is documented.
//!
//! Generated code tells a [`Checker`] the facts; each method compares on an inlined path that neither allocates nor
//! calls through a pointer, and leaves it only to write a finding down.

mod cross;
mod each;
mod limits;
mod nested;

pub use cross::Order;
pub use each::{Each, Items, Visit};
pub use nested::Check;

use crate::place::Place;
use crate::report::{Finding, Rule};
use crate::secret::Secret;
use crate::source::Source;

/// A value the client supplies to a path, so that a request does not carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Supplied {
    /// The project id.
    ProjectId,
}

impl Supplied {
    /// The name in path templates.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProjectId => "project_id",
        }
    }
}

/// What is known about where a request will go.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The cloud, if known: facts of other clouds are then left out.
    pub cloud: Option<&'a str>,
    /// The project id the client will supply, if known.
    pub project_id: Option<&'a str>,
    /// The token the credentials will send, if known.
    pub token: Option<&'a Secret>,
}

/// Collects what is wrong with a value, at its place in the request.
///
/// Names given to its methods are relative to the value being checked; [`object`](Self::object) goes one step down.
pub struct Checker<'a> {
    place: &'a Place<'a>,
    context: Context<'a>,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Checker<'a> {
    /// A checker of a whole request, which adds to `findings`.
    pub fn new(context: Context<'a>, findings: &'a mut Vec<Finding>) -> Self {
        Self { place: &Place::Root, context, findings }
    }

    /// A value the client will supply, if it is known.
    pub fn supplied(&self, value: Supplied) -> Option<&'a str> {
        match value {
            Supplied::ProjectId => self.context.project_id,
        }
    }

    /// The project id the client will supply, if it is known.
    pub fn project_id(&self) -> Option<&'a str> {
        self.context.project_id
    }

    /// The token the credentials will send, if it is known.
    pub fn token(&self) -> Option<&'a Secret> {
        self.context.token
    }

    /// Writes a finding down, unless the fact is one of other clouds.
    #[cold]
    fn find(
        &mut self,
        place: String,
        rule: Rule,
        source: &Source,
        problem: String,
        limit: String,
    ) -> Option<&mut Finding> {
        let level = source.level_on(self.context.cloud)?;
        self.findings.push(Finding::new(place, rule, problem, limit, level, source));
        self.findings.last_mut()
    }
}

#[cfg(test)]
mod tests;
