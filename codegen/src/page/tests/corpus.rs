//! The vendor's pages, which are no part of this repository: these tests run where they stand beside it.

use std::fs;
use std::path::{Path, PathBuf};

use super::bad::adds_up;
use crate::page::{Mandatory, Page, Refusal, Said, Says, TypeName, read};

/// The pages of a folder whose names begin and end like that, sorted; `None`, and a message, where there is no such folder.
fn pages(folder: &str, begins: &str, ends: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/docs");
    let Ok(entries) = fs::read_dir(docs.join(folder)) else {
        println!("skipped: there is no folder `../shared/docs/{folder}` beside the repository");
        return None;
    };
    let named = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        path.is_file() && name.starts_with(begins) && name.ends_with(ends)
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(named).collect();
    paths.sort();
    let page = |path: PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap());
    Some(paths.into_iter().map(page).collect())
}

/// How much is read of some pages.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    pages: usize,
    tables: usize,
    rows: usize,
    types: usize,
    mandatory: usize,
    limits: usize,
    defaults: usize,
    lists: usize,
    statuses: usize,
    examples: usize,
    unread: usize,
}

impl Tally {
    fn add(&mut self, page: &Page) {
        adds_up(page);
        let rows = || page.tables.iter().flat_map(|table| &table.rows);
        let says = |says: &Says| {
            let limits = [&says.length, &says.range, &says.items, &says.bare];
            limits.iter().filter(|said| said.is().is_some()).count()
        };
        self.pages += 1;
        self.tables += page.tables.len();
        self.rows += rows().count();
        self.types += rows().filter(|row| row.ty.as_ref().is_some_and(|ty| ty.is != TypeName::Unknown)).count();
        self.mandatory += rows().filter(|row| matches!(row.mandatory, Some(Mandatory::Yes | Mandatory::No))).count();
        self.limits += rows().map(|row| says(&row.says)).sum::<usize>();
        self.defaults += rows().filter(|row| row.says.default.is().is_some()).count();
        self.lists += rows().filter(|row| row.says.values.is().is_some()).count();
        self.statuses += page.statuses.len();
        self.examples += page.examples.iter().filter(|example| example.json.is_some()).count();
        self.unread += page.unread.len();
    }
}

#[test]
fn seeds() {
    let Some(pages) = pages("seeds", "", ".txt") else { return };
    let mut all = Tally::default();
    let mut lines = Vec::new();
    for (name, bytes) in &pages {
        let page = read(bytes).unwrap();
        let request = page.requests.iter().map(|request| request.is.to_string()).collect::<Vec<_>>().join(", ");
        let rows: usize = page.tables.iter().map(|table| table.rows.len()).sum();
        lines.push(format!("{} {}: {request}; {} tables, {rows} rows", &name[..3], page.format, page.tables.len()));
        let unread = page.unread.iter().map(|unread| format!("  {} {}", unread.line, unread.what));
        lines.extend(unread);
        assert!(page.title.is_some(), "{name}");
        all.add(&page);
    }
    let expected = [
        "000 text with pipe tables: PUT /v2/{project_id}/migration-task/{task_id}; 7 tables, 18 rows",
        // Its list was lost when the page was copied.
        "  14 values of resume_mode",
        "001 HTML: POST /v2/{project_id}/migration/{task_id}/task; 9 tables, 29 rows",
        "002 text with a table cell per line: PUT /v2/{project_id}/taskgroups/{group_id}/retry; 5 tables, 14 rows",
        "003 text with a table cell per line: POST /v3/tasks/{task_id}/action; 5 tables, 12 rows",
        "  41 values of operation",
        "004 text flattened to lines: POST /v2/{project_id}/migration-tasks/batch-restart; 9 tables, 22 rows",
        "  274 sample code",
    ];
    assert_eq!(lines, expected);
    let expected = Tally {
        pages: 5,
        tables: 35,
        rows: 95,
        types: 95,
        mandatory: 31,
        limits: 34,
        defaults: 3,
        lists: 3,
        statuses: 23,
        examples: 17,
        unread: 3,
    };
    assert_eq!(all, expected);
}

