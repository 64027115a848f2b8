//! One mistake per case: `diag/base` is valid, `diag/<case>/case.yaml` breaks it in one place, `diag/<case>/expected.txt` is what a person
//! is then told.

#![allow(clippy::unwrap_used, reason = "this is how tests fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use migration_codegen::{Diagnostics, Sources, check, generate};
use migration_tests as shared;
use serde::Deserialize;

/// How a case differs from the base.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The codes of what is found, in order.
    codes: Vec<String>,
    #[serde(default)]
    edits: Vec<Edit>,
    #[serde(default)]
    add: BTreeMap<String, String>,
    #[serde(default)]
    remove: Vec<String>,
}

/// A text of the base, which stands there once, and what stands there instead.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    from: String,
    to: String,
}

fn base() -> BTreeMap<String, Vec<u8>> {
    shared::files(&shared::folder("diag/base"))
}

fn sources(case: &Case) -> Result<Sources, String> {
    let mut files = base();
    for edit in &case.edits {
        let bytes = files.get_mut(&edit.file).ok_or_else(|| format!("the base has no {}", edit.file))?;
        let text = String::from_utf8(bytes.clone()).map_err(|error| error.to_string())?;
        let found = text.matches(&edit.from).count();
        if found != 1 {
            return Err(format!("{} has {found} times `{}`", edit.file, edit.from));
        }
        *bytes = text.replace(&edit.from, &edit.to).into_bytes();
    }
    for path in &case.remove {
        files.remove(path).ok_or_else(|| format!("the base has no {path}"))?;
    }
    files.extend(case.add.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
    Ok(files.into_iter().collect())
}

/// Checks a spec, and compares what it finds with what the case says and with `expected.txt`.
fn compare(folder: &Path, codes: &[String], sources: &Sources) -> Result<BTreeSet<&'static str>, String> {
    let found = check(sources);
    let rendered = found.render(sources, "spec", false);
    if !found.iter().map(migration_codegen::Diagnostic::code).eq(codes.iter()) {
        return Err(format!("expected {codes:?}, found\n{rendered}"));
    }
    if generate(sources).is_ok() == found.has_errors() {
        return Err("check and generate disagree".to_owned());
    }
    shared::compare_file(&folder.join("expected.txt"), &rendered)?;
    Ok(found.codes())
}

/// Cases that no readable file can hold.
fn built() -> [(&'static str, &'static str, Sources); 4] {
    let with = |path: &str, bytes: Vec<u8>| base().into_iter().chain([(path.to_owned(), bytes)]).collect();
    let mut latin1 = base().remove("demo/types.yaml").unwrap();
    let at = latin1.windows(6).position(|word| word == b"Safety").unwrap();
    latin1[at] = 0xe9;
    let deep = format!("operation: {}{}\n", "[".repeat(1000), "]".repeat(1000));
    [
        ("not-utf8", "not-utf8", with("demo/types.yaml", latin1)),
        ("too-deep", "too-deep", with("demo/create-thing.yaml", deep.into_bytes())),
        ("too-large", "too-large", with("demo/create-thing.yaml", "# large\n".repeat(1 << 20 | 1).into_bytes())),
        ("no-files", "missing-file", Sources::new()),
    ]
}

#[test]
fn the_base_is_valid() {
    let sources = shared::sources(&shared::folder("diag/base"));
    let found = check(&sources);
    assert!(found.is_empty(), "{}", found.render(&sources, "spec", false));
}

#[test]
fn each_mistake_is_told_as_expected() {
    let mut problems = Vec::new();
    let mut told = BTreeSet::new();
    let built = built();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (name, code, sources) in &built {
        let folder = shared::folder("diag").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        names.insert((*name).to_owned());
        match compare(&folder, &[(*code).to_owned()], sources) {
            Ok(codes) => told.extend(codes),
            Err(why) => problems.push(format!("{name}: {why}")),
        }
    }
    for folder in shared::folders(&shared::folder("diag")) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name == "base" || names.contains(&name) {
            continue;
        }
        let result = std::fs::read_to_string(folder.join("case.yaml"))
            .map_err(|error| error.to_string())
            .and_then(|text| serde_yaml::from_str::<Case>(&text).map_err(|error| error.to_string()))
            .and_then(|case| compare(&folder, &case.codes, &sources(&case)?));
        match result {
            Ok(codes) => told.extend(codes),
            Err(why) => problems.push(format!("{name}: {why}")),
        }
    }
    shared::report(&problems);
    // `internal` is the generator's own mistake, which no spec may bring about.
    let reachable = codes_in_source().into_iter().filter(|code| code != "internal");
    let untested: Vec<String> = reachable.filter(|code| !told.contains(code.as_str())).collect();
    assert!(untested.is_empty(), "no case in tests/suite/diag tells {untested:?}");
}

/// Every code that the library gives: a literal behind `error(`, `warning(` or `folder(`, or at the head of a pair with its message.
fn codes_in_source() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (path, bytes) in shared::files(&shared::repository().join("codegen/src")) {
        let text = String::from_utf8(bytes).unwrap();
        let squeezed: String = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( \"", "(\"");
        for (before, literal) in squeezed.match_indices("(\"").map(|(at, _)| (&squeezed[..at], &squeezed[at + 2..])) {
            let Some((code, after)) = literal.split_once('"') else { continue };
            let is_word = !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let is_call =
                ["error", "warning", "folder"].iter().any(|call| before.ends_with(call)) && !path.starts_with("emit/");
            let is_pair = before.ends_with('(') && after.starts_with(", format!");
            if is_word && (is_call || is_pair || (before.ends_with("|| ") && after.starts_with(", format!"))) {
                codes.insert(code.to_owned());
            }
        }
    }
    assert!(codes.len() > 40, "the search for codes is broken: {codes:?}");
    codes
}

fn two_mistakes() -> (Sources, Diagnostics) {
    let text = std::fs::read_to_string(shared::folder("diag/two-files-at-once/case.yaml")).unwrap();
    let sources = sources(&serde_yaml::from_str(&text).unwrap()).unwrap();
    let found = check(&sources);
    (sources, found)
}

#[test]
fn machines_get_the_same_as_json() {
    let (sources, found) = two_mistakes();
    let json = found.to_json(&sources, "spec");
    if let Err(why) = shared::compare_file(&shared::folder("diag/two-files-at-once/expected.json"), &json) {
        panic!("{why}");
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let (sources, found) = two_mistakes();
    let coloured = found.render(&sources, "spec", true);
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    for (at, part) in coloured.split("\u{1b}[").enumerate() {
        plain.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(plain, found.render(&sources, "spec", false));
}

/// What the README shows of a mistake is what one is told.
#[test]
fn the_mistake_of_the_readme_is_told_so() {
    const FILE: &str = "dcs/set-online-migration-task.yaml";
    let mut files = shared::files(&shared::repository().join("spec"));
    let text = String::from_utf8(files[FILE].clone()).unwrap();
    let wrong = text.replace("type: ResumeMode,", "type: ResumeMod,");
    assert_ne!(wrong, text);
    files.insert(FILE.to_owned(), wrong.into_bytes());
    let sources: Sources = files.into_iter().collect();
    let told = check(&sources).render(&sources, "spec", false);
    let first = told.split("\n\n").next().unwrap();
    let readme = std::fs::read_to_string(shared::repository().join("README.md")).unwrap();
    assert!(readme.contains(&format!("```text\n{first}\n```")), "README.md should show\n\n{first}");
}
