//! The constants of a file that checks refer to: its pages, evidence and patterns.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::grammar::{Basis, Level};
use crate::model::{Service, Sourcing, TypeId, TypeKind, Unit};
use crate::name;
use crate::pattern::{Inst, Program};

/// Clouds a fact is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clouds {
    #[default]
    All,
    Only(Vec<String>),
    Except(Vec<String>),
}

/// Collects what the checks of one file refer to.
pub(super) struct Sources<'a> {
    service: &'a Service,
    unit: usize,
    evidence: BTreeMap<(Sourcing, Clouds), Ident>,
    patterns: BTreeMap<String, Ident>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(service: &'a Service, unit: usize) -> Self {
        Self { service, unit, evidence: BTreeMap::new(), patterns: BTreeMap::new() }
    }

    /// The name of the constant that holds this evidence.
    pub(super) fn source(&mut self, by: Sourcing, clouds: Clouds) -> Ident {
        let name = self.name(by, &clouds);
        self.evidence.entry((by, clouds)).or_insert(name).clone()
    }

    /// Where the values of an enumeration come from, if not from where the field does: the best evidence that any of them has.
    pub(super) fn evidence_of(&self, id: TypeId) -> Option<Sourcing> {
        let TypeKind::Enum(shape) = &self.service.types[id.0].kind else { return None };
        let best = shape.values.iter().map(|value| value.by).filter(|by| by.level == Level::Error).min()?;
        let (unit, page) = best.page;
        let unit = &self.service.units[unit];
        (best.basis != unit.basis_of(page) || page != unit.lead).then_some(best)
    }

    fn name(&self, by: Sourcing, clouds: &Clouds) -> Ident {
        let mut name = match by.basis {
            Basis::Table => "TABLE",
            Basis::Prose => "PROSE",
            Basis::Example => "EXAMPLE",
            Basis::SiblingPage => "SIBLING_PAGE",
            Basis::Sdk => "SDK",
        }
        .to_owned();
        let (unit, page) = by.page;
        if unit != self.unit {
            name.push_str(&format!("_OF_{}", self.service.units[unit].module.to_uppercase()));
        }
        if page != self.service.units[unit].lead {
            name.push_str(&format!("_OF_PAGE_{}", page + 1));
        }
        if by.level == Level::Warning {
            name.push_str("_WARNING");
        }
        let (word, list) = match clouds {
            Clouds::All => ("", [].as_slice()),
            Clouds::Only(list) => ("_ONLY", list.as_slice()),
            Clouds::Except(list) => ("_EXCEPT", list.as_slice()),
        };
        name.push_str(word);
        for cloud in list {
            name.push('_');
            name.push_str(&name::module(cloud).to_uppercase());
        }
        format_ident!("{name}")
    }

    pub(super) fn pattern(&mut self, text: &str) -> Ident {
        let next = self.patterns.len() + 1;
        self.patterns.entry(text.to_owned()).or_insert_with(|| format_ident!("PATTERN_{next}")).clone()
    }

    /// The constants, in front of what uses them.
    pub(super) fn items(self, unit: &Unit) -> Vec<TokenStream> {
        let mut items = Vec::new();
        items.push(pages(unit));
        for ((by, clouds), name) in &self.evidence {
            let value = self.value(*by, clouds);
            items.push(quote!(const #name: rt::Source = #value;));
        }
        for (text, name) in &self.patterns {
            // Lints saw every pattern, so this compiles.
            let Program(program) = crate::pattern::compile(text).unwrap_or_default();
            let program = program.iter().map(inst);
            items.push(quote!(static #name: rt::Pattern = rt::Pattern::new(#text, &[#(#program),*]);));
        }
        items
    }

    fn value(&self, by: Sourcing, clouds: &Clouds) -> TokenStream {
        let (unit, page) = by.page;
        let page = Literal::usize_unsuffixed(page);
        let module = name::ident(&self.service.units[unit].module);
        let table = if unit == self.unit { quote!(PAGES) } else { quote!(super::#module::PAGES) };
        let mut value = quote!(rt::Source::table(&#table[#page]));
        let basis = match by.basis {
            Basis::Table => None,
            Basis::Prose => Some(quote!(Prose)),
            Basis::Example => Some(quote!(Example)),
            Basis::SiblingPage => Some(quote!(SiblingPage)),
            Basis::Sdk => Some(quote!(Sdk)),
        };
        if let Some(basis) = basis {
            value = quote!(#value.basis(rt::Basis::#basis));
        }
        if by.level == Level::Warning {
            value = quote!(#value.warning());
        }
        match clouds {
            Clouds::All => value,
            Clouds::Only(list) => quote!(#value.only(&[#(#list),*])),
            Clouds::Except(list) => quote!(#value.except(&[#(#list),*])),
        }
    }
}

fn pages(unit: &Unit) -> TokenStream {
    let count = Literal::usize_unsuffixed(unit.pages.len());
    let pages = unit.pages.iter().map(|page| {
        let crate::model::Page { id, cloud, title, url, updated, basis: _ } = page;
        let (url, updated) = (url.as_deref().unwrap_or_default(), updated.as_deref().unwrap_or_default());
        quote!(rt::Page { id: #id, cloud: #cloud, title: #title, url: #url, updated: #updated })
    });
    // Types that several operations share may have limits on answers only, which are not checked.
    let unused = unit.operation.is_none().then(|| quote!(#[allow(dead_code)]));
    quote!(#unused pub(super) static PAGES: [rt::Page; #count] = [#(#pages),*];)
}

fn inst(inst: &Inst) -> TokenStream {
    let number = |number: &u32| Literal::u32_unsuffixed(*number);
    match inst {
        Inst::Any(ranges) => {
            let ranges = ranges.iter().map(|(low, high)| quote!((#low, #high)));
            quote!(rt::Inst::Any(&[#(#ranges),*]))
        }
        Inst::Split(one, other) => {
            let (one, other) = (number(one), number(other));
            quote!(rt::Inst::Split(#one, #other))
        }
        Inst::Jump(to) => {
            let to = number(to);
            quote!(rt::Inst::Jump(#to))
        }
        Inst::Start => quote!(rt::Inst::Start),
        Inst::End => quote!(rt::Inst::End),
        Inst::Match => quote!(rt::Inst::Match),
    }
}
