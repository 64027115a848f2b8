//! Pages, examples, errata.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Cx, Spot};
use crate::decode::{Data, Map};
use crate::diff::change::Owner;
use crate::diff::matching::by_key;
use crate::diff::table::documentation as table;
use crate::diff::words;
use crate::errata::rust_place;
use crate::grammar::{Erratum, Example};
use crate::model::{Operation, Page, Service, TypeId, Unit};
use crate::read::{Node, Value};
use crate::sent::same;

/// How many places of an example a line names.
const NAMED: usize = 4;

pub(super) fn pages(operations: &[(&Operation, &Operation)], cx: &mut Cx<'_, '_, '_>) {
    let (a, b) = (cx.a, cx.b);
    for (old, new) in operations {
        let spot = operation_spot(old, new);
        if let (Some(old), Some(new)) = (unit(a, old), unit(b, new)) {
            unit_pages(Some(old), Some(new), &spot, cx);
        }
    }
    let shared = |service: &'_ Service| service.units.iter().position(|unit| unit.operation.is_none());
    let (old, new) = (shared(a).map(|at| &a.units[at]), shared(b).map(|at| &b.units[at]));
    unit_pages(old, new, &Spot::new(Owner::Service, [], None, None), cx);
}

fn operation_spot(a: &Operation, b: &Operation) -> Spot {
    let name = b.name.value.clone();
    Spot::new(Owner::Operation(name.clone()), [name], Some(a.name.span), Some(b.name.span))
}

fn unit<'m>(service: &'m Service, operation: &Operation) -> Option<&'m Unit> {
    // The walk is over operations of these very services.
    service.units.iter().find(|unit| unit.operation.as_ref().is_some_and(|found| std::ptr::eq(found, operation)))
}

fn unit_pages(a: Option<&Unit>, b: Option<&Unit>, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let ranked = |unit: Option<&Unit>| -> Vec<(Page, bool)> {
        let pages = unit.map_or(&[][..], |unit| &unit.pages).iter().enumerate();
        pages.map(|(at, page)| (page.clone(), unit.is_some_and(|unit| unit.lead == at))).collect()
    };
    let (a, b) = (ranked(a), ranked(b));
    let matched = by_key(&a, &b, |(page, _)| page.id.as_str());
    let title = |page: &Page| Some(format!("“{}”", page.title));
    for (gone, _) in matched.gone {
        let spot = spot.at(format!("page {}", gone.id), spot.base, spot.revision);
        cx.report.add(&table::PAGE_REMOVED, &spot, "", title(gone), None);
    }
    for (new, _) in matched.new {
        let spot = spot.at(format!("page {}", new.id), spot.base, spot.revision);
        cx.report.add(&table::PAGE_ADDED, &spot, "", None, title(new));
    }
    for ((old, leads), (new, leads_now)) in matched.both {
        let spot = spot.at(format!("page {}", new.id), spot.base, spot.revision);
        let lead = |leads: &bool| Some(if *leads { "true" } else { "false" });
        let facts = [
            ("title", Some(old.title.as_str()), Some(new.title.as_str())),
            ("cloud", Some(&old.cloud), Some(&new.cloud)),
            ("url", old.url.as_deref(), new.url.as_deref()),
            ("updated", old.updated.as_deref(), new.updated.as_deref()),
            ("lead", lead(leads), lead(leads_now)),
            ("basis", Some(old.basis.word()), Some(new.basis.word())),
        ];
        for (fact, old, new) in facts {
            cx.report.texts(&table::PAGE_CHANGED, &spot, fact, old, new);
        }
    }
}

