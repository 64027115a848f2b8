//! The same spec gives the same bytes and the same diagnostics, and no spec makes the library panic.

#![allow(clippy::unwrap_used, clippy::panic, reason = "this is how tests fail")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use migration_codegen::{Sources, check, diff, generate, synthetic};
use migration_tests as shared;
use proptest::prelude::*;
use proptest::sample::Index;

type Files = Vec<(String, Vec<u8>)>;

/// The repository's own spec, without the files that are not for the library. It takes its time.
static REAL: LazyLock<Files> = LazyLock::new(|| {
    let files = shared::files(&shared::repository().join("spec"));
    assert!(files.len() > 10, "the spec was not found");
    files.into_iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "yaml")).collect()
});

/// What comes out of it.
static REAL_OUTPUTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| outputs(&REAL.iter().cloned().collect()));

/// Small specs, which together have all that the language has.
static SMALL: LazyLock<Vec<Files>> = LazyLock::new(|| {
    let cases = shared::folders(&shared::folder("golden"));
    assert!(cases.len() > 10, "the specs were not found");
    cases.iter().map(|case| shared::files(&case.join("spec")).into_iter().collect()).collect()
});

fn outputs(sources: &Sources) -> Vec<(String, String)> {
    let outputs = generate(sources).unwrap_or_else(|found| panic!("{}", found.render(sources, "spec", false)));
    let files = outputs.files().map(|(path, text)| (path.to_owned(), text.to_owned()));
    files.chain([("table".to_owned(), outputs.operations_table().to_owned())]).collect()
}

#[test]
fn the_order_of_files_does_not_matter() {
    for files in &*SMALL {
        let expected = outputs(&files.iter().cloned().collect());
        assert!(expected.len() > 10);
        for first in 0..files.len() {
            let (end, start) = files.split_at(first);
            assert!(outputs(&start.iter().chain(end).cloned().collect()) == expected);
        }
    }
    // A file that is replaced counts once, wherever it came first.
    let old = REAL.iter().map(|(path, _)| (path.clone(), b"old".to_vec()));
    assert!(outputs(&old.chain(REAL.iter().rev().cloned()).collect()) == *REAL_OUTPUTS);
}

#[test]
fn neither_does_the_run() {
    let sources = synthetic::spec(20);
    let expected = outputs(&sources);
    for _ in 0..3 {
        assert!(outputs(&sources) == expected);
    }
}

#[test]
fn nothing_of_this_machine_is_in_what_comes_out() {
    let here = shared::repository().canonicalize().unwrap();
    let here = here.to_str().unwrap();
    for (path, text) in &*REAL_OUTPUTS {
        assert!(!text.contains(here) && !text.contains('\r') && !path.contains('\\'), "{path}");
    }
}

#[test]
fn line_ends_of_another_system_change_nothing() {
    let windows = REAL
        .iter()
        .map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).unwrap().replace('\n', "\r\n")));
    assert!(outputs(&windows.collect()) == *REAL_OUTPUTS);
}

/// What an editor, a merge or a disk may do to a file.
#[derive(Clone, Debug)]
enum Mutation {
    Delete(Index),
    Duplicate(Index, Index),
    Swap(Index, Index),
    /// A line gets the text of another one, behind its own indentation.
    Replace(Index, Index),
    Indent(Index, u8),
    Insert(Index, String),
    Bytes(Index, Vec<u8>),
    Truncate(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    let words = prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,6}",
        Just("rust: match".to_owned()),
        Just("type: list of list of map of Nothing".to_owned()),
        Just("range: [~, 9999999999999999999999]".to_owned()),
        Just("length: [-1, 1e308]".to_owned()),
        Just("pattern: '[a-z'".to_owned()),
        Just("enum: {}".to_owned()),
        Just("on: {x: {need: required}}".to_owned()),
        Just("when: {a.b.c: {present: true}}".to_owned()),
        Just("&a *a !t".to_owned()),
        Just("? [a, b]".to_owned()),
        Just("任_务: {}".to_owned()),
    ];
    prop_oneof![
        at().prop_map(Mutation::Delete),
        (at(), at()).prop_map(|(a, b)| Mutation::Duplicate(a, b)),
        (at(), at()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        (at(), at()).prop_map(|(a, b)| Mutation::Replace(a, b)),
        (at(), 0..9u8).prop_map(|(a, b)| Mutation::Indent(a, b)),
        (at(), words).prop_map(|(a, b)| Mutation::Insert(a, b)),
        (at(), prop::collection::vec(any::<u8>(), 1..4)).prop_map(|(a, b)| Mutation::Bytes(a, b)),
        at().prop_map(Mutation::Truncate),
    ]
}

