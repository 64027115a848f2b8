//! What goes over the wire unharmed, and what cannot.

use std::fmt;

/// A part of a request that cannot be sent: not a documented limit, but something that would reach another endpoint or
/// break the message. No setting turns it off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodingError {
    operation: String,
    place: String,
    problem: Problem,
}

/// What is wrong with the part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    EmptyPathValue,
    DotPathValue,
    MissingPathValue,
    MissingSupplied,
    PathTemplate,
    HeaderName,
    HeaderValue,
    #[cfg(feature = "client")]
    Method,
    #[cfg(feature = "client")]
    Body(String),
    #[cfg(feature = "client")]
    Url,
}

impl EncodingError {
    pub(crate) fn new(operation: &str, place: String, problem: Problem) -> Self {
        Self { operation: operation.to_owned(), place, problem }
    }

    /// The operation whose request cannot be sent.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The part, such as `path.task_id`.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for EncodingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, place, problem } = self;
        write!(f, "{operation}: cannot send {place}: ")?;
        match problem {
            Problem::EmptyPathValue => f.write_str("it is empty, and the path without it is another endpoint; give a value"),
            Problem::DotPathValue => {
                f.write_str("`.` and `..` are path steps, which URL libraries resolve: the call would reach another endpoint; give a real value")
            }
            Problem::MissingPathValue => f.write_str("the path needs it, and it was not given"),
            Problem::MissingSupplied => f.write_str("the client supplies it, but does not know it; set `.project_id(..)` on the builder, or `.region(..)` to have it looked up"),
            Problem::PathTemplate => f.write_str(
                "a path starts with `/`, has no empty, `.` or `..` step, no `?` or `#`, and no character outside ASCII or blank; give such values by name",
            ),
            Problem::HeaderName => f.write_str("a header name has letters, digits and hyphens only"),
            Problem::HeaderValue => f.write_str("HTTP forbids control characters in header values (value not shown)"),
            #[cfg(feature = "client")]
            Problem::Method => f.write_str("this is no HTTP method"),
            #[cfg(feature = "client")]
            Problem::Body(why) => write!(f, "it cannot be written as JSON: {why}"),
            #[cfg(feature = "client")]
            Problem::Url => f.write_str("endpoint and path make no URL"),
        }
    }
}

impl std::error::Error for EncodingError {}

/// Appends `text` with everything outside RFC 3986's unreserved characters percent-encoded, as UTF-8 in upper case:
/// the one form that URL libraries, gateways and signatures agree on.
pub(crate) fn percent_encode(text: &str, into: &mut String) {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    static PLAIN: [bool; 256] = table(b"-_.~");
    let is_plain = |byte: u8| PLAIN[usize::from(byte)];
    // As most texts are.
    if text.bytes().all(is_plain) {
        into.push_str(text);
        return;
    }
    for byte in text.bytes() {
        if is_plain(byte) {
            into.push(char::from(byte));
        } else {
            into.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
        }
    }
}

/// Which bytes are letters, digits, or among these: looking them up is what every call does for every byte of its path.
const fn table(others: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below 256")]
        let is_alphanumeric = (byte as u8).is_ascii_alphanumeric();
        table[byte] = is_alphanumeric;
        byte += 1;
    }
    let mut at = 0;
    while at < others.len() {
        table[others[at] as usize] = true;
        at += 1;
    }
    table
}

/// A value for one path segment.
pub(crate) fn check_path_value(value: &str) -> Result<(), Problem> {
    match value {
        "" => Err(Problem::EmptyPathValue),
        "." | ".." => Err(Problem::DotPathValue),
        _ => Ok(()),
    }
}

