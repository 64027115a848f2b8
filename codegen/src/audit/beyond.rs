//! What a page says and the spec does not: rows, values, limits, defaults and statuses.

use super::claims::Holder;
use super::conflicts::place;
use super::errata::{Errata, documented, Documented};
use super::facts::fields;
use super::judge::{Cx, Of, is_list, shown, short, stated};
use crate::grammar::FactName;
use crate::model::{Field, Location, Payload, PerCloud, Ty, TypeKind};
use crate::page::{Confidence, Mandatory, Part, Row, Said, TypeName, Values};
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
        let recorded = self.errata.records(&at, &row.name).or_else(|| self.of_body(holder, row));
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

    /// A row without a name is part of a body that an erratum explains.
    fn of_body(&self, holder: Holder, row: &Row) -> Option<&super::errata::Applied<'_>> {
        let Holder::Answer(status) = holder else { return None };
        let at = format!("responses.{status}");
        (row.name == "-").then(|| self.errata.at(&at, &at, FactName::Body)).flatten()
    }

    /// A table that nobody claims.
    fn table(&mut self, at: usize) {
        let table = &self.cx.page.tables[at];
        let count = table.rows.len();
        let caption = table.caption.as_deref().unwrap_or("without caption");
        if let Some(status) = table.status
            && table.part == Part::Body
            && let Some(found) = self.errata.at(&format!("responses.{status}"), &format!("responses.{status}"), FactName::Body)
        {
            found.used.set(true);
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

    /// What a row says of a field beyond what the spec says of it.
    fn facts(&mut self, holder: Holder, field: &Field, row: &Row) {
        for (of, fact, known) in [
            (Of::Length, FactName::Length, field.length.is_empty()),
            (Of::Range, FactName::Range, field.range.is_empty()),
            (Of::Items, FactName::Items, field.items.is_empty()),
        ] {
            if let (true, Said::Is(at)) = (known, stated(row, of)) {
                self.fact(holder, field, fact, format!("`{}: {}`", fact.word(), shown(at.is.low, at.is.high)), at.line);
            }
        }
        if let (true, Said::Is(at)) = (field.pattern.is_empty(), &row.says.pattern)
            && !self.lists(field, &at.is)
        {
            self.fact(holder, field, FactName::Pattern, format!("a pattern `{}`", short(&at.is)), at.line);
        }
        if let (true, Said::Is(at)) = (field.default.is_empty(), &row.says.default) {
            let is_none = at.is.trim().eq_ignore_ascii_case("null") || at.is.trim().is_empty();
            if !is_none {
                self.fact(holder, field, FactName::Default, format!("a default, `{}`", short(&at.is)), at.line);
            }
        }
        if row.mandatory == Some(Mandatory::Yes) && is_unstated(&field.need) {
            self.fact(holder, field, FactName::Need, "that it is mandatory".to_owned(), row.line);
        }
        if row.says.deprecated && field.deprecated.is_none() {
            self.fact(holder, field, FactName::Text, "that it is deprecated".to_owned(), row.line);
        }
        match &row.says.values {
            Said::Is(at) => self.values(holder, field, row, &at.is, at.line),
            _ => self.shown(holder, field),
        }
        self.unreadable(holder, field, row);
        // Sentences: worth a doubt, not more.
        if !field.nullable && super::words::has(&row.description, "null") {
            self.doubt(holder, field, FactName::Nullable, "its text speaks of null".to_owned(), row.line);
        }
        if let (None, Some(unit)) = (&field.unit, super::words::unit(&row.description)) {
            self.doubt(holder, field, FactName::Unit, format!("its text names a unit, `{unit}`"), row.line);
        }
    }

    /// Where a page lists no values, those that its examples show are all there is.
    fn shown(&mut self, holder: Holder, field: &Field) {
        let Ty::Enum(id) = field.ty.leaf() else { return };
        let TypeKind::Enum(of) = &self.cx.service.types[id.0].kind else { return };
        let mut missing: Vec<(u32, String)> = Vec::new();
        for (line, sample) in self.cx.samples.of_field(holder, &field.wire.value) {
            let texts: Vec<&str> = match sample {
                serde_json::Value::Array(items) => items.iter().filter_map(|item| item.as_str()).collect(),
                other => other.as_str().into_iter().collect(),
            };
            let unknown = texts.into_iter().filter(|text| of.values.iter().all(|value| value.text.value != **text));
            for text in unknown {
                if missing.iter().all(|(_, known)| known != text) {
                    missing.push((line, text.to_owned()));
                }
            }
        }
        let at = place(self.cx, holder, &field.wire.value);
        for (line, text) in missing {
            let recorded = self.errata.at(&at, &at, FactName::Enum).map(|applied| applied.erratum.at.span);
            self.push(holder, field, FactName::Enum, format!("the value `{text}` in an example"), line, true, recorded);
        }
    }

    /// What stands in a row but could not be read may be what the spec lacks.
    fn unreadable(&mut self, holder: Holder, field: &Field, row: &Row) {
        let limits = [(Of::Length, FactName::Length, &field.length), (Of::Range, FactName::Range, &field.range), (Of::Items, FactName::Items, &field.items)];
        for (of, fact, known) in limits {
            if let (true, Said::Unreadable(at)) = (known.is_empty(), stated(row, of)) {
                self.doubt(holder, field, fact, format!("a limit that could not be read: {}", short(&at.is)), at.line);
            }
        }
        if let (true, Said::Unreadable(at)) = (field.default.is_empty(), &row.says.default) {
            self.doubt(holder, field, FactName::Default, format!("a default that could not be read: {}", short(&at.is)), at.line);
        }
        if let (true, Said::Unreadable(at)) = (field.pattern.is_empty(), &row.says.pattern) {
            self.doubt(holder, field, FactName::Pattern, format!("a pattern that could not be read: {}", short(&at.is)), at.line);
        }
        if let Said::Unreadable(at) = &row.says.values {
            let values = match field.ty.leaf() {
                Ty::Enum(id) => match &self.cx.service.types[id.0].kind {
                    TypeKind::Enum(of) => of.values.as_slice(),
                    _ => &[],
                },
                _ => &[],
            };
            let known = |word: &str| values.iter().any(|value| value.text.value == word);
            // What could not be told apart is quoted in the reason.
            let quoted = at.is.split_once(" in \"").map_or("", |(_, rest)| rest.trim_end_matches('"'));
            let has_more = super::words::words(quoted).any(|word| !known(word));
            if values.is_empty() || has_more {
                let what = format!("a list of values that could not be read: {}", short(&at.is));
                self.doubt(holder, field, FactName::Enum, what, at.line);
            }
        }
    }

    fn doubt(&mut self, holder: Holder, field: &Field, fact: FactName, what: String, line: u32) {
        let at = place(self.cx, holder, &field.wire.value);
        if self.errata.at(&at, &at, fact).is_none() {
            self.push(holder, field, fact, what, line, false, None);
        }
    }

    /// Whether a pattern only lists values that the spec has as an enumeration.
    fn lists(&self, field: &Field, pattern: &str) -> bool {
        let Ty::Enum(id) = field.ty.leaf() else { return false };
        let TypeKind::Enum(of) = &self.cx.service.types[id.0].kind else { return false };
        super::judge::alternatives(pattern)
            .is_some_and(|list| list.iter().all(|text| of.values.iter().any(|value| value.text.value == *text)))
    }

    fn values(&mut self, holder: Holder, field: &Field, row: &Row, values: &Values, line: u32) {
        let known: Option<Vec<&str>> = match field.ty.leaf() {
            Ty::Enum(id) => match &self.cx.service.types[id.0].kind {
                TypeKind::Enum(of) => Some(of.values.iter().map(|value| value.text.value.as_str()).collect()),
                _ => return,
            },
            // Both values of a boolean are known.
            Ty::Boolean => Some(vec!["true", "false"]),
            _ => None,
        };
        let listed = values.list.iter().map(|said| said.value.as_str());
        let missing: Vec<&str> =
            listed.filter(|value| !known.as_ref().is_some_and(|known| known.contains(value))).collect();
        if missing.is_empty() {
            return;
        }
        let recorded = self.recorded(holder, field, &missing);
        let boolean = matches!(row.ty.as_ref().map(|ty| &ty.is), Some(TypeName::Boolean));
        let what = if known.is_some() {
            format!("the values {}", missing.join(", "))
        } else {
            format!("a list of values: {}", missing.join(", "))
        };
        let sure = is_list(values) && !boolean;
        self.push(holder, field, FactName::Enum, what, line, sure, recorded);
    }

    /// The erratum that has all values that the spec lacks.
    fn recorded(&self, holder: Holder, field: &Field, missing: &[&str]) -> Option<Span> {
        let at = place(self.cx, holder, &field.wire.value);
        let ty = match field.ty.leaf() {
            Ty::Enum(id) => self.cx.service.types[id.0].name.value.as_str(),
            _ => "",
        };
        let found = self.errata.iter().filter(|applied| {
            let erratum = applied.erratum;
            erratum.fact.value == FactName::Enum && (applied.place == at || erratum.at.value == ty)
        });
        // That the page lists them is not enough: the erratum must say that they were left out on purpose.
        let mut found = found.filter(|applied| {
            let erratum = applied.erratum;
            let lists = match documented(erratum) {
                Documented::Values(list) => missing.iter().all(|value| list.contains(value)),
                Documented::Words(words) => missing.iter().all(|value| super::words::has(&words, value)),
                _ => false,
            };
            lists && match super::errata::adopted_values(erratum) {
                Some(adopted) => !missing.iter().any(|value| adopted.contains(value)),
                None => {
                    let words = erratum.adopted.iter().flat_map(|data| super::errata::texts(&data.0));
                    let words = words.collect::<Vec<_>>().join(" ");
                    missing.iter().all(|value| super::words::has(&words, value)) || words == "string"
                }
            }
        });
        let applied = found.next()?;
        applied.used.set(true);
        Some(applied.erratum.at.span)
    }

    fn fact(&mut self, holder: Holder, field: &Field, fact: FactName, what: String, line: u32) {
        let at = place(self.cx, holder, &field.wire.value);
        let recorded = self.errata.at(&at, &at, fact).map(|applied| {
            // Whether it says the same is judged where errata without a fact are.
            applied.erratum.at.span
        });
        self.push(holder, field, fact, what, line, true, recorded);
    }

    #[expect(clippy::too_many_arguments, reason = "all of one finding")]
    fn push(&mut self, holder: Holder, field: &Field, fact: FactName, what: String, line: u32, sure: bool, recorded: Option<Span>) {
        let at = place(self.cx, holder, &field.wire.value);
        let near = Some(field.wire.span);
        self.lacks.push(Lack { fact: fact.word(), at, what, line, near, row: None, sure, recorded });
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

fn is_unstated(need: &PerCloud<crate::grammar::Need>) -> bool {
    need.is_empty()
}
