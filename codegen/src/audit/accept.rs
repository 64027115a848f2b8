//! Fingerprints of rows, and which of them changed.

use std::collections::BTreeMap;

use super::lock::Lock;
use super::report::{Finding, Kind, Report};
use crate::page::{Mandatory, Page, Part, Row, Side, Table};

impl Report {
    /// The record of what was read, with this page as read today.
    pub fn accept(&self, lock: &Lock, today: &str) -> Lock {
        lock.with(&self.operation, &self.page.id, today, &self.prints)
    }
}

/// A fingerprint of every row, by a name that stays when the page is laid out otherwise.
pub(super) fn prints(page: &Page) -> Vec<(String, u64)> {
    rows(page).into_iter().map(|(name, row)| (name, print(row))).collect()
}

fn rows(page: &Page) -> Vec<(String, &Row)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for table in &page.tables {
        let within = within(table);
        for row in &table.rows {
            let name = format!("{within}.{}", row.name.split_whitespace().collect::<Vec<_>>().join("_"));
            let times = seen.entry(name.clone()).or_default();
            *times += 1;
            all.push((if *times == 1 { name } else { format!("{name}#{times}") }, row));
        }
    }
    all
}

fn within(table: &Table) -> String {
    let side = match (table.side, table.status) {
        (_, Some(status)) => status.to_string(),
        (Side::Answer, None) => "answer".to_owned(),
        _ => "request".to_owned(),
    };
    let part = match &table.part {
        Part::Path => "path",
        Part::Query => "query",
        Part::PathOrQuery => "parameters",
        Part::Header => "header",
        Part::Body => "body",
        Part::Nested(name) => name,
        Part::Unclear => "table",
    };
    format!("{side}.{}", part.split_whitespace().collect::<Vec<_>>().join("_"))
}

/// A hash that is the same on every machine and in every version: FNV-1a.
fn print(row: &Row) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        // Line breaks and runs of blanks differ between two copies of one page.
        for word in text.split(|c: char| c.is_whitespace() || c == '*').filter(|word| !word.is_empty()) {
            for byte in word.bytes().chain([b' ']) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        hash = (hash ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
    };
    add(&row.name);
    add(match &row.mandatory {
        None => "",
        Some(Mandatory::Yes) => "yes",
        Some(Mandatory::No) => "no",
        Some(Mandatory::Other(text)) => text,
    });
    add(row.ty.as_ref().map_or("", |ty| &ty.text));
    add(&row.description);
    hash
}

/// What changed since a page was accepted; nothing if it never was.
pub(super) fn reworded(page: &Page, lock: &Lock, operation: &str, id: &str, prints: &[(String, u64)]) -> Vec<Finding> {
    let Some(read) = lock.page(operation, id) else { return Vec::new() };
    let lines: BTreeMap<String, u32> = rows(page).into_iter().map(|(name, row)| (name, row.line)).collect();
    let now: BTreeMap<&str, u64> = prints.iter().map(|(name, print)| (name.as_str(), *print)).collect();
    let finding = |name: &str, what: &str| Finding {
        kind: Kind::Reworded,
        fact: "row",
        at: name.to_owned(),
        page: format!("{what} since it was read on {}", read.date),
        line: lines.get(name).copied(),
        spec: String::new(),
        place: None,
        help: "read it again, and say so with `--accept`".to_owned(),
        answered: None,
    };
    let changed = now.iter().filter_map(|(name, print)| match read.rows.get(*name) {
        Some(then) if then == print => None,
        Some(_) => Some(finding(name, "worded otherwise")),
        None => Some(finding(name, "new")),
    });
    let gone = read.rows.keys().filter(|name| !now.contains_key(name.as_str())).map(|name| finding(name, "gone"));
    changed.chain(gone).collect()
}
