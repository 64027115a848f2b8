//! What an audit found, as data.

use serde::Serialize;

/// Everything that an audit of one page found.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The service's folder.
    pub service: String,
    /// The vendor's operation id.
    pub operation: String,
    /// Method and path as the spec has them.
    pub http: String,
    /// How the operation was found.
    pub found: String,
    /// The operation's file in the spec folder.
    pub file: String,
    /// Which of the operation's pages the file was taken for.
    pub page: Chosen,
    /// How the page is written.
    pub format: String,
    /// What was read of it.
    pub read: Read,
    /// What became of the facts of the spec.
    pub facts: Facts,
    /// What became of the rows of the page.
    pub rows: Rows,
    /// All findings, what is to be edited first.
    pub findings: Vec<Finding>,
    /// YAML of what the spec lacks; empty if it lacks nothing.
    pub proposal: String,
    /// Fingerprints of the page's rows.
    #[serde(skip)]
    pub(crate) prints: Vec<(String, u64)>,
    /// Place, kind and span of the facts of other pages.
    #[cfg(test)]
    #[serde(skip)]
    pub(crate) others: Vec<(String, &'static str, crate::sources::Span)>,
}

/// A page that an operation names.
#[derive(Clone, Debug, Serialize)]
pub struct Chosen {
    /// Its name in the operation's file.
    pub id: String,
    /// Whose documentation it is of.
    pub cloud: String,
    /// The date of the edition that the spec follows.
    pub updated: Option<String>,
    /// The date that the file itself bears.
    pub dated: Option<String>,
    /// Whether it is the page that the operation follows.
    pub leads: bool,
    /// Why it was taken for this one.
    pub because: String,
    /// The day on which it was last recorded as read.
    pub read: Option<String>,
}

/// What was read of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Read {
    /// Tables of parameters and statuses.
    pub tables: usize,
    /// Rows of tables of parameters.
    pub rows: usize,
    /// Examples with a body or a request line.
    pub examples: usize,
    /// Status codes in the table of them.
    pub statuses: usize,
    /// What was seen and not read.
    pub unread: Vec<Unread>,
}

/// Something that was seen and not read.
#[derive(Clone, Debug, Serialize)]
pub struct Unread {
    /// Line of the page.
    pub line: u32,
    /// What it is.
    pub what: String,
    /// Why it was not read.
    pub why: String,
}

/// Facts of the spec by what became of them; the others add up to `all`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// All facts of the operation, and errata about the page that no fact is about.
    pub all: usize,
    /// Those that the page says too.
    pub agree: usize,
    /// Those that it does not, stale errata among them.
    pub drift: usize,
    /// Those that could not be checked.
    pub cannot_check: usize,
    /// Those of which the page says two things.
    pub contradictions: usize,
    /// Those that come from other pages.
    pub elsewhere: usize,
    /// Those among these that this page says too.
    pub same_elsewhere: usize,
}

impl Facts {
    /// Whether the parts add up.
    pub fn add_up(&self) -> bool {
        self.all == self.agree + self.drift + self.cannot_check + self.contradictions + self.elsewhere
    }
}

/// Rows of the page's tables of parameters by what became of them; the others add up to `all`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// All that were seen.
    pub all: usize,
    /// Those that the spec has, or an erratum records.
    pub matched: usize,
    /// Those that the spec lacks.
    pub lacking: usize,
    /// Those that could not be read, or of whose table it is not known what it is of.
    pub unread: usize,
}

impl Rows {
    /// Whether the parts add up.
    pub fn add_up(&self) -> bool {
        self.all == self.matched + self.lacking + self.unread
    }
}

/// How much a finding matters, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The page says something else than the spec says that it says.
    Drift,
    /// The page says something that the spec lacks.
    Lacking,
    /// An erratum says that the page is wrong, and it no longer is.
    Stale,
    /// A row was worded otherwise when it was last read.
    Reworded,
    /// The page says two things.
    Contradiction,
    /// It could not be known whether the page says so.
    CannotCheck,
    /// Worth knowing.
    Note,
}

impl Kind {
    /// Whether the spec, or the record of what was read, is to be edited.
    pub fn is_drift(self) -> bool {
        matches!(self, Self::Drift | Self::Lacking | Self::Stale | Self::Reworded)
    }

    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Drift => "drift",
            Self::Lacking => "lacking",
            Self::Stale => "stale-erratum",
            Self::Reworded => "reworded",
            Self::Contradiction => "contradiction",
            Self::CannotCheck => "cannot-check",
            Self::Note => "note",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// How much it matters.
    pub kind: Kind,
    /// The kind of fact: `type`, `length`, `enum` …
    pub fact: &'static str,
    /// The place, as errata name it.
    pub at: String,
    /// What the page says, or why that cannot be known.
    pub page: String,
    /// Where on the page.
    pub line: Option<u32>,
    /// What the spec says.
    pub spec: String,
    /// Where in the spec.
    pub place: Option<Place>,
    /// What to do about it.
    pub help: String,
    /// The erratum that answers it.
    pub answered: Option<Place>,
}

/// A place in the spec folder; line and column from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, relative to the spec folder.
    pub path: String,
    /// Its line.
    pub line: usize,
    /// Its column, in characters.
    pub column: usize,
}

impl Report {
    /// How many findings of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.findings.iter().filter(|finding| finding.kind == kind).count()
    }

    /// Whether there is anything to edit.
    pub fn has_drift(&self) -> bool {
        self.findings.iter().any(|finding| finding.kind.is_drift())
    }

    /// Whether anything was left unchecked, or contradicts itself without an erratum.
    pub fn has_doubts(&self) -> bool {
        self.facts.cannot_check > 0
            || self.rows.unread > 0
            || !self.read.unread.is_empty()
            || self.findings.iter().any(|finding| {
                finding.kind == Kind::Contradiction && finding.answered.is_none() || finding.kind == Kind::CannotCheck
            })
    }
}
