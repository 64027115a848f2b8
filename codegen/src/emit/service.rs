//! A service's module: its files, its endpoints, and a method per operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::NotRust;
use super::types::Names;
use super::{HEADER, flow, operation, print};
use crate::docs;
use crate::model::{Operation, Service};
use crate::name::ident;

pub(super) fn module(service: &Service, used: &[bool]) -> Result<String, NotRust> {
    let holds_something =
        |unit: &&crate::model::Unit| unit.operation.is_some() || unit.types.iter().any(|id| used[id.0]);
    let modules: Vec<_> = service.units.iter().filter(holds_something).map(|unit| ident(&unit.module)).collect();
    let about = docs::text(&service.title);
    let mut header = HEADER.replace("{}", &format!("{}/service.yaml", service.id));
    header.push_str(&format!("\n//! {about}.\n"));
    for line in service.doc.as_deref().map(docs::text).unwrap_or_default().lines() {
        header.push_str(&format!("//!\n//! {line}\n"));
    }
    for note in service
        .units
        .iter()
        .filter(|unit| unit.operation.is_none())
        .flat_map(|unit| crate::errata::elsewhere(service, unit, used))
    {
        header.push_str(&format!("//!\n//! {note}\n"));
    }
    let id = &service.id;
    let title = &service.title;
    let endpoints = service.endpoints.iter().map(|endpoint| {
        let crate::model::Endpoint { cloud, region, url } = endpoint;
        quote!(rt::Endpoint { cloud: #cloud, region: #region, url: #url })
    });
    let mut items = vec![
        quote!(
            use huaweicloud_migration_runtime::__ as rt;
        ),
        quote!(#(mod #modules;)*),
        quote!(#(pub use #modules::*;)*),
        quote! {
            /// Endpoints and name of the service.
            pub static SERVICE: rt::ServiceInfo = rt::ServiceInfo { id: #id, title: #title, endpoints: &[#(#endpoints),*], clouds: crate::clouds::CLOUDS };
        },
    ];
    items.extend(client(service, used));
    print::file(&header, items)
}

fn client(service: &Service, used: &[bool]) -> Vec<TokenStream> {
    let handle = ident(&service.handle);
    let names = Names { service, unit: None, used };
    let methods = service.units.iter().filter_map(|unit| unit.operation.as_ref()).map(|operation| {
        let (call, flow) = (method(operation, names), flow::methods(operation, names));
        quote!(#call #(#flow)*)
    });
    let about = print::doc(&format!(
        "The operations of {}, from `Client::{}`.",
        docs::text(&service.title),
        crate::name::module(&service.id)
    ));
    vec![
        quote! {
            #about
            #[cfg(feature = "client")]
            #[derive(Clone, Copy, Debug)]
            pub struct #handle<'c>(pub(crate) &'c crate::Client);
        },
        quote! {
            #[cfg(feature = "client")]
            impl<'c> #handle<'c> {
                #(#methods)*
            }
        },
    ]
}

fn method(operation: &Operation, names: Names<'_>) -> TokenStream {
    let (method, request, output) =
        (ident(&operation.method), ident(&operation.rust), operation::output(operation, names));
    let doc =
        print::doc(&format!("{}. See [`{}`].", docs::text(&operation.title).trim_end_matches('.'), operation.rust));
    let deprecated = print::deprecated(operation.deprecated.as_ref());
    quote! {
        #doc
        #deprecated
        pub fn #method(self, request: &'c #request) -> rt::Sending<'c, #output> {
            self.0.send(request)
        }
    }
}
