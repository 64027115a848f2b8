//! A fact of the spec as a claim about a page.

use crate::decode::Literal;
use crate::grammar::{Bounds, FactName, Need, Pattern};
use crate::model::{Field, Location, Payload, Rule, Sourcing, TypeId};
use crate::read::Node;
use crate::sources::Span;

/// Which table of a page a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holder {
    /// None: the operation as a whole.
    Operation,
    Inputs(Location),
    /// An object inside the request.
    Given(TypeId),
    /// The body of an answer.
    Answer(u16),
    /// An object inside it.
    Answered(u16, TypeId),
}

/// One fact of the spec.
#[derive(Clone, Debug)]
pub(crate) struct Fact<'s> {
    pub(crate) holder: Holder,
    /// As errata name places: `body.a`, `Type.a`, `responses.200`, `operation`.
    pub(crate) at: String,
    /// The field, example or rule; empty where the fact is of none.
    pub(crate) name: &'s str,
    pub(crate) by: Sourcing,
    /// The only cloud it holds for.
    pub(crate) cloud: Option<&'s str>,
    pub(crate) span: Span,
    pub(crate) claim: Claim<'s>,
}

/// What a fact says.
#[derive(Clone, Debug)]
pub(crate) enum Claim<'s> {
    Method(&'s str),
    Path(&'s str),
    /// Whether the request has a body.
    HasBody(bool),
    /// The table has this row.
    Present,
    Type(&'s Field),
    Need(Need),
    Length(Bounds),
    Range(Bounds),
    Items(Bounds),
    Pattern(&'s Pattern),
    Default(&'s Literal),
    Value {
        text: &'s str,
        ty: TypeId,
    },
    Nullable,
    Unit(&'s str),
    Format(&'s str),
    Deprecated,
    Status(u16),
    Answers(&'s Payload),
    /// The body of an example's request.
    Sends(&'s Node),
    /// A parameter of an example's request.
    Gives {
        location: Location,
        name: &'s str,
        value: &'s Node,
    },
    Receives {
        status: u16,
        body: &'s Node,
    },
    Rule(&'s Rule),
}

impl Claim<'_> {
    /// Which errata can speak of it.
    pub(crate) fn fact(&self) -> FactName {
        match self {
            Self::Method(_) | Self::Path(_) | Self::Present => FactName::Name,
            Self::HasBody(_) | Self::Answers(_) => FactName::Body,
            Self::Type(_) => FactName::Type,
            Self::Need(_) => FactName::Need,
            Self::Length(_) => FactName::Length,
            Self::Range(_) => FactName::Range,
            Self::Items(_) => FactName::Items,
            Self::Pattern(_) => FactName::Pattern,
            Self::Default(_) => FactName::Default,
            Self::Value { .. } => FactName::Enum,
            Self::Nullable => FactName::Nullable,
            Self::Unit(_) => FactName::Unit,
            Self::Status(_) => FactName::Status,
            Self::Format(_) | Self::Deprecated | Self::Sends(_) | Self::Gives { .. } | Self::Receives { .. } => {
                FactName::Text
            }
            Self::Rule(_) => FactName::Rule,
        }
    }

    /// The kind of fact, in one word, as reports and their counts name it.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Method(_) => "method",
            Self::Path(_) => "path",
            Self::Present => "field",
            Self::Format(_) => "format",
            Self::Deprecated => "deprecated",
            Self::Sends(_) | Self::Gives { .. } | Self::Receives { .. } => "example",
            Self::HasBody(_) | Self::Answers(_) => "body",
            other => other.fact().word(),
        }
    }
}
