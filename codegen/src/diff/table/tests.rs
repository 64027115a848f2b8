use std::collections::BTreeSet;

use super::{ONE_WAY, answers, crates, documentation, facts, fields, one_way, operations, rule, rules, types};
use crate::diff::{Action, Bump, Direction, Level, Validator, WireVerdict};

#[test]
fn ids_are_kebab_case_and_unique_and_their_names_are_the_same() {
    let mut seen = BTreeSet::new();
    for rule in rules() {
        assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
        assert!(seen.insert(rule.id), "{} stands twice", rule.id);
        assert!(rule.means.ends_with('.') && !rule.example.is_empty(), "{}", rule.id);
    }
    let tables = [
        crates::NAMES,
        operations::NAMES,
        fields::NAMES,
        facts::NAMES,
        types::NAMES,
        answers::NAMES,
        documentation::NAMES,
    ];
    for (name, id) in tables.into_iter().flatten() {
        assert_eq!(name.to_lowercase().replace('_', "-"), *id);
    }
}

#[test]
fn every_rule_has_a_mirror_that_mirrors_it() {
    for one in rules() {
        let mirror = rule(one.mirror).unwrap_or_else(|| panic!("{} has no mirror {}", one.id, one.mirror));
        assert_eq!(mirror.mirror, one.id, "{} is not the mirror of its mirror", one.id);
        assert_eq!(mirror.action, one.action.reversed(), "{} and {}", one.id, mirror.id);
        assert_eq!((mirror.area, mirror.direction), (one.area, one.direction), "{} and {}", one.id, mirror.id);
        // What was no change of the wire, the compiler or the checks one way is none the other way.
        assert_eq!(one.wire == WireVerdict::Equal, mirror.wire == WireVerdict::Equal, "{}", one.id);
        assert_eq!(one.validator == Validator::Same, mirror.validator == Validator::Same, "{}", one.id);
        if one.mirror == one.id {
            assert_eq!(one.action, Action::Changed, "{} is its own mirror", one.id);
            assert!(!matches!(one.validator, Validator::Starts | Validator::Stops), "{}", one.id);
        }
    }
}

#[test]
fn requests_and_answers_have_the_same_rules_or_a_reason_why_not() {
    for rule in rules() {
        let twin = match (rule.id.strip_prefix("request-"), rule.id.strip_prefix("response-")) {
            (Some(rest), _) => format!("response-{rest}"),
            (_, Some(rest)) => format!("request-{rest}"),
            _ => continue,
        };
        let has_twin = super::rule(&twin).is_some();
        assert_ne!(
            has_twin,
            one_way(rule.id).is_some(),
            "{}: a twin {twin}, or a waiver in ONE_WAY, not both",
            rule.id
        );
        let direction = if rule.id.starts_with("request-") { Direction::Request } else { Direction::Response };
        assert_eq!(rule.direction, direction, "{}", rule.id);
    }
    for (id, why) in ONE_WAY {
        assert!(rule(id).is_some() && !why.is_empty(), "{id} is no rule");
    }
}

#[test]
fn verdicts_agree_with_each_other() {
    for rule in rules() {
        let (id, breaks) = (rule.id, rule.wire == WireVerdict::Breaks);
        assert!(!breaks || rule.level <= Level::Warning, "{id} breaks the wire and is no error");
        assert!(
            rule.validator != Validator::Starts || rule.level <= Level::Warning,
            "{id} refuses more and is an info"
        );
        assert!(
            rule.level != Level::Error || breaks || rule.rust == Bump::Major,
            "{id} is an error that breaks nothing"
        );
        // Checks look at requests alone.
        let requests = matches!(rule.direction, Direction::Request | Direction::Both);
        assert!(rule.validator == Validator::Same || requests, "{id}");
        assert!(rule.direction != Direction::Failure || rule.rust <= Bump::Patch, "{id}: errors have no types in Rust");
    }
}

#[test]
fn checks_that_refuse_more_demand_more_than_a_patch() {
    let rule = |id| super::rule(id).unwrap_or_else(|| panic!("{id}"));
    assert_eq!(
        (rule("request-limit-tightened").rust, rule("request-limit-tightened").bump()),
        (Bump::Patch, Bump::Minor)
    );
    assert_eq!(rule("request-limit-loosened").bump(), Bump::Patch);
    assert_eq!(rule("operation-removed").bump(), Bump::Major);
    assert_eq!(rule("evidence-changed").bump(), Bump::None);
}
