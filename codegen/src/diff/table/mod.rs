//! All rules: what kinds of change there are, and what each does to callers.

pub(crate) mod answers;
pub(crate) mod crates;
pub(crate) mod documentation;
pub(crate) mod facts;
pub(crate) mod fields;
pub(crate) mod operations;
pub(crate) mod types;

use super::Rule;

/// All rules, by area.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [crates::RULES, operations::RULES, fields::RULES, facts::RULES, types::RULES, answers::RULES, documentation::RULES]
        .into_iter()
        .flatten()
        .copied()
}

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// Why only requests, or only answers, have a rule of that name.
pub fn one_way(id: &str) -> Option<&'static str> {
    ONE_WAY.iter().find(|(found, _)| *found == id).map(|(_, why)| *why)
}

static ONE_WAY: &[(&str, &str)] = &[
    (
        "request-field-added-required",
        "what an answer must hold is never demanded, so answers have `response-field-added` alone",
    ),
    ("request-field-removed-required", "as its mirror"),
    ("request-field-added-optional", "as above"),
    ("request-field-removed-optional", "as above"),
    ("response-field-added", "requests tell required fields from others"),
    ("response-field-removed", "as its mirror"),
    ("request-field-moved", "an answer has no parameters; its fields are all in one body"),
    (
        "request-required-on-cloud",
        "the checks look at requests alone, so a cloud's need is nothing an answer could miss",
    ),
    ("request-optional-on-cloud", "as its mirror"),
    ("request-type-widened", "an answer of another type is another type to those who read it, whichever holds more"),
    ("request-type-narrowed", "as its mirror"),
    ("request-body-added", "answers have statuses, and each status has its body: `success-body-added`"),
    ("request-body-removed", "as its mirror"),
];

#[cfg(test)]
mod tests;
