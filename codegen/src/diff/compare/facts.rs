//! Facts that limit a value, for all clouds and for each that differs.
//!
//! No limit is the infinite interval and a doubtful limit refuses nothing, so what the checks do is a question of which set holds the other.

use super::fields::{Subject, evidence};
use super::{Cx, Spot, need};
use crate::decode::{Literal, Number};
use crate::diff::rule::Rule;
use crate::diff::table::documentation::DOC_CHANGED;
use crate::diff::table::facts as table;
use crate::diff::words;
use crate::grammar::{Bounds, Level};
use crate::model::{Field, PerCloud, Sourced, Ty};

pub(super) fn facts(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    need::need(a, b, subject, spot, cx);
    limits(a, b, subject, spot, cx);
    defaults(a, b, subject, spot, cx);
}

/// What the checks look at, whoever gives the value.
pub(super) fn limits(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    // Limits beside a list of values are implied by it.
    let is_enum = matches!(a.ty.leaf(), Ty::Enum(_)) || matches!(b.ty.leaf(), Ty::Enum(_));
    bounds("length", (&a.length, &b.length), subject, is_enum, spot, cx);
    bounds("range", (&a.range, &b.range), subject, is_enum, spot, cx);
    bounds("items", (&a.items, &b.items), subject, false, spot, cx);
    patterns(a, b, subject, spot, cx);
}

/// A fact on both sides: everywhere (no cloud), then on each cloud for which one side says something of its own.
pub(super) type Seen<'f, T> = (Option<&'f str>, Option<&'f Sourced<T>>, Option<&'f Sourced<T>>);

pub(super) fn each<'f, T>(a: &'f PerCloud<T>, b: &'f PerCloud<T>) -> Vec<Seen<'f, T>> {
    let on = |fact: &'f PerCloud<T>, cloud: &str| {
        let own = fact.on.iter().find(|(name, _)| name == cloud).map(|(_, fact)| fact);
        own.or(fact.base.as_ref())
    };
    let mut seen = vec![(None, a.base.as_ref(), b.base.as_ref())];
    let mut clouds: Vec<&str> = a.on.iter().chain(&b.on).map(|(cloud, _)| cloud.as_str()).collect();
    clouds.sort_unstable();
    clouds.dedup();
    seen.extend(clouds.into_iter().map(|cloud| (Some(cloud), on(a, cloud), on(b, cloud))));
    seen
}

pub(super) fn named(fact: &str, cloud: Option<&str>) -> String {
    cloud.map_or_else(|| fact.to_owned(), |cloud| format!("{fact} on {cloud}"))
}

/// What the checks do after a change, beside what they did.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    Same,
    Set,
    Removed,
    Tightened,
    Loosened,
    Other,
}

/// Which interval holds the other.
fn shift(a: Option<Bounds>, b: Option<Bounds>, is_count: bool) -> Shift {
    // Counts begin at zero, so that limit is none.
    let low = |bounds: Option<Bounds>| bounds?.low.filter(|low| !is_count || Number::Integer(0).is_below(*low));
    let high = |bounds: Option<Bounds>| bounds?.high;
    let is_open = |bounds| low(bounds).is_none() && high(bounds).is_none();
    match (is_open(a), is_open(b)) {
        (true, true) => return Shift::Same,
        (true, false) => return Shift::Set,
        (false, true) => return Shift::Removed,
        (false, false) => {}
    }
    // Whether the second excludes what the first does not.
    let above = |one: Option<Number>, other: Option<Number>| match (one, other) {
        (None, Some(_)) => true,
        (Some(one), Some(other)) => one.is_below(other),
        _ => false,
    };
    let below = |one: Option<Number>, other: Option<Number>| match (one, other) {
        (None, Some(_)) => true,
        (Some(one), Some(other)) => other.is_below(one),
        _ => false,
    };
    let tighter = above(low(a), low(b)) || below(high(a), high(b));
    let looser = above(low(b), low(a)) || below(high(b), high(a));
    match (tighter, looser) {
        (false, false) => Shift::Same,
        (true, false) => Shift::Tightened,
        (false, true) => Shift::Loosened,
        (true, true) => Shift::Other,
    }
}

