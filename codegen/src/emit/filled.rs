//! A request of each operation with every field set, and each enumeration, for tests that must know them all: what is
//! secret stays so in each, and what is documented of each is checked.

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
            let request = Writer::new(service, krate.clone()).filled(operation, &inputs);
            requests.push(quote!(visitor.request(#path, #request);));
        }
        // Those of error bodies alone are no types of the crate.
        for (ty, _) in service.types.iter().zip(super::types::used(service)).filter(|(_, used)| *used) {
            let (name, rust) = (&ty.name.value, ident(&ty.rust));
            if let TypeKind::Enum(_) = ty.kind {
                requests.push(quote!(visitor.open_enum::<#rust>(#feature, #name);));
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
        "\n//! A request of each operation with every field set, whatever its limits and rules, and each enumeration.\n\n#![cfg_attr(rustfmt, rustfmt_skip)]\n#![allow(deprecated, clippy::useless_conversion)]\n",
    );
    let visitor = if calls.is_empty() { quote!(_) } else { quote!(visitor) };
    let items = [
        quote!(
            use std::fmt::{Debug, Display};
        ),
        quote!(use #krate::Operation;),
        quote!(use #krate::runtime::OpenEnum;),
        quote!(use #krate::runtime::__ as rt;),
        visitor_trait(),
        quote! {
            /// Shows a request of each operation and each enumeration to a visitor.
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

fn visitor_trait() -> TokenStream {
    quote! {
        /// Says what the values are, and is shown each request and each enumeration.
        ///
        /// Values are asked for by place, such as `body.disks.name`; elements of lists and maps are at the place of their field.
        pub trait Visitor {
            /// A text.
            fn text(&self, place: &'static str) -> String;
            /// An integer.
            fn integer(&self, _place: &'static str) -> i64 {
                1
            }
            /// A number.
            fn number(&self, _place: &'static str) -> f64 {
                1.5
            }
            /// A boolean.
            fn boolean(&self, _place: &'static str) -> bool {
                true
            }
            /// A value of an enumeration; `first` is the first that is documented.
            fn value<E: OpenEnum>(&self, _place: &'static str, first: E) -> E {
                first
            }
            /// A list of such elements.
            fn list<T: Clone>(&self, _place: &'static str, element: T) -> Vec<T> {
                vec![element]
            }
            /// `file` is the spec file of the operation.
            fn request<O>(&mut self, file: &'static str, request: O)
            where
                O: Operation<Output: Debug> + Debug + 'static;
            /// `service` and `name` are those of the spec.
            fn open_enum<E>(&mut self, _service: &'static str, _name: &'static str)
            where
                E: OpenEnum + Clone + Debug + Display + PartialEq + rt::Serialize + for<'de> rt::Deserialize<'de>,
            {
            }
        }
    }
}

impl Writer<'_> {
    /// A value that the visitor of a test chooses; `element` writes what a list of them holds.
    pub(super) fn chosen(
        &mut self,
        ty: &Ty,
        place: &str,
        value: &Fitted,
        element: fn(&mut Self, &Ty, &Fitted) -> TokenStream,
    ) -> TokenStream {
        match (ty, value) {
            (_, Fitted::Text(_)) => quote!(visitor.text(#place)),
            (_, Fitted::Integer(_)) => quote!(visitor.integer(#place)),
            (_, Fitted::Number(_)) => quote!(visitor.number(#place)),
            (_, Fitted::Boolean(_)) => quote!(visitor.boolean(#place)),
            (_, Fitted::Enum(id, text)) => {
                let variant = self.variant(*id, text);
                quote!(visitor.value(#place, #variant))
            }
            (Ty::List(inner), Fitted::List(items)) if !items.is_empty() => {
                let element = match **inner {
                    Ty::String | Ty::Secret => element,
                    _ => Self::held,
                };
                let items = items.iter().map(|item| element(self, inner, item));
                quote!(visitor.list(#place, #(#items),*))
            }
            _ => self.held(ty, value),
        }
    }
}

/// A free JSON object.
fn json() -> Node {
    let node = |value| Node { value, ..Node::default() };
    let (key_span, text) = (Node::default().span, node(Value::Scalar { text: "value".into(), plain: false }));
    node(Value::Map(vec![Entry { key: "key".into(), key_span, value: text }]))
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
        let value = match ty {
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
        };
        Some(match value {
            Fitted::Json(_) | Fitted::Map(_) => value,
            value => Fitted::Chosen(place.to_owned(), Box::new(value)),
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
