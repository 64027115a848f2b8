//! Whether the version in `spec/spec.yaml` went as far as the changes of the spec since the last release demand.

use super::Verdict;
use crate::diff::{Git, Refusal, Report, compare, resolve};
use crate::error::Result;
use crate::repo::Repo;

/// How tags of releases begin; what follows is the version.
const PREFIX: &str = "v";

pub(super) fn check(repo: &Repo) -> Result<Verdict> {
    let git = Git::new(repo.root());
    match git.objection() {
        Ok(None) => {}
        Ok(Some(why)) => return Ok(Verdict::Skipped(format!("no git repository knows the last release: {why}"))),
        Err(Refusal::NoProgram(why) | Refusal::Said(why)) => {
            return Ok(Verdict::Skipped(format!("git does not run, so nobody knows the last release: {why}")));
        }
    }
    let Ok(tag) = git.line(&["describe", "--tags", "--abbrev=0", "--match", &format!("{PREFIX}[0-9]*")]) else {
        let shallow = git.line(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true");
        let why = if shallow {
            "this clone is shallow and has no tag; `git fetch --unshallow --tags` brings them"
        } else {
            "no release is tagged yet (`v0.1.0`), so every version is far enough"
        };
        return Ok(Verdict::Skipped(why.to_owned()));
    };
    let (base, revision) = (resolve(Some(&format!("{tag}:./spec")), repo)?, resolve(None, repo)?);
    let changes = compare(&base, &revision, repo)?;
    let version = Report::new(&changes, &base, &revision, None, false).version();
    let problem = (!version.enough)
        .then(|| format!("since {tag}: {}\nhelp: `cargo xtask diff {tag}` shows the changes", version.sentence()));
    Ok(problem.into())
}
