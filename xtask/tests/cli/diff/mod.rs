//! `diff`.

mod bad;
mod browser;
mod readme;

use std::process::Command;

use crate::support::{Place, Run};

const OPERATION: &str = "spec/svc000/update-thing00001.yaml";
const LIMIT: (&str, &str) = ("length: [8, 64]", "length: [9, 64]");

impl Place {
    /// Runs git in this folder, whoever runs the tests.
    pub(crate) fn git(&self, args: &[&str]) {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        command.args(identity).args(args).current_dir(self.path(""));
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(name);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// A repository whose spec is committed and tagged `v0.1.0`.
    fn committed() -> Self {
        let place = Self::with_spec();
        place.git(&["init", "--quiet", "--initial-branch", "main"]);
        place.write("spec/schema.json", &migration_codegen::schema());
        place.git(&["add", "."]);
        place.git(&["commit", "--quiet", "-m", "first"]);
        place.git(&["tag", "v0.1.0"]);
        place
    }

    fn diff(&self, args: &[&str]) -> Run {
        let root = self.path("");
        self.run(&[&["diff", "--root", root.to_str().unwrap()], args].concat())
    }
}

#[test]
fn what_is_committed_is_compared_with_what_is_there() {
    let place = Place::committed();
    place.diff(&[]).ends_with(0).says("HEAD:spec (").says(" → spec: 0 changes").says("No release is needed");
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    let run = place.diff(&[]).ends_with(0).says("1 change: 1 error");
    run.says("1 makes the checks refuse more: svc000: UpdateThing00001 body.password length\n")
        .says("svc000: UpdateThing00001\n! error request-limit-tightened: body.password length\n    [8, 64] → [9, 64]")
        .says("WIRE BREAKS, Rust patch, CHECKS: STARTS REFUSING; spec/svc000/update-thing00001.yaml:")
        .says("A minor change (there is something new, or the checks refuse more) demands 0.1.1 or higher.")
        .says("not far enough: write `version: 0.1.1` in spec.yaml");
    place.edit("spec/spec.yaml", "version: 0.1.0", "version: 0.1.1");
    place.diff(&[]).ends_with(0).says("The version is 0.1.1 after 0.1.0: that is far enough.");
}

#[test]
fn revisions_and_folders_are_compared_without_a_checkout() {
    let place = Place::committed();
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    place.git(&["commit", "--quiet", "-am", "second"]);
    place.edit(OPERATION, LIMIT.1, "length: [10, 64]");
    let before = place.snapshot("spec");
    for base in ["v0.1.0", "v0.1.0:spec", "HEAD~1", "main~1:spec/", "HEAD^"] {
        place.diff(&[base]).says("[8, 64] → [10, 64]");
    }
    place.diff(&[]).says("[9, 64] → [10, 64]");
    place.diff(&["v0.1.0", "HEAD"]).says("v0.1.0:spec (").says("→ HEAD:spec (").says("[8, 64] → [9, 64]");
    place.diff(&["HEAD", "v0.1.0:spec"]).says("[9, 64] → [8, 64]").says("request-limit-loosened");
    place.write("other/spec.yaml", &place.read("spec/spec.yaml"));
    for file in
        ["service.yaml", "types.yaml", "update-thing00000.yaml", "update-thing00001.yaml", "update-thing00002.yaml"]
    {
        place.write(&format!("other/svc000/{file}"), &place.read(&format!("spec/svc000/{file}")));
    }
    place.diff(&["other", "v0.1.0"]).says("other → v0.1.0:spec (").says("[10, 64] → [8, 64]");
    place.diff(&["other"]).says("0 changes");
    assert_eq!(place.snapshot("spec"), before);
}

#[test]
fn exit_codes_are_those_asked_for() {
    let place = Place::committed();
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    for (level, code) in [("never", 0), ("error", 1), ("warning", 1)] {
        place.diff(&["--fail-on", level]).ends_with(code);
    }
    place.edit(OPERATION, LIMIT.1, LIMIT.0);
    place.edit(OPERATION, "length: [0, 255], doc: What", "length: [0, 255], default: none, doc: What");
    for (level, code) in [("never", 0), ("error", 0), ("warning", 1)] {
        place.diff(&["--fail-on", level]).ends_with(code).says("request-default-added");
    }
}

#[test]
fn a_review_accepts_a_change() {
    let place = Place::committed();
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    let json = place.diff(&["--format", "json"]).out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let print = json["changes"][0]["fingerprint"].as_str().unwrap();
    assert_eq!((&json["version"]["bump"], &json["version"]["enough"]), (&"minor".into(), &false.into()));
    let accepted = |print: &str| {
        format!(
            "# yaml-language-server: $schema=schema.json\naccepted:\n  - fingerprint: {print}\n    cause: transcription\n    reason: The page says nine.\n"
        )
    };
    place.write("spec/accepted.yaml", &accepted(print));
    let run = place.diff(&["--fail-on", "error"]).ends_with(0).says("0 changes; 1 accepted");
    // That it is meant does not mend it.
    run.says("demands 0.1.1");
    place.diff(&["--accepted"]).says("accepted (transcription): The page says nine.");
    place.run(&["check", "--spec", "spec"]).ends_with(0).says("3 operations");

    place.write("spec/accepted.yaml", &accepted("0000000000000000"));
    let run = place.diff(&["--fail-on", "error"]).ends_with(1).says("1 change: 1 error");
    run.warns("warning: spec/accepted.yaml:3 accepts the change 0000000000000000, which is not there");
    place.diff(&["--format", "markdown"]).says("names changes that are not there: `0000000000000000`");

    place.write("spec/accepted.yaml", &accepted("12345").replace("cause", "couse"));
    let run = place.diff(&[]).ends_with(2).warns("`12345` is not the fingerprint of a change");
    run.warns("unknown key `couse`").warns("did you mean `cause`?").warns("error: `spec` cannot be read");
}

#[test]
fn formats_for_people_and_machines() {
    let place = Place::committed();
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    place.edit(OPERATION, "doc: What it is for.", "doc: <b>What</b> | it is for.");
    let run = place.diff(&["--format", "markdown"]).says("⛔ A minor change");
    run.says(
        "| 🔴 | body.password length<br><sub>spec/svc000/update-thing00001.yaml:17</sub> | `[8, 64]` | `[9, 64]` |",
    )
    .says("<br>**wire breaks** · **checks: starts refusing** · <sub>Rust patch · ")
    .says("- 1 makes the checks refuse more: svc000: UpdateThing00001 body.password length\n")
    .says("<details><summary>1 change that callers do not notice</summary>")
    .says(r"`<b>What</b> \| it is for.`");
    let run = place.diff(&["--format", "github"]);
    run.says("::error file=spec/svc000/update-thing00001.yaml,line=17,title=request-limit-tightened::svc000: UpdateThing00001 body.password length%0A[8, 64] → [9, 64]%0A")
        .says("::notice file=spec/svc000/update-thing00001.yaml,line=15,title=doc-changed::")
        .says("::warning title=version::A minor change");
    let run = place
        .diff(&["--format", "html"])
        .says("<!DOCTYPE html>")
        .says("&lt;b&gt;What&lt;/b&gt; |</mark> it is for.")
        .says("<span class=\"chip loud\">checks: starts refusing</span>");
    assert!(!run.out().contains("<b>") && !run.out().contains("http://") && !run.out().contains("https://"));
    let json: serde_json::Value = serde_json::from_str(&place.diff(&["--format", "json"]).out()).unwrap();
    let change = &json["changes"][0];
    assert_eq!(
        (&change["rule"], &change["place"], &change["fact"]),
        (&"request-limit-tightened".into(), &"body.password".into(), &"length".into())
    );
    assert_eq!(change["revision"]["line"].as_u64(), Some(17));
    assert_eq!(
        (&change["wire"], &change["rust"], &change["checks"]),
        (&"breaks".into(), &"patch".into(), &"starts refusing".into())
    );
}

#[test]
fn what_breaks_somebody_is_no_small_print_whatever_its_level() {
    let place = Place::committed();
    place.edit(OPERATION, "doc: What it is for.", "doc: What for.");
    let run = place.diff(&[]).ends_with(0).says("  info doc-changed");
    assert!(!run.out().contains('!'), "{}", run.out());
    place.edit(OPERATION, "name: {need: required", "name: {need: optional");
    let run = place.diff(&[]).ends_with(0).says("! info request-became-optional: body.name need");
    run.says("wire compatible, RUST MAJOR, checks: stops refusing")
        .says("  1 keeps old code from compiling: svc000: UpdateThing00001 body.name need\n");
    place.diff(&["--format", "markdown"]).says("<br>**Rust major** · <sub>wire compatible · checks: stops refusing · ");
    place.diff(&["--format", "html"]).says("<span class=\"chip loud\">Rust major</span>");
}

#[test]
fn what_is_gone_stands_where_it_was() {
    let place = Place::committed();
    place.edit(OPERATION, "      discard: Discard it.\n", "");
    let run = place.diff(&[]).says("! error request-enum-value-removed: `discard`");
    run.says(&format!("; formerly {OPERATION}:"));
    place.diff(&["--format", "markdown"]).says(&format!("<br><sub>formerly {OPERATION}:"));
    // A mistake of the revision is named by a command that finds it.
    place.edit(OPERATION, "doc: What it is for.}", "doc: What it is for., default: 7}");
    place.diff(&[]).says("The revision has 1 mistake, which `cargo xtask check` names.");
    place.git(&["mv", "spec", "elsewhere"]);
    place.diff(&["HEAD", "elsewhere"]).says("which `cargo xtask check --spec elsewhere` names.");
}

#[test]
fn one_operation_at_a_time() {
    let place = Place::committed();
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    place.edit("spec/svc000/types.yaml", "length: [0, 9], ", "");
    place
        .diff(&["--operation", "UpdateThing00001"])
        .ends_with(0)
        .says("2 changes")
        .says("type SharedError (reaches 3 operations");
    place.diff(&["--operation", "UpdateThing00002"]).ends_with(0).says("1 change: 1 info");
    place.diff(&["--operation", "update-thing00002"]).ends_with(2).warns("did you mean `UpdateThing00002`?");
}

#[test]
fn rules_are_explained() {
    let place = Place::empty();
    place.run(&["diff", "--rules"]).ends_with(0).says("request-limit-tightened").says("starts refusing");
    let run = place.run(&["diff", "--explain", "response-field-added"]).ends_with(0);
    run.says("backwards   `response-field-removed`").says("one way     requests tell required fields from others");
    place.run(&["diff", "--explain", "operation-add"]).ends_with(2).warns("did you mean `operation-added`?");
}

#[test]
fn ci_demands_a_version_as_high_as_the_changes_do() {
    let place = Place::committed();
    let root = place.path("");
    let ci = |place: &Place| place.run(&["ci", "version", "--root", root.to_str().unwrap()]);
    ci(&place).ends_with(0).warns("== version: good");
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    place.git(&["commit", "--quiet", "-am", "limit"]);
    let run = ci(&place).ends_with(1).warns("== version: FAILED").warns("since v0.1.0: A minor change");
    run.warns("write `version: 0.1.1` in spec.yaml").warns("`cargo xtask diff v0.1.0` shows the changes");
    place.edit("spec/spec.yaml", "version: 0.1.0", "version: 0.1.1");
    ci(&place).ends_with(0).warns("== version: good");
    // The version of a release that was not tagged by its version does not matter.
    place.git(&["tag", "-d", "v0.1.0"]);
    place.git(&["tag", "nightly"]);
    ci(&place).ends_with(0).warns("== version: SKIPPED").warns("no release is tagged yet");
    std::fs::remove_dir_all(place.path(".git")).unwrap();
    ci(&place).ends_with(0).warns("== version: SKIPPED").warns("no git repository knows the last release");
}
