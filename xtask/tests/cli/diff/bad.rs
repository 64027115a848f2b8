//! What cannot be compared: which of the two, why, and what to do.

use super::OPERATION;
use crate::support::Place;

#[test]
fn a_base_that_is_none() {
    let place = Place::committed();
    let run =
        place.diff(&["v9.9.9"]).ends_with(2).warns("`v9.9.9` is neither a folder nor a revision of this repository");
    run.warns("help: ").warns("git fetch --tags");
    place.diff(&["HEAD:specs"]).ends_with(2).warns("the revision `HEAD` has no folder `specs`");
    place.diff(&["HEAD:spec/spec.yaml"]).ends_with(2).warns("has no folder `spec/spec.yaml`");
    let run = place.diff(&["HEAD:"]).ends_with(2).warns("is no spec: there is no `spec.yaml` in it");
    run.warns("help: did you mean its folder `spec`?");
    let run = place.diff(&["spec/svc000"]).ends_with(2).warns("`spec/svc000` is no spec");
    run.warns("help: name the folder that `spec.yaml` is in");
    place.diff(&["spec/spec.yaml"]).ends_with(2).warns("`spec/spec.yaml` is a file");
    for range in ["HEAD~1..HEAD", "HEAD~1...HEAD"] {
        place.diff(&[range]).ends_with(2).warns("is a range").warns("write `cargo xtask diff HEAD~1 HEAD`");
    }
    place.diff(&["spec/../nope"]).ends_with(2).warns("is neither a folder nor a revision");
    place.diff(&["HEAD", "--", "--upload-pack=x"]).ends_with(2).warns("is neither a folder nor a revision");
    place.diff(&["--output=x"]).ends_with(2);

    let bare = Place::with_spec();
    let run = bare
        .diff(&[])
        .ends_with(2)
        .warns("`HEAD` is no folder, and no git repository at `")
        .warns("not a git repository");
    run.warns("cargo xtask diff OLD NEW");
    bare.diff(&["spec", "spec"]).ends_with(0).says("0 changes");
}

#[test]
fn a_spec_that_cannot_be_read_says_which_and_why() {
    let place = Place::committed();
    place.edit(OPERATION, "idempotent: true", "idempotent: perhaps");
    place.git(&["commit", "--quiet", "-am", "broken"]);
    place.edit(OPERATION, "idempotent: perhaps", "idempotent: true");
    let run = place.diff(&[]).ends_with(2).warns("error[wrong-type]").warns("spec/svc000/update-thing00001.yaml:5:13");
    run.warns("error: `HEAD:spec (").warns(")` cannot be read\nhelp: mend what is named above");
    let run = place.diff(&["v0.1.0", "HEAD"]).ends_with(2).warns("error: `HEAD:spec (");
    assert!(!run.err().contains("error: `v0.1.0"));
    // Both: all mistakes come out in one run.
    place.edit(OPERATION, "length: [8, 64]", "lenght: [8, 64]");
    place.diff(&[]).ends_with(2).warns("perhaps").warns("did you mean `length`?").warns("error: `spec` cannot be read");
}

#[test]
fn a_base_in_another_grammar_is_told_so() {
    let place = Place::committed();
    place.write("spec/schema.json", "{\"title\": \"of an older grammar\"}\n");
    place.edit(OPERATION, "idempotent: true", "repeatable: true");
    place.git(&["commit", "--quiet", "-am", "old grammar"]);
    place.write("spec/schema.json", &migration_codegen::schema());
    place.edit(OPERATION, "repeatable: true", "idempotent: true");
    place.git(&["commit", "--quiet", "-am", "new grammar"]);
    let run = place.diff(&["HEAD~1"]).ends_with(2).warns("unknown key `repeatable`");
    run.warns("was written in another grammar: its `schema.json` is not that of this program")
        .warns("git worktree add ../old ")
        .warns("or take a later base: the grammar is what it is since ");
    // As long as it can be read, another schema does not matter.
    place.diff(&["v0.1.0"]).ends_with(0).says("0 changes");
}

#[test]
fn a_spec_of_another_project_is_told_so() {
    let place = Place::with_spec();
    for (file, from, to) in
        [("spec.yaml", "package: synthetic", "package: other"), ("svc000/service.yaml", "svc000", "elsewhere")]
    {
        place.write(
            &format!("theirs/{}", file.replace("svc000", "elsewhere")),
            &place.read(&format!("spec/{file}")).replace(from, to),
        );
    }
    for file in ["types.yaml", "update-thing00000.yaml"] {
        place.write(&format!("theirs/elsewhere/{file}"), &place.read(&format!("spec/svc000/{file}")));
    }
    let run = place.diff(&["theirs", "spec"]).ends_with(2).warns("`theirs` is the spec of another project than `spec`");
    run.warns("package `other` with the services `elsewhere`; package `synthetic` with the services `svc000`")
        .warns("help: ");
}

#[cfg(unix)]
#[test]
fn links_in_a_revision_are_no_files() {
    let place = Place::committed();
    std::os::unix::fs::symlink("types.yaml", place.path("spec/svc000/link.yaml")).unwrap();
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "-m", "link"]);
    place.diff(&[]).ends_with(2).warns("`svc000/link.yaml` of that revision is a link");
}
