//! The objects that a page's examples show, by where the spec has them.

use serde_json::Value;

use super::claims::Holder;
use super::facts::fields;
use crate::model::{Location, Operation, Payload, Service, Ty};
use crate::page::{Example, Page, Side};

/// An object that an example shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample<'p> {
    pub(super) holder: Holder,
    pub(super) line: u32,
    pub(super) object: &'p serde_json::Map<String, Value>,
}

#[derive(Debug, Default)]
pub(super) struct Samples<'p> {
    all: Vec<Sample<'p>>,
}

impl<'p> Samples<'p> {
    pub(super) fn new(service: &Service, operation: &Operation, page: &'p Page) -> Self {
        let mut samples = Self::default();
        for example in &page.examples {
            let (Some(json), Some(holder)) = (&example.json, holder(operation, example)) else { continue };
            let mut queue = vec![(holder, json)];
            while let Some((holder, value)) = queue.pop() {
                match value {
                    Value::Array(items) => queue.extend(items.iter().rev().map(|item| (holder, item))),
                    Value::Object(object) => {
                        samples.all.push(Sample { holder, line: example.line, object });
                        for (name, ty) in below(service, operation, holder) {
                            if let Some(value) = object.get(name) {
                                queue.extend(inside(holder, ty, value));
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        samples
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Sample<'p>> {
        self.all.iter().copied()
    }

    /// All values that examples show of a field.
    pub(super) fn of_field(&self, holder: Holder, name: &str) -> impl Iterator<Item = (u32, &'p Value)> {
        let of = self.all.iter().filter(move |sample| sample.holder == holder);
        of.filter_map(move |sample| Some((sample.line, sample.object.get(name)?)))
    }
}

/// What an example is the body of.
pub(super) fn holder(operation: &Operation, example: &Example) -> Option<Holder> {
    match example.side {
        Side::Request => Some(Holder::Inputs(Location::Body)),
        Side::Answer => example.status.or_else(|| Some(operation.success()?.status)).map(Holder::Answer),
        Side::Unknown if example.request.is_some() => Some(Holder::Inputs(Location::Body)),
        Side::Unknown => None,
    }
}

/// The fields of a holder that hold objects.
fn below<'s>(service: &'s Service, operation: &'s Operation, holder: Holder) -> Vec<(&'s str, &'s Ty)> {
    let all: Vec<&crate::model::Field> = match holder {
        Holder::Operation => Vec::new(),
        Holder::Inputs(location) => {
            operation.inputs.iter().filter(|input| input.location == location).map(|input| &input.field).collect()
        }
        Holder::Given(id) | Holder::Answered(_, id) => fields(service, id).iter().collect(),
        Holder::Answer(status) => {
            let answer = operation.responses.iter().find(|answer| answer.status == status);
            match answer.map(|answer| &answer.body) {
                Some(Payload::Is(ty)) => match ty.leaf() {
                    Ty::Object(id) => fields(service, *id).iter().collect(),
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            }
        }
    };
    let objects = all.into_iter().filter(|field| matches!(field.ty.leaf(), Ty::Object(_)));
    objects.map(|field| (field.wire.value.as_str(), &field.ty)).collect()
}

/// The values of an object type in a value: itself, or what its lists and maps hold.
fn inside<'p>(within: Holder, ty: &Ty, value: &'p Value) -> Vec<(Holder, &'p Value)> {
    match (ty, value) {
        (Ty::Object(id), Value::Object(_)) => {
            let holder = match within {
                Holder::Answer(status) | Holder::Answered(status, _) => Holder::Answered(status, *id),
                _ => Holder::Given(*id),
            };
            vec![(holder, value)]
        }
        (Ty::List(inner), Value::Array(items)) => items.iter().flat_map(|item| inside(within, inner, item)).collect(),
        (Ty::Map(inner), Value::Object(entries)) => {
            entries.values().flat_map(|entry| inside(within, inner, entry)).collect()
        }
        _ => Vec::new(),
    }
}
