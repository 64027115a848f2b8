//! The step of `ci` that has other people's program look at the documents. That program is played by a script here.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::support::Place;

/// A Python 3 that makes environments of itself. `PIP` and `VALIDATOR` say how these two end.
const PYTHON: &str = r#"#!/bin/sh
case "$2" in
venv) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
pip) echo "pip: $PIP"; [ "$PIP" = good ] && echo 0.9.0 > "$0.version" ;;
*)
    if [ "$3" = --version ]; then read -r version < "$0.version"; echo "openapi-spec-validator $version"; exit; fi
    echo "looked at:"; for file in "$@"; do echo "$file" >> "$0.seen"; done
    echo "it is $VALIDATOR"; [ "$VALIDATOR" = good ]
esac
"#;

/// Exit code, and what was said.
fn ci(place: &Place, path: &str, pip: &str, validator: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["ci", "openapi", "--root"]).arg(place.path(""));
    let output = command.env("PATH", path).env("PIP", pip).env("VALIDATOR", validator).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn documents_are_validated_where_that_is_possible() {
    let place = Place::with_spec();
    place.write("programs/python3", PYTHON);
    fs::set_permissions(place.path("programs/python3"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", place.path("programs").display());
    // In this order: first there is no Python, then no network, and what was installed stays.
    let cases = [
        ("/nowhere", "good", "good", 0, "SKIPPED", "no Python 3 with venv: cannot run `python3`"),
        (&*path, "away", "good", 0, "SKIPPED", "cannot install openapi-spec-validator 0.9.0"),
        (&path, "good", "bad", 1, "FAILED", "it is bad"),
        (&path, "away", "good", 0, "good", "1 step good"),
    ];
    for (path, pip, validator, code, verdict, said) in cases {
        let (ended, text) = ci(&place, path, pip, validator);
        assert_eq!(ended, Some(code), "{text}");
        assert!(text.contains(&format!("== openapi: {verdict}")) && text.contains(said), "{said}:\n{text}");
    }
    let (_, text) = ci(&place, "/nowhere", "good", "good");
    assert!(text.contains("openapi: good"), "{text}");
    // A version that is not the pinned one is replaced.
    place.write("target/openapi-spec-validator/bin/python.version", "0.8.0\n");
    let (_, text) = ci(&place, "/nowhere", "good", "good");
    assert!(text.contains("0 steps good, skipped: openapi"), "{text}");
    let seen = place.read("target/openapi-spec-validator/bin/python.seen");
    let documents = fs::read_dir(place.path("target/openapi")).unwrap().count();
    assert!(documents > 0);
    assert_eq!(seen.lines().filter(|line| line.contains("target/openapi/")).count(), 3 * documents, "{seen}");
}

#[test]
fn mistakes_in_the_spec_are_no_documents() {
    let place = Place::with_spec();
    place.write("spec/spec.yaml", "package: x\n");
    let (ended, text) = ci(&place, "/nowhere", "good", "good");
    assert_eq!(ended, Some(1), "{text}");
    assert!(text.contains("the spec has mistakes"), "{text}");
}
