//! What a page says about one fact of the spec.

mod answers;
mod examples;
mod limits;
mod rows;
mod types;
mod values;

pub(super) use examples::same_json;
pub(super) use limits::{Of, alternatives, default_is, limit_is, short, shown, stated};
pub(super) use types::{is_word, word, written};
pub(super) use values::{is_list, is_listed};

use super::claims::{Claim, Fact, Holder};
use super::layout::Layout;
use super::samples::Samples;
use crate::model::{Operation, Service, Unit};
use crate::page::{self, Row, Table};

/// What a page says about a fact, before errata and attribution are looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Is {
    /// The same, and in a form that is made for it.
    Same,
    /// The same, but only found among the words of a sentence or in an example.
    Found,
    /// Nothing of this kind, where it would have to stand.
    Silent(String),
    /// It cannot be known.
    Unclear(String),
    /// Something else: what.
    Differs(String),
}

impl Is {
    /// Of several tables that must all say it, the worst counts.
    fn rank(&self) -> u8 {
        match self {
            Self::Same => 0,
            Self::Found => 1,
            Self::Silent(_) => 2,
            Self::Unclear(_) => 3,
            Self::Differs(_) => 4,
        }
    }

    pub(super) fn is_same(&self) -> bool {
        matches!(self, Self::Same | Self::Found)
    }
}

/// The same, with the line of the page that says so.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) is: Is,
    pub(super) line: Option<u32>,
}

impl Said {
    pub(super) fn new(is: Is, line: impl Into<Option<u32>>) -> Self {
        Self { is, line: line.into() }
    }
}

/// All that a judgement may look at.
pub(super) struct Cx<'a> {
    pub(super) service: &'a Service,
    pub(super) unit: &'a Unit,
    /// Which of the unit's pages the page is.
    pub(super) entry: usize,
    pub(super) operation: &'a Operation,
    pub(super) page: &'a page::Page,
    pub(super) layout: Layout<'a>,
    pub(super) samples: Samples<'a>,
}

/// A row and the table it stands in.
#[derive(Clone, Copy)]
struct Cell<'a> {
    row: &'a Row,
    table: &'a Table,
}

impl<'a> Cx<'a> {
    pub(super) fn says(&self, fact: &Fact<'_>) -> Said {
        match &fact.claim {
            Claim::Method(_) | Claim::Path(_) | Claim::HasBody(_) | Claim::Status(_) | Claim::Answers(_) => {
                answers::says(self, fact)
            }
            Claim::Sends(_) | Claim::Gives { .. } | Claim::Receives { .. } => examples::says(self, fact),
            Claim::Rule(rule) => {
                let fields = rule.fields.iter().map(|field| field.place.rsplit('.').next().unwrap_or_default());
                let line = fields.filter_map(|name| self.any_row(name)).map(|row| row.line).next();
                Said::new(Is::Unclear("a rule stands in sentences; read them".to_owned()), line)
            }
            Claim::Deprecated if fact.holder == Holder::Operation => {
                Said::new(Is::Unclear("that stands in sentences; read them".to_owned()), None)
            }
            _ => self.of_field(fact),
        }
    }

    fn any_row(&self, name: &str) -> Option<&'a Row> {
        self.page.tables.iter().flat_map(|table| &table.rows).find(|row| row.name == name)
    }

    fn of_field(&self, fact: &Fact<'_>) -> Said {
        let found = self.layout.rows(fact.holder, fact.name);
        let tables = self.layout.tables(fact.holder);
        let judge = |(table, row): (usize, &'a Row)| {
            let cell = Cell { row, table: &self.page.tables[table] };
            Said::new(rows::says(self, fact, cell), row.line)
        };
        let mut all: Vec<Said> = found.iter().copied().map(judge).collect();
        // Where an object has several tables, each must have the row.
        let lacking = tables.iter().find(|table| !found.iter().any(|(at, _)| at == *table));
        let mixed = matches!(fact.holder, Holder::Inputs(_));
        if all.is_empty() || (lacking.is_some() && !mixed) {
            all.push(self.without_row(fact, lacking.copied()));
        }
        all.into_iter().max_by_key(|said| said.is.rank()).unwrap_or(Said::new(Is::Unclear(String::new()), None))
    }

    /// No row has the field's name.
    fn without_row(&self, fact: &Fact<'_>, table: Option<usize>) -> Said {
        if let Some(found) = examples::of_field(self, fact) {
            return found;
        }
        let Some(table) = table.and_then(|table| self.page.tables.get(table)) else { return self.without_table(fact) };
        let last = table.rows.last().map_or(table.line, |row| row.line);
        let unread = self.page.unread.iter().find(|unread| {
            unread.kind == page::UnreadKind::Row && (table.line..=last.saturating_add(3)).contains(&unread.line)
        });
        if let Some(unread) = unread {
            return Said::new(
                Is::Unclear(format!("a row of its table could not be read: {}", unread.why)),
                unread.line,
            );
        }
        if !matches!(fact.claim, Claim::Present) {
            return Said::new(Is::Unclear("its row is missing".to_owned()), table.line);
        }
        let known = table.rows.iter().map(|row| row.name.as_str());
        let near = crate::diagnostic::did_you_mean(fact.name, known);
        let near = near.map_or_else(String::new, |near| format!(", but `{near}`"));
        Said::new(Is::Silent(format!("its table has no row `{}`{near}", fact.name)), table.line)
    }

    /// No table is that of the field's holder.
    fn without_table(&self, fact: &Fact<'_>) -> Said {
        if matches!(fact.holder, Holder::Given(_) | Holder::Answered(..)) {
            let why = "no table of the object it belongs to was found".to_owned();
            return Said::new(Is::Unclear(why), None);
        }
        let in_path = format!("{{{}}}", fact.name);
        let request = self.page.requests.iter().find(|request| request.is.path.contains(&in_path));
        if let (Holder::Inputs(crate::model::Location::Path), Some(request)) = (fact.holder, request) {
            let is = match fact.claim {
                Claim::Present | Claim::Need(_) => Is::Found,
                _ => Is::Unclear("the page has no table of path parameters".to_owned()),
            };
            return Said::new(is, request.line);
        }
        let leftover = self.page.tables.iter().enumerate().find(|(at, _)| self.layout.is_free(*at));
        let unread = self.page.unread.iter().find(|unread| unread.kind == page::UnreadKind::Table);
        if let Some(line) = leftover.map(|(_, table)| table.line).or(unread.map(|unread| unread.line)) {
            return Said::new(Is::Unclear("its table may be one that could not be placed or read".to_owned()), line);
        }
        match fact.claim {
            Claim::Present => Said::new(Is::Silent(format!("it has no table with `{}`", fact.name)), None),
            _ => Said::new(Is::Unclear("its row is missing".to_owned()), None),
        }
    }
}
