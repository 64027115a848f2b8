//! Documented examples laid over the tables: the typed value, and every place where the two disagree.

use crate::decode::{Literal, Number};
use crate::grammar::{Basis, Bounds, FactName, Level, Need, Wire};
use crate::model::{Field, Location, Operation, Payload, PerCloud, Service, Ty, TypeId, TypeKind};
use crate::read::{Node, Value};
use crate::sources::Span;

/// A value of an example, typed.
#[derive(Clone, Debug)]
pub(crate) enum Fitted {
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Json(Node),
    List(Vec<Fitted>),
    Map(Vec<(String, Fitted)>),
    /// Fields by position.
    Object(TypeId, Vec<(usize, Fitted)>),
    Enum(TypeId, String),
    /// A value that a test may choose: its place, and what stands there otherwise. No example has one.
    Chosen(String, Box<Fitted>),
}

/// Where an example disagrees with a table.
#[derive(Clone, Debug)]
pub(crate) struct Mismatch {
    /// As errata name places: `body.source_instance.id`, `responses.200.status`.
    pub(crate) at: String,
    pub(crate) fact: FactName,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) value: Node,
    /// Whether a request with this value fails its own checks.
    pub(crate) refused: bool,
}

/// An example's request: values by position of the operation's inputs.
pub(crate) struct FittedRequest {
    pub(crate) inputs: Vec<(usize, Fitted)>,
    pub(crate) mismatches: Vec<Mismatch>,
}

pub(crate) fn request(service: &Service, operation: &Operation, example: &crate::grammar::Example) -> FittedRequest {
    let mut fit = Fit { service, mismatches: Vec::new() };
    let mut inputs = Vec::new();
    let sections =
        [(Location::Path, &example.path), (Location::Query, &example.query), (Location::Header, &example.header)];
    for (location, given) in sections {
        for (name, data) in given.iter() {
            let at = format!("{}.{}", location.word(), name.value);
            let found = operation
                .inputs
                .iter()
                .position(|input| input.location == location && input.field.wire.value == name.value);
            match found {
                Some(position) => {
                    let value = fit.field(&operation.inputs[position].field, &data.0, &at, true);
                    inputs.extend(value.map(|value| (position, value)));
                }
                None => fit.mismatch(
                    &at,
                    FactName::Name,
                    name.span,
                    &data.0,
                    format!("the table of {} parameters has no `{}`", location.word(), name.value),
                ),
            }
        }
    }
    if let Some(body) = &example.request {
        let fields: Vec<(usize, &Field)> = operation
            .inputs
            .iter()
            .enumerate()
            .filter(|(_, input)| input.location == Location::Body)
            .map(|(at, input)| (at, &input.field))
            .collect();
        if operation.has_body {
            inputs.extend(fit.fields(&fields, &body.0, "body"));
        } else {
            fit.mismatch(
                "body",
                FactName::Body,
                body.0.span,
                &body.0,
                "the example sends a body, the operation has none".to_owned(),
            );
        }
    }
    FittedRequest { inputs, mismatches: fit.mismatches }
}

pub(crate) fn response(service: &Service, status: u16, payload: &Payload, data: &Node) -> Vec<Mismatch> {
    let mut fit = Fit { service, mismatches: Vec::new() };
    let at = format!("responses.{status}");
    match payload {
        Payload::Is(ty) => drop(fit.value(ty, data, &at, false)),
        Payload::None => fit.mismatch(
            &at,
            FactName::Body,
            data.span,
            data,
            "the table has no body, the example shows one".to_owned(),
        ),
        Payload::Text | Payload::Binary | Payload::Json => {}
    }
    fit.mismatches
}

fn unknown_field(name: &str, fields: &[(usize, &Field)]) -> String {
    let near = crate::diagnostic::did_you_mean(name, fields.iter().map(|(_, field)| field.wire.value.as_str()));
    let near = near.map_or_else(String::new, |near| format!(", but there is `{near}`"));
    format!("no table has the field `{name}`{near}")
}

struct Fit<'a> {
    service: &'a Service,
    mismatches: Vec<Mismatch>,
}

