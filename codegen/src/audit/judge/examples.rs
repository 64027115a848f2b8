//! Examples of the spec against those of the page.

use serde_json::Value as Json;

use super::{Cx, Is, Said};
use crate::audit::claims::{Claim, Fact, Holder};
use crate::audit::{find, samples};
use crate::decode::{Literal, Number};
use crate::grammar::Basis;
use crate::model::Location;
use crate::page::Example;
use crate::read::{Node, Value};

pub(super) fn says(cx: &Cx<'_>, fact: &Fact<'_>) -> Said {
    match &fact.claim {
        Claim::Sends(body) => body_of(cx, Holder::Inputs(Location::Body), body),
        Claim::Receives { status, body } => body_of(cx, Holder::Answer(*status), body),
        Claim::Gives { location, name, value } => gives(cx, *location, name, value),
        _ => Said::new(Is::Unclear(String::new()), None),
    }
}

fn body_of(cx: &Cx<'_>, holder: Holder, body: &Node) -> Said {
    let examples = || cx.page.examples.iter().filter(|example| samples::holder(cx.operation, example) == Some(holder));
    let json = |example: &'_ Example| example.json.as_ref().map(|json| difference(body, json, ""));
    if let Some(example) = examples().find(|example| json(example) == Some(None)) {
        return Said::new(Is::Same, example.line);
    }
    let unread = examples().find(|example| example.json.is_none() && !example.text.trim().is_empty());
    if let Some(example) = unread {
        return Said::new(Is::Unclear("an example there is no JSON".to_owned()), example.line);
    }
    let code = cx.page.unread.iter().find(|unread| unread.kind == crate::page::UnreadKind::Code);
    if let (None, Some(code)) = (examples().next(), code) {
        return Said::new(Is::Unclear(format!("an example could not be read: {}", code.why)), code.line);
    }
    // Of those that differ, the one that differs latest is meant.
    let nearest = examples().filter_map(|example| Some((json(example)??, example.line)));
    match nearest.max_by_key(|(difference, _)| difference.depth) {
        Some((difference, line)) => Said::new(Is::Differs(format!("an example with {}", difference.what)), line),
        None => Said::new(Is::Silent("no such example".to_owned()), None),
    }
}

/// Where two values differ first.
#[derive(Debug, PartialEq, Eq)]
struct Difference {
    /// How much was the same before.
    depth: usize,
    what: String,
}

/// Where the example of the page is another than ours.
fn difference(ours: &Node, page: &Json, at: &str) -> Option<Difference> {
    let place = if at.is_empty() { "the body" } else { at };
    let differs = |depth, what: String| Some(Difference { depth, what });
    match (&ours.value, page) {
        (Value::Map(entries), Json::Object(object)) => {
            let inner = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
            for (depth, entry) in entries.iter().enumerate() {
                let Some(value) = object.get(&*entry.key) else {
                    return differs(depth, format!("no `{}`", inner(&entry.key)));
                };
                if let Some(found) = difference(&entry.value, value, &inner(&entry.key)) {
                    return differs(depth + found.depth, found.what);
                }
            }
            let more = object.keys().find(|name| entries.iter().all(|entry| *entry.key != ***name))?;
            differs(entries.len(), format!("`{}` too", inner(more)))
        }
        (Value::List(items), Json::Array(array)) => {
            if items.len() != array.len() {
                return differs(0, format!("{} entries in `{place}`", array.len()));
            }
            items.iter().zip(array).find_map(|(ours, page)| difference(ours, page, at))
        }
        _ if Literal::of(ours).is_some_and(|literal| is(&literal, page)) => None,
        _ => differs(0, format!("{} at `{place}`", super::limits::short(&page.to_string()))),
    }
}

fn is(literal: &Literal, json: &Json) -> bool {
    match (literal, json) {
        (Literal::Null, Json::Null) => true,
        (Literal::Boolean(one), Json::Bool(other)) => one == other,
        (Literal::Text(one), Json::String(other)) => same_text(one, other),
        (Literal::Number(Number::Integer(one)), Json::Number(other)) => other.as_i64() == Some(*one),
        (Literal::Number(Number::Float(one)), Json::Number(other)) => other.as_f64() == Some(*one),
        _ => false,
    }
}

/// Whether a value of the spec is one of the page.
pub(crate) fn same_json(ours: &Node, page: &Json) -> bool {
    difference(ours, page, "").is_none()
}

/// Blanks are lost and doubled where lines are folded, in pages and in the spec.
fn same_text(one: &str, other: &str) -> bool {
    one == other || one.split_whitespace().eq(other.split_whitespace())
}

