//! Making the changes.

use super::super::super::claims::Holder;
use super::super::super::facts::fields;
use super::{Change, End, What, type_of};
use crate::decode::{Literal, Number};
use crate::grammar::{Bounds, Need};
use crate::model::{Field, Location, Model, Operation, Payload, PerCloud, Service, Sourced, Ty, TypeId, TypeKind};
use crate::read::{Node, Value};

/// Changes the scalar of that position.
fn change_scalar(node: &mut Node, left: &mut usize) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| change_scalar(item, left)),
        Value::Map(entries) => entries.iter_mut().for_each(|entry| change_scalar(&mut entry.value, left)),
        value => {
            if *left == 0 {
                *value = match value {
                    Value::Scalar { text, plain } => Value::Scalar { text: format!("{text}9").into(), plain: *plain },
                    _ => Value::Scalar { text: "9".into(), plain: true },
                };
            }
            *left = left.wrapping_sub(1);
        }
    }
}

impl Change {
    /// Makes the change; false if it would change nothing.
    pub(in super::super) fn apply(&self, model: &mut Model, service: usize, unit: usize) -> bool {
        let of = &mut model.services[service];
        match &self.what {
            What::Method(_)
            | What::Path(_)
            | What::FlipBody
            | What::Scalar(_)
            | What::ExampleStatus
            | What::Status(..)
            | What::AddStatus(_)
            | What::Answer(..) => {
                let error = of.types.iter().position(|ty| matches!(ty.kind, TypeKind::Object(_))).map(TypeId);
                match &mut of.units[unit].operation {
                    Some(operation) => self.of_operation(operation, error),
                    None => false,
                }
            }
            What::Value(..) | What::AddValue(_) => self.of_enum(of, unit),
            What::Rename(_) | What::Remove | What::Move(_) => self.of_row(of, unit),
            _ => field(of, unit, self.holder, &self.name).is_some_and(|field| self.of_field(field)),
        }
    }

    fn of_operation(&self, operation: &mut Operation, object: Option<TypeId>) -> bool {
        match &self.what {
            What::Method(method) => operation.http.method = (*method).to_owned(),
            What::Path(more) if *more == "/v9" => {
                let rest = operation.http.path.splitn(3, '/').nth(2).unwrap_or_default().to_owned();
                operation.http.path = format!("/v9/{rest}");
            }
            What::Path(more) => operation.http.path += more,
            What::FlipBody => {
                operation.has_body = !operation.has_body;
                operation.inputs.retain(|input| input.location != Location::Body);
            }
            What::Status(from, Some(to)) => {
                operation
                    .responses
                    .iter_mut()
                    .filter(|answer| answer.status == *from)
                    .for_each(|answer| answer.status = *to);
            }
            What::Status(from, None) => operation.responses.retain(|answer| answer.status != *from),
            What::AddStatus(status) => {
                let Some(first) = operation.responses.first() else { return false };
                let (span, body) = (first.span, Payload::None);
                operation.responses.push(crate::model::Answer { status: *status, body, span, doc: None });
            }
            What::Answer(status, kind) => {
                let Some(answer) = operation.responses.iter_mut().find(|answer| answer.status == *status) else {
                    return false;
                };
                answer.body = match (*kind, &answer.body) {
                    ("none", _) => Payload::None,
                    ("text", _) => Payload::Text,
                    ("binary", _) => Payload::Binary,
                    ("json", _) => Payload::Json,
                    (_, Payload::Is(ty)) => Payload::Is(Ty::List(Box::new(ty.clone()))),
                    _ => match object {
                        Some(id) => Payload::Is(Ty::Object(id)),
                        None => return false,
                    },
                };
            }
            What::Scalar(position) => return self.of_example(operation, *position),
            What::ExampleStatus => {
                let name = self.name.split('/').next().unwrap_or_default();
                let example = operation.examples.iter_mut().find(|example| example.name.value == name);
                let Some(status) = example.and_then(|example| example.status.as_mut()) else { return false };
                status.value = if status.value == 500 { 501 } else { 500 };
            }
            _ => return false,
        }
        true
    }

    fn of_example(&self, operation: &mut Operation, position: usize) -> bool {
        let mut left = position;
        let parts: Vec<&str> = self.name.split('/').collect();
        let Some(example) = operation.examples.iter_mut().find(|example| example.name.value == parts[0]) else {
            return false;
        };
        let section = match parts[1] {
            "request" => return example.request.as_mut().map(|data| change_scalar(&mut data.0, &mut left)).is_some(),
            "response" => return example.response.as_mut().map(|data| change_scalar(&mut data.0, &mut left)).is_some(),
            "path" => &mut example.path,
            "query" => &mut example.query,
            _ => &mut example.header,
        };
        section
            .0
            .iter_mut()
            .filter(|(name, _)| name.value == parts[2])
            .for_each(|(_, data)| change_scalar(&mut data.0, &mut left));
        true
    }

    fn of_enum(&self, service: &mut Service, unit: usize) -> bool {
        let Some(Ty::Enum(id)) = field(service, unit, self.holder, &self.name).map(|field| field.ty.leaf().clone())
        else {
            return false;
        };
        let TypeKind::Enum(of) = &mut service.types[id.0].kind else { return false };
        match &self.what {
            What::Value(from, Some(to)) => {
                of.values
                    .iter_mut()
                    .filter(|value| value.text.value == *from)
                    .for_each(|value| value.text.value = (*to).to_owned());
            }
            What::Value(from, None) => of.values.retain(|value| value.text.value != *from),
            What::AddValue(text) => {
                let Some(first) = of.values.first() else { return false };
                let mut text_of = first.text.clone();
                text_of.value = (*text).to_owned();
                let more = crate::model::Value {
                    text: text_of,
                    rust: "More".to_owned(),
                    doc: None,
                    by: first.by,
                    deprecated: None,
                };
                of.values.push(more);
            }
            _ => return false,
        }
        true
    }

