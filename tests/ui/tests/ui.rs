//! What must not compile, and what users are told then: one mistake for each case in `fail`. What is in `pass` must compile and run.
//!
//! `BLESS=1` rewrites what is expected, here as everywhere.

use std::env;
use std::process::Command;

#[test]
fn ui() {
    // `trybuild` has a switch of its own, which must be set before it runs.
    if env::var("BLESS").is_ok_and(|value| value == "1") && env::var_os("TRYBUILD").is_none() {
        let program = env::current_exe().expect("this program has a path");
        let run = Command::new(program).args(["--exact", "ui", "--nocapture"]).env("TRYBUILD", "overwrite").status();
        assert!(run.expect("this program runs again").success());
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*.rs");
    cases.pass("pass/*.rs");
}
