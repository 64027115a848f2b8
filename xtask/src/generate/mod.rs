//! `generate`: from the spec to the crate.

mod apply;
mod folder;
mod report;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use codegen::Outputs;
use migration_codegen as codegen;

use self::folder::Folder;
use crate::cli::Generate;
use crate::error::{Error, Outcome, Result};
use crate::repo::{Repo, resolved};
use crate::{listing, markers, term, tree};

pub(crate) fn run(args: &Generate, repo: &Repo) -> Result<Outcome> {
    let job = Job::new(args, repo)?;
    let sources = tree::read_spec(&job.spec)?;
    let outputs = match codegen::generate(&sources) {
        Ok(outputs) => outputs,
        Err(mistakes) => {
            args.format.show(&mistakes, &sources, &job.spec_shown);
            term::err("nothing was written\n");
            return Ok(Outcome::Findings);
        }
    };
    args.format.show(outputs.warnings(), &sources, &job.spec_shown);
    drop(sources);

    let wanted = wanted(&outputs)?;
    let folder = Folder::survey(&job.out, &job.out_shown, &wanted)?;
    let extras = if job.own { extras(repo, &outputs)? } else { Vec::new() };
    if args.check {
        return report::report(&job, &folder, &wanted, &extras, args.format);
    }
    apply::apply(&job, &folder, &wanted, &extras, args.format)?;
    Ok(Outcome::Good)
}

/// What to generate from what.
struct Job {
    spec: PathBuf,
    spec_shown: String,
    out: PathBuf,
    out_shown: String,
    /// Whether this is the repository's own spec, so that README and schema follow it.
    own: bool,
    /// Whether this is the repository's own `generated/`, which nobody else writes.
    owned: bool,
    /// The command that mends what `--check` finds.
    command: String,
}

impl Job {
    fn new(args: &Generate, repo: &Repo) -> Result<Self> {
        let spec = args.spec.clone().unwrap_or_else(|| repo.spec());
        let (spec_there, own_there) = (resolved(&spec), resolved(&repo.generated()));
        let own_spec = spec_there == resolved(&repo.spec());
        let out = match &args.out {
            Some(out) => out.clone(),
            None if own_spec => repo.generated(),
            None => {
                return Err(Error::new("a spec of your own does not go into the repository's `generated`")
                    .help("say where to with `--out DIR`"));
            }
        };
        let out_there = resolved(&out);
        if out_there.starts_with(&spec_there) || spec_there.starts_with(&out_there) {
            let message = format!("spec `{}` and output `{}` lie in each other", spec.display(), out.display());
            return Err(Error::new(message).help("name another folder with `--out DIR`"));
        }
        let mut command = "cargo xtask generate".to_owned();
        for (option, value) in [("--spec", &args.spec), ("--out", &args.out)] {
            if let Some(value) = value {
                let _ = write!(command, " {option} {}", value.display());
            }
        }
        let owned = out_there == own_there;
        let (spec_shown, out_shown) = (repo.shown(&spec), repo.shown(&out));
        Ok(Self { spec, spec_shown, out, out_shown, own: own_spec && owned, owned, command })
    }
}

/// The files of the crate by path.
fn wanted(outputs: &Outputs) -> Result<BTreeMap<&str, &str>> {
    match outputs.files().find(|(path, _)| !listing::is_below(path) || *path == listing::NAME) {
        Some((path, _)) => {
            Err(Error::new(format!("the generator wants to write `{path}`, which is no path inside the out folder"))
                .help("this is a mistake in codegen"))
        }
        None => Ok(outputs.files().collect()),
    }
}

/// A file outside the out folder that follows the spec too.
struct Extra {
    path: PathBuf,
    shown: String,
    text: String,
    exists: bool,
    current: bool,
}

fn extras(repo: &Repo, outputs: &Outputs) -> Result<Vec<Extra>> {
    let readme = repo.readme();
    let name = repo.shown(&readme);
    let text = fs::read_to_string(&readme).map_err(|error| {
        Error::io("read", &readme, &error).help("generate keeps the table of operations in it; restore the file")
    })?;
    let table = markers::replace(&text, outputs.operations_table(), &name)?;
    let files = [(repo.spec().join("schema.json"), codegen::schema()), (readme, table)];
    files
        .into_iter()
        .map(|(path, text)| {
            let current = tree::is(&path, &text)?;
            Ok(Extra { shown: repo.shown(&path), exists: path.exists(), current, path, text })
        })
        .collect()
}
