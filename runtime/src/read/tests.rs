//! Whatever arrives, what fits is read and the rest is noted.

use super::*;
use crate::open_enum::tests::Color;
use crate::secret::Secret;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
struct Sample {
    text: Option<String>,
    count: Option<i64>,
    ratio: Option<f64>,
    flag: Option<bool>,
    color: Option<Color>,
    secret: Option<Secret>,
    any: Option<Json>,
    list: Option<Vec<Sample>>,
    ids: Option<Vec<i64>>,
    map: Option<BTreeMap<String, String>>,
    inner: Option<Inner>,
}

impl Answer for Sample {
    fn field<'de, A: serde_core::de::MapAccess<'de>>(
        &mut self,
        name: &str,
        value: Field<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            "text" => value.read(&mut self.text),
            "count" => value.read(&mut self.count),
            "ratio" => value.read(&mut self.ratio),
            "flag" => value.read(&mut self.flag),
            "color" => value.read(&mut self.color),
            "secret" => value.read(&mut self.secret),
            "any" => value.read(&mut self.any),
            "list" => value.read(&mut self.list),
            "ids" => value.read(&mut self.ids),
            "map" => value.read(&mut self.map),
            "inner" => value.read(&mut self.inner),
            _ => value.skip(),
        }
    }
}
crate::answer!(Sample);

#[derive(Clone, Debug, Default, PartialEq)]
struct Inner {
    id: Option<String>,
}

impl Answer for Inner {
    fn field<'de, A: serde_core::de::MapAccess<'de>>(
        &mut self,
        name: &str,
        value: Field<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            "id" => value.read(&mut self.id),
            _ => value.skip(),
        }
    }
}
crate::answer!(Inner);

/// What was read, the losses, and whether the JSON was sound.
fn read<T: Read>(json: &str) -> (Option<T>, Losses, bool) {
    let losses = RefCell::new(Losses::default());
    let mut into = None;
    let mut json = serde_json::Deserializer::from_str(json);
    let sound = T::read(&mut json, &Reader::root(&losses), &mut into).and_then(|()| json.end()).is_ok();
    (into, losses.into_inner(), sound)
}

fn field<T: Read>(json: &str) -> (Option<T>, Option<LossReason>) {
    let (value, losses, sound) = read(json);
    assert!(sound && losses.len() <= 1, "{json}: {losses}");
    let reason = losses.iter().next().map(Loss::reason);
    (value, reason)
}

#[test]
fn scalars_are_read_from_whatever_says_them() {
    use LossReason::{Fraction, Kind, OutOfRange, Unreadable};
    let integers = [
        ("7", Ok(7)),
        ("-7", Ok(-7)),
        ("25.0", Ok(25)),
        ("1e3", Ok(1000)),
        ("\"7\"", Ok(7)),
        ("\" 7 \"", Ok(7)),
        ("\"25.0\"", Ok(25)),
        ("25.2", Err(Fraction)),
        ("\"25.2\"", Err(Fraction)),
        ("18446744073709551615", Err(OutOfRange)),
        ("1e30", Err(OutOfRange)),
        ("9223372036854775807", Ok(i64::MAX)),
        ("-9223372036854775808", Ok(i64::MIN)),
        ("9223372036854775808", Err(OutOfRange)),
        ("\"9223372036854775808\"", Err(OutOfRange)),
        ("\" \"", Err(Unreadable)),
        ("\"x\"", Err(Unreadable)),
        ("true", Err(Kind)),
        ("[1]", Err(Kind)),
        ("{\"a\":1}", Err(Kind)),
        ("{}", Err(Kind)),
    ];
    for (json, expected) in integers {
        assert_eq!(field::<i64>(json), (expected.ok(), expected.err()), "{json}");
    }
    let numbers = [
        ("0.5", Ok(0.5)),
        ("2", Ok(2.0)),
        ("\"0.5\"", Ok(0.5)),
        ("\"inf\"", Err(Unreadable)),
        ("\"NaN\"", Err(Unreadable)),
        ("\"1e999\"", Err(OutOfRange)),
        ("false", Err(Kind)),
    ];
    for (json, expected) in numbers {
        assert_eq!(field::<f64>(json), (expected.ok(), expected.err()), "{json}");
    }
    let flags = [
        ("true", Ok(true)),
        ("\"false\"", Ok(false)),
        ("\"True\"", Ok(true)),
        ("1", Err(Kind)),
        ("0.5", Err(Kind)),
        ("\"yes\"", Err(Unreadable)),
    ];
    for (json, expected) in flags {
        assert_eq!(field::<bool>(json), (expected.ok(), expected.err()), "{json}");
    }
    let texts = [
        ("\"a\\n\"", Ok("a\n")),
        ("7", Ok("7")),
        ("25.0", Ok("25.0")),
        ("18446744073709551615", Ok("18446744073709551615")),
        ("true", Ok("true")),
        ("[\"a\"]", Err(Kind)),
    ];
    for (json, expected) in texts {
        assert_eq!(field::<String>(json), (expected.ok().map(str::to_owned), expected.err()), "{json}");
        assert_eq!(field::<Secret>(json), (expected.ok().map(Secret::from), expected.err()), "{json}");
    }
    let colors =
        [("\"red\"", Ok("red")), ("\"blue\"", Ok("blue")), ("3", Ok("3")), ("3.0", Ok("3")), ("{}", Err(Kind))];
    for (json, expected) in colors {
        assert_eq!(field::<Color>(json), (expected.ok().map(Color::from), expected.err()), "{json}");
    }
}

