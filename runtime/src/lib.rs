//! What the generated crate `huaweicloud-migration` calls, so that generated code is data and calls, not algorithms.
//!
//! You rarely name this crate yourself: the generated crate re-exports what its users need. Read on if you write a
//! transport, credentials, or a generator.
//!
//! - **Before sending**: [`Checker`] runs the documented constraints of a request and collects a [`Report`]: every
//!   [`Finding`] with its place, the limit, and the page that documents it.
//! - **After receiving**: [`read`] takes what an answer offers. A field of the wrong type costs that field, is noted
//!   as a [`Loss`], and the call goes on.
//! - **In between**: [`Target`] encodes path, query and headers; what cannot be sent safely is an [`EncodingError`]
//!   that no setting turns off.
//! - **On the wire** (feature `client`): module `client` with the `Client`, its `Transport` and `Credentials`.
//!
//! # Features
//!
//! None is on by default; then the crate is models and validation, with `serde_core` and `zeroize` below it.
//!
//! | feature | adds |
//! |---|---|
//! | `client` | the HTTP client over a transport you bring |
//! | `aksk` | signing with access keys (AK/SK) |
//! | `clouds-yaml` | credentials from `clouds.yaml` |
//! | `regions-yaml` | endpoints from `~/.huaweicloud/regions.yaml` |
//! | `blocking` | `.wait()` on calls, for programs that are not async |
//! | `tower` | a transport over any `tower` service |
//! | `reqwest` | a transport over `reqwest`, without TLS |
//! | `rustls`, `rustls-no-provider`, `native-tls` | `reqwest` with that TLS |
#![forbid(unsafe_code)]

mod batch;
pub mod check;
#[cfg(feature = "client")]
pub mod client;
mod encode;
mod flow;
mod json;
mod literal;
mod macros;
mod object;
mod open_enum;
mod output;
mod pattern;
mod place;
pub mod read;
mod report;
pub mod request;
mod secret;
mod service;
mod shorten;
mod source;
mod target;

pub use batch::ItemFailure;
pub use check::{Check, Checker, Supplied};
pub use encode::EncodingError;
pub use json::{Json, Number};
pub use open_enum::{OpenEnum, UnknownValue, Wire};
pub use output::{Body, Decode};
pub use pattern::{Inst, Pattern};
pub use read::{Kind, Loss, LossReason, Losses};
pub use report::{Finding, Report, Rule};
pub use request::{Extra, Extras, Request};
pub use secret::Secret;
pub use service::{Auth, CloudInfo, Endpoint, OperationInfo, ServiceInfo};
pub use source::{Basis, Level, Page, Source};
pub use target::{Encoded, Header, Param, Target};

/// Everything generated code names. Not for people: it changes with the generator.
#[doc(hidden)]
pub mod __ {
    pub use crate::batch::{ItemFailure, failures};
    pub use crate::check::{Check, Checker, Supplied};
    #[cfg(feature = "client")]
    pub use crate::client::{
        By, Client, ClientBuilder, Found, Paged, Pages, Position, RawCall, Sending, Slot, Turn, Waiter, Waiting,
        advance_marker, advance_offset, find, marker_at, offset_at, word,
    };
    pub use crate::json::Json;
    pub use crate::literal::{is, text};
    pub use crate::object::Object;
    pub use crate::open_enum::{OpenEnum, UnknownValue, Wire, deserialize_enum, is_known, serialize_enum};
    pub use crate::output::Body;
    pub use crate::pattern::{Inst, Pattern};
    pub use crate::read::{Answer, Field, Read, Reader, deserialize_answer, read_answer};
    pub use crate::report::Report;
    pub use crate::request::{Extra, Extras, Request};
    pub use crate::secret::Secret;
    pub use crate::service::{Auth, CloudInfo, Endpoint, OperationInfo, ServiceInfo};
    pub use crate::source::{Basis, Level, Page, Source};
    pub use crate::target::{Param, Target};
    pub use crate::{answer, extras, object, open_enum, pages, setters, waiters};
    pub use serde_core::de::MapAccess;
    pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
}
