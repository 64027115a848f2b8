//! Texts, booleans, numbers and closed lists of words.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Cx, Decode};
use crate::read::{Node, Value};

impl Decode for String {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::Scalar { text, .. } if matches!(node.kind(), "a text") => {
                if text.trim().is_empty() {
                    cx.error(
                        "empty-text",
                        node.span,
                        "the text is empty",
                        "write it, or leave the key out where it is optional",
                    );
                }
                text.trim_end().to_owned()
            }
            Value::Scalar { .. } => {
                cx.wrong_type(node, "a text");
                cx.diagnostics.help_last("put it into quotes");
                String::new()
            }
            _ => {
                cx.wrong_type(node, "a text");
                String::new()
            }
        }
    }
}

impl Decode for bool {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::Scalar { text, plain: true } if matches!(&**text, "true" | "false") => &**text == "true",
            _ => {
                cx.wrong_type(node, "`true` or `false`");
                false
            }
        }
    }
}

impl Decode for u16 {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::Scalar { text, plain: true } if text.parse::<u16>().is_ok() && !begins_with_zero(text) => {
                text.parse().unwrap_or_default()
            }
            _ => {
                cx.wrong_type(node, "a small whole number");
                0
            }
        }
    }
}

/// Why a number is none for us, and the number to write if there is one.
pub(crate) fn objection(node: &Node) -> Option<(String, Option<String>)> {
    let Value::Scalar { text, plain: true } = &node.value else { return None };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if begins_with_zero(text) {
        let number = digits.trim_start_matches('0');
        let sign = if text.starts_with('-') { "-" } else { "" };
        let number = if number.is_empty() { "0" } else { number };
        let message = format!("`{text}` begins with a zero: a number to some, a text to others");
        return Some((message, Some(format!("{sign}{number}"))));
    }
    if text.parse::<i64>().is_ok() {
        return None;
    }
    let message = if text.starts_with('-') {
        format!("`{text}` is too small: whole numbers begin at {}", i64::MIN)
    } else {
        format!("`{text}` is too large: whole numbers end at {}", i64::MAX)
    };
    Some((message, None))
}

fn begins_with_zero(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A number as documented: exact where it is an integer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i64),
    Float(f64),
}

impl Default for Number {
    fn default() -> Self {
        Self::Integer(0)
    }
}

impl Number {
    #[expect(clippy::cast_precision_loss, reason = "only compared with documented limits")]
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// Whether it is smaller, exactly so between integers.
    pub(crate) fn is_below(self, other: Self) -> bool {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => one < other,
            _ => self.as_f64() < other.as_f64(),
        }
    }

    pub(crate) fn as_integer(self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(value),
            Self::Float(_) => None,
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

/// A scalar as a page or rule writes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Literal {
    #[default]
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
}

impl Literal {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        match &node.value {
            Value::Null => Some(Self::Null),
            Value::Scalar { text, plain: true } => Some(match &**text {
                "true" => Self::Boolean(true),
                "false" => Self::Boolean(false),
                _ => match (text.parse::<i64>(), text.parse::<f64>()) {
                    (Ok(integer), _) => Self::Number(Number::Integer(integer)),
                    (_, Ok(float)) if float.is_finite() => Self::Number(Number::Float(float)),
                    _ => Self::Text(text.to_string()),
                },
            }),
            Value::Scalar { text, .. } => Some(Self::Text(text.to_string())),
            Value::List(_) | Value::Map(_) => None,
        }
    }
}

impl Literal {
    /// As one would write it in a flow mapping of the spec.
    pub(crate) fn as_yaml(&self) -> String {
        let Self::Text(text) = self else { return self.to_string() };
        let begins = text.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '_' || c == '.');
        let is_safe = |c: char| !c.is_control() && !"{}[],&*#?|<>=!%@`'\":".contains(c);
        let node = Node { value: Value::Scalar { text: text.as_str().into(), plain: true }, ..Node::default() };
        let is_plain = begins
            && text.chars().all(is_safe)
            && text.trim_end() == text
            && text != "null"
            && Self::of(&node).as_ref() == Some(self);
        if is_plain {
            text.clone()
        } else if text.chars().any(char::is_control) {
            format!("{text:?}")
        } else {
            format!("'{}'", text.replace('\'', "''"))
        }
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(value) => f.write_str(value),
        }
    }
}