pub(super) fn examples(a: &[Example], b: &[Example], spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let matched = by_key(a, b, |example| example.name.value.as_str());
    let place = |example: &Example| format!("example {}", example.name.value);
    let title = |example: &Example| {
        Some(example.doc.as_ref().map_or_else(|| example.name.value.clone(), |doc| doc.value.clone()))
    };
    for gone in matched.gone {
        let spot = spot.at(place(gone), Some(gone.name.span), None);
        cx.report.add(&table::EXAMPLE_REMOVED, &spot, "", title(gone), None);
    }
    for new in matched.new {
        let spot = spot.at(place(new), None, Some(new.name.span));
        cx.report.add(&table::EXAMPLE_ADDED, &spot, "", None, title(new));
    }
    for (old, new) in matched.both {
        let spot = spot.at(place(new), Some(old.name.span), Some(new.name.span));
        let mut differences = Vec::new();
        let text = |text: &Option<crate::decode::Text>| text.as_ref().map(|text| text.value.clone());
        for (key, old, new) in [("doc", text(&old.doc), text(&new.doc)), ("page", text(&old.page), text(&new.page))] {
            cx.report.texts(&table::EXAMPLE_CHANGED, &spot, key, old.as_deref(), new.as_deref());
        }
        let status = |example: &Example| example.status.map(|status| status.value.to_string());
        cx.report.texts(&table::EXAMPLE_CHANGED, &spot, "status", status(old).as_deref(), status(new).as_deref());
        for (key, old, new) in [
            ("path", whole(&old.path), whole(&new.path)),
            ("query", whole(&old.query), whole(&new.query)),
            ("header", whole(&old.header), whole(&new.header)),
            (
                "request",
                old.request.as_ref().map(|data| data.0.clone()),
                new.request.as_ref().map(|data| data.0.clone()),
            ),
            (
                "response",
                old.response.as_ref().map(|data| data.0.clone()),
                new.response.as_ref().map(|data| data.0.clone()),
            ),
        ] {
            differ(key, old.as_ref(), new.as_ref(), &mut differences);
        }
        if !differences.is_empty() {
            let side = |old: bool| {
                let shown = differences.iter().take(NAMED).map(|(place, before, after)| {
                    let value = if old { before } else { after };
                    format!("{place}: {}", value.as_deref().unwrap_or("(nothing)"))
                });
                let mut shown: Vec<String> = shown.collect();
                if differences.len() > NAMED {
                    shown.push(format!("and {} more", differences.len() - NAMED));
                }
                shown.join(", ")
            };
            cx.report.add(&table::EXAMPLE_CHANGED, &spot, "values", Some(side(true)), Some(side(false)));
        }
    }
}

/// A section of an example as one value.
fn whole(section: &Map<Data>) -> Option<Node> {
    let entries = section.iter().map(|(name, data)| crate::read::Entry {
        key: name.value.as_str().into(),
        key_span: name.span,
        value: data.0.clone(),
    });
    (!section.is_empty()).then(|| Node { value: Value::Map(entries.collect()), ..Node::default() })
}

/// The places at which two values differ.
fn differ(place: &str, a: Option<&Node>, b: Option<&Node>, found: &mut Vec<(String, Option<String>, Option<String>)>) {
    match (a.map(|node| (&node.value, node)), b.map(|node| (&node.value, node))) {
        (Some((_, old)), Some((_, new))) if same(old, new) => {}
        (Some((Value::Map(old), _)), Some((Value::Map(new), _))) => {
            let matched = by_key(old, new, |entry| &*entry.key);
            let both = matched.both.into_iter().map(|(old, new)| (&*old.key, Some(&old.value), Some(&new.value)));
            let gone = matched.gone.into_iter().map(|gone| (&*gone.key, Some(&gone.value), None));
            let new = matched.new.into_iter().map(|new| (&*new.key, None, Some(&new.value)));
            let mut all: Vec<_> = both.chain(gone).chain(new).collect();
            // Read backwards, or with its keys in another order, it is the same change.
            all.sort_by_key(|(key, ..)| *key);
            for (key, old, new) in all {
                differ(&format!("{place}.{key}"), old, new, found);
            }
        }
        (Some((Value::List(old), _)), Some((Value::List(new), _))) if old.len() == new.len() => {
            for (at, (old, new)) in old.iter().zip(new).enumerate() {
                differ(&format!("{place}[{at}]"), Some(old), Some(new), found);
            }
        }
        (None, None) => {}
        (old, new) => {
            let text = |side: Option<(&Value, &Node)>| side.map(|(_, node)| words::node(node));
            found.push((place.to_owned(), text(old), text(new)));
        }
    }
}

/// An erratum by what it is about: it goes with its type when that moves to another file.
struct Filed<'m> {
    operation: Option<String>,
    place: String,
    unit: &'m Unit,
    erratum: &'m Erratum,
}

