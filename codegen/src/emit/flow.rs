//! What goes on over several calls: waiters and paging, as tables of the request and methods of the service.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation;
use super::print::{self, Piece};
use super::types::Names;
use crate::docs;
use crate::grammar::Counts;
use crate::model::{By, FieldPath, Marker, Meaning, Operation, Paging, Step, Ty, TypeKind, Waiter};
use crate::name::ident;

/// The widest line of a table.
const WIDTH: usize = 110;

pub(super) fn tables(operation: &Operation, names: Names<'_>) -> Vec<Piece> {
    let mut tables = Vec::new();
    if !operation.waiters.is_empty() {
        let rows: Vec<String> = operation.waiters.iter().map(|waiter| row(waiter, operation)).collect();
        tables.push(Piece::Table(format!("rt::waiters!({} {{\n{}}});\n", operation.rust, rows.concat())));
    }
    tables.extend(operation.paging.as_ref().and_then(|paging| pages(operation, paging, names)));
    tables
}

fn dotted(path: &FieldPath) -> String {
    let steps: Vec<String> = path.steps.iter().map(|step: &Step| ident(&step.rust).to_string()).collect();
    steps.join(".")
}

/// A line of the runtime's `waiters!`.
fn row(waiter: &Waiter, operation: &Operation) -> String {
    let mut parts = vec![format!("    {} = {:?}", waiter.constant(), waiter.id.value)];
    if let Some((list, by)) = &waiter.find {
        parts.push(format!("in {} by {}", dotted(list), dotted(by)));
    }
    let (first, longest) = waiter.seconds();
    parts.push(format!("state {}, every {first} to {longest}", dotted(&waiter.state)));
    for (meaning, list) in &waiter.states {
        let states: Vec<String> = list.iter().map(|state| format!("{:?}", state.value.to_string())).collect();
        parts.push(format!("{} [{}]", meaning.word(), states.join(", ")));
    }
    if is_in_pages(waiter, operation) {
        parts.push("in_pages".to_owned());
    }
    let mut out = String::new();
    let mut line = String::new();
    for part in parts {
        if !line.is_empty() && line.len() + part.len() + 2 > WIDTH {
            out.push_str(&format!("{line},\n"));
            line.clear();
            line.push_str("       ");
        } else if !line.is_empty() {
            line.push(',');
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&part);
    }
    format!("{out}{line};\n")
}

/// Whether the list that has the entry goes on over pages.
fn is_in_pages(waiter: &Waiter, operation: &Operation) -> bool {
    let lists = (&waiter.find, &operation.paging);
    matches!(lists, (Some((list, _)), Some(paging)) if list.place == paging.items.place && paging.by.is_some())
}

fn pages(operation: &Operation, paging: &Paging, names: Names<'_>) -> Option<Piece> {
    let items = dotted(&paging.items);
    let mut entries =
        vec![format!("items {items}: {} = {:?}", names.text(&paging.item), format!("body.{}", paging.items.place))];
    entries.extend(paging.id.as_ref().map(|id| format!("id {}", dotted(id))));
    match paging.by.as_ref()? {
        By::Offset { field, from, counts, total } => {
            let by = match counts {
                Counts::Items => "Items",
                Counts::Pages => "Pages",
            };
            entries.push(format!("offset {} from {from} by {by}", dotted(field)));
            entries.extend(total.as_ref().map(|total| format!("total {}", dotted(total))));
        }
        By::Marker { field, source } => {
            let source = match source {
                Marker::After(path) => format!("after {}", dotted(path)),
                Marker::Next(path) => format!("next {}", dotted(path)),
            };
            entries.push(format!("marker {} {source}", dotted(field)));
        }
    }
    entries.extend(paging.more.as_ref().map(|more| format!("more {}", dotted(more))));
    Some(print::table("pages", &operation.rust, entries))
}

/// What the request's docs say of it.
pub(super) fn mention(operation: &Operation) -> String {
    let mut methods: Vec<String> = operation.waiters.iter().map(|waiter| format!("`{}`", waiter.method())).collect();
    methods.extend(operation.paging.iter().map(|_| format!("`{}`", operation.pages_method())));
    if methods.is_empty() { String::new() } else { format!("\n\nSee also {} of the service.", methods.join(", ")) }
}

/// Methods of the service.
pub(super) fn methods(operation: &Operation, names: Names<'_>) -> Vec<TokenStream> {
    let waiters = operation.waiters.iter().map(|waiter| wait(waiter, operation, names));
    let pages = operation.paging.iter().map(|paging| page(paging, operation));
    waiters.chain(pages).collect()
}

