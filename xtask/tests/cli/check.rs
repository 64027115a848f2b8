//! `check`, and what all tasks share.

use crate::support::Place;

const OPERATION: &str = "spec/svc000/update-thing00001.yaml";

#[test]
fn a_good_spec_gets_one_line() {
    let place = Place::with_spec();
    let run = place.run(&["check", "--spec", "spec"]).ends_with(0);
    assert_eq!(run.out(), "spec: 3 operations, no errors, no warnings\n");
    assert_eq!(run.err(), "");
}

#[test]
fn all_mistakes_come_out_in_one_run() {
    let place = Place::with_spec();
    place.edit(OPERATION, "idempotent: true", "idempotent: perhaps");
    place.edit("spec/svc000/update-thing00002.yaml", "[8, 64]", "[64, 8]");
    let run = place.run(&["check", "--spec", "spec"]).ends_with(1);
    let run = run.warns("error[wrong-type]").warns("error[empty-range]").warns("2 errors, 0 warnings");
    assert_eq!(run.out(), "");
}

#[test]
fn warnings_fail_when_denied() {
    let place = Place::with_spec();
    place.edit(OPERATION, "# yaml-language-server: $schema=../schema.json\n", "");
    place
        .run(&["check", "--spec", "spec"])
        .ends_with(0)
        .warns("warning[no-schema-line]")
        .says("no errors, 1 warning\n");
    place.run(&["check", "--spec", "spec", "--deny-warnings"]).ends_with(1).warns("warnings are denied here");
    place.generate(&[]).ends_with(0).warns("warning[no-schema-line]");
}

#[test]
fn json() {
    let place = Place::with_spec();
    assert_eq!(place.run(&["check", "--spec", "spec", "--format", "json"]).ends_with(0).out(), "[]\n");
    place.write("spec/svc000/types.yaml", "");
    let run = place.run(&["check", "--spec", "spec", "--format", "json"]).ends_with(1);
    let list: serde_json::Value = serde_json::from_str(&run.out()).unwrap();
    assert!(list.as_array().is_some_and(|list| !list.is_empty()), "{list}");
    assert_eq!(list[0]["severity"], "error");
}

#[test]
fn a_spec_folder_that_does_not_exist() {
    Place::empty().run(&["check", "--spec", "nowhere"]).ends_with(2).warns("the spec folder `nowhere` does not exist");
}

#[test]
fn synthesize_wants_an_empty_folder() {
    let place = Place::with_spec();
    place.run(&["synthesize", "3", "spec"]).ends_with(2).warns("`spec` is not empty");
    place.run(&["synthesize", "0", "other"]).ends_with(2);
    place.run(&["synthesize", "1", "spec/spec.yaml"]).ends_with(2);
}

#[test]
fn every_task_has_help_with_exit_codes_and_an_example() {
    let place = Place::empty();
    let tasks: &[&[&str]] = &[
        &["generate"],
        &["check"],
        &["audit"],
        &["bench", "audit"],
        &["diff"],
        &["new"],
        &["synthesize"],
        &["bench", "generate"],
        &["bench", "compile"],
        &["ci"],
    ];
    for task in tasks {
        place
            .run(&[task, &["--help"][..]].concat())
            .ends_with(0)
            .says("Exit codes: 0 ")
            .says(&format!("Example: cargo xtask {}", task.join(" ")));
    }
    place.run(&[]).ends_with(2);
    place.run(&["generate", "--nonsense"]).ends_with(2);
}

#[test]
fn unknown_steps_are_named() {
    let place = Place::with_spec();
    let root = place.path("");
    place
        .run(&["ci", "--root", &root.display().to_string(), "clipy"])
        .ends_with(2)
        .warns("no step is called `clipy`")
        .warns("clippy");
}

#[cfg(unix)]
#[test]
fn a_child_is_measured() {
    let place = Place::with_spec();
    let run = place.run(&["measure", env!("CARGO_BIN_EXE_xtask"), "check", "--spec", "spec"]).ends_with(0);
    let numbers: Vec<u64> = run.out().split_whitespace().map(|number| number.parse().unwrap()).collect();
    assert!(matches!(numbers.as_slice(), [_user, _system, peak] if *peak > 1 << 20), "{numbers:?}");
    place.run(&["measure", "no-such-program"]).ends_with(2).warns("cannot run `no-such-program`");
}
