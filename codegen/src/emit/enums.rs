//! Enumerations: open, so that a value the pages do not know is kept.

use quote::quote;

use super::print::{self, Piece};
use super::sources::{Clouds, Sources};
use super::types::Names;
use crate::docs;
use crate::grammar::{Level, Wire};
use crate::model::{Enum, Type, Unit};
use crate::name::ident;

pub(super) fn items(ty: &Type, shape: &Enum, unit: &Unit, names: Names<'_>, sources: &mut Sources<'_>) -> Vec<Piece> {
    let name = ident(&ty.rust);
    let mut about = ty.doc.as_deref().map_or_else(|| format!("Values of `{}`.", ty.name.value), docs::text);
    for note in crate::errata::at(names.service, unit, &ty.name.value) {
        about.push_str(&format!("\n\n{note}"));
    }
    let about = print::doc(&about);

    let variants = shape.values.iter().map(|value| {
        let mut what = value.doc.as_deref().map_or_else(
            || format!("`{}`.", value.text.value),
            |doc| format!("`{}`: {}", value.text.value, docs::text(doc)),
        );
        if value.by.level == Level::Warning {
            what.push_str(&format!(" Sending it warns{}.", docs::evidence(names.service, value.by)));
        }
        let (doc, deprecated, variant) =
            (print::doc(&what), print::deprecated(value.deprecated.as_ref()), ident(&value.rust));
        quote!(#doc #deprecated #variant)
    });
    let subject = if shape.wire == Wire::Integer { format!("{} as integer", ty.rust) } else { ty.rust.clone() };
    let entries = shape.values.iter().map(|value| {
        let (variant, text) = (ident(&value.rust), &value.text.value);
        match value.by.level {
            Level::Error => format!("{variant} = {text:?}"),
            Level::Warning => format!("{variant} = {text:?} if {}", sources.source(value.by, Clouds::All)),
        }
    });
    let table = print::table("open_enum", &subject, entries);
    let definition = quote! {
        #about
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the documentation does not name, kept as it came.
            Unknown(rt::UnknownValue),
        }
    };
    vec![definition.into(), table]
}
