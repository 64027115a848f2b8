//! One page against one operation: everything put together.

use std::collections::BTreeSet;

use super::beyond::{self, Lack};
use super::claims::{Claim, Fact};
use super::conflicts::{self, Conflict};
use super::errata::{Errata, still_shows};
use super::find::{self, Found};
use super::judge::{Cx, Is};
use super::layout::Layout;
use super::report::{Chosen, Facts, Finding, Kind, Place, Read, Report, Rows, Unread};
use super::samples::Samples;
use super::verdict::{Judge, Outcome, Verdict};
use super::{Auditor, Reason, Refused, accept, facts, loose, pages, places, propose};
use crate::grammar::ErratumKind;
use crate::model::{Operation, Service, Unit};
use crate::page::Page;
use crate::sources::Span;

pub(super) fn report(
    auditor: &Auditor<'_>,
    page: &Page,
    head: &str,
    found: Found,
    wanted: Option<&str>,
) -> Result<Report, Refused> {
    let service = &auditor.model.services[found.service];
    let unit = &service.units[found.unit];
    let Some(operation) = &unit.operation else {
        let message = format!("`{}` is of no operation", unit.path);
        return Err(Refused { reason: Reason::NoOperation, message, help: String::new() });
    };
    let (entry, because) = match wanted {
        Some(id) => {
            let entry = find::named(unit, id).map_err(|message| Refused {
                reason: Reason::Unclear,
                message,
                help: "leave `--page` out to have it found by address, title and date".to_owned(),
            })?;
            (entry, "as asked".to_owned())
        }
        None => find::entry(unit, page, head),
    };
    let (layout, samples) = (Layout::new(service, operation, page), Samples::new(service, operation, page));
    let cx = Cx { service, unit, entry, operation, page, layout, samples };
    let audit = Audit { auditor, service, unit, operation, found, entry, cx: &cx };
    Ok(audit.report(because))
}

struct Audit<'a> {
    auditor: &'a Auditor<'a>,
    service: &'a Service,
    unit: &'a Unit,
    operation: &'a Operation,
    found: Found,
    entry: usize,
    cx: &'a Cx<'a>,
}

impl<'a> Audit<'a> {
    fn report(&self, because: String) -> Report {
        let errata = Errata::new(self.service, self.found.unit, self.entry);
        let conflicts = conflicts::conflicts(self.cx);
        let leads = self.entry == self.unit.lead;
        let judge = Judge { cx: self.cx, errata: &errata, conflicts: &conflicts, leads };
        let facts = facts::facts(self.service, self.found.unit);
        let verdicts: Vec<Verdict<'_>> = facts
            .iter()
            .map(|fact| judge.judge(fact, pages::whose(self.service, self.found.unit, self.entry, fact)))
            .collect();
        let (lacks, rows) = beyond::beyond(self.cx, &errata);
        let mut findings = Vec::new();
        let mut counts = Facts::default();
        for verdict in &verdicts {
            count(&mut counts, &verdict.outcome);
            findings.extend(self.of_fact(verdict));
        }
        findings.extend(lacks.iter().map(|lack| self.of_lack(lack)));
        let of_facts = |conflict: &&Conflict| !facts.iter().any(|fact| conflict.is_about(fact));
        let beside: Vec<&Conflict> = conflicts.iter().filter(of_facts).collect();
        findings.extend(beside.into_iter().map(|conflict| self.of_conflict(&judge, conflict)));
        self.of_errata(&errata, &mut counts, &mut findings);
        findings.extend(self.examples());
        merge(&mut findings);
        let read = self.read();
        let page_rows = Rows {
            all: self.cx.page.counts.rows.found,
            matched: rows.matched,
            lacking: rows.lacking,
            unread: self.cx.page.counts.rows.found.saturating_sub(rows.matched + rows.lacking),
        };
        let prints = accept::prints(self.cx.page);
        findings.extend(self.reworded(&prints));
        findings.sort_by(|one, other| (one.kind, one.line).cmp(&(other.kind, other.line)));
        let page = &self.unit.pages[self.entry.min(self.unit.pages.len().saturating_sub(1))];
        Report {
            service: self.service.id.clone(),
            operation: self.operation.name.value.clone(),
            http: format!("{} {}", self.operation.http.method, self.operation.http.path),
            found: self.found.by.to_owned(),
            file: self.unit.path.clone(),
            page: Chosen {
                id: page.id.clone(),
                cloud: page.cloud.clone(),
                updated: page.updated.clone(),
                dated: self.cx.page.updated.clone(),
                leads,
                because,
            },
            format: match self.cx.page.encoding {
                Some(encoding) => format!("{}, {encoding}", self.cx.page.format),
                None => self.cx.page.format.to_string(),
            },
            read,
            facts: counts,
            rows: page_rows,
            findings,
            proposal: propose::yaml(self.cx, &lacks),
            prints,
            #[cfg(test)]
            others: verdicts
                .iter()
                .filter(|verdict| matches!(verdict.outcome, Outcome::Elsewhere(_)))
                .map(|verdict| (verdict.fact.at.clone(), verdict.fact.claim.word(), verdict.fact.span))
                .collect(),
        }
    }

    fn read(&self) -> Read {
        let page = self.cx.page;
        let unread = page.unread.iter().map(|unread| Unread {
            line: unread.line,
            what: unread.what.clone(),
            why: unread.why.clone(),
        });
        Read {
            tables: page.tables.len() + usize::from(!page.statuses.is_empty()),
            rows: page.counts.rows.read,
            examples: page.examples.len(),
            statuses: page.statuses.len(),
            unread: unread.collect(),
        }
    }

    fn place(&self, span: Span) -> Option<Place> {
        places::place(self.auditor.sources, span)
    }