fn tally(folder: &str, begins: &str, ends: &str) -> Option<(Tally, usize)> {
    let (mut all, mut others) = (Tally::default(), 0);
    for (name, bytes) in pages(folder, begins, ends)? {
        match read(&bytes) {
            Ok(page) => {
                if !page.requests.is_empty() {
                    let types = page.tables.iter().flat_map(|table| &table.rows).filter_map(|row| row.ty.as_ref());
                    assert!(types.into_iter().all(|ty| ty.is != TypeName::Unknown), "{name}");
                    assert_eq!(page.counts.tables.found, page.counts.tables.read, "{name}: {:?}", page.unread);
                    assert_eq!(page.counts.rows.found, page.counts.rows.read, "{name}: {:?}", page.unread);
                }
                all.add(&page);
            }
            // Lists of error codes, index pages and the like.
            Err(Refusal::NothingFound { .. }) => others += 1,
            Err(refusal) => panic!("{name}: {refusal}"),
        }
    }
    Some((all, others))
}

#[test]
fn all_pages_of_each_kind() {
    let folders = [
        ("dcs", "otc-", ".rst"),
        ("dcs/otc-2024-04", "", ".rst"),
        ("common", "otc-", ".rst"),
        ("dcs", "openapi-", ".md"),
        ("oms", "openapi-", ".md"),
    ];
    let mut found = Vec::new();
    for (folder, begins, ends) in folders {
        let Some((all, others)) = tally(folder, begins, ends) else { return };
        let counts = [
            all.pages,
            others,
            all.tables,
            all.rows,
            all.types,
            all.limits,
            all.defaults,
            all.lists,
            all.statuses,
            all.examples,
        ];
        found.push((folder, ends, counts, all.unread));
    }
    // Pages, pages of no operation, tables of parameters, their rows, types, limits, defaults, lists of values, rows of status codes,
    // examples whose body is JSON; and what was not read.
    let expected = [
        ("dcs", ".rst", [23, 11, 159, 593, 593, 5, 0, 26, 147, 32], 0),
        ("dcs/otc-2024-04", ".rst", [10, 0, 91, 355, 355, 152, 0, 26, 60, 18], 0),
        ("common", ".rst", [9, 7, 44, 136, 111, 1, 1, 1, 90, 4], 14),
        ("dcs", ".md", [15, 0, 99, 371, 371, 140, 0, 24, 0, 0], 0),
        ("oms", ".md", [33, 0, 216, 751, 751, 483, 59, 71, 0, 0], 0),
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_edition_says_the_same_of_a_seed() {
    // The fields of the body in the seed and in the same page of the other vendor's site.
    let same = [
        ("000_6de793166b3263e0.txt", "otc-configuring-auto-reconnect-for-migration-tasks.rst"),
        ("001_9b87a2e7b6ae9e41.txt", "otc-configuring-an-online-data-migration-task.rst"),
    ];
    let (Some(seeds), Some(others)) = (pages("seeds", "", ".txt"), pages("dcs", "otc-", ".rst")) else { return };
    for (seed, other) in same {
        let of = |pages: &[(String, Vec<u8>)], name: &str| {
            let page = read(&pages.iter().find(|(known, _)| known == name).unwrap().1).unwrap();
            let row = |row: &crate::page::Row| {
                (row.name.clone(), row.mandatory.clone(), row.ty.as_ref().map(|ty| ty.is.clone()))
            };
            let table = |table: &crate::page::Table| {
                (table.side, table.part.clone(), table.status, table.rows.iter().map(row).collect::<Vec<_>>())
            };
            (page.requests[0].is.clone(), page.tables.iter().map(table).collect::<Vec<_>>())
        };
        assert_eq!(of(&seeds, seed), of(&others, other), "{seed} and {other}");
    }
}

#[test]
fn self_contradictions_stay_visible() {
    let Some(pages) = pages("dcs/otc-2024-04", "otc-2024-04-stopping-a-data", ".rst") else { return };
    let page = read(&pages[0].1).unwrap();
    let status = page.tables.iter().flat_map(|table| &table.rows).find(|row| row.name == "status").unwrap();
    let list = |values: &crate::page::Values| values.list.iter().map(|said| said.value.clone()).collect::<Vec<_>>();
    let Said::Is(formal) = &status.says.values else { panic!("{:?}", status.says) };
    // The sentence says it right, the list wrong.
    assert!(list(&formal.is).contains(&"INCRMIGEATING".to_owned()));
    assert!(list(&status.says.other_values[0]).contains(&"INCRMIGRATING".to_owned()));
}
