//! Why something is no page.

use std::fmt;

use super::facts::Format;

/// Nothing was read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Empty,
    /// Not text; what it seems to be, if its first bytes tell.
    Binary(Option<&'static str>),
    TooLarge {
        bytes: usize,
        limit: usize,
    },
    /// Text, but with nothing in it that a page of an operation has.
    NothingFound {
        format: Format,
        title: Option<String>,
        /// Tables of something else.
        tables: usize,
    },
}

impl Refusal {
    /// What to do about it.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            Self::Empty => "save the page again",
            Self::Binary(_) => "save the page as HTML, or copy its text into a file",
            Self::TooLarge { .. } => "save one operation's page alone, without the site around it",
            Self::NothingFound { .. } => "give the page of one operation: method and path under `URI`, then its tables",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::Binary(None) => f.write_str("the file is no text"),
            Self::Binary(Some(kind)) => write!(f, "the file is no text but {kind}"),
            Self::TooLarge { bytes, limit } => {
                write!(f, "the file has {bytes} bytes; a page has at most {limit}")
            }
            Self::NothingFound { format, title, tables } => {
                f.write_str("nothing of an operation is on the page")?;
                if let Some(title) = title {
                    write!(f, " {title:?}")?;
                }
                write!(f, ", read as {format}: no method and path, no table of parameters")?;
                match tables {
                    0 => Ok(()),
                    1 => f.write_str(" (but a table of something else)"),
                    count => write!(f, " (but {count} tables of something else)"),
                }
            }
        }
    }
}