/// What is said of types that are compared, and of everything else.
fn filed<'m>(service: &'m Service, compared: &HashSet<TypeId>, renamed: &BTreeMap<String, String>) -> Vec<Filed<'m>> {
    let mut list = Vec::new();
    for unit in &service.units {
        for erratum in &unit.errata {
            let place = rust_place(service, unit, erratum);
            let first = place.split('.').next().unwrap_or_default();
            let operation = unit.operation.as_ref().map(|operation| operation.name.value.clone());
            let operation = operation.map(|name| renamed.get(&name).cloned().unwrap_or(name));
            let of_type = service.types.iter().position(|ty| ty.name.value == first);
            // Types that come or go bring their errata along.
            if of_type.is_some_and(|at| !compared.contains(&TypeId(at))) {
                continue;
            }
            let of_type = of_type.is_some();
            let place = match renamed.get(first) {
                Some(now) if of_type => place.replacen(first, now, 1),
                _ => place,
            };
            list.push(Filed { operation: operation.filter(|_| !of_type), place, unit, erratum });
        }
    }
    list
}

pub(super) fn errata(operations: &[(&Operation, &Operation)], cx: &mut Cx<'_, '_, '_>) {
    let (a, b) = (cx.a, cx.b);
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for (old, new) in operations {
        renamed.insert(old.name.value.clone(), new.name.value.clone());
    }
    for pair in &cx.pairs.list {
        renamed.entry(a.types[pair.a.0].name.value.clone()).or_insert_with(|| b.types[pair.b.0].name.value.clone());
    }
    let whole = |name: &Option<String>| {
        name.as_ref().is_some_and(|name| operations.iter().all(|(_, new)| new.name.value != *name))
    };
    let old: HashSet<TypeId> = cx.pairs.list.iter().map(|pair| pair.a).collect();
    let new: HashSet<TypeId> = cx.pairs.list.iter().map(|pair| pair.b).collect();
    let mut reached: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for pair in &cx.pairs.list {
        reached.entry(&b.types[pair.b.0].name.value).or_default().extend(pair.operations.iter().cloned());
    }
    let (mut old, mut new) = (filed(a, &old, &renamed), filed(b, &new, &BTreeMap::new()));
    // Operations that come or go bring their errata along.
    old.retain(|filed| !whole(&filed.operation));
    new.retain(|filed| !whole(&filed.operation));
    let matched = by_key(&old, &new, |filed| {
        (filed.operation.clone(), filed.place.clone(), filed.erratum.fact.value, filed.erratum.kind.value)
    });
    let spot = |filed: &Filed<'_>, base: Option<&Erratum>, revision: Option<&Erratum>| {
        let first = filed.place.split('.').next().unwrap_or_default();
        let (owner, operations) = match (&filed.operation, reached.get(first)) {
            (Some(name), _) => (Owner::Operation(name.clone()), vec![name.clone()]),
            (None, Some(operations)) => (Owner::Type(first.to_owned()), operations.iter().cloned().collect()),
            (None, None) => (Owner::Service, Vec::new()),
        };
        let span = |erratum: Option<&Erratum>| erratum.map(|erratum| erratum.at.span);
        let mut spot = Spot::new(owner, operations, span(base), span(revision));
        spot.place = format!("erratum at {}", filed.place);
        spot
    };
    for gone in matched.gone {
        let spot = spot(gone, Some(gone.erratum), None);
        cx.report.add(&table::ERRATUM_REMOVED, &spot, gone.erratum.fact.word(), Some(told(gone)), None);
    }
    for new in matched.new {
        let spot = spot(new, None, Some(new.erratum));
        cx.report.add(&table::ERRATUM_ADDED, &spot, new.erratum.fact.word(), None, Some(told(new)));
    }
    for (old, new) in matched.both {
        let spot = spot(new, Some(old.erratum), Some(new.erratum));
        cx.report.texts(&table::ERRATUM_CHANGED, &spot, new.erratum.fact.word(), Some(&told(old)), Some(&told(new)));
    }
}

/// All that an erratum says.
fn told(filed: &Filed<'_>) -> String {
    let erratum = filed.erratum;
    let mut parts = Vec::new();
    let page = erratum.page.as_ref().and_then(|id| filed.unit.pages.iter().find(|page| page.id == id.value));
    let page = page.map_or_else(String::new, |page| format!(" on “{}”", page.title));
    parts.extend(erratum.documented.as_ref().map(|data| format!("documented{page}: {}", words::node(&data.0))));
    if let Some(seen) = &erratum.seen {
        let sent = seen.sent.as_ref().map_or_else(String::new, |sent| format!(", sent {}", words::node(&sent.0)));
        parts.push(format!("example {} shows {}{sent}", seen.example.value, words::node(&seen.value.0)));
    }
    parts.extend(erratum.adopted.as_ref().map(|data| format!("adopted: {}", words::node(&data.0))));
    parts.push(erratum.reason.value.clone());
    parts.join("; ")
}
