//! Any spec against itself is no change; any two against each other, read backwards, are the mirror.

use std::sync::LazyLock;

use migration_codegen::diff::diff;
use migration_tests as shared;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::complete::mutants;
use crate::mirror::mirrored;
use crate::support::{Edit, Files, apply, base, cases, sources, told};

/// The repository's own spec, a service at a time: all of it would take its time.
static REAL: LazyLock<Vec<Files>> = LazyLock::new(|| {
    let all = shared::files(&shared::repository().join("spec"));
    let of = |service: &str| {
        let files = all.iter().filter(|(path, _)| *path == "spec.yaml" || path.starts_with(service));
        files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    ["dcs/", "oms/", "sms/"].map(of).into()
});

/// The base after some of all the edits that cases make; those that do not fit any more are left out.
fn mutated(edits: &[Edit], chosen: &[usize]) -> Files {
    let mut files = base();
    for at in chosen {
        let mut next = files.clone();
        // What one breaks, such as the only use of a type, others are not built upon.
        if apply(&mut next, &edits[at % edits.len()..=at % edits.len()]).is_ok()
            && diff(&sources(&next), &sources(&next)).is_ok()
        {
            files = next;
        }
    }
    files
}

/// The spec after mutations of its lines; those after which it is no spec any more are left out.
fn mutated_lines(files: &Files, chosen: &[(Index, Index)]) -> Files {
    let mut files = files.clone();
    let paths: Vec<String> = files.keys().cloned().collect();
    for (path, at) in chosen {
        let path = path.get(&paths);
        let mutants = mutants(std::str::from_utf8(&files[path]).unwrap());
        if mutants.is_empty() {
            continue;
        }
        let before = files.insert(path.clone(), at.get(&mutants).1.clone().into_bytes()).unwrap();
        let now = sources(&files);
        if diff(&now, &now).is_err() {
            files.insert(path.clone(), before);
        }
    }
    files
}

fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    // Each case reads a dozen specs.
    ProptestConfig { failure_persistence: None, cases: config.cases.div_ceil(5), ..config }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn read_backwards_changes_are_their_mirrors(
        one in prop::collection::vec(any::<usize>(), 0..8),
        other in prop::collection::vec(any::<usize>(), 0..8),
    ) {
        let edits: Vec<Edit> = cases().into_iter().flat_map(|case| case.before.into_iter().chain(case.edits)).collect();
        let (one, other) = (sources(&mutated(&edits, &one)), sources(&mutated(&edits, &other)));
        let same = diff(&one, &one).unwrap();
        prop_assert!(same.is_empty(), "{}", told(&same));
        mirrored(&one, &other).map_err(TestCaseError::fail)?;
    }
}

/// Each case reads a hundred files a dozen times, so there are few, and few attempts to find a smaller one.
fn config_of_the_real_spec() -> ProptestConfig {
    ProptestConfig { cases: config().cases.div_ceil(6), max_shrink_iters: 30, ..config() }
}

proptest! {
    #![proptest_config(config_of_the_real_spec())]

    #[test]
    fn so_are_those_of_the_real_spec(
        spec in any::<Index>(),
        one in prop::collection::vec(any::<(Index, Index)>(), 0..3),
        other in prop::collection::vec(any::<(Index, Index)>(), 0..3),
    ) {
        let files = spec.get(&REAL);
        let (one, other) = (sources(&mutated_lines(files, &one)), sources(&mutated_lines(files, &other)));
        mirrored(&one, &other).map_err(TestCaseError::fail)?;
    }
}
