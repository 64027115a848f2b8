//! A temporary folder with a spec in it, and the program run on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

pub(crate) struct Place {
    dir: TempDir,
}

impl Place {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A folder with a spec of three operations in `spec`.
    pub(crate) fn with_spec() -> Self {
        let place = Self::empty();
        place.run(&["synthesize", "3", "spec"]).ends_with(0);
        place
    }

    /// The same, generated into `out`.
    pub(crate) fn generated() -> Self {
        let place = Self::with_spec();
        place.generate(&[]).ends_with(0);
        place
    }

    /// Runs the program in this folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let program = env!("CARGO_BIN_EXE_xtask");
        let output =
            Command::new(program).args(args).current_dir(self.dir.path()).env_remove("NO_COLOR").output().unwrap();
        Run(output)
    }

    /// Generates from `spec` into `out`.
    pub(crate) fn generate(&self, more: &[&str]) -> Run {
        self.run(&[&["generate", "--spec", "spec", "--out", "out"], more].concat())
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Changes a file by replacing a text that it holds.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replace(from, to));
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// All files below a folder: their bytes, and when they were written.
    pub(crate) fn snapshot(&self, path: &str) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
        let mut files = BTreeMap::new();
        snapshot(&self.path(path), &mut files);
        files
    }
}

fn snapshot(dir: &Path, files: &mut BTreeMap<PathBuf, (SystemTime, Vec<u8>)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            snapshot(&path, files);
        } else {
            let written = path.metadata().unwrap().modified().unwrap();
            let bytes = fs::read(&path).unwrap();
            files.insert(path, (written, bytes));
        }
    }
}

/// What a run left behind.
pub(crate) struct Run(Output);

impl Run {
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.0.status.code(), Some(code), "stdout:\n{}\nstderr:\n{}", self.out(), self.err());
        self
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.out().contains(text), "no `{text}` in stdout:\n{}", self.out());
        self
    }

    #[track_caller]
    pub(crate) fn warns(self, text: &str) -> Self {
        assert!(self.err().contains(text), "no `{text}` in stderr:\n{}", self.err());
        self
    }
}
