//! Every operation with every field set arrives as the spec says: name, place and kind of each value.
//!
//! The examples of pages show a few fields of a few operations; this is the rest.

use std::collections::BTreeSet;

use huaweicloud_migration::{Checks, Operation};
use migration_tests::loopback::{Answer, Received};
use migration_tests::pages::{Page, pages};
use migration_tests::shape::Shape;
use serde_json::Value;

use crate::filled::{Visitor, visit};
use crate::world::{PROJECT, World};

const INTEGER: i64 = 7;
const NUMBER: f64 = 2.5;

struct Sender {
    world: World,
    pages: Vec<Page>,
    seen: BTreeSet<String>,
}

impl Visitor for Sender {
    /// Each text names the place it was meant for.
    fn text(&self, place: &'static str) -> String {
        place.to_owned()
    }

    fn integer(&self, _: &'static str) -> i64 {
        INTEGER
    }

    fn number(&self, _: &'static str) -> f64 {
        NUMBER
    }

    fn request<O: Operation + 'static>(&mut self, file: &'static str, request: O) {
        let page =
            self.pages.iter().find(|page| page.file == file).unwrap_or_else(|| panic!("there is no spec/{file}"));
        // Limits and rules are tested elsewhere.
        let client = self.world.builder().checks(Checks::Off).build().unwrap();
        self.world.send(&client, &request).unwrap_or_else(|error| panic!("{file}: {error}"));
        let problems = problems(page, &self.world.received());
        assert!(problems.is_empty(), "{file}:\n{}", problems.join("\n"));
        assert!(self.seen.insert(file.to_owned()), "{file} comes twice");
    }
}

#[test]
fn every_field_of_every_operation_arrives_in_its_place() {
    let mut sender =
        Sender { world: World::answering(Answer::new(200, "")), pages: pages(), seen: BTreeSet::default() };
    visit(&mut sender);
    let all: BTreeSet<_> = sender.pages.iter().map(|page| page.file.clone()).collect();
    assert_eq!(sender.seen, all, "left: what was sent; right: what is in the spec");
}

