//! Carrying out a plan.

use std::collections::BTreeMap;

use super::folder::Folder;
use super::{Extra, Job};
use crate::diagnostics::Format;
use crate::error::{Error, Result};
use crate::{term, write};

pub(super) fn apply(
    job: &Job,
    folder: &Folder,
    wanted: &BTreeMap<&str, &str>,
    extras: &[Extra],
    format: Format,
) -> Result<()> {
    let (plan, listing) = (&folder.plan, &folder.listing);
    if let (false, Some(path)) = (job.owned, plan.foreign.first()) {
        let message = format!(
            "`{}/{path}` is in the way: it differs from what would be written there, and was not generated",
            job.out_shown
        );
        return Err(Error::new(message).help("move it away, and generate again"));
    }
    if plan.moves_files() && listing.old.as_ref() != Some(&listing.meanwhile) {
        write::replace(&listing.file, &listing.meanwhile)?;
    }
    let mut written = 0;
    for path in plan.changed.iter().chain(&plan.missing) {
        if let Some(text) = wanted.get(path.as_str()) {
            write::replace(&folder.dir.join(path), text)?;
            written += 1;
        }
    }
    for extra in extras.iter().filter(|extra| !extra.current) {
        write::replace(&extra.path, &extra.text)?;
        written += 1;
    }
    write::delete(&folder.dir, &plan.obsolete)?;
    if plan.moves_files() || !listing.is_current() {
        write::replace(&listing.file, &listing.new)?;
    }
    for path in &plan.strays {
        let why = if job.owned { ", which is wholly generated: remove it" } else { "" };
        term::err(&format!(
            "warning: `{0}/{path}` is a stray: it was not generated, and was left alone in `{0}`{why}\n",
            job.out_shown
        ));
    }
    let unchanged = plan.unchanged + extras.iter().filter(|extra| extra.current).count();
    format.say(&format!(
        "{}: {written} written, {} deleted, {unchanged} unchanged\n",
        job.out_shown,
        plan.obsolete.len()
    ));
    Ok(())
}
