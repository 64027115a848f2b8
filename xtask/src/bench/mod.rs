//! `bench`: what generating, compiling and auditing cost, and what comes of it.

pub(crate) mod audit;
pub(crate) mod compile;
mod cost;
pub(crate) mod diff;
mod floor;
pub(crate) mod generate;
mod package;
pub(crate) mod size;
mod table;

use std::process::Command;
use std::time::Duration;

use crate::error::{Error, Outcome, Result};
use crate::repo::Repo;
use crate::term;

/// Runs the same in a release build if this is a debug build, whose numbers would mean nothing.
fn in_release(repo: &Repo) -> Option<Result<Outcome>> {
    if !cfg!(debug_assertions) {
        return None;
    }
    term::err("building this program in release…\n");
    let status = Command::new(cargo())
        .args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(repo.root().join("xtask/boot/Cargo.toml"))
        .arg("--")
        .args(std::env::args_os().skip(1))
        .status();
    Some(match status {
        Ok(status) if status.success() => Ok(Outcome::Good),
        Ok(status) => Err(Error::new(format!("the release build failed or did not finish: {status}"))),
        Err(error) => Err(Error::new(format!("cannot run cargo: {error}")).help("run this as `cargo xtask …`")),
    })
}

/// The cargo that runs us, else the one on the path.
pub(crate) fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

pub(crate) fn temporary() -> Result<tempfile::TempDir> {
    tempfile::tempdir().map_err(|error| Error::new(format!("cannot make a temporary folder: {error}")))
}

fn median<T: Ord + Copy + Default>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn mebibytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / f64::from(1 << 20))
}

/// One line on a limit: what, measured, allowed.
fn limit(what: &str, measured: f64, allowed: f64, unit: &str) -> String {
    let verdict = if measured <= allowed { "within" } else { "**over**" };
    format!("- {what}: {measured:.2}{unit}, {verdict} the limit of {allowed}{unit}\n")
}

#[cfg(test)]
mod tests {
    use super::{limit, median};

    #[test]
    fn the_middle_counts() {
        assert_eq!(median(vec![9, 1, 5]), 5);
        assert_eq!(median::<u64>(Vec::new()), 0);
    }

    #[test]
    fn limits_say_which_side() {
        assert_eq!(limit("time", 1.0, 1.0, " s"), "- time: 1.00 s, within the limit of 1 s\n");
        assert!(limit("time", 1.1, 1.0, " s").contains("**over**"));
    }
}
