//! What could not be taken from an answer.

use std::fmt;

/// The kind of a JSON value. All that is told of a value that was lost: it may have been a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// Text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
    /// Not JSON at all.
    NotJson,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a truth value",
            Self::Number => "a number",
            Self::Text => "text",
            Self::List => "a list",
            Self::Object => "an object",
            Self::NotJson => "no JSON",
        })
    }
}

/// Why a value was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LossReason {
    /// It is a value of another kind.
    Kind,
    /// It is text that does not say a value of the expected kind.
    Unreadable,
    /// It is a number with a fraction where an integer was expected.
    Fraction,
    /// It is a number outside 64 bits.
    OutOfRange,
    /// The JSON breaks off or is wrong here; what follows is lost too.
    Broken {
        /// The line of the body, from 1; 0 where unknown.
        line: usize,
        /// The column in that line, from 1; 0 where unknown.
        column: usize,
    },
    /// Bytes that are not UTF-8 were replaced; the rest was read.
    NotUtf8,
}

/// A value of an answer that was left out because it does not fit.
///
/// A `null` is no loss, and neither is an empty text in place of anything but a text: services say so that there is
/// nothing. As an element of a list or a map both are, because the element is missing then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    place: String,
    expected: &'static str,
    found: Kind,
    reason: LossReason,
}

impl Loss {
    pub(crate) fn new(place: String, expected: &'static str, found: Kind, reason: LossReason) -> Self {
        Self { place, expected, found, reason }
    }

    /// Where it was, such as `body.migration_tasks[3].status`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What was expected, such as `an integer`.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// What was found. Never its text, which may be a secret.
    pub fn found(&self) -> Kind {
        self.found
    }

    /// Why it does not fit.
    pub fn reason(&self) -> LossReason {
        self.reason
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, expected, found, reason } = self;
        match reason {
            LossReason::Kind => write!(f, "{place}: expected {expected}, found {found}"),
            LossReason::Unreadable => write!(f, "{place}: expected {expected}, found text that does not say one"),
            LossReason::Fraction => write!(f, "{place}: expected {expected}, found a number with a fraction"),
            LossReason::OutOfRange => write!(f, "{place}: expected {expected}, found a number out of its range"),
            LossReason::Broken { line, column } => {
                write!(f, "{place}: the JSON is broken at line {line}, column {column}; what follows is lost")
            }
            LossReason::NotUtf8 => write!(f, "{place}: bytes that are not UTF-8 were replaced"),
        }
    }
}

/// The most losses kept one by one.
const KEPT: usize = 64;

/// All that could not be taken from an answer: the first ones in detail, the rest counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    kept: Vec<Loss>,
    left_out: usize,
    broken: Option<String>,
}

impl Losses {
    /// The losses kept in detail: the first 64.
    pub fn iter(&self) -> std::slice::Iter<'_, Loss> {
        self.kept.iter()
    }

    /// How many losses there are in all.
    pub fn len(&self) -> usize {
        self.kept.len() + self.left_out
    }

    /// Whether nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many losses are counted only.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    pub(crate) fn note(&mut self, loss: impl FnOnce() -> Loss) {
        if self.kept.len() < KEPT {
            self.kept.push(loss());
        } else {
            self.left_out += 1;
        }
    }

    pub(crate) fn broken_at(&mut self, place: impl FnOnce() -> String) {
        if self.broken.is_none() {
            self.broken = Some(place());
        }
    }

    /// The place the reader had come to when the JSON broke.
    #[cfg(any(feature = "client", test))]
    pub(crate) fn take_broken(&mut self) -> Option<String> {
        self.broken.take()
    }
}

impl<'a> IntoIterator for &'a Losses {
    type Item = &'a Loss;
    type IntoIter = std::slice::Iter<'a, Loss>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing lost");
        }
        for (index, loss) in self.iter().enumerate() {
            write!(f, "{}{loss}", if index == 0 { "" } else { "\n" })?;
        }
        match self.left_out {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}
