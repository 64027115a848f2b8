//! Names of types and operations: who has which, and that no two become one in Rust.

use std::collections::HashMap;

use super::{Lowering, Shape};
use crate::decode::Text;
use crate::diagnostic::{Diagnostic, Diagnostics, one_of};
use crate::grammar::TypeDef;
use crate::model::{Operation, Ty, Type, TypeId};
use crate::name;
use crate::sources::Span;

/// A type as written, and the unit it was written in.
pub(super) struct Definition<'a> {
    pub(super) name: &'a Text,
    pub(super) def: &'a TypeDef,
    pub(super) unit: usize,
}

/// Gives every type of the service a number.
pub(super) fn types<'a>(cx: &mut Lowering<'a>) -> Vec<Definition<'a>> {
    let files = cx.files;
    let shared = files.types.iter().map(|(_, file)| &file.types);
    let local = files.operations.iter().map(|(_, file)| &file.types);
    let mut definitions: Vec<Definition<'a>> = Vec::new();
    for (unit, types) in shared.chain(local).enumerate() {
        for (name, def) in types.iter() {
            if let Some(first) = cx.names.get(&name.value) {
                let first = definitions[first.0].name.span;
                let message = format!("a second type is called `{}`", name.value);
                cx.error(
                    Diagnostic::error("duplicate-type", name.span, message)
                        .related(first, "first here")
                        .help("all types of a service share one namespace; rename one, or move it to types.yaml and use it from both"),
                );
                continue;
            }
            cx.names.insert(name.value.clone(), TypeId(definitions.len()));
            cx.shapes.push(match (&def.object, &def.values) {
                (Some(_), None) => Shape::Object,
                (None, Some(_)) => Shape::Enum,
                _ => Shape::Unclear,
            });
            definitions.push(Definition { name, def, unit });
        }
    }
    definitions
}

impl Lowering<'_> {
    pub(super) fn resolve_name(&mut self, name: &Text) -> Option<TypeId> {
        if let Some(id) = self.names.get(&name.value) {
            self.used[id.0] = true;
            return Some(*id);
        }
        if !name.value.is_empty() && !self.files.incomplete {
            let mut known: Vec<&str> = self
                .names
                .keys()
                .map(String::as_str)
                .chain(crate::grammar::TypeExpr::SCALARS.iter().copied())
                .collect();
            known.sort_unstable();
            let help =
                elsewhere(&name.value).map_or_else(|| one_of(&name.value, &known), |ours| format!("write `{ours}`"));
            self.error(
                Diagnostic::error("unknown-type", name.span, format!("no type is called `{}`", name.value)).help(help),
            );
        }
        None
    }

    /// The name chosen in the spec, if there is one and it does; else the derived one.
    pub(super) fn rust_name(&mut self, chosen: Option<&Text>, derived: impl FnOnce() -> String) -> String {
        match chosen {
            Some(chosen) => {
                if let Some(why) = name::objection(chosen) {
                    let message = format!("`{}` does not do as a name in Rust: {why}", chosen.value);
                    self.error(Diagnostic::error("invalid-rust-name", chosen.span, message).help("choose another"));
                    return derived();
                }
                chosen.value.clone()
            }
            None => derived(),
        }
    }
}

/// What other languages call our types.
fn elsewhere(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "bool" => "boolean",
        "int" | "int32" | "int64" | "long" => "integer",
        "float" | "double" | "decimal" => "number",
        "str" | "text" => "string",
        "any" | "object" => "json",
        "array" | "list" => "list of T",
        "map" | "dict" => "map of T",
        _ => return None,
    })
}

/// Notes that a Rust name is taken; a mistake if it already was.
pub(super) fn claim(
    claims: &mut HashMap<String, Span>,
    rust: &str,
    span: Span,
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    match claims.get(rust) {
        Some(first) if *first != span => diagnostics.push(
            Diagnostic::error(
                "name-collision",
                span,
                format!("this {what} becomes `{rust}` in Rust, as something else already does"),
            )
            .related(*first, "this does")
            .help(if what == "cloud" { "rename one of them" } else { "give one of them a `rust:` name" }),
        ),
        Some(_) => {}
        None => {
            claims.insert(rust.to_owned(), span);
        }
    }
}

pub(super) fn claim_operation(
    claims: &mut HashMap<String, Span>,
    operation: &Operation,
    diagnostics: &mut Diagnostics,
) {
    let span = operation.name.span;
    if let Some(first) = claims.get(&operation.rust) {
        let message = format!("a second operation is called `{}`", operation.rust);
        let help =
            "one page is one file is one operation: delete one, name it as its page does, or give it a `rust:` name";
        diagnostics
            .push(Diagnostic::error("duplicate-operation", span, message).related(*first, "first here").help(help));
        return;
    }
    claim(claims, &operation.rust, span, "operation", diagnostics);
    claim(claims, &format!("{}Required", operation.rust), span, "operation's struct of required values", diagnostics);
}

pub(super) fn claim_types(claims: &mut HashMap<String, Span>, types: &[Type], diagnostics: &mut Diagnostics) {
    for ty in types {
        if name::is_reserved_type(&ty.rust) {
            let message = format!("a type cannot be called `{}` in Rust: the crate uses that name itself", ty.rust);
            diagnostics.push(Diagnostic::error("reserved-name", ty.name.span, message).help("give it a `rust:` name"));
        }
        claim(claims, &ty.rust, ty.name.span, "type", diagnostics);
    }
}

/// Notes the fields of one Rust struct.
pub(super) fn claim_fields<'f>(fields: impl Iterator<Item = &'f crate::model::Field>, diagnostics: &mut Diagnostics) {
    let mut claims = HashMap::new();
    for field in fields {
        claim(&mut claims, &field.rust, field.wire.span, "field", diagnostics);
    }
}

pub(super) fn is_invalid(ty: &Ty) -> bool {
    matches!(ty.leaf(), Ty::Invalid)
}
