//! What errata say that a page says.

use std::cell::Cell;

use super::claims::{Claim, Fact, Holder};
use super::facts::fields;
use super::judge::Cx;
use super::pages::is_same_page;
use crate::decode::{Decode, Literal, Text};
use crate::diagnostic::Diagnostics;
use crate::errata::place_or_gap;
use crate::grammar::{Bounds, Erratum, ErratumKind, FactName, Need};
use crate::model::{Location, Operation, Payload, Service, Ty};
use crate::read::{Node, Value};

/// An erratum that speaks of the page.
#[derive(Debug)]
pub(super) struct Applied<'s> {
    pub(super) erratum: &'s Erratum,
    /// Its place, named from the type that holds the field.
    pub(super) place: String,
    /// Whether it was compared with anything.
    pub(super) used: Cell<bool>,
}

/// All errata that speak of the page.
#[derive(Debug, Default)]
pub(super) struct Errata<'s> {
    of_page: Vec<Applied<'s>>,
    /// Those of the operation's other pages.
    of_others: Vec<Applied<'s>>,
}

impl<'s> Errata<'s> {
    pub(super) fn new(service: &'s Service, unit: usize, entry: usize) -> Self {
        let Some(file) = service.units.get(unit) else { return Self::default() };
        let mut errata = Self::default();
        for (at, other) in service.units.iter().enumerate() {
            if at != unit && other.operation.is_some() {
                continue;
            }
            for erratum in &other.errata {
                let page = erratum.page.as_ref().or_else(|| example_page(other.operation.as_ref(), erratum));
                let page = match page {
                    Some(id) => other.pages.iter().position(|page| page.id == id.value),
                    None => Some(other.lead),
                };
                let is_meant = page.is_some_and(|page| {
                    (at, page) == (unit, entry)
                        || at != unit && is_same_page(other.pages.get(page), file.pages.get(entry))
                });
                let place = place_or_gap(service, other, erratum);
                let applied = Applied { erratum, place, used: Cell::new(false) };
                if is_meant {
                    errata.of_page.push(applied);
                } else {
                    errata.of_others.push(applied);
                }
            }
        }
        errata
    }

    /// Errata of the operation's other pages: an edition often keeps the slips of another.
    pub(super) fn others(&self) -> impl Iterator<Item = &Applied<'s>> {
        self.of_others.iter()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Applied<'s>> {
        self.of_page.iter()
    }

    /// The erratum about one fact of one place.
    pub(super) fn about(&self, service: &Service, fact: &Fact<'_>) -> Option<&Applied<'s>> {
        let mut all = self.of_page.iter().filter(|applied| {
            let erratum = applied.erratum;
            let here = applied.place == fact.at || erratum.at.value == fact.at;
            let of_type = matches!(fact.claim, Claim::Value { ty, .. }
                if service.types.get(ty.0).is_some_and(|ty| ty.name.value == erratum.at.value));
            let of_body = matches!(fact.claim, Claim::HasBody(_)) && erratum.at.value == "operation";
            let of_answer = matches!((&fact.claim, fact.holder), (Claim::Answers(_), Holder::Answer(status))
                if erratum.at.value == format!("responses.{status}"));
            erratum.fact.value == fact.claim.fact()
                && (here || of_type || of_body || of_answer)
                && (fact.at != "operation" || matches!(fact.claim, Claim::HasBody(_)))
        });
        // Of several, one that says in data what the page says tells more than one in words.
        let in_words = |applied: &Applied<'_>| matches!(documented(applied.erratum), Documented::Words(_));
        let mut best = all.next()?;
        best.used.set(true);
        for other in all {
            other.used.set(true);
            if in_words(best) && !in_words(other) {
                best = other;
            }
        }
        Some(best)
    }

    /// The erratum about a place that need not be in the spec.
    pub(super) fn at(&self, place: &str, raw: &str, fact: FactName) -> Option<&Applied<'s>> {
        self.of_page.iter().find(|applied| {
            applied.erratum.fact.value == fact && (applied.place == place || applied.erratum.at.value == raw)
        })
    }

    /// The erratum that records a row, value or status which the spec leaves out.
    pub(super) fn records(&self, place: &str, name: &str) -> Option<&Applied<'s>> {
        self.of_page.iter().find(|applied| {
            let erratum = applied.erratum;
            let named = || {
                let texts = erratum.documented.iter().flat_map(|data| texts(&data.0));
                texts.into_iter().any(|text| super::words::has(text, name))
            };
            erratum.fact.value == FactName::Name && (applied.place == place || erratum.at.value == place || named())
        })
    }
}

/// An erratum of kind `example` without a page speaks of the page of its example.
fn example_page<'s>(operation: Option<&'s Operation>, erratum: &Erratum) -> Option<&'s Text> {
    let seen = erratum.seen.as_ref()?;
    operation?.examples.iter().find(|example| example.name.value == seen.example.value)?.page.as_ref()
}

/// All texts in a value.
pub(super) fn texts(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Scalar { text, .. } => vec![text],
        Value::List(items) => items.iter().flat_map(texts).collect(),
        Value::Map(entries) => {
            entries.iter().flat_map(|entry| std::iter::once(&*entry.key).chain(texts(&entry.value))).collect()
        }
    }
}

