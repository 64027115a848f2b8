//! Rules between fields: which of two demands more.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::fields::evidence;
use super::{Cx, Spot};
use crate::decode::{Literal, Spanned};
use crate::diff::matching;
use crate::diff::table::documentation::DOC_CHANGED;
use crate::diff::table::facts as table;
use crate::diff::words;
use crate::grammar::{Level, RuleKind};
use crate::model::{Condition, FieldPath, Rule, Sourcing};

pub(super) fn rules(a: &[Rule], b: &[Rule], spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let said = |rule: &Rule| (rule.kind, words::rule(rule), rule.by.level);
    let matched = matching::by_key(a, b, |rule| rule.id.value.as_str()).join(|old, new| said(old) == said(new));
    let place = |rule: &Rule| format!("rule `{}`", rule.id.value);
    for (old, new) in matched.both {
        rule(old, new, &spot.at(place(new), Some(old.id.span), Some(new.id.span)), cx);
    }
    for gone in matched.gone {
        let rule = match (gone.kind, gone.by.level) {
            (RuleKind::Unchecked, _) => &table::UNCHECKED_REMOVED,
            (_, Level::Warning) => &table::WARNING_REMOVED,
            (_, Level::Error) => &table::RULE_REMOVED,
        };
        cx.report.add(rule, &spot.at(place(gone), Some(gone.id.span), None), "", Some(words::rule(gone)), None);
    }
    for new in matched.new {
        let rule = match (new.kind, new.by.level) {
            (RuleKind::Unchecked, _) => &table::UNCHECKED_ADDED,
            (_, Level::Warning) => &table::WARNING_ADDED,
            (_, Level::Error) => &table::RULE_ADDED,
        };
        cx.report.add(rule, &spot.at(place(new), None, Some(new.id.span)), "", None, Some(words::rule(new)));
    }
}

/// What a rule does to a request that breaks it.
fn force(rule: &Rule) -> Option<Level> {
    (rule.kind != RuleKind::Unchecked).then_some(rule.by.level)
}

fn rule(a: &Rule, b: &Rule, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    cx.report.texts(&table::RULE_RENAMED, spot, "id", Some(&a.id.value), Some(&b.id.value));
    let (old, new) = (words::rule(a), words::rule(b));
    let same = old == new;
    let verdict = match (force(a), force(b)) {
        (Some(Level::Error), Some(Level::Warning)) => Some(&table::REFUSAL_BECAME_WARNING),
        (Some(Level::Warning), Some(Level::Error)) => Some(&table::WARNING_BECAME_REFUSAL),
        _ if same => None,
        (None, None) => Some(&table::UNCHECKED_CHANGED),
        (None, Some(Level::Error)) => Some(&table::RULE_ADDED),
        (Some(Level::Error), None) => Some(&table::RULE_REMOVED),
        (None, Some(Level::Warning)) => Some(&table::WARNING_ADDED),
        (Some(Level::Warning), None) => Some(&table::WARNING_REMOVED),
        (Some(Level::Warning), Some(Level::Warning)) => Some(&table::WARNING_CHANGED),
        (Some(Level::Error), Some(Level::Error)) => Some(match demand(a, b) {
            Some(Ordering::Greater) => &table::RULE_TIGHTENED,
            Some(Ordering::Less) => &table::RULE_LOOSENED,
            _ => &table::RULE_CHANGED,
        }),
    };
    if let Some(verdict) = verdict {
        let mark = |text: String, rule: &Rule| {
            if force(rule) == Some(Level::Warning) { format!("{text} (warning)") } else { text }
        };
        cx.report.add(verdict, spot, "", Some(mark(old, a)), Some(mark(new, b)));
    }
    // The text of an unchecked rule is all there is of it.
    if force(a).is_some() && force(b).is_some() {
        cx.report.texts(&DOC_CHANGED, spot, "doc", a.doc.as_deref(), b.doc.as_deref());
    }
    let without_level = |by: Sourcing| Sourcing { level: Level::Error, ..by };
    evidence(spot, "", without_level(a.by), without_level(b.by), cx);
}

