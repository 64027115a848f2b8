//! Objects of answers: read field by field, losing no more than what does not fit.

use quote::quote;

use super::print::{self, Piece};
use super::types::Names;
use crate::docs;
use crate::model::{Object, Payload, Ty, Type, Unit};
use crate::name::ident;

pub(super) fn items(ty: &Type, object: &Object, unit: &Unit, names: Names<'_>) -> Vec<Piece> {
    let name = ident(&ty.rust);
    let mut about = ty.doc.as_deref().map_or_else(|| what_it_is(ty, unit, names), docs::text);
    for note in crate::errata::at(names.service, unit, &ty.name.value) {
        about.push_str(&format!("\n\n{note}"));
    }
    let about = print::doc(&about);
    let fields = object.fields.iter().map(|field| {
        let place = format!("{}.{}", ty.name.value, field.wire.value);
        let doc = print::doc(&docs::field(names.service, unit, field, &place));
        let (deprecated, field_name, held) =
            (print::deprecated(field.deprecated.as_ref()), ident(&field.rust), names.ty(&field.ty));
        quote!(#doc #deprecated pub #field_name: Option<#held>)
    });
    let table = print::table(
        "answer",
        &ty.rust,
        object.fields.iter().map(|field| format!("{}: {:?}", ident(&field.rust), field.wire.value)),
    );
    let definition = quote! {
        #about
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    };
    vec![definition.into(), table]
}

/// What is said of an answer of which the spec says nothing.
fn what_it_is(ty: &Type, unit: &Unit, names: Names<'_>) -> String {
    let answers = |body: &Payload| match body {
        Payload::Is(Ty::Object(id)) => names.service.types[id.0].name.value == ty.name.value,
        _ => false,
    };
    let operation = unit.operation.as_ref();
    match operation.filter(|operation| operation.responses.iter().any(|answer| answers(&answer.body))) {
        Some(operation) => format!("What [`{}`] answers.", operation.rust),
        None => format!("`{}`.", ty.name.value),
    }
}
