//! The input: the files of a spec folder, held in memory.

use std::collections::BTreeMap;

/// The files of a spec folder by their path relative to it, with `/` between folders.
///
/// The order in which files are inserted never matters.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, Vec<u8>>,
}

impl Sources {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces the one of that path. The bytes need not be UTF-8: that is a diagnostic, not an error here.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    pub(crate) fn get(&self, index: FileId) -> Option<(&str, &[u8])> {
        let (path, bytes) = self.files.iter().nth(index.0 as usize)?;
        Some((path, bytes))
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let mut sources = Self::new();
        for (path, bytes) in files {
            sources.insert(path, bytes);
        }
        sources
    }
}

/// A file of [`Sources`]: its position in path order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(pub(crate) u32);

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}
