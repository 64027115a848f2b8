//! An operation: its request struct and how it is sent and checked.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::objects::{Built, serialize};
use super::print::{self, Piece};
use super::sources::Sources;
use super::types::Names;
use super::{checks, examples, flow};
use crate::docs;
use crate::grammar::{Auth, RuleKind, Supplied};
use crate::model::{FilledBy, Input, Location, Model, Operation, Payload, Rule, Service, Unit};
use crate::name::ident;

pub(super) fn items(
    model: &Model,
    operation: &Operation,
    unit: &Unit,
    names: Names<'_>,
    sources: &mut Sources<'_>,
) -> Vec<Piece> {
    let (path, rest): (Vec<&Input>, Vec<&Input>) =
        operation.given().partition(|input| input.location == Location::Path);
    let built = Built {
        name: &operation.rust,
        about: about(model, operation, unit, names),
        positional: path.iter().map(|input| (&input.field, input.place())).collect(),
        fields: rest.iter().map(|input| (&input.field, input.place())).collect(),
        extra: true,
    };
    let mut items = built.items(unit, names);
    items.push(request(operation, names, sources).into());
    let body = operation.given().filter(|input| input.location == Location::Body).map(|input| &input.field);
    items.push(serialize(&operation.rust, body));
    items.push(Piece::Table(format!("crate::sealed::operation!({});\n", operation.rust)));
    items.extend(flow::tables(operation, names));
    items
}

