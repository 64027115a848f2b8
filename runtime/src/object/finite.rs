//! Finding floats that JSON has no number for: JSON libraries write `null` for them without a word.

use serde_core::ser::{Impossible, SerializeMap, SerializeSeq};
use serde_core::{Serialize, Serializer};
use std::fmt;

/// Whether JSON can write every float of a value. Looks into options, lists and maps; not into objects, which ask for
/// each of their fields themselves. What it asks is known when compiling, so that for types without floats next to nothing of it
/// is left.
pub(super) fn is_finite<T: Serialize + ?Sized>(value: &T) -> bool {
    value.serialize(Probe).unwrap_or(true)
}

/// Answers whether it was given a float that is finite; fails on what is no single value.
struct Probe;

/// What is no value, list or map: nothing to say of it.
type Compound = Impossible<bool, fmt::Error>;

/// Whether all elements of a list, or all values of a map, are finite so far.
struct All(bool);

impl All {
    #[inline]
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        // An object says nothing, and then nor does what stands behind it in a list: it is of the same type.
        if self.0 {
            self.0 = value.serialize(Probe)?;
        }
        Ok(())
    }
}

impl SerializeSeq for All {
    type Ok = bool;
    type Error = fmt::Error;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        self.add(value)
    }

    #[inline]
    fn end(self) -> Result<bool, fmt::Error> {
        Ok(self.0)
    }
}

impl SerializeMap for All {
    type Ok = bool;
    type Error = fmt::Error;

    /// Keys are texts.
    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), fmt::Error> {
        Ok(())
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        self.add(value)
    }

    #[inline]
    fn end(self) -> Result<bool, fmt::Error> {
        Ok(self.0)
    }
}

macro_rules! anything {
    ($($name:ident($type:ty)),+) => {$(
        #[inline]
        fn $name(self, _: $type) -> Result<bool, fmt::Error> {
            Ok(true)
        }
    )+};
}

impl Serializer for Probe {
    type Ok = bool;
    type Error = fmt::Error;
    type SerializeSeq = All;
    type SerializeTuple = Compound;
    type SerializeTupleStruct = Compound;
    type SerializeTupleVariant = Compound;
    type SerializeMap = All;
    type SerializeStruct = Compound;
    type SerializeStructVariant = Compound;

    #[inline]
    fn serialize_f64(self, value: f64) -> Result<bool, fmt::Error> {
        Ok(value.is_finite())
    }

    #[inline]
    fn serialize_f32(self, value: f32) -> Result<bool, fmt::Error> {
        Ok(value.is_finite())
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<bool, fmt::Error> {
        value.serialize(self)
    }

    anything!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_char(char),
        serialize_str(&str),
        serialize_bytes(&[u8]),
        serialize_unit_struct(&'static str)
    );

    fn serialize_none(self) -> Result<bool, fmt::Error> {
        Ok(true)
    }

    fn serialize_unit(self) -> Result<bool, fmt::Error> {
        Ok(true)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<bool, fmt::Error> {
        Ok(true)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<bool, fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<bool, fmt::Error> {
        value.serialize(self)
    }

    /// Nothing is written out to look at it.
    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<bool, fmt::Error> {
        Ok(true)
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<All, fmt::Error> {
        Ok(All(true))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Compound, fmt::Error> {
        Err(fmt::Error)
    }

    /// A map knows how many entries it has. [`Object`](super::Object) never says, and looks at its fields when it is
    /// written: to look at them here too would double the work with every object around it.
    #[inline]
    fn serialize_map(self, length: Option<usize>) -> Result<All, fmt::Error> {
        if length.is_some() { Ok(All(true)) } else { Err(fmt::Error) }
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Compound, fmt::Error> {
        Err(fmt::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;
    use std::collections::BTreeMap;

    #[test]
    fn only_floats_can_be_none() {
        assert!(
            is_finite(&0.5) && is_finite(&Some(f64::MAX)) && is_finite(&None::<f64>) && is_finite(&f64::MIN_POSITIVE)
        );
        assert!(!is_finite(&f64::NAN) && !is_finite(&Some(f64::INFINITY)) && !is_finite(&f64::NEG_INFINITY));
        assert!(
            is_finite(&7) && is_finite("NaN") && is_finite(&vec![1]) && is_finite(&Json::object([("a", Json::Null)]))
        );
    }

    #[test]
    fn lists_and_maps_are_looked_into() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(!is_finite(&vec![0.5, bad, 0.5]) && !is_finite(&Some(vec![vec![], vec![Some(bad)]])));
            assert!(!is_finite(&BTreeMap::from([("a".to_owned(), 0.5), ("b".to_owned(), bad)])));
            assert!(!is_finite(&vec![BTreeMap::from([("a".to_owned(), vec![bad])])]));
        }
        assert!(is_finite(&vec![0.5, 1.5]) && is_finite(&Vec::<f64>::new()));
        assert!(is_finite(&BTreeMap::from([("a".to_owned(), 0.5)])) && is_finite(&vec!["NaN"]));
    }
}
