//! Errata as doc comments: what is documented, what was adopted, and why, at the place in Rust that they concern.

use crate::docs::{sentence, text};
use crate::grammar::Erratum;
use crate::model::{Field, Location, Payload, Service, Ty, TypeKind, Unit};
use crate::read::{Node, Value};

/// What is wrong with the documentation at a place: `body.a`, `Type.field` or `Type`.
pub(crate) fn at(service: &Service, unit: &Unit, place: &str) -> Vec<String> {
    unit.errata
        .iter()
        .filter(|erratum| rust_place(service, unit, erratum) == place)
        .map(|erratum| words(unit, erratum))
        .collect()
}

/// What is wrong with the documentation at places that have no field in this unit's Rust: the call as a whole, its answers
/// without a type, and types that other files or no files hold.
pub(crate) fn elsewhere(service: &Service, unit: &Unit, used: &[bool]) -> Vec<String> {
    let here = |place: &str| {
        let first = place.split('.').next().unwrap_or_default();
        if let Some(location) = Location::ALL.into_iter().find(|location| location.word() == first) {
            let inputs = unit.operation.iter().flat_map(crate::model::Operation::given);
            return inputs.into_iter().any(|input| input.location == location && input.place() == place);
        }
        let types = service.types.iter().enumerate();
        types.into_iter().any(|(at, ty)| ty.name.value == first && used[at] && unit.types.iter().any(|id| id.0 == at))
    };
    let others = unit.errata.iter().filter(|erratum| !here(&rust_place(service, unit, erratum)));
    others
        .map(|erratum| match erratum.at.value.as_str() {
            "operation" | "body" => words(unit, erratum),
            at => words(unit, erratum).replacen("Erratum", &format!("Erratum at `{at}`"), 1),
        })
        .collect()
}

/// The place of an erratum, named from the type that holds the field.
pub(crate) fn rust_place(service: &Service, unit: &Unit, erratum: &Erratum) -> String {
    held_by(service, unit, &erratum.at.value).unwrap_or_else(|_| erratum.at.value.clone())
}

/// The same, also where the spec has no such field but a type that would hold it.
pub(crate) fn place_or_gap(service: &Service, unit: &Unit, erratum: &Erratum) -> String {
    held_by(service, unit, &erratum.at.value).unwrap_or_else(|gap| gap)
}

/// The place named from the type that holds the field; as an error, where the field would be.
fn held_by(service: &Service, unit: &Unit, at: &str) -> Result<String, String> {
    let mut parts = at.split('.');
    let first = parts.next().unwrap_or_default();
    let Some(operation) = &unit.operation else { return Ok(at.to_owned()) };
    let mut holder = first.to_owned();
    let mut fields: Vec<&Field> = if first == "responses" {
        let status = parts.next().unwrap_or_default();
        let answer = operation.responses.iter().find(|answer| answer.status.to_string() == status);
        match answer.map(|answer| &answer.body) {
            Some(Payload::Is(ty)) => below(service, ty, &mut holder),
            _ => return Ok(at.to_owned()),
        }
    } else if let Some(location) = Location::ALL.into_iter().find(|location| location.word() == first) {
        operation.inputs.iter().filter(|input| input.location == location).map(|input| &input.field).collect()
    } else {
        return Ok(at.to_owned());
    };
    let mut parts = parts.peekable();
    while let Some(name) = parts.next() {
        let Some(field) = fields.iter().find(|field| field.wire.value == name).copied() else {
            return Err(if parts.peek().is_none() { format!("{holder}.{name}") } else { at.to_owned() });
        };
        if parts.peek().is_none() {
            return Ok(format!("{holder}.{name}"));
        }
        fields = below(service, &field.ty, &mut holder);
    }
    Ok(holder)
}

/// The fields of what a type holds, and its name.
fn below<'s>(service: &'s Service, ty: &Ty, name: &mut String) -> Vec<&'s Field> {
    let Ty::Object(id) = ty.leaf() else { return Vec::new() };
    name.clone_from(&service.types[id.0].name.value);
    match &service.types[id.0].kind {
        TypeKind::Object(object) => object.fields.iter().collect(),
        TypeKind::Enum(_) | TypeKind::Invalid => Vec::new(),
    }
}

fn words(unit: &Unit, erratum: &Erratum) -> String {
    let page = erratum.page.as_ref().and_then(|id| unit.pages.iter().find(|page| page.id == id.value));
    let page = page.map_or_else(String::new, |page| format!(" on the page “{}”", text(&page.title)));
    let mut facts = Vec::new();
    if let Some(documented) = &erratum.documented {
        facts.push(format!("documented{page}: {}", shown(&documented.0)));
    }
    if let Some(seen) = &erratum.seen {
        facts.push(format!("an example shows {}", shown(&seen.value.0)));
    }
    if let Some(adopted) = &erratum.adopted {
        facts.push(format!("adopted: {}", shown(&adopted.0)));
    }
    let facts = if facts.is_empty() { String::new() } else { format!("{}. ", facts.join("; ")) };
    format!("Erratum ({}): {facts}{}", erratum.fact.word(), sentence(&text(&erratum.reason)))
}

/// A value of the spec in one line.
fn shown(node: &Node) -> String {
    fn flow(node: &Node) -> String {
        match &node.value {
            Value::Null => "null".to_owned(),
            Value::Scalar { text, .. } if text.is_empty() => "\"\"".to_owned(),
            Value::Scalar { text, .. } => crate::docs::line(text),
            Value::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
            Value::Map(entries) => {
                let entries = entries.iter().map(|entry| format!("{}: {}", entry.key, flow(&entry.value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
    text(&flow(node))
}
