//! Waiters and paging, their fields looked up.

use super::{FieldPath, Ty};
use crate::decode::{Literal, Spanned, Text};
use crate::grammar::{Bounds, Counts};
use crate::sources::Span;

#[derive(Clone, Debug)]
pub(crate) struct Waiter {
    pub(crate) id: Text,
    pub(crate) doc: String,
    /// The list, and what names its entries; the state is then a field of an entry.
    pub(crate) find: Option<(FieldPath, FieldPath)>,
    pub(crate) state: FieldPath,
    pub(crate) states: Vec<(Meaning, Vec<Spanned<Literal>>)>,
    pub(crate) interval: Option<Spanned<Bounds>>,
}

/// What a state means to those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Success,
    Failure,
    Paused,
    Going,
}

impl Meaning {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Paused => "paused",
            Self::Going => "going",
        }
    }
}

impl Waiter {
    /// The method of the service.
    pub(crate) fn method(&self) -> String {
        format!("wait_for_{}", crate::name::module(&self.id))
    }

    /// The constant of the request.
    pub(crate) fn constant(&self) -> String {
        self.method().to_ascii_uppercase()
    }

    /// Seconds between looks: at first, and at most.
    pub(crate) fn seconds(&self) -> (u64, u64) {
        let whole = |bound: Option<crate::decode::Number>| bound?.as_integer().and_then(|bound| bound.try_into().ok());
        let stated = self.interval.as_ref().and_then(|bounds| Some((whole(bounds.low)?, whole(bounds.high)?)));
        stated.unwrap_or((5, 60))
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Paging {
    /// Where it is written.
    pub(crate) span: Span,
    pub(crate) items: FieldPath,
    /// The type of an entry.
    pub(crate) item: Ty,
    pub(crate) id: Option<FieldPath>,
    pub(crate) by: Option<By>,
    pub(crate) limit: Option<FieldPath>,
    pub(crate) more: Option<FieldPath>,
}

/// How the request says where a page begins.
#[derive(Clone, Debug)]
pub(crate) enum By {
    Offset {
        field: FieldPath,
        /// The offset of the first page.
        from: i64,
        counts: Counts,
        total: Option<FieldPath>,
    },
    Marker {
        field: FieldPath,
        source: Marker,
    },
}

/// Where the next marker is.
#[derive(Clone, Debug)]
pub(crate) enum Marker {
    /// A field of the last entry.
    After(FieldPath),
    /// A field of the answer.
    Next(FieldPath),
}