/// A value in the path or query of an example's request.
fn gives(cx: &Cx<'_>, location: Location, name: &str, value: &Node) -> Said {
    let Some(literal) = Literal::of(value) else {
        return Said::new(Is::Unclear("a list in a request line is not read".to_owned()), None);
    };
    let mut lines =
        cx.page.examples.iter().filter_map(|example| Some((example.line, example.request.as_ref()?))).peekable();
    if location == Location::Header || lines.peek().is_none() {
        return Said::new(Is::Unclear("no example's request line shows it".to_owned()), None);
    }
    let (mut other, mut fitting) = (None, None);
    for (line, request) in lines {
        let Some(values) = find::values(&cx.operation.http.path, &request.path) else { continue };
        fitting = fitting.or(Some(line));
        let found: Option<String> = match location {
            Location::Path => values.into_iter().find(|(found, _)| *found == name).map(|(_, value)| value.to_owned()),
            _ => request.query.as_deref().and_then(|query| of_query(query, name)),
        };
        match found {
            Some(found) if found == literal.to_string() => return Said::new(Is::Same, line),
            Some(found) => other = other.or(Some((found, line))),
            None => {}
        }
    }
    match (other, fitting) {
        (Some((found, line)), _) if found.starts_with('{') && found.ends_with('}') => {
            Said::new(Is::Unclear("its address shows placeholders".to_owned()), line)
        }
        (Some((found, line)), _) => Said::new(Is::Differs(format!("an example with `{found}` for `{name}`")), line),
        (None, Some(line)) => Said::new(Is::Silent("no example's address has it".to_owned()), line),
        (None, None) => Said::new(Is::Unclear("no example's address is one of this operation".to_owned()), None),
    }
}

fn of_query(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(found, _)| *found == name).map(|(_, value)| value.trim().to_owned()).next()
}

/// What examples say of a field that has no row, if the spec claims no more than that.
pub(super) fn of_field(cx: &Cx<'_>, fact: &Fact<'_>) -> Option<Said> {
    if fact.by.basis != Basis::Example {
        return None;
    }
    let mut samples = cx.samples.of_field(fact.holder, fact.name).peekable();
    let Some((line, _)) = samples.peek().copied() else {
        return Some(Said::new(Is::Unclear("no example shows it".to_owned()), None));
    };
    let is = match &fact.claim {
        Claim::Present | Claim::Need(crate::grammar::Need::Unstated) => Is::Found,
        Claim::Type(field) => {
            if samples.all(|(_, sample)| fits(&field.ty, field.as_text.is_some(), sample)) {
                Is::Found
            } else {
                Is::Differs("a value of another type in an example".to_owned())
            }
        }
        Claim::Value { text, .. } if samples.any(|(_, sample)| sample.as_str() == Some(text)) => Is::Found,
        _ => Is::Unclear("an example does not tell".to_owned()),
    };
    Some(Said::new(is, line))
}

fn fits(ty: &crate::model::Ty, as_text: bool, sample: &Json) -> bool {
    use crate::model::Ty;
    match (ty, sample) {
        (_, Json::Null)
        | (Ty::Json | Ty::Invalid, _)
        | (Ty::String | Ty::Secret | Ty::Enum(_), Json::String(_))
        | (Ty::Object(_), Json::Object(_))
        | (Ty::Enum(_), Json::Number(_)) => true,
        (Ty::List(inner), Json::Array(items)) => items.iter().all(|item| fits(inner, as_text, item)),
        (Ty::Map(inner), Json::Object(entries)) => entries.values().all(|entry| fits(inner, as_text, entry)),
        (Ty::Integer | Ty::Number | Ty::Boolean, Json::String(_)) => as_text,
        (Ty::Integer, Json::Number(number)) => !as_text && !number.is_f64(),
        (Ty::Number, Json::Number(_)) | (Ty::Boolean, Json::Bool(_)) => !as_text,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::diagnostic::Diagnostics;
    use crate::sources::FileId;

    #[test]
    fn where_examples_differ() {
        let cases = [
            ("{a: 1}", r#"{"a": 1}"#, None),
            ("{a: ~, b: [x, true]}", r#"{"b": ["x", true], "a": null}"#, None),
            ("{a: '1'}", r#"{"a": 1}"#, Some("1 at `a`")),
            ("{a: 1, b: 2}", r#"{"a": 1}"#, Some("no `b`")),
            ("{a: 1}", r#"{"a": 1, "c": {}}"#, Some("`c` too")),
            ("{a: {b: [{c: x}]}}", r#"{"a": {"b": [{"c": "y"}]}}"#, Some("\"y\" at `a.b.c`")),
            ("{a: [1]}", r#"{"a": [1, 2]}"#, Some("2 entries in `a`")),
            ("{a: {b: ''}}", r#"{"a": {"b": ""}}"#, None),
            ("{a: x y}", r#"{"a": "x  y"}"#, None),
        ];
        for (ours, page, expected) in cases {
            let node = crate::read::read(FileId(0), ours.as_bytes(), &mut Diagnostics::default()).unwrap();
            let found = difference(&node, &serde_json::from_str(page).unwrap(), "");
            assert_eq!(found.map(|found| found.what).as_deref(), expected, "{ours}");
        }
    }
}
