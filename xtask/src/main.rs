//! The tasks of this repository; see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
