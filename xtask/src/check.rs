//! `check`: the mistakes of a spec.

use migration_codegen::{self as codegen, Sources};

use crate::audit;
use crate::cli::Check;
use crate::date::Date;
use crate::error::{Outcome, Result};
use crate::repo::Repo;
use crate::term::{self, count};
use crate::tree;

pub(crate) fn run(args: &Check, repo: &Repo) -> Result<Outcome> {
    let spec = args.spec.clone().unwrap_or_else(|| repo.spec());
    let shown = repo.shown(&spec);
    let sources = tree::read_spec(&spec)?;
    let diagnostics = codegen::check(&sources);
    args.format.show(&diagnostics, &sources, &shown);
    if diagnostics.has_errors() {
        return Ok(Outcome::Findings);
    }
    if args.deny_warnings && !diagnostics.is_empty() {
        term::err("error: warnings are denied here\nhelp: mend what they name\n");
        return Ok(Outcome::Findings);
    }
    let warnings = match diagnostics.warnings() {
        0 => "no warnings".to_owned(),
        warnings => count(warnings, "warning"),
    };
    if let Some(days) = args.stale_days {
        for note in audit::stale(&sources, &shown, days, args.today.unwrap_or_else(Date::today)) {
            term::err(&note);
        }
    }
    args.format.say(&format!("{shown}: {}, no errors, {warnings}\n", count(operations(&sources), "operation")));
    Ok(Outcome::Good)
}

/// How many operations a spec without mistakes has: its files, but for those of other kinds.
fn operations(sources: &Sources) -> usize {
    const OTHERS: &[&str] = &["service.yaml", "types.yaml", "waiters.yaml", "paginators.yaml", "pages.lock"];
    sources.iter().filter_map(|(path, _)| path.split_once('/')).filter(|(_, name)| !OTHERS.contains(name)).count()
}

#[cfg(test)]
mod tests {
    #[test]
    fn operations_are_counted() {
        assert_eq!(super::operations(&migration_codegen::synthetic::spec(120)), 120);
    }
}
