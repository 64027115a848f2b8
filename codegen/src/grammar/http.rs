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

fn parameters(path: &str) -> Result<Vec<&str>, (&str, String)> {
    let Some(rest) = path.strip_prefix('/') else {
        let message = if path.is_empty() {
            "the path is missing".to_owned()
        } else {
            format!("the path `{path}` does not begin with `/`")
        };
        return Err((path, message));
    };
    let mut found: Vec<&str> = Vec::new();
    for segment in rest.split('/') {
        match segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
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
