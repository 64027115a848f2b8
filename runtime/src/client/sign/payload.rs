//! What of the body is signed.

use super::X_SDK_CONTENT_SHA256;
use super::encode::hex;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// The last line of the canonical request: the body's SHA-256 in hexadecimal digits, or what the header
/// `X-Sdk-Content-Sha256` says instead.
///
/// An empty body counts as zero bytes even where the header says `UNSIGNED-PAYLOAD`, as in the vendor's Python client;
/// its Go and Node clients differ there.
pub fn payload_hash<'a>(headers: &'a HeaderMap, body: &[u8]) -> Cow<'a, str> {
    match headers.get(X_SDK_CONTENT_SHA256).map(|given| given.as_bytes().trim_ascii()) {
        Some(given) if !(body.is_empty() && given == UNSIGNED.as_bytes()) => String::from_utf8_lossy(given),
        _ => Cow::Owned(sha256_hex(body)),
    }
}

/// Says in the headers that the body is not signed, if its type is neither JSON nor BSON.
pub(super) fn declare(headers: &mut HeaderMap) {
    if is_unsigned(headers) {
        headers.entry(X_SDK_CONTENT_SHA256).or_insert(HeaderValue::from_static(UNSIGNED));
    }
}

fn is_unsigned(headers: &HeaderMap) -> bool {
    let Some(given) = headers.get(CONTENT_TYPE).map(|given| given.as_bytes().trim_ascii_start()) else {
        return false;
    };
    let is =
        |signed: &str| given.get(..signed.len()).is_some_and(|start| start.eq_ignore_ascii_case(signed.as_bytes()));
    !given.is_empty() && !is("application/json") && !is("application/bson")
}

pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&hex(&Sha256::digest(bytes).into())).into_owned()
}
