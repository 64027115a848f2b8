//! Rules whose values cannot be.

use crate::decode::{Literal, Number, Spanned};
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
                check_literal(service, &path.ty, &path.place, literal, diagnostics);
            }
            if literals.is_empty() {
                let message = format!("the rule names no value of `{}` to wait for", path.place);
                diagnostics.push(Diagnostic::error("rule-shape", path.span, message).help("list at least one value"));
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
            ordered(rule, diagnostics);
            for path in rule.fields.iter().filter(|path| !has_order(&path.ty)) {
                let message = format!("`{}` is {}, which has no order", path.place, type_word(&path.ty));
                diagnostics.push(
                    Diagnostic::error("rule-shape", path.span, message)
                        .help("`ordered` is for numbers, and for texts that sort as they mean"),
                );
            }
        }
    }
}

fn has_order(ty: &Ty) -> bool {
    matches!(ty, Ty::Integer | Ty::Number | Ty::String)
}

/// Both sides are of one type, and always reachable.
fn ordered(rule: &Rule, diagnostics: &mut Diagnostics) {
    if let [first, second] = rule.fields.as_slice()
        && [first, second].iter().all(|path| has_order(&path.ty))
        && std::mem::discriminant(&first.ty) != std::mem::discriminant(&second.ty)
    {
        let message =
            format!("`{}` is {}, `{}` is {}", first.place, type_word(&first.ty), second.place, type_word(&second.ty));
        diagnostics
            .push(Diagnostic::error("rule-shape", second.span, message).help("`ordered` compares fields of one type"));
    }
    for path in &rule.fields {
        let holders = path.steps.split_last().map_or(&[][..], |(_, holders)| holders);
        if holders.iter().any(|step| !step.required) {
            let message = format!("`{}` stands in an object that may be absent", path.place);
            diagnostics.push(
                Diagnostic::error("rule-shape", path.span, message)
                    .help("put the rule on the type that holds both fields"),
            );
        }
    }
}

/// A value that a field is compared with: one that it can have.
pub(super) fn check_literal(
    service: &Service,
    ty: &Ty,
    place: &str,
    literal: &Spanned<Literal>,
    diagnostics: &mut Diagnostics,
) {
    let fits = match (ty, &literal.value) {
        (Ty::String, Literal::Text(_))
        | (Ty::Integer, Literal::Number(Number::Integer(_)))
        | (Ty::Number, Literal::Number(_))
        | (Ty::Boolean, Literal::Boolean(_)) => true,
        (Ty::Enum(id), value) => {
            let TypeKind::Enum(shape) = &service.types[id.0].kind else { return };
            let known: Vec<&str> = shape.values.iter().map(|value| value.text.value.as_str()).collect();
            let text = value.to_string();
            if !known.contains(&text.as_str()) {
                let message = format!("`{text}` is no value of `{place}`");
                diagnostics.push(Diagnostic::error("unknown-value", literal.span, message).help(one_of(&text, &known)));
            }
            true
        }
        _ => false,
    };
    if !fits {
        let message = format!("`{place}`, which is {}, is compared with `{}`", type_word(ty), literal.value);
        diagnostics
            .push(Diagnostic::error("wrong-type", literal.span, message).help("write a value that the field can have"));
    }
}
