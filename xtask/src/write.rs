//! Writing files so that nobody ever sees half of one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Writes a file, replacing one that is there in a single step.
pub(crate) fn replace(path: &Path, text: &str) -> Result<()> {
    let temporary = beside(path);
    let written = create(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Error::io("write", path, &error)
    })
}

/// Writes a file that must not be there yet.
pub(crate) fn create_new(path: &Path, text: &str) -> Result<()> {
    create(path, text).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => Error::io("write", path, &error),
    })
}

/// The error of a file that is already there.
pub(crate) fn exists(path: &Path) -> Error {
    Error::new(format!("`{}` is already there", path.display())).help("edit it, or move it away first")
}

/// Deletes files below a folder, then the folders that this leaves empty.
pub(crate) fn delete(dir: &Path, paths: &[String]) -> Result<()> {
    for path in paths {
        let file = dir.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::io("delete", &file, &error)),
            _ => {}
        }
        for parent in file.ancestors().skip(1).take_while(|parent| *parent != dir) {
            // Fails, as it should, on a folder that still holds something.
            if fs::remove_dir(parent).is_err() {
                break;
            }
        }
    }
    Ok(())
}

/// Creates a file, and its folder if need be.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let open = || OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = match (open(), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            open()?
        }
        (result, _) => result?,
    };
    file.write_all(text.as_bytes())
}

/// A name in the same folder, so that the rename stays on one file system.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{create_new, delete, replace};

    #[test]
    fn replacing_leaves_no_temporary_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a/b.txt");
        replace(&file, "one").unwrap();
        replace(&file, "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::read_dir(dir.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_new_file_overwrites_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.txt");
        create_new(&file, "one").unwrap();
        let error = create_new(&file, "two").unwrap_err();
        assert!(error.to_string().contains("already there"), "{error}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "one");
    }

    #[test]
    fn deleting_removes_empty_folders_only() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["a/b/gone.txt", "a/kept.txt"] {
            replace(&dir.path().join(path), "").unwrap();
        }
        delete(dir.path(), &["a/b/gone.txt".to_owned(), "a/never-there.txt".to_owned()]).unwrap();
        assert!(dir.path().join("a/kept.txt").exists());
        assert!(!dir.path().join("a/b").exists());
    }
}
