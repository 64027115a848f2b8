//! The exported OpenAPI documents are valid for others too: a validator that shares no code with this repository reads
//! them. It is a Python program, which not every machine has.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::Verdict;
use crate::cli::Openapi;
use crate::error::Result;
use crate::openapi;
use crate::repo::Repo;

const PACKAGE: &str = "openapi-spec-validator";
const MODULE: &str = "openapi_spec_validator";
const VERSION: &str = "0.9.0";

pub(super) fn check(repo: &Repo) -> Result<Verdict> {
    let Some(documents) = openapi::export(&Openapi::default(), repo)? else {
        return Ok(Verdict::Bad("the spec has mistakes".to_owned()));
    };
    let folder = repo.root().join("target").join(PACKAGE);
    if let Err(why) = install(&folder) {
        return Ok(Verdict::Skipped(why));
    }
    let mut command = validator(&folder);
    command.args(["--schema", "3.1"]).args(&documents);
    Ok(match run(&mut command) {
        Ok(_) => Verdict::Good,
        Err(why) => Verdict::Bad(why),
    })
}

/// Sees to it that the validator is there, in an environment of its own; otherwise says what is missing.
fn install(folder: &Path) -> std::result::Result<(), String> {
    // One that broke off halfway, or has another version, is made anew.
    let is_there =
        |output: Output| String::from_utf8_lossy(&output.stdout).trim_end() == format!("{PACKAGE} {VERSION}");
    if run(validator(folder).arg("--version")).is_ok_and(is_there) {
        return Ok(());
    }
    let help = "the documents are written, and not validated";
    let mut python = Command::new("python3");
    run(python.args(["-m", "venv", "--clear"]).arg(folder))
        .map_err(|why| format!("{help}, because there is no Python 3 with venv: {why}"))?;
    // A machine without a network need not wait long to find out.
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "15"];
    let mut python = Command::new(python_of(folder));
    run(python.args(pip).arg(format!("{PACKAGE}=={VERSION}")))
        .map_err(|why| format!("{help}, because pip cannot install {PACKAGE} {VERSION}: {why}"))?;
    Ok(())
}

fn python_of(folder: &Path) -> PathBuf {
    if cfg!(windows) { folder.join("Scripts").join("python.exe") } else { folder.join("bin").join("python") }
}

fn validator(folder: &Path) -> Command {
    let mut command = Command::new(python_of(folder));
    command.args(["-m", MODULE]);
    command
}

/// Runs a program to its end; what it says if that is not a good one.
fn run(command: &mut Command) -> std::result::Result<Output, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("cannot run `{program}`: {error}"))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = [&*output.stdout, &*output.stderr].map(|said| String::from_utf8_lossy(said).trim().to_owned());
    let said = said.join("\n");
    let args: Vec<_> = command.get_args().take(2).map(OsStr::to_string_lossy).collect();
    Err(format!("`{program} {}` failed ({}):\n{}", args.join(" "), output.status, said.trim()))
}
