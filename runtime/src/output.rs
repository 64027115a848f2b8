//! What operations answer.

use crate::json::Json;
use crate::read::{Answer, Read};
use std::collections::BTreeMap;

/// A body that was received, to be taken as the operation's output wants it.
pub trait Decode {
    /// As bytes.
    fn bytes(self) -> Vec<u8>;

    /// As text; bytes that are not UTF-8 are replaced.
    fn text(self) -> String;

    /// As JSON; `None` for an empty body, or one that holds no `T`.
    fn json<T: Read>(self) -> Option<T>;
}

/// The output of an operation.
pub trait Body: Sized {
    /// Whether the output is the raw body, which is not shown by `Debug`: it may hold secrets.
    const RAW: bool = false;

    /// Takes the body of a successful answer. Never fails: see [`Losses`](crate::Losses).
    fn decode(body: impl Decode) -> Self;
}

/// Anything is accepted, nothing kept.
impl Body for () {
    fn decode(_: impl Decode) -> Self {}
}

/// Text.
impl Body for String {
    const RAW: bool = true;

    fn decode(body: impl Decode) -> Self {
        body.text()
    }
}

/// Binary data.
impl Body for Vec<u8> {
    const RAW: bool = true;

    fn decode(body: impl Decode) -> Self {
        body.bytes()
    }
}

/// JSON of any shape; `null` for an empty body.
impl Body for Json {
    const RAW: bool = true;

    fn decode(body: impl Decode) -> Self {
        body.json().unwrap_or_default()
    }
}

/// A list at the root.
impl<T: Read> Body for Vec<T> {
    fn decode(body: impl Decode) -> Self {
        body.json().unwrap_or_default()
    }
}

/// A map at the root.
impl<T: Read> Body for BTreeMap<String, T> {
    fn decode(body: impl Decode) -> Self {
        body.json().unwrap_or_default()
    }
}

impl<T: Answer + Read> Body for T {
    fn decode(body: impl Decode) -> Self {
        body.json().unwrap_or_default()
    }
}
