//! Tree to grammar types. Mistakes are collected; what cannot be decoded becomes a default that later stages pass over in silence.

mod checked;
mod collections;
pub(crate) mod record;
mod scalar;

use schemars::JsonSchema;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::read::{Entry, Node, Value};
use crate::sources::Span;

pub(crate) use checked::{Checked, Date, Fingerprint, Link, PackageName, Version};
pub(crate) use collections::{Data, Map};
pub(crate) use record::{record, unknown_key};
pub(crate) use scalar::{Literal, Number, choice, objection};

/// A grammar type: how it is read, and (by [`JsonSchema`]) how editors check it.
pub(crate) trait Decode: Default + JsonSchema {
    /// What a mapping to such values is, where that needs to be said.
    const MAPPING: &str = "a mapping";
    /// Whether the empty text can be a name for such a value.
    const EMPTY_NAME: bool = false;

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self;

    /// What stands for a required value that is missing from the record that begins at `span`.
    fn absent(_: Span) -> Self {
        Self::default()
    }
}

/// Where mistakes go.
pub(crate) struct Cx<'a> {
    pub(crate) diagnostics: &'a mut Diagnostics,
}

impl Cx<'_> {
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::error(code, span, message).help(help));
    }

    pub(crate) fn wrong_type(&mut self, node: &Node, expected: &str) {
        self.diagnostics.push(
            Diagnostic::error("wrong-type", node.span, format!("expected {expected}, found {}", node.kind()))
                .label(format!("expected {expected}")),
        );
    }

    /// The entries of a mapping; a mistake and nothing if it is none.
    pub(crate) fn entries<'n>(&mut self, node: &'n Node, expected: &str) -> &'n [Entry] {
        match &node.value {
            Value::Map(entries) => entries,
            _ => {
                self.wrong_type(node, expected);
                &[]
            }
        }
    }
}

/// A value that knows where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

pub(crate) type Text = Spanned<String>;

/// A required value; nothing if it is missing, so that this one mistake makes no others.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stated<T>(pub(crate) Option<T>);

macro_rules! same_schema {
    ($outer:ident) => {
        impl<T: JsonSchema> JsonSchema for $outer<T> {
            fn inline_schema() -> bool {
                T::inline_schema()
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                T::schema_name()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                T::json_schema(generator)
            }
        }
    };
}
same_schema!(Spanned);
same_schema!(Stated);

impl<T: Decode> Decode for Spanned<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        Self { value: T::decode(node, cx), span: node.span }
    }

    fn absent(span: Span) -> Self {
        Self { value: T::default(), span }
    }
}

impl<T: Decode> Decode for Stated<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        Self(Some(T::decode(node, cx)))
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        Some(T::decode(node, cx))
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        Self::new(T::decode(node, cx))
    }
}
