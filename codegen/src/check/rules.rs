//! Rules whose values cannot be.

use crate::decode::{Literal, Spanned};
use crate::diagnostic::{Diagnostic, Diagnostics, one_of};
use crate::docs::type_word;
use crate::grammar::RuleKind;
use crate::model::{Condition, FieldPath, Rule, Service, Ty, TypeKind};

pub(super) fn check(service: &Service, rules: &[Rule], diagnostics: &mut Diagnostics) {
    for rule in rules {
        for (path, condition) in &rule.when {
            let (Condition::AnyOf(literals) | Condition::NoneOf(literals)) = condition else { continue };
            if service.is_invalid(&path.ty) {
                continue;
            }
            for literal in literals {
                check_literal(service, path, literal, diagnostics);
            }
        }
        let always: Vec<&FieldPath> =
            rule.fields.iter().filter(|path| path.steps.iter().all(|step| step.required)).collect();
        let pointless = matches!(
            rule.kind,
            RuleKind::AtLeastOneOf
                | RuleKind::AllOrNone
                | RuleKind::ExactlyOneOf
                | RuleKind::RequiredIf
                | RuleKind::AppliesIf
        );
        if let (true, Some(path)) = (pointless, always.first()) {
            let message = format!("the rule speaks of `{}`, which is required anyway", path.place);
            diagnostics.push(
                Diagnostic::error("rule-shape", path.span, message)
                    .help("a field that a rule demands sometimes has `need: conditional`"),
            );
        }
        if rule.kind == RuleKind::Ordered {
            for path in rule.fields.iter().filter(|path| !matches!(path.ty, Ty::Integer | Ty::Number | Ty::String)) {
                let message = format!("`{}` is {}, which has no order", path.place, type_word(&path.ty));
                diagnostics.push(
                    Diagnostic::error("rule-shape", path.span, message)
                        .help("`ordered` is for numbers, and for texts that sort as they mean"),
                );
            }
        }
    }
}

fn check_literal(service: &Service, path: &FieldPath, literal: &Spanned<Literal>, diagnostics: &mut Diagnostics) {
    let fits = match (&path.ty, &literal.value) {
        (Ty::String, Literal::Text(_))
        | (Ty::Integer | Ty::Number, Literal::Number(_))
        | (Ty::Boolean, Literal::Boolean(_)) => true,
        (Ty::Enum(id), value) => {
            let TypeKind::Enum(shape) = &service.types[id.0].kind else { return };
            let known: Vec<&str> = shape.values.iter().map(|value| value.text.value.as_str()).collect();
            let text = value.to_string();
            if !known.contains(&text.as_str()) {
                let message = format!("the rule waits for `{text}`, which is no value of `{}`", path.place);
                diagnostics.push(Diagnostic::error("unknown-value", literal.span, message).help(one_of(&text, &known)));
            }
            true
        }
        _ => false,
    };
    if !fits {
        let message =
            format!("the rule compares `{}`, which is {}, with `{}`", path.place, type_word(&path.ty), literal.value);
        diagnostics
            .push(Diagnostic::error("wrong-type", literal.span, message).help("write a value that the field can have"));
    }
}
