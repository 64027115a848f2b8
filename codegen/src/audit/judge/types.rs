//! Types as pages write them.

use super::Is;
use crate::grammar::Wire;
use crate::model::{Field, Service, Ty, TypeKind};
use crate::page::TypeName;

/// Whether a page's type is one of the spec, which JSON may carry as text.
pub(super) fn says(service: &Service, ty: &Ty, as_text: bool, page: &TypeName, written: &str) -> Is {
    match fit(service, ty, as_text, page) {
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
    let text = is_text(service, ty, as_text);
    let unclear = match (ty, page) {
        (Ty::Json, On::Any) => false,
        (Ty::Invalid, _)
        | (_, On::Unknown | On::Any)
        | (Ty::Map(_), On::Object(_))
        | (Ty::Json, On::Object(Some(_)) | On::Map(_)) => true,
        (Ty::Integer | Ty::Enum(_), On::Number) => !text,
        (_, On::Date | On::Binary) => text,
        _ => false,
    };
    let same = match (ty, page) {
        (Ty::List(inner), On::Array(of)) | (Ty::Map(inner), On::Map(of)) => return fit(service, inner, as_text, of),
        (_, On::String) => text,
        (Ty::Json, On::Any | On::Object(None)) | (Ty::Object(_), On::Object(_)) => true,
        (Ty::Integer | Ty::Enum(_), On::Integer | On::Long)
        | (Ty::Number, On::Float | On::Number)
        | (Ty::Boolean, On::Boolean) => !text,
        _ => false,
    };
    match (unclear, same) {
        (true, _) => Fit::Unclear,
        (false, true) => Fit::Yes,
        (false, false) => Fit::No,
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
        (TypeName::String, None) => word == "string",
        (TypeName::Integer | TypeName::Long, None) => word == "integer",
        (TypeName::Float | TypeName::Number, None) => word == "number",
        (TypeName::Boolean, None) => word == "boolean",
        (TypeName::Any | TypeName::Object(None), None) => word == "json",
        _ => false,
    }
}
