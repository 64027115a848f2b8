//! `bench audit`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use migration_codegen::audit::{Auditor, Options};

use super::cost::Cost;
use super::table::Table;
use super::{in_release, limit, median, seconds, temporary};
use crate::audit::collect;
use crate::cli::BenchAudit;
use crate::error::{Error, Outcome, Result};
use crate::repo::Repo;
use crate::{term, tree};

/// The size of a page that nobody has.
const LARGE: usize = 50 << 20;

pub(crate) fn run(args: &BenchAudit, repo: &Repo) -> Result<Outcome> {
    if let Some(outcome) = in_release(repo) {
        return outcome;
    }
    let dir = args.pages.clone().unwrap_or_else(|| pages(repo));
    let sources = tree::read_spec(&repo.spec())?;
    let load = Instant::now();
    let auditor = Auditor::new(&sources)
        .map_err(|_| Error::new("the repository's spec has mistakes").help("`cargo xtask check` names them"))?;
    let load = load.elapsed();
    let (files, _) = collect(std::slice::from_ref(&dir))?;
    let mut times = Vec::new();
    for file in &files {
        let bytes = fs::read(file).map_err(|error| Error::io("read", file, &error))?;
        let runs = (0..args.runs).map(|_| {
            let start = Instant::now();
            let compared = auditor.audit(&bytes, &Options::default()).is_ok();
            (start.elapsed(), compared)
        });
        let runs: Vec<(Duration, bool)> = runs.collect();
        let time = median(runs.iter().map(|(time, _)| *time).collect());
        times.push((time, bytes.len(), runs.iter().any(|(_, compared)| *compared), file));
    }
    times.sort_by_key(|(time, ..)| std::cmp::Reverse(*time));
    let mut table = Table::new(&["slowest pages", "bytes", "compared", "ms"]);
    for (time, bytes, compared, path) in times.iter().take(5) {
        let name = path.strip_prefix(&dir).unwrap_or(path).display().to_string();
        let compared = if *compared { "yes" } else { "no" };
        table.row(&[name, bytes.to_string(), compared.to_owned(), format!("{:.2}", time.as_secs_f64() * 1e3)]);
    }
    let slowest = times.first().map_or(Duration::ZERO, |(time, ..)| *time);
    let all = process(&dir, args.runs)?;
    term::out(&format!(
        "{}\n{} pages in `{}`; the spec loads in {} s, once.\n\n{}{}{}",
        table.text(),
        times.len(),
        repo.shown(&dir),
        seconds(load),
        limit("a page, the slowest", slowest.as_secs_f64() * 1e3, 50.0, " ms"),
        limit("all pages, the process", all.cpu().as_secs_f64(), 5.0, " s"),
        large()?
    ));
    Ok(Outcome::Good)
}

/// The pages that are at hand.
fn pages(repo: &Repo) -> PathBuf {
    let shared = repo.root().join("../shared/docs");
    if shared.is_dir() { shared } else { repo.root().join("codegen/tests/audit/pages") }
}

/// The program itself on a folder.
fn process(dir: &Path, runs: usize) -> Result<Cost> {
    let mut costs = Vec::new();
    for _ in 0..runs {
        costs.push(cost(dir)?);
    }
    Ok(Cost::typical(&costs))
}

fn cost(page: &Path) -> Result<Cost> {
    let own = std::env::current_exe()
        .map_err(|error| Error::new(format!("cannot find this program to run it again: {error}")))?;
    let mut command = Command::new("sh");
    // What it finds does not matter here; a shell makes any exit code a good one.
    command.arg("-c").arg("\"$0\" audit --format json \"$1\" >/dev/null 2>&1; true").arg(own).arg(page);
    Cost::of(&command)
}

/// Pages of 50 MB, each of the kind that costs most: it is read, or refused.
#[expect(clippy::cast_precision_loss, reason = "shown with two decimals")]
fn large() -> Result<String> {
    let dir = temporary()?;
    let mut text = String::new();
    for (kind, name, unit) in [
        ("HTML", "a.html", "<table><tr><td><p>name</p></td><td>Yes</td><td>String</td><td>Text.</td></tr></table>\n"),
        ("text", "a.txt", "Parameter\nType\nname\nString\nMinimum: 1 Maximum: 36\n"),
    ] {
        let file = dir.path().join(name);
        let page = format!("PUT /v2/{{project_id}}/migration-task/{{task_id}}\n{}", unit.repeat(LARGE / unit.len()));
        fs::write(&file, page).map_err(|error| Error::io("write", &file, &error))?;
        let cost = cost(&file)?;
        text += &limit(&format!("50 MB of {kind}, the process"), cost.cpu().as_secs_f64(), 2.0, " s");
        text += &limit(&format!("50 MB of {kind}, peak"), cost.peak as f64 / f64::from(1 << 20), 500.0, " MiB");
    }
    Ok(text)
}
