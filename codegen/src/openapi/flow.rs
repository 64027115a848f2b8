//! Waiters and paging, as extensions.

use serde_json::{Value, json};

use super::value;
use crate::model::{By, Marker, Operation, Paging};

pub(super) fn waiters(operation: &Operation) -> Option<Value> {
    value::list(operation.waiters.iter().map(|waiter| {
        let (first, longest) = waiter.seconds();
        let mut object = json!({
            "id": waiter.id.value,
            "description": waiter.doc,
            "state": waiter.state.place,
            "interval": [first, longest],
        });
        if let Some((list, by)) = &waiter.find {
            value::set(&mut object, "find", Some(json!({"in": list.place, "by": by.place})));
        }
        for (meaning, states) in &waiter.states {
            let states = value::list(states.iter().map(|state| value::literal(&state.value)));
            value::set(&mut object, meaning.word(), states);
        }
        object
    }))
}

pub(super) fn paging(paging: &Paging) -> Value {
    let mut object = json!({"items": paging.items.place});
    match &paging.by {
        Some(By::Offset { field, counts, total, .. }) => {
            value::set(&mut object, "offset", Some(field.place.as_str()));
            value::set(&mut object, "counts", Some(counts.word()));
            value::set(&mut object, "total", total.as_ref().map(|total| total.place.as_str()));
        }
        Some(By::Marker { field, source }) => {
            value::set(&mut object, "marker", Some(field.place.as_str()));
            let (key, from) = match source {
                Marker::After(from) => ("after", from),
                Marker::Next(from) => ("next", from),
            };
            value::set(&mut object, key, Some(from.place.as_str()));
        }
        None => {}
    }
    for (key, field) in [("limit", &paging.limit), ("more", &paging.more), ("id", &paging.id)] {
        value::set(&mut object, key, field.as_ref().map(|field| field.place.as_str()));
    }
    object
}
