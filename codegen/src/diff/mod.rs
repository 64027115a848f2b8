//! Compares two specs: what a change of the spec does to callers, on the wire, in Rust, and in what the checks refuse.
//!
//! The models are compared, not the texts: moving a type between files or putting fields into another order is no change. Things
//! are matched by their names on the wire and the vendor's ids; `renamed_from` joins a removal and an addition. Types are compared
//! once per pair of types that stand at the same place, and what differs in a shared type is one change with all operations it
//! reaches. What kinds of change there are is a table of data: [`rules`].

mod change;
mod collect;
mod compare;
mod matching;
mod pairs;
mod rule;
mod side;
mod table;
mod verdict;
mod words;

use crate::diagnostic::Diagnostics;
use crate::grammar::AcceptedFile;
use crate::model::Model;
use crate::sources::Sources;
use crate::{check, files, lower};

pub use change::{Accepted, At, Change, Changes, Owner};
pub use rule::Rule;
pub use table::{one_way, rule, rules};
pub use verdict::{Action, Area, Bump, Direction, Level, Validator, WireVerdict};

/// Why two specs cannot be compared.
#[derive(Debug)]
pub enum Incomparable {
    /// What one of them, or both, holds could not be read; each with its mistakes, if it has any that matter.
    Broken {
        /// Of the base.
        base: Diagnostics,
        /// Of the revision.
        revision: Diagnostics,
    },
    /// They describe other services for another crate.
    OtherProject {
        /// Package and services of the base.
        base: String,
        /// Package and services of the revision.
        revision: String,
    },
}

/// What the revision changes of the base.
///
/// Lints do not stand in the way: a spec whose every reference resolves can be compared, though `check` may find more. In the
/// revision that is counted: [`Changes::mistakes`].
///
/// # Errors
///
/// If one of them cannot be read, or both have nothing to do with each other.
pub fn diff(base: &Sources, revision: &Sources) -> Result<Changes, Incomparable> {
    // What reviews decided before this change is no part of it, and cannot stand in its way.
    let base: Sources = base.iter().filter(|(path, _)| *path != "accepted.yaml").collect();
    let (a, a_found, _) = load(&base);
    let (b, b_found, accepted) = load(revision);
    if a_found.has_errors() || b_found.has_errors() {
        return Err(Incomparable::Broken { base: a_found, revision: b_found });
    }
    if is_another_project(&a, &b) {
        return Err(Incomparable::OtherProject { base: words::project(&a), revision: words::project(&b) });
    }
    let (a_side, b_side) = (side::Side::new(&base), side::Side::new(revision));
    let accepted = accepted.iter().flat_map(|file| &file.accepted).map(|accepted| Accepted {
        fingerprint: accepted.fingerprint.value.clone(),
        reason: accepted.reason.value.clone(),
        cause: accepted.cause.value.word(),
        at: b_side.at(accepted.fingerprint.span),
    });
    let accepted = accepted.collect();
    let operations = [&a, &b].into_iter().flat_map(|model| &model.services).flat_map(|service| &service.units);
    let operations = operations.filter_map(|unit| Some(unit.operation.as_ref()?.name.value.clone())).collect();
    let mut lints = Diagnostics::default();
    check::check(&b, &mut lints);
    Ok(Changes {
        list: compare::models(&a, &b, a_side, b_side),
        accepted,
        versions: (a.version.clone(), b.version.clone()),
        operations,
        mistakes: lints.finish().errors(),
    })
}

fn load(sources: &Sources) -> (Model, Diagnostics, Option<AcceptedFile>) {
    let mut diagnostics = Diagnostics::default();
    let files = files::files(sources, &mut diagnostics);
    diagnostics.end_of_decoding();
    let model = lower::lower(&files, &mut diagnostics);
    (model, diagnostics.finish(), files.accepted)
}

/// Whether nothing connects the two: neither the crate's name nor any service.
fn is_another_project(a: &Model, b: &Model) -> bool {
    let common = a.services.iter().any(|service| b.services.iter().any(|other| other.id == service.id));
    a.package != b.package && !common && !a.services.is_empty() && !b.services.is_empty()
}
