//! Types as pages write them.

use super::Is;
use crate::grammar::Wire;
use crate::model::{Field, Service, Ty, TypeKind};
use crate::page::TypeName;

/// Whether a page's type is that of a field.
pub(super) fn says(service: &Service, field: &Field, page: &TypeName, written: &str) -> Is {
    match fit(service, &field.ty, field.as_text.is_some(), page) {
        Fit::Yes => Is::Same,
        Fit::No => Is::Differs(format!("`{written}`")),
        Fit::Unclear => Is::Unclear(format!("the type `{written}` may be that or another")),
    }
}

enum Fit {
    Yes,
    No,
    Unclear,
}

fn fit(service: &Service, ty: &Ty, as_text: bool, page: &TypeName) -> Fit {
    use TypeName as On;
    match (ty, page) {
        (Ty::Invalid, _) | (_, On::Unknown | On::Any) if !matches!((ty, page), (Ty::Json, On::Any)) => Fit::Unclear,
        (Ty::List(inner), On::Array(of)) => fit(service, inner, as_text, of),
        (Ty::Map(inner), On::Map(of)) => fit(service, inner, as_text, of),
        (Ty::List(_), _) | (_, On::Array(_)) => Fit::No,
        (Ty::Map(_), On::Object(_)) => Fit::Unclear,
        (Ty::Json, On::Any | On::Object(None)) => Fit::Yes,
        (Ty::Json, On::Object(_) | On::Map(_)) => Fit::Unclear,
        (Ty::Map(_), _) | (_, On::Map(_)) => Fit::No,
        (Ty::Object(_), On::Object(_)) => Fit::Yes,
        (_, On::Date | On::Binary) if is_text(service, ty, as_text) => Fit::Unclear,
        (_, On::String) if is_text(service, ty, as_text) => Fit::Yes,
        (_, _) if is_text(service, ty, as_text) => Fit::No,
        (Ty::Integer | Ty::Enum(_), On::Integer | On::Long) => Fit::Yes,
        (Ty::Integer | Ty::Enum(_), On::Number) => Fit::Unclear,
        (Ty::Number, On::Float | On::Number) | (Ty::Boolean, On::Boolean) => Fit::Yes,
        _ => Fit::No,
    }
}

/// Whether JSON carries a scalar as text.
fn is_text(service: &Service, ty: &Ty, as_text: bool) -> bool {
    match ty {
        Ty::String | Ty::Secret => true,
        Ty::Integer | Ty::Number | Ty::Boolean => as_text,
        Ty::Enum(id) => match &service.types[id.0].kind {
            TypeKind::Enum(of) => of.wire == Wire::Text,
            _ => false,
        },
        _ => false,
    }
}

/// The type as a page would write it.
pub(crate) fn written(service: &Service, field: &Field) -> String {
    fn word(service: &Service, ty: &Ty, as_text: bool) -> String {
        match ty {
            ty if is_text(service, ty, as_text) => "String".to_owned(),
            Ty::Integer | Ty::Enum(_) => "Integer".to_owned(),
            Ty::Number => "Number".to_owned(),
            Ty::Boolean => "Boolean".to_owned(),
            Ty::List(inner) => format!("Array of {}", word(service, inner, as_text)),
            Ty::Map(inner) => format!("Map of {}", word(service, inner, as_text)),
            Ty::Object(id) => format!("{} object", service.types[id.0].name.value),
            _ => "Object".to_owned(),
        }
    }
    word(service, &field.ty, field.as_text.is_some())
}

/// A type as the spec writes it.
pub(crate) fn word(service: &Service, ty: &Ty) -> String {
    match ty {
        Ty::String | Ty::Secret => "string".to_owned(),
        Ty::Integer => "integer".to_owned(),
        Ty::Number => "number".to_owned(),
        Ty::Boolean => "boolean".to_owned(),
        Ty::Json => "json".to_owned(),
        Ty::List(inner) => format!("list of {}", word(service, inner)),
        Ty::Map(inner) => format!("map of {}", word(service, inner)),
        Ty::Object(id) | Ty::Enum(id) => service.types[id.0].name.value.clone(),
        Ty::Invalid => String::new(),
    }
}

/// Whether a page's type is what the spec calls `word`: a scalar, or a list of one.
pub(crate) fn is_word(page: &TypeName, word: &str) -> bool {
    match (page, word.strip_prefix("list of ")) {
        (TypeName::Array(inner), Some(word)) => is_word(inner, word),
        (_, Some(_)) => false,
        (TypeName::String, None) => word == "string",
        (TypeName::Integer | TypeName::Long, None) => word == "integer",
        (TypeName::Float | TypeName::Number, None) => word == "number",
        (TypeName::Boolean, None) => word == "boolean",
        (TypeName::Any | TypeName::Object(None), None) => word == "json",
        _ => false,
    }
}
