//! What the tests of this repository share: spec folders as [`Sources`], and files compared with what is committed.
//!
//! One switch blesses every snapshot: `BLESS=1 cargo test --workspace` writes what came out where the committed file differs.
//! Snapshots are plain files, so that a person can read, edit and review them. (`insta` takes its orders from a variable of its own,
//! which a test could only set with `unsafe`.)

#![allow(clippy::panic, reason = "this is how tests fail")]

pub mod loopback;
pub mod pages;
pub mod shape;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use migration_codegen::Sources;
use similar::TextDiff;

/// Whether snapshots are rewritten.
pub fn blessing() -> bool {
    std::env::var("BLESS").is_ok_and(|value| value == "1")
}

/// A folder of this package.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The repository's root.
pub fn repository() -> PathBuf {
    folder("../..")
}

/// The folders in a folder, sorted.
///
/// # Panics
///
/// If it cannot be read.
pub fn folders(parent: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = entries(parent).into_iter().filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// A spec folder as the generator takes it.
///
/// # Panics
///
/// If it cannot be read or holds nothing.
pub fn sources(spec: &Path) -> Sources {
    let files = files(spec);
    assert!(!files.is_empty(), "{} holds no spec", spec.display());
    files.into_iter().collect()
}

/// All files below a folder, by path relative to it with `/`; none if there is no such folder.
///
/// # Panics
///
/// If a file cannot be read.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut todo = vec![root.to_owned()];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(entries(&path));
        } else if path.is_file() {
            let parts: Vec<_> =
                path.strip_prefix(root).unwrap_or(&path).iter().map(|part| part.to_string_lossy()).collect();
            let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            found.insert(parts.join("/"), bytes);
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path()).collect()
}

/// Compares a text with a committed file, or writes the file when blessing. `Err` is what to tell a person.
///
/// # Panics
///
/// If the file is to be written and cannot be.
pub fn compare_file(path: &Path, actual: &str) -> Result<(), String> {
    let committed = fs::read_to_string(path).ok();
    if committed.as_deref() == Some(actual) {
        return Ok(());
    }
    if blessing() {
        fs::write(path, actual).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return Ok(());
    }
    let name = path.strip_prefix(folder("")).unwrap_or(path).display().to_string();
    let Some(committed) = committed else {
        return Err(format!("{name} is missing; BLESS=1 writes it. It would hold:\n{actual}"));
    };
    let diff = TextDiff::from_lines(committed.as_str(), actual);
    let diff = diff.unified_diff().header(&name, "what came out").to_string();
    Err(format!("{name} differs; if that is meant, BLESS=1 rewrites it\n{diff}"))
}

/// Compares a set of files with a committed folder: changed, missing and stray ones are failures. When blessing, makes the folder so.
///
/// # Panics
///
/// If a file cannot be written or removed.
pub fn compare_folder<'a>(folder: &Path, actual: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), String> {
    let mut strays = if folder.exists() { files(folder) } else { BTreeMap::new() };
    let mut problems = Vec::new();
    for (name, text) in actual {
        strays.remove(name);
        let path = folder.join(name);
        if let (true, Some(parent)) = (blessing(), path.parent()) {
            fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{}: {error}", parent.display()));
        }
        problems.extend(compare_file(&path, text).err());
    }
    for stray in strays.into_keys() {
        if blessing() {
            fs::remove_file(folder.join(&stray)).unwrap_or_else(|error| panic!("{stray}: {error}"));
        } else {
            problems.push(format!("{stray} is no longer generated; BLESS=1 removes it"));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n\n")) }
}

/// Makes a folder hold exactly these files; what is right already keeps its date, so that Cargo does not compile it again.
///
/// # Panics
///
/// If a file cannot be written or removed.
pub fn make_folder(folder: &Path, wanted: &BTreeMap<String, String>) {
    for (name, text) in wanted {
        let path = folder.join(name);
        if fs::read_to_string(&path).ok().as_deref() == Some(text) {
            continue;
        }
        let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        made.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    for stray in files(folder).keys().filter(|path| !wanted.contains_key(*path)) {
        fs::remove_file(folder.join(stray)).unwrap_or_else(|error| panic!("{stray}: {error}"));
    }
}

/// Fails with all problems at once.
///
/// # Panics
///
/// If there are any.
pub fn report(problems: &[String]) {
    assert!(problems.is_empty(), "{} failed:\n\n{}", problems.len(), problems.join("\n\n"));
}
