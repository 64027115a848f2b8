//! Types and fields as JSON Schemas.

use serde_json::{Map, Value, json};

use super::errata::Contradicted;
use super::{errata, value};
use crate::decode::Literal;
use crate::grammar::{Bounds, Level, Need, Use, Wire};
use crate::model::{Enum, Field, Object, PerCloud, Service, Sourced, Ty, Type, TypeId, TypeKind, Unit};

/// What schemas are made from.
pub(super) struct Cx<'a> {
    pub(super) service: &'a Service,
    contradicted: Contradicted,
}

impl<'a> Cx<'a> {
    pub(super) fn new(service: &'a Service) -> Self {
        Self { service, contradicted: Contradicted::of(service) }
    }
}

/// The named types.
pub(super) fn components(cx: &Cx<'_>) -> Map<String, Value> {
    cx.service.types.iter().filter_map(|ty| Some((ty.name.value.clone(), named(cx, ty)?))).collect()
}

fn named(cx: &Cx<'_>, ty: &Type) -> Option<Value> {
    let mut schema = match &ty.kind {
        TypeKind::Object(object) => self::object(cx, &cx.service.units[ty.unit], &ty.name.value, object),
        TypeKind::Enum(shape) => enumeration(cx, shape),
        TypeKind::Invalid => return None,
    };
    value::set(&mut schema, "description", ty.doc.clone());
    value::set(&mut schema, "x-errata", errata::of_type(cx.service, &ty.name.value));
    Some(schema)
}

/// The documented values. Answers that refer to it are open: services give more than pages say.
fn enumeration(cx: &Cx<'_>, shape: &Enum) -> Value {
    let as_number = shape.wire == Wire::Integer;
    let values = shape.values.iter().map(|value| {
        let text = value.text.value.as_str();
        let constant =
            text.parse::<i64>().ok().filter(|_| as_number).map_or_else(|| json!(text), |number| json!(number));
        let mut documented = json!({"const": constant, "x-source": errata::source(cx.service, value.by)});
        value::set(&mut documented, "description", value.doc.clone());
        value::set(&mut documented, "deprecated", value.deprecated.as_ref().map(|_| true));
        if value.by.level == Level::Warning {
            value::set(&mut documented, "x-doubtful", Some(true));
        }
        documented
    });
    let values: Vec<Value> = values.collect();
    let list: Vec<&Value> = values.iter().map(|value| &value["const"]).collect();
    let ty = if as_number { "integer" } else { "string" };
    json!({"type": ty, "enum": list, "x-values": values})
}

/// An object of fields. Answers may leave out anything, whatever the pages say, so nothing is required in them.
fn object(cx: &Cx<'_>, unit: &Unit, name: &str, object: &Object) -> Value {
    let fields = object.fields.iter().map(|field| (field, format!("{name}.{}", field.wire.value)));
    let mut schema = fields_schema(cx, unit, fields, object.direction);
    value::set(&mut schema, "x-rules", errata::rules(cx.service, &object.rules));
    schema
}

pub(super) fn fields_schema<'a>(
    cx: &Cx<'_>,
    unit: &Unit,
    fields: impl Iterator<Item = (&'a Field, String)>,
    direction: Use,
) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (field, place) in fields {
        if direction == Use::Request && field.is_required() {
            required.push(json!(field.wire.value));
        }
        properties.insert(field.wire.value.clone(), self::field(cx, unit, field, &place, direction));
    }
    let mut schema = json!({"type": "object", "properties": properties});
    value::set(&mut schema, "required", value::list(required));
    schema
}

