//! Reading folders.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use migration_codegen::Sources;

use crate::error::{Error, Result};
use crate::listing;

/// Reads all files of a spec folder.
pub(crate) fn read_spec(dir: &Path) -> Result<Sources> {
    if !dir.is_dir() {
        let what = if dir.exists() { "is not a folder" } else { "does not exist" };
        return Err(Error::new(format!("the spec folder `{}` {what}", dir.display()))
            .help("name the folder that holds `spec.yaml` with `--spec DIR`; `cargo xtask synthesize 10 DIR` makes one to play with"));
    }
    let mut sources = Sources::new();
    for path in files(dir, &|_, name| is_of_editor(name))? {
        let file = dir.join(&path);
        let bytes = fs::read(&file).map_err(|error| Error::io("read", &file, &error))?;
        sources.insert(path, bytes);
    }
    Ok(sources)
}

/// What stands in a folder where `wanted` should stand: all its files, and whether each is as wanted. `None` without folder.
pub(crate) fn survey(dir: &Path, wanted: &BTreeMap<&str, &str>) -> Result<BTreeMap<String, bool>> {
    match fs::symlink_metadata(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(Error::io("read", dir, &error)),
        Ok(_) if !dir.is_dir() => {
            return Err(Error::new(format!("`{}` is not a folder", dir.display()))
                .help("name another one with `--out DIR`, or move it away"));
        }
        Ok(_) => {}
    }
    let mut found = BTreeMap::new();
    for path in files(dir, &not_ours)? {
        let same = match wanted.get(path.as_str()) {
            Some(text) => is(&dir.join(&path), text)?,
            None => false,
        };
        found.insert(path, same);
    }
    match obstacle(dir, wanted.keys().filter(|path| !found.contains_key(**path)).copied()) {
        Some((path, obstacle)) => Err(Error::new(format!("`{}` is in the way of `{path}`", obstacle.display()))
            .help("move it away, and generate again")),
        None => Ok(found),
    }
}

/// Whether a file holds this text.
pub(crate) fn is(file: &Path, text: &str) -> Result<bool> {
    let read = || -> io::Result<bool> {
        // The length alone tells most changes, without reading.
        if fs::metadata(file)?.len() != text.len() as u64 {
            return Ok(false);
        }
        Ok(fs::read(file)? == text.as_bytes())
    };
    match read() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        result => result.map_err(|error| Error::io("read", file, &error)),
    }
}

/// The paths of all files below a folder, `/`-separated and sorted, but those to be skipped by path and name.
fn files(dir: &Path, skip: &dyn Fn(&str, &str) -> bool) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(prefix) = folders.pop() {
        let folder = dir.join(&prefix);
        let unreadable = |error| Error::io("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name();
            let name = utf8(&name, &entry.path())?;
            let path = format!("{prefix}{name}");
            if skip(&path, name) {
                continue;
            }
            let kind = fs::metadata(entry.path()).map_err(|error| Error::io("read", &entry.path(), &error))?;
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if kind.is_file() {
                paths.push(path);
            } else if kind.is_dir() && !is_link {
                folders.push(format!("{path}/"));
            } else {
                let message = format!("`{}` is neither a file nor a folder", entry.path().display());
                return Err(Error::new(message).help("links to folders and devices are not read; move it away"));
            }
        }
    }
    paths.sort();
    Ok(paths)
}

fn utf8<'a>(name: &'a OsStr, path: &Path) -> Result<&'a str> {
    name.to_str()
        .ok_or_else(|| Error::new(format!("the name of `{}` is not UTF-8", path.display())).help("rename or remove it"))
}

/// What is no file of a spec, and no mistake in it either.
pub(crate) fn is_of_editor(name: &str) -> bool {
    name.starts_with('.') || is_backup(name)
}

/// What editors and desktops leave behind.
fn is_backup(name: &str) -> bool {
    name.ends_with('~') || has_extension(name, "swp") || name == ".DS_Store"
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// What stands in an out folder and is neither ours nor foreign to it.
fn not_ours(path: &str, name: &str) -> bool {
    matches!(path, "target" | "Cargo.lock" | ".git" | listing::NAME) || is_backup(name)
}

/// What keeps a file from being written: a folder of its name, or a file where its folder should be.
fn obstacle<'a>(dir: &Path, missing: impl Iterator<Item = &'a str>) -> Option<(&'a str, PathBuf)> {
    let mut passable = BTreeSet::new();
    for path in missing {
        let file = dir.join(path);
        if file.is_dir() {
            return Some((path, file));
        }
        for parent in file.ancestors().skip(1).take_while(|parent| *parent != dir) {
            if !passable.insert(parent.to_owned()) {
                break;
            }
            if parent.exists() && !parent.is_dir() {
                return Some((path, parent.to_owned()));
            }
        }
    }
    None
}
