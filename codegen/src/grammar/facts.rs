//! Facts and the evidence for them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::decode::{Cx, Decode, Number, Text, choice};
use crate::read::{Node, Value};
use crate::sources::Span;

choice! {
    /// Where on a page, or off it, a fact was found.
    Basis {
        "table" Table,
        "prose" Prose,
        "example" Example,
        "sibling-page" SiblingPage,
        "sdk" Sdk,
    }
    /// Whether a fact is enforced or, being doubtful, only warned about.
    Level {
        "error" Error,
        "warning" Warning,
    }
    /// What the "Mandatory" column says.
    Need {
        "unstated" Unstated,
        "required" Required,
        "optional" Optional,
        "conditional" Conditional,
    }
}

/// The evidence of a fact; what is left out comes from what surrounds it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attribution {
    pub(crate) basis: Option<Basis>,
    pub(crate) level: Option<Level>,
    pub(crate) page: Option<Text>,
}

/// A fact in its short form (`[1, 36]`) or its long one (`{is: [1, 36], basis: prose, level: warning, page: id}`).
#[derive(Clone, Debug, Default)]
pub(crate) struct Fact<T> {
    pub(crate) is: T,
    pub(crate) by: Attribution,
    pub(crate) span: Span,
}

const LONG_KEYS: &[&str] = &["is", "basis", "level", "page"];

impl<T: Decode> Decode for Fact<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        let (true, Value::Map(entries)) = (node.get("is").is_some(), &node.value) else {
            return Self { is: T::decode(node, cx), by: Attribution::default(), span: node.span };
        };
        let mut fact = Self::default();
        for entry in entries {
            match &*entry.key {
                "is" => {
                    fact.is = T::decode(&entry.value, cx);
                    fact.span = entry.value.span;
                }
                "basis" => fact.by.basis = Decode::decode(&entry.value, cx),
                "level" => fact.by.level = Decode::decode(&entry.value, cx),
                "page" => fact.by.page = Decode::decode(&entry.value, cx),
                _ => crate::decode::unknown_key(entry, LONG_KEYS, cx),
            }
        }
        fact
    }
}

impl<T: JsonSchema> JsonSchema for Fact<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}Fact", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let short = generator.subschema_for::<T>();
        let basis = generator.subschema_for::<Basis>();
        let level = generator.subschema_for::<Level>();
        json_schema!({ "anyOf": [short, {
            "type": "object", "required": ["is"], "additionalProperties": false,
            "properties": { "is": short, "basis": basis, "level": level, "page": { "type": "string" } }
        }] })
    }
}

/// `[lo, hi]`, inclusive; `~` for no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) low: Option<Number>,
    pub(crate) high: Option<Number>,
}

impl Bounds {
    /// Whether no value can be inside.
    pub(crate) fn is_empty(self) -> bool {
        matches!((self.low, self.high), (Some(low), Some(high)) if high.is_below(low))
    }

    /// Whether a value is outside; of limits that nothing can keep none is.
    pub(crate) fn excludes(self, value: Number) -> bool {
        let below = self.low.is_some_and(|low| value.is_below(low));
        let above = self.high.is_some_and(|high| high.is_below(value));
        (below || above) && !self.is_empty()
    }
}

impl Decode for Bounds {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::List(items) if items.len() == 2 => Self { low: bound(&items[0], cx), high: bound(&items[1], cx) },
            _ => {
                cx.wrong_type(node, "`[lowest, highest]`, with `~` for no limit");
                Self::default()
            }
        }
    }
}

fn bound(node: &Node, cx: &mut Cx<'_>) -> Option<Number> {
    if let Some((message, number)) = crate::decode::objection(node).or_else(|| exponent(node)) {
        let help = number.map_or_else(|| "write `~` for no limit".to_owned(), |number| format!("write `{number}`"));
        cx.error("inexact-number", node.span, message, help);
        return None;
    }
    match crate::decode::Literal::of(node) {
        Some(crate::decode::Literal::Null) => None,
        Some(crate::decode::Literal::Number(number)) => Some(number),
        _ => {
            cx.wrong_type(node, "a number, or `~` for no limit");
            None
        }
    }
}

/// `1e3` is a fraction to YAML, though a whole number is meant.
fn exponent(node: &Node) -> Option<(String, Option<String>)> {
    let Value::Scalar { text, plain: true } = &node.value else { return None };
    let number = text.parse::<f64>().ok().filter(|number| text.contains(['e', 'E']) && number.fract() == 0.0)?;
    // Up to 2^53 every whole number is exact.
    (number.abs() <= 9e15).then(|| (format!("`{text}` is written with an exponent"), Some(number.to_string())))
}

impl JsonSchema for Bounds {
    fn schema_name() -> Cow<'static, str> {
        "Bounds".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Lowest and highest allowed, both included; null for no limit.",
            "type": "array", "items": { "type": ["number", "null"] }, "minItems": 2, "maxItems": 2
        })
    }
}

