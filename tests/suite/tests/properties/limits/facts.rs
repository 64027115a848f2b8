//! What the spec documents of each request, read by code of its own.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// One documented limit.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) limit: Limit,
    pub(super) by: By,
    pub(super) clouds: Clouds,
}

#[derive(Clone, Debug)]
pub(super) enum Limit {
    Length(Option<u64>, Option<u64>),
    Items(Option<u64>, Option<u64>),
    /// JSON numbers, or null.
    Range(Value, Value),
    Pattern(String),
    Known(Vec<String>),
    Doubtful(String),
}

/// Which clouds a fact holds on.
#[derive(Clone, Debug)]
pub(super) enum Clouds {
    All,
    Only(String),
    Except(Vec<String>),
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct By {
    pub(super) warning: bool,
    pub(super) basis: String,
    pub(super) page: String,
}

/// A field of a request, and what is below it.
#[derive(Clone, Debug)]
pub(super) struct Input {
    /// With its section at the top, such as `body.disks`; below it the field alone.
    pub(super) name: String,
    /// Such as `body.disks.name`.
    pub(super) place: String,
    pub(super) is_list: bool,
    /// The type, below lists.
    pub(super) leaf: Leaf,
    pub(super) sensitive: bool,
    pub(super) facts: Vec<Fact>,
    pub(super) below: Vec<Input>,
    /// Rules of the type, on what is below.
    pub(super) rules: Vec<Rule>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Leaf {
    Text,
    Integer,
    Number,
    Boolean,
    Enum,
    /// JSON and objects: nothing that a limit could be about.
    Other,
}

/// A rule over several fields.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) fields: Vec<String>,
    pub(super) when: Map<String, Value>,
    pub(super) by: By,
}

#[derive(Debug)]
pub(super) struct Operation {
    /// Such as `dcs/update-migration-task.yaml`.
    pub(super) file: String,
    pub(super) inputs: Vec<Input>,
    pub(super) rules: Vec<Rule>,
}

/// All operations, by file.
pub(super) static OPERATIONS: LazyLock<BTreeMap<String, Operation>> = LazyLock::new(|| {
    let all = migration_tests::files(&migration_tests::repository().join("spec"));
    let is_yaml = |file: &str| file.contains('/') && Path::new(file).extension().is_some_and(|end| end == "yaml");
    let all: BTreeMap<String, Value> = all
        .into_iter()
        .filter(|(file, _)| is_yaml(file))
        .map(|(file, bytes)| {
            let content = yaml_serde::from_slice(&bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
            (file, content)
        })
        .collect();
    let service = |file: &str| file.split_once('/').unwrap().0.to_owned();
    let mut types: HashMap<String, Types<'_>> = HashMap::new();
    for (file, content) in &all {
        for (name, ty) in content["types"].as_object().into_iter().flatten() {
            types.entry(service(file)).or_default().insert(name, (content, ty));
        }
    }
    let operations = all.iter().filter(|(_, content)| content["operation"].is_string());
    operations
        .map(|(file, content)| {
            let reader = Reader { file: content, types: &types[&service(file)] };
            (file.clone(), reader.operation(file.clone()))
        })
        .collect()
});

/// The types of a service, each with the file that holds it.
type Types<'a> = HashMap<&'a str, (&'a Value, &'a Value)>;

struct Reader<'a> {
    file: &'a Value,
    types: &'a Types<'a>,
}

impl<'a> Reader<'a> {
    fn operation(&self, file: String) -> Operation {
        let mut inputs = Vec::new();
        for section in ["path", "query", "header", "body"] {
            for (name, field) in self.file[section].as_object().into_iter().flatten() {
                let name = format!("{section}.{name}");
                inputs.push(self.input(self.file, name.clone(), name, field, &mut Vec::new()));
            }
        }
        let rules = rules_of(self.file, &self.file["rules"], Some("body"));
        Operation { file, inputs, rules }
    }

