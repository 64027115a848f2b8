//! Reading answers leniently: whatever JSON arrives, what fits is taken, and the rest is noted as a [`Loss`].
//!
//! Answers are read as they stream by, without a tree in between. Places are linked on the stack and written out only
//! when something is lost.
//!
//! Services say that there is nothing with `null`, and some with an empty text where anything but a text is documented.
//! Both give `None`, and nothing is lost. An element of a list or a map that is nothing is noted all the same: it leaves
//! a gap.

mod answer;
mod collection;
mod loss;
mod scalar;

pub use answer::{Answer, Field, deserialize_answer, read_answer};
pub use loss::{Kind, Loss, LossReason, Losses};
pub use scalar::{Scalar, Unfit, read_scalar};

use crate::json::Json;
use crate::place::Place;
use serde_core::Deserializer;
use serde_core::de::DeserializeSeed;
use std::cell::RefCell;

/// The one key under which a JSON library keeps numbers as text, if some crate in the program asked it to.
pub(crate) const EXACT_NUMBER: &str = "$serde_json::private::Number";

/// A value that answers can hold.
pub trait Read: Sized {
    /// Reads into `into`. Values that do not fit are drained and noted as a loss; `null` gives `None`, and so does an
    /// empty text in place of anything but a text.
    ///
    /// Fails only where the JSON itself is broken; `into` then keeps what was read before.
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        reader: &Reader<'_>,
        into: &mut Option<Self>,
    ) -> Result<(), D::Error>;
}

/// The place a reader has come to, and where losses are noted.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    place: Place<'a>,
    losses: &'a RefCell<Losses>,
}

const BODY: Place<'static> = Place::Name(&Place::Root, "body");

impl<'a> Reader<'a> {
    /// A reader of a whole body.
    pub(crate) fn root(losses: &'a RefCell<Losses>) -> Self {
        Self { place: BODY, losses }
    }

    fn name<'b>(&'b self, name: &'b str) -> Reader<'b> {
        Reader { place: Place::Name(&self.place, name), losses: self.losses }
    }

    fn index(&self, index: usize) -> Reader<'_> {
        Reader { place: Place::Index(&self.place, index), losses: self.losses }
    }

    fn key<'b>(&'b self, key: &'b str) -> Reader<'b> {
        Reader { place: Place::Key(&self.place, key), losses: self.losses }
    }

    /// Notes that what is here could not be taken.
    #[cold]
    fn lose(&self, expected: &'static str, found: Kind, reason: LossReason) {
        if let Ok(mut losses) = self.losses.try_borrow_mut() {
            losses.note(|| Loss::new(self.place.to_string(), expected, found, reason));
        }
    }

    /// Whether a text in place of a number, a boolean, an object or a list says that there is none.
    fn is_nothing(&self, text: &str) -> bool {
        text.is_empty() && matches!(self.place, Place::Root | Place::Name(..))
    }

    /// Notes where the JSON broke: the innermost place says so first.
    #[cold]
    fn broken(&self) {
        if let Ok(mut losses) = self.losses.try_borrow_mut() {
            losses.broken_at(|| self.place.to_string());
        }
    }

    fn count(&self) -> usize {
        self.losses.try_borrow().map_or(0, |losses| losses.len())
    }
}

/// Reads the next value into a slot.
struct Into<'a, T> {
    reader: Reader<'a>,
    into: &'a mut Option<T>,
}

impl<'de, T: Read> DeserializeSeed<'de> for Into<'_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        T::read(deserializer, &self.reader, self.into).inspect_err(|_| self.reader.broken())
    }
}

/// Any JSON fits.
impl Read for Json {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        _: &Reader<'_>,
        into: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        let json: Self = serde_core::Deserialize::deserialize(deserializer)?;
        *into = (!json.is_null()).then_some(json);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