/// A field, with its documented limits. `place` is how errata name it.
pub(super) fn field(cx: &Cx<'_>, unit: &Unit, field: &Field, place: &str, direction: Use) -> Value {
    let mut schema = ty(cx, &field.ty, field.as_text.is_some(), direction);
    let mut facts = Facts { cx, unit, place, field, leaf: Map::new(), whole: Map::new(), doubtful: Map::new() };
    facts.collect();
    let Facts { leaf, whole, doubtful, .. } = facts;
    extend(innermost(&mut schema), leaf);
    extend(&mut schema, whole);
    if direction == Use::Response {
        // A documented example may show another type than the table, and answers are read all the same.
        widen(cx, unit, place, &mut schema);
    }
    // Requests send no null whatever an example shows.
    if field.nullable || direction == Use::Response && cx.contradicted.has(unit, place, "nullable") {
        nullable(&mut schema);
    }
    value::set(&mut schema, "description", field.doc.clone());
    value::set(&mut schema, "deprecated", field.deprecated.as_ref().map(|_| true));
    value::set(&mut schema, "x-deprecated", field.deprecated.clone());
    value::set(&mut schema, "x-renamed-from", field.renamed_from.clone());
    value::set(&mut schema, "x-unit", field.unit.clone());
    value::set(&mut schema, "x-need", field.need.base.as_ref().map(|need| need.is.word()));
    value::set(&mut schema, "x-doubtful", (!doubtful.is_empty()).then_some(doubtful));
    value::set(&mut schema, "x-on", on(cx, field));
    if field.sensitive.is_some_and(|sensitive| sensitive.value) {
        value::set(&mut schema, "x-sensitive", Some(true));
    }
    schema
}

/// What the innermost element of lists and maps is.
fn innermost(schema: &mut Value) -> &mut Value {
    let key = ["items", "additionalProperties"].into_iter().find(|key| schema.get(*key).is_some_and(Value::is_object));
    match key {
        Some(key) => innermost(&mut schema[key]),
        None => schema,
    }
}

/// Adds keywords; beside a reference too, which JSON Schema allows since 2019.
fn extend(schema: &mut Value, keywords: Map<String, Value>) {
    if let Value::Object(map) = schema {
        map.extend(keywords);
    }
}

pub(super) fn ty(cx: &Cx<'_>, ty: &Ty, as_text: bool, direction: Use) -> Value {
    let below = |inner| self::ty(cx, inner, as_text, direction);
    let named = |id: TypeId| json!({"$ref": format!("#/components/schemas/{}", cx.service.types[id.0].name.value)});
    match ty {
        Ty::List(inner) => json!({"type": "array", "items": below(inner)}),
        Ty::Map(inner) => json!({"type": "object", "additionalProperties": below(inner)}),
        Ty::Enum(id) if direction == Use::Response => {
            let is_number =
                matches!(&cx.service.types[id.0].kind, TypeKind::Enum(shape) if shape.wire == Wire::Integer);
            json!({"anyOf": [named(*id), {"type": if is_number { "integer" } else { "string" }}]})
        }
        Ty::Object(id) | Ty::Enum(id) => named(*id),
        Ty::Integer if as_text => json!({"type": "string", "pattern": "^-?[0-9]+$", "x-type": "integer"}),
        Ty::Number if as_text => json!({"type": "string", "x-type": "number"}),
        Ty::Boolean if as_text => json!({"type": "string", "x-type": "boolean"}),
        Ty::Integer => json!({"type": "integer", "format": "int64"}),
        Ty::Number => json!({"type": "number", "format": "double"}),
        Ty::Boolean => json!({"type": "boolean"}),
        Ty::Secret => json!({"type": "string", "format": "password"}),
        Ty::String => json!({"type": "string"}),
        Ty::Json | Ty::Invalid => json!({}),
    }
}

/// The limits of a field, sorted by where in its schema they go.
struct Facts<'a> {
    cx: &'a Cx<'a>,
    unit: &'a Unit,
    place: &'a str,
    field: &'a Field,
    /// Of each element.
    leaf: Map<String, Value>,
    /// Of the list or map itself.
    whole: Map<String, Value>,
    /// What is not enforced: doubtful, or shown otherwise by an example.
    doubtful: Map<String, Value>,
}

