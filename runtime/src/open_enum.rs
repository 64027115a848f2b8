//! Enums that stay open: a value the pages do not list is kept, and written back unchanged.

use crate::read::{Losses, Reader, read_scalar};
use crate::source::Source;
use serde_core::{Deserializer, Serializer};
use std::cell::RefCell;
use std::fmt;

/// A value of an enum that the pages do not list.
///
/// Opaque on purpose: who matches on its text would silently stop matching once the value gets a variant of its own.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[doc(hidden)]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as it came, and as it will be written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How an enum's values are written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wire {
    /// As text.
    Text,
    /// As JSON numbers.
    Integer,
}

/// An enum with documented values, open for others.
pub trait OpenEnum: Sized {
    /// The documented values.
    const KNOWN: &'static [&'static str];
    /// How values are written in JSON.
    const WIRE: Wire = Wire::Text;
    /// Values whose sending is a finding of its own, with the fact that says so.
    const DOUBTS: &'static [(&'static str, Source)] = &[];

    /// The value's text.
    fn as_str(&self) -> &str;

    /// The value of a text; unlisted texts are kept as they are.
    fn from_text(text: &str) -> Self;
}

/// Whether the pages list the value.
#[inline]
pub fn is_known<E: OpenEnum>(value: &E) -> bool {
    E::KNOWN.contains(&value.as_str())
}

/// Writes an enum as its [`Wire`] says.
pub fn serialize_enum<E: OpenEnum, S: Serializer>(value: &E, serializer: S) -> Result<S::Ok, S::Error> {
    let text = value.as_str();
    match E::WIRE {
        // A value that came as text although numbers are documented goes back as text.
        Wire::Integer => match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => serializer.serialize_i64(number),
            _ => serializer.serialize_str(text),
        },
        Wire::Text => serializer.serialize_str(text),
    }
}

/// Reads an enum on its own, outside an answer: there a value of another kind is an error.
pub fn deserialize_enum<'de, E: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    let losses = RefCell::new(Losses::default());
    let mut value = None;
    read_scalar(deserializer, &Reader::root(&losses), &mut value)?;
    value.ok_or_else(|| serde_core::de::Error::custom("expected text or a number"))
}

/// Gives an [`OpenEnum`] the traits of the standard library and serde, and the inherent `as_str` and `is_known`. With a
/// table, `open_enum!(Name as integer { Variant = "value" if DOUBT })`, also makes it one; `as integer` and `if` are
/// optional.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident $(as $wire:ident)? { $($variant:ident = $text:literal $(if $doubt:expr)?),* $(,)? }) => {
        impl $crate::__::OpenEnum for $name {
            const KNOWN: &'static [&'static str] = &[$($text),*];
            $(const WIRE: $crate::__::Wire = $crate::open_enum!(@wire $wire);)?
            const DOUBTS: &'static [(&'static str, $crate::__::Source)] = &[$($(($text, $doubt),)?)*];

            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            fn from_text(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown($crate::__::UnknownValue::new(text)),
                }
            }
        }
        $crate::open_enum!($name);
    };
    (@wire integer) => { $crate::__::Wire::Integer };
    ($name:ident) => {
        impl $name {
            /// The value as it is written on the wire.
            pub fn as_str(&self) -> &str {
                $crate::__::OpenEnum::as_str(self)
            }

            /// Whether the documentation lists this value.
            pub fn is_known(&self) -> bool {
                $crate::__::is_known(self)
            }
        }

        // By text, which is quicker to compile than what `derive` writes, and the same: known texts have one variant each.
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::__::OpenEnum::as_str(self) == $crate::__::OpenEnum::as_str(other)
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash($crate::__::OpenEnum::as_str(self), state);
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($crate::__::OpenEnum::as_str(self))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::__::OpenEnum::from_text(text)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                $crate::__::OpenEnum::from_text(&text)
            }
        }

        impl $crate::__::Serialize for $name {
            fn serialize<S: $crate::__::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__::serialize_enum(self, serializer)
            }
        }

        impl<'de> $crate::__::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__::deserialize_enum(deserializer)
            }
        }
    };
}

#[cfg(test)]
#[allow(unreachable_pub, dead_code)] // the macro writes for crates whose enums are public
pub(crate) mod tests {
    use super::*;

    /// An enum as the generator writes it, shared by the tests of other modules.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub(crate) enum Color {
        Red,
        Green,
        Unknown(UnknownValue),
    }

    impl OpenEnum for Color {
        const KNOWN: &'static [&'static str] = &["red", "green"];

        fn as_str(&self) -> &str {
            match self {
                Self::Red => "red",
                Self::Green => "green",
                Self::Unknown(value) => value.as_str(),
            }
        }

        fn from_text(text: &str) -> Self {
            match text {
                "red" => Self::Red,
                "green" => Self::Green,
                _ => Self::Unknown(UnknownValue::new(text)),
            }
        }
    }
    open_enum!(Color);

    #[derive(Clone, Debug)]
    pub(crate) enum Level {
        One,
        Unknown(UnknownValue),
    }

    impl OpenEnum for Level {
        const KNOWN: &'static [&'static str] = &["1"];
        const WIRE: Wire = Wire::Integer;

        fn as_str(&self) -> &str {
            match self {
                Self::One => "1",
                Self::Unknown(value) => value.as_str(),
            }
        }

        fn from_text(text: &str) -> Self {
            match text {
                "1" => Self::One,
                _ => Self::Unknown(UnknownValue::new(text)),
            }
        }
    }
    open_enum!(Level);

    #[test]
    fn values_come_back_unchanged() {
        for text in ["red", "green", "blue", "", "Red", "ü\"\\"] {
            let json = serde_json::to_string(text).unwrap();
            let color: Color = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&color).unwrap(), json);
            assert_eq!(color.to_string(), text);
            assert_eq!(color.is_known(), matches!(text, "red" | "green"));
            assert_eq!(color, Color::from(text));
            assert_eq!(color, Color::from(text.to_owned()));
        }
        for json in ["1", "2", "-7", "\"x\"", "\"+1\"", "\"007\""] {
            let level: Level = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&level).unwrap(), json);
        }
    }

    #[test]
    fn values_are_equal_by_their_text() {
        use std::collections::HashSet;
        let all: HashSet<Color> = ["red", "red", "blue", "blue", "Blue"].map(Color::from).into();
        assert_eq!(all.len(), 3);
        assert!(all.contains(&Color::Red) && !all.contains(&Color::Green));
        assert_ne!(Color::from("blue"), Color::from("Blue"));
    }

    #[test]
    fn other_kinds_are_no_value() {
        for json in ["null", "[]", "{}"] {
            assert!(serde_json::from_str::<Color>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn unknown_values_show_their_text_only() {
        assert_eq!(format!("{:?}", Color::from("blue")), "Unknown(\"blue\")");
    }
}