impl Decode for Literal {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        if let (Some((message, number)), Value::Scalar { text, .. }) = (objection(node), &node.value) {
            let help = match number {
                Some(number) => format!("write `{number}` for the number, `'{text}'` for the text"),
                None => format!("write `'{text}'` if it is a text"),
            };
            cx.error("inexact-number", node.span, message, help);
            return Self::Null;
        }
        Self::of(node).unwrap_or_else(|| {
            cx.wrong_type(node, "a text, number or boolean");
            Self::Null
        })
    }
}

impl JsonSchema for Literal {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Literal".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean", "null"] })
    }
}

/// Declares a closed list of words: the enum, its decoder with "did you mean", its JSON Schema. The first is the default.
macro_rules! choice {
    ($( $(#[$meta:meta])* $name:ident { $( $(#[$vmeta:meta])* $word:literal $variant:ident, )* } )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $( $(#[$vmeta])* $variant, )* }

        #[allow(dead_code, reason = "not every list needs each of these")]
        impl $name {
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),*];
            pub(crate) const WORDS: &[&str] = &[$($word),*];
            pub(crate) fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }
        }

        impl Default for $name {
            fn default() -> Self { Self::ALL[0] }
        }

        impl $crate::decode::Decode for $name {
            fn decode(node: &$crate::read::Node, cx: &mut $crate::decode::Cx<'_>) -> Self {
                match &node.value {
                    $crate::read::Value::Scalar { text, .. } => match &**text {
                        $( $word => Self::$variant, )*
                        other => {
                            let message = format!("unknown value `{other}`");
                            cx.error("unknown-value", node.span, message, $crate::diagnostic::one_of(other, Self::WORDS));
                            Self::default()
                        }
                    },
                    _ => {
                        cx.wrong_type(node, &format!("one of `{}`", Self::WORDS.join("`, `")));
                        Self::default()
                    }
                }
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "enum": Self::WORDS })
            }
        }
    )* };
}
pub(crate) use choice;

#[cfg(test)]
mod tests {
    use super::{Literal, objection};
    use crate::diagnostic::Diagnostics;
    use crate::sources::FileId;

    #[test]
    fn numbers_that_are_not_exact() {
        let cases = [
            ("9223372036854775807", None),
            ("9223372036854775808", Some("too large: whole numbers end at 9223372036854775807")),
            ("-9223372036854775808", None),
            ("-9223372036854775809", Some("too small: whole numbers begin at -9223372036854775808")),
            ("0255", Some("begins with a zero: a number to some, a text to others; 255")),
            ("-007", Some("; -7")),
            ("00", Some("; 0")),
            ("0", None),
            ("-0", None),
            ("0.5", None),
            ("1e3", None),
            ("0x10", None),
            ("'0255'", None),
        ];
        for (written, expected) in cases {
            let mut diagnostics = Diagnostics::default();
            let node = crate::read::read(FileId(0), format!("k: {written}").as_bytes(), &mut diagnostics).unwrap();
            let found = objection(node.get("k").unwrap())
                .map(|(message, number)| format!("{message}; {}", number.unwrap_or_default()));
            assert_eq!(found.is_some(), expected.is_some(), "{written}");
            assert!(found.unwrap_or_default().contains(expected.unwrap_or_default()), "{written}");
        }
    }

    #[test]
    fn a_literal_written_out_is_read_as_the_same() {
        let texts = [
            "plain",
            "",
            " ",
            "50",
            "true",
            "null",
            "~",
            "it's",
            "a: b",
            "a, b",
            "[x]",
            "{x}",
            "#x",
            "- x",
            "1e5",
            "new\nline",
            "ü",
            "x ",
            "a\\b",
            "https://a.b/c",
        ];
        for text in texts {
            let written = Literal::Text(text.to_owned()).as_yaml();
            let mut diagnostics = Diagnostics::default();
            let node =
                crate::read::read(FileId(0), format!("{{k: {written}, z: 1}}").as_bytes(), &mut diagnostics).unwrap();
            assert!(diagnostics.is_empty(), "{written}");
            assert_eq!(Literal::of(node.get("k").unwrap()), Some(Literal::Text(text.to_owned())), "{written}");
        }
        assert_eq!(Literal::Text("plain words".to_owned()).as_yaml(), "plain words");
    }
}
