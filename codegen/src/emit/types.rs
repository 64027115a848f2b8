//! Types in Rust: how fields are held, and how callers give them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Payload, Service, Ty, TypeId, TypeKind};

/// Which types the crate holds: those that requests or successful answers reach. Types of error bodies alone are not among them.
pub(super) fn used(service: &Service) -> Vec<bool> {
    let mut used = vec![false; service.types.len()];
    let mut todo: Vec<TypeId> = Vec::new();
    let reach = |ty: &Ty, todo: &mut Vec<TypeId>| match ty.leaf() {
        Ty::Object(id) | Ty::Enum(id) => todo.push(*id),
        _ => {}
    };
    for operation in service.units.iter().filter_map(|unit| unit.operation.as_ref()) {
        operation.inputs.iter().for_each(|input| reach(&input.field.ty, &mut todo));
        for answer in operation.responses.iter().filter(|answer| answer.status < 300) {
            if let Payload::Is(ty) = &answer.body {
                reach(ty, &mut todo);
            }
        }
    }
    while let Some(id) = todo.pop() {
        if !std::mem::replace(&mut used[id.0], true)
            && let TypeKind::Object(object) = &service.types[id.0].kind
        {
            object.fields.iter().for_each(|field| reach(&field.ty, &mut todo));
        }
    }
    used
}

/// How Rust code of one unit names types.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) service: &'a Service,
    /// Types of this unit go by their bare name, all others through the service's module.
    pub(super) unit: Option<usize>,
    /// Which types the crate holds.
    pub(super) used: &'a [bool],
}

impl Names<'_> {
    pub(super) fn named(&self, id: TypeId) -> String {
        let ty = &self.service.types[id.0];
        if self.unit.is_none_or(|unit| unit == ty.unit) { ty.rust.clone() } else { format!("super::{}", ty.rust) }
    }

    pub(super) fn text(&self, ty: &Ty) -> String {
        match ty {
            Ty::Invalid | Ty::Json => "rt::Json".to_owned(),
            Ty::String => "String".to_owned(),
            Ty::Secret => "rt::Secret".to_owned(),
            Ty::Integer => "i64".to_owned(),
            Ty::Number => "f64".to_owned(),
            Ty::Boolean => "bool".to_owned(),
            Ty::List(inner) => format!("Vec<{}>", self.text(inner)),
            Ty::Map(inner) => format!("::std::collections::BTreeMap<String, {}>", self.text(inner)),
            Ty::Object(id) | Ty::Enum(id) => self.named(*id),
        }
    }

    pub(super) fn ty(&self, ty: &Ty) -> TokenStream {
        // Made of names that lints have seen, so it is Rust.
        self.text(ty).parse().unwrap_or_default()
    }

    /// A field of a request: bare if required.
    pub(super) fn held(&self, field: &Field) -> TokenStream {
        let ty = self.ty(&field.ty);
        if field.is_required() { ty } else { quote!(Option<#ty>) }
    }

    /// How a caller gives a value, and how it becomes what is held.
    pub(super) fn taken(&self, ty: &Ty) -> (TokenStream, TokenStream) {
        let (kind, of) = taking(ty);
        let of = self.ty(of);
        match kind {
            Taking::Set => (of, quote!(value)),
            Taking::Into => (quote!(impl Into<#of>), quote!(value.into())),
            Taking::List => (quote!(impl IntoIterator<Item = #of>), quote!(value.into_iter().collect())),
            Taking::ListInto => {
                (quote!(impl IntoIterator<Item = impl Into<#of>>), quote!(value.into_iter().map(Into::into).collect()))
            }
            Taking::Map => {
                let convert = quote!(value.into_iter().map(|(key, value)| (key.into(), value)).collect());
                (quote!(impl IntoIterator<Item = (impl Into<String>, #of)>), convert)
            }
            Taking::MapInto => {
                let convert = quote!(value.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
                (quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#of>)>), convert)
            }
        }
    }
}

/// How callers give a value: so that they can write literals, arrays and iterators.
#[derive(Clone, Copy)]
pub(super) enum Taking {
    Set,
    Into,
    List,
    ListInto,
    Map,
    MapInto,
}

impl Taking {
    /// The word for it in the runtime's `setters!`.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Into => "into",
            Self::List => "list",
            Self::ListInto => "list_into",
            Self::Map => "map",
            Self::MapInto => "map_into",
        }
    }
}

/// How a value is given, and the type that takes part in it.
pub(super) fn taking(ty: &Ty) -> (Taking, &Ty) {
    let is_text = |ty: &Ty| matches!(ty, Ty::String | Ty::Secret);
    match ty {
        Ty::String | Ty::Secret | Ty::Json => (Taking::Into, ty),
        Ty::List(inner) if is_text(inner) => (Taking::ListInto, inner),
        Ty::List(inner) => (Taking::List, inner),
        Ty::Map(inner) if is_text(inner) => (Taking::MapInto, inner),
        Ty::Map(inner) => (Taking::Map, inner),
        _ => (Taking::Set, ty),
    }
}
