//! What a page says and the spec does not: rows, values, limits, defaults and statuses.

mod repeats;
mod row;

use super::claims::Holder;
use super::conflicts::place;
use super::errata::Errata;
use super::facts::fields;
use super::judge::Cx;
use crate::grammar::FactName;
use crate::model::{Field, Location, Payload, Ty};
use crate::page::{Confidence, Part, Row};
use crate::sources::Span;

/// Something that the spec lacks.
#[derive(Clone, Debug)]
pub(super) struct Lack {
    /// `field`, `enum`, `length` …
    pub(super) fact: &'static str,
    pub(super) at: String,
    pub(super) what: String,
    pub(super) line: u32,
    /// Where in the spec it belongs, if that is known.
    pub(super) near: Option<Span>,
    /// The row, where all of it is lacking: its table and its position there.
    pub(super) row: Option<(usize, usize, Holder)>,
    /// Whether the page says it plainly.
    pub(super) sure: bool,
    /// The erratum that records it.
    pub(super) recorded: Option<Span>,
}

/// What became of the rows of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) matched: usize,
    pub(super) lacking: usize,
    /// In tables of which it is not known what they are of.
    pub(super) unplaced: usize,
}

/// The field of a holder.
pub(super) fn field<'a>(cx: &Cx<'a>, holder: Holder, name: &str) -> Option<&'a Field> {
    let named = |field: &&Field| match holder {
        Holder::Inputs(Location::Header) => field.wire.value.eq_ignore_ascii_case(name),
        _ => field.wire.value == name,
    };
    match holder {
        Holder::Operation => None,
        Holder::Inputs(location) => {
            cx.operation.inputs.iter().filter(|input| input.location == location).map(|input| &input.field).find(named)
        }
        Holder::Given(id) | Holder::Answered(_, id) => fields(cx.service, id).iter().find(named),
        Holder::Answer(status) => {
            let answer = cx.operation.responses.iter().find(|answer| answer.status == status)?;
            let Payload::Is(ty) = &answer.body else { return None };
            let Ty::Object(id) = ty.leaf() else { return None };
            fields(cx.service, *id).iter().find(named)
        }
    }
}

pub(super) fn beyond(cx: &Cx<'_>, errata: &Errata<'_>) -> (Vec<Lack>, Rows) {
    let mut search = Search { cx, errata, lacks: Vec::new(), rows: Rows::default() };
    for (at, table) in cx.page.tables.iter().enumerate() {
        if cx.layout.is_whole(at) {
            // The spec has some body for each status, and is judged by it.
            search.rows.matched += table.rows.len();
            continue;
        }
        let holders: Vec<Holder> = cx.layout.holders_of(at).collect();
        if holders.is_empty() {
            search.table(at);
            continue;
        }
        for (position, row) in table.rows.iter().enumerate() {
            search.row(at, position, row, &holders);
        }
    }
    search.statuses();
    search.samples();
    (search.lacks, search.rows)
}

struct Search<'c, 'a, 's> {
    cx: &'c Cx<'a>,
    errata: &'c Errata<'s>,
    lacks: Vec<Lack>,
    rows: Rows,
}

