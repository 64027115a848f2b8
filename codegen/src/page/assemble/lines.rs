//! Single lines that say something.

use crate::page::block::plain;
use crate::page::facts::{Request, TypeName};
use crate::page::type_cell;
use crate::page::words;

pub(super) fn first_line(text: &str) -> &str {
    text.trim_start().lines().next().unwrap_or_default()
}

/// Method, path and query of a line that has nothing else.
pub(super) fn request_line(text: &str) -> Option<Request> {
    let text = text.trim().trim_matches('`');
    let (method, rest) = words::method(text)?;
    let mut parts = rest.split_whitespace();
    let url = parts.next().filter(|url| url.starts_with('/') || url.starts_with("http"))?;
    // More words make it a sentence, but for the version that HTTP adds.
    let alone = parts.next().is_none_or(|word| word.starts_with("HTTP/"));
    let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query.to_owned())));
    alone.then(|| Request { method: method.to_owned(), path: path.to_owned(), query })
}

/// The day in `Updated on 2024-11-06 GMT+08:00`.
pub(super) fn updated(text: &str) -> Option<String> {
    // Most lines are none, and told without a copy.
    if text.len() > 200 || !(text.contains("pdated") || text.contains("更新")) {
        return None;
    }
    let text = plain(text);
    let rest = ["Updated on ", "Updated on: ", "Last updated on ", "Last updated: ", "更新时间：", "更新时间:"]
        .iter()
        .find_map(|sign| text.split_once(sign).map(|(_, rest)| rest.trim_start()))?;
    let day = rest.get(..10)?.replace('/', "-");
    let shape =
        day.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    shape.then_some(day)
}

/// The type in `application/json: CreateThingReq object`.
pub(super) fn body_type(text: &str) -> Option<String> {
    let (media, ty) = text.split_once(": ")?;
    let is_media = media.starts_with("application/") && !media.contains(' ');
    match type_cell::parse(ty) {
        TypeName::Object(name) if is_media => name,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{body_type, request_line, updated};

    #[test]
    fn what_a_line_says() {
        let request = |text: &str| request_line(text).map(|request| request.to_string());
        let cases = [
            ("GET /v1/a", Some("GET /v1/a")),
            ("`PUT /v1/{id}`", Some("PUT /v1/{id}")),
            ("GET /v1/a?limit={limit}", Some("GET /v1/a?limit={limit}")),
            ("POST https://{endpoint}/v1/a HTTP/1.1", Some("POST https://{endpoint}/v1/a")),
            ("GET /v1/a is for reading", None),
            ("Get /v1/a", None),
            ("GET things", None),
            ("GET", None),
        ];
        for (text, expected) in cases {
            assert_eq!(request(text).as_deref(), expected, "{text}");
        }
        assert_eq!(updated("Updated on 2024-11-06 GMT+08:00").as_deref(), Some("2024-11-06"));
        assert_eq!(updated("\u{2}更新时间：\u{3}2024/11/06").as_deref(), Some("2024-11-06"));
        assert_eq!(updated("Updated on Monday"), None);
        assert_eq!(body_type("application/json: Kettle object").as_deref(), Some("Kettle"));
        assert_eq!(body_type("Note: Kettle object"), None);
    }
}
