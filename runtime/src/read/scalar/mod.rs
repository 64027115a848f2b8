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

    /// Of an integer.
    fn integer(number: i64) -> Result<Self, Unfit>;

    /// Of an integer above `i64::MAX`.
    fn large(number: u64) -> Result<Self, Unfit>;

    /// Of a number with a point or an exponent.
    fn float(number: f64) -> Result<Self, Unfit>;

    /// Of a truth value.
    fn boolean(_value: bool) -> Result<Self, Unfit> {
        Err(WRONG_KIND)
    }
}

/// Reads a scalar of any JSON value.
pub fn read_scalar<'de, T: Scalar, D: Deserializer<'de>>(
    deserializer: D,
    reader: &Reader<'_>,
    into: &mut Option<T>,
) -> Result<(), D::Error> {
    deserializer.deserialize_any(ScalarVisitor { reader, into })
}

struct ScalarVisitor<'a, T> {
    reader: &'a Reader<'a>,
    into: &'a mut Option<T>,
}

impl<T: Scalar> ScalarVisitor<'_, T> {
    #[inline]
    fn take(self, found: Kind, value: Result<T, Unfit>) {
        match value {
            Ok(value) => *self.into = Some(value),
            Err(Unfit(reason)) => self.reader.lose(T::EXPECTED, found, reason),
        }
    }

    /// An empty text is a text, and of what is none it says that there is nothing.
    #[inline]
    fn take_text(self, value: Result<T, Unfit>, is_nothing: bool) {
        match value {
            Err(_) if is_nothing => *self.into = None,
            value => self.take(Kind::Text, value),
        }
    }
}

impl<'de, T: Scalar> Visitor<'de> for ScalarVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        *self.into = None;
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        *self.into = None;
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.take(Kind::Boolean, T::boolean(value));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.take(Kind::Number, T::integer(value));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.take(Kind::Number, i64::try_from(value).map_or_else(|_| T::large(value), T::integer));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.take(Kind::Number, T::float(value));
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        let is_nothing = self.reader.is_nothing(value);
        self.take_text(T::text(value), is_nothing);
        Ok(())
    }

    fn visit_string<E>(self, value: String) -> Result<(), E> {
        let is_nothing = self.reader.is_nothing(&value);
        self.take_text(T::owned(value), is_nothing);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.reader.lose(T::EXPECTED, Kind::List, LossReason::Kind);
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        // Some crate in the program asked the JSON library to keep numbers exact: they come as text in a map.
        if let Some(key) = entries.next_key::<String>()? {
            if key == EXACT_NUMBER {
                let text: String = entries.next_value()?;
                self.take(Kind::Number, T::text(&text));
                return Ok(());
            }
            entries.next_value::<IgnoredAny>()?;
        }
        self.reader.lose(T::EXPECTED, Kind::Object, LossReason::Kind);
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