/// Where what arrived is not what the spec says.
fn problems(page: &Page, received: &Received) -> Vec<String> {
    let mut problems = Vec::new();
    let (method, path) = page.operation["http"].as_str().and_then(|http| http.split_once(' ')).unwrap();
    let (sent, query) = received.target.split_once('?').unwrap_or((&received.target, ""));
    if (&*received.method, sent) != (method, &*filled(page, path)) {
        problems.push(format!("{} {sent} is not {method} {}", received.method, filled(page, path)));
    }
    let pairs: Vec<(String, String)> =
        query.split('&').filter_map(|pair| pair.split_once('=')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    parameters(page, "query", &pairs, &mut problems);
    let own = |(name, _): &&(String, String)| !USUAL.contains(&name.as_str());
    let headers: Vec<(String, String)> = received.headers.iter().filter(own).cloned().collect();
    parameters(page, "header", &headers, &mut problems);

    let body = (!received.body.is_empty()).then(|| serde_json::from_slice::<Value>(&received.body).unwrap());
    match (page.operation.get("body").is_some(), body) {
        (true, Some(body)) => object(&page.given("body"), &body, "body", &mut problems),
        (documented, body) if documented == body.is_some() => {}
        (documented, _) => problems.push(format!("a body is documented: {documented}; sent: {}", !documented)),
    }
    problems
}

/// Headers that every call has.
const USUAL: [&str; 6] = ["accept", "content-length", "content-type", "host", "user-agent", "x-auth-token"];

/// The path with the values that the visitor and the client give.
fn filled(page: &Page, template: &str) -> String {
    let given = page.given("path");
    template.split('{').fold(String::new(), |path, part| match part.split_once('}') {
        None => path + part,
        Some((name, rest)) => {
            let value = match given.iter().find(|(given, _)| given == name) {
                None => PROJECT.to_owned(),
                Some((_, Shape::Integer { .. })) => INTEGER.to_string(),
                Some(_) => format!("path.{name}"),
            };
            path + &value + rest
        }
    })
}

/// Compares query parameters or headers: each documented one once, and no others.
fn parameters(page: &Page, section: &str, sent: &[(String, String)], problems: &mut Vec<String>) {
    let given = page.given(section);
    let same = |a: &str, b: &str| if section == "header" { a.eq_ignore_ascii_case(b) } else { a == b };
    for (name, shape) in &given {
        let place = format!("{section}.{name}");
        let values: Vec<&str> =
            sent.iter().filter(|(sent, _)| same(sent, name)).map(|(_, value)| value.as_str()).collect();
        let [value] = values[..] else {
            problems.push(format!("{place} is there {} times", values.len()));
            continue;
        };
        let shape = if let Shape::List(element) = shape { element } else { shape };
        let is_right = match shape {
            Shape::Text { .. } => value == place,
            Shape::Integer { .. } => value == INTEGER.to_string(),
            Shape::Number { .. } => value == NUMBER.to_string(),
            Shape::Boolean => value == "true",
            Shape::Choice { values, .. } => values.iter().any(|documented| documented == value),
            Shape::Json | Shape::List(_) | Shape::Map(_) | Shape::Object(_) => false,
        };
        if !is_right {
            problems.push(format!("{place} is {value:?}, not {shape:?}"));
        }
    }
    let strays = sent.iter().filter(|(sent, _)| !given.iter().any(|(name, _)| same(sent, name)));
    problems.extend(strays.map(|(name, value)| format!("{section}.{name} is not documented: {value:?}")));
}

fn object(fields: &[(String, Shape)], value: &Value, place: &str, problems: &mut Vec<String>) {
    let Some(sent) = value.as_object() else { return problems.push(format!("{place} is no object: {value}")) };
    for (name, shape) in fields {
        let place = format!("{place}.{name}");
        match sent.get(name) {
            Some(value) => one(shape, value, &place, problems),
            None => problems.push(format!("{place} is missing")),
        }
    }
    let strays = sent.keys().filter(|sent| !fields.iter().any(|(name, _)| name == *sent));
    problems.extend(strays.map(|name| format!("{place}.{name} is not documented")));
}

fn one(shape: &Shape, value: &Value, place: &str, problems: &mut Vec<String>) {
    let is_right = match shape {
        Shape::Text { .. } => value.as_str() == Some(place),
        Shape::Integer { text: false } => value.as_i64() == Some(INTEGER),
        Shape::Number { text: false } => value.as_f64() == Some(NUMBER),
        Shape::Integer { text: true } => value.as_str() == Some(&INTEGER.to_string()),
        Shape::Number { text: true } => value.as_str() == Some(&NUMBER.to_string()),
        Shape::Boolean => *value == true,
        Shape::Json => true,
        Shape::Choice { values, integer } => {
            let text = if *integer {
                value.as_i64().map(|value| value.to_string())
            } else {
                value.as_str().map(str::to_owned)
            };
            text.is_some_and(|text| values.contains(&text))
        }
        // Elements are at the place of their field.
        Shape::List(element) => {
            return each(element, value.as_array().map(|items| items.iter().collect()), value, place, problems);
        }
        Shape::Map(element) => {
            return each(element, value.as_object().map(|entries| entries.values().collect()), value, place, problems);
        }
        Shape::Object(fields) => return object(fields, value, place, problems),
    };
    if !is_right {
        problems.push(format!("{place} is {value}, not {shape:?}"));
    }
}

fn each(element: &Shape, values: Option<Vec<&Value>>, value: &Value, place: &str, problems: &mut Vec<String>) {
    match values {
        Some(values) if !values.is_empty() => values.into_iter().for_each(|value| one(element, value, place, problems)),
        _ => problems.push(format!("{place} is {value}, not some {element:?}")),
    }
}
