//! `bench diff`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use migration_codegen::{Sources, diff, synthetic};

use super::cost::Cost;
use super::floor::time;
use super::table::Table;
use super::{in_release, limit, mebibytes, seconds, temporary};
use crate::cli::BenchDiff;
use crate::error::{Error, Outcome, Result};
use crate::repo::Repo;
use crate::synthesize::write_spec;
use crate::term;

const COLUMNS: &[&str] =
    &["operations", "specs", "changes", "user s", "system s", "peak MiB", "text to changes, CPU s"];

pub(crate) fn run(args: &BenchDiff, repo: &Repo) -> Result<Outcome> {
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
        for (name, edited) in [("the same", false), ("each operation changed", true)] {
            let row = Row::measure(size, edited, args.runs)?;
            table.row(&row.cells(size, name));
            rows.insert((size, edited), row);
        }
    }
    term::out(&format!(
        "{}\nUser, system and peak: `diff --format json` of two folders as a process of its own, median of {} runs.\n\
         Text to changes: the same in memory, without printing.\n\n{}",
        table.text(),
        args.runs,
        limits(&rows)
    ));
    Ok(Outcome::Good)
}

struct Row {
    changes: usize,
    process: Cost,
    memory: Duration,
}

impl Row {
    fn measure(size: u32, edited: bool, runs: usize) -> Result<Self> {
        let base = synthetic::spec(size as usize);
        let revision = if edited { changed(&base) } else { base.clone() };
        let changes = || {
            diff::diff(&base, &revision)
                .map(|changes| changes.iter().count())
                .map_err(|_| Error::new("a synthetic spec cannot be read"))
        };
        let dir = temporary()?;
        let (old, new) = (dir.path().join("old"), dir.path().join("new"));
        write_spec(&base, &old)?;
        write_spec(&revision, &new)?;
        let command = command(&old, &new)?;
        let costs = (0..runs).map(|_| Cost::of(&command)).collect::<Result<Vec<_>>>()?;
        Ok(Self { changes: changes()?, process: Cost::typical(&costs), memory: time(runs, || changes().map(|_| ()))? })
    }

    fn cells(&self, size: u32, name: &str) -> Vec<String> {
        vec![
            size.to_string(),
            name.to_owned(),
            self.changes.to_string(),
            seconds(self.process.user),
            seconds(self.process.system),
            mebibytes(self.process.peak),
            seconds(self.memory),
        ]
    }
}

/// In each operation a limit, a field, a value, a text and a type's name; in each shared type a limit.
fn changed(base: &Sources) -> Sources {
    let edits = [
        ("length: [8, 64]", "length: [9, 64]"),
        (
            "  labels: {need: optional, type: list of string, items: [1, 50]",
            "  tags: {need: optional, type: list of string, items: [1, 50]",
        ),
        ("      verify: Verify it.\n", ""),
        ("doc: What it is for.", "doc: What it is good for."),
        ("PartNUMBER", "PieceNUMBER"),
        ("length: [0, 1024]", "length: [0, 2048]"),
    ];
    let change = |(path, bytes): (&str, &[u8])| {
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        for (from, to) in edits {
            match from.strip_suffix("NUMBER") {
                Some(name) => text = text.replace(name, to.trim_end_matches("NUMBER")),
                None => text = text.replace(from, to),
            }
        }
        (path.to_owned(), text.into_bytes())
    };
    base.iter().map(change).collect()
}

fn command(old: &Path, new: &Path) -> Result<Command> {
    let own = std::env::current_exe()
        .map_err(|error| Error::new(format!("cannot find this program to run it again: {error}")))?;
    let mut command = Command::new(own);
    command.arg("diff").arg(old).arg(new).args(["--format", "json"]);
    Ok(command)
}

#[expect(clippy::cast_precision_loss, reason = "shown with two decimals")]
fn limits(rows: &BTreeMap<(u32, bool), Row>) -> String {
    let mut text = String::new();
    if let Some(row) = rows.get(&(1_000, true)) {
        text += &limit("1,000 operations, all changed, the process", row.process.cpu().as_secs_f64(), 1.0, " s");
        text +=
            &limit("1,000 operations, all changed, peak", row.process.peak as f64 / f64::from(1 << 20), 200.0, " MiB");
    }
    if let (Some(thousand), Some(four)) = (rows.get(&(1_000, true)), rows.get(&(4_000, true))) {
        let growth = |of: fn(&Row) -> Duration| of(four).as_secs_f64() / of(thousand).as_secs_f64();
        text += &limit("4,000 against 1,000 operations, text to changes", growth(|row| row.memory), 4.4, " ×");
        text += &limit("4,000 against 1,000 operations, the process", growth(|row| row.process.cpu()), 4.4, " ×");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::changed;
    use migration_codegen::{diff, synthetic};

    #[test]
    fn each_edit_changes_something() {
        let base = synthetic::spec(2);
        let changes = diff::diff(&base, &changed(&base)).unwrap();
        let mut ids: Vec<&str> = changes.iter().map(|change| change.rule().id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(
            ids,
            [
                "doc-changed",
                "error-field-changed",
                "request-enum-value-removed",
                "request-field-added-optional",
                "request-field-removed-optional",
                "request-limit-tightened",
                "type-renamed"
            ]
        );
    }
}
