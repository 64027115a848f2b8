//! One violated fact at a time: it is found at its place, and nothing else is.

use super::*;
use crate::open_enum::tests::Color;
use crate::open_enum::{OpenEnum, UnknownValue};
use crate::pattern::{Inst, Pattern};
use crate::secret::Secret;
use crate::source::{Level, Page};
use proptest::prelude::*;
use std::collections::BTreeMap;

static PAGE: Page = Page { id: "p", cloud: "a", title: "t", url: "u", updated: "2025-01-01" };
const TABLE: Source = Source::table(&PAGE);
const DIGITS: Pattern = Pattern::new("^[0-9]$", &[Inst::Start, Inst::Any(&[('0', '9')]), Inst::End, Inst::Match]);

fn on(cloud: Option<&str>, check: impl FnOnce(&mut Checker<'_>)) -> Vec<Finding> {
    let mut findings = Vec::new();
    check(&mut Checker::new(Context { cloud, project_id: Some("p1"), token: None }, &mut findings));
    findings
}

fn run(check: impl FnOnce(&mut Checker<'_>)) -> Vec<Finding> {
    on(None, check)
}

/// Place, problem, limit and value of each finding on one line.
fn lines(check: impl FnOnce(&mut Checker<'_>)) -> Vec<String> {
    let line = |finding: &Finding| {
        let value = finding.value().map_or(String::new(), |value| format!(": {value}"));
        format!("{} {}{value} [{}]", finding.place(), finding.problem(), finding.limit())
    };
    run(check).iter().map(line).collect()
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn length_counts_characters() {
    let cases: &[(&str, u64, u64, bool)] = &[
        ("", 0, 0, true),
        ("", 1, 36, false),
        ("a", 1, 36, true),
        ("äöü", 3, 3, true),
        ("äöü", 4, 6, false),
        ("𝄞𝄞", 2, 2, true),
        ("𝄞𝄞", 3, 8, false),
        ("abc", 0, 2, false),
        ("äb", 1, 2, true),
        ("äbc", 1, 2, false),
        ("abc", 3, u64::MAX, true),
        ("ab", 3, u64::MAX, false),
    ];
    for (text, min, max, fits) in cases {
        assert_eq!(run(|c| c.length("x", text, *min, *max, &TABLE)).is_empty(), *fits, "{text:?} in {min}..={max}");
    }
}

proptest! {
    #[test]
    fn the_shortcut_agrees_with_counting(text in "[a\u{e4}\u{4e2d}\u{1d11e}]{0,20}", min in 0_u64..24, span in 0_u64..24) {
        let fits = (min..=min + span).contains(&(text.chars().count() as u64));
        prop_assert_eq!(run(|c| c.length("x", &text, min, min + span, &TABLE)).is_empty(), fits);
    }
}

#[test]
fn lengths_are_told_with_their_place() {
    let ids = vec!["a".to_owned(), String::new(), "abcd".to_owned()];
    assert_eq!(
        lines(|c| c.length("body.ids", &Some(ids), 1, 3, &TABLE)),
        ["body.ids[1] is empty [1 to 3 characters]", "body.ids[2] has 4 characters: abcd [1 to 3 characters]"]
    );
    let map = BTreeMap::from([("k".to_owned(), "ab")]);
    assert_eq!(
        lines(|c| c.length("body.map", &map, 1, 1, &TABLE)),
        ["body.map[\"k\"] has 2 characters: ab [exactly 1 character]"]
    );
    assert_eq!(lines(|c| c.length("x", "a", 2, u64::MAX, &TABLE)), ["x has 1 character: a [at least 2 characters]"]);
    assert_eq!(lines(|c| c.length("x", "ab", 0, 1, &TABLE)), ["x has 2 characters: ab [at most 1 character]"]);
    assert_eq!(lines(|c| c.length("x", &None::<String>, 1, 1, &TABLE)), none());
}

#[test]
fn secrets_are_not_told_nor_their_length() {
    let secret = Some(vec![Secret::from("hunter2")]);
    let mut found = run(|c| c.length("x", &secret, 1, 3, &TABLE));
    found.extend(run(|c| c.length("x", &secret, 9, 30, &TABLE)));
    found.extend(run(|c| c.pattern("x", &secret, &DIGITS, &TABLE)));
    assert_eq!(
        found.iter().map(Finding::problem).collect::<Vec<_>>(),
        ["is too long", "is too short", "does not match the pattern"]
    );
    for finding in found {
        let text = format!("{finding} {finding:?}");
        assert!(finding.value().is_none() && !text.contains("hunter2") && !text.contains('7'), "{text}");
    }
}

#[test]
fn numbers_stay_in_range() {
    assert_eq!(lines(|c| c.range("x", &Some(5), 1, 5, &TABLE)), none());
    assert_eq!(lines(|c| c.range("x", &None::<i64>, 1, 5, &TABLE)), none());
    assert_eq!(lines(|c| c.range("x", &i64::MIN, i64::MIN, 5, &TABLE)), none());
    assert_eq!(lines(|c| c.range("x", &vec![1, 6], 1, 5, &TABLE)), ["x[1] is out of range: 6 [1 to 5]"]);
    assert_eq!(lines(|c| c.range("x", &6, i64::MIN, 5, &TABLE)), ["x is out of range: 6 [at most 5]"]);
    assert_eq!(lines(|c| c.range("x", &-1, 0, i64::MAX, &TABLE)), ["x is out of range: -1 [at least 0]"]);
    assert_eq!(lines(|c| c.range("x", &-1, 3, 3, &TABLE)), ["x is out of range: -1 [exactly 3]"]);
    assert_eq!(lines(|c| c.range_f64("x", &0.5, 0.0, f64::INFINITY, &TABLE)), none());
    assert_eq!(lines(|c| c.range_f64("x", &Some(-0.5), 0.0, 1.5, &TABLE)), ["x is out of range: -0.5 [0 to 1.5]"]);
    assert_eq!(
        lines(|c| c.range_f64("x", &f64::NAN, 0.0, f64::INFINITY, &TABLE)),
        ["x is out of range: NaN [at least 0]"]
    );
}

#[test]
fn lists_and_maps_are_counted() {
    assert_eq!(lines(|c| c.items("x", &vec![1, 2], 1, 2, &TABLE)), none());
    assert_eq!(lines(|c| c.items("x", &None::<Vec<i64>>, 1, 2, &TABLE)), none());
    assert_eq!(lines(|c| c.items("x", &Some(Vec::<i64>::new()), 1, 2, &TABLE)), ["x is empty [1 to 2 items]"]);
    let map: BTreeMap<String, i64> = (0..3).map(|n| (n.to_string(), n)).collect();
    assert_eq!(lines(|c| c.items("x", &map, 0, 2, &TABLE)), ["x has 3 items [at most 2 items]"]);
}

#[test]
fn patterns_are_searched_in_each_text() {
    let texts = vec!["1".to_owned(), "12".to_owned()];
    assert_eq!(
        lines(|c| c.pattern("x", &texts, &DIGITS, &TABLE)),
        ["x[1] does not match the pattern: 12 [matches ^[0-9]$]"]
    );
}

#[derive(Clone, Debug)]
enum Shade {
    Dark,
    Light,
    Unknown(UnknownValue),
}

impl OpenEnum for Shade {
    const KNOWN: &'static [&'static str] = &["dark", "light"];
    const DOUBTS: &'static [(&'static str, Source)] = &[("light", TABLE.warning())];

    fn as_str(&self) -> &str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Unknown(value) => value.as_str(),
        }
    }

    fn from_text(text: &str) -> Self {
        match text {
            "dark" => Self::Dark,
            "light" => Self::Light,
            _ => Self::Unknown(UnknownValue::new(text)),
        }
    }
}

