//! Finding the secrets of a request, by letting it write itself to one who only listens.

use crate::secret::NAME;
use serde_core::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant,
};
use serde_core::{Serialize, Serializer};
use std::fmt;

/// Shows each [`Secret`](crate::Secret) in a value. A value that cannot be written is shown up to where it cannot.
pub(crate) fn secrets<T: Serialize + ?Sized>(value: &T, visit: &mut dyn FnMut(&str)) {
    let _ = value.serialize(&mut Listener { visit, is_secret: false });
}

struct Listener<'a> {
    visit: &'a mut dyn FnMut(&str),
    /// Whether what comes next said that it is a secret.
    is_secret: bool,
}

type Heard = Result<(), fmt::Error>;

macro_rules! nothing {
    ($($name:ident($($type:ty),*)),+ $(,)?) => {$(
        fn $name(self, $(_: $type),*) -> Heard {
            Ok(())
        }
    )+};
}

macro_rules! goes_on {
    ($($name:ident($($type:ty),*) -> $then:ident),+ $(,)?) => {$(
        fn $name(self, $(_: $type),*) -> Result<Self::$then, fmt::Error> {
            Ok(self)
        }
    )+};
}

impl Serializer for &mut Listener<'_> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_str(self, text: &str) -> Heard {
        if self.is_secret {
            (self.visit)(text);
        }
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Heard {
        let outer = std::mem::replace(&mut self.is_secret, name == NAME);
        let heard = value.serialize(&mut *self);
        self.is_secret = outer;
        heard
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Heard {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Heard {
        value.serialize(self)
    }

    /// Nothing is written out to look at it: numbers and truth values as text.
    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Heard {
        Ok(())
    }

    nothing!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_f32(f32),
        serialize_f64(f64),
        serialize_char(char),
        serialize_bytes(&[u8]),
        serialize_none(),
        serialize_unit(),
        serialize_unit_struct(&'static str),
        serialize_unit_variant(&'static str, u32, &'static str),
    );
    goes_on!(
        serialize_seq(Option<usize>) -> SerializeSeq,
        serialize_tuple(usize) -> SerializeTuple,
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant,
        serialize_map(Option<usize>) -> SerializeMap,
        serialize_struct(&'static str, usize) -> SerializeStruct,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant,
    );
}

macro_rules! compound {
    ($($trait:ident :: $name:ident($($key:ty)?)),+ $(,)?) => {$(
        impl $trait for &mut Listener<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $name<T: Serialize + ?Sized>(&mut self, $(_: $key,)? value: &T) -> Heard {
                value.serialize(&mut **self)
            }

            fn end(self) -> Heard {
                Ok(())
            }
        }
    )+};
}
compound!(
    SerializeSeq::serialize_element(),
    SerializeTuple::serialize_element(),
    SerializeTupleStruct::serialize_field(),
    SerializeTupleVariant::serialize_field(),
    SerializeStruct::serialize_field(&'static str),
    SerializeStructVariant::serialize_field(&'static str),
);

impl SerializeMap for &mut Listener<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Heard {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Heard {
        value.serialize(&mut **self)
    }

    fn end(self) -> Heard {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Object;
    use crate::secret::Secret;
    use std::collections::BTreeMap;

    struct Inner(Option<Secret>, f64);

    impl Serialize for Inner {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = Object::new(serializer)?;
            object.field("plain", "plain")?;
            object.optional("secret", &self.0)?;
            object.text("number", &self.1)?;
            object.field("after", &Secret::from("after"))?;
            object.end()
        }
    }

    fn found<T: Serialize>(value: &T) -> Vec<String> {
        let mut found = Vec::new();
        secrets(value, &mut |secret| found.push(secret.to_owned()));
        found
    }

    #[test]
    fn finds_secrets_wherever_they_are() {
        let secret = |text: &str| Some(Secret::from(text));
        assert_eq!(found(&Inner(secret("a"), 0.5)), ["a", "after"]);
        assert_eq!(found(&Inner(None, 0.5)), ["after"]);
        assert_eq!(found(&vec![Inner(secret("a"), 0.5), Inner(secret("b"), 0.5)]), ["a", "after", "b", "after"]);
        assert_eq!(found(&BTreeMap::from([("key", vec![secret("a"), None, secret("")])])), ["a", ""]);
        assert_eq!(found(&(1, "plain", Secret::from("a"), true, 'c', Some("plain"))), ["a"]);
        // What cannot be written is not sent either.
        assert_eq!(found(&Inner(secret("a"), f64::NAN)), ["a"]);
    }
}