fn apply(bytes: &[u8], mutation: &Mutation) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return b"types: {}\n".to_vec();
    }
    let indent = |line: &[u8]| line.iter().take_while(|byte| **byte == b' ').count();
    let count = lines.len();
    match mutation {
        Mutation::Delete(at) => drop(lines.remove(at.index(count))),
        Mutation::Duplicate(from, to) => {
            let line = lines[from.index(count)].clone();
            lines.insert(to.index(count), line);
        }
        Mutation::Swap(a, b) => lines.swap(a.index(count), b.index(count)),
        Mutation::Replace(at, from) => {
            let (at, from) = (at.index(count), lines[from.index(count)].clone());
            let own = indent(&lines[at]);
            lines[at] = [&lines[at][..own], &from[indent(&from)..]].concat();
        }
        Mutation::Indent(at, by) => {
            let at = at.index(count);
            let own = indent(&lines[at]);
            lines[at] = [&vec![b' '; usize::from(*by)], &lines[at][own..]].concat();
        }
        Mutation::Insert(at, words) => {
            let at = at.index(count);
            let own = indent(&lines[at]);
            lines.insert(at, [&vec![b' '; own], words.as_bytes(), b"\n"].concat());
        }
        Mutation::Bytes(at, bytes) => {
            let mut all = lines.concat();
            let at = at.index(all.len());
            all.splice(at..(at + bytes.len()).min(all.len()), bytes.iter().copied());
            return all;
        }
        Mutation::Truncate(at) => {
            let mut all = lines.concat();
            all.truncate(at.index(all.len()));
            return all;
        }
    }
    lines.concat()
}

fn mutations() -> impl Strategy<Value = Vec<(Index, Mutation)>> {
    prop::collection::vec((any::<Index>(), mutation()), 1..5)
}

/// Whatever happens to a spec, it is told, and told the same.
fn assert_told(mut files: Files, mutations: &[(Index, Mutation)]) -> Result<(), TestCaseError> {
    let before: Sources = files.iter().cloned().collect();
    for (file, mutation) in mutations {
        let at = file.index(files.len());
        files[at].1 = apply(&files[at].1, mutation);
    }
    let sources: Sources = files.iter().cloned().collect();
    let found = check(&sources);
    let (text, json) = (found.render(&sources, "spec", false), found.to_json(&sources, "spec"));

    let reversed: Sources = files.into_iter().rev().collect();
    let again = check(&reversed);
    prop_assert_eq!(&text, &again.render(&reversed, "spec", false));
    prop_assert_eq!(&json, &again.to_json(&reversed, "spec"));
    match generate(&sources) {
        Ok(outputs) => {
            prop_assert!(!found.has_errors());
            // What the printer writes when it is given tokens that are no Rust.
            let is_rust = |text: &str| text.lines().all(|line| !line.starts_with("compile_error!"));
            prop_assert!(outputs.files().all(|(_, text)| is_rust(text)));
        }
        Err(refused) => prop_assert_eq!(text.as_str(), refused.render(&sources, "spec", false)),
    }
    // What can be compared is no change to itself, and whatever it is compared with, it is told.
    if let Ok(changes) = diff::diff(&sources, &sources) {
        prop_assert!(changes.is_empty());
    }
    drop(diff::diff(&before, &sources));
    // Each mistake once: no two of one code, place and message.
    let mut seen = BTreeSet::new();
    for line in text.split("\n\n") {
        prop_assert!(seen.insert(line), "told twice:\n{}", line);
    }
    Ok(())
}

/// `PROPTEST_CASES` says how many small specs are tried, and one in `one_in` as many large ones.
fn config(one_in: u32) -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { failure_persistence: None, cases: config.cases.div_ceil(one_in), ..config }
}

proptest! {
    #![proptest_config(config(1))]

    #[test]
    fn whatever_happens_to_a_small_spec_it_is_told_and_told_the_same(spec in any::<Index>(), mutations in mutations()) {
        assert_told(spec.get(&SMALL).clone(), &mutations)?;
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn whatever_happens_to_the_real_spec_it_is_told_and_told_the_same(mutations in mutations()) {
        assert_told(REAL.clone(), &mutations)?;
    }
}
