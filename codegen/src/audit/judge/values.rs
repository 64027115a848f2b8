//! Values of enumerations.

use super::{Cell, Cx, Is};
use crate::audit::claims::Fact;
use crate::audit::words;
use crate::grammar::Basis;
use crate::page::{Said, Values};

/// Whether a list is so marked that what it leaves out is no value: one with a label, or better.
pub(crate) fn is_list(values: &Values) -> bool {
    values.formal || values.label.is_some()
}

/// Whether a row lists just these values.
pub(crate) fn is_listed(row: &crate::page::Row, list: &[&str]) -> Is {
    match &row.says.values {
        Said::Is(at) => {
            let on_page: std::collections::BTreeSet<&str> = at.is.list.iter().map(|said| said.value.as_str()).collect();
            let same = on_page == list.iter().copied().collect();
            if same { Is::Same } else { Is::Differs(on_page.into_iter().collect::<Vec<_>>().join(", ")) }
        }
        Said::Unreadable(_) => Is::Unclear("the list of values is empty or could not be read".to_owned()),
        Said::Nothing => Is::Unclear("no list of values".to_owned()),
    }
}

pub(super) fn says(cx: &Cx<'_>, fact: &Fact<'_>, cell: Cell<'_>, value: &str) -> Is {
    let says = &cell.row.says;
    let lists = |values: &Values| values.list.iter().any(|said| said.value == value);
    let in_text = || words::names(&cell.row.description, value);
    match &says.values {
        Said::Is(at) if lists(&at.is) => return Is::Same,
        Said::Is(_) if says.other_values.iter().any(lists) => {
            return Is::Unclear("one list of the row has it, another has not".to_owned());
        }
        Said::Is(at) if is_list(&at.is) && !in_text() => {
            let list: Vec<&str> = at.is.list.iter().map(|said| said.value.as_str()).collect();
            return Is::Differs(format!("the values {}", list.join(", ")));
        }
        _ => {}
    }
    if fact.by.basis == Basis::Example {
        let shown = cx.samples.of_field(fact.holder, fact.name).any(|(_, sample)| shows(sample, value));
        return if shown { Is::Found } else { Is::Unclear("no example shows it".to_owned()) };
    }
    if in_text() {
        // In a sentence it may stand for what is no value any more.
        return if fact.by.basis == Basis::Table && says.values.is().is_some() {
            Is::Unclear("its text names it, its list does not".to_owned())
        } else {
            Is::Found
        };
    }
    match &says.values {
        Said::Unreadable(_) => Is::Unclear("the list of values is empty or could not be read".to_owned()),
        _ if words::has(&cell.row.description, value) => {
            Is::Unclear("its text has the word, which may be an ordinary one".to_owned())
        }
        _ => Is::Unclear("no list of values, and its text does not name it".to_owned()),
    }
}

fn shows(sample: &serde_json::Value, value: &str) -> bool {
    match sample {
        serde_json::Value::String(text) => text == value,
        serde_json::Value::Number(number) => number.to_string() == value,
        serde_json::Value::Array(items) => items.iter().any(|item| shows(item, value)),
        _ => false,
    }
}
