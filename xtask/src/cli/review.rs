//! The tasks of those who keep the spec right: pages compared with it, and its changes judged.

use std::path::PathBuf;

use clap::Args;

use crate::date::Date;
use crate::diagnostics::Format;

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

/// Say what a change of the spec does to callers: on the wire, in Rust, and in what the checks refuse.
///
/// BASE and REV are each a folder, a git revision (`v0.1.0`: its `spec`) or `revision:path`; git is asked for the files, nothing is
/// checked out. Models are compared, not texts. What a shared type brings to many operations is one change. `spec/accepted.yaml`
/// of REV silences changes that a review has found right.
///
/// The level of a change says how much it deserves attention. Whatever it is, `!` stands before a change that breaks the contract on
/// the wire, keeps old code from compiling, or makes the checks refuse more; `--format markdown` prints these verdicts bold.
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
