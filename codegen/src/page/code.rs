//! Finds the code among the lines of an example section that no longer says where code begins and ends.

use super::block::Block;
use super::words::{Section, method, status_line};

/// Captions as text; requests and JSON, as far as their brackets reach, as code.
pub(super) fn group(lines: &[(u32, &str)]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some((number, line)) = lines.get(at).copied() {
        let start = line.trim_start();
        if is_request(start) || start.starts_with(['{', '[']) {
            let (code, taken, rest) = code(&lines[at..]);
            blocks.push(Block::code(number, code));
            at += taken;
            let rest = rest.trim_start_matches([' ', '-']);
            if !rest.is_empty() {
                blocks.push(Block::text(number, rest.to_owned()));
            }
            continue;
        }
        let gutter = gutter(&lines[at..]);
        if gutter > 0 {
            at += gutter;
            continue;
        }
        // The sign of a point whose text stands in the next line.
        if !matches!(start, "" | "-" | "•" | "*") {
            blocks.push(Block::text(number, start.trim_end().to_owned()));
        }
        at += 1;
    }
    blocks
}

/// Whether a line is that of a request: `PUT https://…`.
pub(super) fn is_request(line: &str) -> bool {
    method(line).is_some_and(|(_, url)| url.starts_with("http") || url.starts_with(['/', '{']))
}

/// How many lines hold nothing but the numbers 1, 2, 3 …, if there are at least three of them.
fn gutter(lines: &[(u32, &str)]) -> usize {
    let mut next = 1_u32;
    let mut taken = 0;
    for (at, (_, line)) in lines.iter().enumerate() {
        let line = line.trim();
        if line.parse() == Ok(next) {
            next += 1;
            taken = at + 1;
        } else if !line.is_empty() {
            break;
        }
    }
    if next > 3 { taken } else { 0 }
}

/// The code at the beginning of the lines, how many lines it takes, and what is left of its last line.
fn code<'a>(lines: &[(u32, &'a str)]) -> (String, usize, &'a str) {
    let mut text = String::new();
    let mut brackets = Brackets::default();
    let mut begun = false;
    let mut last = 0;
    for (at, (_, line)) in lines.iter().enumerate() {
        let start = line.trim_start();
        let head = at == 0 && is_request(start);
        // A path may hold brackets as well.
        let skipped = if head { line.len() - after_url(start).len() } else { 0 };
        let body = line.get(skipped..).unwrap_or_default();
        let opens = body.trim_start().starts_with(['{', '[']);
        let is_other =
            Section::of(start).is_some_and(Section::ends_tables) || status_line(start.trim_matches('*')).is_some();
        if at > 0 && is_other {
            break;
        }
        if !begun && !opens && !head && !start.is_empty() && !is_header(start) {
            break;
        }
        begun |= opens;
        let end = if begun { brackets.end(body) } else { None };
        if at > 0 {
            text.push('\n');
        }
        if let Some(end) = end {
            let (code, rest) = line.split_at(skipped + end);
            text.push_str(code);
            return (text.trim_end().to_owned(), at + 1, rest);
        }
        text.push_str(line);
        if !start.is_empty() {
            last = at;
        }
    }
    (text.trim_end().to_owned(), last + 1, "")
}

/// What follows the URL of a request.
fn after_url(line: &str) -> &str {
    let url = method(line).map_or("", |(_, url)| url);
    url.find(char::is_whitespace).map_or("", |end| &url[end..])
}

/// `Content-Type: application/json` between a request and its body.
fn is_header(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        name.len() < 40 && name.contains('-') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

#[derive(Default)]
struct Brackets {
    depth: usize,
}

impl Brackets {
    /// The byte after the bracket that closes the first one, if it stands in this line.
    fn end(&mut self, line: &str) -> Option<usize> {
        // No text in JSON goes over the end of a line.
        let (mut quoted, mut escaped) = (false, false);
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => self.depth += 1,
                b'}' | b']' if !quoted => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => (),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::group;
    use crate::page::block::Is;

    #[test]
    fn code_among_text() {
        let text = "This starts one.\n\nPUT https://{endpoint}/v1/{id}/start { \"a\" : \"}\" } -\nThis stops it.\nPUT https://x/{id}\n\n{\n  \"a\" : [ {\n  } ]\n}\n\
            1\n2\n3\nStatus code: 200\nFine\n{ }\nNone\nPOST /v1/things\nX-Auth-Token: abc\n\n[ 1,\n 2";
        let lines: Vec<_> = (1..).zip(text.split('\n')).collect();
        let found: Vec<String> = group(&lines)
            .into_iter()
            .map(|block| match block.is {
                Is::Code(text) => format!("{}: {text:?}", block.line),
                Is::Text(text) => format!("{}  {text}", block.line),
                other => panic!("{other:?}"),
            })
            .collect();
        let expected = [
            "1  This starts one.",
            r#"3: "PUT https://{endpoint}/v1/{id}/start { \"a\" : \"}\" }""#,
            "4  This stops it.",
            r#"5: "PUT https://x/{id}\n\n{\n  \"a\" : [ {\n  } ]\n}""#,
            "14  Status code: 200",
            "15  Fine",
            "16: \"{ }\"",
            "17  None",
            r#"18: "POST /v1/things\nX-Auth-Token: abc\n\n[ 1,\n 2""#,
        ];
        assert_eq!(found, expected);
    }
}
