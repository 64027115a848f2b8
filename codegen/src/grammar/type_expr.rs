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
            Value::Scalar { text, .. } => {
                let ours = in_our_words(text);
                if ours == text.trim() {
                    return Self::parse(text);
                }
                cx.error("unknown-type", node.span, format!("`{}` is no type", text.trim()), format!("write `{ours}`"));
                Self::Invalid
            }
            _ => {
                cx.wrong_type(node, "a type, such as `string`, `list of string` or a type name");
                Self::Invalid
            }
        }
    }
}

/// The same type if it is written as other languages do; a lone name is left as it is, for it may be declared.
fn in_our_words(text: &str) -> String {
    // Far more than any page needs, and far less than a stack holds.
    if text.len() > 256 {
        return text.trim().to_owned();
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.as_str();
    for ours in ["list of ", "map of "] {
        if let Some(inner) = text.strip_prefix(ours) {
            return format!("{ours}{}", in_our_words(inner));
        }
    }
    let list = |inner: &str| format!("list of {}", part(inner));
    let map = |inner: &str| format!("map of {}", part(inner));
    if let Some(inner) = text.strip_suffix("[]").or_else(|| text.strip_prefix("[]")) {
        return list(inner);
    }
    let lower = text.to_ascii_lowercase();
    let behind = |words: &str| lower.starts_with(words).then(|| &text[words.len()..]);
    for (kind, words) in [
        ("list", &["list of ", "lists of ", "array of ", "arrays of ", "set of ", "vec of "][..]),
        ("map", &["map of ", "maps of ", "dict of ", "map[string]", "map[str]"]),
    ] {
        if let Some(inner) = words.iter().find_map(|words| behind(words)) {
            return if kind == "list" { list(inner) } else { map(inner) };
        }
    }
    let angle = text.strip_suffix('>').and_then(|text| text.split_once('<'));
    let square = text.strip_suffix(']').and_then(|text| text.split_once('['));
    match angle.or(square).map(|(outer, inner)| (outer.trim().to_ascii_lowercase(), inner)) {
        Some((outer, inner)) if matches!(outer.as_str(), "list" | "array" | "vec" | "set" | "") => list(inner),
        Some((outer, inner)) if matches!(outer.as_str(), "map" | "dict" | "record" | "hashmap" | "object") => {
            map(inner.split_once(',').map_or(inner, |(_, value)| value))
        }
        _ => text.to_owned(),
    }
}

/// A part of a type that is not ours anyway, so that its names can be put right too.
fn part(text: &str) -> String {
    match text.trim().to_ascii_lowercase().as_str() {
        "bool" | "boolean" => "boolean".to_owned(),
        "int" | "int32" | "int64" | "long" | "integer" => "integer".to_owned(),
        "float" | "double" | "number" => "number".to_owned(),
        "str" | "string" | "strings" => "string".to_owned(),
        "any" => "json".to_owned(),
        _ => in_our_words(text),
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

#[cfg(test)]
mod tests {
    use super::in_our_words;

    #[test]
    fn types_of_other_languages() {
        let cases = [
            ("string[]", "list of string"),
            ("[]string", "list of string"),
            ("Disk[]", "list of Disk"),
            ("List of string", "list of string"),
            ("list  of  string", "list of string"),
            ("Array of objects", "list of objects"),
            ("array of int", "list of integer"),
            ("list<String>", "list of string"),
            ("List<List<int>>", "list of list of integer"),
            ("[string]", "list of string"),
            ("list of string[]", "list of list of string"),
            ("map[string]string", "map of string"),
            ("map[string][]int", "map of list of integer"),
            ("Map<String, Object>", "map of Object"),
            ("dict[str, float]", "map of number"),
        ];
        for (written, expected) in cases {
            assert_eq!(in_our_words(written), expected, "{written}");
        }
        for ours in
            ["string", "list of string", "map of list of Disk", "Long", "list of Long", "", "<", "list of", "Ü>"]
        {
            assert_eq!(in_our_words(ours), ours);
        }
        assert_eq!(in_our_words(&"[]".repeat(9999)).len(), 2 * 9999);
    }
}
