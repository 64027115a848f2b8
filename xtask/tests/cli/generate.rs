//! `generate` and `generate --check`.

use std::fs;

use crate::support::Place;

const OPERATION: &str = "spec/svc000/update-thing00001.yaml";
const MODULE: &str = "out/src/svc000/update_thing00001.rs";
const MISTAKE: (&str, &str) = ("idempotent: true", "idempotent: perhaps");

#[test]
fn deleting_and_generating_gives_every_byte_back() {
    let place = Place::generated();
    let bytes =
        |place: &Place| place.snapshot("out").into_iter().map(|(path, (_, bytes))| (path, bytes)).collect::<Vec<_>>();
    let before = bytes(&place);
    assert!(place.read("out/.generated").contains("\nsrc/lib.rs\n"));
    fs::remove_dir_all(place.path("out")).unwrap();
    place.generate(&[]).ends_with(0);
    assert_eq!(bytes(&place), before);
}

#[test]
fn a_run_that_changes_nothing_writes_nothing() {
    let place = Place::generated();
    let before = place.snapshot("out");
    place.generate(&[]).ends_with(0).says("out: 0 written, 0 deleted");
    assert_eq!(place.snapshot("out"), before);
    place.generate(&["--check"]).ends_with(0).says("as the spec says");
    assert_eq!(place.snapshot("out"), before);
}

#[test]
fn only_changed_files_are_written() {
    let place = Place::generated();
    let before = place.snapshot("out");
    place.edit(OPERATION, "length: [8, 64]", "length: [9, 64]");
    place.generate(&[]).ends_with(0).says("out: 1 written, 0 deleted");
    let after = place.snapshot("out");
    let changed: Vec<_> =
        after.iter().filter(|(path, file)| before.get(*path) != Some(file)).map(|(path, _)| path.clone()).collect();
    assert_eq!(changed, [place.path(MODULE)]);
}

#[test]
fn check_shows_a_diff_and_names_the_command() {
    let place = Place::generated();
    place.edit(OPERATION, "length: [8, 64]", "length: [9, 64]");
    let before = place.snapshot("out");
    let run =
        place.generate(&["--check"]).ends_with(1).says(&format!("changed: {MODULE}\n--- ")).says("\n@@ ").says("\n+");
    let run = run.says("1 file not as the spec says: 1 changed, 0 missing, 0 stray");
    run.warns("error: `out` is stale").warns("run `cargo xtask generate --spec spec --out out`");
    assert_eq!(place.snapshot("out"), before);
}

#[test]
fn check_finds_missing_files() {
    let place = Place::generated();
    fs::remove_file(place.path(MODULE)).unwrap();
    place
        .generate(&["--check"])
        .ends_with(1)
        .says(&format!("missing: {MODULE}\n"))
        .says("0 changed, 1 missing, 0 stray");
    assert!(!place.exists(MODULE));

    let nothing = Place::with_spec();
    nothing.generate(&["--check"]).ends_with(1).says("missing: out/.generated").says("more lines of out/src/");
    assert!(!nothing.exists("out"));
}

#[test]
fn long_diffs_are_cut() {
    let place = Place::empty();
    place.run(&["synthesize", "120", "spec"]).ends_with(0);
    let run = place.generate(&["--check"]).ends_with(1);
    let lines = run.out().lines().count();
    assert!((1_000..1_200).contains(&lines), "{lines}");
}

#[test]
fn what_was_generated_once_is_deleted() {
    let place = Place::generated();
    fs::remove_file(place.path(OPERATION)).unwrap();
    place.generate(&["--check"]).ends_with(1).says(&format!("stray: {MODULE}\n")).says("changed: out/.generated");
    place.generate(&[]).ends_with(0).says("1 deleted");
    assert!(!place.exists(MODULE));
    place.generate(&["--check"]).ends_with(0);
}

#[test]
fn folders_left_empty_go_too() {
    let place = Place::empty();
    place.run(&["synthesize", "101", "spec"]).ends_with(0);
    place.generate(&[]).ends_with(0);
    assert!(place.exists("out/src/svc001"));
    fs::remove_dir_all(place.path("spec/svc001")).unwrap();
    place.generate(&[]).ends_with(0);
    assert!(!place.exists("out/src/svc001"));
}

#[test]
fn strays_are_named_and_left_alone() {
    let place = Place::generated();
    place.write("out/src/mine.rs", "// mine\n");
    place.generate(&["--check"]).ends_with(1).says("stray: out/src/mine.rs").says("1 stray").warns("remove by hand");
    place.generate(&[]).ends_with(0).warns("warning: `out/src/mine.rs` is a stray");
    assert_eq!(place.read("out/src/mine.rs"), "// mine\n");
}

