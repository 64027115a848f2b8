//! Lists, maps with free keys, and free data.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Cx, Decode, Spanned, Text};
use crate::read::{Node, Value};

/// A mapping whose keys are names of the documentation, in file order.
#[derive(Clone, Debug)]
pub(crate) struct Map<T>(pub(crate) Vec<(Text, T)>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Map<T> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Text, &T)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        let entries = cx.entries(node, T::MAPPING);
        let mut map: Vec<(Text, T)> = Vec::with_capacity(entries.len());
        for entry in entries {
            let value = T::decode(&entry.value, cx);
            if entry.key.is_empty() && !T::EMPTY_NAME {
                cx.error("empty-name", entry.key_span, "a name is empty", "write the name that the page shows");
                continue;
            }
            // A second entry of the same key was reported when the text was read.
            if map.iter().all(|(key, _)| key.value != *entry.key) {
                map.push((Spanned { value: entry.key.to_string(), span: entry.key_span }, value));
            }
        }
        Self(map)
    }
}

impl<T: JsonSchema> JsonSchema for Map<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::List(items) => items.iter().map(|item| T::decode(item, cx)).collect(),
            _ => {
                cx.wrong_type(node, "a list");
                Vec::new()
            }
        }
    }
}

/// Any value: what a page or an example shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Data(pub(crate) Node);

impl Decode for Data {
    fn decode(node: &Node, _: &mut Cx<'_>) -> Self {
        Self(node.clone())
    }
}

impl JsonSchema for Data {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Data".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}
