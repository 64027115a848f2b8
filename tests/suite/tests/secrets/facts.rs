//! What the spec says is secret in a request, and answers with secrets in them.

use std::collections::BTreeMap;

use migration_tests::pages::{Page, pages};
use serde_json::{Map, Value, json};

use crate::made_up;
use crate::sentinel::{ANSWERED, NUMBER};

pub(crate) struct Facts {
    /// The places of secrets, such as `body.disks.password`.
    pub(crate) secret: Vec<String>,
    /// Those of them whose length is limited.
    pub(crate) limited: Vec<String>,
    /// Answers with a secret in each sensitive field: first as documented, then with one field of another kind each.
    pub(crate) answers: Vec<String>,
}

/// Of all operations, and the one that is made up, by file.
pub(crate) fn all() -> BTreeMap<String, Facts> {
    pages().iter().chain([&*made_up::PAGE]).map(|page| (page.file.clone(), Facts::of(page))).collect()
}

/// The largest documented length by place, over all operations.
pub(crate) fn lengths() -> BTreeMap<String, usize> {
    let mut lengths = BTreeMap::new();
    for page in pages().iter().chain([&*made_up::PAGE]) {
        each_input(page, &mut |place, field| {
            let longest = longest(field).unwrap_or_default();
            let known: &mut usize = lengths.entry(place.to_owned()).or_default();
            *known = longest.max(*known);
        });
    }
    lengths
}

fn longest(field: &Value) -> Option<usize> {
    let length = field["length"].get("is").unwrap_or(&field["length"]);
    usize::try_from(length[1].as_u64()?).ok()
}

impl Facts {
    fn of(page: &Page) -> Self {
        let (mut secret, mut limited) = (Vec::new(), Vec::new());
        each_input(page, &mut |place, field| {
            if field["sensitive"] == true {
                secret.push(place.to_owned());
                limited.extend(longest(field).map(|_| place.to_owned()));
            }
        });
        Self { secret, limited, answers: answers(page) }
    }
}

fn named(field: &Value) -> &str {
    field["type"].as_str().or(field["type"]["is"].as_str()).unwrap_or_default()
}

/// What remains of a type below lists and maps.
fn leaf(mut name: &str) -> &str {
    while let Some(inner) = name.strip_prefix("list of ").or(name.strip_prefix("map of ")) {
        name = inner;
    }
    name
}

fn fields<'a>(page: &'a Page, name: &str) -> Option<&'a Map<String, Value>> {
    let ty = page.types.get(name)?;
    match ty["same_as"].as_str() {
        Some(other) => fields(page, other),
        None => ty["fields"].as_object(),
    }
}

/// Shows each field of the request, and its place.
fn each_input(page: &Page, show: &mut dyn FnMut(&str, &Value)) {
    let filled_in = |name: &String| {
        let credentials = page.service["credentials"].as_array().into_iter().flatten();
        page.service["supplies"].get(name).is_some() || credentials.into_iter().any(|credential| credential == name)
    };
    for section in ["path", "query", "header", "body"] {
        for (name, field) in page.operation[section].as_object().into_iter().flatten() {
            if section == "body" || !filled_in(name) {
                each_field(page, &format!("{section}.{name}"), field, &mut Vec::new(), show);
            }
        }
    }
}

fn each_field<'a>(
    page: &'a Page,
    place: &str,
    field: &'a Value,
    inside: &mut Vec<&'a str>,
    show: &mut dyn FnMut(&str, &Value),
) {
    show(place, field);
    let name = leaf(named(field));
    if inside.contains(&name) {
        return;
    }
    inside.push(name);
    for (below, field) in fields(page, name).into_iter().flatten() {
        each_field(page, &format!("{place}.{below}"), field, inside, show);
    }
    inside.pop();
}

