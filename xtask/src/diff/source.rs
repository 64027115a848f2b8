//! What BASE and REV name: a folder, a revision, a folder of a revision.

use std::path::{Path, PathBuf};

use migration_codegen::{self as codegen, Sources};

use super::git::{Git, Refusal};
use crate::error::{Error, Result};
use crate::repo::Repo;
use crate::tree;

const NAMES: &str = "BASE and REV are each a folder, a revision (`v0.1.0`), or `revision:path`";

/// A spec, and where it comes from.
pub(crate) struct Spec {
    pub(crate) sources: Sources,
    /// As people call it: `HEAD:spec (3325f60)`, `spec`.
    pub(crate) shown: String,
    /// What stands before paths of its files: `spec/`; empty for a folder elsewhere.
    pub(crate) root: String,
    /// The commit, if it is one.
    pub(crate) commit: Option<String>,
}

/// The spec that a word of the command line names; the working tree's without one.
pub(crate) fn resolve(word: Option<&str>, repo: &Repo) -> Result<Spec> {
    let spec = find(word, repo)?;
    if spec.sources.iter().any(|(path, _)| path == "spec.yaml") {
        return Ok(spec);
    }
    let below = spec.sources.iter().filter_map(|(path, _)| path.strip_suffix("/spec.yaml"));
    Err(no_spec(&spec.shown, below.min_by_key(|folder| folder.len())))
}

/// What is no spec has a mistake in every file, which would hide this one.
fn no_spec(shown: &str, below: Option<&str>) -> Error {
    let help = below.map_or_else(
        || "name the folder that `spec.yaml` is in".to_owned(),
        |below| format!("did you mean its folder `{below}`?"),
    );
    Error::new(format!("`{shown}` is no spec: there is no `spec.yaml` in it")).help(help)
}

fn find(word: Option<&str>, repo: &Repo) -> Result<Spec> {
    let Some(word) = word else { return folder(&repo.spec(), repo) };
    let path = Path::new(word);
    if path.is_dir() {
        return folder(path, repo);
    }
    if path.is_file() {
        return Err(Error::new(format!("`{word}` is a file")).help(format!("name the folder of a spec: {NAMES}")));
    }
    let range = word.split_once("..").map(|(old, new)| (old, new.trim_start_matches('.')));
    if let Some((old, new)) = range.filter(|(old, new)| !old.is_empty() && !new.is_empty() && !new.starts_with('/')) {
        return Err(Error::new(format!("`{word}` is a range, and BASE and REV are two words"))
            .help(format!("write `cargo xtask diff {old} {new}`")));
    }
    let (revision, path) = match word.split_once(':') {
        Some((revision, path)) => (revision, path.to_owned()),
        None => (word, "./spec".to_owned()),
    };
    revision_of(word, revision, &path, repo)
}

fn folder(path: &Path, repo: &Repo) -> Result<Spec> {
    let shown = repo.shown(path);
    // Before all files of a folder are read, which may be a whole disk.
    if path.is_dir() && !path.join("spec.yaml").exists() {
        return Err(no_spec(&shown, path.join("spec/spec.yaml").exists().then_some("spec")));
    }
    let sources = tree::read_spec(path)?;
    Ok(Spec { sources, root: format!("{}/", shown.trim_end_matches('/')), shown, commit: None })
}

fn revision_of(word: &str, revision: &str, path: &str, repo: &Repo) -> Result<Spec> {
    let git = Git::new(repo.root());
    if let Some(why) = git.objection().map_err(|refusal| no_program(word, &refusal))? {
        let folder = git.folder().display();
        let message = format!("`{word}` is no folder, and no git repository at `{folder}` could know it: {why}");
        let help = "name a folder with another state of the spec: `cargo xtask diff OLD NEW`";
        return Err(Error::new(message).help(format!("{help}; {NAMES}")));
    }
    let commit = git.commit(revision).map_err(|_| {
        let message =
            format!("`{word}` is neither a folder nor a revision of this repository: git knows no `{revision}`");
        let shallow = git.line(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true");
        let fetch = if shallow {
            "; this clone is shallow: `git fetch --unshallow --tags` brings the rest"
        } else {
            "; `git fetch --tags` brings what others have"
        };
        Error::new(message).help(format!("{NAMES}{fetch}"))
    })?;
    let tree = git.tree(&commit, path).map_err(|_| {
        let shown = path.trim_start_matches("./");
        Error::new(format!("the revision `{revision}` has no folder `{shown}`"))
            .help(format!("name the folder where the spec was then: `{revision}:path/to/spec`"))
    })?;
    let sources = git.sources(&tree)?;
    let path = path.trim_start_matches("./").trim_end_matches('/');
    let named = format!("{revision}:{path}");
    let shown = if revision == tree.commit { named } else { format!("{named} ({})", tree.commit) };
    Ok(Spec { sources, shown, root: format!("{path}/"), commit: Some(commit) })
}

fn no_program(word: &str, refusal: &Refusal) -> Error {
    let (Refusal::NoProgram(why) | Refusal::Said(why)) = refusal;
    Error::new(format!("`{word}` is no folder, and git, which could know it as a revision, does not run: {why}"))
        .help("install git, or name two folders: `cargo xtask diff OLD NEW`")
}

/// What to do about a spec that this program's grammar does not fit: every spec carries the schema of the grammar it was written in.
pub(crate) fn older_grammar(spec: &Spec, repo: &Repo) -> Option<String> {
    let schema = spec.sources.iter().find(|(path, _)| *path == "schema.json").map(|(_, bytes)| bytes)?;
    if schema == codegen::schema().as_bytes() {
        return None;
    }
    let mut help = "write it in the grammar of today: ".to_owned();
    match &spec.commit {
        Some(commit) => help.push_str(&format!(
            "`git worktree add ../old {commit}`, mend `../old/spec` until `cargo xtask check --spec ../old/spec` is content, and compare with that folder"
        )),
        None => help.push_str(&format!("mend `{}` until `cargo xtask check --spec` is content", spec.shown)),
    }
    let last = Git::new(repo.root()).line(&["log", "-1", "--format=%h", "--", "./spec/schema.json"]);
    if let Some(commit) = last.ok().filter(|commit| !commit.is_empty()) {
        help.push_str(&format!("; or take a later base: the grammar is what it is since {commit}"));
    }
    Some(help)
}

/// A path for a line of a file: from the repository's root if it lies there.
pub(crate) fn file(root: &str, path: &str) -> PathBuf {
    Path::new(root).join(path)
}
