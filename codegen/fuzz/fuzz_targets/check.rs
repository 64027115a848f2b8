//! Arbitrary bytes as one file of an otherwise valid spec: whatever they are, `check` says what is wrong and does not panic. If nothing is
//! wrong, what is generated is Rust.
//!
//! The first byte chooses which file the rest stands in.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_codegen::{Sources, check, generate};

const FILES: [(&str, &str); 4] = [
    ("demo/update-thing.yaml", include_str!("../../../tests/suite/diag/base/demo/update-thing.yaml")),
    ("demo/types.yaml", include_str!("../../../tests/suite/diag/base/demo/types.yaml")),
    ("demo/service.yaml", include_str!("../../../tests/suite/diag/base/demo/service.yaml")),
    ("spec.yaml", include_str!("../../../tests/suite/diag/base/spec.yaml")),
];

/// What the rest may stand in: each of these, and what a spec need not have.
const PATHS: [&str; 6] = [FILES[0].0, FILES[1].0, FILES[2].0, FILES[3].0, "demo/pages.lock", "accepted.yaml"];

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let mut sources: Sources = FILES.into_iter().collect();
    sources.insert(PATHS[usize::from(*choice) % PATHS.len()], bytes);

    let found = check(&sources);
    let text = found.render(&sources, "spec", false);
    let json = found.to_json(&sources, "spec");
    assert_eq!(text.is_empty(), found.is_empty());
    assert_eq!(json.trim() == "[]", found.is_empty());
    if !found.has_errors() {
        let outputs = generate(&sources).unwrap_or_else(|found| panic!("{}", found.render(&sources, "spec", false)));
        // What the printer writes when it is given tokens that are no Rust.
        assert!(outputs.files().all(|(_, text)| text.lines().all(|line| !line.starts_with("compile_error!"))));
    }
});