    fn of_fact(&self, verdict: &Verdict<'_>) -> Option<Finding> {
        let fact = &verdict.fact;
        let (kind, page) = match &verdict.outcome {
            Outcome::Agrees => return None,
            Outcome::Drift(what) => (Kind::Drift, what.clone()),
            Outcome::CannotCheck(why) => (Kind::CannotCheck, why.clone()),
            Outcome::Contradiction(what) => (Kind::Contradiction, what.clone()),
            Outcome::Stale(what) => (Kind::Stale, what.clone()),
            Outcome::Restored(what) => (Kind::Note, what.clone()),
            Outcome::Elsewhere(Is::Differs(what)) => (Kind::Note, what.clone()),
            Outcome::Elsewhere(_) => return None,
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
            page,
            line: verdict.line,
            spec,
            place: self.place(at_erratum.unwrap_or(fact.span)),
            help: self.help(kind, fact),
            answered: verdict.erratum.filter(|_| kind != Kind::Stale).and_then(|span| self.place(span)),
        })
    }

    fn page_of(&self, fact: &Fact<'_>) -> Option<&str> {
        let (unit, page) = fact.by.page;
        Some(self.service.units.get(unit)?.pages.get(page)?.id.as_str())
    }

    fn help(&self, kind: Kind, fact: &Fact<'_>) -> String {
        let id = self.unit.pages.get(self.entry).map_or("", |page| page.id.as_str());
        match (kind, &fact.claim) {
            (Kind::Drift, Claim::Sends(_) | Claim::Receives { .. } | Claim::Gives { .. }) => {
                "copy the example as it stands now".to_owned()
            }
            (Kind::Drift, claim) => format!(
                "mend the spec; or keep it and record `{{at: {}, fact: {}, kind: pages, page: {id}, documented: …, adopted: …, reason: …}}`",
                fact.at,
                claim.fact().word()
            ),
            (Kind::Stale, _) => "remove the erratum, and what it excuses".to_owned(),
            (Kind::Contradiction, claim) => format!(
                "record it: `{{at: {}, fact: {}, kind: example, seen: {{…}}, …}}`, or of kind `pages` where one sentence is against another",
                fact.at,
                claim.fact().word()
            ),
            _ => String::new(),
        }
    }

    /// Errata of the page that no fact is about, and those whose example is gone.
    fn of_errata(&self, errata: &Errata<'_>, counts: &mut Facts, findings: &mut Vec<Finding>) {
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

    fn of_lack(&self, lack: &Lack) -> Finding {
        let kind = match (lack.sure, lack.recorded) {
            (_, Some(_)) => Kind::Note,
            (true, None) => Kind::Lacking,
            (false, None) => Kind::CannotCheck,
        };
        let help = match kind {
            Kind::Lacking => "add it (`--propose` prints the YAML); or record that it is left out as an erratum".to_owned(),
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

    fn of_conflict(&self, judge: &Judge<'_, '_>, conflict: &Conflict) -> Finding {
        let at = conflicts::place(self.cx, conflict.holder, &conflict.name);
        let answered = judge.answer(&at, conflict).and_then(|span| self.place(span));
        let near = beyond::field(self.cx, conflict.holder, &conflict.name).map(|field| field.wire.span);
        Finding {
            kind: Kind::Contradiction,
            fact: conflict.fact.word(),
            help: format!("record it: `{{at: {at}, fact: {}, kind: example, seen: {{…}}, …}}`", conflict.fact.word()),
            at,
            page: conflict.what.clone(),
            line: Some(conflict.line),
            spec: String::new(),
            place: near.and_then(|span| self.place(span)),
            answered,
        }
    }

    /// Examples of the page that the spec does not have.
    fn examples(&self) -> Vec<Finding> {
        let own = |fact: &Fact<'_>| matches!(fact.claim, Claim::Sends(_) | Claim::Receives { .. });
        let facts = facts::facts(self.service, self.found.unit);
        let known: Vec<&Fact<'_>> = facts.iter().filter(|fact| own(fact)).collect();
        let is_known = |json: &serde_json::Value| {
            known.iter().any(|fact| match &fact.claim {
                Claim::Sends(body) | Claim::Receives { body, .. } => super::judge::same_json(body, json),
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

    /// Rows that read otherwise than when they were last accepted.
    fn reworded(&self, prints: &[(String, u64)]) -> Vec<Finding> {
        let path = format!("{}/pages.lock", self.service.id);
        let Some((_, text)) = self.auditor.sources.iter().find(|(found, _)| *found == path) else { return Vec::new() };
        let Ok(lock) = super::Lock::read(&String::from_utf8_lossy(text)) else { return Vec::new() };
        let id = self.unit.pages.get(self.entry).map_or("", |page| page.id.as_str());
        accept::reworded(self.cx.page, &lock, &self.operation.name.value, id, prints)
    }
}

fn count(counts: &mut Facts, outcome: &Outcome) {
    counts.all += 1;
    match outcome {
        Outcome::Agrees | Outcome::Restored(_) => counts.agree += 1,
        Outcome::Drift(_) | Outcome::Stale(_) => counts.drift += 1,
        Outcome::CannotCheck(_) => counts.cannot_check += 1,
        Outcome::Contradiction(_) => counts.contradictions += 1,
        Outcome::Elsewhere(is) => {
            counts.elsewhere += 1;
            counts.same_elsewhere += usize::from(is.is_same());
        }
    }
}

/// A type that answers of several statuses share, and a row in several tables, is told once.
fn merge(findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    findings.retain(|finding| {
        let place = finding.place.as_ref().map(|place| (place.path.clone(), place.line, place.column));
        seen.insert((finding.kind, finding.fact, finding.at.clone(), finding.page.clone(), finding.spec.clone(), place))
    });
}
