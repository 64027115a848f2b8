//! Waiters, paging, batches.

use super::{Cx, Spot};
use crate::diff::matching::by_key;
use crate::diff::table::documentation::DOC_CHANGED;
use crate::diff::table::operations as table;
use crate::grammar::{Batch, Counts};
use crate::model::{By, FieldPath, Marker, Operation, Paging, Waiter};

pub(super) fn flow(a: &Operation, b: &Operation, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let matched = by_key(&a.waiters, &b.waiters, |waiter| waiter.id.value.as_str());
    let place = |waiter: &Waiter| format!("waiter `{}`", waiter.id.value);
    for gone in matched.gone {
        let spot = spot.at(place(gone), Some(gone.id.span), None);
        cx.report.add(&table::WAITER_REMOVED, &spot, "", Some(states(gone)), None);
    }
    for new in matched.new {
        let spot = spot.at(place(new), None, Some(new.id.span));
        cx.report.add(&table::WAITER_ADDED, &spot, "", None, Some(states(new)));
    }
    for (old, new) in matched.both {
        waiter(old, new, &spot.at(place(new), Some(old.id.span), Some(new.id.span)), cx);
    }
    paging(a.paging.as_ref(), b.paging.as_ref(), spot, cx);
    let spot = spot.at("batch", spot.base, spot.revision);
    let (old, new) = (a.batch.as_ref().map(batch), b.batch.as_ref().map(batch));
    let presence = (&table::BATCH_ADDED, &table::BATCH_REMOVED, &table::BATCH_CHANGED);
    cx.report.presence(presence, &spot, "", old.as_deref(), new.as_deref());
}

/// `state: done succeeds; failed fails`.
fn states(waiter: &Waiter) -> String {
    let lists = waiter.states.iter().filter(|(_, list)| !list.is_empty()).map(|(meaning, list)| {
        let mut states: Vec<String> = list.iter().map(|state| state.value.to_string()).collect();
        states.sort_unstable();
        format!("{} [{}]", meaning.word(), states.join(", "))
    });
    format!("{}: {}", waiter.state.place, lists.collect::<Vec<_>>().join(", "))
}

fn waiter(a: &Waiter, b: &Waiter, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let find = |waiter: &Waiter| waiter.find.as_ref().map(|(list, by)| format!("in {} by {}", list.place, by.place));
    let (old, new) = (find(a), find(b));
    let rule =
        if old.is_some() == new.is_some() { &table::WAITER_STATES_CHANGED } else { &table::WAITER_ARGUMENTS_CHANGED };
    cx.report.texts(rule, spot, "find", old.as_deref(), new.as_deref());
    cx.report.texts(&table::WAITER_STATES_CHANGED, spot, "states", Some(&states(a)), Some(&states(b)));
    let interval = |waiter: &Waiter| {
        let (first, longest) = waiter.seconds();
        format!("{first} to {longest} s")
    };
    cx.report.texts(&table::WAITER_INTERVAL_CHANGED, spot, "interval", Some(&interval(a)), Some(&interval(b)));
    cx.report.texts(&DOC_CHANGED, spot, "doc", Some(&a.doc), Some(&b.doc));
}

fn paging(a: Option<&Paging>, b: Option<&Paging>, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let span = |paging: Option<&Paging>, or| paging.map(|paging| paging.span).or(or);
    let spot = spot.at("paging", span(a, spot.base), span(b, spot.revision));
    match (a, b) {
        (None, None) => {}
        (Some(old), Some(new)) => {
            let (before, after) = (Some(old.items.place.as_str()), Some(new.items.place.as_str()));
            cx.report.texts(&table::PAGING_ITEMS_CHANGED, &spot, "items", before, after);
            cx.report.texts(&table::PAGING_CHANGED, &spot, "", Some(&pages(old)), Some(&pages(new)));
        }
        (old, new) => {
            let presence = (&table::PAGING_ADDED, &table::PAGING_REMOVED, &table::PAGING_CHANGED);
            let (old, new) = (old.map(pages), new.map(pages));
            cx.report.presence(presence, &spot, "", old.as_deref(), new.as_deref());
        }
    }
}

/// How a list goes on, but for which list it is.
fn pages(paging: &Paging) -> String {
    let mut parts = match &paging.by {
        None => vec!["in one piece".to_owned()],
        Some(By::Offset { field, from, counts, total }) => {
            let counts = if *counts == Counts::Pages { "pages" } else { "entries" };
            let mut parts = vec![format!("by {} from {from}, counting {counts}", field.place)];
            parts.extend(total.as_ref().map(|total| format!("total {}", total.place)));
            parts
        }
        Some(By::Marker { field, source }) => {
            let source = match source {
                Marker::After(path) => format!("after {}", path.place),
                Marker::Next(path) => format!("next {}", path.place),
            };
            vec![format!("by {}, {source}", field.place)]
        }
    };
    let named = |word: &str, path: &Option<FieldPath>| path.as_ref().map(|path| format!("{word} {}", path.place));
    parts.extend(named("limit", &paging.limit));
    parts.extend(named("more", &paging.more));
    parts.extend(named("id", &paging.id));
    parts.join(", ")
}

fn batch(batch: &Batch) -> String {
    let ok: Vec<String> =
        batch.ok.iter().map(|(field, value)| format!("{field} is {}", value.value, field = field.value)).collect();
    let mut text = format!("{} by {}, good if {}", batch.items.value, batch.item.value, ok.join(" and "));
    for (word, name) in [("code", &batch.code), ("message", &batch.message)] {
        if let Some(name) = name {
            text.push_str(&format!(", {word} {}", name.value));
        }
    }
    text
}
