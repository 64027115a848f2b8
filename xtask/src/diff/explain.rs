//! `--explain` and `--rules`.

use codegen::diff::{Rule, Validator, one_way, rule, rules};
use migration_codegen as codegen;

use crate::error::{Error, Result};

/// All there is to know of a rule.
pub(super) fn one(id: &str) -> Result<String> {
    let Some(rule) = rule(id) else {
        let help = near(id, rules().map(|rule| rule.id)).map_or_else(
            || "`cargo xtask diff --rules` lists them".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Error::new(format!("no rule is called `{id}`")).help(help));
    };
    let Rule { id, level, direction, area, action, wire, rust, validator, mirror, means, example } = rule;
    let mirror = if mirror == id { "itself".to_owned() } else { format!("`{mirror}`") };
    let mut text = format!("{id}: {}\n\n{means}\n\nexample     {example}\n", level.word());
    for (key, value) in [
        ("what", format!("{} {}", area.word(), action.word())),
        ("travels in", direction.word().to_owned()),
        ("wire", wire.word().to_owned()),
        ("Rust", rust.word().to_owned()),
        (
            "checks",
            if *validator == Validator::Same { "refuse the same".to_owned() } else { validator.word().to_owned() },
        ),
        ("version", rule.bump().word().to_owned()),
        ("backwards", mirror),
    ] {
        text.push_str(&format!("{key:<12}{value}\n"));
    }
    if let Some(why) = one_way(id) {
        text.push_str(&format!("one way     {why}\n"));
    }
    Ok(text)
}

/// A line for each rule.
pub(super) fn all() -> String {
    let mut text = format!("{:<34}{:<9}{:<11}{:<7}{:<22}{}\n", "rule", "level", "wire", "Rust", "checks", "means");
    for Rule { id, level, wire, rust, validator, means, .. } in rules() {
        let checks = if *validator == Validator::Same { "" } else { validator.word() };
        text.push_str(&format!(
            "{id:<34}{:<9}{:<11}{:<7}{checks:<22}{means}\n",
            level.word(),
            wire.word(),
            rust.word()
        ));
    }
    text
}

/// The one of the names that was meant: one that begins alike, or differs by a slip.
pub(super) fn near<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let given = plain(given);
    let near = names.min_by_key(|name| {
        let name = plain(name);
        let begins = !given.is_empty() && name.starts_with(&given);
        (!begins, if begins { name.len() } else { distance(&name, &given) })
    })?;
    let name = plain(near);
    let is_near = given.len() > 2 && name.starts_with(&given) || distance(&name, &given) <= given.len() / 3;
    is_near.then_some(near)
}

/// How many letters of the shorter have no place in the other, roughly: enough to guess a slip.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (column, counterpart) in other.iter().enumerate() {
            let step = corner + usize::from(letter != counterpart);
            corner = row[column + 1];
            row[column + 1] = step.min(corner + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{all, distance, near, one};

    #[test]
    fn every_rule_can_be_explained() {
        let list = all();
        for rule in migration_codegen::diff::rules() {
            assert!(one(rule.id).unwrap().contains(rule.means));
            assert!(list.contains(rule.id));
        }
        assert!(
            one("request-limit-tightend").unwrap_err().to_string().contains("did you mean `request-limit-tightened`?")
        );
        assert!(one("zzz").unwrap_err().to_string().contains("--rules"));
        assert!(one("request-limit-tigh").unwrap_err().to_string().contains("did you mean `request-limit-tightened`?"));
        let cases = [
            ("CreateTsk", Some("CreateTask")),
            ("create-task", Some("CreateTask")),
            ("Create", Some("CreateTask")),
            ("xyz", None),
            ("", None),
        ];
        for (given, expected) in cases {
            assert_eq!(near(given, ["CreateTaskGroup", "CreateTask", "ShowTask"].into_iter()), expected, "{given}");
        }
        assert_eq!(
            (distance("abc", "abc"), distance("abc", "axc"), distance("abc", "ab"), distance("", "ab")),
            (0, 1, 1, 2)
        );
    }
}