    fn input(&self, file: &Value, name: String, place: String, field: &'a Value, inside: &mut Vec<&'a str>) -> Input {
        let ty = field["type"].as_str().or(field["type"]["is"].as_str()).unwrap();
        let leaf = ty.strip_prefix("list of ").unwrap_or(ty);
        assert!(!leaf.contains(' '), "{place} is a {ty}; these tests must learn of it");
        let by = attributed(file, field, None);
        let by = By { warning: false, ..by };
        let mut facts: Vec<Fact> = ["length", "range", "items", "pattern"]
            .into_iter()
            .flat_map(|kind| facts(file, field, kind, &by))
            .collect();
        let (mut below, mut rules) = (Vec::new(), Vec::new());
        let mut kind = match leaf {
            "string" => Leaf::Text,
            "integer" => Leaf::Integer,
            "number" => Leaf::Number,
            "boolean" => Leaf::Boolean,
            _ => Leaf::Other,
        };
        if let Some((holder, of)) = self.types.get(leaf) {
            if let Some(values) = of["enum"].as_object() {
                kind = Leaf::Enum;
                // Limits beside a list of values are implied by it.
                facts.retain(|fact| matches!(fact.limit, Limit::Items(..)));
                facts.extend(values_of(holder, values, &by));
            } else {
                assert!(!inside.contains(&leaf), "{place} holds itself; these tests must learn of it");
                inside.push(leaf);
                for (name, field) in of["fields"].as_object().unwrap() {
                    below.push(self.input(holder, name.clone(), format!("{place}.{name}"), field, inside));
                }
                inside.pop();
                rules = rules_of(holder, &of["rules"], None);
            }
        }
        let is_list = leaf.len() < ty.len();
        Input { name, place, is_list, leaf: kind, sensitive: field["sensitive"] == true, facts, below, rules }
    }
}

/// Rules of an operation name fields of the body by name, and other parameters with their section.
fn rules_of(file: &Value, rules: &Value, section: Option<&str>) -> Vec<Rule> {
    let sections = ["path", "query", "header"];
    let place = |name: &str| match section {
        Some(section) if !sections.contains(&name.split('.').next().unwrap()) => format!("{section}.{name}"),
        _ => name.to_owned(),
    };
    let checked = rules.as_array().into_iter().flatten().filter(|rule| rule["kind"] != "unchecked");
    checked
        .map(|rule| Rule {
            id: rule["id"].as_str().unwrap().to_owned(),
            kind: rule["kind"].as_str().unwrap().to_owned(),
            fields: rule["fields"].as_array().unwrap().iter().map(|name| place(name.as_str().unwrap())).collect(),
            when: rule["when"].as_object().into_iter().flatten().map(|(name, is)| (place(name), is.clone())).collect(),
            by: attributed(file, rule, None),
        })
        .collect()
}

fn pages(file: &Value) -> &[Value] {
    file["pages"].as_array().map_or(&[], Vec::as_slice)
}

/// The page that facts come from unless they say otherwise.
fn lead(file: &Value) -> &Value {
    let all = pages(file);
    all.iter().find(|page| page["lead"] == true).or(all.first()).unwrap_or(&Value::Null)
}

fn basis_of(file: &Value, page: &str) -> String {
    let page = pages(file).iter().find(|other| other["id"] == page).unwrap();
    page["basis"].as_str().unwrap_or("table").to_owned()
}

/// Where something comes from that is inside of something else.
fn attributed(file: &Value, fact: &Value, outer: Option<&By>) -> By {
    let own = fact["page"].as_str();
    let inherited = outer.map_or_else(|| lead(file)["id"].as_str().unwrap_or_default(), |outer| &outer.page);
    let page = own.unwrap_or(inherited).to_owned();
    let basis = match (fact["basis"].as_str(), outer) {
        (Some(basis), _) => basis.to_owned(),
        (None, Some(outer)) if own.is_none() => outer.basis.clone(),
        _ if page.is_empty() => "table".to_owned(),
        _ => basis_of(file, &page),
    };
    By { warning: fact["level"] == "warning", basis, page }
}

/// The fact of one kind: on all clouds but those that differ, and on each that does.
fn facts(file: &Value, field: &Value, kind: &str, by: &By) -> Vec<Fact> {
    let on: Vec<(&String, &Value)> = field["on"]
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(cloud, facts)| Some((cloud, facts.get(kind)?)))
        .collect();
    let others: Vec<String> = on.iter().map(|(cloud, _)| (*cloud).clone()).collect();
    let clouds = if others.is_empty() { Clouds::All } else { Clouds::Except(others) };
    let mut found: Vec<Fact> = field.get(kind).and_then(|fact| one(file, fact, kind, by, clouds)).into_iter().collect();
    for (cloud, fact) in on {
        // It comes from the page of that cloud, if there is just one.
        let mut of_cloud = pages(file).iter().filter(|page| page["cloud"] == cloud.as_str());
        let page = match (of_cloud.next(), of_cloud.next()) {
            (Some(only), None) => only["id"].as_str().unwrap().to_owned(),
            _ => by.page.clone(),
        };
        found.extend(one(file, fact, kind, &By { page, ..by.clone() }, Clouds::Only(cloud.clone())));
    }
    found
}

fn one(file: &Value, fact: &Value, kind: &str, outer: &By, clouds: Clouds) -> Option<Fact> {
    let is = fact.get("is").unwrap_or(fact);
    let sizes = || (is[0].as_u64(), is[1].as_u64());
    let limit = match kind {
        "length" => Limit::Length(sizes().0, sizes().1),
        "items" => Limit::Items(sizes().0, sizes().1),
        "range" => Limit::Range(is[0].clone(), is[1].clone()),
        // What the engine cannot express is not checked.
        _ => Limit::Pattern(is.as_str()?.to_owned()),
    };
    Some(Fact { limit, by: attributed(file, fact, Some(outer)), clouds })
}

/// The listed values, and each of them that is doubtful.
fn values_of(file: &Value, values: &Map<String, Value>, field: &By) -> Vec<Fact> {
    let by = |value: &Value| attributed(file, value, None);
    let bases = ["table", "prose", "example", "sibling-page", "sdk"];
    let rank = |by: &By| {
        let page = pages(file).iter().position(|page| page["id"] == by.page.as_str());
        (bases.iter().position(|basis| *basis == by.basis), page)
    };
    // They come from where the field does, unless all of them come from elsewhere than their file does.
    let best = values.values().map(by).filter(|by| !by.warning).min_by_key(rank);
    let evidence = best.filter(|best| *best != attributed(file, &Value::Null, None)).unwrap_or_else(|| field.clone());
    let fact = |limit, by| Fact { limit, by, clouds: Clouds::All };
    let mut found = vec![fact(Limit::Known(values.keys().cloned().collect()), evidence)];
    let doubtful = values.iter().filter(|(_, value)| by(value).warning);
    found.extend(doubtful.map(|(text, value)| fact(Limit::Doubtful(text.clone()), by(value))));
    found
}