/// Whether the second demands more than the first; nothing if neither holds the other.
fn demand(a: &Rule, b: &Rule) -> Option<Ordering> {
    let kinds = kinds(a.kind, b.kind)?;
    let fields = fields(a, b)?;
    let when = region(&a.when, &b.when)?;
    // One of them may differ, or all of them in one sense.
    let mut demands = [kinds, fields, when].into_iter().filter(|demand| demand.is_ne());
    let first = demands.next().unwrap_or(Ordering::Equal);
    demands.all(|demand| demand == first).then_some(first)
}

fn kinds(a: RuleKind, b: RuleKind) -> Option<Ordering> {
    use RuleKind::{AtLeastOneOf, AtMostOneOf, ExactlyOneOf};
    match (a, b) {
        _ if a == b => Some(Ordering::Equal),
        (AtLeastOneOf | AtMostOneOf, ExactlyOneOf) => Some(Ordering::Greater),
        (ExactlyOneOf, AtLeastOneOf | AtMostOneOf) => Some(Ordering::Less),
        _ => None,
    }
}

fn fields(a: &Rule, b: &Rule) -> Option<Ordering> {
    let places = |rule: &Rule| rule.fields.iter().map(|path| path.place.clone()).collect::<BTreeSet<_>>();
    if a.kind == RuleKind::Ordered {
        let order = |rule: &Rule| rule.fields.iter().map(|path| path.place.clone()).collect::<Vec<_>>();
        return (order(a) == order(b)).then_some(Ordering::Equal);
    }
    let (old, new) = (places(a), places(b));
    let more = inclusion(&old, &new)?;
    match (a.kind, b.kind) {
        _ if more.is_eq() => Some(more),
        // One more field is one more way to satisfy it.
        (RuleKind::AtLeastOneOf, RuleKind::AtLeastOneOf) => Some(more.reverse()),
        (RuleKind::ExactlyOneOf | RuleKind::AtLeastOneOf, _) | (_, RuleKind::ExactlyOneOf) => None,
        _ => Some(more),
    }
}

/// Whether the second set holds the first.
fn inclusion<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> Option<Ordering> {
    match (a.is_subset(b), b.is_subset(a)) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        (false, false) => None,
    }
}

/// Whether the second condition holds in more cases.
fn region(a: &[(FieldPath, Condition)], b: &[(FieldPath, Condition)]) -> Option<Ordering> {
    let mut all = BTreeSet::new();
    all.extend(a.iter().chain(b).map(|(path, _)| path.place.as_str()));
    let mut demand = Ordering::Equal;
    for place in all {
        let of = |when: &'_ [(FieldPath, Condition)]| {
            let found = when.iter().find(|(path, _)| path.place == place);
            found.map(|(path, condition)| (path.default.clone(), condition.clone()))
        };
        let here = match (of(a), of(b)) {
            // Without the condition, it holds in all cases.
            (None, _) => Ordering::Less,
            (_, None) => Ordering::Greater,
            (Some((old_default, old)), Some((new_default, new))) => {
                let same_default = old_default == new_default || matches!(old, Condition::Present(_));
                cases(&old, &new).filter(|_| same_default)?
            }
        };
        if demand.is_ne() && here.is_ne() && demand != here {
            return None;
        }
        if here.is_ne() {
            demand = here;
        }
    }
    Some(demand)
}

fn cases(a: &Condition, b: &Condition) -> Option<Ordering> {
    let set = |literals: &[Spanned<Literal>]| -> BTreeSet<String> {
        literals.iter().map(|literal| literal.value.to_string()).collect()
    };
    match (a, b) {
        (Condition::AnyOf(a), Condition::AnyOf(b)) => inclusion(&set(a), &set(b)),
        (Condition::NoneOf(a), Condition::NoneOf(b)) => inclusion(&set(a), &set(b)).map(Ordering::reverse),
        (Condition::Present(a), Condition::Present(b)) => (a == b).then_some(Ordering::Equal),
        _ => None,
    }
}
