//! What values look like in JSON, as the spec documents them.

use serde_json::{Map, Value};

use crate::pages::Page;

/// The kind of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A text; a secret one is never shown.
    Text {
        /// Whether it is sensitive.
        secret: bool,
    },
    /// A whole number, in JSON a text if `text`.
    Integer {
        /// Whether JSON carries it as text.
        text: bool,
    },
    /// A number, in JSON a text if `text`.
    Number {
        /// Whether JSON carries it as text.
        text: bool,
    },
    /// `true` or `false`.
    Boolean,
    /// Any JSON.
    Json,
    /// One of the documented values, or another.
    Choice {
        /// The documented values.
        values: Vec<String>,
        /// Whether they are whole numbers in JSON.
        integer: bool,
    },
    /// Any number of values.
    List(Box<Shape>),
    /// Values by name.
    Map(Box<Shape>),
    /// Fields, in the order of the spec. One whose type the object is inside of is left out.
    Object(Vec<(String, Shape)>),
}

/// The type of a field, as the spec writes it.
pub fn type_of(field: &Value) -> &str {
    field["type"].as_str().or(field["type"]["is"].as_str()).unwrap_or_default()
}

impl Page {
    /// The fields of an object type, if it is one.
    pub fn fields(&self, name: &str) -> Option<&Map<String, Value>> {
        let ty = self.types.get(name)?;
        match ty["same_as"].as_str() {
            Some(other) => self.fields(other),
            None => ty["fields"].as_object(),
        }
    }

    /// Whether the caller does not give a parameter of this name.
    pub fn is_filled_in(&self, parameter: &str) -> bool {
        let credentials = self.service["credentials"].as_array().into_iter().flatten();
        self.service["supplies"].get(parameter).is_some()
            || credentials.into_iter().any(|credential| credential == parameter)
    }

    /// What callers give in `path`, `query`, `header` or `body`.
    pub fn given(&self, section: &str) -> Vec<(String, Shape)> {
        let all = self.operation[section].as_object().into_iter().flatten();
        let given = all.filter(|(name, _)| section == "body" || !self.is_filled_in(name));
        given.filter_map(|(name, field)| Some((name.clone(), self.of_field(field, &mut Vec::new())?))).collect()
    }

    /// Status and form of the documented success, if it has a type.
    pub fn typed_answer(&self) -> Option<(u16, Shape)> {
        let answers = self.operation["responses"].as_object().into_iter().flatten();
        let mut successes = answers.filter(|(status, _)| status.starts_with('2')).filter_map(|(status, answer)| {
            let body = answer["body"].as_str().filter(|body| !matches!(*body, "none" | "json" | "text" | "binary"))?;
            Some((status.parse().ok()?, self.of_type(body, &Value::Null, &mut Vec::new())?))
        });
        successes.next()
    }

    fn of_field<'a>(&'a self, field: &'a Value, open: &mut Vec<&'a str>) -> Option<Shape> {
        self.of_type(type_of(field), field, open)
    }

    /// None of a type that the value is inside of.
    fn of_type<'a>(&'a self, name: &'a str, field: &Value, open: &mut Vec<&'a str>) -> Option<Shape> {
        if let Some(inner) = name.strip_prefix("list of ") {
            return self.of_type(inner, field, open).map(Box::new).map(Shape::List);
        }
        if let Some(inner) = name.strip_prefix("map of ") {
            return self.of_type(inner, field, open).map(Box::new).map(Shape::Map);
        }
        let text = field["wire"] == "text";
        Some(match name {
            "string" => Shape::Text { secret: field["sensitive"] == true },
            "integer" => Shape::Integer { text },
            "number" => Shape::Number { text },
            "boolean" => Shape::Boolean,
            "json" => Shape::Json,
            name => return self.of_named(name, open),
        })
    }

    fn of_named<'a>(&'a self, name: &'a str, open: &mut Vec<&'a str>) -> Option<Shape> {
        if let Some(values) = self.types.get(name).and_then(|ty| ty["enum"].as_object()) {
            let integer = self.types[name]["wire"] == "integer";
            return Some(Shape::Choice { values: values.keys().cloned().collect(), integer });
        }
        if open.contains(&name) {
            return None;
        }
        open.push(name);
        let fields = self.fields(name)?.iter();
        let fields =
            fields.filter_map(|(name, field)| Some((name.clone(), self.of_field(field, open)?))).collect::<Vec<_>>();
        open.pop();
        Some(Shape::Object(fields))
    }
}