fn answers(page: &Page) -> Vec<String> {
    let mut successes = page.operation["responses"].as_object().into_iter().flatten().filter_map(|(status, answer)| {
        status.starts_with('2').then(|| answer["body"].as_str().unwrap_or("none")).filter(|body| *body != "none")
    });
    match successes.next() {
        None => vec![String::new(), json!({ANSWERED: [ANSWERED]}).to_string(), format!("<{ANSWERED}>")],
        Some("text" | "binary") => vec![ANSWERED.to_owned()],
        Some("json") => vec![json!({ANSWERED: [ANSWERED]}).to_string(), format!("{{\"{ANSWERED}")],
        Some(body) => {
            let mut answers = Vec::new();
            for wrong in 0.. {
                let mut writer = Answer { page, left: wrong, inside: Vec::new() };
                let whole = writer.value(body, false).to_string();
                // The first one is as documented, and each that follows has one more field of another kind.
                if wrong > 0 && writer.left > 0 {
                    break;
                }
                answers.extend([whole[..whole.len() - 1].to_owned(), whole]);
            }
            let other = [json!(ANSWERED), json!([ANSWERED, {ANSWERED: ANSWERED}]), json!({"x": [[{"y": ANSWERED}]]})];
            answers.extend(other.map(|body| body.to_string()));
            answers
        }
    }
}

/// Writes an answer in which the field numbered `left`, from 1, is of another kind.
struct Answer<'a> {
    page: &'a Page,
    left: usize,
    inside: Vec<&'a str>,
}

impl<'a> Answer<'a> {
    fn value(&mut self, name: &'a str, sensitive: bool) -> Value {
        if let Some(inner) = name.strip_prefix("list of ") {
            // What stands in front of an element tells nothing of it, and what is none costs itself.
            return json!([self.value(inner, sensitive), null, [[ANSWERED]]]);
        }
        if let Some(inner) = name.strip_prefix("map of ") {
            return json!({"key": self.value(inner, sensitive), "other": [{"a": [ANSWERED]}]});
        }
        match name {
            "string" if sensitive => json!(ANSWERED),
            "string" => json!("text"),
            "json" => json!({"key": "text"}),
            "integer" | "number" => json!(1),
            "boolean" => json!(true),
            name => match fields(self.page, name) {
                Some(fields) if !self.inside.contains(&name) => self.object(name, fields),
                Some(_) => json!({}),
                None => json!("text of an enumeration"),
            },
        }
    }

    fn object(&mut self, name: &'a str, all: &'a Map<String, Value>) -> Value {
        self.inside.push(name);
        let mut object = Map::new();
        for (name, field) in all {
            let ty = named(field);
            for wrong in wrong_kinds(ty, field["sensitive"] == true, fields(self.page, ty).is_some()) {
                self.left = self.left.wrapping_sub(1);
                if self.left == 0 {
                    object.insert(name.clone(), wrong);
                }
            }
            if !object.contains_key(name) {
                object.insert(name.clone(), self.value(ty, field["sensitive"] == true));
            }
        }
        object.insert("unknown".to_owned(), json!({ANSWERED: [{"deep": ANSWERED}]}));
        object.insert(ANSWERED.to_owned(), json!(NUMBER));
        self.inside.pop();
        Value::Object(object)
    }
}

/// Values that a field of this type cannot take, or takes as a secret.
fn wrong_kinds(ty: &str, sensitive: bool, is_object: bool) -> Vec<Value> {
    let (text, list) = (json!(ANSWERED), json!([ANSWERED, [[{"deep": [ANSWERED]}]]]));
    let object = json!({ANSWERED: {"deep": [{"deeper": ANSWERED}]}});
    let is_map = ty.starts_with("map of ");
    match ty {
        "json" => Vec::new(),
        _ if ty.starts_with("list of ") => vec![text, object, json!(NUMBER)],
        _ if is_map || is_object => vec![text, list, json!(NUMBER)],
        "string" if sensitive => vec![list, object, json!(NUMBER), json!(7_340_587_340_587.5)],
        "integer" | "number" | "boolean" => vec![text, list, object],
        _ => vec![list, object],
    }
}
