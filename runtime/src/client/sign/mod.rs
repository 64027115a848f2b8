//! Signing with an access key: `SDK-HMAC-SHA256`, and `V11-HMAC-SHA256` for services that want derived keys.
//!
//! [`AccessKey`] is what a client needs:
//!
//! ```
//! use huaweicloud_migration_runtime::client::{AccessKey, Client};
//!
//! let key = AccessKey::new("an access key", "its secret key").security_token("of a temporary key");
//! let builder = Client::builder().region("eu-de").project_id("a project id").credentials(key);
//! ```
//!
//! [`Signer`] signs any [`http::request::Parts`], and [`Signer::authorization`] tells a server, or a test, what the
//! signature of a request that arrived should be. The steps below it are pure functions of what they are given:
//! [`canonical_request`], [`payload_hash`], [`string_to_sign`].
//!
//! # What is signed
//!
//! Method, path, query and body, and these headers: `Host`, `X-Sdk-Date`, `Content-Type`, and all the caller set, but
//! for those that the HTTP stack or a proxy may change on the way (see [`SignedHeaders::of`]). A body that is neither
//! JSON nor BSON is sent with `X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD`, as the vendor's clients do.
//!
//! The gateway takes signed bodies of up to 12 MB, and dates that are less than 15 minutes off.

mod access_key;
mod algorithm;
mod canonical;
mod clock;
mod date;
mod encode;
mod error;
mod headers;
mod payload;
mod signer;
#[cfg(test)]
mod tests;

pub use self::access_key::AccessKey;
pub use self::algorithm::{Algorithm, string_to_sign};
pub use self::canonical::canonical_request;
pub use self::error::SignError;
pub use self::headers::SignedHeaders;
pub use self::payload::payload_hash;
pub use self::signer::Signer;

use http::header::HeaderName;

const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const X_SDK_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-sdk-content-sha256");
