//! The record of pages that were read.

use std::collections::BTreeMap;
use std::path::Path;

use migration_codegen::Sources;
use migration_codegen::audit::Lock;

use super::{Audited, locks};
use crate::date::Date;
use crate::diagnostics::Format;
use crate::error::Result;
use crate::term::count;
use crate::write;

/// Records the pages that were compared as read today.
pub(super) fn accept(spec: &Path, sources: &Sources, pages: &[Audited], today: Date, format: Format) -> Result<()> {
    let mut all: BTreeMap<String, (Lock, usize)> =
        locks(sources).map(|(service, lock)| (service.to_owned(), (lock, 0))).collect();
    for report in pages.iter().filter_map(|page| page.result.as_ref().ok()) {
        let (lock, read) = all.entry(report.service.clone()).or_default();
        *lock = report.accept(lock, &today.to_string());
        *read += 1;
    }
    for (service, (lock, read)) in all.into_iter().filter(|(_, (_, read))| *read > 0) {
        let file = spec.join(&service).join("pages.lock");
        write::replace(&file, &lock.text())?;
        format.say(&format!("{service}/pages.lock: {} recorded as read on {today}\n", count(read, "page")));
    }
    Ok(())
}

/// A note for each page that was read longer ago.
pub(crate) fn stale(sources: &Sources, root: &str, days: u32, today: Date) -> Vec<String> {
    let mut notes = Vec::new();
    for (service, lock) in locks(sources) {
        for (operation, page, date) in lock.pages() {
            let Ok(read) = Date::parse(date) else { continue };
            let ago = today.since(read);
            if ago > i64::from(days) {
                notes.push(format!(
                    "note: {root}/{service}/pages.lock: the page `{page}` of {operation} was last read on {date}, {ago} days ago\n"
                ));
            }
        }
    }
    notes
}