#[test]
fn what_cargo_and_editors_leave_is_no_stray() {
    let place = Place::generated();
    for path in ["target/debug/x", "Cargo.lock", "src/lib.rs~", "src/.lib.rs.swp"] {
        place.write(&format!("out/{path}"), "");
    }
    place.generate(&["--check"]).ends_with(0);
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let place = Place::with_spec();
    place.write("out/thesis.txt", "years of work");
    for more in [&[][..], &["--check"]] {
        let run = place.generate(more).ends_with(2).warns("`out` is not empty and has no `.generated`");
        run.warns("name an empty folder with `--out DIR`");
    }
    assert_eq!(place.snapshot("out").len(), 1);
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let place = Place::generated();
    place.edit("out/.generated", "src/lib.rs\n", "");
    place.write("out/src/lib.rs", "// mine\n");
    place.generate(&[]).ends_with(2).warns("`out/src/lib.rs` is in the way");
    assert_eq!(place.read("out/src/lib.rs"), "// mine\n");
}

#[test]
fn a_list_that_leads_out_of_the_folder_is_refused() {
    let place = Place::generated();
    place.write("precious.txt", "");
    place.edit("out/.generated", "src/lib.rs\n", "src/lib.rs\n../precious.txt\n");
    place.generate(&[]).ends_with(2).warns("`../precious.txt`, which is no path inside the folder");
    assert!(place.exists("precious.txt"));
}

#[test]
fn a_spec_with_mistakes_leaves_the_tree_untouched() {
    let place = Place::generated();
    place.edit(OPERATION, MISTAKE.0, MISTAKE.1);
    place.edit("spec/svc000/update-thing00002.yaml", "length: [8, 64]", "length: [9, 64]");
    fs::remove_file(place.path("spec/svc000/update-thing00000.yaml")).unwrap();
    let before = place.snapshot("out");
    let run = place.generate(&[]).ends_with(1).warns("error[wrong-type]").warns(&format!("{OPERATION}:5:13"));
    assert!(!run.err().contains('\u{1b}'), "colour without a terminal");
    run.warns("1 error, 0 warnings").warns("nothing was written");
    place.generate(&["--check"]).ends_with(1).warns("error[wrong-type]");
    assert_eq!(place.snapshot("out"), before);
}

#[test]
fn what_cannot_be_written_is_found_before_the_first_write() {
    let place = Place::generated();
    place.edit("spec/svc000/update-thing00000.yaml", "length: [8, 64]", "length: [9, 64]");
    fs::remove_file(place.path(MODULE)).unwrap();
    place.write(&format!("{MODULE}/in-the-way.txt"), "");
    let before = place.snapshot("out");
    place.generate(&[]).ends_with(2).warns("is in the way of `src/svc000/update_thing00001.rs`");
    assert_eq!(place.snapshot("out"), before);
}

#[test]
fn json_goes_to_stdout_alone() {
    let place = Place::generated();
    let run = place.generate(&["--format", "json"]).ends_with(0).warns("out: 0 written");
    assert_eq!(run.out(), "[]\n");

    place.edit(OPERATION, MISTAKE.0, MISTAKE.1);
    let run = place.generate(&["--check", "--format", "json"]).ends_with(1);
    let list: serde_json::Value = serde_json::from_str(&run.out()).unwrap();
    assert_eq!(list[0]["code"], "wrong-type");
    assert_eq!(
        (&list[0]["path"], list[0]["line"].as_u64(), list[0]["column"].as_u64()),
        (&OPERATION.into(), Some(5), Some(13))
    );
}

#[test]
fn folders_that_are_none() {
    let place = Place::with_spec();
    place
        .run(&["generate", "--spec", "nowhere", "--out", "out"])
        .ends_with(2)
        .warns("the spec folder `nowhere` does not exist")
        .warns("help: ");
    place.run(&["generate", "--spec", "spec/spec.yaml", "--out", "out"]).ends_with(2).warns("is not a folder");
    place.write("file", "");
    place.run(&["generate", "--spec", "spec", "--out", "file"]).ends_with(2).warns("`file` is not a folder");
    place.run(&["generate", "--spec", "spec"]).ends_with(2).warns("--out DIR");
    place.run(&["generate", "--spec", "spec", "--out", "spec/out"]).ends_with(2).warns("lie in each other");
    place.run(&["generate", "--spec", "spec", "--out", "."]).ends_with(2).warns("lie in each other");
    assert!(!place.exists("out"));
}

#[test]
fn editors_leave_files_in_the_spec_too() {
    let place = Place::generated();
    for path in [".DS_Store", "svc000/.update-thing00001.yaml.swp", "svc000/types.yaml~", ".git/config"] {
        place.write(&format!("spec/{path}"), "\t not yaml");
    }
    place.generate(&["--check"]).ends_with(0);
    place.write("spec/svc000/notes.txt", "");
    place.generate(&["--check"]).ends_with(1).warns("error[unknown-file]");
}

#[cfg(unix)]
#[test]
fn unreadable_things_are_named() {
    use std::os::unix::fs::symlink;

    let place = Place::with_spec();
    let link = place.path("spec/svc000/link.yaml");
    symlink("nowhere", &link).unwrap();
    place.generate(&[]).ends_with(2).warns("spec/svc000/link.yaml");
    fs::remove_file(&link).unwrap();
    symlink(place.path("spec"), &link).unwrap();
    place.generate(&[]).ends_with(2).warns("link.yaml` is neither a file nor a folder");
    fs::remove_file(&link).unwrap();

    place.write("out/.generated/x", "");
    place.generate(&[]).ends_with(2).warns(".generated");
}