impl Search<'_, '_, '_> {
    fn row(&mut self, table: usize, position: usize, row: &Row, holders: &[Holder]) {
        // Of a table that mixes places, the row is of one of them.
        let of: Vec<Holder> = holders
            .iter()
            .copied()
            .filter(|holder| self.cx.layout.rows(*holder, &row.name).iter().any(|(_, other)| std::ptr::eq(*other, row)))
            .collect();
        let found: Vec<(Holder, &Field)> =
            of.iter().filter_map(|holder| Some((*holder, field(self.cx, *holder, &row.name)?))).collect();
        if found.is_empty() {
            self.lacking(table, position, row, of.first().or(holders.first()).copied());
            return;
        }
        self.rows.matched += 1;
        // One row that is of several types of the spec lacks in the first what it lacks in all.
        if let Some((holder, field)) = found.first() {
            self.facts(*holder, field, row);
        }
    }

    fn lacking(&mut self, table: usize, position: usize, row: &Row, holder: Option<Holder>) {
        let holder = holder.unwrap_or(Holder::Operation);
        let at = place(self.cx, holder, &row.name);
        let recorded = self.errata.records(&at, &row.name);
        let recorded = recorded.map(|applied| {
            applied.used.set(true);
            applied.erratum.at.span
        });
        if recorded.is_some() {
            self.rows.matched += 1;
        } else {
            self.rows.lacking += 1;
        }
        let ty = row.ty.as_ref().map_or_else(String::new, |ty| format!(" ({})", ty.text));
        self.lacks.push(Lack {
            fact: "field",
            what: format!("a row `{}`{ty}", row.name),
            at,
            line: row.line,
            near: self.near(holder),
            row: Some((table, position, holder)),
            sure: true,
            recorded,
        });
    }

    /// A table that nobody claims.
    fn table(&mut self, at: usize) {
        let table = &self.cx.page.tables[at];
        let count = table.rows.len();
        let caption = table.caption.as_deref().unwrap_or("without caption");
        if let Some(status) = table.status
            && table.part == Part::Body
            && let Some(found) =
                self.errata.at(&format!("responses.{status}"), &format!("responses.{status}"), FactName::Body)
        {
            found.used.set(true);
            self.rows.matched += count;
            return;
        }
        if repeats::repeats(self.cx.page, &self.cx.layout, at) {
            self.rows.matched += count;
            return;
        }
        let sure = table.confidence == Confidence::Captioned;
        if sure {
            self.rows.lacking += count;
        } else {
            self.rows.unplaced += count;
        }
        let of = match &table.part {
            Part::Nested(name) => format!("the object `{name}`"),
            _ => format!("a table ({caption})"),
        };
        let plural = if count == 1 { "row" } else { "rows" };
        self.lacks.push(Lack {
            fact: "field",
            at: table.status.map_or_else(|| "operation".to_owned(), |status| format!("responses.{status}")),
            what: format!("{of} of {count} {plural}, which no field of the spec leads to"),
            line: table.line,
            near: None,
            row: None,
            sure,
            recorded: None,
        });
    }

    fn statuses(&mut self) {
        for found in &self.cx.page.statuses {
            let status = found.is.code;
            if self.cx.operation.responses.iter().any(|answer| answer.status == status) {
                self.rows.matched += 1;
                continue;
            }
            let at = format!("responses.{status}");
            let recorded = self.errata.at(&at, &at, FactName::Status).map(|applied| {
                applied.used.set(true);
                applied.erratum.at.span
            });
            if recorded.is_some() {
                self.rows.matched += 1;
            } else {
                self.rows.lacking += 1;
            }
            self.lacks.push(Lack {
                fact: "status",
                at,
                what: format!("the status {status}"),
                line: found.line,
                near: self.cx.operation.responses.last().map(|answer| answer.span),
                row: None,
                sure: true,
                recorded,
            });
        }
    }

    /// Fields that examples show in objects without a table.
    fn samples(&mut self) {
        let mut told = std::collections::BTreeSet::new();
        for sample in self.cx.samples.iter().filter(|sample| self.cx.layout.tables(sample.holder).is_empty()) {
            let holder = sample.holder;
            for name in sample.object.keys().filter(|name| field(self.cx, holder, name).is_none()) {
                let at = place(self.cx, holder, name);
                if !told.insert(at.clone()) {
                    continue;
                }
                let recorded = self.errata.records(&at, name).map(|applied| {
                    applied.used.set(true);
                    applied.erratum.at.span
                });
                self.lacks.push(Lack {
                    fact: "field",
                    what: format!("an example shows `{name}`, in an object without a table"),
                    at,
                    line: sample.line,
                    near: self.near(holder),
                    row: None,
                    sure: false,
                    recorded,
                });
            }
        }
    }

    /// Where the fields of a holder stand in the spec.
    fn near(&self, holder: Holder) -> Option<Span> {
        let last = |of: &[Field]| of.last().map(|field| field.wire.span);
        match holder {
            Holder::Operation => Some(self.cx.operation.name.span),
            Holder::Inputs(location) => {
                let mut of = self.cx.operation.inputs.iter().filter(|input| input.location == location);
                of.next_back().map(|input| input.field.wire.span).or(Some(self.cx.operation.name.span))
            }
            Holder::Given(id) | Holder::Answered(_, id) => last(fields(self.cx.service, id)),
            Holder::Answer(status) => {
                self.cx.operation.responses.iter().find(|answer| answer.status == status).map(|answer| answer.span)
            }
        }
    }
}
