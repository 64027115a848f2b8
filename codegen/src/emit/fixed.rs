//! What every generated crate has, whatever its spec.

use proc_macro2::TokenStream;
use quote::quote;

use super::HEADER;
use super::print::{self, NotRust};
use crate::docs;
use crate::model::{Cloud, Model};
use crate::name::{ident, module};

pub(super) fn lib(model: &Model) -> Result<String, NotRust> {
    let mut header = HEADER.replace("{}", "spec.yaml");
    header.push_str(&format!("\n//! {}\n//!\n", docs::text(&model.description)));
    header.push_str(
        "//! A request is checked against the documentation before a byte is sent. [`Operation::check`] lists everything that is wrong with it,\n\
         //! and which documented fact says so; what the documentation does not say is not refused. Answers are read leniently: fields are optional,\n\
         //! enumerations are open, and a value of the wrong type costs that field only.\n//!\n",
    );
    header.push_str("//! | Feature | What it brings |\n//! |---|---|\n");
    for service in &model.services {
        header.push_str(&format!("//! | `{}` | {} |\n", service.id, docs::text(&service.title)));
    }
    header.push_str(
        "//! | `client` | calling the services |\n\
         //! | `aksk` | signing with access keys |\n\
         //! | `clouds-yaml`, `regions-yaml` | credentials from `clouds.yaml`; endpoints from `~/.huaweicloud/regions.yaml` |\n\
         //! | `blocking` | `.wait()` on calls, for programs that are not async |\n\
         //! | `rustls`, `rustls-no-provider`, `native-tls` | a ready transport on reqwest, and where its TLS comes from |\n\
         //! | `reqwest` | the same without TLS, for a proxy on this machine or a client of your own |\n\
         //! | `tower` | a transport made of any tower service: `runtime::client::TowerTransport` |\n\n\
         #![cfg_attr(rustfmt, rustfmt_skip)]\n#![forbid(unsafe_code)]\n#![warn(missing_docs)]\n#![allow(deprecated, clippy::all, clippy::pedantic)]\n",
    );
    let services = model.services.iter().map(|service| {
        let (feature, name) = (&service.id, ident(&module(&service.id)));
        quote!(#[cfg(feature = #feature)] #[rustfmt::skip] pub mod #name;)
    });
    let items = [
        quote! {
            #[rustfmt::skip]
            pub mod clouds;
            #[cfg(feature = "client")]
            #[rustfmt::skip]
            mod client;
            #[rustfmt::skip]
            mod operation;
            #[rustfmt::skip]
            mod sealed;
            #(#services)*
        },
        quote! {
            #[cfg(feature = "client")]
            pub use client::Client;
            pub use operation::Operation;
            pub use huaweicloud_migration_runtime as runtime;
            pub use huaweicloud_migration_runtime::{Finding, Json, Level, Report, Secret};
            #[cfg(feature = "client")]
            pub use huaweicloud_migration_runtime::client::{ApiError, Checks, DefaultChain, Error, Response, RetryPolicy, Token};
            #[cfg(feature = "client")]
            pub use huaweicloud_migration_runtime::client::{Observed, Pages, Phase, WaitError, Waiting};
            #[cfg(feature = "aksk")]
            pub use huaweicloud_migration_runtime::client::AccessKey;
        },
    ];
    print::file(&header, items)
}

pub(super) fn clouds(model: &Model) -> Result<String, NotRust> {
    let header =
        format!("{}\n//! The clouds whose documentation the checks come from.\n", HEADER.replace("{}", "spec.yaml"));
    let names = model.clouds.iter().map(|Cloud { id, title, .. }| {
        let name = ident(&module(id).to_uppercase());
        let doc = print::doc(&format!("{}.", docs::text(title)));
        quote!(#doc pub const #name: &str = #id;)
    });
    let infos = model.clouds.iter().map(|Cloud { id, identity, identity_regions, .. }| {
        let identity = identity.as_ref().map_or_else(|| quote!(None), |url| quote!(Some(#url)));
        let regions = identity_regions.iter().map(|(region, url)| quote!((#region, #url)));
        quote!(rt::CloudInfo { id: #id, identity: #identity, identity_regions: &[#(#regions),*] })
    });
    let all = quote! {
        /// What is fixed about them.
        #[allow(dead_code, reason = "every service is a feature, and all of them may be off")]
        pub(crate) static CLOUDS: &[rt::CloudInfo] = &[#(#infos),*];
    };
    let start = quote!(
        use huaweicloud_migration_runtime::__ as rt;
    );
    let items = std::iter::once(start).chain(names).chain([all]);
    print::file(&header, items)
}

/// Written out, because prettyplease leaves macro bodies as they come.
const SEALED: &str = "
/// Only this crate's requests are operations.
pub trait Sealed {}

/// What makes a request of this crate an operation.
#[allow(unused_macros, reason = \"every service is a feature, and all of them may be off\")]
macro_rules! operation {
    ($name:ident) => {
        impl crate::sealed::Sealed for $name {}
        impl crate::Operation for $name {}
        rt::extras!($name);
    };
}
#[allow(unused_imports, reason = \"as above\")]
pub(crate) use operation;
";

pub(super) fn sealed() -> String {
    format!("{}{SEALED}", HEADER.replace("{}", "spec.yaml"))
}

pub(super) fn operation() -> Result<String, NotRust> {
    let header = format!("{}\n//! What all requests have in common.\n", HEADER.replace("{}", "spec.yaml"));
    let items = [
        quote!(
            use huaweicloud_migration_runtime::{__ as rt, request};
        ),
        quote! {
            /// A request of one documented operation.
            ///
            /// Only this crate's requests are operations; for calls the documentation does not have there is `Client::raw`.
            pub trait Operation: crate::sealed::Sealed + rt::Request + Sized {
                /// Everything that is wrong with the request, errors and warnings, without sending it.
                ///
                /// Facts that differ between clouds come out as warnings; [`check_on`](Self::check_on) knows better.
                fn check(&self) -> rt::Report {
                    request::check(self)
                }

                /// Like [`check`](Self::check), for one of the [`clouds`](crate::clouds).
                fn check_on(&self, cloud: &str) -> rt::Report {
                    request::check_on(self, cloud)
                }

                /// Fails if [`check`](Self::check) finds errors; warnings alone pass.
                ///
                /// # Errors
                ///
                /// All findings, if one of them is an error.
                fn validate(&self) -> Result<(), rt::Report> {
                    request::validate(self)
                }

                /// Adds a body field that the documentation does not have, or replaces one that it has, even by an explicit null.
                ///
                /// It is sent unchecked.
                fn extra_body(self, name: impl Into<String>, value: impl Into<rt::Json>) -> Self {
                    request::extra_body(self, name, value)
                }

                /// Adds a query parameter that the documentation does not have. It is sent unchecked.
                fn extra_query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                    request::extra_query(self, name, value)
                }

                /// Sends this request whatever the documentation says of it. What could not be sent at all, such as an empty path value, is still refused.
                fn without_checks(self) -> Self {
                    request::without_checks(self)
                }
            }
        },
    ];
    print::file(&header, items)
}

pub(super) fn client(model: &Model) -> Result<String, NotRust> {
    let header = format!("{}\n//! The client of all services.\n", HEADER.replace("{}", "spec.yaml"));
    let services = model.services.iter().map(|service| {
        let (feature, name, handle) = (&service.id, ident(&module(&service.id)), ident(&service.handle));
        let doc = print::doc(&format!("The operations of {}.", docs::text(&service.title)));
        quote! {
            #doc
            #[cfg(feature = #feature)]
            pub fn #name(&self) -> crate::#name::#handle<'_> {
                crate::#name::#handle(self)
            }
        }
    });
    let items: [TokenStream; 4] = [
        quote!(
            use huaweicloud_migration_runtime::__ as rt;
        ),
        quote! {
            /// Calls the services. Cheap to clone; clones share connections and settings.
            #[derive(Clone, Debug)]
            pub struct Client(rt::Client);
        },
        quote! {
            impl Client {
                /// Where to send to, as whom, and how strictly to check.
                pub fn builder() -> rt::ClientBuilder<Self> {
                    rt::ClientBuilder::new()
                }

                /// Checks and sends a request.
                ///
                /// # Errors
                ///
                /// `Invalid` with all findings if the request contradicts the documentation (no byte was sent), `Api` if the service refused it, and what
                /// else can go wrong on the way.
                pub fn send<'a, O: crate::Operation>(&'a self, request: &'a O) -> rt::Sending<'a, O::Output> {
                    self.0.send(request)
                }

                /// Asks again and again until a state is reached. What can be waited for by the documentation are methods of the services;
                /// they use the constants of the requests that are waiters, and one of your own does as well.
                pub fn wait_for<'a, O: crate::Operation>(&'a self, request: &'a O, waiter: rt::Waiter<O>) -> rt::Waiting<'a, O::Output> {
                    self.0.wait_for(request, waiter)
                }

                /// The pages of a list, from the one that the request asks for.
                pub fn pages<O: crate::Operation + rt::Paged>(&self, request: O) -> rt::Pages<'_, O> {
                    self.0.pages(request)
                }

                /// A call that the documentation does not have, authenticated and sent like the others.
                pub fn raw(&self, service: &'static rt::ServiceInfo, method: &str, path: &str) -> rt::RawCall<'_> {
                    self.0.raw(service, method, path)
                }

                #(#services)*
            }
        },
        quote! {
            impl From<rt::Client> for Client {
                fn from(client: rt::Client) -> Self {
                    Self(client)
                }
            }
        },
    ];
    print::file(&header, items)
}
