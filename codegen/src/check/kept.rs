//! Rules against examples: a rule that refuses what the page itself shows is no error-level rule.

use crate::decode::Literal;
use crate::fit::Fitted;
use crate::grammar::{Level, RuleKind};
use crate::model::{Condition, Field, FieldPath, Operation, Rule, Service, TypeKind};

/// The ids of error-level rules that a request breaks.
pub(super) fn broken<'s>(service: &'s Service, operation: &'s Operation, inputs: &[(usize, Fitted)]) -> Vec<&'s str> {
    let fields: Vec<(&Field, Option<&Fitted>)> = operation
        .inputs
        .iter()
        .enumerate()
        .map(|(at, input)| (&input.field, inputs.iter().find(|(position, _)| *position == at).map(|(_, value)| value)))
        .collect();
    let mut broken = Vec::new();
    holder(service, &operation.rules, &fields, &mut broken);
    broken
}

fn holder<'s>(
    service: &'s Service,
    rules: &'s [Rule],
    fields: &[(&Field, Option<&Fitted>)],
    broken: &mut Vec<&'s str>,
) {
    let enforced = rules.iter().filter(|rule| rule.by.level == Level::Error);
    broken.extend(enforced.filter(|rule| !keeps(service, rule, fields)).map(|rule| rule.id.value.as_str()));
    for value in fields.iter().filter_map(|(_, value)| *value) {
        inside(service, value, broken);
    }
}

fn inside<'s>(service: &'s Service, value: &Fitted, broken: &mut Vec<&'s str>) {
    match value {
        Fitted::List(items) => items.iter().for_each(|item| inside(service, item, broken)),
        Fitted::Map(entries) => entries.iter().for_each(|(_, item)| inside(service, item, broken)),
        Fitted::Object(id, values) => {
            if let TypeKind::Object(object) = &service.types[id.0].kind {
                holder(service, &object.rules, &pairs(&object.fields, values), broken);
            }
        }
        _ => {}
    }
}

fn pairs<'a>(fields: &'a [Field], values: &'a [(usize, Fitted)]) -> Vec<(&'a Field, Option<&'a Fitted>)> {
    let value = |at: usize| values.iter().find(|(position, _)| *position == at).map(|(_, value)| value);
    fields.iter().enumerate().map(|(at, field)| (field, value(at))).collect()
}

fn keeps(service: &Service, rule: &Rule, fields: &[(&Field, Option<&Fitted>)]) -> bool {
    let find = |path: &FieldPath| find(service, path, fields);
    let given = rule.fields.iter().filter(|path| matches!(find(path), Found::Value(_))).count();
    let missing = rule.fields.iter().filter(|path| matches!(find(path), Found::Missing)).count();
    let holds = rule.when.iter().all(|(path, condition)| meets(path, condition, &find(path)));
    match rule.kind {
        RuleKind::Unchecked | RuleKind::Ordered => true,
        RuleKind::AtLeastOneOf => given >= 1,
        RuleKind::ExactlyOneOf => given == 1,
        RuleKind::AtMostOneOf => given <= 1,
        RuleKind::AllOrNone => given == 0 || given == rule.fields.len(),
        RuleKind::RequiredIf => !holds || missing == 0,
        RuleKind::ForbiddenIf => !holds || given == 0,
        RuleKind::AppliesIf => holds || given == 0,
    }
}

enum Found<'a> {
    Value(&'a Fitted),
    Missing,
    /// What would hold it is not there.
    NoHolder,
}

fn find<'a>(service: &Service, path: &FieldPath, fields: &[(&Field, Option<&'a Fitted>)]) -> Found<'a> {
    let mut steps = path.steps.iter();
    let first = steps.next().and_then(|step| fields.iter().find(|(field, _)| field.rust == step.rust));
    let Some((_, Some(mut value))) = first.copied() else {
        return if path.steps.len() > 1 { Found::NoHolder } else { Found::Missing };
    };
    let mut left = path.steps.len() - 1;
    for step in steps {
        left -= 1;
        let Fitted::Object(id, values) = value else { return Found::NoHolder };
        let TypeKind::Object(object) = &service.types[id.0].kind else { return Found::NoHolder };
        let position = object.fields.iter().position(|field| field.rust == step.rust);
        let inner = position.and_then(|at| values.iter().find(|(position, _)| *position == at));
        match inner {
            Some((_, inner)) => value = inner,
            None => return if left == 0 { Found::Missing } else { Found::NoHolder },
        }
    }
    Found::Value(value)
}

fn meets(path: &FieldPath, condition: &Condition, found: &Found<'_>) -> bool {
    let any =
        |literals: &[crate::decode::Spanned<Literal>]| literals.iter().any(|literal| is(path, &literal.value, found));
    match condition {
        Condition::AnyOf(literals) => any(literals),
        Condition::NoneOf(literals) => !any(literals),
        Condition::Present(present) => matches!(found, Found::Value(_)) == *present,
    }
}

fn is(path: &FieldPath, literal: &Literal, found: &Found<'_>) -> bool {
    let wanted = literal.to_string();
    match found {
        Found::Value(Fitted::Text(text) | Fitted::Enum(_, text)) => *text == wanted,
        Found::Value(Fitted::Integer(value)) => value.to_string() == wanted,
        Found::Value(Fitted::Boolean(value)) => value.to_string() == wanted,
        Found::Value(Fitted::Number(value)) => {
            wanted.parse::<f64>().is_ok_and(|wanted| wanted.total_cmp(value).is_eq())
        }
        Found::Value(_) => false,
        Found::Missing | Found::NoHolder => path.default.as_ref().is_some_and(|default| default.to_string() == wanted),
    }
}
