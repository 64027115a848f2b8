//! Showing the mistakes of a spec.

use clap::ValueEnum;
use codegen::{Diagnostics, Sources};
use migration_codegen as codegen;

use crate::term;

/// How to show mistakes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, on stderr.
    #[default]
    Text,
    /// For machines, on stdout: an array, empty when there are none.
    Json,
}

impl Format {
    /// Shows mistakes; `root` is what people call the spec folder.
    pub(crate) fn show(self, diagnostics: &Diagnostics, sources: &Sources, root: &str) {
        match self {
            Self::Text => term::err(&diagnostics.render(sources, root, term::color())),
            Self::Json => term::out(&diagnostics.to_json(sources, root)),
        }
    }

    /// Tells people something; stdout belongs to the machines if they asked for it.
    pub(crate) fn say(self, text: &str) {
        match self {
            Self::Text => term::out(text),
            Self::Json => term::err(text),
        }
    }
}
