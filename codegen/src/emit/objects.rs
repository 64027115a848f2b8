//! Structs of requests: what callers fill in, at the top and nested.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::checks;
use super::print::{self, Piece};
use super::sources::Sources;
use super::types::{Names, taking};
use crate::docs;
use crate::model::{Field, Object, Type, Unit};
use crate::name::ident;

/// A struct that callers build with `new` and setters.
pub(super) struct Built<'a> {
    pub(super) name: &'a str,
    pub(super) about: TokenStream,
    /// Fields that `new` takes one by one whatever their number.
    pub(super) positional: Vec<(&'a Field, String)>,
    /// All other fields, with the places where errata name them.
    pub(super) fields: Vec<(&'a Field, String)>,
    /// Whether the struct holds what the documentation does not know.
    pub(super) extra: bool,
}

impl Built<'_> {
    pub(super) fn items(&self, unit: &Unit, names: Names<'_>) -> Vec<Piece> {
        let required: Vec<&Field> =
            self.fields.iter().map(|(field, _)| *field).filter(|field| field.is_required()).collect();
        let mut items: Vec<Piece> = vec![self.definition(unit, names).into()];
        if required.len() > 1 {
            items.push(self.required_struct(&required, names).into());
        }
        items.push(self.implementation(&required, names).into());
        let optional: Vec<&Field> =
            self.fields.iter().map(|(field, _)| *field).filter(|field| !field.is_required()).collect();
        if !optional.is_empty() {
            items.push(print::table("setters", self.name, optional.into_iter().map(|field| setter(field, names))));
        }
        items
    }

    fn all(&self) -> impl Iterator<Item = &(&Field, String)> {
        self.positional.iter().chain(&self.fields)
    }

    fn definition(&self, unit: &Unit, names: Names<'_>) -> TokenStream {
        let (name, about) = (ident(self.name), &self.about);
        let fields = self.all().map(|(field, place)| {
            let doc = print::doc(&docs::field(names.service, unit, field, place));
            let (deprecated, field_name, held) =
                (print::deprecated(field.deprecated.as_ref()), ident(&field.rust), names.held(field));
            quote!(#doc #deprecated pub #field_name: #held,)
        });
        let extra = self.extra.then(|| quote!(extra: rt::Extra,));
        quote! {
            #about
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
                #extra
            }
        }
    }

    fn required_name(&self) -> Ident {
        format_ident!("{}Required", self.name)
    }

    fn required_struct(&self, required: &[&Field], names: Names<'_>) -> TokenStream {
        let (name, about) =
            (self.required_name(), print::doc(&format!("The values that [`{}`] cannot do without.", self.name)));
        let fields = required.iter().map(|field| {
            let doc = print::doc(&format!("See [`{0}::{1}`]({0}#structfield.{1}).", self.name, field.rust));
            let (field_name, held) = (ident(&field.rust), names.held(field));
            quote!(#doc pub #field_name: #held)
        });
        quote! {
            #about
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name {
                #(#fields,)*
            }
        }
    }

    fn implementation(&self, required: &[&Field], names: Names<'_>) -> TokenStream {
        let name = ident(self.name);
        let mut parameters = Vec::new();
        let mut values = Vec::new();
        let mut take = |field: &Field| {
            let (field_name, (taken, convert)) = (ident(&field.rust), names.taken(&field.ty));
            parameters.push(quote!(#field_name: #taken));
            let convert = replace_value(&convert, &field_name);
            values.push(if field_name == convert.to_string() {
                quote!(#field_name)
            } else {
                quote!(#field_name: #convert)
            });
        };
        self.positional.iter().for_each(|(field, _)| take(field));
        if let [only] = required {
            take(only);
        } else if !required.is_empty() {
            let struct_name = self.required_name();
            // A path value may be called `required` too.
            let taken = self.positional.iter().any(|(field, _)| field.rust == "required");
            let values_name = format_ident!("{}", if taken { "required_values" } else { "required" });
            parameters.push(quote!(#values_name: #struct_name));
            values.extend(required.iter().map(|field| {
                let field_name = ident(&field.rust);
                quote!(#field_name: #values_name.#field_name)
            }));
        }
        let optional: Vec<&Field> =
            self.fields.iter().map(|(field, _)| *field).filter(|field| !field.is_required()).collect();
        values.extend(optional.iter().map(|field| {
            let field_name = ident(&field.rust);
            quote!(#field_name: None)
        }));
        if self.extra {
            values.push(quote!(extra: rt::Extra::default()));
        }
        let doc = print::doc(if parameters.is_empty() {
            "With nothing set."
        } else {
            "With the required values; all others are unset."
        });
        let default = (parameters.is_empty()).then(|| {
            quote! {
                impl Default for #name {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        });
        quote! {
            impl #name {
                #doc
                pub fn new(#(#parameters),*) -> Self {
                    Self { #(#values),* }
                }
            }
            #default
        }
    }
}

/// A setter named like its field, as the runtime's `setters!` takes it.
fn setter(field: &Field, names: Names<'_>) -> String {
    let (kind, of) = taking(&field.ty);
    let attribute = match field.deprecated.as_deref() {
        None => String::new(),
        Some("") => "#[deprecated] ".to_owned(),
        Some(why) => format!("#[deprecated = {why:?}] "),
    };
    format!("{attribute}{}: {} {}", ident(&field.rust), kind.word(), names.text(of))
}

/// The conversion of a setter's `value`, for a parameter of another name.
fn replace_value(convert: &TokenStream, name: &Ident) -> TokenStream {
    let mut first = true;
    convert
        .clone()
        .into_iter()
        .map(|token| match token {
            proc_macro2::TokenTree::Ident(word) if first && word == "value" => {
                first = false;
                proc_macro2::TokenTree::Ident(name.clone())
            }
            other => other,
        })
        .collect()
}

/// How a struct's fields become a JSON object.
pub(super) fn serialize<'f>(name: &str, fields: impl Iterator<Item = &'f Field>) -> Piece {
    let entries = fields.map(|field| {
        let how = match (field.as_text.is_some(), field.is_required()) {
            (true, _) => "text",
            (false, true) => "field",
            (false, false) => "optional",
        };
        format!("{}: {how} {:?}", ident(&field.rust), field.wire.value)
    });
    print::table("object", name, entries)
}

/// A nested object.
pub(super) fn items(
    ty: &Type,
    object: &Object,
    unit: &Unit,
    names: Names<'_>,
    sources: &mut Sources<'_>,
) -> Vec<Piece> {
    let mut about = ty.doc.as_deref().map_or_else(|| format!("`{}`.", ty.name.value), docs::text);
    about.push_str(&super::operation::rule_docs(&object.rules));
    for note in crate::errata::at(names.service, unit, &ty.name.value) {
        about.push_str(&format!("\n\n{note}"));
    }
    let fields = object.fields.iter().map(|field| (field, format!("{}.{}", ty.name.value, field.wire.value)));
    let built = Built {
        name: &ty.rust,
        about: print::doc(&about),
        positional: Vec::new(),
        fields: fields.collect(),
        extra: false,
    };
    let mut items = built.items(unit, names);

    let mut calls: Vec<TokenStream> = Vec::new();
    for field in &object.fields {
        let field_name = ident(&field.rust);
        calls.extend(checks::field(field, &field.wire.value, &quote!(self.#field_name), sources));
    }
    calls.extend(object.rules.iter().map(|rule| checks::rule(rule, sources)));
    let name = ident(&ty.rust);
    let checker = if calls.iter().all(TokenStream::is_empty) {
        quote!(_: &mut rt::Checker<'_>)
    } else {
        quote!(c: &mut rt::Checker<'_>)
    };
    let check = quote! {
        impl rt::Check for #name {
            fn check(&self, #checker) {
                #(#calls)*
            }
        }
    };
    items.push(check.into());
    items.push(serialize(&ty.rust, object.fields.iter()));
    items
}
