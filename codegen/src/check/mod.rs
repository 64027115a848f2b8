//! Lints: what a spec says that cannot be so.

mod examples;
mod facts;
mod flow;
mod kept;
mod places;
mod recursion;
mod rules;
mod secrets;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::grammar::Use;
use crate::model::{Field, Model, Operation, Payload, Service, Ty, TypeKind};

pub(crate) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for service in &model.services {
        for ty in &service.types {
            match &ty.kind {
                TypeKind::Object(object) => {
                    for field in &object.fields {
                        check_field(service, field, object.direction, diagnostics);
                    }
                    rules::check(service, &object.rules, diagnostics);
                }
                TypeKind::Enum(_) | TypeKind::Invalid => {}
            }
        }
        recursion::check(service, diagnostics);
        for unit in &service.units {
            if let Some(operation) = &unit.operation {
                check_operation(service, operation, diagnostics);
                examples::check(service, unit, operation, diagnostics);
            }
            places::check(service, unit, diagnostics);
        }
    }
}

fn check_operation(service: &Service, operation: &Operation, diagnostics: &mut Diagnostics) {
    for input in &operation.inputs {
        check_field(service, &input.field, Use::Request, diagnostics);
        facts::parameter(input, diagnostics);
    }
    rules::check(service, &operation.rules, diagnostics);
    for answer in &operation.responses {
        if let Payload::Is(ty) = &answer.body {
            direction(service, ty, Use::Response, answer.span, diagnostics);
        }
    }
    facts::batch(service, operation, diagnostics);
    flow::check(service, operation, diagnostics);
}

fn check_field(service: &Service, field: &Field, towards: Use, diagnostics: &mut Diagnostics) {
    direction(service, &field.ty, towards, field.ty_span, diagnostics);
    facts::check(service, field, diagnostics);
    secrets::check(field, diagnostics);
}

/// Requests and answers never share an object type.
fn direction(service: &Service, ty: &Ty, towards: Use, at: crate::sources::Span, diagnostics: &mut Diagnostics) {
    let Ty::Object(id) = ty.leaf() else { return };
    let named = &service.types[id.0];
    if let TypeKind::Object(object) = &named.kind
        && object.direction != towards
    {
        let (name, declared, used) = (&named.name.value, object.direction.word(), towards.word());
        let message = format!("`{name}` is an object of {declared}s, used here in a {used}");
        diagnostics.push(
            Diagnostic::error("object-direction", at, message)
                .related(named.name.span, "declared here")
                .help(format!("make a second type: `{{object: {used}, same_as: {name}}}`")),
        );
    }
}