    fn of_row(&self, service: &mut Service, unit: usize) -> bool {
        if let (What::Rename(to), Some(field)) = (&self.what, field(service, unit, self.holder, &self.name)) {
            field.wire.value.clone_from(to);
            if self.holder == Holder::Inputs(Location::Path)
                && let Some(operation) = &mut service.units[unit].operation
            {
                let (from, to) = (format!("{{{}}}", self.name), format!("{{{to}}}"));
                operation.http.path = operation.http.path.replace(&from, &to);
            }
            return true;
        }
        let id = match self.holder {
            Holder::Inputs(location) => {
                let Some(operation) = &mut service.units[unit].operation else { return false };
                let name = self.name.as_str();
                let is = |input: &crate::model::Input| input.location == location && input.field.wire.value == name;
                match &self.what {
                    What::Move(to) => {
                        operation.inputs.iter_mut().filter(|input| is(input)).for_each(|input| input.location = *to);
                    }
                    _ => operation.inputs.retain(|input| !is(input)),
                }
                return true;
            }
            Holder::Answer(status) => top(service, unit, status),
            Holder::Given(id) | Holder::Answered(_, id) => Some(id),
            Holder::Operation => None,
        };
        match (&self.what, id.map(|id| &mut service.types[id.0].kind)) {
            (What::Remove, Some(TypeKind::Object(object))) => {
                object.fields.retain(|field| field.wire.value != self.name);
            }
            _ => return false,
        }
        true
    }

    fn of_field(&self, field: &mut Field) -> bool {
        match &self.what {
            What::Type(word) => {
                let Some(ty) = type_of(word) else { return false };
                // As text, a number is what a page calls a string.
                (field.ty, field.as_text) = (ty, None);
            }
            What::FlipText => field.as_text = if field.as_text.is_some() { None } else { Some(field.ty_span) },
            What::Need(word) => {
                let needs = [Need::Required, Need::Optional, Need::Conditional, Need::Unstated];
                let Some(need) = needs.into_iter().find(|need| need.word() == *word) else { return false };
                if let Some(base) = &mut field.need.base {
                    base.is = need;
                }
            }
            What::Limit(of, end, by) => {
                let by_ = field.by;
                let span = field.wire.span;
                let limit = match *of {
                    "length" => &mut field.length,
                    "range" => &mut field.range,
                    _ => &mut field.items,
                };
                return change_limit(limit, *end, *by, by_, span);
            }
            What::Pattern(None) => field.pattern = PerCloud::default(),
            What::Pattern(Some(text)) => {
                let is = crate::grammar::Pattern { text: (*text).to_owned(), unchecked: false };
                field.pattern.base = Some(Sourced { is, by: field.by, span: field.wire.span });
            }
            What::Default(None) if field.default.is_empty() => return false,
            What::Default(None) => field.default = PerCloud::default(),
            What::Default(Some(text)) => {
                let literal = text.parse().map_or_else(
                    |_| Literal::Text((*text).to_owned()),
                    |number| Literal::Number(Number::Integer(number)),
                );
                field.default.base = Some(Sourced { is: literal, by: field.by, span: field.wire.span });
            }
            What::FlipNullable => field.nullable = !field.nullable,
            What::Unit(unit) => field.unit = unit.map(str::to_owned),
            What::Format(format) => field.format = Some((*format).to_owned()),
            _ => return false,
        }
        true
    }
}

fn change_limit(
    limit: &mut PerCloud<Bounds>,
    end: End,
    by: Option<i64>,
    source: crate::model::Sourcing,
    span: crate::sources::Span,
) -> bool {
    match (end, by) {
        (End::Both, None) => *limit = PerCloud::default(),
        (End::Both, Some(by)) => {
            if !limit.is_empty() {
                return false;
            }
            let is = Bounds { low: Some(Number::Integer(1)), high: Some(Number::Integer(by)) };
            limit.base = Some(Sourced { is, by: source, span });
        }
        (end, by) => {
            let Some(base) = &mut limit.base else { return false };
            let number = if end == End::Low { &mut base.is.low } else { &mut base.is.high };
            *number = match (by, *number) {
                (None, _) => None,
                (Some(by), Some(Number::Integer(value))) => Some(Number::Integer(value + by)),
                (Some(by), _) => Some(Number::Integer(by)),
            };
        }
    }
    true
}

fn top(service: &Service, unit: usize, status: u16) -> Option<TypeId> {
    let operation = service.units[unit].operation.as_ref()?;
    match &operation.responses.iter().find(|answer| answer.status == status)?.body {
        Payload::Is(ty) => match ty.leaf() {
            Ty::Object(id) => Some(*id),
            _ => None,
        },
        _ => None,
    }
}

fn field<'m>(service: &'m mut Service, unit: usize, holder: Holder, name: &str) -> Option<&'m mut Field> {
    let id = match holder {
        Holder::Inputs(location) => {
            let inputs = &mut service.units[unit].operation.as_mut()?.inputs;
            return inputs
                .iter_mut()
                .find(|input| input.location == location && input.field.wire.value == name)
                .map(|input| &mut input.field);
        }
        Holder::Answer(status) => top(service, unit, status)?,
        Holder::Given(id) | Holder::Answered(_, id) => id,
        Holder::Operation => return None,
    };
    debug_assert!(!fields(service, id).is_empty());
    match &mut service.types[id.0].kind {
        TypeKind::Object(object) => object.fields.iter_mut().find(|field| field.wire.value == name),
        _ => None,
    }
}