impl Facts<'_> {
    fn collect(&mut self) {
        let field = self.field;
        let is_map = matches!(field.ty, Ty::Map(_));
        self.limits(&field.length, "length", ["minLength", "maxLength"], true);
        let range = if field.as_text.is_some() { ["x-minimum", "x-maximum"] } else { ["minimum", "maximum"] };
        self.limits(&field.range, "range", range, true);
        let items = if is_map { ["minProperties", "maxProperties"] } else { ["minItems", "maxItems"] };
        self.limits(&field.items, "items", items, false);
        if let Some(pattern) = &field.pattern.base {
            let keyword = if pattern.is.unchecked { "x-pattern" } else { "pattern" };
            self.put(pattern, "pattern", keyword, json!(pattern.is.text), true);
        }
        if let Some(default) = &field.default.base {
            let value = match (&default.is, field.as_text) {
                (Literal::Null, _) => Value::Null,
                (literal, Some(_)) => json!(literal.to_string()),
                (literal, None) => value::literal(literal),
            };
            self.put(default, "default", "default", value, false);
        }
        if let Some(format) = &field.format
            && !self.leaf.contains_key("format")
        {
            let format = if format == "rfc3339" { "date-time" } else { format };
            self.leaf.insert("format".to_owned(), json!(format));
        }
    }

    fn limits(&mut self, limit: &PerCloud<Bounds>, fact: &'static str, keywords: [&str; 2], of_each: bool) {
        let Some(fact_of) = &limit.base else { return };
        for (keyword, bound) in keywords.into_iter().zip([fact_of.is.low, fact_of.is.high]) {
            if let Some(bound) = bound {
                self.put(fact_of, fact, keyword, value::number(bound), of_each);
            }
        }
    }

    fn put<T>(&mut self, fact: &Sourced<T>, name: &'static str, keyword: &str, value: Value, of_each: bool) {
        let is_doubtful = fact.by.level == Level::Warning || self.cx.contradicted.has(self.unit, self.place, name);
        let there = match () {
            () if is_doubtful => &mut self.doubtful,
            () if of_each => &mut self.leaf,
            () => &mut self.whole,
        };
        there.insert(keyword.to_owned(), value);
    }
}

/// Facts of clouds that differ.
fn on(cx: &Cx<'_>, field: &Field) -> Option<Value> {
    let mut clouds: Map<String, Value> = Map::new();
    let mut put = |cloud: &str, name: &str, value: Value, by| {
        let cloud = clouds.entry(cloud).or_insert_with(|| json!({}));
        value::set(cloud, name, Some(json!({"is": value, "source": errata::source(cx.service, by)})));
    };
    for (name, limit) in [("length", &field.length), ("range", &field.range), ("items", &field.items)] {
        for (cloud, fact) in &limit.on {
            put(cloud, name, value::bounds(fact.is), fact.by);
        }
    }
    for (cloud, fact) in &field.need.on {
        put(cloud, "need", json!(Need::word(fact.is)), fact.by);
    }
    for (cloud, fact) in &field.pattern.on {
        put(cloud, "pattern", json!(fact.is.text), fact.by);
    }
    for (cloud, fact) in &field.default.on {
        put(cloud, "default", value::literal(&fact.is), fact.by);
    }
    (!clouds.is_empty()).then_some(Value::Object(clouds))
}

/// Takes the type away where an example shows another.
fn widen(cx: &Cx<'_>, unit: &Unit, place: &str, schema: &mut Value) {
    if cx.contradicted.has(unit, place, "type")
        && let Value::Object(map) = schema
        // An enumeration of an answer is a choice.
        && let Some(ty) = ["type", "$ref", "anyOf"].into_iter().find_map(|keyword| map.remove(keyword))
    {
        map.insert("x-documented-type".to_owned(), ty);
    }
}

fn nullable(schema: &mut Value) {
    let null = json!({"type": "null"});
    if let Some(Value::Array(choice)) = schema.get_mut("anyOf") {
        choice.push(null);
    } else if let Some(Value::String(ty)) = schema.get("type") {
        schema["type"] = json!([ty, "null"]);
    } else if schema.get("$ref").is_some() {
        *schema = json!({"anyOf": [schema.clone(), null]});
    }
}
