//! The canonical request: the one form of a request that client and gateway both hash.

use super::encode::{decode, is_plain, push_encoded};
use super::error::Problem;
use super::{SignError, SignedHeaders};
use http::header::HeaderName;
use http::request::Parts;

/// The canonical request: method, path, query, headers, their names, and the hash of the body, each on its own lines.
///
/// It holds the values of all signed headers, such as `X-Security-Token`: take care where it goes.
pub fn canonical_request(request: &Parts, signed: &SignedHeaders, payload_hash: &str) -> Result<Vec<u8>, SignError> {
    let mut text = Vec::with_capacity(1024);
    text.extend(request.method.as_str().bytes().map(|byte| byte.to_ascii_uppercase()));
    text.push(b'\n');
    push_path(request.uri.path(), &mut text);
    text.push(b'\n');
    push_query(request.uri.query().unwrap_or_default(), &mut text);
    text.push(b'\n');
    for name in signed.iter() {
        push_header(request, name, &mut text)?;
    }
    text.push(b'\n');
    signed.join(|piece| text.extend_from_slice(piece.as_bytes()));
    text.push(b'\n');
    text.extend_from_slice(payload_hash.as_bytes());
    Ok(text)
}

/// Decoded and encoded again, with a slash at the end, which is not sent. An escaped slash ends up as a plain one.
fn push_path(path: &str, text: &mut Vec<u8>) {
    if path.bytes().all(|byte| byte == b'/' || is_plain(byte)) {
        text.extend_from_slice(path.as_bytes());
    } else {
        for byte in decode(path) {
            if byte == b'/' {
                text.push(b'/');
            } else {
                push_encoded(byte, text);
            }
        }
    }
    if !text.ends_with(b"/") {
        text.push(b'/');
    }
}

/// Sorted by plain key, then by plain value; always with `=`. A plus sign is a blank, as in forms.
pub(super) fn push_query(query: &str, text: &mut Vec<u8>) {
    let plain = |text: &str| -> Vec<u8> {
        if text.contains('+') { decode(&text.replace('+', "%20")).collect() } else { decode(text).collect() }
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut pairs: Vec<_> = pairs.map(|(key, value)| (plain(key), plain(value))).collect();
    pairs.sort_unstable();
    for (index, (key, value)) in pairs.iter().enumerate() {
        if index > 0 {
            text.push(b'&');
        }
        for byte in key {
            push_encoded(*byte, text);
        }
        text.push(b'=');
        for byte in value {
            push_encoded(*byte, text);
        }
    }
}

/// One line for each value, trimmed at both ends; several are sorted, as in the vendor's Go signer.
fn push_header(request: &Parts, name: &HeaderName, text: &mut Vec<u8>) -> Result<(), SignError> {
    let mut values = request.headers.get_all(name).iter().map(|value| value.as_bytes().trim_ascii());
    let mut push = |value: &[u8]| {
        text.extend_from_slice(name.as_str().as_bytes());
        text.push(b':');
        text.extend_from_slice(value);
        text.push(b'\n');
    };
    let first = values.next().ok_or_else(|| Problem::NoHeader(name.clone()))?;
    let Some(second) = values.next() else {
        push(first);
        return Ok(());
    };
    let mut all = vec![first, second];
    all.extend(values);
    all.sort_unstable();
    all.into_iter().for_each(push);
    Ok(())
}