fn bounds(
    fact: &str,
    (a, b): (&PerCloud<Bounds>, &PerCloud<Bounds>),
    subject: &Subject,
    unchecked: bool,
    spot: &Spot,
    cx: &mut Cx<'_, '_, '_>,
) {
    for (cloud, old, new) in each(a, b) {
        let is = |fact: Option<&Sourced<Bounds>>| fact.map(|fact| fact.is);
        let shift = shift(is(old), is(new), fact != "range");
        let rules = if subject.is_request() {
            [
                &table::REQUEST_LIMIT_SET,
                &table::REQUEST_LIMIT_REMOVED,
                &table::REQUEST_LIMIT_TIGHTENED,
                &table::REQUEST_LIMIT_LOOSENED,
                &table::REQUEST_LIMIT_CHANGED,
            ]
        } else {
            [
                &table::RESPONSE_LIMIT_SET,
                &table::RESPONSE_LIMIT_REMOVED,
                &table::RESPONSE_LIMIT_TIGHTENED,
                &table::RESPONSE_LIMIT_LOOSENED,
                &table::RESPONSE_LIMIT_CHANGED,
            ]
        };
        let text = |bounds: &Bounds| words::bounds(*bounds);
        judge(&named(fact, cloud), (old, new), text, shift, rules, subject, unchecked, spot, cx);
    }
}

