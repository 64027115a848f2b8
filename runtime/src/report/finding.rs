//! One violation of a documented fact.

use crate::shorten::Shortened;
use crate::source::{Basis, Level, Page, Source};

/// The kind of fact that is violated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Characters of a text.
    Length,
    /// Elements of a list.
    Items,
    /// Size of a number.
    Range,
    /// Form of a text.
    Pattern,
    /// A value the pages do not list.
    KnownValue,
    /// A value the pages list, but whose sending is doubtful.
    DoubtfulValue,
    /// A field that one cloud demands.
    Required,
    /// At least one of several fields must be set.
    AtLeastOneOf,
    /// Exactly one of several fields must be set.
    ExactlyOneOf,
    /// At most one of several fields may be set.
    AtMostOneOf,
    /// Several fields are set together or not at all.
    AllOrNone,
    /// A field that a condition demands.
    RequiredIf,
    /// A field that a condition forbids.
    ForbiddenIf,
    /// A field that has an effect under a condition only.
    AppliesIf,
    /// Two fields in the wrong order.
    Ordered,
}

impl Rule {
    /// The name of the kind in the spec, such as `at-least-one-of`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Items => "items",
            Self::Range => "range",
            Self::Pattern => "pattern",
            Self::KnownValue => "known-value",
            Self::DoubtfulValue => "doubtful-value",
            Self::Required => "required",
            Self::AtLeastOneOf => "at-least-one-of",
            Self::ExactlyOneOf => "exactly-one-of",
            Self::AtMostOneOf => "at-most-one-of",
            Self::AllOrNone => "all-or-none",
            Self::RequiredIf => "required-if",
            Self::ForbiddenIf => "forbidden-if",
            Self::AppliesIf => "applies-if",
            Self::Ordered => "ordered",
        }
    }
}

/// The longest value a finding keeps, in characters.
const VALUE: usize = 60;

/// One violation of a documented fact. It never holds the text of a [`Secret`](crate::Secret).
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    place: String,
    rule: Rule,
    rule_id: Option<&'static str>,
    limit: String,
    problem: String,
    value: Option<String>,
    level: Level,
    basis: Basis,
    page: &'static Page,
}

impl Finding {
    /// A finding of `level`, which may be lower than the fact's own.
    pub(crate) fn new(
        place: String,
        rule: Rule,
        problem: String,
        limit: String,
        level: Level,
        source: &Source,
    ) -> Self {
        let (basis, page) = (source.evidence(), source.documented_on());
        Self { place, rule, rule_id: None, limit, problem, value: None, level, basis, page }
    }

    /// Names the rule, if it is one over several fields.
    pub(crate) fn set_id(&mut self, id: &'static str) {
        self.rule_id = Some(id);
    }

    /// Keeps the beginning of the offending value, escaped. Not for secrets.
    pub(crate) fn set_value(&mut self, value: &str) {
        self.value = Some(Shortened(value, VALUE).to_string());
    }

    /// What it is about, such as `body.disks[2].name`; empty for a rule over the whole request.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The kind of fact.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The rule's name in the spec, if it is a rule over several fields.
    pub fn rule_id(&self) -> Option<&'static str> {
        self.rule_id
    }

    /// What is documented, such as `1 to 36 characters`.
    pub fn limit(&self) -> &str {
        &self.limit
    }

    /// What is wrong, such as `has 40 characters`.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// The offending value, escaped and cut to its beginning; `None` for secrets, and where no single value offends.
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// Whether it stops the request while checks are enforced.
    pub fn level(&self) -> Level {
        self.level
    }

    /// What kind of statement documents the fact.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The page that documents the fact.
    pub fn page(&self) -> &'static Page {
        self.page
    }
}
