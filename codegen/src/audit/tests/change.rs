//! Changes of a single fact of the spec.

mod apply;

use super::super::claims::{Claim, Fact, Holder};
use crate::grammar::Bounds;
use crate::model::{Location, Model, Payload, Ty};
use crate::read::{Node, Value};

/// One change: where, and of what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    holder: Holder,
    at: String,
    name: String,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Method(&'static str),
    Path(&'static str),
    FlipBody,
    Rename(String),
    Remove,
    Move(Location),
    Type(&'static str),
    FlipText,
    Need(&'static str),
    /// Which limit; which end, or both; by how much, or that it is gone.
    Limit(&'static str, End, Option<i64>),
    Pattern(Option<&'static str>),
    Default(Option<&'static str>),
    Value(String, Option<&'static str>),
    AddValue(&'static str),
    FlipNullable,
    Unit(Option<&'static str>),
    Format(&'static str),
    Status(u16, Option<u16>),
    AddStatus(u16),
    Answer(u16, &'static str),
    /// A scalar of an example, by position.
    Scalar(usize),
    ExampleStatus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Low,
    High,
    Both,
}

pub(super) fn operation(model: &Model, name: &str) -> (usize, usize) {
    let mut all = model.services.iter().enumerate().flat_map(|(at, service)| {
        service.units.iter().enumerate().map(move |(unit, of)| (at, unit, of.operation.as_ref()))
    });
    let found = all.find(|(.., operation)| operation.is_some_and(|operation| operation.name.value == name));
    found.map_or_else(|| panic!("no operation {name}"), |(service, unit, _)| (service, unit))
}

/// All changes of one fact.
pub(super) fn changes(fact: &Fact<'_>) -> Vec<Change> {
    use What as W;
    let what: Vec<What> = match &fact.claim {
        Claim::Method(method) => {
            ["GET", "POST", "PUT", "DELETE"].into_iter().filter(|other| other != method).map(W::Method).collect()
        }
        Claim::Path(_) => ["/v9", "/more", "/{other_id}"].map(W::Path).to_vec(),
        Claim::HasBody(_) => vec![W::FlipBody],
        Claim::Present => present(fact),
        Claim::Type(field) => {
            let words =
                ["string", "integer", "number", "boolean", "list of string", "list of integer", "map of string"];
            let mut what: Vec<What> = words
                .into_iter()
                .filter(|word| type_of(word).map(|ty| format!("{ty:?}")) != Some(format!("{:?}", field.ty)))
                .map(W::Type)
                .collect();
            if matches!(field.ty.leaf(), Ty::Secret) {
                what.retain(|what| *what != W::Type("string") && *what != W::Type("list of string"));
            }
            if matches!(field.ty.leaf(), Ty::Integer | Ty::Number | Ty::Boolean) {
                what.push(W::FlipText);
            }
            what
        }
        Claim::Need(need) => ["required", "optional", "conditional", "unstated"]
            .into_iter()
            .filter(|word| *word != need.word())
            .map(W::Need)
            .collect(),
        Claim::Length(bounds) => limits("length", *bounds),
        Claim::Range(bounds) => limits("range", *bounds),
        Claim::Items(bounds) => limits("items", *bounds),
        Claim::Pattern(_) => vec![W::Pattern(None), W::Pattern(Some("^[0-9]{7}$"))],
        Claim::Default(_) => vec![W::Default(None), W::Default(Some("other")), W::Default(Some("7"))],
        Claim::Value { text, .. } => {
            vec![
                W::Value((*text).to_owned(), None),
                W::Value((*text).to_owned(), Some("another_value")),
                W::AddValue("one_more_value"),
            ]
        }
        Claim::Nullable => vec![W::FlipNullable],
        Claim::Unit(_) => vec![W::Unit(None), W::Unit(Some("km"))],
        Claim::Format(_) => vec![W::Format("epoch-nanoseconds")],
        Claim::Deprecated | Claim::Rule(_) => Vec::new(),
        Claim::Status(status) => {
            vec![W::Status(*status, None), W::Status(*status, Some(status + 7)), W::AddStatus(418)]
        }
        Claim::Answers(payload) => {
            let mut what = vec![W::Answer(status(fact), "text"), W::Answer(status(fact), "binary")];
            match payload {
                Payload::None => what.push(W::Answer(status(fact), "list")),
                _ => what.extend(["none", "json", "list"].map(|other| W::Answer(status(fact), other))),
            }
            what
        }
        Claim::Sends(body) | Claim::Receives { body, .. } => {
            let mut what: Vec<What> = (0..scalars(body)).map(W::Scalar).collect();
            if matches!(fact.claim, Claim::Receives { .. }) {
                what.push(W::ExampleStatus);
            }
            what
        }
        Claim::Gives { .. } => vec![W::Scalar(0)],
    };
    let name = match &fact.claim {
        Claim::Gives { location, name, .. } => format!("{}/{}/{name}", fact.name, location.word()),
        Claim::Sends(_) => format!("{}/request", fact.name),
        Claim::Receives { .. } => format!("{}/response", fact.name),
        _ => fact.name.to_owned(),
    };
    what.into_iter().map(|what| Change { holder: fact.holder, at: fact.at.clone(), name: name.clone(), what }).collect()
}

fn present(fact: &Fact<'_>) -> Vec<What> {
    use What as W;
    let mut what =
        vec![W::Rename(format!("{}s", fact.name)), W::Rename(format!("x_{}", fact.name)), W::Remove, W::FlipNullable];
    what.extend([("length", 7), ("range", 7), ("items", 7)].map(|(of, by)| W::Limit(of, End::Both, Some(by))));
    what.extend([W::Default(Some("other")), W::Default(None), W::Pattern(Some("^[0-9]{7}$")), W::Unit(Some("km"))]);
    if let Holder::Inputs(location) = fact.holder {
        // A path parameter elsewhere leaves its place in the path empty, which no spec that loads does.
        let others = [Location::Query, Location::Header, Location::Body].into_iter().filter(|other| *other != location);
        what.extend(others.filter(|_| location != Location::Path).map(W::Move));
    }
    what
}

fn status(fact: &Fact<'_>) -> u16 {
    match fact.holder {
        Holder::Answer(status) => status,
        _ => 0,
    }
}

fn limits(of: &'static str, bounds: Bounds) -> Vec<What> {
    let mut what = vec![What::Limit(of, End::Both, None)];
    for (end, number) in [(End::Low, bounds.low), (End::High, bounds.high)] {
        if number.is_some() {
            what.extend([Some(1), Some(-1), Some(1000), None].map(|by| What::Limit(of, end, by)));
        } else {
            what.push(What::Limit(of, end, Some(3)));
        }
    }
    what
}

fn type_of(word: &str) -> Option<Ty> {
    Some(match word {
        "string" => Ty::String,
        "integer" => Ty::Integer,
        "number" => Ty::Number,
        "boolean" => Ty::Boolean,
        _ => match word.split_once(" of ")? {
            ("list", inner) => Ty::List(Box::new(type_of(inner)?)),
            (_, inner) => Ty::Map(Box::new(type_of(inner)?)),
        },
    })
}

fn scalars(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => items.iter().map(scalars).sum(),
        Value::Map(entries) => entries.iter().map(|entry| scalars(&entry.value)).sum(),
        _ => 1,
    }
}

impl Change {
    /// What tells it from changes of other things.
    pub(super) fn key(&self) -> (String, String, String) {
        (self.at.clone(), self.name.clone(), format!("{:?}", self.what))
    }

    /// Whether a finding is about what was changed.
    pub(super) fn is_at(&self, at: &str, fact: &str) -> bool {
        let of = match &self.what {
            What::Type(_) | What::FlipText => "type",
            What::Need(_) => "need",
            What::Limit(of, ..) => of,
            What::Pattern(_) => "pattern",
            What::Default(_) => "default",
            What::Value(..) | What::AddValue(_) => "enum",
            What::Unit(_) => "unit",
            What::Format(_) => "format",
            What::FlipNullable => "nullable",
            What::FlipBody | What::Answer(..) => "body",
            What::Status(..) | What::AddStatus(_) => "status",
            What::Scalar(_) | What::ExampleStatus => "example",
            _ => "field",
        };
        at == self.at && fact == of
    }
}
