//! One of the two specs: its files, and their lines.

use std::cell::OnceCell;

use super::change::At;
use crate::sources::{Sources, Span};

/// The files of a spec, by position, for looking up lines.
pub(super) struct Side<'s> {
    files: Vec<File<'s>>,
}

struct File<'s> {
    path: &'s str,
    bytes: &'s [u8],
    /// Where lines end; counted when first asked for.
    ends: OnceCell<Vec<usize>>,
}

impl<'s> Side<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self { files: sources.iter().map(|(path, bytes)| File { path, bytes, ends: OnceCell::new() }).collect() }
    }

    pub(super) fn at(&self, span: Span) -> At {
        let Some(file) = self.files.get(span.file.0 as usize) else { return At { path: String::new(), line: 1 } };
        let ends = file.ends.get_or_init(|| {
            file.bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect()
        });
        At { path: file.path.to_owned(), line: ends.partition_point(|end| *end < span.start as usize) + 1 }
    }

    /// The beginning of a file.
    pub(super) fn file(&self, path: &str) -> Option<At> {
        self.files.iter().any(|file| file.path == path).then(|| At { path: path.to_owned(), line: 1 })
    }
}
