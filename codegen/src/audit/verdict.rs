//! What becomes of each fact: its agreement with the page, after errata and attribution.

use super::claims::{Claim, Fact, Holder};
use super::conflicts::Conflict;
use super::errata::{Adopted, Applied, Documented, Errata, adopted_values, documented};
use super::judge::{Cx, Is, Said};
use super::pages::Whose;
use crate::grammar::{Basis, Erratum, ErratumKind, FactName};
use crate::model::{Payload, Service};
use crate::page::Row;
use crate::sources::Span;

/// How a fact came out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    Agrees,
    /// What the page says.
    Drift(String),
    /// Why it cannot be known.
    CannotCheck(String),
    /// The page says two things.
    Contradiction(String),
    /// It is another page's; how this one compares.
    Elsewhere(Is),
    /// The page says what we adopted against it.
    Stale(String),
    /// It agrees, and this copy of the page has what another copy had lost.
    Restored(String),
}

/// A fact and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Verdict<'s> {
    pub(super) fact: Fact<'s>,
    pub(super) outcome: Outcome,
    pub(super) line: Option<u32>,
    /// The erratum that had a say in it.
    pub(super) erratum: Option<Span>,
}

pub(super) struct Judge<'a, 's> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) errata: &'a Errata<'s>,
    pub(super) conflicts: &'a [Conflict],
    /// Whether the page is the one that the spec follows.
    pub(super) leads: bool,
}

impl<'a, 's> Judge<'a, 's> {
    pub(super) fn judge(&self, fact: &Fact<'s>, whose: Whose) -> Verdict<'s> {
        let said = self.cx.says(fact);
        let here = self.cx.unit.pages.get(self.cx.entry).map(|page| page.cloud.as_str());
        let applied = match fact.cloud {
            Some(cloud) if Some(cloud) != here => None,
            _ => self.errata.about(self.cx.service, fact),
        };
        let (mut outcome, mut erratum) = match applied {
            // One that does not say what is documented is about an example, and leaves the table to itself.
            Some(applied) if applied.erratum.documented.is_some() => {
                (self.with_erratum(fact, &said, applied, whose), Some(applied.erratum.at.span))
            }
            _ => (self.attributed(fact, &said, whose), None),
        };
        let conflict = self.conflicts.iter().find(|conflict| conflict.is_about(fact));
        let may_be = !matches!(outcome, Outcome::Drift(_) | Outcome::Stale(_));
        if let (true, Some(conflict)) = (may_be, conflict) {
            outcome = Outcome::Contradiction(conflict.what.clone());
            erratum = erratum.or_else(|| self.answer(&fact.at, conflict));
        }
        Verdict { fact: fact.clone(), outcome, line: said.line, erratum }
    }

    /// The erratum that answers a contradiction.
    pub(super) fn answer(&self, place: &str, conflict: &Conflict) -> Option<Span> {
        let answers = |applied: &&Applied<'s>| {
            let erratum = applied.erratum;
            // An example that shows another value is another contradiction.
            let same_value = erratum.kind.value != ErratumKind::Example
                || erratum.seen.as_ref().is_none_or(|seen| {
                    crate::decode::Literal::of(&seen.value.0)
                        .is_none_or(|literal| conflict.value.as_ref().is_none_or(|value| *value == literal.to_string()))
                });
            let same_place = applied.place == place || self.is_enum_at(&erratum.at.value, conflict);
            same_place && erratum.fact.value == conflict.fact && same_value
        };
        let found = self.errata.iter().find(answers);
        let found = found.or_else(|| {
            let names = conflict.fact == FactName::Name;
            names.then(|| self.errata.records(place, &conflict.name)).flatten()
        });
        let of_another = || {
            self.errata.others().find(|applied| applied.erratum.kind.value == ErratumKind::Example && answers(applied))
        };
        let found = found.or_else(of_another)?;
        found.used.set(true);
        Some(found.erratum.at.span)
    }

    /// Whether a place is the enumeration of the field that contradicts itself.
    fn is_enum_at(&self, place: &str, conflict: &Conflict) -> bool {
        conflict.fact == FactName::Enum
            && super::beyond::field(self.cx, conflict.holder, &conflict.name).is_some_and(|field| {
                matches!(field.ty.leaf(), crate::model::Ty::Enum(id)
                    if self.cx.service.types[id.0].name.value == place)
            })
    }

