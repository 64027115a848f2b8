//! A request of each operation with every field set, for tests that must know them all: what is secret stays so in each.

use proc_macro2::TokenStream;
use quote::quote;

use super::examples::Writer;
use super::print::NotRust;
use super::{HEADER, print};
use crate::fit::Fitted;
use crate::model::{Field, Model, Operation, Service, Ty, TypeId, TypeKind};
use crate::name::ident;
use crate::read::{Entry, Node, Value};

/// A test target of its own, which other tests include.
pub(super) fn file(model: &Model) -> Result<String, NotRust> {
    let krate = ident(&crate::name::module(&model.package));
    let mut calls = Vec::new();
    for service in &model.services {
        let feature = &service.id;
        let module = ident(&crate::name::module(&service.id));
        let mut requests = Vec::new();
        for unit in &service.units {
            let Some(operation) = &unit.operation else { continue };
            let (path, inputs) = (&unit.path, inputs(service, operation));
            let request = Writer::new(service, krate.clone(), asked).filled(operation, &inputs);
            requests.push(quote!(visitor.request(#path, #request);));
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
        "\n//! A request of each operation with every field set, whatever its limits and rules.\n\n#![cfg_attr(rustfmt, rustfmt_skip)]\n#![allow(deprecated)]\n",
    );
    let visitor = if calls.is_empty() { quote!(_) } else { quote!(visitor) };
    let items = [
        quote!(
            use std::fmt::Debug;
        ),
        quote!(use #krate::Operation;),
        quote! {
            /// Says what the texts are, and is shown each request.
            pub trait Visitor {
                /// The text at a place such as `body.disks.name`; elements of lists and maps are at the place of their field.
                fn text(&self, place: &'static str) -> String;
                /// `file` is the spec file of the operation.
                fn request<O>(&mut self, file: &'static str, request: O)
                where
                    O: Operation<Output: Debug> + Debug + 'static;
            }
        },
        quote! {
            /// Shows a request of each operation to a visitor.
            pub fn visit(#visitor: &mut impl Visitor) {
                #(#calls)*
            }
        },
        quote! {
            /// The values need not be as documented: what the checks find does not matter.
            #[test]
            fn every_field_can_be_set_and_checked() {
                struct Check;
                impl Visitor for Check {
                    fn text(&self, place: &'static str) -> String {
                        place.to_owned()
                    }
                    fn request<O>(&mut self, file: &'static str, request: O)
                    where
                        O: Operation<Output: Debug> + Debug + 'static,
                    {
                        let found = format!("{request:?} {}", Operation::check(&request));
                        assert!(!found.is_empty(), "{file}");
                    }
                }
                visit(&mut Check);
            }
        },
    ];
    print::file(&text, items)
}

/// A free JSON object.
fn json() -> Node {
    let node = |value| Node { value, ..Node::default() };
    let (key_span, text) = (Node::default().span, node(Value::Scalar { text: "value".into(), plain: false }));
    node(Value::Map(vec![Entry { key: "key".into(), key_span, value: text }]))
}

/// The text at a place, which the test chooses.
fn asked(place: &str) -> TokenStream {
    quote!(visitor.text(#place))
}

/// A value for each input that a caller gives, by position.
fn inputs(service: &Service, operation: &Operation) -> Vec<(usize, Fitted)> {
    let mut filler = Filler { service, open: Vec::new() };
    let given = operation.inputs.iter().enumerate().filter(|(_, input)| input.filled.is_none());
    given.filter_map(|(at, input)| Some((at, filler.value(&input.field.ty, &input.place())?))).collect()
}

struct Filler<'a> {
    service: &'a Service,
    /// The types that the value is inside of: one that holds itself ends there.
    open: Vec<TypeId>,
}

impl Filler<'_> {
    fn value(&mut self, ty: &Ty, place: &str) -> Option<Fitted> {
        Some(match ty {
            Ty::Invalid => return None,
            Ty::String | Ty::Secret => Fitted::Text(place.to_owned()),
            Ty::Integer => Fitted::Integer(1),
            Ty::Number => Fitted::Number(1.5),
            Ty::Boolean => Fitted::Boolean(true),
            Ty::Json => Fitted::Json(json()),
            Ty::List(inner) => Fitted::List(self.value(inner, place).into_iter().collect()),
            Ty::Map(inner) => {
                Fitted::Map(self.value(inner, place).map(|value| ("key".to_owned(), value)).into_iter().collect())
            }
            Ty::Enum(id) => match &self.service.types[id.0].kind {
                TypeKind::Enum(shape) => Fitted::Enum(*id, shape.values.first()?.text.value.clone()),
                _ => return None,
            },
            Ty::Object(id) => return self.object(*id, place),
        })
    }

    fn object(&mut self, id: TypeId, place: &str) -> Option<Fitted> {
        let TypeKind::Object(object) = &self.service.types[id.0].kind else { return None };
        if self.open.contains(&id) {
            return None;
        }
        self.open.push(id);
        let field =
            |(at, field): (usize, &Field)| Some((at, self.value(&field.ty, &format!("{place}.{}", field.wire.value))?));
        let fields = object.fields.iter().enumerate().filter_map(field).collect();
        self.open.pop();
        Some(Fitted::Object(id, fields))
    }
}
