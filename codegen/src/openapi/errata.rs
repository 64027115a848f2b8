//! Errata and rules, which OpenAPI has no words for.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::value;
use crate::errata::rust_place;
use crate::grammar::{Erratum, ErratumKind, Level};
use crate::model::{Condition, Location, Rule, Service, Unit};

/// Where documentation contradicts itself, another page, or reality.
pub(super) fn erratum(unit: &Unit, erratum: &Erratum) -> Value {
    let mut value = json!({
        "at": erratum.at.value,
        "fact": erratum.fact.word(),
        "kind": erratum.kind.word(),
        "reason": erratum.reason.value,
    });
    let page = erratum.page.as_ref().map(|page| page.value.as_str());
    value::set(&mut value, "page", page.or_else(|| Some(unit.pages.get(unit.lead)?.id.as_str())));
    value::set(&mut value, "documented", erratum.documented.as_ref().map(|data| value::node(&data.0)));
    value::set(&mut value, "adopted", erratum.adopted.as_ref().map(|data| value::node(&data.0)));
    if let Some(seen) = &erratum.seen {
        let mut shown = json!({"example": seen.example.value, "value": value::node(&seen.value.0)});
        value::set(&mut shown, "sent", seen.sent.as_ref().map(|data| value::node(&data.0)));
        value::set(&mut value, "seen", Some(shown));
    }
    value
}

/// The type that an erratum concerns, and the field in it, if it names a type.
pub(super) fn place(erratum: &Erratum) -> (&str, Option<&str>) {
    let at = erratum.at.value.as_str();
    at.split_once('.').map_or((at, None), |(ty, field)| (ty, Some(field)))
}

/// Whether it concerns a type that has a schema of its own.
pub(super) fn has_schema(service: &Service, erratum: &Erratum) -> bool {
    service.types.iter().any(|ty| ty.name.value == place(erratum).0)
}

/// The errata of a type, each with the field it names.
pub(super) fn of_type(service: &Service, name: &str) -> Option<Value> {
    let errata = service.units.iter().flat_map(|unit| unit.errata.iter().map(move |erratum| (unit, erratum)));
    value::list(errata.filter(|(_, erratum)| place(erratum).0 == name).map(|(unit, erratum)| {
        let mut value = self::erratum(unit, erratum);
        value::set(&mut value, "field", place(erratum).1);
        value
    }))
}

/// The facts of a service that its examples contradict, where what they show is sent or answered all the same.
pub(super) struct Contradicted(HashSet<(Option<String>, String, &'static str)>);

impl Contradicted {
    pub(super) fn of(service: &Service) -> Self {
        let mut found = HashSet::new();
        for unit in &service.units {
            let examples = unit.errata.iter().filter(|erratum| erratum.kind.value == ErratumKind::Example);
            for erratum in examples.filter(|erratum| erratum.seen.as_ref().is_some_and(|seen| seen.sent.is_none())) {
                let place = rust_place(service, unit, erratum);
                found.insert((holder(unit, &place), place, erratum.fact.word()));
            }
        }
        Self(found)
    }

    /// Whether a fact is among them. `place` is `body.a`, `query.a`, … of the unit's operation, or `Type.field`.
    pub(super) fn has(&self, unit: &Unit, place: &str, fact: &'static str) -> bool {
        self.0.contains(&(holder(unit, place), place.to_owned(), fact))
    }
}

/// Whose place it is: an operation's, or everybody's.
fn holder(unit: &Unit, place: &str) -> Option<String> {
    let first = place.split('.').next();
    Location::ALL.into_iter().any(|location| Some(location.word()) == first).then(|| unit.path.clone())
}

/// Dependencies between fields.
pub(super) fn rules(service: &Service, rules: &[Rule]) -> Option<Value> {
    value::list(rules.iter().map(|rule| {
        let fields: Vec<&str> = rule.fields.iter().map(|field| field.place.as_str()).collect();
        let mut value = json!({"id": rule.id.value, "kind": rule.kind.word(), "fields": fields});
        if !rule.when.is_empty() {
            let when: serde_json::Map<_, _> =
                rule.when.iter().map(|(field, condition)| (field.place.clone(), self::condition(condition))).collect();
            value::set(&mut value, "when", Some(when));
        }
        value::set(&mut value, "source", Some(source(service, rule.by)));
        value::set(&mut value, "level", Some(level(rule.by.level)));
        value::set(&mut value, "description", rule.doc.clone());
        value
    }))
}

fn condition(condition: &Condition) -> Value {
    match condition {
        Condition::AnyOf(values) => values.iter().map(|value| value::literal(&value.value)).collect(),
        Condition::NoneOf(values) => {
            json!({"not": values.iter().map(|value| value::literal(&value.value)).collect::<Vec<_>>()})
        }
        Condition::Present(is) => json!({"present": is}),
    }
}

pub(super) fn level(level: Level) -> &'static str {
    level.word()
}

/// Page and basis of a fact.
pub(super) fn source(service: &Service, by: crate::model::Sourcing) -> Value {
    let page = service.units[by.page.0].pages.get(by.page.1);
    let mut value = json!({"basis": by.basis.word()});
    value::set(&mut value, "page", page.map(|page| page.id.as_str()));
    value::set(&mut value, "url", page.and_then(|page| page.url.as_deref()));
    value
}
