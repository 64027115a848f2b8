//! `ci`: what CI runs after the tests.

mod added;
mod lean;
mod locks;
mod openapi;
mod steps;
mod version;

use std::ffi::OsString;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::bench::cargo;
use crate::cli::Ci;
use crate::error::{Error, Outcome, Result};
use crate::repo::{Repo, services};
use crate::term;

/// One thing that must hold.
struct Step {
    name: String,
    work: Work,
}

enum Work {
    /// A program that must end well.
    Run(Vec<OsString>, &'static [(&'static str, &'static str)]),
    /// The limit on dependencies, with these services.
    Lean(String),
    /// The limit on what the client adds to `reqwest`, with these services.
    Added(String),
    /// The lock files agree.
    Locks,
    /// The OpenAPI documents are valid.
    Openapi,
    /// The crate's version went as far as the changes of the spec demand.
    Version,
}

/// How a step ended.
enum Verdict {
    Good,
    /// What it needs is not on this machine.
    Skipped(String),
    /// What is wrong.
    Bad(String),
}

impl From<Option<String>> for Verdict {
    fn from(problem: Option<String>) -> Self {
        problem.map_or(Self::Good, Self::Bad)
    }
}

pub(crate) fn run(args: &Ci, repo: &Repo) -> Result<Outcome> {
    let steps = chosen(steps::all(repo, &services(&repo.spec())?)?, &args.steps)?;
    let start = Instant::now();
    let (mut failed, mut skipped) = (Vec::new(), Vec::new());
    for step in &steps {
        term::err(&format!("\n== {}: {}\n", step.name, step.work));
        let began = Instant::now();
        let verdict = step.work.run(repo)?;
        let took = shown(began.elapsed());
        match verdict {
            Verdict::Good => term::err(&format!("== {}: good, {took}\n", step.name)),
            Verdict::Skipped(why) => {
                term::err(&format!("== {}: SKIPPED, {took}: {why}\n", step.name));
                skipped.push(step.name.as_str());
            }
            Verdict::Bad(problem) => {
                term::err(&format!("== {}: FAILED, {took}: {problem}\n", step.name));
                failed.push(step.name.as_str());
            }
        }
    }
    let took = shown(start.elapsed());
    let all = term::count(steps.len(), "step");
    if failed.is_empty() {
        let but = if skipped.is_empty() { String::new() } else { format!(", skipped: {}", skipped.join(", ")) };
        let good = term::count(steps.len() - skipped.len(), "step");
        term::err(&format!("\n{good} good{but}, {took}\n"));
        return Ok(Outcome::Good);
    }
    let again = failed.join(" ");
    term::err(&format!(
        "\nerror: {} of {all} failed, {took}: {}\nhelp: to run only these: `cargo xtask ci {again}`\n",
        failed.len(),
        failed.join(", ")
    ));
    Ok(Outcome::Findings)
}

fn shown(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn chosen(steps: Vec<Step>, names: &[String]) -> Result<Vec<Step>> {
    if let Some(unknown) = names.iter().find(|name| steps.iter().all(|step| step.name != **name)) {
        let known: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
        return Err(
            Error::new(format!("no step is called `{unknown}`")).help(format!("the steps are {}", known.join(", ")))
        );
    }
    Ok(steps.into_iter().filter(|step| names.is_empty() || names.contains(&step.name)).collect())
}

impl Work {
    fn run(&self, repo: &Repo) -> Result<Verdict> {
        match self {
            Self::Added(services) => added::check(repo, services).map(Verdict::from),
            Self::Lean(services) => lean::check(repo, services).map(Verdict::from),
            Self::Locks => locks::check(repo).map(Verdict::from),
            Self::Openapi => openapi::check(repo),
            Self::Version => version::check(repo),
            Self::Run(command, env) => {
                let (program, args) = command.split_first().ok_or_else(|| Error::new("an empty step"))?;
                let status = Command::new(program)
                    .args(args)
                    .envs(env.iter().copied())
                    .current_dir(repo.root())
                    .status()
                    .map_err(|error| Error::new(format!("cannot run `{}`: {error}", program.to_string_lossy())))?;
                Ok((!status.success()).then(|| status.to_string()).into())
            }
        }
    }
}

impl std::fmt::Display for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lean(_) => f.write_str("dependencies of the generated crate without `client`"),
            Self::Added(_) => f.write_str("what the generated crate with `client` adds to `reqwest`"),
            Self::Locks => {
                f.write_str("the same versions in `Cargo.lock` and those of `xtask/boot` and `codegen/fuzz`")
            }
            Self::Openapi => f.write_str("the OpenAPI documents by an independent validator"),
            Self::Version => {
                f.write_str("the version in `spec/spec.yaml` and what the spec changed since the last tag")
            }
            Self::Run(command, env) => {
                for (name, value) in *env {
                    write!(f, "{name}=\"{value}\" ")?;
                }
                let name = if command.first() == Some(&cargo()) { "cargo" } else { "cargo xtask" };
                f.write_str(name)?;
                command.iter().skip(1).try_for_each(|arg| match arg.to_string_lossy() {
                    arg if arg.is_empty() => f.write_str(" ''"),
                    arg => write!(f, " {arg}"),
                })
            }
        }
    }
}
