//! Documented examples as Rust: in doc comments, and as requests that tests send.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::print::NotRust;
use super::types::Names;
use super::{HEADER, print};
use crate::decode::Literal;
use crate::fit::{self, Fitted};
use crate::grammar::Example;
use crate::model::{Field, Location, Model, Operation, Service, Ty, TypeId, TypeKind, Unit};
use crate::name::ident;
use crate::read::{Node, Value};
use crate::sent::as_sent;

/// The example in an operation's docs: the page's first request, ready to compile.
pub(super) fn doc(model: &Model, operation: &Operation, unit: &Unit, names: Names<'_>) -> Option<String> {
    let example = operation.examples.iter().find(|example| is_request(example))?;
    let (krate, module) = (ident(&crate::name::module(&model.package)), ident(&crate::name::module(&names.service.id)));
    let mut writer = Writer::new(names.service, krate.clone());
    let request = writer.request(operation, &as_sent(example, &unit.errata));
    let used = writer.used.iter().map(|name| ident(name));
    let imports = quote! {
        use #krate::Operation as _;
        use #krate::#module::{#(#used),*};
    };
    let mut text = "```\n".to_owned();
    // What cannot be printed is reported where all examples are printed.
    text.push_str(&print::items_text(imports).ok()?);
    text.push('\n');
    for line in print::statements(&quote!(let request = #request; request.validate()?;)).ok()? {
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str("# Ok::<(), Box<dyn std::error::Error>>(())\n```");
    Some(text)
}

fn is_request(example: &Example) -> bool {
    example.request.is_some() || !example.path.is_empty() || !example.query.is_empty() || !example.header.is_empty()
}

/// All examples of the crate: a test target of its own, which other tests include to send them.
pub(super) fn file(model: &Model) -> Result<String, NotRust> {
    let krate = ident(&crate::name::module(&model.package));
    let mut calls = Vec::new();
    for service in &model.services {
        let feature = &service.id;
        let module = ident(&crate::name::module(&service.id));
        let mut requests = Vec::new();
        for unit in &service.units {
            let Some(operation) = &unit.operation else { continue };
            for example in operation.examples.iter().filter(|example| is_request(example)) {
                let mut writer = Writer::new(service, krate.clone());
                let (path, name, request) =
                    (&unit.path, &example.name.value, writer.request(operation, &as_sent(example, &unit.errata)));
                requests.push(quote!(visitor.request(#path, #name, #request);));
            }
        }
        if !requests.is_empty() {
            calls.push(quote! {
                #[cfg(feature = #feature)]
                {
                    use #krate::#module::*;
                    #(#requests)*
                }
            });
        }
    }
    let mut text = HEADER.replace("{}", "*/*.yaml");
    text.push_str(
        "\n//! Every documented example request, as a caller would write it.\n\n#![cfg_attr(rustfmt, rustfmt_skip)]\n#![allow(deprecated)]\n",
    );
    let visitor = if calls.is_empty() { quote!(_) } else { quote!(visitor) };
    let items = [
        quote!(use #krate::Operation;),
        quote! {
            /// Is shown each documented example.
            pub trait Visitor {
                /// `file` is the spec file that has the example, `name` its name there.
                fn request<O: Operation + 'static>(&mut self, file: &'static str, name: &'static str, request: O);
            }
        },
        quote! {
            /// Shows all documented example requests to a visitor.
            pub fn visit(#visitor: &mut impl Visitor) {
                #(#calls)*
            }
        },
        quote! {
            #[test]
            fn documented_examples_are_valid() {
                struct Validate;
                impl Visitor for Validate {
                    fn request<O: Operation + 'static>(&mut self, file: &'static str, name: &'static str, request: O) {
                        if let Err(report) = request.validate() {
                            panic!("{file}, example {name}: {report}");
                        }
                    }
                }
                visit(&mut Validate);
            }
        },
    ];
    print::file(&text, items)
}

pub(super) struct Writer<'a> {
    service: &'a Service,
    krate: Ident,
    /// Types that the code names.
    used: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(service: &'a Service, krate: Ident) -> Self {
        Self { service, krate, used: BTreeSet::new() }
    }

    fn request(&mut self, operation: &Operation, example: &Example) -> TokenStream {
        self.filled(operation, &fit::request(self.service, operation, example).inputs)
    }

    /// A request of these values, by position of the operation's inputs.
    pub(super) fn filled(&mut self, operation: &Operation, inputs: &[(usize, Fitted)]) -> TokenStream {
        let of = |location_is_path: bool| {
            operation.inputs.iter().enumerate().filter(move |(_, input)| {
                input.filled.is_none() && (input.location == Location::Path) == location_is_path
            })
        };
        let value = |position: usize| inputs.iter().find(|(at, _)| *at == position).map(|(_, value)| value);
        let positional: Vec<TokenStream> = of(true)
            .map(|(at, input)| match value(at) {
                Some(value) => self.taken(&input.field.ty, value),
                None => placeholder(&input.field),
            })
            .collect();
        let fields: Vec<(&Field, Option<&Fitted>)> = of(false).map(|(at, input)| (&input.field, value(at))).collect();
        self.built(&operation.rust, positional, &fields)
    }

    fn built(
        &mut self,
        name: &str,
        mut arguments: Vec<TokenStream>,
        fields: &[(&Field, Option<&Fitted>)],
    ) -> TokenStream {
        self.used.insert(name.to_owned());
        let name_ident = ident(name);
        let required: Vec<_> = fields.iter().filter(|(field, _)| field.is_required()).collect();
        if let [(field, value)] = required.as_slice() {
            arguments.push(value.map_or_else(|| placeholder(field), |value| self.taken(&field.ty, value)));
        } else if !required.is_empty() {
            let struct_name = format!("{name}Required");
            let values: Vec<TokenStream> = required
                .iter()
                .map(|(field, value)| {
                    let (field_name, value) = (
                        ident(&field.rust),
                        value.map_or_else(|| placeholder_held(field), |value| self.held(&field.ty, value)),
                    );
                    quote!(#field_name: #value)
                })
                .collect();
            let struct_ident = ident(&struct_name);
            arguments.push(quote!(#struct_ident { #(#values),* }));
            self.used.insert(struct_name);
        }
        let setters: Vec<TokenStream> = fields
            .iter()
            .filter(|(field, _)| !field.is_required())
            .filter_map(|(field, value)| {
                let (field_name, value) = (ident(&field.rust), self.taken(&field.ty, (*value)?));
                Some(quote!(.#field_name(#value)))
            })
            .collect();
        quote!(#name_ident::new(#(#arguments),*) #(#setters)*)
    }

    /// A value where a setter or `new` takes it.
    fn taken(&mut self, ty: &Ty, value: &Fitted) -> TokenStream {
        match (ty, value) {
            (Ty::String | Ty::Secret, Fitted::Text(text)) => quote!(#text),
            (_, Fitted::Chosen(place, value)) => self.chosen(ty, place, value, Self::taken),
            (Ty::List(inner), Fitted::List(items))
                if matches!(**inner, Ty::String | Ty::Secret) && !items.is_empty() =>
            {
                let items = items.iter().map(|item| self.taken(inner, item));
                quote!([#(#items),*])
            }
            (Ty::List(inner), Fitted::List(items)) if !matches!(**inner, Ty::String | Ty::Secret) => {
                let items = items.iter().map(|item| self.held(inner, item));
                quote!([#(#items),*])
            }
            (Ty::Map(inner), Fitted::Map(entries)) if !entries.is_empty() => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = match **inner {
                        Ty::String | Ty::Secret => self.taken(inner, value),
                        _ => self.held(inner, value),
                    };
                    quote!((#key, #value))
                });
                quote!([#(#entries),*])
            }
            (Ty::List(inner), Fitted::List(_)) if matches!(**inner, Ty::String | Ty::Secret) => {
                quote!(Vec::<String>::new())
            }
            (Ty::Map(_), Fitted::Map(_)) => quote!(::std::collections::BTreeMap::<String, _>::new()),
            _ => self.held(ty, value),
        }
    }

    /// A value as a field holds it.
    pub(super) fn held(&mut self, ty: &Ty, value: &Fitted) -> TokenStream {
        match (ty, value) {
            (_, Fitted::Text(text)) => quote!(#text.into()),
            (_, Fitted::Chosen(place, value)) => {
                let chosen = self.chosen(ty, place, value, Self::held);
                if matches!(**value, Fitted::Text(_)) { quote!(#chosen.into()) } else { chosen }
            }
            (_, Fitted::Integer(value)) => {
                let value = proc_macro2::Literal::i64_unsuffixed(*value);
                quote!(#value)
            }
            (_, Fitted::Number(value)) => quote!(#value),
            (_, Fitted::Boolean(value)) => quote!(#value),
            (_, Fitted::Json(node)) => self.json(node),
            (Ty::List(inner), Fitted::List(items)) => {
                let items = items.iter().map(|item| self.held(inner, item));
                quote!(vec![#(#items),*])
            }
            (Ty::Map(inner), Fitted::Map(entries)) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.held(inner, value);
                    quote!((#key.into(), #value))
                });
                quote!([#(#entries),*].into())
            }
            (_, Fitted::Enum(id, text)) => self.variant(*id, text),
            (_, Fitted::Object(id, fields)) => self.object(*id, fields),
            (_, Fitted::List(_) | Fitted::Map(_)) => quote!(Default::default()),
        }
    }

    pub(super) fn variant(&mut self, id: TypeId, text: &str) -> TokenStream {
        let ty = &self.service.types[id.0];
        self.used.insert(ty.rust.clone());
        let name = ident(&ty.rust);
        let value = match &ty.kind {
            TypeKind::Enum(shape) => shape.values.iter().find(|value| value.text.value == text),
            _ => None,
        };
        match value {
            Some(value) => {
                let variant = ident(&value.rust);
                quote!(#name::#variant)
            }
            None => quote!(#name::from(#text)),
        }
    }

    fn object(&mut self, id: TypeId, values: &[(usize, Fitted)]) -> TokenStream {
        let ty = &self.service.types[id.0];
        let TypeKind::Object(object) = &ty.kind else { return quote!(Default::default()) };
        let fields: Vec<(&Field, Option<&Fitted>)> = object
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| (field, values.iter().find(|(position, _)| *position == at).map(|(_, value)| value)))
            .collect();
        self.built(&ty.rust, Vec::new(), &fields)
    }

    /// Free JSON as the constructor calls that make it.
    fn json(&self, node: &Node) -> TokenStream {
        let krate = &self.krate;
        match (&node.value, Literal::of(node)) {
            (Value::List(items), _) => {
                let items = items.iter().map(|item| self.json(item));
                quote!(#krate::Json::Array(vec![#(#items),*]))
            }
            (Value::Map(entries), _) => {
                let entries = entries.iter().map(|entry| {
                    let (key, value) = (&*entry.key, self.json(&entry.value));
                    quote!((#key, #value))
                });
                quote!(#krate::Json::object([#(#entries),*]))
            }
            (_, Some(Literal::Boolean(value))) => quote!(#value.into()),
            (_, Some(Literal::Number(crate::decode::Number::Integer(value)))) => quote!(#value.into()),
            (_, Some(Literal::Number(crate::decode::Number::Float(value)))) => quote!(#value.into()),
            (_, Some(Literal::Text(value))) => quote!(#value.into()),
            _ => quote!(#krate::Json::Null),
        }
    }
}

/// What stands for a value that the example shows only as `{name}`.
fn placeholder(field: &Field) -> TokenStream {
    match field.ty {
        Ty::String | Ty::Secret => {
            let name = &field.wire.value;
            quote!(#name)
        }
        Ty::Integer => quote!(1),
        _ => placeholder_held(field),
    }
}

fn placeholder_held(field: &Field) -> TokenStream {
    let name = &field.wire.value;
    match field.ty {
        Ty::Integer => quote!(1),
        Ty::Number => quote!(1.0),
        Ty::Boolean => quote!(true),
        Ty::String | Ty::Secret | Ty::Enum(_) => quote!(#name.into()),
        _ => quote!(Default::default()),
    }
}
