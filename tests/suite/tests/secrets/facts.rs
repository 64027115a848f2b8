//! What the spec says is secret in a request, and answers with secrets in them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use migration_tests::pages::{Page, pages};
use migration_tests::shape::type_of;
use serde_json::{Map, Value, json};

use crate::made_up;
use crate::sentinel::{ANSWERED, NUMBER};

pub(crate) struct Facts {
    /// The places of secrets, such as `body.disks.password`.
    pub(crate) secret: Vec<String>,
    /// Those of them whose length is limited.
    pub(crate) limited: Vec<String>,
    /// Answers with a secret in each sensitive field: first as documented, then with fields of other kinds.
    pub(crate) answers: Vec<String>,
}

/// Reading the spec takes longer than most tests, so it is read once for all.
static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| pages().into_iter().chain([made_up::PAGE.clone()]).collect());

/// Of all operations, and the one that is made up, by file.
pub(crate) fn all() -> &'static BTreeMap<String, Facts> {
    static FACTS: LazyLock<BTreeMap<String, Facts>> =
        LazyLock::new(|| PAGES.iter().map(|page| (page.file.clone(), Facts::of(page))).collect());
    &FACTS
}

/// The largest documented length by place, over all operations.
pub(crate) fn lengths() -> BTreeMap<String, usize> {
    let mut lengths = BTreeMap::new();
    for page in &*PAGES {
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

/// What remains of a type below lists and maps.
fn leaf(mut name: &str) -> &str {
    while let Some(inner) = name.strip_prefix("list of ").or(name.strip_prefix("map of ")) {
        name = inner;
    }
    name
}

/// Shows each field of the request, and its place.
fn each_input(page: &Page, show: &mut dyn FnMut(&str, &Value)) {
    for section in ["path", "query", "header", "body"] {
        for (name, field) in page.operation[section].as_object().into_iter().flatten() {
            if section == "body" || !page.is_filled_in(name) {
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
    let name = leaf(type_of(field));
    if inside.contains(&name) {
        return;
    }
    inside.push(name);
    for (below, field) in page.fields(name).into_iter().flatten() {
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
            let as_documented = Answer::write(page, body, None).0.to_string();
            let mut answers = vec![as_documented[..as_documented.len() - 1].to_owned(), as_documented];
            // A value that is lost hides what would have been below it, so depth by depth.
            for depth in 0.. {
                let of_depth = (0..).map(|kind| Answer::write(page, body, Some((depth, kind))));
                let before = answers.len();
                answers.extend(of_depth.take_while(|(_, wrong)| *wrong > 0).map(|(answer, _)| answer.to_string()));
                if answers.len() == before {
                    break;
                }
            }
            // Elements that are documented as texts are shown, and no others.
            let element = if page.fields(leaf(body)).is_some() { json!(ANSWERED) } else { json!([{"deep": ANSWERED}]) };
            let other = [json!(ANSWERED), json!([element, {ANSWERED: ANSWERED}]), json!({"x": [[{"y": ANSWERED}]]})];
            answers.extend(other.map(|body| body.to_string()));
            answers
        }
    }
}

/// Writes an answer in which all fields of one depth are of another kind: of the first such kind, the second and so on.
struct Answer<'a> {
    page: &'a Page,
    depth_and_kind: Option<(usize, usize)>,
    /// How many of them there are.
    wrong: usize,
    inside: Vec<&'a str>,
}

impl<'a> Answer<'a> {
    fn write(page: &'a Page, body: &'a str, depth_and_kind: Option<(usize, usize)>) -> (Value, usize) {
        let mut writer = Self { page, depth_and_kind, wrong: 0, inside: Vec::new() };
        let answer = writer.value(body, false);
        (answer, writer.wrong)
    }

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
            name => match self.page.fields(name) {
                Some(fields) if !self.inside.contains(&name) => self.object(name, fields),
                Some(_) => json!({}),
                None => json!("text of an enumeration"),
            },
        }
    }

    fn object(&mut self, name: &'a str, all: &'a Map<String, Value>) -> Value {
        let kind = self.depth_and_kind.filter(|(depth, _)| *depth == self.inside.len()).map(|(_, kind)| kind);
        self.inside.push(name);
        let mut object = Map::new();
        for (name, field) in all {
            let (ty, sensitive) = (type_of(field), field["sensitive"] == true);
            let wrong =
                kind.and_then(|kind| wrong_kinds(ty, sensitive, self.page.fields(ty).is_some()).into_iter().nth(kind));
            self.wrong += usize::from(wrong.is_some());
            object.insert(name.clone(), wrong.unwrap_or_else(|| self.value(ty, sensitive)));
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

/// Each documented field is of each other kind somewhere.
#[test]
fn every_field_is_of_another_kind_somewhere() {
    let answers = answers(&made_up::PAGE);
    for (place, ty, sensitive) in [
        ("/secret", "string", true),
        ("/parts", "list of Part", false),
        ("/by_name", "map of Part", false),
        ("/part/name", "string", false),
        ("/part/count", "integer", false),
        ("/part/secret", "string", true),
        ("/parts/0/list", "list of string", true),
        ("/by_name/key/map", "map of string", true),
    ] {
        for wrong in wrong_kinds(ty, sensitive, false) {
            let is_there = |answer: &String| {
                serde_json::from_str::<Value>(answer).is_ok_and(|answer| answer.pointer(place) == Some(&wrong))
            };
            assert!(answers.iter().any(is_there), "{place} is never {wrong}");
        }
    }
}
