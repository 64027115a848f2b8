//! Against the official signer's results, and against requests that differ by one byte.

mod access_key;
mod properties;
mod vectors;

use super::*;
use http::request::Parts;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 2024-02-29T23:59:59Z.
fn leap_day() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_709_251_199)
}

fn parts(method: &str, url: &str, headers: &[(&str, &str)]) -> Parts {
    let mut request = http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    request.body(()).unwrap().into_parts().0
}

fn header<'a>(parts: &'a Parts, name: &str) -> &'a str {
    std::str::from_utf8(parts.headers[name].as_bytes()).unwrap()
}
