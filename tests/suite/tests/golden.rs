//! Each `golden/<case>/spec` generates exactly `golden/<case>/out`; all of that compiles, and its documented examples pass its checks;
//! what a case has in `run` passes with it.

#![allow(clippy::unwrap_used, reason = "this is how tests fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use migration_codegen::{Sources, generate, synthetic};
use migration_tests as shared;

/// Too few cases found means that the search is wrong, not that all is well.
const CASES: usize = 12;

fn outputs(name: &str, sources: &Sources) -> Result<migration_codegen::Outputs, String> {
    let outputs =
        generate(sources).map_err(|found| format!("{name} is not valid:\n{}", found.render(sources, name, false)))?;
    if outputs.warnings().is_empty() {
        Ok(outputs)
    } else {
        Err(format!("{name} warns:\n{}", outputs.warnings().render(sources, name, false)))
    }
}

#[test]
fn golden_specs_generate_what_is_committed() {
    let cases = shared::folders(&shared::folder("golden"));
    assert!(cases.len() >= CASES, "only {} cases found", cases.len());
    let mut problems = Vec::new();
    for case in cases {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let result = outputs(&name, &shared::sources(&case.join("spec"))).and_then(|outputs| {
            shared::compare_folder(&case.join("out"), outputs.files()).map_err(|why| format!("{name}:\n{why}"))
        });
        problems.extend(result.err());
    }
    shared::report(&problems);
}

/// A crate to compile: its files by path, and its features that are services.
struct Package {
    name: String,
    files: BTreeMap<String, String>,
    services: Vec<String>,
}

impl Package {
    fn new(name: &str, mut files: BTreeMap<String, String>) -> Self {
        let runtime = shared::repository().join("runtime").canonicalize().unwrap();
        let runtime = format!("path = {:?}", runtime.to_str().unwrap());
        let manifest = &files["Cargo.toml"];
        let old = manifest.lines().find_map(|line| line.strip_prefix("name = ")).unwrap().trim_matches('"');
        // The package is renamed, the library is not: its tests and examples name it.
        let new = manifest
            .replacen(&format!("name = \"{old}\""), &format!("name = \"case-{name}\""), 1)
            .replacen("[features]", &format!("[lib]\nname = \"{}\"\n\n[features]", old.replace('-', "_")), 1)
            .replace("path = \"../runtime\"", &runtime);
        assert!(new.contains(&runtime), "the path of the runtime was not found in\n{manifest}");
        let services: Vec<String> = manifest
            .split("# A feature per service.\n")
            .nth(1)
            .unwrap()
            .lines()
            .map_while(|line| line.strip_suffix(" = []"))
            .map(str::to_owned)
            .collect();
        files.insert("Cargo.toml".to_owned(), new);
        Self { name: format!("case-{name}"), files, services }
    }
}

/// Generated here, not read: when blessing, the committed files may just be written.
fn packages() -> Vec<Package> {
    let mut specs: Vec<(String, Sources)> = shared::folders(&shared::folder("golden"))
        .into_iter()
        .map(|case| (case.file_name().unwrap().to_string_lossy().into_owned(), shared::sources(&case.join("spec"))))
        .collect();
    specs.push(("synthetic".to_owned(), synthetic::spec(3)));
    let package = |(name, sources): (String, Sources)| {
        let outputs = outputs(&name, &sources).unwrap();
        let written = shared::files(&shared::folder("golden").join(&name).join("run"));
        let written =
            written.into_iter().map(|(path, text)| (format!("tests/{path}"), String::from_utf8(text).unwrap()));
        let files = outputs.files().map(|(path, text)| (path.to_owned(), text.to_owned()));
        Package::new(&name, files.chain(written).collect())
    };
    specs.into_iter().map(package).collect()
}

/// One workspace of all packages, below the target folder.
fn workspace(packages: &[Package]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    let names: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(names.len(), packages.len());
    for package in packages {
        shared::make_folder(&root.join(&package.name), &package.files);
    }
    let members: Vec<&str> = names.into_iter().collect();
    fs::write(root.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n")).unwrap();
    // The versions that this repository is tested with, all of them downloaded by now.
    let lock = shared::repository().join("Cargo.lock");
    if lock.exists() {
        fs::copy(lock, root.join("Cargo.lock")).unwrap();
    }
    root
}

fn cargo(root: &Path, command: &[&str], features: &[String]) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(command)
        .args(["--offline", "--quiet", "--workspace", "--no-default-features", "--features"])
        .arg(features.join(","))
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .unwrap();
    let (out, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(
        output.status.success() && !told.contains("warning"),
        "cargo {command:?} with {features:?}:\n{told}\n{out}"
    );
}

#[test]
fn golden_outputs_compile_and_their_examples_are_valid() {
    let packages = packages();
    assert!(packages.len() > CASES);
    let root = workspace(&packages);
    let services: Vec<String> = packages
        .iter()
        .flat_map(|package| package.services.iter().map(move |service| format!("{}/{service}", package.name)))
        .collect();
    assert!(services.len() >= packages.len(), "{services:?}");
    let client = packages.iter().map(|package| format!("{}/client", package.name));
    let with_client: Vec<String> = services.iter().cloned().chain(client).collect();
    cargo(&root, &["check", "--all-targets"], &services);
    cargo(&root, &["check", "--all-targets"], &with_client);
    cargo(&root, &["test", "--test", "documented", "--test", "filled"], &services);
    // What a case has in `run`: how the generated crate is used.
    cargo(&root, &["test", "--test", "calls"], &with_client);
}