/// Reports a change of a fact that may refuse.
#[expect(clippy::too_many_arguments, reason = "all of it is what a fact is")]
fn judge<T>(
    fact: &str,
    (old, new): (Option<&Sourced<T>>, Option<&Sourced<T>>),
    text: impl Fn(&T) -> String,
    shift: Shift,
    [set, removed, tightened, loosened, changed]: [&'static Rule; 5],
    subject: &Subject,
    unchecked: bool,
    spot: &Spot,
    cx: &mut Cx<'_, '_, '_>,
) {
    let (before, after) = (old.map(|fact| text(&fact.is)), new.map(|fact| text(&fact.is)));
    let there = spot.at(
        spot.place.clone(),
        old.map(|fact| fact.span).or(spot.base),
        new.map(|fact| fact.span).or(spot.revision),
    );
    let level = |fact: Option<&Sourced<T>>| fact.map(|fact| fact.by.level);
    let is_same = before == after;
    let rule = match (level(old), level(new)) {
        // A request that breaks a doubtful limit is sent all the same.
        (Some(Level::Error), Some(Level::Warning)) if subject.is_request() && !unchecked => {
            &table::REFUSAL_BECAME_WARNING
        }
        (Some(Level::Warning), Some(Level::Error)) if subject.is_request() && !unchecked => {
            &table::WARNING_BECAME_REFUSAL
        }
        _ if is_same => {
            if let (Some(old), Some(new)) = (old, new) {
                evidence(&there, fact, old.by, new.by, cx);
            }
            return;
        }
        _ if unchecked => &DOC_CHANGED,
        (None, Some(Level::Warning)) if subject.is_request() => &table::WARNING_ADDED,
        (Some(Level::Warning), None) if subject.is_request() => &table::WARNING_REMOVED,
        (Some(Level::Warning), Some(Level::Warning)) if subject.is_request() => &table::WARNING_CHANGED,
        _ => match shift {
            Shift::Set => set,
            Shift::Removed => removed,
            Shift::Tightened => tightened,
            Shift::Loosened => loosened,
            Shift::Other => changed,
            // Another text for the same.
            Shift::Same => &DOC_CHANGED,
        },
    };
    let mark = |text: Option<String>, fact: Option<&Sourced<T>>| {
        let doubtful = subject.is_request() && fact.is_some_and(|fact| fact.by.level == Level::Warning);
        text.map(|text| if doubtful { format!("{text} (warning)") } else { text })
    };
    cx.report.add(rule, &there, fact, mark(before, old), mark(after, new));
}

fn patterns(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let rules = if subject.is_request() {
        (&table::REQUEST_PATTERN_SET, &table::REQUEST_PATTERN_REMOVED, &table::REQUEST_PATTERN_CHANGED)
    } else {
        (&table::RESPONSE_PATTERN_SET, &table::RESPONSE_PATTERN_REMOVED, &table::RESPONSE_PATTERN_CHANGED)
    };
    for (cloud, old, new) in each(&a.pattern, &b.pattern) {
        let checked = |fact: Option<&Sourced<_>>| {
            fact.is_some_and(|fact: &Sourced<crate::grammar::Pattern>| !subject.is_request() || !fact.is.unchecked)
        };
        let fact = named("pattern", cloud);
        let shift = match (checked(old), checked(new)) {
            (false, true) => Shift::Set,
            (true, false) => Shift::Removed,
            (true, true) => Shift::Other,
            (false, false) => {
                let presence = (&table::UNCHECKED_ADDED, &table::UNCHECKED_REMOVED, &table::UNCHECKED_CHANGED);
                let text = |fact: Option<&Sourced<_>>| fact.map(|fact| words::pattern(&fact.is));
                cx.report.presence(presence, spot, &fact, text(old).as_deref(), text(new).as_deref());
                continue;
            }
        };
        let (set, removed, changed) = rules;
        let five = [set, removed, changed, changed, changed];
        judge(&fact, (old, new), words::pattern, shift, five, subject, false, spot, cx);
    }
}

fn defaults(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let rules = if subject.is_request() {
        (&table::REQUEST_DEFAULT_ADDED, &table::REQUEST_DEFAULT_REMOVED, &table::REQUEST_DEFAULT_CHANGED)
    } else {
        (&table::RESPONSE_DEFAULT_ADDED, &table::RESPONSE_DEFAULT_REMOVED, &table::RESPONSE_DEFAULT_CHANGED)
    };
    for (cloud, old, new) in each(&a.default, &b.default) {
        let fact = named("default", cloud);
        let text = |fact: Option<&Sourced<Literal>>| fact.map(|fact| fact.is.as_yaml());
        let (before, after) = (text(old), text(new));
        let span = |fact: Option<&Sourced<Literal>>, or| fact.map(|fact| fact.span).or(or);
        let there = spot.at(spot.place.clone(), span(old, spot.base), span(new, spot.revision));
        if let (Some(old), Some(new), true) = (old, new, before == after) {
            evidence(&there, &fact, old.by, new.by, cx);
        }
        cx.report.presence(rules, &there, &fact, before.as_deref(), after.as_deref());
    }
}

/// All that is documented of a field but its type, by key.
pub(super) fn as_texts(field: &Field) -> Vec<(&'static str, Option<String>)> {
    fn all<T>(fact: &PerCloud<T>, text: impl Fn(&T) -> String) -> Option<String> {
        let base = fact.base.iter().map(|fact| text(&fact.is));
        let on = fact.on.iter().map(|(cloud, fact)| format!("{} on {cloud}", text(&fact.is)));
        let texts: Vec<String> = base.chain(on).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }
    let flag = |flag: bool| flag.then(|| "true".to_owned());
    vec![
        ("name", Some(field.wire.value.clone())),
        ("need", all(&field.need, |need| need.word().to_owned())),
        ("length", all(&field.length, |is| words::bounds(*is))),
        ("range", all(&field.range, |is| words::bounds(*is))),
        ("items", all(&field.items, |is| words::bounds(*is))),
        ("pattern", all(&field.pattern, words::pattern)),
        ("default", all(&field.default, Literal::as_yaml)),
        ("wire", flag(field.as_text.is_some())),
        ("nullable", flag(field.nullable)),
        ("sensitive", field.sensitive.map(|sensitive| sensitive.value.to_string())),
        ("unit", field.unit.clone()),
        ("format", field.format.clone()),
        ("doc", field.doc.clone()),
        ("deprecated", field.deprecated.clone()),
        ("rust", Some(field.rust.clone())),
    ]
}
