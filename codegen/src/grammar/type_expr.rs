//! `string`, `list of T`, `map of T`, a name.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::decode::{Cx, Decode};
use crate::read::{Node, Value};

/// The type of a field as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum TypeExpr {
    /// What could not be read; later stages are silent about it.
    #[default]
    Invalid,
    String,
    Integer,
    Number,
    Boolean,
    Json,
    List(Box<TypeExpr>),
    Map(Box<TypeExpr>),
    Named(String),
}

impl TypeExpr {
    pub(crate) const SCALARS: &[&str] = &["string", "integer", "number", "boolean", "json"];

    pub(crate) fn parse(text: &str) -> Self {
        match text.trim() {
            "string" => Self::String,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "json" => Self::Json,
            text => {
                if let Some(inner) = text.strip_prefix("list of ") {
                    Self::List(Box::new(Self::parse(inner)))
                } else if let Some(inner) = text.strip_prefix("map of ") {
                    Self::Map(Box::new(Self::parse(inner)))
                } else {
                    Self::Named(text.to_owned())
                }
            }
        }
    }
}

impl Decode for TypeExpr {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::Scalar { text, .. } => Self::parse(text),
            _ => {
                cx.wrong_type(node, "a type, such as `string`, `list of string` or a type name");
                Self::Invalid
            }
        }
    }
}

impl JsonSchema for TypeExpr {
    fn schema_name() -> Cow<'static, str> {
        "Type".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "string, integer, number, boolean, json, list of T, map of T, or a type name.",
            "type": "string",
            "pattern": "^((list|map) of )*(string|integer|number|boolean|json|[A-Z][A-Za-z0-9]*)$"
        })
    }
}
