//! `openapi`: the spec for other tools.

use std::path::PathBuf;

use migration_codegen as codegen;

use crate::cli::Openapi;
use crate::error::{Outcome, Result};
use crate::repo::Repo;
use crate::term::count;
use crate::{tree, write};

pub(crate) fn run(args: &Openapi, repo: &Repo) -> Result<Outcome> {
    Ok(export(args, repo)?.map_or(Outcome::Findings, |_| Outcome::Good))
}

/// Writes the documents, and says which; none if the spec has mistakes, which are shown.
pub(crate) fn export(args: &Openapi, repo: &Repo) -> Result<Option<Vec<PathBuf>>> {
    let spec = args.spec.clone().unwrap_or_else(|| repo.spec());
    let out = args.out.clone().unwrap_or_else(|| repo.root().join("target").join("openapi"));
    let sources = tree::read_spec(&spec)?;
    let documents = match codegen::openapi(&sources) {
        Ok(documents) => documents,
        Err(diagnostics) => {
            args.format.show(&diagnostics, &sources, &repo.shown(&spec));
            return Ok(None);
        }
    };
    let mut written = Vec::new();
    for (name, text) in &documents {
        let file = out.join(name);
        write::replace(&file, text)?;
        written.push(file);
    }
    args.format.say(&format!("{}: {}\n", repo.shown(&out), count(documents.len(), "document")));
    Ok(Some(written))
}
