//! What can be measured.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Measure; beside each number stands its limit.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    Generate(BenchGenerate),
    Compile(BenchCompile),
    Size(BenchSize),
    Audit(BenchAudit),
    Diff(BenchDiff),
}

/// Measure generating: CPU time, peak memory, growth, and the floor under them.
///
/// Runs itself as a child on synthetic specs (in release; a debug build starts a release one) and prints Markdown.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 measured, 2 cannot run. Needs a Unix system.\n\n\
                  Example: cargo xtask bench generate --sizes 10,100")]
pub(crate) struct BenchGenerate {
    /// Numbers of operations.
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "10,100,1000,4000", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) sizes: Vec<u32>,

    /// Runs of which the median counts; an odd number.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = odd)]
    pub(crate) runs: usize,
}

/// Measure compiling what is generated: CPU time and peak memory of `cargo check`, dependencies apart.
///
/// Generates crates from synthetic specs, and the repository's own, in temporary folders and prints Markdown.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 measured, 2 cannot run. Needs a Unix system.\n\n\
                  Example: cargo xtask bench compile --sizes 100")]
pub(crate) struct BenchCompile {
    /// Numbers of operations; 0 leaves the synthetic crates out.
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "100,1000", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) sizes: Vec<u32>,

    /// Features to measure beside those of the services, such as `client`; may be given more than once.
    /// [default: none, and `client`]
    #[arg(long, value_name = "A,B")]
    pub(crate) features: Vec<String>,

    /// Runs of which the median counts; an odd number. Cold runs happen once.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = odd)]
    pub(crate) runs: usize,
}

/// Measure the size of programs that use one operation, beside the same programs on bare reqwest.
///
/// Builds them in release in a temporary folder and prints Markdown.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 measured, 2 cannot run.\n\n\
                  Example: cargo xtask bench size")]
pub(crate) struct BenchSize {}

/// Measure auditing: time for a page, for all pages of a folder, and for one of 50 MB.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 measured, 2 cannot run. Needs a Unix system.\n\n\
                  Example: cargo xtask bench audit\n\
                  Example: cargo xtask bench audit --pages ~/saved")]
pub(crate) struct BenchAudit {
    /// A folder of pages [default: `../shared/docs` beside the repository, else the pages of the tests].
    #[arg(long, value_name = "DIR")]
    pub(crate) pages: Option<PathBuf>,

    /// Runs of which the median counts; an odd number.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = odd)]
    pub(crate) runs: usize,
}

/// Measure comparing two specs: CPU time, peak memory, growth.
///
/// Runs itself as a child on synthetic specs (in release; a debug build starts a release one) and prints Markdown.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 measured, 2 cannot run. Needs a Unix system.\n\n\
                  Example: cargo xtask bench diff --sizes 100")]
pub(crate) struct BenchDiff {
    /// Numbers of operations.
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "100,1000,4000", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) sizes: Vec<u32>,

    /// Runs of which the median counts; an odd number.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = odd)]
    pub(crate) runs: usize,
}

fn odd(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(number) if number % 2 == 1 && number < 1_000 => Ok(number),
        _ => Err("expected an odd number, so that one run is the median".to_owned()),
    }
}
