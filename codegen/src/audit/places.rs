//! Places in the spec, and facts as the spec writes them.

use super::claims::Claim;
use super::judge::{shown, written};
use super::report::Place;
use crate::decode::Literal;
use crate::model::{Payload, Service};
use crate::sources::{Sources, Span};

/// Line and column of a span.
pub(super) fn place(sources: &Sources, span: Span) -> Option<Place> {
    let (path, bytes) = sources.get(span.file)?;
    let before = bytes.get(..span.start as usize)?;
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = before.split(|byte| *byte == b'\n').count();
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    Some(Place { path: path.to_owned(), line, column })
}

/// What the spec says, in a few words.
pub(super) fn spec(service: &Service, claim: &Claim<'_>) -> String {
    match claim {
        Claim::Method(text) | Claim::Path(text) | Claim::Unit(text) | Claim::Format(text) => format!("`{text}`"),
        Claim::HasBody(true) => "a body".to_owned(),
        Claim::HasBody(false) | Claim::Answers(Payload::None) => "no body".to_owned(),
        Claim::Present => "the field".to_owned(),
        Claim::Type(field) => format!("`{}`", written(service, field)),
        Claim::Need(need) => need.word().to_owned(),
        Claim::Length(bounds) | Claim::Range(bounds) | Claim::Items(bounds) => shown(bounds.low, bounds.high),
        Claim::Pattern(pattern) => format!("`{}`", super::judge::short(&pattern.text)),
        Claim::Default(default) => format!("`{}`", super::judge::short(&default.to_string())),
        Claim::Value { text, .. } => format!("the value `{text}`"),
        Claim::Nullable => "it may be null".to_owned(),
        Claim::Deprecated => "deprecated".to_owned(),
        Claim::Status(status) => format!("the status {status}"),
        Claim::Answers(payload) => match payload {
            Payload::None => String::new(),
            Payload::Text => "text".to_owned(),
            Payload::Binary => "binary".to_owned(),
            Payload::Json => "any JSON".to_owned(),
            Payload::Is(_) => "a body with fields".to_owned(),
        },
        Claim::Sends(_) => "the request of this example".to_owned(),
        Claim::Receives { .. } => "the answer of this example".to_owned(),
        Claim::Gives { name, value, .. } => {
            let value = Literal::of(value).map_or_else(|| "…".to_owned(), |literal| literal.to_string());
            format!("`{value}` for `{name}` in this example")
        }
        Claim::Rule(rule) => format!("the rule `{}`", rule.id.value),
    }
}
