//! Documented limits as calls of the runtime's checker.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::conditions;
use super::sources::{Clouds, Sources};
use crate::decode::Number;
use crate::grammar::{Bounds, Need, RuleKind};
use crate::model::{Field, PerCloud, Rule, Sourced, Ty};
use crate::name::ident;

/// The checks of one field; `value` is how emitted code reaches it.
pub(super) fn field(field: &Field, place: &str, value: &TokenStream, sources: &mut Sources<'_>) -> Vec<TokenStream> {
    let mut calls = Vec::new();
    for (fact, clouds) in each(&field.need) {
        if fact.is == Need::Required && !field.is_required() {
            let source = sources.source(fact.by, clouds);
            calls.push(quote!(c.required(#place, #value.is_some(), &#source);));
        }
    }
    for (fact, clouds) in each(&field.items) {
        let ((low, high), source) = (sizes(fact.is), sources.source(fact.by, clouds));
        calls.push(quote!(c.items(#place, &#value, #low, #high, &#source);));
    }
    // Limits beside a list of values are implied by it.
    let is_enum = matches!(field.ty.leaf(), Ty::Enum(_));
    for (fact, clouds) in each(&field.length).into_iter().filter(|_| !is_enum) {
        let ((low, high), source) = (sizes(fact.is), sources.source(fact.by, clouds));
        calls.push(quote!(c.length(#place, &#value, #low, #high, &#source);));
    }
    for (fact, clouds) in each(&field.range).into_iter().filter(|_| !is_enum) {
        let source = sources.source(fact.by, clouds);
        calls.push(if matches!(field.ty.leaf(), Ty::Integer) {
            let (low, high) = integers(fact.is);
            quote!(c.range(#place, &#value, #low, #high, &#source);)
        } else {
            let (low, high) = floats(fact.is);
            quote!(c.range_f64(#place, &#value, #low, #high, &#source);)
        });
    }
    for (fact, clouds) in each(&field.pattern) {
        if !fact.is.unchecked {
            let (pattern, source) = (sources.pattern(&fact.is.text), sources.source(fact.by, clouds));
            calls.push(quote!(c.pattern(#place, &#value, &#pattern, &#source);));
        }
    }
    match field.ty.leaf() {
        Ty::Enum(id) => {
            let source = sources.source(sources.evidence_of(*id).unwrap_or(field.by), Clouds::All);
            calls.push(quote!(c.known(#place, &#value, &#source);));
        }
        Ty::Object(_) => calls.push(quote!(c.object(#place, &#value);)),
        _ => {}
    }
    calls
}

/// A fact for all clouds but those that differ, then one for each that does.
fn each<T>(fact: &PerCloud<T>) -> Vec<(&Sourced<T>, Clouds)> {
    let others: Vec<String> = fact.on.iter().map(|(cloud, _)| cloud.clone()).collect();
    let base = if others.is_empty() { Clouds::All } else { Clouds::Except(others) };
    fact.base
        .iter()
        .map(|fact| (fact, base.clone()))
        .chain(fact.on.iter().map(|(cloud, fact)| (fact, Clouds::Only(vec![cloud.clone()]))))
        .collect()
}

fn sizes(bounds: Bounds) -> (TokenStream, TokenStream) {
    let size = |bound: Number| bound.as_integer().and_then(|bound| u64::try_from(bound).ok()).unwrap_or(0);
    let low = Literal::u64_unsuffixed(bounds.low.map_or(0, size));
    let high = bounds.high.map(|high| Literal::u64_unsuffixed(size(high)));
    (quote!(#low), high.map_or_else(|| quote!(u64::MAX), |high| quote!(#high)))
}

fn integers(bounds: Bounds) -> (TokenStream, TokenStream) {
    let integer = |bound: Option<Number>, none: TokenStream, edge: i64| match bound.and_then(Number::as_integer) {
        Some(bound) if bound != edge => {
            let bound = Literal::i64_unsuffixed(bound);
            quote!(#bound)
        }
        _ => none,
    };
    (integer(bounds.low, quote!(i64::MIN), i64::MIN), integer(bounds.high, quote!(i64::MAX), i64::MAX))
}

fn floats(bounds: Bounds) -> (TokenStream, TokenStream) {
    let float = |bound: Option<Number>, none: TokenStream| {
        bound.map_or(none, |bound| {
            let bound = Literal::f64_unsuffixed(bound.as_f64());
            quote!(#bound)
        })
    };
    (float(bounds.low, quote!(f64::NEG_INFINITY)), float(bounds.high, quote!(f64::INFINITY)))
}

/// The check of one rule; nothing for what cannot be checked.
pub(super) fn rule(rule: &Rule, sources: &mut Sources<'_>) -> TokenStream {
    if rule.kind == RuleKind::Unchecked {
        return quote!();
    }
    let id = &rule.id.value;
    let source = sources.source(rule.by, Clouds::All);
    let present: Vec<TokenStream> = rule
        .fields
        .iter()
        .map(|path| {
            let (place, present) = (&path.place, conditions::present(path));
            quote!((#place, #present))
        })
        .collect();
    let (holds, when) = (conditions::holds(&rule.when), conditions::words(&rule.when));
    match rule.kind {
        RuleKind::Unchecked => quote!(),
        RuleKind::AtLeastOneOf => quote!(c.at_least_one_of(#id, &[#(#present),*], &#source);),
        RuleKind::ExactlyOneOf => quote!(c.exactly_one_of(#id, &[#(#present),*], &#source);),
        RuleKind::AtMostOneOf => quote!(c.at_most_one_of(#id, &[#(#present),*], &#source);),
        RuleKind::AllOrNone => quote!(c.all_or_none(#id, &[#(#present),*], &#source);),
        RuleKind::ForbiddenIf => quote!(c.forbidden_if(#id, #holds, #when, &[#(#present),*], &#source);),
        RuleKind::AppliesIf => quote!(c.applies_if(#id, #holds, #when, &[#(#present),*], &#source);),
        RuleKind::RequiredIf => {
            let present = rule.fields.iter().map(|path| {
                let (place, present) = (&path.place, conditions::not_missing(path));
                quote!((#place, #present))
            });
            quote!(c.required_if(#id, #holds, #when, &[#(#present),*], &#source);)
        }
        RuleKind::Ordered => {
            let sides = rule.fields.iter().map(|path| {
                let place = &path.place;
                let steps = path.steps.iter().map(|step| ident(&step.rust));
                quote!((#place, &self.#(#steps).*))
            });
            quote!(c.ordered(#id, #(#sides),*, &#source);)
        }
    }
}
