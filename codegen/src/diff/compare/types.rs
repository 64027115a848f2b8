//! Types that stand at the same places.

use std::collections::BTreeSet;

use super::fields::{Subject, evidence, field};
use super::{Cx, Spot, rules};
use crate::diff::change::Owner;
use crate::diff::matching;
use crate::diff::rule::Rule;
use crate::diff::table::documentation::{DEPRECATION_REWORDED, DOC_CHANGED};
use crate::diff::table::fields as field_rules;
use crate::diff::table::types as table;
use crate::diff::verdict::Direction;
use crate::diff::words;
use crate::grammar::{Level, Wire};
use crate::model::{Enum, Object, Service, Sourcing, Type, TypeId, TypeKind, Value};

pub(super) fn types(cx: &mut Cx<'_, '_, '_>) {
    let (a, b) = (cx.a, cx.b);
    names(cx);
    for at in 0..cx.pairs.list.len() {
        let pair = &cx.pairs.list[at];
        let (old, new) = (&a.types[pair.a.0], &b.types[pair.b.0]);
        let direction = pair.uses.direction();
        let operations: Vec<String> = pair.operations.iter().cloned().collect();
        let owner = Owner::Type(new.name.value.clone());
        let spot = Spot::new(owner, operations, Some(old.name.span), Some(new.name.span));
        let doc = if direction == Direction::Failure { &field_rules::ERROR_FIELD_CHANGED } else { &DOC_CHANGED };
        cx.report.texts(doc, &spot, "doc", old.doc.as_deref(), new.doc.as_deref());
        match (&old.kind, &new.kind) {
            (TypeKind::Object(old), TypeKind::Object(new)) => object(old, new, direction, &spot, cx),
            (TypeKind::Enum(old), TypeKind::Enum(new)) => enumeration(old, new, direction, &spot, cx),
            _ => {}
        }
    }
}

/// One type for one is a renaming, several for one a split, one for several a merger.
fn names(cx: &mut Cx<'_, '_, '_>) {
    let (from_base, from_revision) = (cx.pairs.partners(true), cx.pairs.partners(false));
    let list = |service: &Service, ids: &BTreeSet<TypeId>| {
        let names: Vec<&str> = ids.iter().map(|id| service.types[id.0].name.value.as_str()).collect();
        names.join(", ")
    };
    let (a, b) = (cx.a, cx.b);
    let name = |ty: &Type| ty.name.value.clone();
    for (old, partners) in &from_base {
        let ty = &a.types[old.0];
        let only = partners.iter().next().filter(|_| partners.len() == 1);
        if partners.len() > 1 {
            let spot = spot(cx, &name(ty), |pair| pair.0 == *old);
            cx.report.add(&table::TYPE_SPLIT, &spot, "", Some(name(ty)), Some(list(b, partners)));
        } else if let Some(new) = only.filter(|new| from_revision.get(new).is_some_and(|back| back.len() == 1)) {
            let (other, pair) = (&b.types[new.0], (*old, *new));
            let failure = cx
                .pairs
                .list
                .iter()
                .any(|found| (found.a, found.b) == pair && found.uses.direction() == Direction::Failure);
            let (rule, old, new): (&'static Rule, _, _) = match (ty.rust == other.rust, name(ty) == name(other)) {
                (true, true) => continue,
                _ if failure => (&table::ERROR_TYPE_RENAMED, name(ty), name(other)),
                (true, false) => (&table::TYPE_RENAMED_IN_SPEC, name(ty), name(other)),
                (false, _) => (&table::TYPE_RENAMED, ty.rust.clone(), other.rust.clone()),
            };
            let spot = spot(cx, &name(other), |found| found == pair);
            cx.report.texts(rule, &spot, "name", Some(&old), Some(&new));
        }
    }
    for (new, partners) in from_revision.iter().filter(|(_, partners)| partners.len() > 1) {
        let ty = &b.types[new.0];
        let spot = spot(cx, &name(ty), |pair| pair.1 == *new);
        cx.report.add(&table::TYPE_MERGED, &spot, "", Some(list(a, partners)), Some(name(ty)));
    }
}

/// Where the pairs in question stand, with all that they reach.
fn spot(cx: &Cx<'_, '_, '_>, name: &str, wanted: impl Fn((TypeId, TypeId)) -> bool) -> Spot {
    let pairs: Vec<_> = cx.pairs.list.iter().filter(|pair| wanted((pair.a, pair.b))).collect();
    let operations: BTreeSet<&String> = pairs.iter().flat_map(|pair| &pair.operations).collect();
    let operations: Vec<String> = operations.into_iter().cloned().collect();
    let spans = pairs.first().map(|pair| (cx.a.types[pair.a.0].name.span, cx.b.types[pair.b.0].name.span));
    Spot::new(Owner::Type(name.to_owned()), operations, spans.map(|spans| spans.0), spans.map(|spans| spans.1))
}