    fn attributed(&self, fact: &Fact<'_>, said: &Said, whose: Whose) -> Outcome {
        let in_table = fact.by.basis == Basis::Table;
        match (&said.is, whose) {
            (Is::Same | Is::Found, Whose::Own | Whose::Shared) => Outcome::Agrees,
            (Is::Differs(what), Whose::Own | Whose::Shared) => Outcome::Drift(what.clone()),
            (Is::Silent(what), Whose::Own) if in_table => Outcome::Drift(what.clone()),
            // The operation says that its table is that of the type, so each row of the type is one of its own.
            (Is::Silent(what), Whose::Shared) if matches!(fact.claim, Claim::Present) => Outcome::Drift(what.clone()),
            (Is::Silent(what), Whose::Own) | (Is::Unclear(what), Whose::Own | Whose::Shared) => {
                Outcome::CannotCheck(what.clone())
            }
            (Is::Silent(what), Whose::Shared) => {
                Outcome::CannotCheck(format!("{what}; it is of a type that other pages document"))
            }
            // A fact that another page gives must not be refuted by the page that leads, unless it is so for one cloud only.
            (Is::Differs(what), Whose::Other) if self.leads && !self.may_differ(fact) => Outcome::Drift(what.clone()),
            (is, _) => Outcome::Elsewhere(is.clone()),
        }
    }

    /// Whether another page may well say something else: a value that only it has, or what the spec says for one cloud.
    fn may_differ(&self, fact: &Fact<'_>) -> bool {
        fact.cloud.is_some() || matches!(fact.claim, Claim::Value { .. }) || self.is_overridden(fact)
    }

    /// Whether the spec says something else for the cloud of the page.
    fn is_overridden(&self, fact: &Fact<'_>) -> bool {
        let Some(field) = super::beyond::field(self.cx, fact.holder, fact.name) else { return false };
        let cloud = self.cx.unit.pages.get(self.cx.entry).map(|page| page.cloud.as_str());
        let on = match &fact.claim {
            Claim::Need(_) => field.need.on.iter().map(|(cloud, _)| cloud).collect::<Vec<_>>(),
            Claim::Length(_) => field.length.on.iter().map(|(cloud, _)| cloud).collect(),
            Claim::Range(_) => field.range.on.iter().map(|(cloud, _)| cloud).collect(),
            Claim::Items(_) => field.items.on.iter().map(|(cloud, _)| cloud).collect(),
            Claim::Pattern(_) => field.pattern.on.iter().map(|(cloud, _)| cloud).collect(),
            Claim::Default(_) => field.default.on.iter().map(|(cloud, _)| cloud).collect(),
            _ => Vec::new(),
        };
        on.iter().any(|on| Some(on.as_str()) == cloud)
    }

    /// A page is expected to say what the erratum says that it says.
    fn with_erratum(&self, fact: &Fact<'_>, said: &Said, applied: &Applied<'s>, whose: Whose) -> Outcome {
        let says = |claim: Claim<'_>| {
            let fact: Fact<'_> = fact.clone();
            self.cx.says(&Fact { claim, ..fact }).is
        };
        let expected = match documented(applied.erratum) {
            Documented::Bounds(bounds) => says(match fact.claim {
                Claim::Length(_) => Claim::Length(bounds),
                Claim::Range(_) => Claim::Range(bounds),
                _ => Claim::Items(bounds),
            }),
            Documented::Need(need) => says(Claim::Need(need)),
            Documented::Default(literal) => says(Claim::Default(&literal)),
            // Where no row says what the body is, it is said in words.
            Documented::Type(word) if fact.claim.fact() == FactName::Body && self.body(fact).is_none() => {
                return of_words(said, applied.erratum.kind.value, word);
            }
            Documented::Type(word) => self.type_word(fact, word),
            Documented::Values(list) => return of_values(fact, said, &list, applied.erratum, whose),
            // That the page calls something otherwise elsewhere does not matter where its table has the row.
            Documented::Words(_) if matches!(fact.claim, Claim::Present) && said.is.is_same() => {
                return Outcome::Agrees;
            }
            Documented::Words(words) => return of_words(said, applied.erratum.kind.value, &words),
        };
        match (expected, &said.is) {
            (Is::Same | Is::Found, is) => match adopts(self.cx.service, fact, applied.erratum) {
                Some(false) => Outcome::Stale("the erratum says that something else was adopted".to_owned()),
                None if !is.is_same() => {
                    Outcome::CannotCheck("an erratum says in words what was adopted instead".to_owned())
                }
                _ => Outcome::Agrees,
            },
            (_, Is::Same) => Outcome::Stale("the page says what was adopted against it".to_owned()),
            (Is::Differs(what) | Is::Silent(what), _) => Outcome::Drift(what),
            (Is::Unclear(why), _) => Outcome::CannotCheck(why),
        }
    }

    /// The row that says what a body is as a whole.
    fn body(&self, fact: &Fact<'_>) -> Option<&'a Row> {
        match (&fact.claim, fact.holder) {
            (Claim::Answers(_), Holder::Answer(status)) => self.cx.layout.whole(status),
            _ => None,
        }
    }

    /// Whether each row has a type, given as the spec's word for it.
    fn type_word(&self, fact: &Fact<'_>, word: &str) -> Is {
        let rows = self.cx.layout.rows(fact.holder, fact.name);
        for row in rows.into_iter().map(|(_, row)| row).chain(self.body(fact)) {
            match &row.ty {
                Some(ty) if super::judge::is_word(&ty.is, word) => return Is::Same,
                Some(ty) => return Is::Differs(format!("`{}`", ty.text)),
                None => {}
            }
        }
        Is::Unclear("its table has no type for it".to_owned())
    }
}

