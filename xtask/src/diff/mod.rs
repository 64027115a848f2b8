//! `diff`: what a change of the spec does to callers.

mod explain;
mod git;
mod github;
mod html;
mod json;
mod markdown;
mod report;
mod source;
mod text;
mod verdicts;
pub(crate) mod version;

use clap::ValueEnum;
use codegen::diff::{Incomparable, Level};
use codegen::{Diagnostics, Sources};
use migration_codegen as codegen;

use crate::cli::Diff;
use crate::error::{Error, Outcome, Result};
use crate::repo::Repo;
use crate::term;

pub(crate) use git::{Git, Refusal};
pub(crate) use report::Report;
pub(crate) use source::{Spec, resolve};

/// How to show changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For machines: one object, whose keys CONTRIBUTING.md lists.
    Json,
    /// For a comment on a pull request, and for `CHANGELOG.md`.
    Markdown,
    /// Workflow commands of GitHub Actions, which annotate the changed lines.
    Github,
    /// One page for a browser, both sides beside each other.
    Html,
}

/// Which changes fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// None.
    #[default]
    Never,
    /// Warnings and errors.
    Warning,
    /// Errors.
    Error,
}

impl FailOn {
    fn is_hit(self, level: Level) -> bool {
        match self {
            Self::Never => false,
            Self::Warning => level <= Level::Warning,
            Self::Error => level == Level::Error,
        }
    }
}

pub(crate) fn run(args: &Diff, repo: &Repo) -> Result<Outcome> {
    if args.rules {
        term::out(&explain::all());
        return Ok(Outcome::Good);
    }
    if let Some(id) = &args.explain {
        term::out(&explain::one(id)?);
        return Ok(Outcome::Good);
    }
    let base = resolve(Some(args.base.as_deref().unwrap_or("HEAD")), repo)?;
    let revision = resolve(args.revision.as_deref(), repo)?;
    let changes = compare(&base, &revision, repo)?;
    if let Some(name) = &args.operation
        && changes.operations().all(|operation| operation != name)
    {
        return Err(unknown_operation(name, &changes));
    }
    let report = Report::new(&changes, &base, &revision, args.operation.as_deref(), args.accepted);
    term::out(&match args.format {
        Format::Text => text::show(&report),
        Format::Json => json::show(&report),
        Format::Markdown => markdown::show(&report),
        Format::Github => github::show(&report),
        Format::Html => html::show(&report),
    });
    for stale in changes.stale() {
        let place = source::file(&revision.root, &stale.at.path);
        term::err(&format!(
            "warning: {}:{} accepts the change {}, which is not there\nhelp: delete the entry if BASE has the change already\n",
            place.display(),
            stale.at.line,
            stale.fingerprint
        ));
    }
    let hit = report.open().any(|change| args.fail_on.is_hit(change.rule().level));
    Ok(if hit { Outcome::Findings } else { Outcome::Good })
}

fn unknown_operation(name: &str, changes: &codegen::diff::Changes) -> Error {
    let help = explain::near(name, changes.operations()).map_or_else(
        || "operations go by the vendor's ids, such as `CreateTask`; the README lists them".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Error::new(format!("no operation is called `{name}`, neither before nor after")).help(help)
}

/// Compares two specs; an error that says which of them cannot be read, and why.
pub(crate) fn compare(base: &Spec, revision: &Spec, repo: &Repo) -> Result<codegen::diff::Changes> {
    codegen::diff::diff(&base.sources, &revision.sources).map_err(|why| match why {
        Incomparable::OtherProject { base: old, revision: new } => Error::new(format!(
            "`{}` is the spec of another project than `{}`: {old}; {new}",
            base.shown, revision.shown
        ))
        .help("compare two states of one spec; BASE and REV are each a folder, a revision, or `revision:path`"),
        Incomparable::Broken { base: old, revision: new } => {
            let (old, new) = (broken(base, &old, repo), broken(revision, &new, repo));
            let text = [old, new].into_iter().flatten().collect::<Vec<_>>();
            let messages: Vec<&str> = text.iter().map(|(message, _)| message.as_str()).collect();
            let help: Vec<&str> = text.iter().map(|(_, help)| help.as_str()).collect();
            Error::new(messages.join("\nerror: ")).help(help.join("\nhelp: "))
        }
    })
}

/// Shows the mistakes of a spec, and says what to do about them.
fn broken(spec: &Spec, found: &Diagnostics, repo: &Repo) -> Option<(String, String)> {
    if !found.has_errors() {
        return None;
    }
    show(found, &spec.sources, &spec.root);
    Some(match source::older_grammar(spec, repo) {
        Some(help) => (
            format!("`{}` was written in another grammar: its `schema.json` is not that of this program", spec.shown),
            help,
        ),
        None => (
            format!("`{}` cannot be read", spec.shown),
            "mend what is named above, or compare with another state".to_owned(),
        ),
    })
}

fn show(found: &Diagnostics, sources: &Sources, root: &str) {
    term::err(&found.render(sources, root, term::color()));
}