/// A documented pattern: checked, or recorded because the engine cannot express it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) unchecked: bool,
}

impl Decode for Pattern {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::Map(entries) => match entries.as_slice() {
                [entry] if &*entry.key == "unchecked" => {
                    Self { text: String::decode(&entry.value, cx), unchecked: true }
                }
                _ => {
                    cx.wrong_type(node, "a pattern, or `{unchecked: pattern}`");
                    Self::default()
                }
            },
            _ => Self { text: String::decode(node, cx), unchecked: false },
        }
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> Cow<'static, str> {
        "Pattern".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, {
            "type": "object", "required": ["unchecked"], "additionalProperties": false, "properties": { "unchecked": { "type": "string" } }
        }] })
    }
}

#[cfg(test)]
mod tests {
    use super::{Basis, Bounds, Fact, Level, Need};
    use crate::decode::{Cx, Decode, Literal, Number};
    use crate::diagnostic::Diagnostics;
    use crate::sources::FileId;

    /// The fact under `k`, the text that is marked for it, and the codes found.
    fn fact<T: Decode>(text: &str) -> (Fact<T>, String, Vec<&'static str>) {
        let mut diagnostics = Diagnostics::default();
        let node = crate::read::read(FileId(0), text.as_bytes(), &mut diagnostics).unwrap();
        let fact = Fact::<T>::decode(node.get("k").unwrap(), &mut Cx { diagnostics: &mut diagnostics });
        let marked = text[fact.span.start as usize..fact.span.end as usize].to_owned();
        (fact, marked, diagnostics.codes().into_iter().collect())
    }

    fn integers(low: i64, high: i64) -> Bounds {
        Bounds { low: Some(Number::Integer(low)), high: Some(Number::Integer(high)) }
    }

    #[test]
    fn short_and_long_say_the_same() {
        let (short, at, found) = fact::<Bounds>("k: [1, 36]");
        assert_eq!((short.is, at.as_str(), found), (integers(1, 36), "[1, 36]", vec![]));
        assert!(short.by.basis.is_none() && short.by.level.is_none() && short.by.page.is_none());

        let (long, at, found) = fact::<Bounds>("k: {is: [1, 36], basis: prose, level: warning, page: p}");
        assert_eq!((long.is, at.as_str(), found), (integers(1, 36), "[1, 36]", vec![]));
        assert_eq!((long.by.basis, long.by.level), (Some(Basis::Prose), Some(Level::Warning)));
        assert_eq!(long.by.page.unwrap().value, "p");

        assert_eq!(fact::<Need>("k: conditional").0.is, Need::Conditional);
        assert_eq!(fact::<Need>("k: {is: conditional, basis: sdk}").0.is, Need::Conditional);
        assert_eq!(fact::<Literal>("k: {is: 'yes'}").0.is, Literal::Text("yes".to_owned()));
    }

    #[test]
    fn what_is_neither_is_a_mistake() {
        assert_eq!(fact::<Bounds>("k: {low: 1}").2, ["wrong-type"]);
        assert_eq!(fact::<Bounds>("k: [1]").2, ["wrong-type"]);
        assert_eq!(fact::<Bounds>("k: {is: [1, 2], why: x}").2, ["unknown-key"]);
        assert_eq!(fact::<Need>("k: {is: sometimes}").2, ["unknown-value"]);
    }

    #[test]
    fn bounds_are_exact() {
        assert_eq!(fact::<Bounds>("k: [1, 1e3]").2, ["inexact-number"]);
        assert_eq!(fact::<Bounds>("k: [0.5, 1e300]").2, Vec::<&str>::new());
        assert_eq!(fact::<Bounds>("k: [~, 9223372036854775808]").2, ["inexact-number"]);
        assert_eq!(fact::<Literal>("k: 0255").2, ["inexact-number"]);
        let edge = 9_007_199_254_740_993;
        assert!(integers(edge, edge - 1).is_empty() && !integers(edge, edge).is_empty());
        assert!(integers(0, edge - 1).excludes(Number::Integer(edge)));
        assert!(!integers(0, edge).excludes(Number::Integer(edge)));
    }

    #[test]
    fn bounds_are_inclusive_and_may_be_open() {
        let (open, _, found) = fact::<Bounds>("k: [~, 0.5]");
        assert_eq!(found, Vec::<&str>::new());
        let cases = [
            (integers(1, 3), 0, true),
            (integers(1, 3), 1, false),
            (integers(1, 3), 3, false),
            (integers(1, 3), 4, true),
            (integers(3, 1), 9, false),
        ];
        for (bounds, value, excluded) in cases {
            assert_eq!(bounds.excludes(Number::Integer(value)), excluded, "{value} in {bounds:?}");
        }
        assert!(!open.is.excludes(Number::Integer(i64::MIN)) && open.is.excludes(Number::Integer(1)));
        assert!(integers(3, 1).is_empty() && !integers(3, 3).is_empty() && !open.is.is_empty());
    }
}
