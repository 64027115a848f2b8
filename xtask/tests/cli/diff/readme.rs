//! What the documents say of `diff`: the samples in the README are what the program prints of the edits that the README describes,
//! and the keys of the JSON are those that CONTRIBUTING.md lists.
//!
//! `BLESS=1` writes the samples.

use std::fs;
use std::path::{Path, PathBuf};

use super::{LIMIT, OPERATION};
use crate::support::Place;

/// A file of the spec, a text in it, and what stands there instead.
type Edit = (&'static str, &'static str, &'static str);

/// A place in the README, and the edits of the repository's own spec whose report stands there.
const SAMPLES: &[(&str, &[Edit])] = &[
    (
        "page-of-march",
        &[
            ("sms/update-task-status.yaml", "updated: 2026-01-27", "updated: 2026-03-05"),
            ("sms/update-task-status.yaml", "length: [0, 255]", "length: [0, 100]"),
            (
                "sms/update-task-status.yaml",
                "Compare the data afterwards., default: false",
                "Compare the data afterwards., default: true",
            ),
            (
                "sms/update-task-status.yaml",
                "      migration_test: Begin a migration drill.\n",
                "      migration_test: Begin a migration drill.\n      sync_failed_rollback: Undo a synchronization that failed.\n",
            ),
        ],
    ),
    ("project-by-hand", &[("dcs/service.yaml", "supplies: {project_id: project-id}\n", "")]),
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn copy(from: &Path, to: &str, place: &Place) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = format!("{to}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            copy(&path, &to, place);
        } else {
            place.write(&to, &fs::read_to_string(&path).unwrap());
        }
    }
}

/// The report as a quotation, without its heading, which names the two folders.
fn quoted(edits: &[Edit]) -> String {
    let place = Place::empty();
    for folder in ["old", "spec"] {
        copy(&repository().join("spec"), folder, &place);
    }
    for (file, from, to) in edits {
        place.edit(&format!("spec/{file}"), from, to);
    }
    let report = place.diff(&["old", "spec", "--format", "markdown"]).ends_with(0).out();
    let lines = report.lines().skip_while(|line| line.is_empty() || line.starts_with("### "));
    lines.map(|line| format!("> {line}").trim_end().to_owned() + "\n").collect()
}

#[test]
fn the_readme_shows_what_is_printed() {
    let file = repository().join("README.md");
    let mut readme = fs::read_to_string(&file).unwrap();
    let before = readme.clone();
    for (name, edits) in SAMPLES {
        let (begin, end) = (format!("<!-- diff {name}:begin -->\n"), format!("<!-- diff {name}:end -->"));
        let start = readme.find(&begin).unwrap_or_else(|| panic!("the README has no {begin}")) + begin.len();
        let stop = readme.find(&end).unwrap_or_else(|| panic!("the README has no {end}"));
        readme.replace_range(start..stop, &quoted(edits));
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &readme).unwrap();
    } else if readme != before {
        let differs = before.lines().zip(readme.lines()).find(|(old, new)| old != new);
        panic!("README.md differs: run `BLESS=1 cargo test -p xtask readme` and read what it changed\n{differs:#?}");
    }
}

fn keys(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn the_json_has_the_keys_that_are_documented() {
    let place = Place::committed();
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    let json = |place: &Place| -> serde_json::Value {
        serde_json::from_str(&place.diff(&["--format", "json", "--accepted"]).ends_with(0).out()).unwrap()
    };
    let print = json(&place)["changes"][0]["fingerprint"].as_str().unwrap().to_owned();
    let entry = |print: &str| format!("  - {{fingerprint: {print}, cause: vendor, reason: So it is.}}\n");
    let accepted = format!("accepted:\n{}{}", entry(&print), entry("0000000000000000"));
    place.write("spec/accepted.yaml", &accepted);
    let mut found = std::collections::BTreeSet::new();
    keys(&json(&place), &mut found);
    let text = fs::read_to_string(repository().join("CONTRIBUTING.md")).unwrap();
    let start = text.find("`--format json` is for programs.").unwrap();
    let table = &text[start..start + text[start..].find("\n## ").unwrap()];
    let named = |key: &String| table.contains(&format!("`{key}`")) || table.contains(&format!(".{key}`"));
    let missing: Vec<_> = found.iter().filter(|key| !named(key) && !table.contains(&format!("`{key}[]`"))).collect();
    assert!(found.len() > 25 && missing.is_empty(), "CONTRIBUTING.md does not name {missing:?}");
}
