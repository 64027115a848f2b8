//! `cargo xtask`; see `Cargo.toml` beside this file.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
