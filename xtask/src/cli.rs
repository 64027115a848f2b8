//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::date::Date;
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
    Audit(Audit),
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

/// Compare saved documentation pages with the spec, fact by fact.
///
/// A page is a file as people save it: the vendor's HTML, or a Git web view of it, RST, Markdown, or text that was copied from
/// the screen. Its operation is found by method and path. Each fact that the spec takes from this page agrees, drifted, cannot
/// be checked, or is contradicted by the page itself; rows, values, limits and statuses that only the page has are drift too.
/// What an erratum says of the page counts as what the page should say.
///
/// In folders, files of other kinds, indexes, and pages of operations that the spec does not have are passed over, and named.
///
/// Findings are `drift`, `lacking`, `stale-erratum` and `reworded`, which fail; `contradiction` and `cannot-check`, which fail with
/// --strict; and `note`. The counts of facts and rows add up.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 no drift, 1 drift (with --strict: doubts too), 2 a page cannot be read or compared.\n\n\
                  Example: cargo xtask audit ~/saved/UpdateTaskStatus.html\n\
                  Example: cargo xtask audit --verbose --page otc-2025 page.rst\n\
                  Example: cargo xtask audit --propose page.html >> notes.yaml\n\
                  Example: cargo xtask audit --accept pages/"
)]
#[expect(clippy::struct_excessive_bools, reason = "switches, each of its own")]
pub(crate) struct Audit {
    /// Saved pages, and folders of them.
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,

    /// What cannot be checked, and contradictions without an erratum, fail too.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Show each fact that cannot be checked, contradictions that errata answer, and notes.
    #[arg(short, long)]
    pub(crate) verbose: bool,

    /// Record the pages as read today: a fingerprint of each row, in `spec/SERVICE/pages.lock`. Later audits then name the rows
    /// whose wording changed, whether or not the spec models anything of it.
    #[arg(long)]
    pub(crate) accept: bool,

    /// Print YAML of what the spec lacks. It is for you to paste; nothing is edited.
    #[arg(long)]
    pub(crate) propose: bool,

    /// Which page of the operation's `pages` the files are, or `lead` for the one that the spec follows, to compare another
    /// edition with all of it [default: by address, title and date, else the leading one].
    #[arg(long, value_name = "ID")]
    pub(crate) page: Option<String>,

    /// Which operation the page is of, where it does not tell or tells of several.
    #[arg(long, value_name = "OPERATION")]
    pub(crate) operation: Option<String>,

    /// The spec folder [default: `spec` of the repository].
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,

    /// How to show what was found: text, or a JSON array with an object for each page.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    /// What day it is, instead of asking the clock.
    #[arg(long, hide = true, value_name = "YYYY-MM-DD", value_parser = Date::parse)]
    pub(crate) today: Option<Date>,
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
    Size(BenchSize),
    Audit(BenchAudit),
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

/// Run what CI runs after the tests.
///
/// Formatting, lints, documentation, a fresh tree, a clean spec, feature combinations, the limit on dependencies, and whether
/// an independent validator accepts the OpenAPI documents (left out where Python or the network is missing). Goes on after a
/// failure and names all failed steps at the end.
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
