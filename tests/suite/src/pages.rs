//! The repository's spec as a person reads it: with another YAML reader than the generator's, and none of its code.

#![allow(clippy::expect_used)] // a test fails here

use std::path::Path;

use serde_json::{Map, Value};

use crate::{files, repository};

/// The file of one operation.
#[derive(Clone, Debug)]
pub struct Page {
    /// Such as `dcs/update-migration-task.yaml`.
    pub file: String,
    /// What it says.
    pub operation: Value,
    /// What its service says of all operations.
    pub service: Value,
    /// The types of the service, by name.
    pub types: Map<String, Value>,
}

/// What an example becomes on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// Such as `PUT`.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers of its own, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The JSON body, if it has one.
    pub body: Option<Value>,
}

/// All operations, by file.
///
/// # Panics
///
/// If the spec cannot be read.
pub fn pages() -> Vec<Page> {
    let all = files(&repository().join("spec"));
    let is_yaml = |file: &str| Path::new(file).extension().is_some_and(|extension| extension == "yaml");
    let read = |(file, bytes): (&String, &Vec<u8>)| -> (String, Value) {
        (file.clone(), yaml_serde::from_slice(bytes).unwrap_or_else(|error| panic!("{file}: {error}")))
    };
    let all: Vec<(String, Value)> = all.iter().filter(|(file, _)| is_yaml(file)).map(read).collect();
    let of_service = |file: &str| {
        let folder = file.split_inclusive('/').next().unwrap_or_default().to_owned();
        all.iter().filter(move |(other, _)| other.starts_with(&folder) && other.contains('/'))
    };
    let types = |file: &str| {
        let types = of_service(file).filter_map(|(_, content)| content["types"].as_object());
        types.flatten().map(|(name, content)| (name.clone(), content.clone())).collect()
    };
    let service = |file: &str| {
        let service = of_service(file).find(|(other, _)| other.ends_with("/service.yaml"));
        service.unwrap_or_else(|| panic!("{file} has no service.yaml beside it")).1.clone()
    };
    let page = |(file, operation): &(String, Value)| Page {
        file: file.clone(),
        operation: operation.clone(),
        service: service(file),
        types: types(file),
    };
    all.iter().filter(|(_, content)| content["operation"].is_string()).map(page).collect()
}

impl Page {
    /// The examples, by name.
    ///
    /// # Panics
    ///
    /// If one has no name.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &Value)> {
        let all = self.operation["examples"].as_array().into_iter().flatten();
        all.map(|example| (example["name"].as_str().expect("examples have names"), example))
    }

    /// The examples that show a request.
    pub fn requests(&self) -> impl Iterator<Item = (&str, &Value)> {
        let parts = ["path", "query", "header", "request"];
        self.examples().filter(move |(_, example)| parts.iter().any(|part| example.get(part).is_some()))
    }

    /// The examples that show an answer: name, status and body.
    pub fn answers(&self) -> impl Iterator<Item = (&str, u16, Option<&Value>)> {
        self.examples().filter_map(|(name, example)| {
            let status = example["status"].as_u64().and_then(|status| u16::try_from(status).ok());
            let body = example.get("response");
            (status.is_some() || body.is_some()).then(|| (name, status.unwrap_or(200), body))
        })
    }

    /// What is said about the values that an example shows: where, and how it is seen there.
    pub fn seen<'a>(&'a self, example: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let all = self.operation["errata"].as_array().into_iter().flatten();
        let of_example = all.filter(move |erratum| erratum["seen"]["example"] == example);
        of_example.map(|erratum| (erratum["at"].as_str().unwrap_or_default(), &erratum["seen"]))
    }

    /// What the example must be on the wire.
    ///
    /// # Panics
    ///
    /// If the spec is not as its grammar says.
    pub fn expected(&self, name: &str, project_id: &str) -> Expected {
        let (_, example) = self.examples().find(|example| example.0 == name).expect("the example exists");
        let (method, path) =
            self.operation["http"].as_str().and_then(|http| http.split_once(' ')).expect("METHOD PATH");
        Expected {
            method: method.to_owned(),
            target: format!("{}{}", self.path(path, example, project_id), query(&self.query(name, example))),
            headers: pairs(&example["header"]).map(|(name, value)| (name.to_lowercase(), value)).collect(),
            body: self.operation.get("body").map(|_| self.body(name, example)),
        }
    }

    /// `{name}` becomes what the client supplies, what the example shows, or else the name itself.
    fn path(&self, template: &str, example: &Value, project_id: &str) -> String {
        let step = |step: &str| match step.strip_prefix('{').and_then(|step| step.strip_suffix('}')) {
            None => step.to_owned(),
            Some(name) if self.service["supplies"][name] == "project-id" => plain(project_id),
            Some(name) => plain(example["path"][name].as_str().unwrap_or(name)),
        };
        template.split('/').map(step).collect::<Vec<_>>().join("/")
    }

    /// The example's query, its mistakes mended as the errata say, and without nulls.
    fn query(&self, name: &str, example: &Value) -> Value {
        let mut query = example.get("query").cloned().unwrap_or_default();
        for (at, seen) in self.seen(name) {
            let (Some(at), Some(sent)) = (at.strip_prefix("query."), seen.get("sent")) else { continue };
            let replaced = replace(&mut query, &[at], &seen["value"], sent);
            assert!(replaced > 0, "{}, example {name}: {at:?} is not {}", self.file, seen["value"]);
        }
        drop_nulls(&mut query);
        query
    }

    /// The example's body, its mistakes mended as the errata say, and without nulls.
    fn body(&self, name: &str, example: &Value) -> Value {
        let mut body = example.get("request").cloned().unwrap_or_else(|| Value::Object(Map::new()));
        for (at, seen) in self.seen(name) {
            let Some(at) = at.strip_prefix("body.") else {
                let mended = seen.get("sent").is_none() || at.starts_with("query.");
                assert!(mended, "{}: {at} is sent otherwise, and neither in the body nor in the query", self.file);
                continue;
            };
            let at: Vec<&str> = at.split('.').collect();
            let sent = seen.get("sent").unwrap_or(&seen["value"]);
            let replaced = replace(&mut body, &at, &seen["value"], sent);
            assert!(replaced > 0, "{}, example {name}: {at:?} is not {}", self.file, seen["value"]);
        }
        drop_nulls(&mut body);
        body
    }
}

/// Replaces what is seen at a place, in each element where lists are on the way. How often it was seen.
fn replace(value: &mut Value, at: &[&str], seen: &Value, sent: &Value) -> usize {
    match (value, at) {
        (value, []) if value == seen => {
            *value = sent.clone();
            1
        }
        (Value::Array(items), _) => items.iter_mut().map(|item| replace(item, at, seen, sent)).sum(),
        (Value::Object(fields), [name, rest @ ..]) => {
            fields.get_mut(*name).map_or(0, |field| replace(field, rest, seen, sent))
        }
        _ => 0,
    }
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        _ => {}
    }
}

fn pairs(fields: &Value) -> impl Iterator<Item = (String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    fields.as_object().into_iter().flatten().map(move |(name, value)| (name.clone(), text(value)))
}

fn query(fields: &Value) -> String {
    let pairs: Vec<_> = pairs(fields).map(|(name, value)| format!("{}={}", plain(&name), plain(&value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// A value that looks the same in a URL. Encoding is tested elsewhere.
fn plain(value: &str) -> String {
    let same = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    assert!(value.bytes().all(same), "{value:?} looks otherwise in a URL; these tests must learn to encode it");
    value.to_owned()
}