#[test]
fn values_are_known_or_told() {
    let colors = Some(vec![Color::Red, Color::from("blue")]);
    assert_eq!(lines(|c| c.known("x", &colors, &TABLE)), ["x[1] is no documented value: blue [one of red, green]"]);
    assert_eq!(lines(|c| c.known("x", &Color::Green, &TABLE)), none());
    assert_eq!(lines(|c| c.known("x", &Shade::Dark, &TABLE)), none());
    let doubtful = run(|c| c.known("x", &Some(Shade::from_text("light")), &TABLE));
    assert_eq!((doubtful.len(), doubtful[0].rule(), doubtful[0].level()), (1, Rule::DoubtfulValue, Level::Warning));
    assert_eq!(run(|c| c.known("x", &Shade::from_text("?"), &TABLE)).len(), 1);
}

struct Disk {
    name: &'static str,
    parts: Vec<Disk>,
}

impl Check for Disk {
    fn check(&self, c: &mut Checker<'_>) {
        c.length("name", &self.name, 1, 3, &TABLE);
        c.object("parts", &self.parts);
        c.at_least_one_of("some-name", &[("name", self.name != "none"), ("alias", false)], &TABLE);
    }
}

#[test]
fn nested_values_tell_the_whole_path() {
    let disk = |name, parts| Disk { name, parts };
    let disks = vec![disk("a", vec![]), disk("b", vec![disk("c", vec![]), disk("long", vec![])])];
    assert_eq!(
        lines(|c| c.object("body.disks", &Some(disks))),
        ["body.disks[1].parts[1].name has 4 characters: long [1 to 3 characters]"]
    );
    let map = BTreeMap::from([("k".to_owned(), disk("", vec![]))]);
    assert_eq!(lines(|c| c.object("body.map", &map)), ["body.map[\"k\"].name is empty [1 to 3 characters]"]);
    let found = run(|c| c.object("body.disk", &disk("none", vec![])));
    assert_eq!(
        (found[1].place(), found[1].rule_id(), found[1].problem()),
        ("body.disk", Some("some-name"), "has none of name, alias")
    );
}

