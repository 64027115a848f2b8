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

/// The limit of a kind that a row states, if it does.
pub(crate) fn stated(row: &crate::page::Row, of: Of) -> &Said<Limits> {
    let named = match of {
        Of::Length => &row.says.length,
        Of::Range => &row.says.range,
        Of::Items => &row.says.items,
    };
    if *named == Said::Nothing && bare_is_of(row.ty.as_ref().map(|ty| &ty.is)) == Some(of) {
        &row.says.bare
    } else {
        named
    }
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
    let end = |page: Option<Number>, spec: Option<Number>| match (page, spec) {
        // Beyond 2^53 only integers tell apart.
        (Some(Number::Integer(page)), Some(Number::Integer(spec))) => page == spec,
        (Some(page), Some(spec)) => page.as_f64().total_cmp(&spec.as_f64()).is_eq(),
        (page, spec) => page.is_none() && spec.is_none(),
    };
    end(limits.low, bounds.low) && end(limits.high, bounds.high)
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
        Said::Is(at) if same_pattern(&at.is, &pattern.text) => Is::Same,
        Said::Is(at) => Is::Differs(format!("`{}`", short(&at.is))),
        Said::Unreadable(_) => Is::Unclear("it has a pattern that could not be read".to_owned()),
        Said::Nothing if cell.row.description.contains(pattern.text.trim()) => Is::Found,
        Said::Nothing => Is::Silent("no pattern".to_owned()),
    }
}

/// Pages show patterns as they are, or escaped as in the source of a program.
fn same_pattern(page: &str, spec: &str) -> bool {
    let (page, spec) = (page.trim(), spec.trim());
    let quotes = page.replace("\\\"", "\"").replace("\\'", "'").replace("\\/", "/");
    page == spec || quotes == spec || quotes.replace("\\\\", "\\") == spec
}

/// The texts that a pattern such as `^(a|b)$` lists, if it does nothing else.
pub(crate) fn alternatives(pattern: &str) -> Option<Vec<&str>> {
    let inside = pattern.trim().strip_prefix('^')?.strip_suffix('$')?;
    let inside = inside.strip_prefix('(')?.strip_suffix(')')?;
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    let list: Vec<&str> = inside.split('|').collect();
    list.iter().all(|text| plain(text)).then_some(list)
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

#[cfg(test)]
mod tests {
    use super::{alternatives, is_literal, same_pattern};
    use crate::decode::{Literal, Number};

    #[test]
    fn patterns_escaped_or_not() {
        assert!(same_pattern(r#"^[^<>&\"'\\\\]*$"#, r#"^[^<>&"'\\]*$"#));
        assert!(same_pattern(r#"^[^<>&\"'\\]*$"#, r#"^[^<>&"'\\]*$"#));
        assert!(!same_pattern("^[0-9]*$", "^[0-8]*$"));
        assert_eq!(alternatives("^(src|dst)$"), Some(vec!["src", "dst"]));
        assert_eq!(alternatives("^(a|b.*)$"), None);
        assert_eq!(alternatives("a|b"), None);
    }

    #[test]
    fn defaults_as_pages_write_them() {
        let cases = [
            ("false", Literal::Boolean(false), true),
            ("False", Literal::Boolean(false), true),
            ("\"plain\"", Literal::Text("plain".to_owned()), true),
            ("10,240", Literal::Number(Number::Integer(10_240)), true),
            ("0.5", Literal::Number(Number::Float(0.5)), true),
            ("1", Literal::Boolean(true), false),
            ("Plain", Literal::Text("plain".to_owned()), false),
        ];
        for (text, literal, expected) in cases {
            assert_eq!(is_literal(text, &literal), expected, "{text}");
        }
    }
}
