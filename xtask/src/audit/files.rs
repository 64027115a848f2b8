//! Which files are pages.

use std::fs;
use std::path::{Path, PathBuf};

use migration_codegen::audit::{Reason, Refused};

use crate::error::{Error, Result};

/// What pages are saved as.
const KINDS: &[&str] = &["html", "htm", "xhtml", "rst", "md", "markdown", "txt"];
/// More than any page that is read at all; the file is not even opened then.
const MAX_BYTES: u64 = 1 << 30;

/// The files that are named, and those of kinds that pages have in the folders that are named; and how many others are there.
pub(crate) fn collect(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, usize)> {
    let (mut files, mut others) = (Vec::new(), 0);
    for path in paths {
        let kind = fs::metadata(path)
            .map_err(|error| Error::io("read", path, &error).help("name a saved page, or a folder of them"))?;
        if !kind.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut found = Vec::new();
        walk(path, &mut found, &mut others)?;
        if found.is_empty() {
            return Err(Error::new(format!("the folder `{}` has no pages in it", path.display())).help(format!(
                "pages are files that end in .{}; others are audited when they are named",
                KINDS.join(", .")
            )));
        }
        found.sort();
        files.extend(found);
    }
    Ok((files, others))
}

fn walk(dir: &Path, found: &mut Vec<PathBuf>, others: &mut usize) -> Result<()> {
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |error| Error::io("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let extension =
                path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
            match (hidden, kind.is_dir(), kind.is_file() || path.is_file()) {
                (true, ..) => {}
                (_, true, _) => folders.push(path),
                (_, _, true) if KINDS.contains(&extension.as_str()) => found.push(path),
                (_, _, true) => *others += 1,
                _ => {}
            }
        }
    }
    Ok(())
}

/// The bytes of a page.
pub(crate) fn read(path: &Path) -> std::result::Result<Vec<u8>, Refused> {
    let refused = |message: String, help: &str| Refused { reason: Reason::Unreadable, message, help: help.to_owned() };
    let size = fs::metadata(path).map_or(0, |kind| kind.len());
    if size > MAX_BYTES {
        return Err(refused(
            format!("the file has {size} bytes"),
            "save one operation's page alone, without the site around it",
        ));
    }
    fs::read(path)
        .map_err(|error| refused(format!("cannot read it: {error}"), "see whether the file is there and yours to read"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::collect;

    #[test]
    fn folders_are_searched_for_pages() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.html", "deep/er/b.RST", "c.png", ".hidden.html", "d"] {
            let file = dir.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "x").unwrap();
        }
        let (files, others) = collect(&[dir.path().to_owned(), dir.path().join("c.png")]).unwrap();
        let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!((names.as_slice(), others), (&["a.html", "b.RST", "c.png"][..], 2));
        assert!(collect(&[dir.path().join("nowhere")]).is_err());
        fs::create_dir(dir.path().join("empty")).unwrap();
        assert!(collect(&[dir.path().join("empty")]).unwrap_err().to_string().contains("has no pages in it"));
    }
}
