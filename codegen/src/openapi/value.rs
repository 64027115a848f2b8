//! Values of the spec as JSON.

use serde_json::{Value, json};

use crate::decode::{Literal, Number};
use crate::grammar::Bounds;
use crate::read::{self, Node};

/// Adds a key that has a value.
pub(super) fn set(object: &mut Value, key: &str, value: Option<impl Into<Value>>) {
    if let (Value::Object(map), Some(value)) = (object, value) {
        map.insert(key.to_owned(), value.into());
    }
}

/// A list that is not empty.
pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.into_iter().collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

pub(super) fn literal(value: &Literal) -> Value {
    match value {
        Literal::Null => Value::Null,
        Literal::Boolean(value) => json!(value),
        Literal::Number(value) => number(*value),
        Literal::Text(text) => json!(text),
    }
}

pub(super) fn number(value: Number) -> Value {
    match value {
        Number::Integer(value) => json!(value),
        Number::Float(value) => json!(value),
    }
}

/// `[lowest, highest]`, null for no limit.
pub(super) fn bounds(bounds: Bounds) -> Value {
    json!([bounds.low.map(number), bounds.high.map(number)])
}

/// A value as the spec writes it.
pub(super) fn node(node: &Node) -> Value {
    match &node.value {
        read::Value::List(items) => items.iter().map(self::node).collect(),
        read::Value::Map(entries) => {
            Value::Object(entries.iter().map(|entry| (entry.key.to_string(), self::node(&entry.value))).collect())
        }
        read::Value::Null | read::Value::Scalar { .. } => Literal::of(node).as_ref().map_or(Value::Null, literal),
    }
}

/// A body as it is sent: a null is left out.
pub(super) fn sent(node: &Node) -> Value {
    match &node.value {
        read::Value::List(items) => items.iter().map(sent).collect(),
        read::Value::Map(entries) => {
            let there = entries.iter().filter(|entry| !matches!(entry.value.value, read::Value::Null));
            Value::Object(there.map(|entry| (entry.key.to_string(), sent(&entry.value))).collect())
        }
        read::Value::Null | read::Value::Scalar { .. } => self::node(node),
    }
}
