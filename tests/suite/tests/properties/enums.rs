//! Enums know what the pages list, and keep what they do not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};

use huaweicloud_migration::Operation;
use huaweicloud_migration::dcs::{MigrationMethod, MigrationTaskStatus, RestartResult, ResumeMode};
use huaweicloud_migration::runtime::{__ as rt, OpenEnum, Wire};
use huaweicloud_migration::sms::TaskAction;
use migration_tests::pages::pages;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::filled::{Visitor, visit};

/// An enum of the crate, without its type.
struct Enum {
    name: String,
    known: BTreeSet<String>,
    doubtful: BTreeSet<String>,
    wire: Wire,
    seen: fn(&str, &Value) -> Seen,
}

/// All that shows a value, made of its text and read from JSON.
#[derive(Debug, PartialEq)]
struct Seen {
    text: String,
    display: String,
    debug: String,
    made: Value,
    read: Value,
    /// Whether the two are the same value.
    same: bool,
    /// The listed values that it is equal to.
    equal: BTreeSet<&'static str>,
}

fn seen<E>(text: &str, json: &Value) -> Seen
where
    E: OpenEnum + Debug + Display + PartialEq + rt::Serialize + for<'de> rt::Deserialize<'de>,
{
    let made = E::from_text(text);
    let read: E = serde_json::from_value(json.clone()).unwrap();
    Seen {
        text: made.as_str().to_owned(),
        display: made.to_string(),
        debug: format!("{made:?}"),
        made: serde_json::to_value(&made).unwrap(),
        read: serde_json::to_value(&read).unwrap(),
        same: made == read,
        equal: E::KNOWN.iter().copied().filter(|known| E::from_text(known) == made).collect(),
    }
}

/// The enums that the crate has.
#[derive(Default)]
struct Enums(Vec<Enum>);

fn enums() -> Vec<Enum> {
    let mut enums = Enums::default();
    visit(&mut enums);
    enums.0
}

impl Visitor for Enums {
    fn text(&self, _place: &'static str) -> String {
        String::new()
    }

    fn request<O>(&mut self, _file: &'static str, _request: O)
    where
        O: Operation<Output: Debug> + Debug + 'static,
    {
    }

    fn open_enum<E>(&mut self, service: &'static str, name: &'static str)
    where
        E: OpenEnum + Clone + Debug + Display + PartialEq + rt::Serialize + for<'de> rt::Deserialize<'de>,
    {
        let owned = |text: &&str| (*text).to_owned();
        let known: BTreeSet<_> = E::KNOWN.iter().map(owned).collect();
        assert_eq!(known.len(), E::KNOWN.len(), "{service}, {name}: a value is listed twice");
        let doubtful = E::DOUBTS.iter().map(|(text, _)| owned(text)).collect();
        let name = format!("{service} {name}");
        self.0.push(Enum { name, known, doubtful, wire: E::WIRE, seen: seen::<E> });
    }
}

/// The enums that the pages have, by service and name.
fn documented() -> BTreeMap<String, Value> {
    let of_page = |page: migration_tests::pages::Page| {
        let service = page.file.split('/').next().unwrap().to_owned();
        let enums = page.types.into_iter().filter(|(_, content)| content["enum"].is_object());
        enums.map(move |(name, content)| (format!("{service} {name}"), content)).collect::<Vec<_>>()
    };
    pages().into_iter().flat_map(of_page).collect()
}

#[test]
fn values_are_those_of_the_pages() {
    let documented = documented();
    let enums = enums();
    let names: Vec<_> = enums.iter().map(|typed| typed.name.clone()).collect();
    assert_eq!(names.len(), documented.len(), "each enum once");
    assert_eq!(BTreeSet::from_iter(names), documented.keys().cloned().collect());
    for Enum { name, known, doubtful, wire, seen } in enums {
        let content = &documented[&name];
        let values = content["enum"].as_object().unwrap();
        let of = |wanted: fn(&Value) -> bool| {
            values.iter().filter(|(_, value)| wanted(value)).map(|(text, _)| text.clone()).collect::<BTreeSet<_>>()
        };
        assert_eq!(known, of(|_| true), "{name}");
        assert_eq!(doubtful, of(|value| value["level"] == "warning"), "{name}");
        assert_eq!(wire == Wire::Integer, content["wire"] == "integer", "{name}");
        // Each text belongs to the variant that is named after it.
        for (text, value) in values {
            let letters =
                |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
            let variant = seen(text, &json!(text)).debug;
            match value["rust"].as_str() {
                Some(own) => assert_eq!(variant, own, "{name}, {text}"),
                None => assert_eq!(letters(&variant), letters(text), "{name}, {text}"),
            }
        }
    }
}

#[test]
fn variants_are_values() {
    let table = [
        (MigrationMethod::FullAmountMigration.as_str(), "full_amount_migration"),
        (MigrationMethod::IncrementalMigration.as_str(), "incremental_migration"),
        (MigrationTaskStatus::Fullmigrating.as_str(), "FULLMIGRATING"),
        (MigrationTaskStatus::MigrationFailed.as_str(), "MIGRATION_FAILED"),
        (RestartResult::Success.as_str(), "success"),
        (RestartResult::Failed.as_str(), "failed"),
        (ResumeMode::Auto.as_str(), "auto"),
        (ResumeMode::Manual.as_str(), "manual"),
        (TaskAction::CloneTest.as_str(), "clone_test"),
        (TaskAction::ErrorForOverspeed.as_str(), "error_for_overspeed"),
    ];
    for (value, text) in table {
        assert_eq!(value, text);
    }
}

impl Enum {
    fn assert_kept(&self, text: &str) {
        let number = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
        let written = match number.filter(|_| self.wire == Wire::Integer) {
            Some(number) => json!(number),
            None => json!(text),
        };
        // What is documented as a number may come as text, and the other way round.
        for json in [Some(json!(text)), number.map(|number| json!(number))].into_iter().flatten() {
            let seen = (self.seen)(text, &json);
            let known = self.known.contains(text);
            let debug = if known { seen.debug.clone() } else { format!("Unknown({text:?})") };
            assert!(!known || !debug.contains('('), "{}: {text:?} is listed, and shown as {debug}", self.name);
            let expected = Seen {
                text: text.to_owned(),
                display: text.to_owned(),
                debug,
                made: written.clone(),
                read: written.clone(),
                same: true,
                // Values that differ stay different.
                equal: seen.equal.iter().copied().filter(|other| *other == text).collect(),
            };
            assert_eq!(seen, expected, "{}", self.name);
            assert_eq!(seen.equal.is_empty(), !known, "{}: {text:?}", self.name);
        }
    }
}

#[test]
fn listed_values_and_near_misses_are_written_back_unchanged() {
    let enums = enums();
    let of_others = ["auto", "SUCCESS", "success", "1", "", "-0", "007", "9223372036854775808"];
    for one in &enums {
        for text in of_others {
            one.assert_kept(text);
        }
        for text in &one.known {
            let near = [text.to_uppercase(), text.to_lowercase(), format!(" {text}"), text[1..].to_owned()];
            for text in near.iter().chain([text]) {
                one.assert_kept(text);
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::fake::config())]

    #[test]
    fn any_text_is_written_back_unchanged(text in any::<String>(), other in any::<i64>(), at in any::<Index>()) {
        let enums = enums();
        let one = at.get(&enums);
        one.assert_kept(&text);
        one.assert_kept(&other.to_string());
    }
}
