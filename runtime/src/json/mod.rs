//! Free-form JSON.

mod convert;
mod read;
mod write;

use std::collections::BTreeMap;

/// Any JSON value. A type of its own, so that models and checks need no JSON library.
///
/// ```
/// use huaweicloud_migration_runtime::Json;
///
/// let json = Json::object([("name", Json::from("a")), ("sizes", Json::from(vec![1, 2]))]);
/// assert_eq!(json.get("name").and_then(Json::as_str), Some("a"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, kept exactly if it is an integer of 64 bits.
    Number(Number),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// An object; of a repeated key the last value counts.
    Object(BTreeMap<String, Json>),
}

/// A JSON number: an `i64`, a `u64` above it, or a finite `f64`.
#[derive(Clone, Copy, PartialEq)]
pub struct Number(Repr);

#[derive(Clone, Copy, PartialEq)]
enum Repr {
    Signed(i64),
    /// Above `i64::MAX`, so that equal numbers are equal values.
    Unsigned(u64),
    /// Finite: JSON has no other.
    Float(f64),
}

impl Json {
    /// An object of these fields.
    pub fn object<K: Into<String>>(fields: impl IntoIterator<Item = (K, Json)>) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, if it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Number(Number(Repr::Signed(value))) = self { Some(*value) } else { None }
    }

    /// The number, if it is one that fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(Number(Repr::Signed(value))) => u64::try_from(*value).ok(),
            Self::Number(Number(Repr::Unsigned(value))) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one; integers beyond 2⁵³ are rounded.
    pub fn as_f64(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(number.to_f64()) } else { None }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(value) = self { Some(value) } else { None }
    }

    /// The elements, if it is a list.
    pub fn as_array(&self) -> Option<&[Json]> {
        if let Self::Array(values) = self { Some(values) } else { None }
    }

    /// The fields, if it is an object.
    pub fn as_object(&self) -> Option<&BTreeMap<String, Json>> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    /// A field of an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }
}

impl Number {
    /// The number as a float; integers beyond 2⁵³ are rounded.
    #[allow(clippy::cast_precision_loss)] // documented
    pub fn to_f64(self) -> f64 {
        match self.0 {
            Repr::Signed(value) => value as f64,
            Repr::Unsigned(value) => value as f64,
            Repr::Float(value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<u64>().prop_map(Into::into),
            prop::num::f64::NORMAL.prop_map(Into::into),
            ".{0,8}".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::btree_map(".{0,4}", inner, 0..6)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn carries_any_json(value in any_json()) {
            let text = serde_json::to_string(&value).unwrap();
            let json: Json = serde_json::from_str(&text).unwrap();
            let back = serde_json::to_value(&json).unwrap();
            let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(back, expected);
        }
    }

    #[test]
    fn accessors_answer_for_their_own_kind_only() {
        let json: Json = serde_json::from_str(
            r#"{"n":null,"b":true,"i":-1,"u":18446744073709551615,"f":0.5,"s":"x","a":[1],"o":{}}"#,
        )
        .unwrap();
        let get = |name| json.get(name).unwrap();
        assert!(get("n").is_null() && !get("b").is_null());
        assert_eq!(get("b").as_bool(), Some(true));
        assert_eq!((get("i").as_i64(), get("i").as_u64(), get("i").as_f64()), (Some(-1), None, Some(-1.0)));
        assert_eq!((get("u").as_i64(), get("u").as_u64()), (None, Some(u64::MAX)));
        assert_eq!((get("f").as_i64(), get("f").as_f64()), (None, Some(0.5)));
        assert_eq!((get("s").as_str(), get("i").as_str()), (Some("x"), None));
        assert_eq!(get("a").as_array(), Some(&[Json::from(1)][..]));
        assert!(get("o").as_object().unwrap().is_empty() && get("a").as_object().is_none());
        assert!(json.get("zzz").is_none() && get("s").get("x").is_none());
    }
}
