//! The out folder as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::plan::{Plan, plan};
use crate::{listing, tree};

/// An out folder, and what is to be done to it.
pub(super) struct Folder {
    pub(super) dir: PathBuf,
    pub(super) plan: Plan,
    pub(super) listing: Listing,
}

/// The list of generated files, as it is and as it should be.
pub(super) struct Listing {
    pub(super) file: PathBuf,
    pub(super) old: Option<String>,
    pub(super) new: String,
    /// What to write while files come and go, so that an interrupted run leaves no file unknown.
    pub(super) meanwhile: String,
}

impl Listing {
    pub(super) fn is_current(&self) -> bool {
        self.old.as_ref() == Some(&self.new)
    }
}

impl Folder {
    pub(super) fn survey(dir: &Path, shown: &str, wanted: &BTreeMap<&str, &str>) -> Result<Self> {
        let found = tree::survey(dir, wanted)?;
        let file = dir.join(listing::NAME);
        let old = match fs::read_to_string(&file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::io("read", &file, &error)),
        };
        if old.is_none() && !found.is_empty() {
            let message =
                format!("`{shown}` is not empty and has no `{}`, so what it holds was not generated", listing::NAME);
            return Err(Error::new(message).help(format!(
                "name an empty folder with `--out DIR`; or, if all of `{shown}` may go, delete it and generate again"
            )));
        }
        let known = match &old {
            Some(text) => listing::parse(text)?,
            None => BTreeSet::new(),
        };
        let new = listing::text(wanted.keys().copied());
        let meanwhile = listing::text(wanted.keys().copied().chain(known.iter().map(String::as_str)));
        let plan = plan(wanted, &found, &known);
        Ok(Self { dir: dir.to_owned(), plan, listing: Listing { file, old, new, meanwhile } })
    }
}
