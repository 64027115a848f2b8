//! `POST /v2/{project_id}/migration/{task_id}/task`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::decode::{Cx, Decode, Spanned, Text};
use crate::diagnostic::one_of;
use crate::read::{Node, Value};
use crate::sources::Span;

const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/// Method and path of an operation.
#[derive(Clone, Debug, Default)]
pub(crate) struct HttpLine {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Names in braces, in path order.
    pub(crate) parameters: Vec<Text>,
}

impl Decode for HttpLine {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        let Value::Scalar { text, plain } = &node.value else {
            cx.wrong_type(node, "a method and a path, such as `GET /v2/{project_id}/tasks`");
            return Self::default();
        };
        let at = |part: &str| if *plain { within(node.span, text, part) } else { node.span };
        let (method, path) = text.split_once(' ').map_or((&**text, ""), |(method, path)| (method, path.trim()));
        if let (Some(slash), "") = (method.find('/'), path) {
            let (method, path) = method.split_at(slash);
            let message = if method.is_empty() {
                format!("there is no method before `{path}`")
            } else {
                format!("there is no blank between `{}` and `{path}`", method.trim())
            };
            let upper = method.trim().to_ascii_uppercase();
            let method = if METHODS.contains(&upper.as_str()) { &upper } else { "GET" };
            cx.error("invalid-http", node.span, message, format!("write `{method} {path}`"));
            return Self::default();
        }
        if !METHODS.contains(&method) {
            cx.error("invalid-http", at(method), format!("`{method}` is not a known method"), one_of(method, METHODS));
        }
        match parameters(path) {
            Ok(parameters) => {
                let parameters =
                    parameters.into_iter().map(|name| Spanned { value: name.to_owned(), span: at(name) }).collect();
                Self { method: method.to_owned(), path: path.to_owned(), parameters }
            }
            Err((part, message)) => {
                cx.error("invalid-http", at(part), message, "write it as the page does: `GET /v2/{project_id}/tasks`");
                Self::default()
            }
        }
    }
}

/// The place of a part of a text that stands in the file as it is.
fn within(whole: Span, text: &str, part: &str) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(0);
    let start = whole.start + offset((part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize));
    if part.is_empty() || start + offset(part.len()) > whole.end {
        whole
    } else {
        Span { start, end: start + offset(part.len()), ..whole }
    }
}

/// The slashes around an empty segment.
fn with_slashes<'a>(path: &'a str, segment: &str) -> &'a str {
    let at = (segment.as_ptr() as usize).saturating_sub(path.as_ptr() as usize);
    path.get(at.saturating_sub(1)..(at + 1).min(path.len())).unwrap_or(path)
}

fn parameters(path: &str) -> Result<Vec<&str>, (&str, String)> {
    let Some(rest) = path.strip_prefix('/') else {
        let message = if path.is_empty() {
            "the path is missing".to_owned()
        } else {
            format!("the path `{path}` does not begin with `/`")
        };
        return Err((path, message));
    };
    if rest.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<&str> = Vec::new();
    for segment in rest.split('/') {
        match segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
            _ if matches!(segment, "" | "." | "..") => {
                let (part, what) = match segment {
                    "" => (with_slashes(path, segment), "an empty segment".to_owned()),
                    _ => (segment, format!("the segment `{segment}`")),
                };
                let message = format!(
                    "the path has {what}: URL libraries change such a path, so that the call would reach another endpoint"
                );
                return Err((part, message));
            }
            Some(name) if found.contains(&name) => {
                return Err((segment, format!("`{{{name}}}` stands twice in the path")));
            }
            Some(name) if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)) => {
                found.push(name);
            }
            _ if segment.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c)) => {}
            _ => {
                return Err((
                    segment,
                    format!("the path segment `{segment}` is neither plain text nor one `{{parameter}}`"),
                ));
            }
        }
    }
    Ok(found)
}

impl JsonSchema for HttpLine {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "HttpLine".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(DELETE|GET|HEAD|PATCH|POST|PUT) /" })
    }
}

#[cfg(test)]
mod tests {
    use super::HttpLine;
    use crate::decode::{Cx, Decode};
    use crate::diagnostic::Diagnostics;
    use crate::sources::FileId;

    /// The messages about a line, and the path that is read.
    fn line(text: &str) -> (Vec<String>, String) {
        let mut diagnostics = Diagnostics::default();
        let node = crate::read::read(FileId(0), format!("{{k: '{text}'}}").as_bytes(), &mut diagnostics).unwrap();
        let line = HttpLine::decode(node.get("k").unwrap(), &mut Cx { diagnostics: &mut diagnostics });
        (diagnostics.iter().map(|d| d.message().to_owned()).collect(), line.path)
    }

    #[test]
    fn what_a_line_may_be() {
        for path in ["/", "/v1", "/v2/{project_id}/a.b/{task-id}/~x", "/v1/..a"] {
            assert_eq!(line(&format!("GET {path}")), (vec![], path.to_owned()));
        }
        let cases = [
            ("GET /v1//x", "has an empty segment"),
            ("GET /v1/x/", "has an empty segment"),
            ("GET /v1/./x", "has the segment `.`"),
            ("GET /v1/..", "has the segment `..`"),
            ("POST/v3/tasks", "there is no blank between `POST` and `/v3/tasks`"),
            ("post/v3/tasks", "there is no blank between `post` and `/v3/tasks`"),
            ("/v3/tasks", "there is no method before `/v3/tasks`"),
            ("GET", "the path is missing"),
            ("post /v3", "`post` is not a known method"),
        ];
        for (text, expected) in cases {
            let (messages, _) = line(text);
            assert!(messages.len() == 1 && messages[0].contains(expected), "{text}: {messages:?}");
        }
    }
}
