//! `bench generate`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use migration_codegen::{self as codegen, Outputs, Sources, synthetic};

use super::cost::Cost;
use super::floor::{Floor, is_rust, time};
use super::table::Table;
use super::{in_release, limit, mebibytes, seconds, temporary};
use crate::cli::BenchGenerate;
use crate::error::{Error, Outcome, Result};
use crate::repo::Repo;
use crate::synthesize::write_spec;
use crate::{term, tree};

const COLUMNS: &[&str] = &[
    "operations",
    "lines",
    "lines per operation",
    "MB",
    "user s",
    "system s",
    "peak MiB",
    "text to text, CPU s",
    "printing alone, CPU s",
    "YAML alone, CPU s",
    "ratio",
    "second run, CPU s",
    "files it wrote",
];

pub(crate) fn run(args: &BenchGenerate, repo: &Repo) -> Result<Outcome> {
    if let Some(outcome) = in_release(repo) {
        return outcome;
    }
    let mut sizes = args.sizes.clone();
    sizes.sort_unstable();
    sizes.dedup();
    let mut table = Table::new(COLUMNS);
    let mut rows = BTreeMap::new();
    for size in sizes {
        term::err(&format!("{size} operations…\n"));
        let row = Row::measure(size, args.runs)?;
        table.row(&row.cells(size));
        rows.insert(size, row);
    }
    term::out(&format!(
        "{}\nUser, system and peak: `generate` as a process of its own, median of {} runs; system is mostly the kernel writing files, and varies.\n\
         Text to text: the same in memory.\n\
         Printing alone: syn and prettyplease on the emitted Rust; parsing its text stands in for making its tokens with quote.\n\
         Ratio: text to text / (printing + YAML).\n\n{}",
        table.text(),
        args.runs,
        limits(&rows, repo, args.runs)?
    ));
    Ok(Outcome::Good)
}

/// What was measured of one size.
struct Row {
    lines: usize,
    bytes: usize,
    first: Cost,
    second: Cost,
    rewritten: usize,
    floor: Floor,
}

impl Row {
    fn measure(size: u32, runs: usize) -> Result<Self> {
        let dir = temporary()?;
        let (spec, out) = (dir.path().join("spec"), dir.path().join("out"));
        let sources = synthetic::spec(size as usize);
        write_spec(&sources, &spec)?;
        let command = generate(&spec, &out)?;
        let mut first = Vec::new();
        for _ in 0..runs {
            remove(&out)?;
            first.push(Cost::of(&command)?);
        }
        let before = times(&out)?;
        let mut second = Vec::new();
        for _ in 0..runs {
            second.push(Cost::of(&command)?);
        }
        let after = times(&out)?;
        let rewritten = after.iter().filter(|(path, time)| before.get(*path) != Some(*time)).count();
        let outputs = outputs(&sources)?;
        let rust = || outputs.files().filter(|(path, _)| is_rust(path));
        Ok(Self {
            lines: rust().map(|(_, text)| text.lines().count()).sum(),
            bytes: rust().map(|(_, text)| text.len()).sum(),
            first: Cost::typical(&first),
            second: Cost::typical(&second),
            rewritten,
            floor: Floor::measure(&sources, &outputs, runs)?,
        })
    }

    fn per_operation(&self, size: u32) -> usize {
        self.lines / size.max(1) as usize
    }

    #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
    fn cells(&self, size: u32) -> Vec<String> {
        vec![
            size.to_string(),
            self.lines.to_string(),
            self.per_operation(size).to_string(),
            format!("{:.1}", self.bytes as f64 / 1e6),
            seconds(self.first.user),
            seconds(self.first.system),
            mebibytes(self.first.peak),
            seconds(self.floor.generate),
            seconds(self.floor.print),
            seconds(self.floor.yaml),
            format!("{:.2}", self.floor.ratio()),
            seconds(self.second.cpu()),
            self.rewritten.to_string(),
        ]
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown with two decimals")]
fn limits(rows: &BTreeMap<u32, Row>, repo: &Repo, runs: usize) -> Result<String> {
    let mut text = String::new();
    if let Some(row) = rows.get(&1_000) {
        text += &limit("1,000 operations, text to text", row.floor.generate.as_secs_f64(), 1.0, " s");
        text += &limit("1,000 operations, the process without the kernel", row.first.user.as_secs_f64(), 1.0, " s");
        text += &limit("1,000 operations, peak", row.first.peak as f64 / f64::from(1 << 20), 150.0, " MiB");
        text += &limit("1,000 operations, against the floor", row.floor.ratio(), 1.5, " ×");
        text += &limit("1,000 operations, lines per operation", row.per_operation(1_000) as f64, 250.0, "");
    }
    if let (Some(thousand), Some(four)) = (rows.get(&1_000), rows.get(&4_000)) {
        let growth = |of: fn(&Row) -> Duration| of(four).as_secs_f64() / of(thousand).as_secs_f64();
        text += &limit("4,000 against 1,000 operations, text to text", growth(|row| row.floor.generate), 4.4, " ×");
        text += &limit(
            "4,000 against 1,000 operations, the process without the kernel",
            growth(|row| row.first.user),
            4.4,
            " ×",
        );
    }
    let rewritten: usize = rows.values().map(|row| row.rewritten).sum();
    text += &limit("files written by runs that change nothing", rewritten as f64, 0.0, "");
    text += &own(repo, runs)?;
    Ok(text)
}

/// The repository's own spec, text to text.
fn own(repo: &Repo, runs: usize) -> Result<String> {
    let sources = tree::read_spec(&repo.spec())?;
    if codegen::check(&sources).has_errors() {
        return Ok("- the repository's own spec: has mistakes, not measured\n".to_owned());
    }
    let time = time(runs.max(9), || outputs(&sources).map(|_| ()))?;
    Ok(limit("the repository's own spec, text to text", time.as_secs_f64() * 1e3, 250.0, " ms"))
}

fn outputs(sources: &Sources) -> Result<Outputs> {
    codegen::generate(sources)
        .map_err(|mistakes| Error::new(format!("the spec has mistakes:\n{}", mistakes.render(sources, "spec", false))))
}

fn generate(spec: &Path, out: &Path) -> Result<Command> {
    let own = std::env::current_exe()
        .map_err(|error| Error::new(format!("cannot find this program to run it again: {error}")))?;
    let mut command = Command::new(own);
    command.arg("generate").arg("--spec").arg(spec).arg("--out").arg(out);
    Ok(command)
}

fn remove(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if dir.exists() => Err(Error::io("delete", dir, &error)),
        _ => Ok(()),
    }
}

/// When each file below a folder was written.
fn times(dir: &Path) -> Result<BTreeMap<PathBuf, SystemTime>> {
    let mut times = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |error| Error::io("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let metadata = entry.metadata().map_err(unreadable)?;
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                times.insert(entry.path(), metadata.modified().map_err(unreadable)?);
            }
        }
    }
    Ok(times)
}
