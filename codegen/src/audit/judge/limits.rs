//! Limits, patterns and defaults.

use super::{Cell, Is};
use crate::audit::words;
use crate::decode::{Literal, Number};
use crate::grammar::{Basis, Bounds, Pattern};
use crate::page::{Limits, Said, TypeName};

/// What a limit is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Length,
    Range,
    Items,
}

impl Of {
    pub(crate) const ALL: [Self; 3] = [Self::Length, Self::Range, Self::Items];
}

/// The limit of a kind that a row states, if it does.
pub(crate) fn stated<'a>(row: &'a crate::page::Row, of: Of) -> &'a Said<Limits> {
    let named = match of {
        Of::Length => &row.says.length,
        Of::Range => &row.says.range,
        Of::Items => &row.says.items,
    };
    if *named == Said::Nothing && bare_is_of(row.ty.as_ref().map(|ty| &ty.is)) == Some(of) { &row.says.bare } else { named }
}

/// What a limit without a unit is of.
fn bare_is_of(ty: Option<&TypeName>) -> Option<Of> {
    match ty? {
        TypeName::String | TypeName::Date | TypeName::Binary => Some(Of::Length),
        TypeName::Integer | TypeName::Long | TypeName::Float | TypeName::Number => Some(Of::Range),
        TypeName::Array(inner) | TypeName::Map(inner) => bare_is_of(Some(inner)),
        _ => None,
    }
}

pub(super) fn says(cell: Cell<'_>, of: Of, bounds: Bounds, basis: Basis) -> Is {
    match limit_is(cell.row, of, bounds) {
        Is::Silent(_) if basis != Basis::Table => Is::Unclear("no such limit was found in its text".to_owned()),
        is => is,
    }
}

/// Whether a row has a limit.
pub(crate) fn limit_is(row: &crate::page::Row, of: Of, bounds: Bounds) -> Is {
    match stated(row, of) {
        Said::Is(at) if same(at.is, bounds) => Is::Same,
        Said::Is(at) => Is::Differs(shown(at.is.low, at.is.high)),
        Said::Unreadable(at) => Is::Unclear(format!("it has a limit that could not be read: {}", short(&at.is))),
        Said::Nothing => match words::bounds(&row.description) {
            Some(found) if found == bounds => Is::Found,
            Some(found) => Is::Unclear(format!("its text gives {}, if that is meant", shown(found.low, found.high))),
            None => Is::Silent("no such limit".to_owned()),
        },
    }
}

fn same(limits: Limits, bounds: Bounds) -> bool {
    limits.low.map(Number::as_f64) == bounds.low.map(Number::as_f64)
        && limits.high.map(Number::as_f64) == bounds.high.map(Number::as_f64)
        && whole(limits.low) == whole(bounds.low)
        && whole(limits.high) == whole(bounds.high)
}

/// Beyond 2^53 only integers tell apart.
fn whole(number: Option<Number>) -> Option<i64> {
    number.and_then(Number::as_integer)
}

/// As the spec writes it.
pub(crate) fn shown(low: Option<Number>, high: Option<Number>) -> String {
    let end = |number: Option<Number>| number.map_or_else(|| "~".to_owned(), |number| number.to_string());
    format!("[{}, {}]", end(low), end(high))
}

pub(crate) fn short(text: &str) -> String {
    let line = crate::docs::line(text);
    if line.chars().count() <= 60 { line } else { line.chars().take(59).chain(['…']).collect() }
}

pub(super) fn pattern(cell: Cell<'_>, pattern: &Pattern) -> Is {
    match &cell.row.says.pattern {
        Said::Is(at) if at.is.trim() == pattern.text.trim() => Is::Same,
        Said::Is(at) => Is::Differs(format!("`{}`", short(&at.is))),
        Said::Unreadable(_) => Is::Unclear("it has a pattern that could not be read".to_owned()),
        Said::Nothing if cell.row.description.contains(pattern.text.trim()) => Is::Found,
        Said::Nothing => Is::Silent("no pattern".to_owned()),
    }
}

pub(super) fn default(cell: Cell<'_>, default: &Literal, basis: Basis) -> Is {
    match default_is(cell.row, default) {
        Is::Silent(_) if basis != Basis::Table => Is::Unclear("no default was found in its text".to_owned()),
        is => is,
    }
}

/// Whether a row has a default.
pub(crate) fn default_is(row: &crate::page::Row, default: &Literal) -> Is {
    match &row.says.default {
        Said::Is(at) if is_literal(&at.is, default) => Is::Same,
        Said::Is(at) => Is::Differs(format!("`{}`", short(&at.is))),
        Said::Unreadable(_) => Is::Unclear("it has a default that could not be read".to_owned()),
        Said::Nothing if row.description.to_lowercase().contains("default") => {
            Is::Unclear("its text speaks of a default in a sentence".to_owned())
        }
        Said::Nothing => Is::Silent("no default".to_owned()),
    }
}

/// Whether a text of a page is a value.
fn is_literal(text: &str, literal: &Literal) -> bool {
    let text = text.trim().trim_matches(['"', '`', '\'']);
    match literal {
        Literal::Text(value) => text == value,
        Literal::Boolean(value) => text.eq_ignore_ascii_case(&value.to_string()),
        Literal::Null => text.eq_ignore_ascii_case("null"),
        Literal::Number(Number::Integer(value)) => text.replace(',', "").parse() == Ok(*value),
        Literal::Number(Number::Float(value)) => text.replace(',', "").parse() == Ok(*value),
    }
}