/// Literal text of a path.
pub(crate) fn check_path_template(path: &str) -> Result<(), Problem> {
    static LITERAL: [bool; 256] = table(b"!$%&'()*+,-./:;=@[]^_`{|}~");
    let Some(steps) = path.as_bytes().strip_prefix(b"/") else {
        return Err(Problem::PathTemplate);
    };
    let (mut last, mut is_suspect) = (b'/', false);
    for byte in steps {
        if !LITERAL[usize::from(*byte)] {
            return Err(Problem::PathTemplate);
        }
        is_suspect |= last == b'/' && matches!(byte, b'/' | b'.' | b'%');
        last = *byte;
    }
    // A slash at the very end is part of some paths.
    let mut steps = steps.strip_suffix(b"/").unwrap_or(steps).split(|byte| *byte == b'/');
    let is_bad = is_suspect && steps.any(|step| step.is_empty() || is_dots(step));
    if is_bad { Err(Problem::PathTemplate) } else { Ok(()) }
}

/// Whether a step is `.` or `..`.
fn is_dots(step: &[u8]) -> bool {
    after_dot(step).is_some_and(|rest| rest.is_empty() || after_dot(rest).is_some_and(<[u8]>::is_empty))
}

/// What follows a dot. An escaped dot is one to URL libraries.
fn after_dot(step: &[u8]) -> Option<&[u8]> {
    match step {
        [b'.', rest @ ..] | [b'%', b'2', b'e' | b'E', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// A header name as HTTP allows it.
pub(crate) fn check_header_name(name: &str) -> Result<(), Problem> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.is_empty() && name.bytes().all(allowed) { Ok(()) } else { Err(Problem::HeaderName) }
}

/// A header value as HTTP allows it; text beyond ASCII goes as UTF-8.
pub(crate) fn check_header_value(value: &str) -> Result<(), Problem> {
    let forbidden = |byte: u8| (byte < b' ' && byte != b'\t') || byte == 0x7f;
    if value.bytes().any(forbidden) { Err(Problem::HeaderValue) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let hex = [rest.next().unwrap(), rest.next().unwrap()];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        #[test]
        fn encoding_comes_back(text in any::<String>()) {
            let mut encoded = String::new();
            percent_encode(&text, &mut encoded);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte)));
            prop_assert_eq!(decode(&encoded), text);
        }
    }

    #[test]
    fn encodes_as_rfc_3986_says() {
        let cases = [
            ("a/b", "a%2Fb"),
            ("a b+c", "a%20b%2Bc"),
            ("~-_.9Z", "~-_.9Z"),
            ("ü", "%C3%BC"),
            ("..%2e", "..%252e"),
            ("!$&'()*,;=:@", "%21%24%26%27%28%29%2A%2C%3B%3D%3A%40"),
        ];
        for (text, expected) in cases {
            let mut encoded = String::new();
            percent_encode(text, &mut encoded);
            assert_eq!(encoded, expected);
        }
    }

    #[test]
    fn paths_that_would_go_elsewhere_are_refused() {
        for good in ["/", "/v2/x", "/v2/{project_id}/x/", "/a.b/...", "/a%20b", "/.%2ea", "/%2"] {
            assert_eq!(check_path_template(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "v2",
            "//",
            "//x",
            "/x//",
            "/a//b",
            "/a/../b",
            "/a/.",
            "/%2e%2E/b",
            "/.%2e",
            "/%2E.",
            "/a/%2e",
            "/a?b",
            "/a#b",
            "/a b",
            "/ü",
            "/a\\b",
            "/a\n",
        ] {
            assert_eq!(check_path_template(bad), Err(Problem::PathTemplate), "{bad:?}");
        }
    }

    #[test]
    fn headers_keep_to_http() {
        assert!(["X-Language", "x_y", "Accept"].into_iter().all(|name| check_header_name(name).is_ok()));
        assert!(["", "a b", "a:b", "ü", "a\r\n"].into_iter().all(|name| check_header_name(name).is_err()));
        assert!(["", "en-us", "a\tb", "ü"].into_iter().all(|value| check_header_value(value).is_ok()));
        assert!(["a\r\nX: y", "a\0", "\u{7f}", "\u{1b}"].into_iter().all(|value| check_header_value(value).is_err()));
    }
}