/// Whether the spec has what an erratum says was adopted; `None` if that stands there in words.
fn adopts(service: &Service, fact: &Fact<'_>, erratum: &Erratum) -> Option<bool> {
    let adopted = Adopted::of(erratum)?;
    match (&fact.claim, adopted) {
        (Claim::Length(is) | Claim::Range(is) | Claim::Items(is), Adopted::Bounds(bounds)) => Some(*is == bounds),
        (Claim::Need(is), Adopted::Need(need)) => Some(*is == need),
        (Claim::Default(is), Adopted::Default(literal)) => Some(**is == literal),
        (Claim::Answers(body), Adopted::Body(word)) => Some(match body {
            Payload::None => word == "none",
            Payload::Json => word == "json",
            Payload::Text => word == "text",
            Payload::Binary => word == "binary",
            Payload::Is(_) => false,
        }),
        (Claim::Type(field), Adopted::Type { word, as_text }) => {
            let is_it = super::judge::word(service, &field.ty) == word && field.as_text.is_some() == as_text;
            let is_text = word == "string" && !as_text && field.as_text.is_none();
            Some(is_it || is_text && super::judge::written(service, field) == "String")
        }
        _ => None,
    }
}

/// A value of an enumeration, and what an erratum says that the page lists.
fn of_values(fact: &Fact<'_>, said: &Said, list: &[&str], erratum: &Erratum, whose: Whose) -> Outcome {
    let Claim::Value { text, .. } = &fact.claim else { return Outcome::CannotCheck(String::new()) };
    match (list.contains(text), &said.is) {
        (true, Is::Same | Is::Found) => Outcome::Agrees,
        // The erratum says that the page leaves values out; that this is one of them it may say, too.
        (false, Is::Differs(what)) => match (adopted_values(erratum), whose) {
            (Some(adopted), _) if adopted.contains(text) => Outcome::Agrees,
            (_, Whose::Shared | Whose::Other) => Outcome::Elsewhere(said.is.clone()),
            (Some(_), Whose::Own) => Outcome::Drift(what.clone()),
            (None, Whose::Own) => Outcome::CannotCheck("an erratum says in words what was adopted instead".to_owned()),
        },
        (false, Is::Same) => Outcome::Stale(format!("the page lists `{text}`, which the erratum says it leaves out")),
        (true, Is::Differs(what) | Is::Silent(what)) => Outcome::Drift(what.clone()),
        (_, Is::Unclear(why) | Is::Silent(why)) => Outcome::CannotCheck(why.clone()),
        (false, Is::Found) => Outcome::CannotCheck("its text names it; the erratum says that no list does".to_owned()),
    }
}

/// An erratum that says in words what the page says cannot be compared with the page; but what was lost can be found again.
fn of_words(said: &Said, kind: ErratumKind, words: &str) -> Outcome {
    match &said.is {
        Is::Same if kind == ErratumKind::Lost => {
            Outcome::Restored("this copy of the page has what the erratum says was lost".to_owned())
        }
        Is::Found if kind == ErratumKind::Lost => Outcome::Agrees,
        _ => Outcome::CannotCheck(format!("an erratum says in words what the page says: {words}")),
    }
}
