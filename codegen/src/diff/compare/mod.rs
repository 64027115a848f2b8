//! The walk over two models.

mod answers;
mod crates;
mod documentation;
mod facts;
mod fields;
mod flow;
mod need;
mod operation;
mod rules;
mod types;

use std::rc::Rc;

use super::change::{Change, Owner};
use super::pairs::Pairs;
use super::rule::Rule;
use super::side::Side;
use super::{collect, matching};
use crate::model::{Model, Service};
use crate::sources::Span;

/// All differences between two models.
pub(super) fn models(a: &Model, b: &Model, a_side: Side<'_>, b_side: Side<'_>) -> Vec<Change> {
    let mut report = Report { a: a_side, b: b_side, service: String::new(), list: Vec::new() };
    crates::package(a, b, &mut report);
    let matched = matching::by_key(&a.services, &b.services, |service| service.id.as_str());
    for service in matched.gone {
        crates::whole_service(service, false, &mut report);
    }
    for service in matched.new {
        crates::whole_service(service, true, &mut report);
    }
    for (old, new) in matched.both {
        service(old, new, &mut report);
    }
    collect::decisions(report.list)
}

fn service(a: &Service, b: &Service, report: &mut Report<'_>) {
    report.service.clone_from(&a.id);
    let operations = |service| crates::operations(service).collect::<Vec<_>>();
    let matched = matching::operations(&operations(a), &operations(b));
    let pairs = Pairs::new(a, b, &matched.both);
    let mut cx = Cx { a, b, pairs, report };
    crates::service(&mut cx);
    matched.gone.into_iter().for_each(|gone| operation::whole(gone, false, &mut cx));
    matched.new.into_iter().for_each(|new| operation::whole(new, true, &mut cx));
    for (old, new) in &matched.both {
        operation::operation(old, new, &mut cx);
    }
    types::types(&mut cx);
    documentation::pages(&matched.both, &mut cx);
    documentation::errata(&matched.both, &mut cx);
}

/// Where changes go.
pub(super) struct Report<'s> {
    pub(super) a: Side<'s>,
    pub(super) b: Side<'s>,
    /// The service that is being compared.
    pub(super) service: String,
    list: Vec<Change>,
}

/// Two services that are compared.
pub(super) struct Cx<'m, 'r, 's> {
    pub(super) a: &'m Service,
    pub(super) b: &'m Service,
    pub(super) pairs: Pairs<'m>,
    pub(super) report: &'r mut Report<'s>,
}

/// Where a comparison stands.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) owner: Owner,
    pub(super) operations: Rc<[String]>,
    pub(super) place: String,
    pub(super) base: Option<Span>,
    pub(super) revision: Option<Span>,
}

impl Spot {
    pub(super) fn new(
        owner: Owner,
        operations: impl Into<Rc<[String]>>,
        base: Option<Span>,
        revision: Option<Span>,
    ) -> Self {
        Self { owner, operations: operations.into(), place: String::new(), base, revision }
    }

    /// Another place of the same owner.
    pub(super) fn at(&self, place: impl Into<String>, base: Option<Span>, revision: Option<Span>) -> Self {
        Self { place: place.into(), base, revision, ..self.clone() }
    }
}

impl Report<'_> {
    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        spot: &Spot,
        fact: &str,
        old: Option<String>,
        new: Option<String>,
    ) {
        self.list.push(Change {
            rule,
            service: self.service.clone(),
            owner: spot.owner.clone(),
            place: spot.place.clone(),
            fact: fact.to_owned(),
            old,
            new,
            operations: spot.operations.to_vec(),
            base: spot.base.map(|span| self.a.at(span)),
            revision: spot.revision.map(|span| self.b.at(span)),
            fingerprint: String::new(),
        });
    }

    /// Adds a change if the two texts differ.
    pub(super) fn texts(&mut self, rule: &'static Rule, spot: &Spot, fact: &str, old: Option<&str>, new: Option<&str>) {
        if old != new {
            self.add(rule, spot, fact, old.map(str::to_owned), new.map(str::to_owned));
        }
    }

    /// Adds one of two changes, or a third where both sides have something else.
    pub(super) fn presence(
        &mut self,
        (added, removed, changed): (&'static Rule, &'static Rule, &'static Rule),
        spot: &Spot,
        fact: &str,
        old: Option<&str>,
        new: Option<&str>,
    ) {
        let rule = match (old, new) {
            (None, Some(_)) => added,
            (Some(_), None) => removed,
            _ => changed,
        };
        self.texts(rule, spot, fact, old, new);
    }
}
