//! Each case of `diff/cases` is told by exactly the rules it names; read backwards, by exactly their mirrors.

use std::collections::BTreeSet;

use migration_codegen::diff::{Change, rule, rules};
use migration_tests as shared;

use crate::mirror::mirrored;
use crate::support::{Case, base, cases, compare, ids, sources, told};

fn verify(case: &Case) -> Result<BTreeSet<&'static str>, String> {
    let (old, new) = case.specs()?;
    let mut expected: Vec<&'static str> = Vec::new();
    for id in std::iter::once(&case.rule).chain(&case.also) {
        expected.push(rule(id).ok_or_else(|| format!("no rule is called {id}"))?.id);
    }
    let mut mirrors: Vec<&'static str> = expected.iter().filter_map(|id| rule(id)).map(|rule| rule.mirror).collect();
    expected.sort_unstable();
    mirrors.sort_unstable();
    let (forth, back) = (compare(&old, &new), compare(&new, &old));
    if ids(&forth) != expected {
        return Err(format!("expected {expected:?}, found\n{}", told(&forth)));
    }
    if ids(&back) != mirrors {
        return Err(format!("backwards, expected {mirrors:?}, found\n{}", told(&back)));
    }
    mirrored(&old, &new)?;
    Ok(expected.into_iter().chain(mirrors).collect())
}

#[test]
fn each_rule_reports_its_pair_of_specs_and_nothing_else_does() {
    let mut problems = Vec::new();
    let mut covered = BTreeSet::new();
    for (at, case) in cases().into_iter().enumerate() {
        match verify(&case) {
            Ok(ids) => covered.extend(ids),
            Err(why) => problems.push(format!("case {at}, {}: {why}", case.rule)),
        }
    }
    shared::report(&problems);
    let named: BTreeSet<String> = cases().into_iter().map(|case| case.rule).collect();
    let uncovered: Vec<&str> =
        rules().filter(|rule| !named.contains(rule.id) && !named.contains(rule.mirror)).map(|rule| rule.id).collect();
    assert!(uncovered.is_empty(), "no case in tests/suite/diff/cases is for {uncovered:?} or their mirrors");
    assert_eq!(covered.len(), rules().count());
}

#[test]
fn nothing_changes_nothing() {
    let same = compare(&sources(&base()), &sources(&base()));
    assert!(same.is_empty(), "{}", told(&same));
    for case in cases() {
        let (_, new) = case.specs().unwrap();
        assert!(compare(&new, &new).is_empty(), "{}", case.rule);
    }
    let real = shared::sources(&shared::repository().join("spec"));
    assert!(compare(&real, &real).is_empty());
}

#[test]
fn a_fingerprint_names_one_change_and_survives_others() {
    let (old, new) = cases().into_iter().find(|case| case.rule == "request-limit-tightened").unwrap().specs().unwrap();
    let alone = compare(&old, &new);
    let mut files: crate::support::Files = new.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
    let text = String::from_utf8(files["store/service.yaml"].clone()).unwrap();
    files.insert("store/service.yaml".to_owned(), text.replace("Invented", "Made up").into_bytes());
    let among = compare(&old, &sources(&files));
    let prints: BTreeSet<&str> = among.iter().map(Change::fingerprint).collect();
    assert_eq!(prints.len(), among.iter().count());
    for change in alone.iter() {
        assert!(prints.contains(change.fingerprint()));
        assert_eq!(change.fingerprint().len(), 16);
    }
}
