//! Files of a git revision, read from git's own store: nothing is checked out, and no shell is asked.

use std::ffi::OsStr;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use migration_codegen::Sources;

use crate::error::{Error, Result};
use crate::tree::is_of_editor;

/// A repository, by any folder in it.
pub(crate) struct Git {
    folder: PathBuf,
}

/// A folder of a revision.
pub(crate) struct Tree {
    pub(crate) id: String,
    /// The commit, in short.
    pub(crate) commit: String,
}

/// Why git did not do it.
pub(crate) enum Refusal {
    /// There is no git on this machine.
    NoProgram(String),
    /// What it said.
    Said(String),
}

impl Git {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What git prints.
    pub(crate) fn ask<S: AsRef<OsStr>>(&self, args: &[S], stdin: Stdio) -> std::result::Result<Vec<u8>, Refusal> {
        let mut command = Command::new("git");
        // A hook that runs this tells git where it is; here the folder decides.
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        command.arg("-C").arg(&self.folder).args(args).env("LC_ALL", "C").stdin(stdin);
        let output = command.output().map_err(|error| Refusal::NoProgram(error.to_string()))?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(Refusal::Said(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
        }
    }

    /// The same, as one line of text.
    pub(crate) fn line(&self, args: &[&str]) -> std::result::Result<String, Refusal> {
        self.ask(args, Stdio::null()).map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
    }

    /// Why the folder is no repository to git; nothing if it is one.
    pub(crate) fn objection(&self) -> std::result::Result<Option<String>, Refusal> {
        match self.line(&["rev-parse", "--git-dir"]) {
            Ok(_) => Ok(None),
            Err(Refusal::Said(why)) => Ok(Some(why.lines().next().unwrap_or_default().to_owned())),
            Err(refusal) => Err(refusal),
        }
    }

    /// The commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> std::result::Result<String, Refusal> {
        let commit = format!("{revision}^{{commit}}");
        self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
    }

    /// The folder of a commit; `./path` is seen from the folder we are in.
    pub(crate) fn tree(&self, commit: &str, path: &str) -> std::result::Result<Tree, Refusal> {
        let place = format!("{commit}:{}", path.trim_end_matches('/'));
        let id = self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &place])?;
        if self.line(&["cat-file", "-t", &id])? != "tree" {
            return Err(Refusal::Said(format!("{place} is a file")));
        }
        let commit = self.line(&["rev-parse", "--short", commit])?;
        Ok(Tree { id, commit })
    }

    /// All files of a spec in a tree.
    pub(crate) fn sources(&self, tree: &Tree) -> Result<Sources> {
        let refused = |refusal: Refusal| match refusal {
            Refusal::NoProgram(why) | Refusal::Said(why) => Error::new(format!("git cannot read what it has: {why}"))
                .help("run `git fsck`; a clone without all objects fetches them with `git fetch --refetch`"),
        };
        let listed = self.ask(&["ls-tree", "-r", "-z", "--full-tree", &tree.id], Stdio::null()).map_err(refused)?;
        let mut files = Vec::new();
        for entry in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
            files.extend(file(entry)?);
        }
        let mut asked =
            tempfile::tempfile().map_err(|error| Error::new(format!("cannot make a temporary file: {error}")))?;
        let ids: Vec<&str> = files.iter().flat_map(|(id, _)| [id.as_str(), "\n"]).collect();
        asked
            .write_all(ids.concat().as_bytes())
            .and_then(|()| asked.rewind())
            .map_err(|error| Error::new(format!("cannot write a temporary file: {error}")))?;
        let told = self.ask(&["cat-file", "--batch"], Stdio::from(asked)).map_err(refused)?;
        contents(files, &told)
            .ok_or_else(|| Error::new("git does not give the files that it lists").help("run `git fsck`"))
    }
}

/// A line of `ls-tree`: `100644 blob ID<tab>PATH`. Nothing for what editors leave behind, as in folders.
fn file(entry: &[u8]) -> Result<Option<(String, String)>> {
    let text = std::str::from_utf8(entry).map_err(|_| {
        Error::new(format!("the name of `{}` is not UTF-8", String::from_utf8_lossy(entry))).help("rename or remove it")
    })?;
    let unknown = || Error::new(format!("git lists what is no file: {text}"));
    let (about, path) = text.split_once('\t').ok_or_else(unknown)?;
    if path.split('/').any(is_of_editor) {
        return Ok(None);
    }
    match about.split(' ').collect::<Vec<_>>().as_slice() {
        ["100644" | "100755", "blob", id] => Ok(Some(((*id).to_owned(), path.to_owned()))),
        _ => Err(Error::new(format!("`{path}` of that revision is a link or a repository, not a file"))
            .help("a spec holds files alone; give a folder where it is a file")),
    }
}

/// The output of `cat-file --batch`: `ID blob SIZE<newline>BYTES<newline>` for each.
fn contents(files: Vec<(String, String)>, mut told: &[u8]) -> Option<Sources> {
    let mut sources = Sources::new();
    for (id, path) in files {
        let end = told.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(&told[..end]).ok()?;
        let size: usize = head.strip_prefix(&id)?.strip_prefix(" blob ")?.parse().ok()?;
        let rest = &told[end + 1..];
        sources.insert(path, rest.get(..size)?);
        told = rest.get(size + 1..)?;
    }
    Some(sources)
}

#[cfg(test)]
mod tests {
    use super::{contents, file};

    #[test]
    fn listed_files() {
        let id = "a".repeat(40);
        let of = |line: &str| file(line.as_bytes());
        let expected = Some((id.clone(), "dcs/types.yaml".to_owned()));
        assert_eq!(of(&format!("100644 blob {id}\tdcs/types.yaml")).unwrap(), expected);
        assert_eq!(of(&format!("100644 blob {id}\tdcs/.types.yaml.swp")).unwrap(), None);
        assert_eq!(of(&format!("100644 blob {id}\t.git-notes/x.yaml")).unwrap(), None);
        assert!(of(&format!("120000 blob {id}\tdcs/link.yaml")).unwrap_err().to_string().contains("is a link"));
        assert!(of(&format!("160000 commit {id}\tdcs")).is_err());
        assert!(of("nonsense").is_err());
    }

    #[test]
    fn files_with_any_bytes() {
        let files = || vec![("a1".to_owned(), "x".to_owned()), ("b2".to_owned(), "y".to_owned())];
        let sources = contents(files(), b"a1 blob 4\n\n\0\xff\n\nb2 blob 0\n\n").unwrap();
        let found: Vec<_> = sources.iter().collect();
        assert_eq!(found, [("x", &b"\n\0\xff\n"[..]), ("y", &b""[..])]);
        assert!(contents(files(), b"a1 missing\n").is_none());
        assert!(contents(files(), b"a1 blob 9\nshort\n").is_none());
    }
}
