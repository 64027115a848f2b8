//! What belongs to whom: rows of tables that mix places, and the names that the spec has.

use std::collections::{BTreeMap, BTreeSet};

use super::super::claims::Holder;
use super::super::facts::fields;
use crate::model::{Location, Operation, Payload, Service, Ty, TypeId};
use crate::page::{Page, Part, Row, Table};

/// Whether a row of a table that may mix places stands for the holder.
pub(super) fn is_in(holder: Holder, row: &Row, table: &Table, page: &Page) -> bool {
    let Holder::Inputs(location) = holder else { return true };
    if let Some(place) = row.place.as_deref().and_then(location_of) {
        return place == location;
    }
    match table.part {
        Part::PathOrQuery => {
            let parameter = format!("{{{}}}", row.name);
            let in_path = page.requests.iter().any(|request| request.is.path.contains(&parameter));
            location == if in_path { Location::Path } else { Location::Query }
        }
        _ => true,
    }
}

fn location_of(place: &str) -> Option<Location> {
    let place = place.to_ascii_lowercase();
    let words =
        [("path", Location::Path), ("query", Location::Query), ("header", Location::Header), ("body", Location::Body)];
    words.into_iter().find(|(word, _)| place.contains(word)).map(|(_, location)| location)
}

/// The names that each holder has in the spec.
pub(super) fn names<'s>(service: &'s Service, operation: &'s Operation) -> BTreeMap<Holder, BTreeSet<&'s str>> {
    let mut names: BTreeMap<Holder, BTreeSet<&str>> = BTreeMap::new();
    for input in &operation.inputs {
        names.entry(Holder::Inputs(input.location)).or_default().insert(&input.field.wire.value);
    }
    let mut add = |ty: &Ty, holder: &dyn Fn(TypeId) -> Holder, top: Option<Holder>| {
        let mut seen = BTreeSet::new();
        let mut next = vec![(ty.clone(), top)];
        while let Some((ty, top)) = next.pop() {
            let Ty::Object(id) = ty.leaf() else { continue };
            if seen.insert(*id) {
                let of = names.entry(top.unwrap_or_else(|| holder(*id))).or_default();
                of.extend(fields(service, *id).iter().map(|field| field.wire.value.as_str()));
                next.extend(fields(service, *id).iter().map(|field| (field.ty.clone(), None)));
            }
        }
    };
    for input in &operation.inputs {
        add(&input.field.ty, &Holder::Given, None);
    }
    for answer in &operation.responses {
        if let Payload::Is(ty) = &answer.body {
            add(ty, &|id| Holder::Answered(answer.status, id), Some(Holder::Answer(answer.status)));
        }
    }
    names
}
