//! Facts that stand in a row.

use super::limits::{self, Of};
use super::{Cell, Cx, Is, types, values};
use crate::audit::claims::{Claim, Fact};
use crate::audit::words;
use crate::grammar::{Need, RuleKind};
use crate::page::Mandatory;

pub(super) fn says(cx: &Cx<'_>, fact: &Fact<'_>, cell: Cell<'_>) -> Is {
    let basis = fact.by.basis;
    match &fact.claim {
        Claim::Present => Is::Same,
        Claim::Type(field) => match &cell.row.ty {
            Some(ty) => types::says(cx.service, &field.ty, field.as_text.is_some(), &ty.is, &ty.text),
            None => Is::Unclear("its table has no type for it".to_owned()),
        },
        Claim::Need(need) => self::need(cx, fact, cell, *need),
        Claim::Length(bounds) => limits::says(cell, Of::Length, *bounds, basis),
        Claim::Range(bounds) => limits::says(cell, Of::Range, *bounds, basis),
        Claim::Items(bounds) => limits::says(cell, Of::Items, *bounds, basis),
        Claim::Pattern(pattern) => limits::pattern(cell, pattern),
        Claim::Default(default) => limits::default(cell, default, basis),
        Claim::Value { text, .. } => values::says(cx, fact, cell, text),
        Claim::Nullable => {
            let shown = || cx.samples.of_field(fact.holder, fact.name).any(|(_, sample)| sample.is_null());
            found(words::has(&cell.row.description, "null") || shown(), "its text does not speak of null")
        }
        Claim::Unit(unit) => found(words::has_unit(&cell.row.description, unit), "its text does not name this unit"),
        Claim::Format(format) => {
            let mut samples = cx.samples.of_field(fact.holder, fact.name).map(|(_, sample)| sample);
            let shown =
                samples.any(|sample| words::is_of_format(sample.as_str().unwrap_or(&sample.to_string()), format));
            let said = words::has(&cell.row.description, format)
                || cell
                    .row
                    .description
                    .split_whitespace()
                    .any(|word| words::is_of_format(word.trim_matches(['.', ',', '*']), format));
            found(said || shown, "neither its text nor an example shows this format")
        }
        Claim::Deprecated => found(cell.row.says.deprecated, "its text does not say so in usual words"),
        _ => Is::Unclear(String::new()),
    }
}

fn found(is: bool, otherwise: &str) -> Is {
    if is { Is::Found } else { Is::Unclear(otherwise.to_owned()) }
}

fn need(cx: &Cx<'_>, fact: &Fact<'_>, cell: Cell<'_>, need: Need) -> Is {
    let in_words = || words::speaks_of_need(&cell.row.description) || is_ruled(cx, fact.name);
    match (&cell.row.mandatory, need) {
        (Some(Mandatory::No), Need::Optional) if in_words() => {
            Is::Unclear("its table says `No`, a text that it can be mandatory".to_owned())
        }
        (Some(Mandatory::Yes), Need::Required) | (Some(Mandatory::No), Need::Optional) => Is::Same,
        (Some(Mandatory::No), Need::Conditional) => {
            Is::Unclear("its table says `No`; a condition stands in sentences".to_owned())
        }
        (Some(Mandatory::Other(text)), _) => Is::Unclear(format!("its table says `{text}`")),
        (Some(Mandatory::Yes), _) => Is::Differs("mandatory".to_owned()),
        (Some(Mandatory::No), _) => Is::Differs("not mandatory".to_owned()),
        (None, Need::Unstated) if !cell.table.says_mandatory => Is::Same,
        (None, _) if cell.table.says_mandatory => Is::Unclear("its cell is empty".to_owned()),
        (None, _) => Is::Unclear("its table does not say what is mandatory".to_owned()),
    }
}

/// Whether a rule makes a field necessary under a condition.
fn is_ruled(cx: &Cx<'_>, name: &str) -> bool {
    cx.operation.rules.iter().any(|rule| {
        rule.kind == RuleKind::RequiredIf
            && rule.fields.iter().any(|field| field.place.rsplit('.').next() == Some(name))
    })
}