impl Fit<'_> {
    fn mismatch(&mut self, at: &str, fact: FactName, span: Span, value: &Node, message: String) {
        self.mismatches.push(Mismatch { at: at.to_owned(), fact, span, message, value: value.clone(), refused: false });
    }

    fn refused(&mut self, at: &str, fact: FactName, level: Level, node: &Node, message: String) {
        self.mismatch(at, fact, node.span, node, message);
        if let Some(last) = self.mismatches.last_mut() {
            last.refused = level == Level::Error;
        }
    }

    fn fields(&mut self, fields: &[(usize, &Field)], node: &Node, at: &str) -> Vec<(usize, Fitted)> {
        let Value::Map(entries) = &node.value else {
            self.mismatch(
                at,
                FactName::Type,
                node.span,
                node,
                format!("the table says object, the example shows {}", node.kind()),
            );
            return Vec::new();
        };
        let mut values = Vec::new();
        for entry in entries {
            let at = format!("{at}.{}", entry.key);
            match fields.iter().find(|(_, field)| field.wire.value == *entry.key) {
                Some((position, field)) => {
                    values.extend(self.field(field, &entry.value, &at, true).map(|value| (*position, value)));
                }
                None => {
                    self.mismatch(&at, FactName::Name, entry.key_span, &entry.value, unknown_field(&entry.key, fields));
                }
            }
        }
        for (_, field) in
            fields.iter().filter(|(_, field)| field.is_required() && node.get(&field.wire.value).is_none())
        {
            let at = format!("{at}.{}", field.wire.value);
            let need = Need::Required.word();
            self.mismatch(
                &at,
                FactName::Need,
                node.span,
                &Node::default(),
                format!("`{}` is {need}, the example lacks it", field.wire.value),
            );
        }
        values
    }

    /// `None` for null: absent.
    fn field(&mut self, field: &Field, node: &Node, at: &str, own: bool) -> Option<Fitted> {
        if matches!(node.value, Value::Null) {
            if own && !field.nullable {
                self.mismatch(
                    at,
                    FactName::Nullable,
                    node.span,
                    node,
                    "the example shows null, no table allows it".to_owned(),
                );
            }
            return None;
        }
        if let Value::List(list) = &node.value {
            let count = Number::Integer(i64::try_from(list.len()).unwrap_or(i64::MAX));
            self.bounds(&field.items, count, at, FactName::Items, node, "entries");
        }
        let value = self.value(&field.ty, node, at, field.as_text.is_some());
        self.limits(field, node, at);
        value
    }

    fn limits(&mut self, field: &Field, node: &Node, at: &str) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| self.limits(field, item, at)),
            Value::Map(entries) if matches!(field.ty, Ty::Map(_)) => {
                for entry in entries {
                    self.limits(field, &entry.value, at);
                }
            }
            Value::Scalar { text, .. } => {
                let length = Number::Integer(i64::try_from(text.chars().count()).unwrap_or(i64::MAX));
                self.bounds(&field.length, length, at, FactName::Length, node, "characters");
                if let Ok(number) =
                    text.parse::<i64>().map(Number::Integer).or_else(|_| text.parse().map(Number::Float))
                {
                    self.bounds(&field.range, number, at, FactName::Range, node, "");
                }
                self.pattern(field, text, at, node);
            }
            _ => {}
        }
    }

    fn pattern(&mut self, field: &Field, text: &str, at: &str, node: &Node) {
        let Some(fact) = field.pattern.base.as_ref().filter(|fact| !fact.is.unchecked) else { return };
        if let Ok(program) = crate::pattern::compile(&fact.is.text)
            && !program.is_match(text)
        {
            self.refused(
                at,
                FactName::Pattern,
                fact.by.level,
                node,
                format!("`{text}` does not match the pattern `{}`", fact.is.text),
            );
        }
    }

    fn bounds(&mut self, limit: &PerCloud<Bounds>, found: Number, at: &str, fact: FactName, node: &Node, unit: &str) {
        let Some(limit) = limit.base.as_ref().filter(|limit| limit.by.basis != Basis::Example) else { return };
        if limit.is.excludes(found) {
            let message =
                format!("the example shows {found} {unit}, the limit is {}", crate::docs::bounds(limit.is, unit))
                    .replace("  ", " ");
            self.refused(at, fact, limit.by.level, node, message);
        }
    }

    fn value(&mut self, ty: &Ty, node: &Node, at: &str, as_text: bool) -> Option<Fitted> {
        match (ty, &node.value) {
            (ty, _) if self.service.is_invalid(ty) => None,
            (Ty::Json, _) => Some(Fitted::Json(node.clone())),
            (Ty::List(inner), Value::List(items)) => {
                Some(Fitted::List(items.iter().filter_map(|item| self.value(inner, item, at, as_text)).collect()))
            }
            (Ty::Map(inner), Value::Map(entries)) => Some(Fitted::Map(
                entries
                    .iter()
                    .filter_map(|entry| Some((entry.key.to_string(), self.value(inner, &entry.value, at, as_text)?)))
                    .collect(),
            )),
            (Ty::Object(id), Value::Map(_)) => match &self.service.types[id.0].kind {
                TypeKind::Object(object) => {
                    let fields: Vec<(usize, &Field)> = object.fields.iter().enumerate().collect();
                    Some(Fitted::Object(*id, self.fields(&fields, node, at)))
                }
                _ => None,
            },
            (Ty::Object(_) | Ty::List(_) | Ty::Map(_), _) | (_, Value::List(_) | Value::Map(_) | Value::Null) => {
                let message =
                    format!("the table says {}, the example shows {}", crate::docs::type_word(ty), node.kind());
                self.mismatch(at, FactName::Type, node.span, node, message);
                None
            }
            (_, Value::Scalar { text, plain }) => self.scalar(ty, text, *plain, node, at, as_text),
        }
    }

    fn scalar(&mut self, ty: &Ty, text: &str, plain: bool, node: &Node, at: &str, as_text: bool) -> Option<Fitted> {
        let literal = Literal::of(node).unwrap_or_default();
        let (fitted, fits) = match ty {
            Ty::String | Ty::Secret => (Some(Fitted::Text(text.to_owned())), matches!(literal, Literal::Text(_))),
            Ty::Integer => (text.parse().ok().map(Fitted::Integer), as_text != plain),
            Ty::Number => (text.parse().ok().map(Fitted::Number), as_text != plain),
            Ty::Boolean => (text.parse().ok().map(Fitted::Boolean), as_text != plain),
            Ty::Enum(id) => return self.enumeration(*id, text, &literal, node, at),
            _ => return None,
        };
        if !fits || fitted.is_none() {
            let wanted =
                if as_text { format!("{} as text", crate::docs::type_word(ty)) } else { crate::docs::type_word(ty) };
            self.mismatch(
                at,
                FactName::Type,
                node.span,
                node,
                format!("the table says {wanted}, the example shows {}", node.kind()),
            );
        }
        fitted
    }

    fn enumeration(&mut self, id: TypeId, text: &str, literal: &Literal, node: &Node, at: &str) -> Option<Fitted> {
        let TypeKind::Enum(shape) = &self.service.types[id.0].kind else { return None };
        let is_number = matches!(literal, Literal::Number(_));
        if is_number != (shape.wire == Wire::Integer) {
            let message = format!("the values are {}s, the example shows {}", shape.wire.word(), node.kind());
            self.mismatch(at, FactName::Type, node.span, node, message);
        }
        let on_page = |value: &crate::model::Value| value.by.basis != Basis::Example;
        let known = shape.values.iter().find(|value| value.text.value == text);
        // Where a page lists no values at all, its examples are all there is, and contradict nothing.
        let lists_values = shape.values.iter().any(on_page);
        if !known.is_some_and(|value| on_page(value) || !lists_values) {
            let level = if known.is_none() { Level::Error } else { Level::Warning };
            self.refused(at, FactName::Enum, level, node, format!("`{text}` is not among the documented values"));
        }
        Some(Fitted::Enum(id, text.to_owned()))
    }
}
