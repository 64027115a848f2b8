//! Enums know what the pages list, and keep what they do not.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};

use huaweicloud_migration::dcs::{MigrationMethod, MigrationTaskStatus, RestartResult, ResumeMode};
use huaweicloud_migration::runtime::OpenEnum;
use huaweicloud_migration::sms::TaskAction;
use migration_tests::pages::pages;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[test]
fn values_are_those_of_the_pages() {
    let mut documented = BTreeMap::new();
    for page in pages() {
        for (name, content) in &page.types {
            if let Some(values) = content["enum"].as_object() {
                documented.insert(name.clone(), sorted(values.keys().map(String::as_str)));
            }
        }
    }
    let typed = [
        ("MigrationMethod", MigrationMethod::KNOWN),
        ("MigrationTaskStatus", MigrationTaskStatus::KNOWN),
        ("RestartResult", RestartResult::KNOWN),
        ("ResumeMode", ResumeMode::KNOWN),
        ("TaskAction", TaskAction::KNOWN),
    ];
    let typed = typed.map(|(name, values)| (name.to_owned(), sorted(values.iter().copied())));
    assert_eq!(BTreeMap::from(typed), documented);
}

fn sorted<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut values: Vec<_> = values.map(str::to_owned).collect();
    values.sort();
    values
}

fn assert_kept<E>(text: &str)
where
    E: OpenEnum + Clone + Debug + Display + PartialEq + Serialize + DeserializeOwned,
{
    let json = serde_json::to_string(text).unwrap();
    let made = E::from_text(text);
    let read: E = serde_json::from_str(&json).unwrap();
    assert_eq!(made, read);
    assert_eq!((made.as_str(), made.to_string().as_str()), (text, text));
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    if !E::KNOWN.contains(&text) {
        assert_eq!(format!("{made:?}"), format!("Unknown({text:?})"));
    }
    // Values that differ stay different.
    for other in E::KNOWN {
        assert_eq!(made == E::from_text(other), text == *other);
    }
}

fn assert_kept_by_all(text: &str) {
    assert_kept::<MigrationMethod>(text);
    assert_kept::<MigrationTaskStatus>(text);
    assert_kept::<RestartResult>(text);
    assert_kept::<ResumeMode>(text);
    assert_kept::<TaskAction>(text);
}

#[test]
fn listed_values_and_near_misses_are_written_back_unchanged() {
    let all = [
        MigrationMethod::KNOWN,
        MigrationTaskStatus::KNOWN,
        RestartResult::KNOWN,
        ResumeMode::KNOWN,
        TaskAction::KNOWN,
    ];
    for text in all.into_iter().flatten() {
        assert_kept_by_all(text);
        assert_kept_by_all(&text.to_uppercase());
        assert_kept_by_all(&text.to_lowercase());
        assert_kept_by_all(&format!(" {text}"));
        assert_kept_by_all(&text[1..]);
    }
}

proptest! {
    #![proptest_config(crate::fake::config())]

    #[test]
    fn any_text_is_written_back_unchanged(text in any::<String>()) {
        assert_kept_by_all(&text);
    }
}
