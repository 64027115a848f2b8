//! Rules: their fields looked up.

use super::Lowering;
use super::fields::{Scope, default_of, is_set_always, is_usable};
use crate::decode::Text;
use crate::diagnostic::{Diagnostic, one_of};
use crate::grammar::{self, Attribution, RuleKind};
use crate::model::{Condition, Field, FieldPath, Input, Location, Rule, Step, Ty, Type, TypeKind};

/// The value that holds rules.
pub(super) enum Root<'a> {
    Type(&'a [Field]),
    Operation(&'a [Input]),
}

pub(super) fn rules(
    written: &[grammar::Rule],
    root: &Root<'_>,
    types: &[Type],
    scope: &Scope<'_>,
    cx: &mut Lowering<'_>,
) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::with_capacity(written.len());
    for rule in written {
        if let Some(first) = rules.iter().find(|other| other.id.value == rule.id.value) {
            let message = format!("two rules are called `{}`", rule.id.value);
            cx.error(Diagnostic::error("duplicate-id", rule.id.span, message).related(first.id.span, "first here"));
        }
        let fields = rule.fields.iter().filter_map(|field| path("the rule", field, root, types, cx)).collect();
        let when = rule
            .when
            .iter()
            .filter_map(|(field, condition)| {
                Some((path("the rule", field, root, types, cx)?, lower_condition(condition)))
            })
            .collect();
        let by =
            scope.sourcing(&Attribution { basis: rule.basis, level: rule.level, page: rule.page.clone() }, None, cx);
        let doc = rule.doc.as_ref().map(|doc| doc.value.clone());
        shape(rule, cx);
        rules.push(Rule { id: rule.id.clone(), kind: rule.kind.value, fields, when, by, doc });
    }
    rules
}

/// Each kind has its shape: how many fields, and whether there is a condition.
fn shape(rule: &grammar::Rule, cx: &mut Lowering<'_>) {
    let conditional = matches!(rule.kind.value, RuleKind::RequiredIf | RuleKind::ForbiddenIf | RuleKind::AppliesIf);
    let (fewest, most) = match rule.kind.value {
        RuleKind::Unchecked => (0, usize::MAX),
        RuleKind::Ordered => (2, 2),
        RuleKind::AllOrNone | RuleKind::ExactlyOneOf | RuleKind::AtMostOneOf => (2, usize::MAX),
        _ => (1, usize::MAX),
    };
    let kind = rule.kind.value.word();
    if rule.fields.len() < fewest || rule.fields.len() > most {
        let wanted = match (fewest, most) {
            (2, 2) => "exactly two fields".to_owned(),
            (1, _) => "at least one field".to_owned(),
            _ => format!("at least {fewest} fields"),
        };
        cx.error(
            Diagnostic::error(
                "rule-shape",
                rule.kind.span,
                format!("a rule of kind `{kind}` speaks of {wanted}, this one of {}", rule.fields.len()),
            )
            .help("name them in `fields`"),
        );
    }
    if conditional && rule.when.is_empty() {
        cx.error(
            Diagnostic::error("rule-shape", rule.kind.span, format!("a rule of kind `{kind}` needs `when`"))
                .help("write `when: {field: value}`"),
        );
    }
    if !conditional && rule.kind.value != RuleKind::Unchecked && !rule.when.is_empty() {
        let help = "use `required-if`, `forbidden-if` or `applies-if` for conditions";
        cx.error(
            Diagnostic::error("rule-shape", rule.kind.span, format!("a rule of kind `{kind}` has no `when`"))
                .help(help),
        );
    }
    if rule.kind.value == RuleKind::Unchecked && rule.doc.is_none() {
        cx.error(
            Diagnostic::error("rule-shape", rule.kind.span, "an unchecked rule is its text")
                .help("say in `doc` what the page demands"),
        );
    }
}

/// The field that `who` names.
pub(super) fn path(
    who: &str,
    written: &Text,
    root: &Root<'_>,
    types: &[Type],
    cx: &mut Lowering<'_>,
) -> Option<FieldPath> {
    let mut names = written.value.split('.').peekable();
    let mut place = String::new();
    let mut candidates: Vec<&Field> = match root {
        Root::Type(fields) => fields.iter().collect(),
        Root::Operation(inputs) => {
            let first = names.peek().copied().unwrap_or_default();
            let given =
                Location::ALL.into_iter().find(|location| location.word() == first && written.value.contains('.'));
            let location = given.unwrap_or(Location::Body);
            if given.is_some() {
                names.next();
            }
            place = format!("{}.", location.word());
            inputs
                .iter()
                .filter(|input| input.location == location && input.filled.is_none())
                .map(|input| &input.field)
                .collect()
        }
    };
    let mut steps = Vec::new();
    let mut found: Option<&Field> = None;
    for name in names {
        let Some(field) = candidates.iter().find(|field| field.wire.value == name).copied() else {
            let known: Vec<&str> = candidates.iter().map(|field| field.wire.value.as_str()).collect();
            let help = match root {
                Root::Operation(_) if known.is_empty() => {
                    "fields are those of the body; parameters are `query.name`, `header.name` and `path.name`"
                        .to_owned()
                }
                _ => one_of(name, &known),
            };
            cx.error(
                Diagnostic::error(
                    "unknown-field",
                    written.span,
                    format!("{who} speaks of `{name}`, which is no field here"),
                )
                .help(help),
            );
            return None;
        };
        if !steps.is_empty() {
            place.push('.');
        }
        place.push_str(name);
        steps.push(Step { rust: field.rust.clone(), required: is_set_always(field) });
        candidates = match &field.ty {
            Ty::Object(id) => match &types[id.0].kind {
                TypeKind::Object(object) => object.fields.iter().collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        found = Some(field);
    }
    let field = found.filter(|field| is_usable(field))?;
    Some(FieldPath { place, span: written.span, steps, ty: field.ty.clone(), default: default_of(field) })
}

fn lower_condition(condition: &grammar::Condition) -> Condition {
    match condition {
        grammar::Condition::AnyOf(literals) => Condition::AnyOf(literals.clone()),
        grammar::Condition::NoneOf(literals) => Condition::NoneOf(literals.clone()),
        grammar::Condition::Present(present) => Condition::Present(*present),
    }
}
