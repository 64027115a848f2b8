//! Which table of a page says what of the spec.

mod names;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use super::claims::Holder;
use super::facts::fields;
use crate::model::{Location, Operation, Payload, Service, Ty};
use crate::page::{Confidence, Page, Part, Row, Side, Table, TypeName};
use names::{is_in, names};
use whole::wholes;

/// The rows of a page by where the spec has them.
#[derive(Debug, Default)]
pub(super) struct Layout<'p> {
    /// Positions of tables, of which a holder may have several.
    tables: BTreeMap<Holder, Vec<usize>>,
    /// Of tables that mix places, the rows of each.
    rows: BTreeMap<Holder, Vec<(usize, &'p Row)>>,
    /// By status, tables that say what the body of an answer is, instead of listing its fields.
    wholes: BTreeMap<u16, (usize, &'p Row)>,
}

impl<'p> Layout<'p> {
    pub(super) fn new(service: &Service, operation: &Operation, page: &'p Page) -> Self {
        let names = names(service, operation);
        let layout = Self { wholes: wholes(operation, page, &names), ..Self::default() };
        let mut build = Build { service, operation, page, names, layout };
        build.wholes();
        build.captioned();
        build.nested();
        build.guessed();
        build.nested();
        build.by_fields();
        let mut layout = build.layout;
        for (holder, tables) in &layout.tables {
            for table in tables {
                let rows =
                    page.tables[*table].rows.iter().filter(|row| is_in(*holder, row, &page.tables[*table], page));
                layout.rows.entry(*holder).or_default().extend(rows.map(|row| (*table, row)));
            }
        }
        layout
    }

    /// The rows that say something of a field; one for each table that is its holder's.
    pub(super) fn rows(&self, holder: Holder, name: &str) -> Vec<(usize, &'p Row)> {
        let same = |row: &Row| match holder {
            Holder::Inputs(Location::Header) => row.name.eq_ignore_ascii_case(name),
            _ => row.name == name,
        };
        self.all(holder).filter(|(_, row)| same(row)).collect()
    }

    /// All rows of a holder's tables.
    pub(super) fn all(&self, holder: Holder) -> impl Iterator<Item = (usize, &'p Row)> {
        self.rows.get(&holder).into_iter().flatten().copied()
    }

    pub(super) fn tables(&self, holder: Holder) -> &[usize] {
        self.tables.get(&holder).map_or(&[], Vec::as_slice)
    }

    pub(super) fn holders(&self) -> impl Iterator<Item = Holder> {
        self.tables.keys().copied()
    }

    /// The row that says what the body of an answer is as a whole.
    pub(super) fn whole(&self, status: u16) -> Option<&'p Row> {
        self.wholes.get(&status).map(|(_, row)| *row)
    }

    pub(super) fn is_whole(&self, table: usize) -> bool {
        self.wholes.values().any(|(at, _)| *at == table)
    }

    /// Whether a table is nobody's.
    pub(super) fn is_free(&self, table: usize) -> bool {
        !self.is_whole(table) && self.holders_of(table).next().is_none()
    }

    /// Whose a table is.
    pub(super) fn holders_of(&self, table: usize) -> impl Iterator<Item = Holder> {
        self.tables.iter().filter(move |(_, tables)| tables.contains(&table)).map(|(holder, _)| *holder)
    }
}

struct Build<'s, 'p> {
    service: &'s Service,
    operation: &'s Operation,
    page: &'p Page,
    names: BTreeMap<Holder, BTreeSet<&'s str>>,
    layout: Layout<'p>,
}

impl Build<'_, '_> {
    /// Where the body of an answer is named as a whole, its fields are in the table of its type.
    fn wholes(&mut self) {
        for (status, (at, row)) in self.layout.wholes.clone() {
            if let Some(found) = self.target(at, row) {
                self.put(Holder::Answer(status), found);
            }
        }
    }

