//! The command line.

mod bench;
mod review;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::date::Date;
use crate::diagnostics::Format;

pub(crate) use bench::{Bench, BenchAudit, BenchCompile, BenchDiff, BenchGenerate, BenchSize};
pub(crate) use review::{Audit, Diff};

/// The tasks of this repository.
#[derive(Debug, Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true,
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
    Audit(Audit),
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
                  Example: cargo xtask check --stale-days 365\n\
                  Example: cargo xtask check --format json")]
pub(crate) struct Check {
    /// The spec folder [default: `spec` of the repository].
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,

    /// Warnings fail too.
    #[arg(long)]
    pub(crate) deny_warnings: bool,

    /// Note the pages that `cargo xtask audit --accept` last recorded more than N days ago.
    #[arg(long, value_name = "N")]
    pub(crate) stale_days: Option<u32>,

    /// What day it is, instead of asking the clock.
    #[arg(long, hide = true, value_name = "YYYY-MM-DD", value_parser = Date::parse)]
    pub(crate) today: Option<Date>,

    /// How to show mistakes of the spec: text on stderr, or a JSON array on stdout.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
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

/// Run what CI runs after the tests.
///
/// Formatting, lints, documentation, a fresh tree, a clean spec, a version as high as the changes since the last tag demand,
/// feature combinations, the limits on dependencies, lock files that agree, and whether an independent validator accepts the
/// OpenAPI documents (left out where Python or the network is missing). Goes on after a failure and names all failed steps
/// at the end.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 good, 1 a step failed, 2 cannot run.\n\n\
                  Example: cargo xtask ci\n\
                  Example: cargo xtask ci fmt clippy")]
pub(crate) struct Ci {
    /// Only these steps [default: all]: fmt, fresh, spec, version, clippy, doc, features-…, lean, added, locks, openapi.
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
