//! Rules between fields: a closed list of kinds.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Basis, Level};
use crate::decode::{Cx, Decode, Literal, Map, Spanned, Text, choice, record};
use crate::read::{Node, Value};

choice! {
    /// What a rule demands of its fields.
    RuleKind {
        "unchecked" Unchecked,
        "at-least-one-of" AtLeastOneOf,
        "exactly-one-of" ExactlyOneOf,
        "at-most-one-of" AtMostOneOf,
        "all-or-none" AllOrNone,
        "required-if" RequiredIf,
        "forbidden-if" ForbiddenIf,
        "applies-if" AppliesIf,
        "ordered" Ordered,
    }
}

record! {
    /// A documented dependency between fields.
    Rule {
        required {
            /// Stable name of the rule, in kebab case.
            "id" id: Text,
            "kind" kind: Spanned<RuleKind>,
        }
        optional {
            /// The fields it speaks of.
            "fields" fields: Vec<Text>,
            /// Conditions on other fields, all of which must hold.
            "when" when: Map<Condition>,
            "level" level: Option<Level>,
            "basis" basis: Option<Basis>,
            "page" page: Option<Text>,
            /// What it says, in our own words.
            "doc" doc: Option<Text>,
        }
    }
}

/// A condition on one field.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    AnyOf(Vec<Spanned<Literal>>),
    NoneOf(Vec<Spanned<Literal>>),
    Present(bool),
}

impl Default for Condition {
    fn default() -> Self {
        Self::AnyOf(Vec::new())
    }
}

impl Decode for Condition {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::Map(entries) => match entries.as_slice() {
                [entry] if &*entry.key == "not" => Self::NoneOf(literals(&entry.value, cx)),
                [entry] if &*entry.key == "present" => Self::Present(bool::decode(&entry.value, cx)),
                _ => {
                    cx.wrong_type(node, "a value, a list of values, `{not: …}` or `{present: true}`");
                    Self::default()
                }
            },
            _ => Self::AnyOf(literals(node, cx)),
        }
    }
}

fn literals(node: &Node, cx: &mut Cx<'_>) -> Vec<Spanned<Literal>> {
    match &node.value {
        Value::List(_) => Decode::decode(node, cx),
        _ => vec![Decode::decode(node, cx)],
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let scalar = json_schema!({ "type": ["string", "number", "boolean"] });
        let values = json_schema!({ "anyOf": [scalar, { "type": "array", "items": scalar }] });
        json_schema!({ "anyOf": [
            values,
            { "type": "object", "required": ["not"], "additionalProperties": false, "properties": { "not": values } },
            { "type": "object", "required": ["present"], "additionalProperties": false, "properties": { "present": { "type": "boolean" } } }
        ] })
    }
}