    fn put(&mut self, holder: Holder, table: usize) {
        let tables = self.layout.tables.entry(holder).or_default();
        if !tables.contains(&table) {
            tables.push(table);
        }
    }

    /// What the table itself says that it is.
    fn said(&self, table: &Table) -> Vec<Holder> {
        let inputs = |locations: &[Location]| locations.iter().copied().map(Holder::Inputs).collect();
        if table.side == Side::Answer {
            return match table.part {
                Part::Body => table.status.or_else(|| self.success()).map(Holder::Answer).into_iter().collect(),
                _ => Vec::new(),
            };
        }
        match table.part {
            _ if table.rows.iter().any(|row| row.place.is_some()) => inputs(&Location::ALL),
            Part::Path => inputs(&[Location::Path]),
            Part::Query => inputs(&[Location::Query]),
            Part::PathOrQuery => inputs(&[Location::Path, Location::Query]),
            Part::Header => inputs(&[Location::Header]),
            Part::Body => inputs(&[Location::Body]),
            Part::Nested(_) | Part::Unclear => Vec::new(),
        }
    }

    /// The status of tables without one.
    fn success(&self) -> Option<u16> {
        self.operation.success().map(|answer| answer.status)
    }

    fn captioned(&mut self) {
        for (at, table) in self.page.tables.iter().enumerate() {
            if table.confidence == Confidence::Captioned && !self.layout.is_whole(at) {
                for holder in self.said(table) {
                    self.put(holder, at);
                }
            }
        }
    }

    /// Tables of objects, found through the rows whose type names or links to them.
    fn nested(&mut self) {
        let mut queue: Vec<Holder> = self.layout.tables.keys().copied().collect();
        let mut seen: BTreeSet<Holder> = queue.iter().copied().collect();
        while let Some(holder) = queue.pop() {
            for (name, ty) in self.fields(holder) {
                let Ty::Object(id) = ty.leaf() else { continue };
                let below = match holder {
                    Holder::Answer(status) | Holder::Answered(status, _) => Holder::Answered(status, *id),
                    _ => Holder::Given(*id),
                };
                let tables: Vec<usize> = self.layout.tables(holder).to_vec();
                for table in tables {
                    for row in self.page.tables[table].rows.iter().filter(|row| row.name == name) {
                        if let Some(found) = self.target(table, row) {
                            self.put(below, found);
                        }
                    }
                }
                if !self.layout.tables(below).is_empty() && seen.insert(below) {
                    queue.push(below);
                }
            }
        }
    }

    fn fields(&self, holder: Holder) -> Vec<(String, Ty)> {
        let own = |field: &crate::model::Field| (field.wire.value.clone(), field.ty.clone());
        match holder {
            Holder::Operation => Vec::new(),
            Holder::Inputs(location) => self
                .operation
                .inputs
                .iter()
                .filter(|input| input.location == location)
                .map(|input| own(&input.field))
                .collect(),
            Holder::Given(id) | Holder::Answered(_, id) => fields(self.service, id).iter().map(own).collect(),
            Holder::Answer(status) => {
                let answer = self.operation.responses.iter().find(|answer| answer.status == status);
                match answer.map(|answer| &answer.body) {
                    Some(Payload::Is(ty)) => match ty.leaf() {
                        Ty::Object(id) => fields(self.service, *id).iter().map(own).collect(),
                        _ => Vec::new(),
                    },
                    _ => Vec::new(),
                }
            }
        }
    }

