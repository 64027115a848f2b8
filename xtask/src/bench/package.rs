//! A generated crate in a temporary folder, with a target folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use migration_codegen::{self as codegen, Sources};

use super::cargo;
use super::cost::Cost;
use crate::error::{Error, Result};
use crate::repo::Repo;
use crate::write;

/// How the generated manifest names the runtime.
const RUNTIME: &str = "path = \"../runtime\"";

pub(super) struct Package {
    dir: PathBuf,
    lib: String,
    offline: bool,
}

impl Package {
    /// Generates the crate. It uses the repository's runtime and its locked dependencies.
    pub(super) fn generate(sources: &Sources, dir: &Path, repo: &Repo) -> Result<Self> {
        let outputs = codegen::generate(sources).map_err(|mistakes| {
            Error::new(format!("the spec has mistakes:\n{}", mistakes.render(sources, "spec", false)))
        })?;
        let mut lib = None;
        for (path, text) in outputs.files() {
            if path == "src/lib.rs" {
                lib = Some(text.to_owned());
            }
            if path == "Cargo.toml" {
                write::replace(&dir.join(path), &manifest(text, repo)?)?;
            } else {
                write::replace(&dir.join(path), text)?;
            }
        }
        let lib = lib.ok_or_else(|| Error::new("the generated crate has no `src/lib.rs`"))?;
        let lock = repo.root().join("Cargo.lock");
        if lock.exists() {
            let to = dir.join("Cargo.lock");
            fs::copy(&lock, &to).map_err(|error| Error::io("write", &to, &error))?;
        }
        let mut package = Self { dir: dir.to_owned(), lib, offline: true };
        package.offline = package.tree("").is_ok();
        Ok(package)
    }

    /// How many crates it takes to check it with these features, itself included.
    pub(super) fn crates(&self, features: &str) -> Result<usize> {
        let text = self.tree(features)?;
        let names: std::collections::BTreeSet<&str> =
            text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
        Ok(names.len())
    }

    fn tree(&self, features: &str) -> Result<String> {
        let mut command = self.cargo("tree", features);
        let output = command
            .args(["--edges", "normal,build", "--prefix", "none"])
            .output()
            .map_err(|error| Error::new(format!("cannot run cargo: {error}")))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(Error::new(format!("cargo tree failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end())))
        }
    }

    /// Costs of checking the dependencies with nothing checked before, and then the crate alone.
    pub(super) fn check(&self, features: &str, runs: usize) -> Result<(Cost, Cost)> {
        let target = self.dir.join("target");
        if target.exists() {
            fs::remove_dir_all(&target).map_err(|error| Error::io("delete", &target, &error))?;
        }
        let mut command = self.cargo("check", features);
        command.arg("--lib");
        // An empty library has the same dependencies.
        write::replace(&self.dir.join("src/lib.rs"), "//! Empty.\n")?;
        let dependencies = Cost::of(&command)?;
        let mut alone = Vec::new();
        for _ in 0..runs {
            write::replace(&self.dir.join("src/lib.rs"), &self.lib)?;
            alone.push(Cost::of(&command)?);
        }
        Ok((dependencies, Cost::typical(&alone)))
    }

    fn cargo(&self, task: &str, features: &str) -> Command {
        let mut command = Command::new(cargo());
        command.arg(task).arg("--quiet").arg("--manifest-path").arg(self.dir.join("Cargo.toml"));
        command.args(["--no-default-features", "--features", features]);
        if self.offline {
            command.arg("--offline");
        }
        // No cache may answer for the compiler.
        command.env("CARGO_TARGET_DIR", self.dir.join("target")).env("CARGO_INCREMENTAL", "0").env("RUSTC_WRAPPER", "");
        command
    }
}

/// The manifest with the runtime where it is, and out of any workspace.
fn manifest(text: &str, repo: &Repo) -> Result<String> {
    if !text.contains(RUNTIME) {
        return Err(Error::new(format!("the generated manifest does not say `{RUNTIME}`")));
    }
    let runtime =
        std::path::absolute(repo.root().join("runtime")).map_err(|error| Error::io("find", repo.root(), &error))?;
    Ok(text.replace(RUNTIME, &format!("path = {:?}", runtime.display().to_string())) + "\n[workspace]\n")
}
