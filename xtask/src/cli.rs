//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::diagnostics::Format;

/// The tasks of this repository.
#[derive(Debug, Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    after_help = "Exit codes: 0 good, 1 findings, 2 cannot run.\n\nThe main job: `cargo xtask generate`. The tests: `cargo test --workspace`."
)]
pub(crate) struct Cli {
    /// Work in another checkout of the repository.
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    Generate(Generate),
    Check(Check),
    Diff(Diff),
    New(New),
    Openapi(Openapi),
    Synthesize(Synthesize),
    #[command(subcommand)]
    Bench(Bench),
    Ci(Ci),
    Measure(Measure),
}

/// Generate the crate from the spec.
///
/// Reads the spec folder and writes what changed, each file atomically; then deletes what it wrote earlier and no longer
/// writes. Which files those are stands in `.generated` in the folder itself; other files are never deleted. A spec with
/// mistakes changes nothing.
///
/// For the repository's own spec it also writes `spec/schema.json` and the table of operations in `README.md`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 good (warnings included), 1 mistakes in the spec or, with --check, a stale tree, 2 cannot run.\n\n\
                  Example: cargo xtask generate --check\n\
                  Example: cargo xtask generate --spec /tmp/spec --out /tmp/crate"
)]
pub(crate) struct Generate {
    /// Write nothing; show what would change, is missing or is stray, and fail if anything is.
    #[arg(long)]
    pub(crate) check: bool,

    /// The spec folder [default: `spec` of the repository]; one of your own needs --out.
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,

    /// The folder of the generated crate [default: `generated` of the repository].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// How to show mistakes of the spec: text on stderr, or a JSON array on stdout.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Find the mistakes of the spec without generating.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 good, 1 findings, 2 cannot run.\n\n\
                  Example: cargo xtask check --deny-warnings\n\
                  Example: cargo xtask check --format json")]
pub(crate) struct Check {
    /// The spec folder [default: `spec` of the repository].
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,

    /// Warnings fail too.
    #[arg(long)]
    pub(crate) deny_warnings: bool,

    /// How to show mistakes of the spec: text on stderr, or a JSON array on stdout.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Say what a change of the spec does to callers: on the wire, in Rust, and in what the checks refuse.
///
/// BASE and REV are each a folder, a git revision (`v0.1.0`: its `spec`) or `revision:path`; git is asked for the files, nothing is
/// checked out. Models are compared, not texts. What a shared type brings to many operations is one change. `spec/accepted.yaml`
/// of REV silences changes that a review has found right.
#[derive(Args, Debug, Default)]
#[command(
    after_help = "Exit codes: 0 good, 1 changes as bad as --fail-on says, 2 cannot run (a spec that cannot be read, no such revision).\n\n\
                  Example: cargo xtask diff\n\
                  Example: cargo xtask diff origin/main --format markdown --fail-on error\n\
                  Example: cargo xtask diff --explain request-limit-tightened"
)]
pub(crate) struct Diff {
    /// What to compare with [default: `HEAD:spec`, what was committed last].
    pub(crate) base: Option<String>,

    /// What to judge [default: the spec folder as it is].
    #[arg(value_name = "REV")]
    pub(crate) revision: Option<String>,

    /// How to show changes.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: crate::diff::Format,

    /// Changes of this level that no review accepted give exit code 1.
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(crate) fail_on: crate::diff::FailOn,

    /// Only changes that reach this operation, by the vendor's id.
    #[arg(long, value_name = "NAME")]
    pub(crate) operation: Option<String>,

    /// Show accepted changes too, with the review's reason.
    #[arg(long)]
    pub(crate) accepted: bool,

    /// Explain one rule.
    #[arg(long, value_name = "ID", conflicts_with_all = ["rules", "base"])]
    pub(crate) explain: Option<String>,

    /// List all rules.
    #[arg(long, conflicts_with = "base")]
    pub(crate) rules: bool,
}

/// Begin the spec file of an operation.
///
/// Writes `spec/SERVICE/OPERATION.yaml` with every key a page needs; `cargo xtask check` names what is to be filled in.
/// Never overwrites.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 good, 2 cannot run.\n\n\
                  Example: cargo xtask new oms CreateTask\n\
                  Example: cargo xtask new drs BatchCreateJobs --new-service")]
pub(crate) struct New {
    /// The service's folder in the spec, such as `oms`.
    pub(crate) service: String,

    /// The vendor's operation id, such as `CreateTask`.
    pub(crate) operation: String,

    /// Begin a service that the spec does not have yet, too.
    #[arg(long = "new-service")]
    pub(crate) begin: bool,

    /// The spec folder [default: `spec` of the repository].
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,
}

/// Describe the services in OpenAPI 3.1, for documentation viewers, fuzzers and other generators.
///
/// Writes `SERVICE.json` for each service. What OpenAPI has no words for stands in extensions: rules between fields in
/// `x-rules`, contradictions of the documentation in `x-errata`, pages in `x-pages`.
#[derive(Args, Debug, Default)]
#[command(after_help = "Exit codes: 0 good, 1 mistakes in the spec, 2 cannot run.\n\n\
                  Example: cargo xtask openapi --out /tmp/openapi")]
pub(crate) struct Openapi {
    /// Where to [default: `target/openapi` of the repository].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// The spec folder [default: `spec` of the repository].
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,

    /// How to show mistakes of the spec: text on stderr, or a JSON array on stdout.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Write a synthetic spec of N operations shaped like the real ones.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 good, 2 cannot run.\n\n\
                  Example: cargo xtask synthesize 1000 /tmp/spec && cargo xtask generate --spec /tmp/spec --out /tmp/crate")]
pub(crate) struct Synthesize {
    /// How many operations.
    #[arg(value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) operations: u32,

    /// Where to; an empty folder, or one that does not exist.
    pub(crate) dir: PathBuf,
}

/// Measure; beside each number stands its limit.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    Generate(BenchGenerate),
    Compile(BenchCompile),
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

/// Run what CI runs after the tests.
///
/// Formatting, lints, documentation, a fresh tree, a clean spec, a version as high as the changes since the last tag demand,
/// feature combinations, the limit on dependencies, and whether an independent validator accepts the OpenAPI documents (left
/// out where Python or the network is missing). Goes on after a failure and names all failed steps at the end.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 good, 1 a step failed, 2 cannot run.\n\n\
                  Example: cargo xtask ci\n\
                  Example: cargo xtask ci fmt clippy")]
pub(crate) struct Ci {
    /// Only these steps [default: all].
    #[arg(value_name = "STEP")]
    pub(crate) steps: Vec<String>,
}

/// Run a program and print its user and system CPU time in microseconds and its peak memory in bytes.
#[derive(Args, Debug)]
#[command(hide = true)]
pub(crate) struct Measure {
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) command: Vec<OsString>,
}

fn odd(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(number) if number % 2 == 1 && number < 1_000 => Ok(number),
        _ => Err("expected an odd number, so that one run is the median".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