    /// The table that a row's type links to or names.
    fn target(&self, from: usize, row: &Row) -> Option<usize> {
        let cell = row.ty.as_ref()?;
        let here = &self.page.tables[from];
        let tables = || self.page.tables.iter().enumerate();
        if let Some((at, _)) = tables().find(|(_, table)| table.labels.iter().any(|label| cell.links.contains(label))) {
            return Some(at);
        }
        let name = object_name(&cell.is).unwrap_or(&row.name);
        let named = tables().filter(|(_, table)| {
            matches!(&table.part, Part::Nested(part) if part.eq_ignore_ascii_case(name)
                || part.rsplit('.').next().is_some_and(|last| last == row.name))
        });
        let mut best: Vec<(bool, bool, usize)> = named
            .filter(|(_, table)| table.side == here.side || table.side == Side::Unknown || here.side == Side::Unknown)
            .map(|(at, table)| (table.status != here.status, at < from, at))
            .collect();
        best.sort_unstable();
        best.first().map(|(.., at)| *at)
    }

    /// Tables that the page does not say much of keep the reader's guess if their fields do not speak against it.
    fn guessed(&mut self) {
        for (at, table) in self.page.tables.iter().enumerate() {
            if table.confidence == Confidence::Captioned || !self.layout.is_free(at) {
                continue;
            }
            let guess = self.said(table);
            let fits = |holder: &Holder| self.overlap(*holder, table) > 0.0;
            let guess: Vec<Holder> = guess.into_iter().filter(fits).collect();
            let best = self.best(table);
            let better =
                best.filter(|(_, much)| guess.iter().all(|holder| *much > self.overlap(*holder, table) && *much > 0.5));
            match better {
                Some((holder, _)) => self.put(holder, at),
                None => guess.into_iter().for_each(|holder| self.put(holder, at)),
            }
        }
    }

    /// What is still nobody's goes where most of its fields are.
    fn by_fields(&mut self) {
        for (at, table) in self.page.tables.iter().enumerate() {
            if self.layout.is_free(at)
                && let Some((holder, much)) = self.best(table)
                && much >= 0.5
            {
                self.put(holder, at);
            }
        }
        for (at, table) in self.page.tables.iter().enumerate() {
            if self.layout.is_free(at) {
                for holder in self.said(table) {
                    self.put(holder, at);
                }
            }
        }
    }

    /// The one free holder of the same side that a table's rows fit best.
    fn best(&self, table: &Table) -> Option<(Holder, f64)> {
        let is_possible = |holder: &Holder| {
            let side = match holder {
                Holder::Answer(status) | Holder::Answered(status, _) => {
                    table.side != Side::Request && table.status.is_none_or(|of| of == *status)
                }
                _ => table.side != Side::Answer,
            };
            // Headers are told by their names, parameters of the address by the section they stand in.
            let possible = match table.part {
                Part::Header => *holder == Holder::Inputs(Location::Header),
                Part::Path | Part::Query | Part::PathOrQuery => {
                    matches!(holder, Holder::Inputs(Location::Path | Location::Query))
                }
                _ => true,
            };
            side && possible && self.layout.tables(*holder).is_empty()
        };
        let mut found: Vec<(Holder, f64)> = self
            .names
            .keys()
            .filter(|holder| is_possible(holder))
            .map(|holder| (*holder, self.overlap(*holder, table)))
            .filter(|(_, much)| *much > 0.0)
            .collect();
        found.sort_by(|one, other| other.1.total_cmp(&one.1));
        match found.as_slice() {
            [one] => Some(*one),
            [first, second, ..] if first.1 > second.1 => Some(*first),
            _ => None,
        }
    }

    /// Common names by all names.
    #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
    fn overlap(&self, holder: Holder, table: &Table) -> f64 {
        let Some(names) = self.names.get(&holder) else { return 0.0 };
        let rows: BTreeSet<&str> = table.rows.iter().map(|row| row.name.as_str()).collect();
        let common = rows.intersection(names).count();
        common as f64 / (rows.len() + names.len() - common).max(1) as f64
    }
}

/// The named type at the bottom of a type.
fn object_name(ty: &TypeName) -> Option<&str> {
    match ty {
        TypeName::Object(name) => name.as_deref(),
        TypeName::Array(inner) | TypeName::Map(inner) => object_name(inner),
        _ => None,
    }
}