fn object(a: &Object, b: &Object, direction: Direction, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let matched = matching::fields(&a.fields, &b.fields);
    let subject = Subject { direction, named: true };
    for (old, new) in matched.both {
        field(old, new, &subject, &spot.at(new.wire.value.as_str(), Some(old.wire.span), Some(new.wire.span)), cx);
    }
    for gone in matched.gone {
        let rule = match (direction, gone.is_required()) {
            (Direction::Failure, _) => &field_rules::ERROR_FIELD_REMOVED,
            (Direction::Response, _) => &field_rules::RESPONSE_FIELD_REMOVED,
            (_, true) => &field_rules::REQUEST_FIELD_REMOVED_REQUIRED,
            (_, false) => &field_rules::REQUEST_FIELD_REMOVED_OPTIONAL,
        };
        let spot = spot.at(gone.wire.value.as_str(), Some(gone.wire.span), None);
        cx.report.add(rule, &spot, "", Some(words::ty(cx.a, &gone.ty)), None);
    }
    for new in matched.new {
        let rule = match (direction, new.is_required()) {
            (Direction::Failure, _) => &field_rules::ERROR_FIELD_ADDED,
            (Direction::Response, _) => &field_rules::RESPONSE_FIELD_ADDED,
            (_, true) => &field_rules::REQUEST_FIELD_ADDED_REQUIRED,
            (_, false) => &field_rules::REQUEST_FIELD_ADDED_OPTIONAL,
        };
        let spot = spot.at(new.wire.value.as_str(), None, Some(new.wire.span));
        cx.report.add(rule, &spot, "", None, Some(words::ty(cx.b, &new.ty)));
    }
    rules::rules(&a.rules, &b.rules, spot, cx);
}

fn enumeration(a: &Enum, b: &Enum, direction: Direction, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let failure = direction == Direction::Failure;
    let word = |shape: &Enum| Some(if shape.wire == Wire::Integer { "integer" } else { "text" });
    let rule = if failure { &field_rules::ERROR_FIELD_CHANGED } else { &table::ENUM_ENCODING_CHANGED };
    cx.report.texts(rule, spot, "wire", word(a), word(b));
    let matched = matching::by_key(&a.values, &b.values, |value| value.text.value.as_str());
    let place = |value: &Value| format!("`{}`", value.text.value);
    for (old, new) in matched.both {
        value(old, new, failure, &spot.at(place(new), Some(old.text.span), Some(new.text.span)), cx);
    }
    let (added, removed) = match direction {
        Direction::Request => (&table::REQUEST_ENUM_VALUE_ADDED, &table::REQUEST_ENUM_VALUE_REMOVED),
        Direction::Both => (&table::SHARED_ENUM_VALUE_ADDED, &table::SHARED_ENUM_VALUE_REMOVED),
        Direction::Failure => (&field_rules::ERROR_FIELD_CHANGED, &field_rules::ERROR_FIELD_CHANGED),
        _ => (&table::RESPONSE_ENUM_VALUE_ADDED, &table::RESPONSE_ENUM_VALUE_REMOVED),
    };
    for gone in matched.gone {
        let spot = spot.at(place(gone), Some(gone.text.span), None);
        cx.report.add(removed, &spot, "", Some(gone.text.value.clone()), None);
    }
    for new in matched.new {
        let spot = spot.at(place(new), None, Some(new.text.span));
        cx.report.add(added, &spot, "", None, Some(new.text.value.clone()));
    }
}

fn value(a: &Value, b: &Value, failure: bool, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let doc = if failure { &field_rules::ERROR_FIELD_CHANGED } else { &DOC_CHANGED };
    cx.report.texts(doc, spot, "doc", a.doc.as_deref(), b.doc.as_deref());
    if failure {
        return;
    }
    cx.report.texts(&table::ENUM_VALUE_RUST_RENAMED, spot, "rust", Some(&a.rust), Some(&b.rust));
    let presence = (&table::ENUM_VALUE_DEPRECATED, &table::ENUM_VALUE_UNDEPRECATED, &DEPRECATION_REWORDED);
    cx.report.presence(presence, spot, "deprecated", a.deprecated.as_deref(), b.deprecated.as_deref());
    let doubted = b.by.level == Level::Warning;
    let rule = if doubted { &table::ENUM_VALUE_DOUBTED } else { &table::ENUM_VALUE_CONFIRMED };
    cx.report.texts(rule, spot, "level", Some(a.by.level.word()), Some(b.by.level.word()));
    let without_level = |by: Sourcing| Sourcing { level: Level::Error, ..by };
    evidence(spot, "", without_level(a.by), without_level(b.by), cx);
}