fn about(model: &Model, operation: &Operation, unit: &Unit, names: Names<'_>) -> TokenStream {
    let mut text = docs::sentence(&docs::text(&operation.title));
    text.push_str(&format!("\n\n`{} {}`", operation.http.method, operation.http.path));
    if let Some(doc) = &operation.doc {
        text.push_str(&format!("\n\n{}", docs::text(doc)));
    }
    text.push_str(&rule_docs(&operation.rules));
    text.push_str(&answers(operation));
    text.push_str(&flow::mention(operation));
    for note in crate::errata::elsewhere(names.service, unit, names.used) {
        text.push_str(&format!("\n\n{note}"));
    }
    let pages: Vec<String> = unit.pages.iter().map(docs::page).collect();
    match pages.as_slice() {
        [page] => text.push_str(&format!("\n\nDocumented in {page}.")),
        pages => text.push_str(&format!("\n\nDocumented in\n\n* {}", pages.join("\n* "))),
    }
    if let Some(example) = examples::doc(model, operation, unit, names) {
        text.push_str("\n\n# Example\n\n");
        text.push_str(&example);
    }
    let doc = print::doc(&text);
    let aliases = aliases(operation, unit, names.service);
    let alias = quote!(#(#[doc(alias = #aliases)])*);
    let deprecated = print::deprecated(operation.deprecated.as_ref());
    quote!(#doc #alias #deprecated)
}

/// The titles of the operation's pages, to be found by. What documents many operations says nothing of this one, and what
/// leads another is that one's.
fn aliases(operation: &Operation, unit: &Unit, service: &Service) -> BTreeSet<String> {
    const MANY: usize = 3;
    let own = unit.pages.iter().enumerate().filter(|(at, page)| {
        let others = service.units.iter().filter(|other| other.operation.is_some() && other.path != unit.path);
        let others = others.filter(|other| other.pages.iter().any(|other| other.title == page.title)).count();
        others == 0 || *at == unit.lead && others < MANY
    });
    let titles = own.map(|(_, page)| docs::line(&page.title.replace(['"', '\''], " ")));
    // Rustdoc refuses an alias that is the name itself.
    titles.filter(|title| !title.is_empty() && *title != operation.rust).collect()
}

/// What a success means, and which errors are documented.
fn answers(operation: &Operation) -> String {
    let mut text = String::new();
    let mut errors = Vec::new();
    for answer in &operation.responses {
        match &answer.doc {
            _ if answer.status >= 300 => errors.push(answer.status.to_string()),
            Some(doc) => text.push_str(&format!("\n\nAnswers {}: {}", answer.status, docs::text(doc))),
            None => text.push_str(&format!("\n\nAnswers {}.", answer.status)),
        }
    }
    if !errors.is_empty() {
        text.push_str(&format!(" Documented errors: {}.", errors.join(", ")));
    }
    text
}

/// What rules say, as a list.
pub(super) fn rule_docs(rules: &[Rule]) -> String {
    if rules.is_empty() {
        return String::new();
    }
    let mut text = "\n\n# Rules\n".to_owned();
    for rule in rules {
        let fields: Vec<String> = rule.fields.iter().map(|path| format!("`{}`", path.place)).collect();
        let when = super::conditions::words(&rule.when);
        let fields = fields.join(", ");
        let says = match rule.kind {
            RuleKind::AtLeastOneOf => format!("at least one of {fields}"),
            RuleKind::ExactlyOneOf => format!("exactly one of {fields}"),
            RuleKind::AtMostOneOf => format!("at most one of {fields}"),
            RuleKind::AllOrNone => format!("all of {fields} or none"),
            RuleKind::RequiredIf => format!("{fields} required if `{when}`"),
            RuleKind::ForbiddenIf => format!("{fields} forbidden if `{when}`"),
            RuleKind::AppliesIf => format!("{fields} has effect only if `{when}`"),
            RuleKind::Ordered => format!("{fields} in this order"),
            RuleKind::Unchecked => "not checked".to_owned(),
        };
        let doc = rule.doc.as_deref().map_or_else(String::new, |doc| format!(". {}", docs::text(doc)));
        let level = if rule.by.level == crate::grammar::Level::Warning { " (doubtful, so only a warning)" } else { "" };
        text.push_str(&format!("\n* `{}`: {says}{level}{doc}", rule.id.value));
    }
    text
}

/// The type that a successful answer is read as.
pub(super) fn output(operation: &Operation, names: Names<'_>) -> TokenStream {
    match operation.success().map(|answer| &answer.body) {
        None | Some(Payload::None) => quote!(()),
        Some(Payload::Json) => quote!(rt::Json),
        Some(Payload::Text) => quote!(String),
        Some(Payload::Binary) => quote!(Vec<u8>),
        Some(Payload::Is(ty)) => names.ty(ty),
    }
}

fn request(operation: &Operation, names: Names<'_>, sources: &mut Sources<'_>) -> TokenStream {
    let (name, id) = (ident(&operation.rust), &operation.name.value);
    let (method, path) = (&operation.http.method, &operation.http.path);
    let (body, idempotent, output) = (operation.has_body, operation.idempotent, output(operation, names));
    let auth = match operation.auth {
        Auth::Required => quote!(Required),
        Auth::Optional => quote!(Optional),
        Auth::None => quote!(None),
    };

    let targets: Vec<TokenStream> = operation
        .given()
        .filter_map(|input| {
            let (wire, field_name) = (&input.field.wire.value, ident(&input.field.rust));
            let method = match input.location {
                Location::Path => quote!(path),
                Location::Query => quote!(query),
                Location::Header => quote!(header),
                Location::Body => return None,
            };
            Some(quote!(target.#method(#wire, &self.#field_name);))
        })
        .collect();
    let target = if targets.is_empty() { quote!(_) } else { quote!(target) };

    let mut calls: Vec<TokenStream> = Vec::new();
    for input in &operation.inputs {
        let (place, field_name) = (input.place(), ident(&input.field.rust));
        match input.filled {
            None => calls.extend(checks::field(&input.field, &place, &quote!(self.#field_name), sources)),
            Some(filled) => {
                let value = match filled {
                    FilledBy::Client(Supplied::ProjectId) => quote!(c.project_id()),
                    FilledBy::Credentials => quote!(c.token()),
                };
                let limits = checks::field(&input.field, &place, &quote!(#field_name), sources);
                if !limits.is_empty() {
                    calls.push(quote!(let #field_name = #value; #(#limits)*));
                }
            }
        }
    }
    calls.extend(operation.rules.iter().map(|rule| checks::rule(rule, sources)));
    let checker = if calls.iter().all(TokenStream::is_empty) { quote!(_) } else { quote!(c) };

    quote! {
        impl rt::Request for #name {
            type Output = #output;
            const INFO: rt::OperationInfo = rt::OperationInfo {
                name: #id,
                service: &super::SERVICE,
                method: #method,
                path: #path,
                body: #body,
                idempotent: #idempotent,
                auth: rt::Auth::#auth,
                pages: &PAGES,
            };
            fn target(&self, #target: &mut rt::Target) {
                #(#targets)*
            }
            fn check(&self, #checker: &mut rt::Checker<'_>) {
                #(#calls)*
            }
        }
    }
}
