//! The tasks of this repository, run as `cargo xtask TASK`. The only program of the workspace that touches files.
//!
//! Every task ends with 0 when all is good, 1 when it found something, and 2 when it could not run.

mod audit;
mod bench;
mod check;
mod ci;
mod cli;
mod date;
mod diagnostics;
mod diff;
mod error;
mod generate;
mod listing;
mod markers;
mod measure;
mod new;
mod openapi;
mod plan;
mod repo;
mod synthesize;
mod term;
mod tree;
mod unified;
mod write;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::{Bench, Cli, Task};
use crate::error::{Outcome, Result};
use crate::repo::Repo;

/// Runs the task that the command line names.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            term::err(&error.to_string());
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<Outcome> {
    let repo = Repo::new(cli.root.clone());
    match &cli.task {
        Task::Generate(args) => generate::run(args, &repo),
        Task::Check(args) => check::run(args, &repo),
        Task::Audit(args) => audit::run(args, &repo),
        Task::Diff(args) => diff::run(args, &repo),
        Task::New(args) => new::run(args, &repo),
        Task::Openapi(args) => openapi::run(args, &repo),
        Task::Synthesize(args) => synthesize::run(args),
        Task::Bench(Bench::Generate(args)) => bench::generate::run(args, &repo),
        Task::Bench(Bench::Compile(args)) => bench::compile::run(args, &repo),
        Task::Bench(Bench::Size(args)) => bench::size::run(args, &repo),
        Task::Bench(Bench::Audit(args)) => bench::audit::run(args, &repo),
        Task::Bench(Bench::Diff(args)) => bench::diff::run(args, &repo),
        Task::Ci(args) => ci::run(args, &repo),
        Task::Measure(args) => measure::run(&args.command),
    }
}
