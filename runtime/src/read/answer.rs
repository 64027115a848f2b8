//! Objects of answers.

use super::{Into, Kind, LossReason, Losses, Read, Reader};
use serde_core::Deserializer;
use serde_core::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;

/// An object of an answer.
pub trait Answer: Default {
    /// Takes a field, or [skips](Field::skip) it.
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, value: Field<'_, 'de, A>) -> Result<(), A::Error>;
}

/// The value of a field that was come to.
pub struct Field<'a, 'de, A> {
    entries: &'a mut A,
    reader: Reader<'a>,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Field<'_, 'de, A> {
    /// Takes the value, as far as it fits.
    #[inline]
    pub fn read<T: Read>(self, into: &mut Option<T>) -> Result<(), A::Error> {
        self.entries.next_value_seed(Into { reader: self.reader, into })
    }

    /// Goes on without the value.
    #[inline]
    pub fn skip(self) -> Result<(), A::Error> {
        self.entries.next_value::<IgnoredAny>().map(drop)
    }
}

/// Reads an object of any JSON value.
pub fn read_answer<'de, T: Answer, D: Deserializer<'de>>(
    deserializer: D,
    reader: &Reader<'_>,
    into: &mut Option<T>,
) -> Result<(), D::Error> {
    deserializer.deserialize_any(AnswerVisitor { reader, into })
}

/// Reads an object on its own, leniently; what does not fit is left out without note.
pub fn deserialize_answer<'de, T: Answer, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let losses = RefCell::new(Losses::default());
    let mut answer = None;
    read_answer(deserializer, &Reader::root(&losses), &mut answer)?;
    Ok(answer.unwrap_or_default())
}

struct AnswerVisitor<'a, T> {
    reader: &'a Reader<'a>,
    into: &'a mut Option<T>,
}

impl<T> AnswerVisitor<'_, T> {
    fn lose(self, found: Kind) {
        self.reader.lose("an object", found, LossReason::Kind);
    }
}

impl<'de, T: Answer> Visitor<'de> for AnswerVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let answer = self.into.insert(T::default());
        while let Some(name) = entries.next_key_seed(Key)? {
            answer.field(
                &name,
                Field { reader: self.reader.name(&name), entries: &mut entries, lifetime: PhantomData },
            )?;
        }
        Ok(())
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

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.lose(Kind::Boolean);
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.lose(Kind::Number);
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.lose(Kind::Number);
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.lose(Kind::Number);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        if self.reader.is_nothing(text) {
            *self.into = None;
        } else {
            self.lose(Kind::Text);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        self.lose(Kind::List);
        Ok(())
    }
}

/// A field's name, borrowed from the body unless it is written with escapes.
pub(super) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}

/// Gives an [`Answer`] the traits to be read. With a table, `answer!(Name { field: "name" })`, also makes it one.
#[doc(hidden)]
#[macro_export]
macro_rules! answer {
    ($name:ident { $($field:ident : $wire:literal),* $(,)? }) => {
        impl $crate::__::Answer for $name {
            fn field<'de, A: $crate::__::MapAccess<'de>>(
                &mut self,
                name: &str,
                value: $crate::__::Field<'_, 'de, A>,
            ) -> ::core::result::Result<(), A::Error> {
                match name {
                    $($wire => value.read(&mut self.$field),)*
                    _ => value.skip(),
                }
            }
        }
        $crate::answer!($name);
    };
    ($name:ident) => {
        impl $crate::__::Read for $name {
            fn read<'de, D: $crate::__::Deserializer<'de>>(
                deserializer: D,
                reader: &$crate::__::Reader<'_>,
                into: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), D::Error> {
                $crate::__::read_answer(deserializer, reader, into)
            }
        }

        impl<'de> $crate::__::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__::deserialize_answer(deserializer)
            }
        }
    };
}
