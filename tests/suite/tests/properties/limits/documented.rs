//! The limits of operations, as the spec has them, in the form of the table.

use std::collections::BTreeMap;

use super::expected::kind;
use super::facts::{By, Input, Limit, OPERATIONS, Rule};

/// Operation, place, name and level.
pub(super) type Row = (String, String, String, String);

/// The limits that the spec has for these operations, and the page that documents each.
pub(super) fn documented(files: &[&str]) -> BTreeMap<Row, String> {
    let mut rows = BTreeMap::new();
    for file in files {
        let operation = &OPERATIONS[*file];
        let mut add = |place: &str, name: String, by: &By| {
            let level = if by.warning { "warning" } else { "error" };
            let row = ((*file).to_owned(), place.to_owned(), name, level.to_owned());
            rows.insert(row, by.page.clone());
        };
        let mut todo: Vec<&Input> = operation.inputs.iter().collect();
        let rules = |holder: &str, rules: &[Rule], add: &mut dyn FnMut(&str, String, &By)| {
            for rule in rules {
                add(&rule_place(holder, rule), rule.id.clone(), &rule.by);
            }
        };
        rules("", &operation.rules, &mut add);
        while let Some(input) = todo.pop() {
            for fact in &input.facts {
                // No lower limit of a size is one of zero.
                let name = match &fact.limit {
                    Limit::Length(low, high) | Limit::Items(low, high) => {
                        format!("{} {}..{}", kind(&fact.limit), low.unwrap_or(0), high.unwrap())
                    }
                    Limit::Range(low, high) => format!("range {low}..{high}"),
                    other => kind(other).to_owned(),
                };
                add(&input.place, name, &fact.by);
            }
            rules(&input.place, &input.rules, &mut add);
            todo.extend(&input.below);
        }
    }
    rows
}

/// A rule on a group of fields is told of what holds them, one on single fields of the field.
fn rule_place(holder: &str, rule: &Rule) -> String {
    let first = if holder.is_empty() { rule.fields[0].clone() } else { format!("{holder}.{}", rule.fields[0]) };
    match rule.kind.as_str() {
        "required-if" | "forbidden-if" | "applies-if" | "ordered" => first,
        _ => first.rsplit_once('.').map(|(holder, _)| holder.to_owned()).unwrap_or_default(),
    }
}
