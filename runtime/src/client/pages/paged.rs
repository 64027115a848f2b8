//! Requests whose answer is one page of a list, and how they become the request of the next.

use super::super::word::word;
use super::super::{Error, Word};
use crate::request::Request;
use std::borrow::Cow;
use std::fmt;

/// A request whose answer is one page of a list.
pub trait Paged: Request<Output: Send> + Clone + 'static {
    /// An entry of the list.
    type Item: Send;

    /// Where an answer has the list, such as `body.tasks`.
    const PLACE: &'static str;

    /// The entries of a page.
    fn items(answer: &Self::Output) -> &[Self::Item];

    /// The entries of a page, without the rest.
    fn into_items(answer: Self::Output) -> Vec<Self::Item>;

    /// What tells entries apart, if anything does.
    fn id(_: &Self::Item) -> Option<Cow<'_, str>> {
        None
    }

    /// Which page this asks for.
    fn position(&self) -> Position;

    /// Whether this asks for the beginning of the list.
    #[doc(hidden)]
    fn is_first(&self) -> bool {
        true
    }

    /// Makes this the request of the page behind `answer`; `false` if there is none.
    #[doc(hidden)]
    fn advance(&mut self, answer: &Self::Output, turn: Turn) -> bool;
}

/// Where a page begins: what to put into the field of the request that says so, to go on from there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Position {
    /// How many entries, or pages, are before it.
    Offset(i64),
    /// Behind which entry; empty for the first page.
    Marker(String),
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset(offset) => offset.fmt(f),
            Self::Marker(marker) => marker.fmt(f),
        }
    }
}

/// A field of a request, required or not.
pub trait Slot<T> {
    /// The value, if there is one.
    fn get(&self) -> Option<T>;

    /// Sets the value.
    fn set(&mut self, value: T);
}

macro_rules! slots {
    ($($of:ty),*) => { $(
        impl Slot<$of> for $of {
            fn get(&self) -> Option<$of> {
                Some(self.clone())
            }

            fn set(&mut self, value: $of) {
                *self = value;
            }
        }

        impl Slot<$of> for Option<$of> {
            fn get(&self) -> Option<$of> {
                self.clone()
            }

            fn set(&mut self, value: $of) {
                *self = Some(value);
            }
        }
    )* };
}
slots!(i64, String);

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Entries.
    Items,
    /// Pages.
    Pages,
}

/// What is known of a page when the next is asked for.
#[derive(Clone, Debug)]
pub struct Turn {
    /// How many entries it has, those that could not be read included.
    pub(super) count: usize,
    /// How many there were so far, if they were counted from the beginning of the list.
    pub(super) seen: Option<usize>,
    total: Option<i64>,
    more: Option<bool>,
}

impl Turn {
    pub(super) fn new(count: usize, seen: Option<usize>) -> Self {
        Self { count, seen, total: None, more: None }
    }

    /// How many entries the whole list has, if the answer says so in a way that can be.
    #[must_use]
    pub fn total<V: Word>(mut self, total: Option<&V>) -> Self {
        let total = total.and_then(word).and_then(|total| total.parse().ok());
        self.total = total.filter(|total| *total >= whole(self.count));
        self
    }

    /// Whether there is a next page, if the answer says so.
    #[must_use]
    pub fn more(mut self, more: Option<&bool>) -> Self {
        self.more = more.copied();
        self
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Where a page by offset begins.
pub fn offset_at(offset: &impl Slot<i64>, from: i64) -> Position {
    Position::Offset(offset.get().unwrap_or(from))
}

/// Where a page by marker begins.
pub fn marker_at(marker: &impl Slot<String>) -> Position {
    Position::Marker(marker.get().unwrap_or_default())
}

/// Goes on by an offset that begins at `from`.
pub fn advance_offset(offset: &mut impl Slot<i64>, from: i64, by: By, turn: &Turn) -> bool {
    let step = match by {
        By::Items => whole(turn.count),
        By::Pages => 1,
    };
    let at = offset.get().unwrap_or(from);
    let Some(next) = at.checked_add(step).filter(|_| turn.count > 0 && turn.more != Some(false)) else { return false };
    offset.set(next);
    let seen = match by {
        By::Items => Some(next.saturating_sub(from)),
        By::Pages => turn.seen.map(whole),
    };
    !matches!((seen, turn.total), (Some(seen), Some(total)) if seen >= total)
}

/// Goes on behind a marker.
pub fn advance_marker(marker: &mut impl Slot<String>, next: Option<Cow<'_, str>>, turn: &Turn) -> bool {
    // A page may be empty and not the last: where entries are filtered out.
    if turn.more == Some(false) || (turn.count == 0 && turn.more.is_none()) {
        return false;
    }
    let Some(next) = next.filter(|next| !next.is_empty() && marker.get().as_deref() != Some(&**next)) else {
        return false;
    };
    marker.set(next.into_owned());
    true
}

/// Whether the same request would fail the same way for ever: nothing of it was sent.
pub(super) fn is_final(error: &Error) -> bool {
    matches!(error, Error::Invalid(_) | Error::Encoding(_) | Error::Config(_))
}
