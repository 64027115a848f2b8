//! Conditions on fields, as Rust expressions and as words.

use proc_macro2::TokenStream;
use quote::quote;

use crate::decode::{Literal, Number, Spanned};
use crate::model::{Condition, FieldPath, Ty};
use crate::name::ident;

/// Whether the field has a value.
pub(super) fn present(path: &FieldPath) -> TokenStream {
    through(
        path,
        &quote!(is_some_and),
        |value, required| if required { quote!(true) } else { quote!(#value.is_some()) },
    )
}

/// Whether the field, or what would hold it, is not there.
fn absent(path: &FieldPath) -> TokenStream {
    through(
        path,
        &quote!(is_none_or),
        |value, required| if required { quote!(false) } else { quote!(#value.is_none()) },
    )
}

/// Whether the field has a value, or its holder is absent, which then has nothing to lack.
pub(super) fn not_missing(path: &FieldPath) -> TokenStream {
    through(path, &quote!(is_none_or), |value, required| if required { quote!(true) } else { quote!(#value.is_some()) })
}

/// Walks to a field; an optional object on the way is entered only if it is there.
fn through(path: &FieldPath, optional: &TokenStream, last: impl Fn(TokenStream, bool) -> TokenStream) -> TokenStream {
    fn walk(
        value: &TokenStream,
        steps: &[crate::model::Step],
        optional: &TokenStream,
        last: &impl Fn(TokenStream, bool) -> TokenStream,
    ) -> TokenStream {
        let Some((step, rest)) = steps.split_first() else { return quote!(false) };
        let name = ident(&step.rust);
        let here = quote!(#value.#name);
        if rest.is_empty() {
            last(here, step.required)
        } else if step.required {
            walk(&here, rest, optional, last)
        } else {
            let inner = walk(&quote!(value), rest, optional, last);
            quote!(#here.as_ref().#optional(|value| #inner))
        }
    }
    walk(&quote!(self), &path.steps, optional, &last)
}

/// A literal as it is compared with a field of this type.
pub(super) fn literal(ty: &Ty, literal: &Literal) -> TokenStream {
    match (ty, literal) {
        (Ty::Boolean, Literal::Boolean(value)) => quote!(#value),
        (Ty::Integer, Literal::Number(Number::Integer(value))) => {
            let value = proc_macro2::Literal::i64_suffixed(*value);
            quote!(#value)
        }
        (Ty::Number, Literal::Number(value)) => {
            let value = proc_macro2::Literal::f64_suffixed(value.as_f64());
            quote!(#value)
        }
        // Enumerations and texts; lints saw to it that nothing else is left.
        (_, other) => {
            let text = other.to_string();
            quote!(#text)
        }
    }
}

/// The ways for a field to have one of these values; one of them must hold.
fn ways(path: &FieldPath, literals: &[Spanned<Literal>]) -> Vec<TokenStream> {
    let is_default =
        |literal: &Literal| path.default.as_ref().is_some_and(|default| default.to_string() == literal.to_string());
    let mut ways = Vec::new();
    for literal in literals {
        let value = self::literal(&path.ty, &literal.value);
        ways.push(through(path, &quote!(is_some_and), |field, _| quote!(rt::is(&#field, #value))));
        // The service takes an absent field for its default.
        if is_default(&literal.value) && path.steps.iter().any(|step| !step.required) {
            ways.push(absent(path));
        }
    }
    ways
}

/// Whether all conditions hold.
pub(super) fn holds(when: &[(FieldPath, Condition)]) -> TokenStream {
    let each = when.iter().map(|(path, condition)| match condition {
        Condition::AnyOf(literals) => match &*ways(path, literals) {
            ways @ ([] | [_]) => quote!(#(#ways)*),
            // Around a whole argument the compiler warns of parentheses.
            ways if when.len() == 1 => quote!(#(#ways)||*),
            ways => quote!((#(#ways)||*)),
        },
        Condition::NoneOf(literals) => match &*ways(path, literals) {
            [way] => quote!(!#way),
            ways => quote!(!(#(#ways)||*)),
        },
        Condition::Present(true) => present(path),
        Condition::Present(false) => absent(path),
    });
    quote!(#(#each)&&*)
}

/// `task_type is list or url_list and bucket is absent`.
pub(crate) fn words(when: &[(FieldPath, Condition)]) -> String {
    let each: Vec<String> = when
        .iter()
        .map(|(path, condition)| {
            let list = |literals: &[Spanned<Literal>], word: &str| {
                literals.iter().map(|literal| literal.value.to_string()).collect::<Vec<_>>().join(word)
            };
            let name = &path.place;
            match condition {
                Condition::AnyOf(literals) => format!("{name} is {}", list(literals, " or ")),
                Condition::NoneOf(literals) => format!("{name} is not {}", list(literals, " or ")),
                Condition::Present(true) => format!("{name} is given"),
                Condition::Present(false) => format!("{name} is absent"),
            }
        })
        .collect();
    each.join(" and ")
}
