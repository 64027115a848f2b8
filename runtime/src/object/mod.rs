//! Writing a request's JSON object: unset fields are left out, never `null`.

mod finite;
#[cfg(feature = "client")]
mod secrets;

use self::finite::is_finite;
#[cfg(feature = "client")]
pub(crate) use self::secrets::secrets;
use serde_core::ser::{Error, SerializeMap};
use serde_core::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A JSON object being written.
pub struct Object<S: Serializer> {
    map: S::SerializeMap,
}

impl<S: Serializer> Object<S> {
    /// Starts an object.
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        // The number of fields is not known before each option was looked at; JSON does not need it.
        serializer.serialize_map(None).map(|map| Self { map })
    }

    /// Writes a field.
    pub fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        if is_finite(value) { self.map.serialize_entry(name, value) } else { Err(no_number(name)) }
    }

    /// Writes a field if it is set.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), S::Error> {
        match value {
            Some(value) => self.field(name, value),
            None => Ok(()),
        }
    }

    /// Writes a number or a truth value as JSON text, if it is set.
    pub fn text<T: WireText>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        if value.is_absent() { Ok(()) } else { self.map.serialize_entry(name, &AsText(value)) }
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map.end()
    }
}

#[cold]
fn no_number<E: Error>(name: &str) -> E {
    E::custom(format_args!("`{name}` is infinite or not a number"))
}

/// A value that some operations want as text in JSON.
pub trait WireText {
    /// Whether there is nothing to write.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes it as text.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

struct AsText<'a, T>(&'a T);

impl<T: WireText> Serialize for AsText<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl WireText for i64 {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl WireText for bool {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if *self { "true" } else { "false" })
    }
}

impl WireText for f64 {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_finite() {
            serializer.collect_str(self)
        } else {
            Err(S::Error::custom("a number to be written as text is infinite or not a number"))
        }
    }
}

impl<T: WireText> WireText for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: WireText> WireText for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(AsText))
    }
}

impl<T: WireText> WireText for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, AsText(value))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sample {
        set: bool,
        ratio: f64,
        plain: Option<f64>,
        list: Option<Vec<f64>>,
        map: BTreeMap<String, f64>,
        inner: Vec<Sample>,
    }

    fn sample(set: bool, ratio: f64, plain: Option<f64>) -> Sample {
        Sample { set, ratio, plain, list: None, map: BTreeMap::new(), inner: Vec::new() }
    }

    impl Serialize for Sample {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let some = self.set.then_some(5);
            let mut object = Object::new(serializer)?;
            object.field("always", "x")?;
            object.optional("number", &some)?;
            object.optional("list", &self.set.then(Vec::<String>::new))?;
            object.text("number_text", &some)?;
            object.text("flag_text", &self.set)?;
            object.text("ratio_text", &self.ratio)?;
            object.optional("ratio", &self.plain)?;
            object.optional("floats", &self.list)?;
            if !self.map.is_empty() {
                object.field("map", &self.map)?;
            }
            if !self.inner.is_empty() {
                object.field("inner", &self.inner)?;
            }
            object.text("list_text", &vec![1, -2])?;
            object.text("map_text", &BTreeMap::from([("k".to_owned(), 1.5)]))?;
            object.end()
        }
    }

    #[test]
    fn unset_fields_are_left_out_and_empty_lists_are_sent() {
        let json = |set| serde_json::to_string(&sample(set, 0.5, None)).unwrap();
        let tail = r#""ratio_text":"0.5","list_text":["1","-2"],"map_text":{"k":"1.5"}}"#;
        assert_eq!(json(false), format!(r#"{{"always":"x","flag_text":"false",{tail}"#));
        assert_eq!(
            json(true),
            format!(r#"{{"always":"x","number":5,"list":[],"number_text":"5","flag_text":"true",{tail}"#)
        );
    }

    #[test]
    fn a_number_that_is_none_is_not_sent() {
        for ratio in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let error = serde_json::to_string(&sample(true, ratio, None)).unwrap_err();
            assert!(error.to_string().contains("infinite or not a number"), "{error}");
            let error = serde_json::to_string(&sample(true, 0.5, Some(ratio))).unwrap_err();
            assert_eq!(error.to_string(), "`ratio` is infinite or not a number");
            let good = || sample(true, 0.5, Some(0.5));
            let in_list = Sample { list: Some(vec![0.5, ratio]), ..good() };
            let error = serde_json::to_string(&in_list).unwrap_err();
            assert_eq!(error.to_string(), "`floats` is infinite or not a number");
            let in_map = Sample { map: BTreeMap::from([("k".to_owned(), ratio)]), ..good() };
            let error = serde_json::to_string(&in_map).unwrap_err();
            assert_eq!(error.to_string(), "`map` is infinite or not a number");
            let deep = Sample { inner: vec![good(), Sample { inner: vec![in_list], ..good() }], ..good() };
            let error = serde_json::to_string(&deep).unwrap_err();
            assert_eq!(error.to_string(), "`floats` is infinite or not a number");
        }
    }
}
