//! Pages changed in one place, as a vendor would: no change of what a table says may pass for agreement.

use super::{Auditor, Corpus, Options, audit, load};
use crate::audit::tests::mutations::doubts;
use crate::decode::Number;
use crate::page::{At, Limits, Mandatory, Page, Row, Said, Status, TypeCell, TypeName, ValueSaid};

/// Changes a row; false if there is nothing to change.
type Edit = fn(&mut Row) -> bool;

/// What may happen to a row.
const EDITS: &[(&str, Edit)] = &[
    ("another name", |row| {
        row.name.push_str("_2");
        true
    }),
    ("another type", |row| {
        let Some(cell) = &mut row.ty else { return false };
        let is = if cell.is == TypeName::Boolean { TypeName::Integer } else { TypeName::Boolean };
        *cell = TypeCell { text: format!("{is:?}"), is, links: Vec::new() };
        true
    }),
    ("mandatory or not", |row| {
        row.mandatory = match row.mandatory {
            Some(Mandatory::Yes) => Some(Mandatory::No),
            Some(Mandatory::No) => Some(Mandatory::Yes),
            _ => return false,
        };
        true
    }),
    ("wider limits", |row| {
        let says = &mut row.says;
        let mut all = [&mut says.length, &mut says.range, &mut says.items, &mut says.bare].into_iter();
        let Some(Said::Is(at)) = all.find(|said| said.is().is_some()) else { return false };
        at.is.high = at.is.high.and_then(Number::as_integer).map(|high| Number::Integer(high + 1));
        true
    }),
    ("no limits", |row| {
        let says = &mut row.says;
        let had = [&says.length, &says.range, &says.items, &says.bare].iter().any(|said| said.is().is_some());
        (says.length, says.range, says.items, says.bare) = (Said::Nothing, Said::Nothing, Said::Nothing, Said::Nothing);
        row.description.clear();
        had
    }),
    ("limits at last", |row| {
        let had = [&row.says.length, &row.says.bare].iter().any(|said| said.is().is_some());
        let is = Limits { low: Some(Number::Integer(2)), high: Some(Number::Integer(7)) };
        row.says.length = Said::Is(At::new(row.line, is));
        !had
    }),
    ("another default", |row| {
        let changes = row.says.default.is().is_some();
        row.says.default = Said::Is(At::new(row.line, "other".to_owned()));
        changes
    }),
    ("no default", |row| {
        let had = row.says.default.is().is_some();
        row.says.default = Said::Nothing;
        had
    }),
    ("a default at last", |row| {
        let had = row.says.default.is().is_some();
        row.says.default = Said::Is(At::new(row.line, "other".to_owned()));
        !had
    }),
    ("one value less", |row| {
        let Said::Is(at) = &mut row.says.values else { return false };
        // Gone from its other lists, and from the text, too.
        let Some(gone) = at.is.list.pop() else { return false };
        row.says.other_values.clear();
        row.description = row.description.replace(&gone.value, "");
        true
    }),
    ("one value more", |row| {
        let Said::Is(at) = &mut row.says.values else { return false };
        at.is.list.push(ValueSaid { value: "one_more".to_owned(), explanation: String::new() });
        true
    }),
];

/// All pages that differ from a page in one place, and what was done.
fn edited(page: &Page) -> Vec<(String, Page)> {
    let mut all = Vec::new();
    for (table, of) in page.tables.iter().enumerate() {
        // A row without a name says nothing that a spec could have.
        for (row, old) in of.rows.iter().enumerate().filter(|(_, row)| row.name != "-") {
            for (what, edit) in EDITS {
                let mut page = page.clone();
                if edit(&mut page.tables[table].rows[row]) {
                    all.push((format!("{} (line {}): {what}", old.name, old.line), page));
                }
            }
            let mut without = page.clone();
            let gone = without.tables[table].rows.remove(row);
            without.counts.rows.found -= 1;
            all.push((format!("{} (line {}): gone", gone.name, gone.line), without));
        }
    }
    for (at, old) in page.statuses.iter().enumerate() {
        let mut other = page.clone();
        other.statuses[at].is = Status { code: 418, text: String::new() };
        all.push((format!("status {}", old.is.code), other));
    }
    for (at, old) in page.examples.iter().enumerate() {
        let Some(serde_json::Value::Object(object)) = &old.json else { continue };
        let mut object = object.clone();
        object.insert("one_more".to_owned(), serde_json::Value::Bool(true));
        let mut other = page.clone();
        other.examples[at].json = Some(serde_json::Value::Object(object));
        all.push((format!("example (line {})", old.line), other));
    }
    let mut other = page.clone();
    for request in &mut other.requests {
        request.is.path.push_str("/more");
    }
    all.push(("another path".to_owned(), other));
    all
}

fn run(corpus: &Corpus) -> (usize, Vec<String>) {
    let (mut count, mut silent) = (0, Vec::new());
    for (file, operation) in &corpus.pages {
        let (bytes, sources) = (corpus.page(file), corpus.sources(operation));
        let (head, read, model) = (crate::audit::head(&bytes), crate::page::read(&bytes).unwrap(), load(&sources));
        let before = doubts(&audit(&sources, model.clone(), &read, &head).unwrap());
        for (what, page) in edited(&read) {
            count += 1;
            // A page that is no longer taken for one of the operation is none that agrees.
            let Ok(after) = audit(&sources, model.clone(), &page, &head) else { continue };
            assert!(after.facts.add_up(), "{file}, {what}");
            if !after.has_drift() && doubts(&after).is_subset(&before) {
                silent.push(format!("{file}, {what}"));
            }
        }
    }
    (count, silent)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }
}

#[test]
fn damaged_pages_are_refused_or_counted_right() {
    let corpus = Corpus::own();
    let mut dice = Dice(0x5eed);
    for (file, operation) in &corpus.pages {
        let (bytes, sources) = (corpus.page(file), corpus.sources(operation));
        let auditor = Auditor::new(&sources).unwrap();
        let whole = auditor.audit(&bytes, &Options::default()).unwrap();
        for _ in 0..150 {
            let mut damaged = bytes.clone();
            for _ in 0..=dice.below(3) {
                let (at, to) = (dice.below(damaged.len()), dice.below(damaged.len()));
                match dice.below(4) {
                    0 => drop(damaged.drain(at.min(to)..at.max(to))),
                    1 => damaged[at] = u8::try_from(dice.below(256)).unwrap(),
                    2 => damaged.truncate(at.max(64)),
                    _ => {
                        let piece = damaged[at.min(to)..at.max(to).min(at.min(to) + 400)].to_vec();
                        damaged.splice(at..at, piece);
                    }
                }
            }
            let Ok(report) = auditor.audit(&damaged, &Options::default()) else { continue };
            assert!(report.facts.add_up() && report.rows.add_up(), "{file}: {:?} {:?}", report.facts, report.rows);
            // Damage adds no agreement.
            assert!(report.facts.agree <= whole.facts.agree, "{file}: {:?}", report.facts);
            let _ = report.render(crate::audit::Show::default());
        }
    }
}

#[test]
fn no_edit_of_our_own_pages_passes() {
    let (count, silent) = run(&Corpus::own());
    assert!(silent.is_empty() && count > 300, "{count} edits, {} silent:\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn no_edit_of_the_seeds_passes() {
    let Some(corpus) = Corpus::seeds() else { return };
    let (count, silent) = run(&corpus);
    println!("{count} edits, {} silent", silent.len());
    assert!(silent.is_empty(), "{count} edits, {} silent:\n{}", silent.len(), silent.join("\n"));
}
