//! Showing a plan instead of carrying it out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::{Extra, Job};
use crate::diagnostics::Format;
use crate::error::{Error, Outcome, Result};
use crate::unified::Diffs;
use crate::{listing, term};

/// Files named beyond those whose diff is shown.
const NAMED: usize = 100;

/// One difference between what is and what should be.
struct Change<'a> {
    what: What,
    shown: String,
    path: PathBuf,
    text: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Changed,
    Missing,
    /// We wrote it once.
    Obsolete,
    /// Nobody knows it.
    Stray,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Obsolete | Self::Stray => "stray",
        }
    }
}

pub(super) fn report(
    job: &Job,
    folder: &Folder,
    wanted: &BTreeMap<&str, &str>,
    extras: &[Extra],
    format: Format,
) -> Result<Outcome> {
    let changes = changes(job, folder, wanted, extras);
    if changes.is_empty() {
        let files = wanted.len() + extras.len() + 1;
        format.say(&format!("{}: all {} as the spec says\n", job.out_shown, term::count(files, "file")));
        return Ok(Outcome::Good);
    }
    let mut diffs = Diffs::new();
    for (at, change) in changes.iter().enumerate() {
        let diff = change.diff(&mut diffs)?;
        if !diff.is_empty() || at < NAMED {
            format.say(&format!("{}: {}\n{diff}", change.what.word(), change.shown));
        }
    }
    let count = |what: &[What]| changes.iter().filter(|change| what.contains(&change.what)).count();
    let strays = count(&[What::Stray]);
    format.say(&format!(
        "\n{} not as the spec says: {} changed, {} missing, {} stray\n",
        term::count(changes.len(), "file"),
        count(&[What::Changed]),
        count(&[What::Missing]),
        count(&[What::Obsolete]) + strays,
    ));
    term::err(&format!("error: `{}` is stale\nhelp: run `{}`", job.out_shown, job.command));
    term::err(if strays > 0 { ", and remove by hand the strays it warns of\n" } else { "\n" });
    Ok(Outcome::Findings)
}

fn changes<'a>(
    job: &Job,
    folder: &'a Folder,
    wanted: &BTreeMap<&'a str, &'a str>,
    extras: &'a [Extra],
) -> Vec<Change<'a>> {
    let (plan, list) = (&folder.plan, &folder.listing);
    let change = |what, path: &str, text| {
        let shown = format!("{}/{path}", job.out_shown.trim_end_matches('/'));
        Change { what, shown, path: folder.dir.join(path), text }
    };
    let files = [
        (What::Changed, &plan.changed),
        (What::Missing, &plan.missing),
        (What::Obsolete, &plan.obsolete),
        (What::Stray, &plan.strays),
    ];
    let mut changes: Vec<Change<'_>> = Vec::new();
    for (what, paths) in files {
        changes.extend(
            paths.iter().map(|path| change(what, path, wanted.get(path.as_str()).copied().unwrap_or_default())),
        );
    }
    if !list.is_current() {
        let what = if list.old.is_some() { What::Changed } else { What::Missing };
        changes.push(change(what, listing::NAME, &list.new));
    }
    for extra in extras.iter().filter(|extra| !extra.current) {
        let what = if extra.exists { What::Changed } else { What::Missing };
        changes.push(Change { what, shown: extra.shown.clone(), path: extra.path.clone(), text: &extra.text });
    }
    changes
}

impl Change<'_> {
    fn diff(&self, diffs: &mut Diffs) -> Result<String> {
        match self.what {
            What::Changed => Ok(diffs.show(&self.shown, &read(&self.path)?, self.text)),
            What::Missing => Ok(diffs.show(&self.shown, "", self.text)),
            What::Obsolete | What::Stray => Ok(String::new()),
        }
    }
}

fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|error| Error::io("read", path, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
