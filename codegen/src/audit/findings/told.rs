//! Outcomes as findings: what, where, and what to do.

use super::super::beyond::{self, Lack};
use super::super::claims::{Claim, Fact};
use super::super::conflicts::{self, Conflict};
use super::super::errata::{Errata, still_shows};
use super::super::judge::{Is, same_json};
use super::super::report::{Facts, Finding, Kind};
use super::super::verdict::{Judge, Outcome, Verdict};
use super::super::{facts, loose, places};
use super::{Audit, count};
use crate::grammar::ErratumKind;

impl Audit<'_> {
    pub(super) fn of_fact(&self, verdict: &Verdict<'_>) -> Option<Finding> {
        let fact = &verdict.fact;
        let (kind, page) = match &verdict.outcome {
            Outcome::Agrees | Outcome::Elsewhere(Is::Same | Is::Found | Is::Silent(_) | Is::Unclear(_)) => return None,
            Outcome::Drift(what) => (Kind::Drift, what.clone()),
            Outcome::CannotCheck(why) => (Kind::CannotCheck, why.clone()),
            Outcome::Contradiction(what) => (Kind::Contradiction, what.clone()),
            Outcome::Stale(what) => (Kind::Stale, what.clone()),
            Outcome::Restored(what) | Outcome::Elsewhere(Is::Differs(what)) => (Kind::Note, what.clone()),
        };
        let mut spec = places::spec(self.service, &fact.claim);
        if let (Outcome::Elsewhere(_), Some(page)) = (&verdict.outcome, self.page_of(fact)) {
            spec = format!("{spec}, from the page `{page}`");
        }
        let at_erratum = if kind == Kind::Stale { verdict.erratum } else { None };
        Some(Finding {
            kind,
            fact: fact.claim.word(),
            at: fact.at.clone(),
            help: self.help(kind, fact, &page),
            page,
            line: verdict.line,
            spec,
            place: self.place(at_erratum.unwrap_or(fact.span)),
            answered: verdict.erratum.filter(|_| kind != Kind::Stale).and_then(|span| self.place(span)),
        })
    }

    fn page_of(&self, fact: &Fact<'_>) -> Option<&str> {
        let (unit, page) = fact.by.page;
        Some(self.service.units.get(unit)?.pages.get(page)?.id.as_str())
    }

    fn help(&self, kind: Kind, fact: &Fact<'_>, page: &str) -> String {
        let id = self.unit.pages.get(self.entry).map_or("", |page| page.id.as_str());
        match (kind, &fact.claim) {
            (Kind::Drift, Claim::Sends(_) | Claim::Receives { .. } | Claim::Gives { .. }) => {
                "copy the example as it stands now".to_owned()
            }
            (Kind::Drift, claim) => {
                let write = match claim {
                    Claim::Length(_) | Claim::Range(_) | Claim::Items(_) if page.starts_with('[') => {
                        format!("write `{}: {page}`", claim.word())
                    }
                    Claim::Need(_) if page == "mandatory" => "write `need: required`".to_owned(),
                    Claim::Need(_) if page == "not mandatory" => "write `need: optional`".to_owned(),
                    Claim::Present => "remove the field".to_owned(),
                    Claim::Value { .. } => "remove the value".to_owned(),
                    Claim::Status(_) => "remove the status".to_owned(),
                    _ => "mend the spec".to_owned(),
                };
                format!(
                    "{write}; or keep it, and record `{{at: {}, fact: {}, kind: pages, page: {id}, documented: …, adopted: …, reason: …}}`",
                    fact.at,
                    claim.fact().word()
                )
            }
            (Kind::Stale, _) => "remove the erratum, and what it excuses".to_owned(),
            (Kind::Contradiction, claim) => record(&fact.at, claim.fact().word()),
            _ => String::new(),
        }
    }

    /// Errata of the page that no fact is about, and those whose example is gone.
    pub(super) fn of_errata(&self, errata: &Errata<'_>, counts: &mut Facts, findings: &mut Vec<Finding>) {
        for applied in errata.iter() {
            let erratum = applied.erratum;
            let is_example = erratum.kind.value == ErratumKind::Example;
            let gone = is_example && still_shows(self.cx, erratum) == Some(false);
            if applied.used.get() && !gone {
                continue;
            }
            let (outcome, line) = loose::judge(self.cx, applied);
            count(counts, &outcome);
            let (kind, page) = match outcome {
                Outcome::Drift(what) => (Kind::Drift, what),
                Outcome::Stale(what) => (Kind::Stale, what),
                Outcome::CannotCheck(what) => (Kind::CannotCheck, what),
                Outcome::Contradiction(what) => (Kind::Contradiction, what),
                Outcome::Agrees | Outcome::Restored(_) | Outcome::Elsewhere(_) => continue,
            };
            let place = self.place(erratum.at.span);
            findings.push(Finding {
                kind,
                fact: erratum.fact.value.word(),
                at: erratum.at.value.clone(),
                page,
                line,
                spec: "an erratum".to_owned(),
                answered: place.clone().filter(|_| kind == Kind::Contradiction),
                place,
                help: if kind == Kind::Stale { "remove the erratum, or mend it".to_owned() } else { String::new() },
            });
        }
    }

    pub(super) fn of_lack(&self, lack: &Lack) -> Finding {
        let kind = match (lack.sure, lack.recorded) {
            (_, Some(_)) => Kind::Note,
            (true, None) => Kind::Lacking,
            (false, None) => Kind::CannotCheck,
        };
        let help = match kind {
            Kind::Lacking => {
                "add it (`--propose` prints the YAML); or record that it is left out as an erratum".to_owned()
            }
            _ => String::new(),
        };
        Finding {
            kind,
            fact: lack.fact,
            at: lack.at.clone(),
            page: lack.what.clone(),
            line: Some(lack.line),
            spec: "nothing".to_owned(),
            place: lack.near.and_then(|span| self.place(span)),
            help,
            answered: lack.recorded.and_then(|span| self.place(span)),
        }
    }

    pub(super) fn of_conflict(&self, judge: &Judge<'_, '_>, conflict: &Conflict) -> Finding {
        let at = conflicts::place(self.cx, conflict.holder, &conflict.name);
        let answered = judge.answer(&at, conflict).and_then(|span| self.place(span));
        let near = beyond::field(self.cx, conflict.holder, &conflict.name).map(|field| field.wire.span);
        Finding {
            kind: Kind::Contradiction,
            fact: conflict.fact.word(),
            help: record(&at, conflict.fact.word()),
            at,
            page: conflict.what.clone(),
            line: Some(conflict.line),
            spec: String::new(),
            place: near.and_then(|span| self.place(span)),
            answered,
        }
    }

    /// Examples of the page that the spec does not have.
    pub(super) fn examples(&self) -> Vec<Finding> {
        let own = |fact: &Fact<'_>| matches!(fact.claim, Claim::Sends(_) | Claim::Receives { .. });
        let facts = facts::facts(self.service, self.found.unit);
        let known: Vec<&Fact<'_>> = facts.iter().filter(|fact| own(fact)).collect();
        let is_known = |json: &serde_json::Value| {
            known.iter().any(|fact| match &fact.claim {
                Claim::Sends(body) | Claim::Receives { body, .. } => same_json(body, json),
                _ => false,
            })
        };
        let examples = self.cx.page.examples.iter();
        let unknown = examples.filter(|example| {
            let json = example.json.as_ref();
            json.is_some_and(|json| !is_known(json) && json.as_object().is_none_or(|object| !object.is_empty()))
        });
        unknown
            .map(|example| Finding {
                kind: Kind::Note,
                fact: "example",
                at: "examples".to_owned(),
                page: "an example that the spec does not have".to_owned(),
                line: Some(example.line),
                spec: String::new(),
                place: None,
                help: String::new(),
                answered: None,
            })
            .collect()
    }
}

/// What to do about a page that contradicts itself.
fn record(at: &str, fact: &str) -> String {
    format!(
        "record it: `{{at: {at}, fact: {fact}, kind: example, seen: {{…}}, …}}`, or of kind `pages` where one sentence is against another"
    )
}