/// What an erratum says that the page says, in the form of a fact.
#[derive(Debug)]
pub(super) enum Documented<'s> {
    Bounds(Bounds),
    Need(Need),
    Default(Literal),
    /// One of the scalar types, or a list of one.
    Type(&'s str),
    Values(Vec<&'s str>),
    /// In words, which nothing can be compared with.
    Words(String),
}

pub(super) fn documented(erratum: &Erratum) -> Documented<'_> {
    let Some(data) = &erratum.documented else { return Documented::Words("nothing".to_owned()) };
    let node = &data.0;
    let words = || Documented::Words(texts(node).join(", "));
    let text = match &node.value {
        Value::Scalar { text, .. } => Some(&**text),
        _ => None,
    };
    match erratum.fact.value {
        FactName::Length | FactName::Range | FactName::Items => decoded(node).map_or_else(words, Documented::Bounds),
        FactName::Need => decoded(node).map_or_else(words, Documented::Need),
        FactName::Default => match Literal::of(node) {
            Some(literal) if !literal.to_string().contains(' ') => Documented::Default(literal),
            _ => words(),
        },
        FactName::Type | FactName::Body => text.filter(|text| is_type(text)).map_or_else(words, Documented::Type),
        FactName::Enum => match &node.value {
            Value::List(_) => Documented::Values(texts(node)),
            _ => words(),
        },
        _ => words(),
    }
}

/// What an erratum says that the spec says instead, in the form of a fact.
#[derive(Debug)]
pub(super) enum Adopted<'s> {
    Bounds(Bounds),
    Need(Need),
    Default(Literal),
    Type {
        word: &'s str,
        as_text: bool,
    },
    /// A body without fields.
    Body(&'s str),
}

impl<'s> Adopted<'s> {
    /// `None` if it is said in words.
    pub(super) fn of(erratum: &'s Erratum) -> Option<Self> {
        let node = &erratum.adopted.as_ref()?.0;
        let text = |node: &'s Node| match &node.value {
            Value::Scalar { text, .. } => Some(&**text),
            _ => None,
        };
        match erratum.fact.value {
            FactName::Length | FactName::Range | FactName::Items => decoded(node).map(Self::Bounds),
            FactName::Need => decoded(node).map(Self::Need),
            FactName::Default => {
                Literal::of(node).filter(|literal| !literal.to_string().contains(' ')).map(Self::Default)
            }
            FactName::Type => match &node.value {
                Value::Map(_) => {
                    let word = text(node.get("type")?)?;
                    Some(Self::Type { word, as_text: node.get("wire").and_then(text) == Some("text") })
                }
                _ => text(node).filter(|word| is_type(word)).map(|word| Self::Type { word, as_text: false }),
            },
            FactName::Body => {
                text(node).filter(|word| ["none", "json", "text", "binary"].contains(word)).map(Self::Body)
            }
            _ => None,
        }
    }

    /// As the spec writes it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Bounds(bounds) => super::judge::shown(bounds.low, bounds.high),
            Self::Need(need) => need.word().to_owned(),
            Self::Default(literal) => literal.to_string(),
            Self::Type { word, as_text } => format!("{word}{}", if *as_text { " as text" } else { "" }),
            Self::Body(word) => (*word).to_owned(),
        }
    }
}

/// The values that an erratum says were adopted, if it lists them.
pub(super) fn adopted_values(erratum: &Erratum) -> Option<Vec<&str>> {
    let node = &erratum.adopted.as_ref()?.0;
    matches!(node.value, Value::List(_)).then(|| texts(node))
}

/// One of the scalar types, or a list of one.
fn is_type(word: &str) -> bool {
    crate::grammar::TypeExpr::SCALARS.contains(&word.strip_prefix("list of ").unwrap_or(word))
}

/// A value that reads without complaint.
fn decoded<T: Decode>(node: &Node) -> Option<T> {
    let mut diagnostics = Diagnostics::default();
    let value = T::decode(node, &mut crate::decode::Cx { diagnostics: &mut diagnostics });
    diagnostics.is_empty().then_some(value)
}

/// Where the spec has a place, named from the type that holds the field.
pub(super) fn holders<'p>(service: &Service, operation: &Operation, place: &'p str) -> Vec<(Holder, &'p str)> {
    let Some((first, name)) = place.split_once('.') else { return Vec::new() };
    if let Some(location) = Location::ALL.into_iter().find(|location| location.word() == first) {
        return vec![(Holder::Inputs(location), name)];
    }
    let mut found = Vec::new();
    for (id, _) in service.types.iter().enumerate().filter(|(_, ty)| ty.name.value == first) {
        let id = crate::model::TypeId(id);
        if fields(service, id).is_empty() {
            continue;
        }
        found.push((Holder::Given(id), name));
        for answer in &operation.responses {
            let top = matches!(&answer.body, Payload::Is(ty) if matches!(ty.leaf(), Ty::Object(of) if *of == id));
            found.push((if top { Holder::Answer(answer.status) } else { Holder::Answered(answer.status, id) }, name));
        }
    }
    found
}

/// Whether the page's examples still show what an erratum of kind `example` saw; `None` if that cannot be known.
pub(super) fn still_shows(cx: &Cx<'_>, erratum: &Erratum) -> Option<bool> {
    let seen = erratum.seen.as_ref().filter(|_| erratum.kind.value == ErratumKind::Example)?;
    super::seen::shows(cx, &erratum.at.value, &seen.value.0)
}
