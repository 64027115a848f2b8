//! Nothing gets past: whenever an edit of a spec changes a byte of the generated crate, there is a change to tell, and whenever no byte
//! changes, nothing more than texts is told.

use std::collections::BTreeMap;

use migration_codegen::diff::{Bump, diff};
use migration_codegen::{Outputs, Sources, generate};
use migration_tests as shared;

use crate::support::{Files, base, sources, told};

/// The text without a line and what is indented below it, with another number, with another word.
pub(crate) fn mutants(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (at, line) in
        lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with('#'))
    {
        let below =
            lines[at + 1..].iter().take_while(|next| next.trim().is_empty() || indent(next) > indent(line)).count();
        let without: Vec<&str> = lines[..at].iter().chain(&lines[at + 1 + below..]).copied().collect();
        found.push((format!("without `{}`", line.trim()), without.join("\n") + "\n"));
        let mut changed = |to: String| {
            let mut all: Vec<&str> = lines.clone();
            all[at] = &to;
            found.push((format!("`{}` for `{}`", to.trim(), line.trim()), all.join("\n") + "\n"));
        };
        if let Some(digit) = line.rfind(|c: char| c.is_ascii_digit()) {
            let number = if line.as_bytes()[digit] == b'9' { "8" } else { "9" };
            changed(format!("{}{number}{}", &line[..digit], &line[digit + 1..]));
        }
        // Each entry of a mapping in one line, and each value.
        for (start, _) in line.match_indices(", ") {
            let end = line[start + 2..].find(", ").map(|end| start + 2 + end);
            let end = end.or_else(|| line.rfind('}').filter(|end| *end > start));
            if let Some(end) = end {
                changed(format!("{}{}", &line[..start], &line[end..]));
            }
        }
        for word in ["true", "required", "optional", "error", "prose", "string", "integer"] {
            let other = match word {
                "true" => "false",
                "required" => "optional",
                "optional" => "required",
                "error" => "warning",
                "prose" => "table",
                "string" => "integer",
                _ => "number",
            };
            if line.contains(&format!(": {word}")) {
                changed(line.replacen(&format!(": {word}"), &format!(": {other}"), 1));
            }
        }
        if let Some(doc) = line.find(".}") {
            changed(format!("{} indeed{}", &line[..doc], &line[doc..]));
        }
    }
    found
}

fn files_of(outputs: &Outputs) -> BTreeMap<&str, &str> {
    outputs.files().collect()
}

/// How many mutants changed the crate, and how many did not.
fn verify(name: &str, files: &Files, problems: &mut Vec<String>) -> (usize, usize) {
    let old: Sources = sources(files);
    let before = generate(&old).unwrap();
    let (mut changed, mut same) = (0, 0);
    for (path, bytes) in files {
        for (what, text) in mutants(std::str::from_utf8(bytes).unwrap()) {
            let mut mutant = files.clone();
            mutant.insert(path.clone(), text.into_bytes());
            let new = sources(&mutant);
            // Most mutants are no spec; those that are must be told.
            let Ok(after) = generate(&new) else { continue };
            let told_of = diff(&old, &new).unwrap();
            if files_of(&before) == files_of(&after) {
                same += 1;
                // Texts that only some readers of the spec see are told as others are.
                if told_of.bump() > Bump::Patch {
                    problems.push(format!("{name}/{path} {what}: no byte changes, yet\n{}", told(&told_of)));
                }
            } else {
                changed += 1;
                if told_of.is_empty() {
                    problems.push(format!("{name}/{path} {what}: the crate changes, and nothing is told"));
                }
            }
        }
    }
    (changed, same)
}

#[test]
fn what_changes_the_crate_is_told() {
    let mut problems = Vec::new();
    let (mut changed, mut same) = verify("base", &base(), &mut problems);
    // With what the base has not: evidence of all kinds, markers. All of them would take a minute.
    for name in ["per-cloud", "waiters-and-paging"] {
        let files = shared::files(&shared::folder("golden").join(name).join("spec"));
        let (more, others) = verify(name, &files, &mut problems);
        changed += more;
        same += others;
    }
    shared::report(&problems);
    assert!(changed > 300 && same > 10, "{changed} edits change the crate, {same} do not");
}
