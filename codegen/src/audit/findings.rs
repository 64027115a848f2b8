//! One page against one operation: everything put together.

mod told;

use std::collections::BTreeSet;

use super::beyond::{self};
use super::conflicts::{self, Conflict};
use super::errata::Errata;
use super::find::{self, Found};
use super::judge::Cx;
use super::layout::Layout;
use super::report::{Chosen, Facts, Finding, Place, Read, Report, Rows, Unread};
use super::samples::Samples;
use super::verdict::{Judge, Outcome, Verdict};
use super::{Auditor, Reason, Refused, accept, facts, pages, places, propose};
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
        None => {
            if let Some(other) = find::unlisted(service, unit, head) {
                return Err(Refused {
                    reason: Reason::Unclear,
                    message: format!("`{}` is none of the pages of {}", other.title, unit.path),
                    help: format!(
                        "list it there as `{}` is elsewhere, or compare it with one of them: `--page lead`",
                        other.id
                    ),
                });
            }
            find::entry(unit, page, head)
        }
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

impl Audit<'_> {
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
        let is_told = |conflict: &Conflict| {
            let mut told = verdicts.iter().filter(|verdict| matches!(verdict.outcome, Outcome::Contradiction(_)));
            told.any(|verdict| conflict.is_about(&verdict.fact))
        };
        let beside: Vec<&Conflict> = conflicts.iter().filter(|conflict| !is_told(conflict)).collect();
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
        let (lock, id) = (self.lock(), self.unit.pages.get(self.entry).map_or("", |page| page.id.as_str()));
        let name = self.operation.name.value.as_str();
        // Rows that read otherwise than when they were last accepted.
        findings.extend(accept::reworded(self.cx.page, &lock, name, id, &prints));
        findings.sort_by_key(|finding| (finding.kind, finding.line));
        let page = self.unit.pages.get(self.entry);
        Report {
            service: self.service.id.clone(),
            operation: self.operation.name.value.clone(),
            http: format!("{} {}", self.operation.http.method, self.operation.http.path),
            found: self.found.by.to_owned(),
            file: self.unit.path.clone(),
            page: Chosen {
                id: id.to_owned(),
                cloud: page.map(|page| page.cloud.clone()).unwrap_or_default(),
                updated: page.and_then(|page| page.updated.clone()),
                dated: self.cx.page.updated.clone(),
                leads,
                because,
                read: lock.page(name, id).map(|read| read.date.clone()),
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

    /// The record of what was read of the service's pages.
    fn lock(&self) -> super::Lock {
        let path = format!("{}/pages.lock", self.service.id);
        let found = self.auditor.sources.iter().find(|(found, _)| *found == path);
        found.and_then(|(_, text)| super::Lock::read(&String::from_utf8_lossy(text)).ok()).unwrap_or_default()
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
