//! Specs made of the base by edits, and what is told of two of them.

use std::collections::BTreeMap;

use migration_codegen::diff::{Change, Changes, diff};
use migration_codegen::{Sources, check};
use migration_tests as shared;
use serde::Deserialize;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// How a revision differs from the base.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// The rule that it is for.
    pub(crate) rule: String,
    /// What else must be reported.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// Edits that make another base first.
    #[serde(default)]
    pub(crate) before: Vec<Edit>,
    #[serde(default)]
    pub(crate) edits: Vec<Edit>,
    /// Whole files of the revision.
    #[serde(default)]
    pub(crate) add: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) remove: Vec<String>,
    /// Code that uses the base's crate, which `compile` tries on the revision's.
    pub(crate) consumer: Option<String>,
    /// The same the other way round.
    pub(crate) newcomer: Option<String>,
}

/// A text that stands once in a file, and what stands there instead.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    pub(crate) file: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

pub(crate) fn base() -> Files {
    shared::files(&shared::folder("diff/base"))
}

pub(crate) fn sources(files: &Files) -> Sources {
    files.clone().into_iter().collect()
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (path, text) in shared::files(&shared::folder("diff/cases")) {
        let text = String::from_utf8(text).unwrap();
        let list: Vec<Case> = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        cases.extend(list);
    }
    cases
}

impl Case {
    /// The two specs; both must be valid.
    pub(crate) fn specs(&self) -> Result<(Sources, Sources), String> {
        let mut files = base();
        apply(&mut files, &self.before)?;
        let old = sources(&files);
        apply(&mut files, &self.edits)?;
        for path in &self.remove {
            files.remove(path).ok_or_else(|| format!("the base has no {path}"))?;
        }
        files.extend(self.add.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
        let new = sources(&files);
        valid(&old)?;
        valid(&new)?;
        Ok((old, new))
    }
}

pub(crate) fn apply(files: &mut Files, edits: &[Edit]) -> Result<(), String> {
    for edit in edits {
        let bytes = files.get_mut(&edit.file).ok_or_else(|| format!("the base has no {}", edit.file))?;
        let text = String::from_utf8(bytes.clone()).map_err(|error| error.to_string())?;
        let found = text.matches(&edit.from).count();
        if found != 1 {
            return Err(format!("{} has {found} times `{}`", edit.file, edit.from));
        }
        *bytes = text.replace(&edit.from, &edit.to).into_bytes();
    }
    Ok(())
}

fn valid(sources: &Sources) -> Result<(), String> {
    let found = check(sources);
    if found.has_errors() { Err(found.render(sources, "spec", false)) } else { Ok(()) }
}

pub(crate) fn compare(old: &Sources, new: &Sources) -> Changes {
    diff(old, new).unwrap()
}

/// The rules reported, sorted, each as often as it is.
pub(crate) fn ids(changes: &Changes) -> Vec<&'static str> {
    let mut ids: Vec<&str> = changes.iter().map(|change| change.rule().id).collect();
    ids.sort_unstable();
    ids
}

/// One line per change, for messages.
pub(crate) fn told(changes: &Changes) -> String {
    let line = |change: &Change| {
        format!("  {}: {}: {:?} -> {:?}\n", change.rule().id, change.subject(), change.before(), change.after())
    };
    changes.iter().map(line).collect()
}
