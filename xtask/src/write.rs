//! Writing files so that nobody ever sees half of one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What to do where nothing can be written.
const WRITABLE: &str = "name a folder that you may write to, on a disk with room";

/// Writes a file, replacing one that is there in a single step.
pub(crate) fn replace(path: &Path, text: &str) -> Result<()> {
    let temporary = beside(path);
    make_folder(path)?;
    let written = create(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Error::io("write", path, &error).help(WRITABLE)
    })
}

/// Writes a file that must not be there yet.
pub(crate) fn create_new(path: &Path, text: &str) -> Result<()> {
    make_folder(path)?;
    create(path, text).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => Error::io("write", path, &error).help(WRITABLE),
    })
}

/// The folder of a file, if need be.
fn make_folder(file: &Path) -> Result<()> {
    let Some(folder) = file.parent() else { return Ok(()) };
    fs::create_dir_all(folder).map_err(|error| Error::io("make the folder", folder, &error).help(WRITABLE))
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

fn create(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
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
    fn where_nothing_can_be_written_that_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        replace(&file, "").unwrap();
        for write in [replace, create_new] {
            let error = write(&file.join("below/a.txt"), "").unwrap_err().to_string();
            assert!(error.starts_with("error: cannot make the folder `") && error.contains("file/below`: "), "{error}");
            assert!(error.ends_with("help: name a folder that you may write to, on a disk with room\n"), "{error}");
        }
        let error = replace(dir.path(), "").unwrap_err().to_string();
        assert!(error.contains("cannot write `") && error.contains("help: "), "{error}");
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
