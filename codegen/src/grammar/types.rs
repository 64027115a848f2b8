//! Fields and types.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Attribution, Basis, Bounds, Erratum, Fact, Level, Need, Page, Pattern, Rule, TypeExpr};
use crate::decode::{Cx, Decode, Literal, Map, Spanned, Text, choice, record};
use crate::read::{Node, Value};

choice! {
    /// How a value travels in JSON.
    Wire {
        "text" Text,
        "integer" Integer,
    }
    /// Which way an object type travels.
    Use {
        "request" Request,
        "response" Response,
    }
}

record! {
    /// A parameter, or a field of a body or object.
    Field {
        required {
            /// The documented type.
            "type" ty: Fact<TypeExpr>,
        }
        optional {
            /// What the Mandatory column says; fields of answers may leave it out.
            "need" need: Option<Fact<Need>>,
            /// What it is, in our own words.
            "doc" doc: Option<Text>,
            /// Characters, lowest and highest; on lists and maps of each element.
            "length" length: Option<Fact<Bounds>>,
            /// Numbers, lowest and highest; on lists and maps of each element.
            "range" range: Option<Fact<Bounds>>,
            /// Entries of a list or map, lowest and highest.
            "items" items: Option<Fact<Bounds>>,
            /// Text that must be found in the value.
            "pattern" pattern: Option<Fact<Pattern>>,
            /// What the service takes when the field is absent; never sent.
            "default" default: Option<Fact<Literal>>,
            /// `text` for a number or boolean that JSON carries as text.
            "wire" wire: Option<Spanned<Wire>>,
            /// The page says that null may stand here.
            "nullable" nullable: bool,
            /// A secret; names that look secret must say true or false.
            "sensitive" sensitive: Option<Spanned<bool>>,
            /// Unit of the value, such as MB/s.
            "unit" unit: Option<Text>,
            /// What the text looks like: uuid, rfc3339, epoch-milliseconds, ...
            "format" format: Option<Text>,
            /// true, or why.
            "deprecated" deprecated: Option<Deprecated>,
            /// Name in Rust where the derived one does not serve.
            "rust" rust: Option<Text>,
            /// The wire name it had before.
            "renamed_from" renamed_from: Option<Text>,
            /// Where the field itself was found, if not in the table of the leading page.
            "basis" basis: Option<Basis>,
            /// The page that has the field, if not the leading one.
            "page" page: Option<Text>,
            /// What one cloud documents otherwise.
            "on" on: Map<CloudFacts>,
        }
    }
    /// What one cloud documents otherwise.
    CloudFacts {
        required {}
        optional {
            "need" need: Option<Fact<Need>>,
            "length" length: Option<Fact<Bounds>>,
            "range" range: Option<Fact<Bounds>>,
            "items" items: Option<Fact<Bounds>>,
            "pattern" pattern: Option<Fact<Pattern>>,
            "default" default: Option<Fact<Literal>>,
        }
    }
    /// A type: an object (`object` and `fields`, or `same_as`) or an enumeration (`enum`).
    TypeDef {
        required {}
        optional {
            /// Which way the object travels.
            "object" object: Option<Spanned<Use>>,
            /// Fields by wire name.
            "fields" fields: Option<Map<Field>>,
            /// Takes the fields of this type.
            "same_as" same_as: Option<Text>,
            /// Rules between the fields.
            "rules" rules: Vec<Rule>,
            /// Values by wire text.
            "enum" values: Option<Spanned<Map<EnumValue>>>,
            /// `integer` for an enumeration that JSON carries as numbers.
            "wire" wire: Option<Spanned<Wire>>,
            /// What it is, in our own words.
            "doc" doc: Option<Text>,
            /// Name in Rust if not its own.
            "rust" rust: Option<Text>,
        }
    }
    /// `types.yaml`: types that several operations of a service share.
    TypesFile {
        required {
            /// Types by name.
            "types" types: Map<TypeDef>,
        }
        optional {
            /// Pages that the facts of these types come from.
            "pages" pages: Vec<Page>,
            /// Where pages contradict themselves, each other, or reality.
            "errata" errata: Vec<Erratum>,
        }
    }
    EnumValueLong {
        required {}
        optional {
            /// What it means, in our own words.
            "doc" doc: Option<Text>,
            /// Name in Rust where the derived one does not serve.
            "rust" rust: Option<Text>,
            "basis" basis: Option<Basis>,
            /// `warning`: sending it is reported.
            "level" level: Option<Level>,
            "page" page: Option<Text>,
            "deprecated" deprecated: Option<Deprecated>,
        }
    }
}

/// A value of an enumeration: its meaning, or a mapping with more.
#[derive(Clone, Debug, Default)]
pub(crate) struct EnumValue {
    pub(crate) doc: Option<Text>,
    pub(crate) rust: Option<Text>,
    pub(crate) by: Attribution,
    pub(crate) deprecated: Option<Deprecated>,
}

impl Decode for EnumValue {
    const MAPPING: &str = "a mapping such as `{value: meaning}`";
    /// A page may list the empty text.
    const EMPTY_NAME: bool = true;

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match &node.value {
            Value::Null => Self::default(),
            Value::Map(_) => {
                let long = EnumValueLong::decode(node, cx);
                let by = Attribution { basis: long.basis, level: long.level, page: long.page };
                Self { doc: long.doc, rust: long.rust, by, deprecated: long.deprecated }
            }
            _ => Self { doc: Some(Text::decode(node, cx)), ..Self::default() },
        }
    }
}

impl JsonSchema for EnumValue {
    fn schema_name() -> Cow<'static, str> {
        "EnumValue".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let long = generator.subschema_for::<EnumValueLong>();
        json_schema!({ "anyOf": [{ "type": ["string", "null"] }, long] })
    }
}

/// `true`, or the reason.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deprecated(pub(crate) Option<String>);

impl Decode for Deprecated {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        match Literal::of(node) {
            Some(Literal::Boolean(true)) => Self(Some(String::new())),
            Some(Literal::Boolean(false)) => Self(None),
            Some(Literal::Text(reason)) => Self(Some(reason)),
            _ => {
                cx.wrong_type(node, "`true`, or a text that says why");
                Self(None)
            }
        }
    }
}

impl JsonSchema for Deprecated {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Deprecated".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["boolean", "string"] })
    }
}
