//! Texts, numbers, truth values, secrets and enums, read from whichever JSON says them.

mod kinds;

use super::{EXACT_NUMBER, Kind, LossReason, Read, Reader};
use crate::open_enum::OpenEnum;
use crate::secret::Secret;
use serde_core::Deserializer;
use serde_core::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value that does not fit, and why.
#[derive(Clone, Copy, Debug)]
pub struct Unfit(pub(crate) LossReason);

const WRONG_KIND: Unfit = Unfit(LossReason::Kind);

/// A value that is made of a single JSON value.
pub trait Scalar: Sized {
    /// What it is, for messages.
    const EXPECTED: &'static str;

    /// Of text.
    fn text(text: &str) -> Result<Self, Unfit>;

    /// Of text that is not needed otherwise.
    fn owned(text: String) -> Result<Self, Unfit> {
        Self::text(&text)
    }

    /// What becomes of numbers and truth values.
    const AS: As = As::Itself;

    /// Of an integer.
    fn integer(_number: i64) -> Result<Self, Unfit> {
        Err(WRONG_KIND)
    }

    /// Of an integer above `i64::MAX`.
    fn large(_number: u64) -> Result<Self, Unfit> {
        Err(WRONG_KIND)
    }

    /// Of a number with a point or an exponent.
    fn float(_number: f64) -> Result<Self, Unfit> {
        Err(WRONG_KIND)
    }

    /// Of a truth value.
    fn boolean(_value: bool) -> Result<Self, Unfit> {
        Err(WRONG_KIND)
    }
}

/// What numbers and truth values are to a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// What they are.
    Itself,
    /// Texts, as JSON writes them.
    Text,
    /// Texts too, but it is the value that counts: `25.0` is `25`.
    Value,
}

/// Reads a scalar of any JSON value.
pub fn read_scalar<'de, T: Scalar, D: Deserializer<'de>>(
    deserializer: D,
    reader: &Reader<'_>,
    into: &mut Option<T>,
) -> Result<(), D::Error> {
    deserializer.deserialize_any(ScalarVisitor { reader, into })
}

/// Where a scalar goes, whatever its type: so that what reads it is compiled once, not once for each type and enum.
trait Slot {
    fn expected(&self) -> &'static str;
    fn takes(&self) -> As;
    fn clear(&mut self);
    fn text(&mut self, text: &str) -> Result<(), Unfit>;
    fn owned(&mut self, text: String) -> Result<(), Unfit>;
    fn integer(&mut self, number: i64) -> Result<(), Unfit>;
    fn large(&mut self, number: u64) -> Result<(), Unfit>;
    fn float(&mut self, number: f64) -> Result<(), Unfit>;
    fn boolean(&mut self, value: bool) -> Result<(), Unfit>;
}

impl<T: Scalar> Slot for Option<T> {
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn takes(&self) -> As {
        T::AS
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn text(&mut self, text: &str) -> Result<(), Unfit> {
        T::text(text).map(|value| *self = Some(value))
    }

    fn owned(&mut self, text: String) -> Result<(), Unfit> {
        T::owned(text).map(|value| *self = Some(value))
    }

    fn integer(&mut self, number: i64) -> Result<(), Unfit> {
        T::integer(number).map(|value| *self = Some(value))
    }

    fn large(&mut self, number: u64) -> Result<(), Unfit> {
        T::large(number).map(|value| *self = Some(value))
    }

    fn float(&mut self, number: f64) -> Result<(), Unfit> {
        T::float(number).map(|value| *self = Some(value))
    }

    fn boolean(&mut self, value: bool) -> Result<(), Unfit> {
        T::boolean(value).map(|value| *self = Some(value))
    }
}

struct ScalarVisitor<'a> {
    reader: &'a Reader<'a>,
    into: &'a mut dyn Slot,
}

impl ScalarVisitor<'_> {
    #[inline]
    fn taken(&self, found: Kind, result: Result<(), Unfit>) {
        if let Err(Unfit(reason)) = result {
            self.reader.lose(self.into.expected(), found, reason);
        }
    }

    /// An empty text is a text, and of what is none it says that there is nothing.
    #[inline]
    fn taken_text(self, is_nothing: bool, result: Result<(), Unfit>) {
        match result {
            Err(_) if is_nothing => self.into.clear(),
            result => self.taken(Kind::Text, result),
        }
    }
}

impl<'de> Visitor<'de> for ScalarVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.into.expected())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.into.clear();
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.into.clear();
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        let result = match self.into.takes() {
            As::Itself => self.into.boolean(value),
            As::Text | As::Value => self.into.owned(value.to_string()),
        };
        self.taken(Kind::Boolean, result);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        let result = match self.into.takes() {
            As::Itself => self.into.integer(value),
            As::Text | As::Value => self.into.owned(value.to_string()),
        };
        self.taken(Kind::Number, result);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        let result = match (i64::try_from(value), self.into.takes()) {
            (Ok(value), As::Itself) => self.into.integer(value),
            (Err(_), As::Itself) => self.into.large(value),
            (_, As::Text | As::Value) => self.into.owned(value.to_string()),
        };
        self.taken(Kind::Number, result);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        let result = match (self.into.takes(), <i64 as Scalar>::float(value)) {
            (As::Itself, _) => self.into.float(value),
            (As::Value, Ok(whole)) => self.into.owned(whole.to_string()),
            // Debug keeps the point of `25.0`, as it came.
            _ => self.into.owned(format!("{value:?}")),
        };
        self.taken(Kind::Number, result);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        let is_nothing = self.reader.is_nothing(value);
        let result = self.into.text(value);
        self.taken_text(is_nothing, result);
        Ok(())
    }

    fn visit_string<E>(self, value: String) -> Result<(), E> {
        let is_nothing = self.reader.is_nothing(&value);
        let result = self.into.owned(value);
        self.taken_text(is_nothing, result);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.reader.lose(self.into.expected(), Kind::List, LossReason::Kind);
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        // Some crate in the program asked the JSON library to keep numbers exact: they come as text in a map.
        if let Some(key) = entries.next_key::<String>()? {
            if key == EXACT_NUMBER {
                let text: String = entries.next_value()?;
                let result = self.into.text(&text);
                self.taken(Kind::Number, result);
                return Ok(());
            }
            entries.next_value::<IgnoredAny>()?;
        }
        self.reader.lose(self.into.expected(), Kind::Object, LossReason::Kind);
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

macro_rules! read_scalar {
    ($($type:ty),+) => {$(
        impl Read for $type {
            #[inline]
            fn read<'de, D: Deserializer<'de>>(deserializer: D, reader: &Reader<'_>, into: &mut Option<Self>) -> Result<(), D::Error> {
                read_scalar(deserializer, reader, into)
            }
        }
    )+};
}
read_scalar!(String, Secret, i64, f64, bool);

impl<E: OpenEnum> Read for E {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        reader: &Reader<'_>,
        into: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        read_scalar(deserializer, reader, into)
    }
}
