//! A field or parameter that both sides have.

use super::{Cx, Spot, facts};
use crate::diff::rule::Rule;
use crate::diff::table::documentation as docs;
use crate::diff::table::{facts as fact_rules, fields as rules};
use crate::diff::verdict::Direction;
use crate::diff::words;
use crate::docs::type_word;
use crate::grammar::{Level, Wire};
use crate::model::{Field, Sourcing, Ty, TypeKind};

/// How a field is looked at.
pub(super) struct Subject {
    pub(super) direction: Direction,
    /// Whether callers know it by its name.
    pub(super) named: bool,
}

impl Subject {
    pub(super) fn is_request(&self) -> bool {
        self.direction != Direction::Response
    }
}

pub(super) fn field(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    if subject.direction == Direction::Failure {
        failure(a, b, spot, cx);
        return;
    }
    if subject.named {
        name(a, b, subject, spot, cx);
    }
    let there = spot.at(spot.place.clone(), Some(a.ty_span), Some(b.ty_span));
    ty(&a.ty, &b.ty, subject, &there, cx);
    // Another type goes over the wire in its own way.
    if is_same(&a.ty, &b.ty, cx) {
        encoding(a, b, subject, spot, cx);
    }
    secrecy(a, b, spot, cx);
    let nullable = |field: &Field| field.nullable.then_some("null allowed");
    let (added, removed) = if subject.is_request() {
        (&fact_rules::REQUEST_NULLABLE_ADDED, &fact_rules::REQUEST_NULLABLE_REMOVED)
    } else {
        (&fact_rules::RESPONSE_NULLABLE_ADDED, &fact_rules::RESPONSE_NULLABLE_REMOVED)
    };
    cx.report.presence((added, removed, added), spot, "nullable", nullable(a), nullable(b));
    facts::facts(a, b, subject, spot, cx);
    texts(a, b, spot, cx);
    let without_level = |by: Sourcing| Sourcing { level: Level::Error, ..by };
    evidence(spot, "", without_level(a.by), without_level(b.by), cx);
}

fn name(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let (on_wire, both, in_rust) = if subject.is_request() {
        (&rules::REQUEST_FIELD_RENAMED_ON_WIRE, &rules::REQUEST_FIELD_RENAMED, &rules::REQUEST_FIELD_RUST_RENAMED)
    } else {
        (&rules::RESPONSE_FIELD_RENAMED_ON_WIRE, &rules::RESPONSE_FIELD_RENAMED, &rules::RESPONSE_FIELD_RUST_RENAMED)
    };
    let (old, new) = (Some(a.wire.value.as_str()), Some(b.wire.value.as_str()));
    if old == new {
        cx.report.texts(in_rust, spot, "rust", Some(&a.rust), Some(&b.rust));
    } else {
        cx.report.texts(if a.rust == b.rust { on_wire } else { both }, spot, "name", old, new);
    }
}

/// How two types differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    Same,
    Widened,
    Narrowed,
    EnumIntroduced,
    EnumDropped,
    Other,
}

pub(super) fn ty(a: &Ty, b: &Ty, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let rule = match (shift(a, b, cx), subject.is_request()) {
        (Shift::Same, _) => return,
        (Shift::Widened, true) => &rules::REQUEST_TYPE_WIDENED,
        (Shift::Narrowed, true) => &rules::REQUEST_TYPE_NARROWED,
        (Shift::EnumIntroduced, true) => &rules::REQUEST_ENUM_INTRODUCED,
        (Shift::EnumDropped, true) => &rules::REQUEST_ENUM_DROPPED,
        (Shift::EnumIntroduced, false) => &rules::RESPONSE_ENUM_INTRODUCED,
        (Shift::EnumDropped, false) => &rules::RESPONSE_ENUM_DROPPED,
        (Shift::Other, true) => &rules::REQUEST_TYPE_CHANGED,
        (_, false) => &rules::RESPONSE_TYPE_CHANGED,
    };
    let (mut old, mut new) = (words::ty(cx.a, a), words::ty(cx.b, b));
    if old == new {
        // An object and an enumeration of one name.
        old.push_str(&format!(" ({})", type_word(a.leaf())));
        new.push_str(&format!(" ({})", type_word(b.leaf())));
    }
    cx.report.add(rule, spot, "type", Some(old), Some(new));
}

pub(super) fn is_same(a: &Ty, b: &Ty, cx: &Cx<'_, '_, '_>) -> bool {
    shift(a, b, cx) == Shift::Same
}

fn shift(a: &Ty, b: &Ty, cx: &Cx<'_, '_, '_>) -> Shift {
    // What travels in place of a value of an enumeration.
    let carries = |service: &crate::model::Service, ty: &Ty| match ty {
        Ty::Enum(id) => match &service.types[id.0].kind {
            TypeKind::Enum(shape) => Some(shape.wire),
            _ => None,
        },
        Ty::String | Ty::Secret => Some(Wire::Text),
        Ty::Integer => Some(Wire::Integer),
        _ => None,
    };
    match (a, b) {
        (Ty::List(a), Ty::List(b)) | (Ty::Map(a), Ty::Map(b)) => shift(a, b, cx),
        (Ty::String | Ty::Secret, Ty::String | Ty::Secret)
        | (Ty::Integer, Ty::Integer)
        | (Ty::Number, Ty::Number)
        | (Ty::Boolean, Ty::Boolean)
        | (Ty::Json, Ty::Json)
        | (Ty::Invalid, Ty::Invalid) => Shift::Same,
        (Ty::Object(a), Ty::Object(b)) | (Ty::Enum(a), Ty::Enum(b)) => {
            if cx.pairs.has(*a, *b) {
                Shift::Same
            } else {
                Shift::Other
            }
        }
        (Ty::Integer, Ty::Number) => Shift::Widened,
        (Ty::Number, Ty::Integer) => Shift::Narrowed,
        (_, Ty::Enum(_)) if carries(cx.a, a).is_some() && carries(cx.a, a) == carries(cx.b, b) => Shift::EnumIntroduced,
        (Ty::Enum(_), _) if carries(cx.b, b).is_some() && carries(cx.a, a) == carries(cx.b, b) => Shift::EnumDropped,
        _ => Shift::Other,
    }
}