fn wait(waiter: &Waiter, operation: &Operation, names: Names<'_>) -> TokenStream {
    let (method, constant) = (ident(&waiter.method()), ident(&waiter.constant()));
    let (request, output) = (ident(&operation.rust), operation::output(operation, names));
    let doc = print::doc(&about(waiter, operation, names));
    let deprecated = print::deprecated(operation.deprecated.as_ref());
    let by = waiter.find.as_ref().and_then(|(_, by)| by.steps.last()).map(|step| match step.rust.as_str() {
        "request" => ident("entry"),
        name => ident(name),
    });
    let parameter = by.as_ref().map(|by| quote!(, #by: impl Into<String>));
    let entry = by.as_ref().map(|by| quote!(.entry(#by)));
    quote! {
        #doc
        #deprecated
        pub fn #method(self, request: &'c #request #parameter) -> rt::Waiting<'c, #output> {
            self.0.wait_for(request, #request::#constant)#entry
        }
    }
}

fn about(waiter: &Waiter, operation: &Operation, names: Names<'_>) -> String {
    let (first, longest) = waiter.seconds();
    let name = &operation.rust;
    let mut text = format!(
        "Asks [`{name}`] until this is so: {}\n\nThe second time after {first} s, then less and less often, at last \
         every {longest} s, unless the caller sets that. A failure and a pause are errors, and any other state is \
         waited on; see [`Waiting`](rt::Waiting).",
        docs::sentence(&docs::text(&waiter.doc))
    );
    if let Some((list, by)) = &waiter.find {
        let place = if is_in_pages(waiter, operation) { "on any page of" } else { "in" };
        text.push_str(&format!("\n\nMeant is the entry {place} `{}` that has this `{}`.", list.place, by.place));
    }
    text.push_str(&format!("\n\n| `{}` | Means |\n|---|---|", waiter.state.place));
    for (meaning, list) in &waiter.states {
        let word = match meaning {
            Meaning::Success => "waited for",
            Meaning::Failure => "failed",
            Meaning::Paused => "paused",
            Meaning::Going => "going on",
        };
        for state in list {
            let state = state.value.to_string();
            let origin = origin(&waiter.state.ty, &state, names).replace('|', "\\|");
            text.push_str(&format!("\n| `{state}` | {word}{origin} |"));
        }
    }
    text.push_str(&pages_of(&waiter.state.ty, names));
    text
}

/// The pages that have the states.
fn pages_of(ty: &Ty, names: Names<'_>) -> String {
    let Ty::Enum(id) = ty else { return String::new() };
    let TypeKind::Enum(shape) = &names.service.types[id.0].kind else { return String::new() };
    let pages: BTreeSet<(usize, usize)> = shape.values.iter().map(|value| value.by.page).collect();
    let pages: Vec<String> =
        pages.iter().filter_map(|(unit, page)| names.service.units[*unit].pages.get(*page)).map(docs::page).collect();
    if pages.is_empty() { String::new() } else { format!("\n\nStates as in {}.", pages.join(" and ")) }
}

/// What the documentation says of a state, and where.
fn origin(ty: &Ty, state: &str, names: Names<'_>) -> String {
    let Ty::Enum(id) = ty else { return String::new() };
    let TypeKind::Enum(shape) = &names.service.types[id.0].kind else { return String::new() };
    let Some(value) = shape.values.iter().find(|value| value.text.value == state) else { return String::new() };
    let doc = value.doc.as_deref().map_or_else(String::new, |doc| format!(": {}", docs::line(&docs::text(doc))));
    format!("{doc}{}", docs::evidence(names.service, value.by))
}

fn page(paging: &Paging, operation: &Operation) -> TokenStream {
    let (method, request) = (ident(&operation.pages_method()), ident(&operation.rust));
    let start = match &paging.by {
        Some(By::Marker { field, .. } | By::Offset { field, .. }) => field.place.as_str(),
        None => "",
    };
    let limit = paging.limit.as_ref().map_or_else(String::new, |limit| format!(", `{}` entries each", limit.place));
    let doc = print::doc(&format!(
        "The pages of [`{}`], from the `{start}` of the request on{limit}; `items()` gives their `{}` one by one. See \
         [`Pages`](rt::Pages).",
        operation.rust, paging.items.place
    ));
    let deprecated = print::deprecated(operation.deprecated.as_ref());
    quote! {
        #doc
        #deprecated
        pub fn #method(self, request: #request) -> rt::Pages<'c, #request> {
            self.0.pages(request)
        }
    }
}
