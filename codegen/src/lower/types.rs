//! Types of a service.

use super::fields::{Scope, field};
use super::names::{Definition, claim, claim_fields};
use super::{Lowering, rules};
use crate::diagnostic::{Diagnostic, one_of};
use crate::grammar::{EnumValue, TypeDef, Use, Wire};
use crate::model::{Enum, Object, Type, TypeId, TypeKind, Unit, Value};
use crate::name;

pub(super) fn types(definitions: &[Definition<'_>], units: &mut [Unit], cx: &mut Lowering<'_>) -> Vec<Type> {
    let mut types = Vec::with_capacity(definitions.len());
    for (at, definition) in definitions.iter().enumerate() {
        units[definition.unit].types.push(TypeId(at));
        let rust = cx.rust_name(definition.def.rust.as_ref(), || name::type_name(definition.name));
        let scope = Scope::new(definition.unit, units, definition.name.span);
        let kind = kind(definition, definitions, &scope, cx);
        let doc = definition.def.doc.as_ref().map(|doc| doc.value.clone());
        types.push(Type { name: definition.name.clone(), rust, unit: definition.unit, doc, kind });
    }
    types
}

fn kind(definition: &Definition<'_>, all: &[Definition<'_>], scope: &Scope<'_>, cx: &mut Lowering<'_>) -> TypeKind {
    let TypeDef { object, fields, same_as, values, wire, rules, .. } = definition.def;
    let span = definition.name.span;
    match (object, fields, same_as, values) {
        (None, None, None, Some(values)) => {
            if let Some(rule) = rules.first() {
                cx.error(
                    Diagnostic::error("misplaced-key", rule.span, "an enumeration has no fields to make rules for")
                        .help("remove the rules"),
                );
            }
            if values.is_empty() {
                let message = format!("`{}` has no values", definition.name.value);
                cx.error(Diagnostic::error("empty-enum", values.span, message).help("list them, or use `string`"));
                return TypeKind::Invalid;
            }
            TypeKind::Enum(Enum {
                wire: wire.map_or(Wire::Text, |w| w.value),
                values: enum_values(values.iter(), wire.map(|w| w.value), scope, cx),
            })
        }
        (Some(direction), _, _, None) => {
            if let Some(wire) = wire {
                cx.error(
                    Diagnostic::error("misplaced-key", wire.span, "`wire` of a type is for enumerations")
                        .help("remove it, or put it on the field that JSON carries as text"),
                );
            }
            let fields = match (fields, same_as) {
                (Some(fields), None) => Some((scope.clone(), fields)),
                (None, Some(other)) => same_as_fields(other, all, scope, cx),
                (Some(_), Some(other)) => {
                    cx.error(
                        Diagnostic::error("misplaced-key", other.span, "a type has `fields` or `same_as`, not both")
                            .help("remove one of them"),
                    );
                    None
                }
                (None, None) => {
                    cx.error(
                        Diagnostic::error(
                            "missing-key",
                            span,
                            "an object needs `fields`, or `same_as` to take those of another",
                        )
                        .help("write `fields: {…}` or `same_as: Name`"),
                    );
                    None
                }
            };
            let Some((scope, fields)) = fields else { return TypeKind::Invalid };
            let fields: Vec<_> =
                fields.iter().map(|(wire, def)| field(wire, def, direction.value, &scope, cx)).collect();
            claim_fields(fields.iter(), cx.diagnostics);
            TypeKind::Object(Object { direction: direction.value, fields, rules: Vec::new() })
        }
        _ => {
            cx.error(
                Diagnostic::error(
                    "missing-key",
                    span,
                    format!("`{}` is neither an object nor an enumeration", definition.name.value),
                )
                .help("write `{object: request, fields: {…}}`, `{object: response, fields: {…}}` or `{enum: {…}}`"),
            );
            TypeKind::Invalid
        }
    }
}

fn same_as_fields<'d, 's>(
    other: &crate::decode::Text,
    all: &[Definition<'d>],
    scope: &Scope<'s>,
    cx: &mut Lowering<'_>,
) -> Option<(Scope<'s>, &'d crate::decode::Map<crate::grammar::Field>)> {
    // Taking the fields of a type is no use of it: it still needs a field of its own.
    let id = cx.names.get(&other.value).copied();
    let Some(definition) = id.map(|id| &all[id.0]) else {
        let mut known: Vec<&str> = cx.names.keys().map(String::as_str).collect();
        known.sort_unstable();
        let help = one_of(other, &known);
        cx.error(
            Diagnostic::error("unknown-type", other.span, format!("no type is called `{}`", other.value)).help(help),
        );
        return None;
    };
    let Some(fields) = &definition.def.fields else {
        let message = format!("`{}` has no fields of its own to take", other.value);
        cx.error(
            Diagnostic::error("unknown-type", other.span, message)
                .related(definition.name.span, "this one")
                .help("name the object that lists them"),
        );
        return None;
    };
    Some((scope.of_unit(definition.unit), fields))
}

fn enum_values<'v>(
    values: impl Iterator<Item = (&'v crate::decode::Text, &'v EnumValue)>,
    wire: Option<Wire>,
    scope: &Scope<'_>,
    cx: &mut Lowering<'_>,
) -> Vec<Value> {
    let mut claims = std::collections::HashMap::new();
    values
        .map(|(text, value)| {
            let rust = cx.rust_name(value.rust.as_ref(), || name::variant(text));
            claim(&mut claims, &rust, text.span, "value", cx.diagnostics);
            if wire == Some(Wire::Integer)
                && text.parse::<i64>().map_or(true, |number| number.to_string() != text.value)
            {
                cx.error(
                    Diagnostic::error(
                        "wrong-type",
                        text.span,
                        format!(
                            "`{}` is no whole number in its plain form, as values with `wire: integer` are",
                            text.value
                        ),
                    )
                    .help("mend the value, or remove `wire`"),
                );
            }
            Value {
                text: text.clone(),
                rust,
                doc: value.doc.as_ref().map(|doc| doc.value.clone()),
                by: scope.sourcing(&value.by, None, cx),
                deprecated: value.deprecated.as_ref().and_then(|d| d.0.clone()),
            }
        })
        .collect()
}

/// Rules need the fields of all types, so they come last.
pub(super) fn rules(definitions: &[Definition<'_>], types: &mut [Type], units: &[Unit], cx: &mut Lowering<'_>) {
    for (at, definition) in definitions.iter().enumerate() {
        let scope = Scope::new(definition.unit, units, definition.name.span);
        let lowered = match &types[at].kind {
            TypeKind::Object(object) => {
                if let (Use::Response, Some(rule)) = (object.direction, definition.def.rules.first()) {
                    cx.error(
                        Diagnostic::error(
                            "misplaced-key",
                            rule.span,
                            "rules are checked on requests; this type is an answer's",
                        )
                        .help("remove the rules; what an answer may hold is never refused"),
                    );
                }
                let root = rules::Root::Type(&object.fields);
                rules::rules(&definition.def.rules, &root, types, &scope, cx)
            }
            _ => Vec::new(),
        };
        if let TypeKind::Object(object) = &mut types[at].kind {
            object.rules = lowered;
        }
    }
}

pub(super) fn report_unused(types: &[Type], cx: &mut Lowering<'_>) {
    if cx.files.incomplete {
        return;
    }
    for (ty, used) in types.iter().zip(std::mem::take(&mut cx.used)) {
        if !used {
            let message = format!("nothing uses the type `{}`", ty.name.value);
            cx.error(
                Diagnostic::error("unused-type", ty.name.span, message)
                    .help("delete it, or name it where the page does"),
            );
        }
    }
}
