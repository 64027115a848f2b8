//! The code of an example: the line of a request, then perhaps JSON.

use super::lines::request_line;
use crate::page::facts::{Example, Request, Side};
use crate::page::words;

/// The example, and why its body could not be read if it could not.
pub(super) fn read(
    line: u32,
    side: Side,
    caption: Option<String>,
    status: Option<u16>,
    text: &str,
) -> (Example, Option<String>) {
    let start = text.trim_start();
    let first = start.lines().next().unwrap_or_default();
    let (request, rest) = match request_of(first) {
        Some((request, length)) if side == Side::Request => (Some(request), &start[length..]),
        // The method was left out.
        _ if side == Side::Request && first.starts_with("http") => (None, &start[first.len()..]),
        _ => (None, start),
    };
    // Headers may stand before the body.
    let bare = request.is_some() || rest.len() < start.len();
    let body = if bare || !rest.starts_with(['{', '[', '"']) { body_of(rest) } else { rest };
    let body = if body.is_empty() && !bare { rest } else { body }.trim();
    let (json, why) = match serde_json::from_str(body) {
        Ok(json) => (Some(json), None),
        Err(_) if body.is_empty() && bare => (None, None),
        Err(error) => (None, Some(format!("its body is no JSON: {error}"))),
    };
    let example = Example { line, side, caption, status, request, text: body.to_owned(), json };
    (example, why)
}

/// The request of a line, and how much of the line it takes: a body may follow it.
fn request_of(line: &str) -> Option<(Request, usize)> {
    if let Some(request) = request_line(line) {
        return Some((request, line.len()));
    }
    let (_, rest) = words::method(line)?;
    let url = rest.find(char::is_whitespace)?;
    let length = line.len() - rest.len() + url;
    let request = request_line(&line[..length])?;
    Some((request, length))
}

fn body_of(rest: &str) -> &str {
    if rest.trim_start().starts_with(['{', '[']) {
        return rest;
    }
    let begin =
        rest.match_indices(['{', '[']).find(|(at, _)| rest[..*at].trim_end_matches([' ', '\t']).ends_with('\n'));
    begin.map_or("", |(at, _)| &rest[at..])
}
