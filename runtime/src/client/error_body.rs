//! Reading error bodies: every shape that services and gateways were seen to write.

use super::Detail;
use super::hidden::Hidden;
use crate::json::Json;
use crate::secret::Secret;
use std::collections::BTreeMap;

/// What could be read of an error body.
#[derive(Clone, Default)]
pub(super) struct ErrorBody {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) details: Vec<Detail>,
    pub(super) parameters: Vec<String>,
    pub(super) encoded_authorization_message: Option<Secret>,
}

impl ErrorBody {
    /// Takes the secrets of the call out of it.
    pub(super) fn hide(&mut self, hidden: &Hidden) {
        let Self { code, message, request_id, details, parameters, encoded_authorization_message: _ } = self;
        let parts = details.iter_mut().map(|detail| (&mut detail.code, &mut detail.message));
        for (code, message) in parts.chain([(code, message)]) {
            *code = code.take().map(|code| hidden.label(code));
            *message = message.take().map(|message| hidden.text(message));
        }
        *request_id = request_id.take().map(|id| hidden.label(id));
        for parameter in parameters {
            *parameter = hidden.text(std::mem::take(parameter));
        }
    }
}

type Fields = BTreeMap<String, Json>;

/// The names of code and message, those that most surely mean an error first.
const NAMES: [(&str, &str); 3] = [("error_code", "error_msg"), ("errorCode", "errorMsg"), ("code", "message")];

pub(super) fn read(raw: &[u8]) -> ErrorBody {
    let text = String::from_utf8_lossy(raw);
    let text = text.trim_start_matches('\u{feff}').trim();
    match serde_json::from_str::<Json>(text) {
        Ok(json) => read_json(&json),
        // A page of a proxy says nothing that would help in a message; a line of text does.
        Err(_) => ErrorBody {
            message: (!text.is_empty() && !text.starts_with(['<', '{', '['])).then(|| text.to_owned()),
            ..ErrorBody::default()
        },
    }
}

fn read_json(json: &Json) -> ErrorBody {
    match json {
        Json::Object(fields) => read_object(fields),
        // A list of errors: the first one speaks for all.
        Json::Array(items) => {
            let details: Vec<_> = items.iter().filter_map(detail).collect();
            let Detail { code, message } = details.first().cloned().unwrap_or_default();
            ErrorBody { code, message, details, ..ErrorBody::default() }
        }
        _ => ErrorBody { message: text(Some(json)), ..ErrorBody::default() },
    }
}

fn read_object(fields: &Fields) -> ErrorBody {
    let details = details(fields);
    let (code, message) = pair(fields)
        .map(|(code, message)| (Some(code), Some(message)))
        .or_else(|| half_pair(fields))
        .or_else(|| details.first().map(|first| (first.code.clone(), first.message.clone())))
        .or_else(|| any_half(fields))
        .unwrap_or_default();
    ErrorBody {
        code,
        message,
        details,
        request_id: anywhere(fields, "request_id"),
        parameters: list(fields.get("error_param")).iter().filter_map(|item| text(Some(item))).collect(),
        encoded_authorization_message: anywhere(fields, "encoded_authorization_message").map(Secret::from),
    }
}

/// Code and message by names that go together, here or in an object below.
fn pair(fields: &Fields) -> Option<(String, String)> {
    let here = NAMES.iter().find_map(|(code, message)| text(fields.get(*code)).zip(text(fields.get(*message))));
    // As the vendor's client does it, the last of several counts. `details` are parts of an error, not the error.
    let below =
        || fields.iter().rev().filter(|(name, _)| *name != "details").find_map(|(_, value)| pair(value.as_object()?));
    here.or_else(below)
}

/// What is left when no names go together: either half, here or in an object below.
fn any_half(fields: &Fields) -> Option<(Option<String>, Option<String>)> {
    let below =
        || fields.iter().rev().filter(|(name, _)| *name != "details").find_map(|(_, json)| any_half(json.as_object()?));
    half_pair(fields).or_else(below)
}

fn half_pair(fields: &Fields) -> Option<(Option<String>, Option<String>)> {
    let code = NAMES.iter().find_map(|(code, _)| text(fields.get(*code)));
    let message =
        NAMES.iter().find_map(|(_, message)| text(fields.get(*message))).or_else(|| text(fields.get("error")));
    (code.is_some() || message.is_some()).then_some((code, message))
}

/// A value by its name, here or in an object below.
fn anywhere(fields: &Fields, name: &str) -> Option<String> {
    text(fields.get(name)).or_else(|| fields.values().find_map(|json| anywhere(json.as_object()?, name)))
}

/// A list of errors, or the single object that some services write; and what `error_ext_msg` adds.
fn details(fields: &Fields) -> Vec<Detail> {
    let listed = list(fields.get("details")).iter().filter_map(detail);
    let more = text(fields.get("error_ext_msg")).map(|message| Detail { code: None, message: Some(message) });
    listed.chain(more).collect()
}

fn detail(json: &Json) -> Option<Detail> {
    let fields = json.as_object()?;
    let (code, message) = half_pair(fields).unwrap_or_default();
    let message = message.or_else(|| text(fields.get("details")));
    (code.is_some() || message.is_some()).then_some(Detail { code, message })
}

/// The elements of a list; a value that is no list counts as the only one.
fn list(json: Option<&Json>) -> &[Json] {
    match json {
        Some(Json::Array(items)) => items,
        Some(single) => std::slice::from_ref(single),
        None => &[],
    }
}

/// Text that says something, or a number as text.
fn text(json: Option<&Json>) -> Option<String> {
    match json? {
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
