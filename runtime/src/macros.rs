//! Tables in generated code: what would be an `impl` per item is a line, which is quicker to compile and to review.

/// How a request's fields become a JSON object: `object!(Name { a: field "a", b: optional "b", c: text "c" })`, where
/// the word is a method of [`Object`](crate::__::Object).
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident { $($field:ident : $how:ident $wire:literal),* $(,)? }) => {
        impl $crate::__::Serialize for $name {
            fn serialize<S: $crate::__::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut)]
                let mut object = $crate::__::Object::new(serializer)?;
                $(object.$how($wire, &self.$field)?;)*
                object.end()
            }
        }
    };
}

/// Setters of optional fields, named like them: `setters!(Name { a: set i64, b: into String, c: list_into String })`.
#[doc(hidden)]
#[macro_export]
macro_rules! setters {
    ($name:ident { $($(#[$attribute:meta])* $field:ident : $how:ident $of:ty),* $(,)? }) => {
        impl $name {
            $(
                #[doc = concat!("Sets `", stringify!($field), "`.")]
                $(#[$attribute])*
                #[must_use]
                pub fn $field(mut self, value: $crate::setters!(@taken $how $of)) -> Self {
                    self.$field = ::core::option::Option::Some($crate::setters!(@held $how value));
                    self
                }
            )*
        }
    };
    (@taken set $of:ty) => { $of };
    (@taken into $of:ty) => { impl ::core::convert::Into<$of> };
    (@taken list $of:ty) => { impl ::core::iter::IntoIterator<Item = $of> };
    (@taken list_into $of:ty) => { impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$of>> };
    (@taken map $of:ty) => { impl ::core::iter::IntoIterator<Item = (impl ::core::convert::Into<::std::string::String>, $of)> };
    (@taken map_into $of:ty) => {
        impl ::core::iter::IntoIterator<Item = (impl ::core::convert::Into<::std::string::String>, impl ::core::convert::Into<$of>)>
    };
    (@held set $value:ident) => { $value };
    (@held into $value:ident) => { $value.into() };
    (@held list $value:ident) => { $value.into_iter().collect() };
    (@held list_into $value:ident) => { $value.into_iter().map(::core::convert::Into::into).collect() };
    (@held map $value:ident) => { $value.into_iter().map(|(key, value)| (key.into(), value)).collect() };
    (@held map_into $value:ident) => { $value.into_iter().map(|(key, value)| (key.into(), value.into())).collect() };
}

/// What a caller adds to a request: `extras!(Name)` for a struct with a field `extra`.
#[doc(hidden)]
#[macro_export]
macro_rules! extras {
    ($name:ident) => {
        impl $crate::__::Extras for $name {
            fn extra(&self) -> &$crate::__::Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut $crate::__::Extra {
                &mut self.extra
            }
        }
    };
}

#[cfg(test)]
#[allow(dead_code, unreachable_pub)] // the macros write for crates whose types are public
mod tests {
    use crate::open_enum::Wire;
    use crate::source::{Page, Source};
    use crate::{OpenEnum, Secret, UnknownValue};
    use crate::{answer, open_enum};
    use std::collections::BTreeMap;

    static PAGE: Page = Page { id: "p", cloud: "a", title: "t", url: "u", updated: "2025-01-01" };
    const DOUBTFUL: Source = Source::table(&PAGE).warning();

    #[derive(Default)]
    struct Sample {
        name: String,
        count: Option<i64>,
        secret: Option<Secret>,
        ids: Option<Vec<String>>,
        sizes: Option<Vec<i64>>,
        tags: Option<BTreeMap<String, String>>,
        depths: Option<BTreeMap<String, i64>>,
    }
    object!(Sample {
        name: field "the name", count: text "count", secret: optional "secret", ids: optional "ids", sizes: optional "sizes",
        tags: optional "tags", depths: optional "depths",
    });
    setters!(Sample {
        count: set i64, secret: into Secret, ids: list_into String, sizes: list i64, tags: map_into String,
        #[allow(dead_code)] depths: map i64,
    });

    #[derive(Clone, Debug)]
    enum Size {
        Small,
        Large,
        Unknown(UnknownValue),
    }
    open_enum!(Size { Small = "1", Large = "x" if DOUBTFUL });

    #[derive(Clone, Debug)]
    enum Number {
        One,
        Unknown(UnknownValue),
    }
    open_enum!(Number as integer { One = "1" });

    #[derive(Debug, Default, PartialEq)]
    struct Reply {
        id: Option<String>,
        size: Option<Size>,
        number: Option<Number>,
    }
    answer!(Reply { id: "the id", size: "size", number: "number" });

    #[derive(Debug, Default, PartialEq)]
    struct Nothing {}
    answer!(Nothing {});
    object!(Nothing {});

    #[test]
    fn requests_are_set_and_written() {
        let sample = Sample { name: "n".to_owned(), ..Sample::default() };
        assert_eq!(serde_json::to_string(&sample).unwrap(), r#"{"the name":"n"}"#);
        let sample = sample.count(5).secret("s").ids(["a", "b"]).sizes([1]).tags([("k", "v")]).depths([("d", 1)]);
        let expected = r#"{"the name":"n","count":"5","secret":"s","ids":["a","b"],"sizes":[1],"tags":{"k":"v"},"depths":{"d":1}}"#;
        assert_eq!(serde_json::to_string(&sample).unwrap(), expected);
        assert_eq!(serde_json::to_string(&Nothing {}).unwrap(), "{}");
    }

    #[test]
    fn answers_are_read() {
        let reply: Reply = serde_json::from_str(r#"{"the id":1,"size":"x","number":1,"else":[]}"#).unwrap();
        let expected = Reply { id: Some("1".to_owned()), size: Some(Size::Large), number: Some(Number::One) };
        assert_eq!(reply, expected);
        assert_eq!(serde_json::from_str::<Nothing>("{\"a\":1}").unwrap(), Nothing {});
    }

    #[test]
    fn enums_know_their_values() {
        assert_eq!((Size::KNOWN, Size::WIRE, Number::WIRE), (&["1", "x"][..], Wire::Text, Wire::Integer));
        assert_eq!(Size::DOUBTS.iter().map(|doubt| doubt.0).collect::<Vec<_>>(), ["x"]);
        assert!(
            Size::from("1").is_known() && !Number::from("2").is_known() && Number::from("2".to_owned()).as_str() == "2"
        );
        assert_eq!(serde_json::to_string(&(Size::Small, Number::One)).unwrap(), r#"["1",1]"#);
    }
}