fn encoding(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let word = |field: &Field| Some(if field.as_text.is_some() { "text" } else { "as its type says" });
    let rule = if subject.is_request() { &rules::REQUEST_ENCODING_CHANGED } else { &rules::RESPONSE_ENCODING_CHANGED };
    cx.report.texts(rule, spot, "wire", word(a), word(b));
}

fn secrecy(a: &Field, b: &Field, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let word = |field: &Field| field.sensitive.map(|sensitive| if sensitive.value { "true" } else { "false" });
    let (old, new) = (word(a), word(b));
    let rule = match (old == Some("true"), new == Some("true")) {
        (false, true) => &rules::SENSITIVE_ADDED,
        (true, false) => &rules::SENSITIVE_REMOVED,
        _ => &rules::SENSITIVE_DECIDED,
    };
    let span = |field: &Field| field.sensitive.map_or(field.wire.span, |sensitive| sensitive.span);
    let there = spot.at(spot.place.clone(), Some(span(a)), Some(span(b)));
    cx.report.texts(rule, &there, "sensitive", old, new);
}

fn texts(a: &Field, b: &Field, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    cx.report.texts(&docs::UNIT_CHANGED, spot, "unit", a.unit.as_deref(), b.unit.as_deref());
    cx.report.texts(&docs::FORMAT_CHANGED, spot, "format", a.format.as_deref(), b.format.as_deref());
    cx.report.texts(&docs::DOC_CHANGED, spot, "doc", a.doc.as_deref(), b.doc.as_deref());
    let presence = (&rules::FIELD_DEPRECATED, &rules::FIELD_UNDEPRECATED, &docs::DEPRECATION_REWORDED);
    cx.report.presence(presence, spot, "deprecated", a.deprecated.as_deref(), b.deprecated.as_deref());
    // A former name that joined the two is told by that.
    if a.wire.value == b.wire.value {
        let (old, new) = (a.renamed_from.as_deref(), b.renamed_from.as_deref());
        cx.report.texts(&docs::FORMER_NAME_CHANGED, spot, "renamed_from", old, new);
    }
}

/// Fields of bodies of failed calls: nothing is enforced, nothing is generated, so one rule says it all.
fn failure(a: &Field, b: &Field, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    as_one(&rules::ERROR_FIELD_CHANGED, a, b, &[], spot, cx);
}

/// A value that callers do not give: of what is documented of it, they meet the limits alone.
pub(super) fn filled(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    facts::limits(a, b, subject, spot, cx);
    as_one(&rules::FILLED_PARAM_CHANGED, a, b, &["name", "length", "range", "items", "pattern"], spot, cx);
}

/// All that is documented of a field, but for some facts, by one rule.
fn as_one(rule: &'static Rule, a: &Field, b: &Field, but: &[&str], spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let type_of = |service, field: &Field| Some(words::ty(service, &field.ty));
    let (old, new) =
        if shift(&a.ty, &b.ty, cx) == Shift::Same { (None, None) } else { (type_of(cx.a, a), type_of(cx.b, b)) };
    cx.report.texts(rule, spot, "type", old.as_deref(), new.as_deref());
    for ((fact, old), (_, new)) in facts::as_texts(a).into_iter().zip(facts::as_texts(b)) {
        if !but.contains(&fact) {
            cx.report.texts(rule, spot, fact, old.as_deref(), new.as_deref());
        }
    }
}

/// The same fact from elsewhere.
pub(super) fn evidence(spot: &Spot, fact: &str, a: Sourcing, b: Sourcing, cx: &mut Cx<'_, '_, '_>) {
    let page = |service: &'_ crate::model::Service, by: Sourcing| {
        let page = service.units[by.page.0].pages.get(by.page.1);
        page.map(|page| (page.id.clone(), page.url.clone()))
    };
    let same_page = match (page(cx.a, a), page(cx.b, b)) {
        (Some((old, old_url)), Some((new, new_url))) => old == new || old_url.is_some() && old_url == new_url,
        (old, new) => old.is_none() && new.is_none(),
    };
    if same_page && a.basis == b.basis && a.level == b.level {
        return;
    }
    let word = |service, by: Sourcing| {
        let doubt = if by.level == Level::Warning { ", doubtful" } else { "" };
        Some(format!("{}{doubt}", words::evidence(service, by)))
    };
    let (old, new) = (word(cx.a, a), word(cx.b, b));
    let fact = format!("{fact} evidence");
    cx.report.texts(&docs::EVIDENCE_CHANGED, spot, fact.trim_start(), old.as_deref(), new.as_deref());
}