#[test]
fn null_is_nothing_and_no_loss() {
    let json = r#"{"text":null,"count":null,"ratio":null,"flag":null,"color":null,"secret":null,"any":null,"list":null,"ids":null,"map":null,"inner":null}"#;
    let (sample, losses, _) = read::<Sample>(json);
    assert_eq!((sample, losses.is_empty()), (Some(Sample::default()), true));
    assert_eq!(field::<Sample>("null"), (None, None));
}

#[test]
fn an_empty_text_is_no_number_and_no_loss() {
    let (sample, losses, _) = read::<Sample>(r#"{"count":"","ratio":"","flag":""}"#);
    assert_eq!((sample, losses.len()), (Some(Sample::default()), 0));
    // Where it leaves a gap it is noted.
    let (list, losses, _) = read::<Vec<i64>>(r#"[1,"",3]"#);
    assert_eq!((list, losses.len()), (Some(vec![1, 3]), 1));
}

#[test]
fn an_empty_text_is_no_object_and_no_list_and_no_loss() {
    let (sample, losses, _) = read::<Sample>(r#"{"text":"","list":"","map":"","inner":"","ids":""}"#);
    assert_eq!((sample, losses.len()), (Some(Sample { text: Some(String::new()), ..Sample::default() }), 0));
    assert_eq!(field::<Sample>("\"\""), (None, None));
    assert_eq!(field::<Vec<Sample>>("\"\""), (None, None));
    // What came before is taken back, as by null.
    assert_eq!(read::<Sample>(r#"{"inner":{"id":"a"},"inner":"","ids":[1],"ids":""}"#).0, Some(Sample::default()));
    // A space is something, and an element is missed.
    for (json, place, expected) in [
        (r#"{"inner":" "}"#, "body.inner", "an object"),
        (r#"{"ids":" "}"#, "body.ids", "a list"),
        (r#"{"map":" "}"#, "body.map", "an object"),
        (r#"{"count":" "}"#, "body.count", "an integer"),
        (r#"{"flag":" "}"#, "body.flag", "true or false"),
        (r#"{"list":[""]}"#, "body.list[0]", "an object"),
    ] {
        let (_, losses, _) = read::<Sample>(json);
        let told: Vec<_> = losses.iter().map(|loss| (loss.place(), loss.expected(), loss.found())).collect();
        assert_eq!(told, [(place, expected, Kind::Text)], "{json}");
    }
    let (map, losses, _) = read::<BTreeMap<String, Vec<i64>>>(r#"{"a":"","b":[1]}"#);
    assert_eq!((map.unwrap().len(), losses.len()), (1, 1));
}

#[test]
fn a_bad_field_costs_itself() {
    let json = r#"{"count":{"x":[1,{"y":2}]},"inner":[{"id":"a"}],"map":[1],"text":"kept","unknown":{"a":[{}]},"ids":[1,"x",3],"color":[]}"#;
    let (sample, losses, sound) = read::<Sample>(json);
    let expected = Sample { text: Some("kept".to_owned()), ids: Some(vec![1, 3]), ..Sample::default() };
    assert_eq!((sample, sound), (Some(expected), true));
    let told: Vec<_> = losses.iter().map(Loss::to_string).collect();
    assert_eq!(
        told,
        [
            "body.count: expected an integer, found an object",
            "body.inner: expected an object, found a list",
            "body.map: expected an object, found a list",
            "body.ids[1]: expected an integer, found text that does not say one",
            "body.color: expected text or a number, found a list",
        ]
    );
}

#[test]
fn a_bad_element_costs_itself() {
    let (sample, losses, _) =
        read::<Sample>(r#"{"list":[{"text":"a"},null,7,{"list":[{"count":"x"}]}],"map":{"a":1,"b":null,"c":{}}}"#);
    let sample = sample.unwrap();
    assert_eq!(sample.list.unwrap().len(), 2);
    assert_eq!(sample.map.unwrap(), BTreeMap::from([("a".to_owned(), "1".to_owned())]));
    let places: Vec<_> = losses.iter().map(|loss| (loss.place(), loss.found())).collect();
    assert_eq!(
        places,
        [
            ("body.list[1]", Kind::Null),
            ("body.list[2]", Kind::Number),
            ("body.list[3].list[0].count", Kind::Text),
            ("body.map[\"b\"]", Kind::Null),
            ("body.map[\"c\"]", Kind::Object),
        ]
    );
}

#[test]
fn a_wrong_root_costs_the_root() {
    for (json, found) in [
        ("[1]", Kind::List),
        ("\"x\"", Kind::Text),
        ("1", Kind::Number),
        ("0.5", Kind::Number),
        ("true", Kind::Boolean),
    ] {
        let (sample, losses, sound) = read::<Sample>(json);
        assert!(sample.is_none() && sound, "{json}");
        assert_eq!(losses.iter().map(|loss| (loss.place(), loss.found())).collect::<Vec<_>>(), [("body", found)]);
    }
    assert!(read::<Vec<Sample>>("{}").1.len() == 1 && read::<Vec<Sample>>("[{}, {}]").0.unwrap().len() == 2);
}

#[test]
fn broken_json_keeps_what_came_before() {
    let whole = r#"{"text":"a","inner":{"id":"b","x":1},"list":[{"count":1},{"count":2}],"flag":true}"#;
    let count = whole.find(r#""count":1"#).unwrap() + r#""count":1"#.len();
    for end in 0..whole.len() {
        let (sample, losses, sound) = read::<Sample>(&whole[..end]);
        assert!(!sound && losses.is_empty());
        let sample = sample.unwrap_or_default();
        assert_eq!(sample.text.is_some(), end >= 11, "{end}");
        assert_eq!(sample.inner.and_then(|inner| inner.id).is_some(), end >= 29, "{end}");
        assert!(end < count || sample.list.as_ref().and_then(|list| list[0].count) == Some(1), "{end}");
    }
    let (sample, mut losses, _) = read::<Sample>(r#"{"list":[{"count":1},{"count":2,"text":nope}],"flag":true}"#);
    assert_eq!(sample.unwrap().list.unwrap().iter().map(|item| item.count).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(losses.take_broken().as_deref(), Some("body.list[1].text"));
}

#[test]
fn escaped_and_repeated_names_are_read() {
    let (sample, losses, _) =
        read::<Sample>(r#"{"te\u0078t":"a","count":1,"count":2,"inner":{"id":"a"},"inner":null}"#);
    let sample = sample.unwrap();
    assert_eq!(
        (sample.text.as_deref(), sample.count, sample.inner, losses.is_empty()),
        (Some("a"), Some(2), None, true)
    );
}

#[test]
fn losses_are_bounded_and_tell_no_values() {
    let (_, losses, _) = read::<Vec<i64>>(&format!("[{}]", vec!["\"hunter2\""; 1000].join(",")));
    assert_eq!((losses.len(), losses.iter().count(), losses.left_out()), (1000, 64, 936));
    assert!(!format!("{losses} {losses:?}").contains("hunter2"));
    assert!(losses.to_string().ends_with("\nand 936 more"));
}

#[test]
fn numbers_kept_exact_by_the_library_are_numbers() {
    let json = format!(r#"{{"count":{{"{EXACT_NUMBER}":"12"}},"ratio":{{"{EXACT_NUMBER}":"0.5"}}}}"#);
    let (sample, losses, _) = read::<Sample>(&json);
    let sample = sample.unwrap();
    assert_eq!((sample.count, sample.ratio, losses.is_empty()), (Some(12), Some(0.5), true));
}

#[test]
fn an_answer_can_be_deserialised_alone() {
    let sample: Sample = serde_json::from_str(r#"{"count":"5","text":[]}"#).unwrap();
    assert_eq!(sample, Sample { count: Some(5), ..Sample::default() });
    assert_eq!(serde_json::from_str::<Inner>("[]").unwrap(), Inner::default());
    assert!(serde_json::from_str::<Inner>("{").is_err());
}

/// JSON that often has the sample's names, so that its fields meet values of all kinds.
fn near_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|b| b.to_string()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<u64>().prop_map(|n| n.to_string()),
        prop::num::f64::NORMAL.prop_map(|n| serde_json::to_string(&n).unwrap()),
        ".{0,6}".prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    let names =
        ["text", "count", "ratio", "flag", "color", "secret", "any", "list", "ids", "map", "inner", "id", "else"];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let entry = (prop::sample::select(names.to_vec()), inner.clone())
            .prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(entry, 0..6).prop_map(|entries| format!("{{{}}}", entries.join(","))),
        ]
    })
}

proptest! {
    #[test]
    fn sound_json_never_fails(json in near_json()) {
        let (_, _, sound) = read::<Sample>(&json);
        prop_assert!(sound);
        prop_assert!(read::<Vec<Sample>>(&json).2);
        prop_assert!(read::<BTreeMap<String, Vec<i64>>>(&json).2);
    }

    #[test]
    fn broken_json_never_panics(json in near_json(), cut in any::<prop::sample::Index>(), noise in ".{0,10}") {
        let mut text: String = json.chars().take(cut.index(json.len() + 1)).collect();
        text.push_str(&noise);
        read::<Sample>(&text);
        read::<Sample>(&noise);
    }
}
