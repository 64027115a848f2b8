//! What `generate` does to a repository beside the crate.

use std::fs;

use crate::support::{Place, Run};

const README: &str = "# Title\n\n<!-- operations:begin -->\n<!-- operations:end -->\n\nThe end.\n";

fn generate(place: &Place, more: &[&str]) -> Run {
    let root = place.path("").display().to_string();
    place.run(&[&["generate", "--root", &root], more].concat())
}

#[test]
fn readme_and_schema_follow_the_spec() {
    let place = Place::with_spec();
    place.write("README.md", README);
    generate(&place, &["--check"])
        .ends_with(1)
        .says("missing: spec/schema.json")
        .says("changed: README.md")
        .says("missing: generated/src/lib.rs");
    generate(&place, &[]).ends_with(0).says("generated: ");
    let readme = place.read("README.md");
    assert!(readme.starts_with("# Title\n\n<!-- operations:begin -->\n| Service |"), "{readme}");
    assert!(readme.ends_with("\n<!-- operations:end -->\n\nThe end.\n"), "{readme}");
    assert!(readme.contains("`UpdateThing00002`"), "{readme}");
    assert!(place.read("spec/schema.json").contains("http://json-schema.org/draft-07/schema#"));
    generate(&place, &["--check"]).ends_with(0);

    place.edit("README.md", "`UpdateThing00002`", "`Outdated`");
    generate(&place, &["--check"])
        .ends_with(1)
        .says("changed: README.md")
        .says("-| svc000 | `Outdated`")
        .warns("run `cargo xtask generate`");
    generate(&place, &[]).ends_with(0).says("generated: 1 written");
    assert_eq!(place.read("README.md"), readme);
}

#[test]
fn a_readme_without_markers_stops_everything() {
    let place = Place::with_spec();
    generate(&place, &[]).ends_with(2).warns("README.md");
    place.write("README.md", "# Title\n");
    generate(&place, &[]).ends_with(2).warns("README.md has no line `<!-- operations:begin -->`");
    assert!(!place.exists("generated"));
    assert!(!place.exists("spec/schema.json"));
}

#[test]
fn only_the_repositorys_own_crate_changes_them() {
    let place = Place::with_spec();
    place.write("README.md", README);
    generate(&place, &["--out", "elsewhere"]).ends_with(0);
    assert_eq!(place.read("README.md"), README);
    assert!(!place.exists("spec/schema.json"));
    // However the folders are named.
    generate(&place, &["--spec", "./spec", "--out", "spec/../generated"]).ends_with(0);
    assert!(place.exists("spec/schema.json"));
}

#[test]
fn generated_is_wholly_ours() {
    let place = Place::with_spec();
    place.write("README.md", README);
    generate(&place, &[]).ends_with(0);
    place.write("generated/notes.txt", "");
    generate(&place, &[]).ends_with(0).warns("wholly generated: remove it");
    generate(&place, &["--check"]).ends_with(1).says("stray: generated/notes.txt");
    fs::remove_file(place.path("generated/notes.txt")).unwrap();

    // A file that a merge brought, before the list knows it.
    place.edit("generated/.generated", "src/lib.rs\n", "");
    place.edit("generated/src/lib.rs", "//!", "//");
    generate(&place, &[]).ends_with(0);
    generate(&place, &["--check"]).ends_with(0);
}
