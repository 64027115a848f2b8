//! What a reviewer reads of values: as one would write them in the spec, in one line.

use crate::docs::line;
use crate::grammar::{Auth, Bounds, Pattern, RuleKind};
use crate::model::{Condition, Model, Payload, Rule, Service, Sourcing, Ty};
use crate::read::{Node, Value};

pub(super) fn project(model: &Model) -> String {
    let services: Vec<String> = model.services.iter().map(|service| format!("`{}`", service.id)).collect();
    format!("package `{}` with the services {}", model.package, services.join(", "))
}

pub(super) fn ty(service: &Service, ty: &Ty) -> String {
    match ty {
        Ty::Invalid => "unknown".to_owned(),
        Ty::String | Ty::Secret => "string".to_owned(),
        Ty::Integer => "integer".to_owned(),
        Ty::Number => "number".to_owned(),
        Ty::Boolean => "boolean".to_owned(),
        Ty::Json => "json".to_owned(),
        Ty::List(inner) => format!("list of {}", self::ty(service, inner)),
        Ty::Map(inner) => format!("map of {}", self::ty(service, inner)),
        Ty::Object(id) | Ty::Enum(id) => service.types[id.0].name.value.clone(),
    }
}

pub(super) fn payload(service: &Service, payload: &Payload) -> String {
    match payload {
        Payload::None => "none".to_owned(),
        Payload::Text => "text".to_owned(),
        Payload::Binary => "binary".to_owned(),
        Payload::Json => "json".to_owned(),
        Payload::Is(is) => ty(service, is),
    }
}

pub(super) fn auth(auth: Auth) -> &'static str {
    auth.word()
}

pub(super) fn bounds(bounds: Bounds) -> String {
    let side = |bound: Option<crate::decode::Number>| bound.map_or_else(|| "~".to_owned(), |bound| bound.to_string());
    format!("[{}, {}]", side(bounds.low), side(bounds.high))
}

pub(super) fn pattern(pattern: &Pattern) -> String {
    if pattern.unchecked { format!("{} (not checked)", pattern.text) } else { pattern.text.clone() }
}

/// `the prose of “Creating a Vault”`.
pub(super) fn evidence(service: &Service, by: Sourcing) -> String {
    let page = service.units[by.page.0].pages.get(by.page.1);
    page.map_or_else(|| by.basis.word().to_owned(), |page| format!("{} of “{}”", by.basis.word(), page.title))
}

/// `at-least-one-of body.id, body.name`.
pub(super) fn rule(rule: &Rule) -> String {
    let fields: Vec<&str> = rule.fields.iter().map(|path| path.place.as_str()).collect();
    let mut text = format!("{} {}", rule.kind.word(), fields.join(", "));
    if !rule.when.is_empty() {
        text.push_str(&format!(" if {}", crate::emit::when(&rule.when)));
    }
    // Where an absent field counts as its default, the default is a part of the condition.
    for (path, condition) in &rule.when {
        if let (Some(default), Condition::AnyOf(_) | Condition::NoneOf(_)) = (&path.default, condition) {
            text.push_str(&format!(" ({} is {default} if absent)", path.place));
        }
    }
    if rule.kind == RuleKind::Unchecked {
        text.push_str(&format!(": {}", rule.doc.as_deref().map(line).unwrap_or_default()));
    }
    text
}

/// A value of the spec, in one line.
pub(super) fn node(node: &Node) -> String {
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Scalar { text, plain: true } => text.to_string(),
        Value::Scalar { text, .. } => format!("{:?}", &**text),
        Value::List(items) => format!("[{}]", items.iter().map(self::node).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries = entries.iter().map(|entry| format!("{}: {}", entry.key, self::node(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}
