//! The verdict on Rust against the compiler: code written against the base's crate compiles against the revision's unless the verdict
//! is major, and code written against the revision's compiles against the base's unless the mirror's is.
//!
//! `path-params-reordered` is major although the compiler is content: it cannot tell two texts apart that swap places. So it has no
//! program here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use migration_codegen::diff::{Bump, Rule, rule};
use migration_codegen::{Sources, generate};
use migration_tests as shared;

use crate::support::{Case, cases};

/// One program against one crate.
struct Trial {
    name: String,
    /// The crate it is compiled against.
    against: String,
    code: String,
    what: String,
    compiles: bool,
    /// Whether the compiler must warn of something deprecated, where that is the question.
    warns: Option<bool>,
}

impl Trial {
    fn module(&self) -> String {
        format!(
            "use {} as vault_client;\nuse vault_client::{{Operation, store::*}};\npub fn program() {{\n{}\n}}\n",
            self.against.replace('-', "_"),
            self.code
        )
    }
}

/// The files of a generated crate as a package of that name, whose library is called as ever.
fn package(name: &str, sources: &Sources) -> BTreeMap<String, String> {
    let outputs = generate(sources).unwrap();
    let runtime = shared::repository().join("runtime").canonicalize().unwrap();
    let mut files: BTreeMap<String, String> = outputs
        .files()
        .filter(|(path, _)| !path.starts_with("tests/"))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    let manifest = files["Cargo.toml"]
        .lines()
        .map(|line| if line.starts_with("name = ") { format!("name = \"{name}\"") } else { line.to_owned() })
        .collect::<Vec<_>>()
        .join("\n")
        .replace("path = \"../runtime\"", &format!("path = {:?}", runtime.to_str().unwrap()));
    files.insert("Cargo.toml".to_owned(), manifest);
    files
}

/// The features that are services.
fn services(sources: &Sources) -> String {
    let services: BTreeSet<&str> =
        sources.iter().filter_map(|(path, _)| path.split_once('/')).map(|(folder, _)| folder).collect();
    services.into_iter().map(|service| format!("{service:?}")).collect::<Vec<_>>().join(", ")
}

/// A package of programs, each a module of its own.
fn programs(name: &str, trials: &[&Trial], features: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let crates: BTreeSet<&String> = trials.iter().map(|trial| &trial.against).collect();
    let mut manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n[dependencies]\n"
    );
    for against in crates {
        let features = &features[against];
        manifest.push_str(&format!(
            "{against} = {{ path = \"../{against}\", default-features = false, features = [{features}] }}\n"
        ));
    }
    let mut lib = "#![allow(unused)]\n".to_owned();
    let mut files = BTreeMap::from([("Cargo.toml".to_owned(), manifest)]);
    for trial in trials {
        lib.push_str(&format!("mod {};\n", trial.name));
        files.insert(format!("{}.rs", trial.name), trial.module());
    }
    files.insert("lib.rs".to_owned(), lib);
    files
}

/// What the compiler says of each program: whether it refuses it, and whether it warns of something deprecated.
fn check(root: &Path) -> BTreeMap<String, (bool, bool)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["check", "--offline", "--quiet", "--workspace", "--keep-going", "--message-format", "json"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden/target"))
        .output()
        .unwrap();
    let mut said: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        for span in message["message"]["spans"].as_array().into_iter().flatten() {
            let file = Path::new(span["file_name"].as_str().unwrap()).file_stem().unwrap().to_str().unwrap();
            let entry = said.entry(file.to_owned()).or_default();
            entry.0 |= message["message"]["level"] == "error";
            entry.1 |= message["message"]["code"]["code"] == "deprecated";
        }
    }
    // Without a word of the compiler, it was Cargo that failed.
    assert!(output.status.success() || !said.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn trials(at: usize, case: &Case, base: &str) -> Vec<Trial> {
    let (new, forth) = (format!("new-{at}"), rule(&case.rule).unwrap());
    let back = rule(forth.mirror).unwrap();
    let mut trials = Vec::new();
    let mut add =
        |suffix: &str, against: &str, code: Option<&String>, against_rule: Option<&Rule>, warns: Option<bool>| {
            let Some(code) = code.cloned() else { return };
            let compiles = against_rule.is_none_or(|rule| rule.rust != Bump::Major);
            let name = format!("case_{at}_{suffix}");
            let what = format!("{}, {suffix}", forth.id);
            trials.push(Trial { name, against: against.to_owned(), code, what, compiles, warns });
        };
    let marks = |id: &str| id.ends_with("-deprecated") && id != "operation-removed-deprecated";
    // A new mark is a warning on the new crate, and none on the old one.
    let (on_new, on_old) = match (marks(forth.id), marks(back.id)) {
        (true, _) => (Some(true), Some(false)),
        (_, true) => (Some(false), Some(true)),
        _ => (None, None),
    };
    let (consumer, newcomer) = (case.consumer.as_ref(), case.newcomer.as_ref());
    add("consumer_at_home", base, consumer, None, on_old);
    add("consumer_after_the_change", &new, consumer, Some(forth), on_new);
    add("newcomer_at_home", &new, newcomer, None, on_new);
    add("newcomer_before_the_change", base, newcomer, Some(back), on_old);
    trials
}

#[test]
fn verdicts_on_rust_are_those_of_the_compiler() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff");
    let (mut members, mut features) = (BTreeSet::new(), BTreeMap::new());
    let mut all: Vec<Trial> = Vec::new();
    for (at, case) in cases().iter().enumerate().filter(|(_, case)| case.consumer.is_some()) {
        let (old, new) = case.specs().unwrap();
        // Most cases begin with the same base.
        let base = if case.before.is_empty() { "base".to_owned() } else { format!("old-{at}") };
        for (name, sources) in [(&base, &old), (&format!("new-{at}"), &new)] {
            if members.insert(name.clone()) {
                shared::make_folder(&root.join(name), &package(name, sources));
                features.insert(name.clone(), services(sources));
            }
        }
        all.extend(trials(at, case, &base));
    }
    // What must compile does so together; a mistake in what must not would hide those of others.
    let (good, bad): (Vec<&Trial>, Vec<&Trial>) = all.iter().partition(|trial| trial.compiles);
    let packages = std::iter::once(("good".to_owned(), good.clone()));
    let packages = packages.chain(bad.iter().map(|trial| (trial.name.replace('_', "-"), vec![*trial])));
    for (name, trials) in packages {
        shared::make_folder(&root.join(&name), &programs(&name, &trials, &features));
        members.insert(name);
    }
    let list: Vec<&String> = members.iter().collect();
    fs::write(root.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {list:?}\n")).unwrap();
    fs::copy(shared::repository().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let said = check(&root);
    let mut problems = Vec::new();
    for trial in &all {
        let (refused, warned) = said.get(&trial.name).copied().unwrap_or_default();
        if refused == trial.compiles {
            let what = if refused { "does not compile" } else { "compiles" };
            problems.push(format!("{} {what}:\n{}", trial.what, trial.code));
        } else if trial.warns.is_some_and(|warns| warns != warned) {
            problems.push(format!("{}: a warning of deprecated things is {warned}:\n{}", trial.what, trial.code));
        }
    }
    shared::report(&problems);
    // A search that finds nothing proves nothing.
    assert!(bad.len() > 30 && good.len() > 80, "{} are refused, {} not", bad.len(), good.len());
}
