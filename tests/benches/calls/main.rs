//! What calling costs, beside bare reqwest and its limits: `cargo bench -p migration-benches --bench calls`.
//!
//! `-- wire`, `-- build`, `-- decode` and `-- memory` measure one part. `ROUNDS=1000` measures longer, for a machine that has other work.
//! Fails if a limit is clearly missed.
#![allow(missing_docs, clippy::cast_precision_loss, reason = "a benchmark, whose numbers are shown with few digits")]

mod build;
mod cases;
mod decode;
mod measure;
mod memory;
mod report;
mod server;
mod sides;
mod wire;

use std::process::ExitCode;

use crate::report::Report;

pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool> {
    // Cargo adds `--bench`.
    let parts: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if let [child, kind] = &*parts
        && child == memory::CHILD
    {
        return memory::child(kind).map(|()| true);
    }
    let rounds = std::env::var("ROUNDS").map_or(Ok(200), |rounds| rounds.parse())?;
    let mut report = Report::default();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    if wanted("build") {
        build::run(&mut report, rounds)?;
    }
    if wanted("decode") {
        decode::run(&mut report, rounds)?;
    }
    if wanted("wire") {
        wire::run(&mut report, rounds)?;
    }
    if wanted("memory") {
        memory::run(&mut report)?;
    }
    Ok(report.print())
}
