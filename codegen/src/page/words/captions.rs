//! Lines that say something of the table or the code below them.

use crate::page::block::{plain, squeeze};
use crate::page::facts::{Part, Side};

/// The code of a line `Status code: 404`.
pub(in crate::page) fn status_line(text: &str) -> Option<u16> {
    let begins = |char: char| "sS状 \u{2}".contains(char);
    if text.len() > 64 || !text.starts_with(begins) {
        return None;
    }
    let text = squeeze(&plain(text)).to_lowercase();
    let rest = text.strip_prefix("status code").or_else(|| text.strip_prefix("状态码"))?;
    status_code(rest.trim_start_matches([':', '：', ' ']).trim_end_matches([':', '：', '¶', ' ']))
}

/// The code of a heading `404 — Not there`.
pub(in crate::page) fn status_heading(text: &str) -> Option<u16> {
    let (code, rest) = text.split_at_checked(3)?;
    (rest.is_empty() || rest.starts_with([' ', ':', '：'])).then(|| status_code(code)).flatten()
}

pub(in crate::page) fn status_code(text: &str) -> Option<u16> {
    let three = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|code| three && (100..600).contains(code))
}

/// The caption of a line `Table 3 Request body parameters`, without its number.
pub(in crate::page) fn caption(text: &str) -> Option<String> {
    if !text.starts_with(['T', '表', ' ', '\u{2}']) {
        return None;
    }
    let text = squeeze(&plain(text));
    let rest = text.strip_prefix("Table ").or_else(|| text.strip_prefix('表'))?.trim_start();
    let number = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
    let (number, rest) = rest.split_at(number);
    let rest = rest.trim_start_matches([':', '：', '.', ' ']);
    // A sentence about a table is none.
    let caption = !number.is_empty() && !rest.ends_with(['.', '。']) && rest.len() <= 200;
    caption.then(|| rest.to_owned())
}

/// What a caption says its table is. `None` if it says nothing.
pub(in crate::page) fn part_of(caption: &str) -> Option<(Side, Part)> {
    let lower = caption.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let side = if has(&["response", "return", "响应", "返回"]) {
        Side::Answer
    } else if has(&["request", "请求"]) {
        Side::Request
    } else {
        Side::Unknown
    };
    if let Some(name) = nested(caption) {
        return Some((Side::Unknown, Part::Nested(name)));
    }
    let part = if has(&["header"]) {
        Part::Header
    } else if has(&["body", "formdata", "form data"]) || lower.contains("响应参数") {
        Part::Body
    } else if has(&["query param", "查询参数", "query参数"]) {
        return Some((Side::Request, Part::Query));
    } else if has(&["path param", "路径参数"]) {
        return Some((Side::Request, Part::Path));
    } else if has(&["uri param", "url param"]) {
        return Some((Side::Request, Part::PathOrQuery));
    } else if side == Side::Answer && has(&["param"]) {
        Part::Body
    } else {
        return None;
    };
    Some((side, part))
}

/// The type or field that a caption names: `Files`, `links parameters`, `Description of the disk field`, `auth.identity`.
fn nested(caption: &str) -> Option<String> {
    const NO_NAMES: &[&str] = &[
        "parameters",
        "parameter",
        "field",
        "fields",
        "description",
        "data",
        "structure",
        "object",
        "objects",
        "of",
        "the",
        "in",
        "list",
        "element",
        "elements",
        "attribute",
        "attributes",
        "table",
        "details",
        "info",
    ];
    const PARTS: &[&str] = &[
        "request", "response", "body", "header", "headers", "path", "query", "uri", "url", "formdata", "form",
        "returned",
    ];
    let caption = caption.split(" — ").next().unwrap_or(caption);
    let mut words = caption.split_whitespace().filter(|word| {
        // A type may be called like a common word, but then it is written like a name.
        !(NO_NAMES.contains(&word.to_lowercase().as_str())
            && (caption.contains(' ') || word.to_lowercase() == "parameters"))
    });
    let name = words.next()?;
    let known = PARTS.contains(&name.to_lowercase().as_str());
    (words.next().is_none() && is_name(name) && !known).then(|| name.to_owned())
}

/// Whether it could be the name of a field or type, dots for a path to it.
pub(in crate::page) fn is_name(text: &str) -> bool {
    let inside = |char: char| char.is_ascii_alphanumeric() || "_-.$[]".contains(char);
    text.len() <= 128
        && text.starts_with(|char: char| char.is_ascii_alphabetic() || "_$".contains(char))
        && text.chars().all(inside)
}

/// The method at the beginning of a line.
pub(in crate::page) fn method(text: &str) -> Option<(&str, &str)> {
    const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
    let (word, rest) = text.split_once([' ', '\t'])?;
    METHODS.contains(&word).then(|| (word, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::{caption, part_of, status_heading, status_line};
    use crate::page::facts::{Part, Side};

    #[test]
    fn captions() {
        let nested = |name: &str| Some((Side::Unknown, Part::Nested(name.to_owned())));
        let cases = [
            ("Table 1 Path Parameters", Some((Side::Request, Part::Path))),
            ("\u{2}Table 2\u{3} Query parameters", Some((Side::Request, Part::Query))),
            ("Table 2 Request header parameters", Some((Side::Request, Part::Header))),
            ("Table 3: Request body parameters", Some((Side::Request, Part::Body))),
            ("Table 4-1 Response header parameters", Some((Side::Answer, Part::Header))),
            ("Table 5 Response body parameters", Some((Side::Answer, Part::Body))),
            ("Table 5 Parameters in the response body", Some((Side::Answer, Part::Body))),
            ("Table 2 Response parameters", Some((Side::Answer, Part::Body))),
            ("Table 1 URI parameter description", Some((Side::Request, Part::PathOrQuery))),
            ("表 2 请求Body参数", Some((Side::Request, Part::Body))),
            ("表1 路径参数", Some((Side::Request, Part::Path))),
            ("Table 6 Files", nested("Files")),
            ("Table 6 links parameters", nested("links")),
            ("Table 6 Data structure of the disk field", nested("disk")),
            ("Table 6 auth.identity", nested("auth.identity")),
            ("Table 1 Parameters", None),
            ("Table 1 Parameter description", None),
            ("Table 1 What this is about", None),
        ];
        for (text, part) in cases {
            assert_eq!(part_of(&caption(text).unwrap()), part, "{text}");
        }
        for text in ["Table of contents", "Table 3 lists them all.", "Tables", "Status code: 200"] {
            assert_eq!(caption(text), None, "{text}");
        }
    }

    #[test]
    fn statuses() {
        assert_eq!(status_line("Status code: 404"), Some(404));
        assert_eq!(status_line("\u{2}状态码： 200\u{3}"), Some(200));
        assert_eq!(status_line("Status codes"), None);
        assert_eq!(status_line("Status code: 1234"), None);
        assert_eq!(status_heading("200 — OK"), Some(200));
        assert_eq!(status_heading("2000"), None);
    }
}
