//! JSON out.

use super::{Json, Number, Repr};
use serde_core::{Serialize, Serializer};

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Repr::Signed(value) => serializer.serialize_i64(value),
            Repr::Unsigned(value) => serializer.serialize_u64(value),
            Repr::Float(value) => serializer.serialize_f64(value),
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::String(value) => serializer.serialize_str(value),
            Self::Array(values) => serializer.collect_seq(values),
            Self::Object(fields) => serializer.collect_map(fields),
        }
    }
}
