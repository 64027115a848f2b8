//! What is committed is what the spec says: the generated crate, the JSON Schema, and the README's table.

use std::process::Command;

/// `cargo xtask generate --check` as a test, so that plain `cargo test` finds a stale tree.
#[test]
fn the_committed_tree_is_what_the_spec_generates() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["generate", "--check"]).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
}