#[test]
fn groups_of_fields() {
    type Fields<'a> = &'a [(&'static str, bool)];
    let some = [("body.a.id", true), ("body.a.addrs", false)];
    let none = [("body.a.id", false), ("body.b", false)];
    let both = [("body.id", true), ("query.id", true)];
    let cases: &[(Rule, Fields<'_>, &str)] = &[
        (Rule::AtLeastOneOf, &some, ""),
        (Rule::AtLeastOneOf, &both, ""),
        (Rule::AtLeastOneOf, &none, "body has none of a.id, b [at least one of a.id, b]"),
        (Rule::ExactlyOneOf, &some, ""),
        (Rule::ExactlyOneOf, &none, "body has none of a.id, b [exactly one of a.id, b]"),
        (Rule::ExactlyOneOf, &both, " has body.id, query.id together [exactly one of body.id, query.id]"),
        (Rule::AtMostOneOf, &none, ""),
        (Rule::AtMostOneOf, &both, " has body.id, query.id together [at most one of body.id, query.id]"),
        (Rule::AllOrNone, &none, ""),
        (Rule::AllOrNone, &both, ""),
        (Rule::AllOrNone, &some, "body.a has id but lacks addrs [all of id, addrs, or none]"),
    ];
    for (index, (rule, fields, expected)) in cases.iter().enumerate() {
        let found = lines(|c| match rule {
            Rule::AtLeastOneOf => c.at_least_one_of("rule", fields, &TABLE),
            Rule::ExactlyOneOf => c.exactly_one_of("rule", fields, &TABLE),
            Rule::AtMostOneOf => c.at_most_one_of("rule", fields, &TABLE),
            _ => c.all_or_none("rule", fields, &TABLE),
        });
        assert_eq!(found.join("|"), *expected, "case {index}");
    }
}

#[test]
fn conditions_on_fields() {
    let fields = [("body.a", true), ("body.b", false)];
    assert_eq!(lines(|c| c.required_if("r", false, "x is y", &fields, &TABLE)), none());
    assert_eq!(
        lines(|c| c.required_if("r", true, "x is y", &fields, &TABLE)),
        ["body.b is missing although x is y [required if x is y]"]
    );
    assert_eq!(lines(|c| c.forbidden_if("r", false, "x is y", &fields, &TABLE)), none());
    assert_eq!(
        lines(|c| c.forbidden_if("r", true, "x is y", &fields, &TABLE)),
        ["body.a is set although x is y [not allowed if x is y]"]
    );
    assert_eq!(lines(|c| c.applies_if("r", true, "x is y", &fields, &TABLE)), none());
    assert_eq!(
        lines(|c| c.applies_if("r", false, "x is y", &fields, &TABLE)),
        ["body.a is set but has no effect here [applies only if x is y]"]
    );
    assert_eq!(lines(|c| c.required("body.a", false, &TABLE)), ["body.a is missing [required]"]);
    assert_eq!(lines(|c| c.required("body.a", true, &TABLE)), none());
}

#[test]
fn order_of_fields() {
    let wrong = ["body.from is greater than body.to [not greater than body.to]"];
    assert_eq!(lines(|c| c.ordered("o", ("body.from", &2), ("body.to", &1), &TABLE)), wrong);
    assert_eq!(lines(|c| c.ordered("o", ("body.from", &Some(2)), ("body.to", &1), &TABLE)), wrong);
    assert_eq!(lines(|c| c.ordered("o", ("body.from", &2.5), ("body.to", &Some(1.0)), &TABLE)), wrong);
    let (a, b) = ("a".to_owned(), Some("b".to_owned()));
    assert_eq!(lines(|c| c.ordered("o", ("body.from", &b), ("body.to", &a), &TABLE)), wrong);
    assert_eq!(lines(|c| c.ordered("o", ("x", &a), ("y", &b), &TABLE)), none());
    assert_eq!(lines(|c| c.ordered("o", ("x", &1), ("y", &1), &TABLE)), none());
    assert_eq!(lines(|c| c.ordered("o", ("x", &Some(2)), ("y", &None::<i64>), &TABLE)), none());
}

#[test]
fn facts_of_other_clouds_are_left_out() {
    let source = TABLE.only(&["a"]);
    let level = |cloud| on(cloud, |c| c.length("x", "", 1, 2, &source)).first().map(Finding::level);
    assert_eq!((level(Some("a")), level(Some("b")), level(None)), (Some(Level::Error), None, Some(Level::Warning)));
}

#[test]
fn supplied_values_are_checked_when_known() {
    assert_eq!(
        lines(|c| {
            let project_id = c.supplied(Supplied::ProjectId);
            c.length("path.project_id", &project_id, 5, 9, &TABLE);
        }),
        ["path.project_id has 2 characters: p1 [5 to 9 characters]"]
    );
    let mut findings = Vec::new();
    let c = Checker::new(Context::default(), &mut findings);
    assert_eq!((c.supplied(Supplied::ProjectId), c.project_id(), c.token()), (None, None, None));
    let token = Secret::from("hunter2");
    let mut c = Checker::new(Context { token: Some(&token), ..Context::default() }, &mut findings);
    let x_auth_token = c.token();
    c.length("header.X-Auth-Token", &x_auth_token, 1, 3, &TABLE);
    assert_eq!((findings[0].problem(), findings[0].value()), ("is too long", None));
}
