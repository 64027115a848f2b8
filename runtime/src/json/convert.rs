//! Values into JSON.

use super::{Json, Number, Repr};
use std::collections::BTreeMap;
use std::fmt;

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::Signed(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or(Repr::Unsigned(value), Repr::Signed))
    }
}

impl Number {
    /// The number of a float; `None` for infinities and NaN, which JSON cannot write.
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(Repr::Float(value)))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Signed(value) => value.fmt(f),
            Repr::Unsigned(value) => value.fmt(f),
            // Debug keeps the point of `1.0`.
            Repr::Float(value) => fmt::Debug::fmt(&value, f),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Json {
    fn from(value: i32) -> Self {
        Self::Number(i64::from(value).into())
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Self {
        Self::Number(value.into())
    }
}

/// Infinities and NaN become `null`, as JSON has no number for them.
impl From<f64> for Json {
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}

impl From<Number> for Json {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

/// `None` becomes `null`.
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(values: Vec<T>) -> Self {
        Self::Array(values.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Json>> From<BTreeMap<String, T>> for Json {
    fn from(fields: BTreeMap<String, T>) -> Self {
        Self::object(fields.into_iter().map(|(name, value)| (name, value.into())))
    }
}

#[cfg(feature = "client")]
impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(value) => match (value.as_i64(), value.as_u64()) {
                (Some(value), _) => value.into(),
                (None, Some(value)) => value.into(),
                (None, None) => value.as_f64().into(),
            },
            Value::String(value) => Self::String(value),
            Value::Array(values) => values.into(),
            Value::Object(fields) => Self::object(fields.into_iter().map(|(name, value)| (name, value.into()))),
        }
    }
}

#[cfg(feature = "client")]
impl From<Json> for serde_json::Value {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => value.into(),
            Json::Number(Number(Repr::Signed(value))) => value.into(),
            Json::Number(Number(Repr::Unsigned(value))) => value.into(),
            Json::Number(Number(Repr::Float(value))) => value.into(),
            Json::String(value) => value.into(),
            Json::Array(values) => values.into_iter().map(Self::from).collect(),
            Json::Object(fields) => {
                Self::Object(fields.into_iter().map(|(name, value)| (name, value.into())).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_json() {
        let cases: &[(Json, &str)] = &[
            (None::<i64>.into(), "null"),
            (Some(true).into(), "true"),
            (7.into(), "7"),
            (7_u64.into(), "7"),
            (u64::MAX.into(), "18446744073709551615"),
            (1.0.into(), "1.0"),
            (f64::NAN.into(), "null"),
            ("x".into(), "\"x\""),
            (vec!["a", "b"].into(), r#"["a","b"]"#),
            (BTreeMap::from([("k".to_owned(), 1)]).into(), r#"{"k":1}"#),
        ];
        for (json, expected) in cases {
            assert_eq!(serde_json::to_string(json).unwrap(), *expected);
        }
        assert_eq!(Json::from(7_u64), Json::from(7_i64));
        assert_eq!(format!("{:?}", Json::from(1.0)), "Number(1.0)");
    }

    #[cfg(feature = "client")]
    #[test]
    fn goes_to_serde_json_and_back() {
        let value =
            serde_json::json!({"n": null, "b": true, "i": -1, "u": u64::MAX, "f": 0.5, "s": "x", "a": [1], "o": {}});
        assert_eq!(serde_json::Value::from(Json::from(value.clone())), value);
    }
}
