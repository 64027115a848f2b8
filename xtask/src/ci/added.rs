//! Who calls with the ready transport has `reqwest` anyway: what the generated crate adds to it stays little.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::lean::dependencies;
use crate::bench::{cargo, temporary};
use crate::error::{Error, Result};
use crate::repo::Repo;
use crate::term;

/// At most so many crates, the generated one counted.
const LIMIT: usize = 12;

/// Features of the generated crate, and those of `reqwest` that go with them.
const PAIRS: [(&str, &str); 2] = [("reqwest", ""), ("rustls", "\"rustls\"")];

/// What is wrong, if anything.
pub(super) fn check(repo: &Repo, services: &str) -> Result<Option<String>> {
    for (own, peer) in PAIRS {
        let features = format!("client,{own},{services}");
        let crates = tree(&repo.generated(), &["--no-default-features", "--features", &features])?;
        let peer = reqwest(repo, peer)?;
        let added: Vec<&str> = crates.difference(&peer).map(String::as_str).collect();
        // The generated crate is not among its own dependencies.
        let count = added.len() + 1;
        term::err(&format!("{own}: the generated crate and {}, {count} in all\n", added.join(", ")));
        if let Some(problem) = judge(count) {
            return Ok(Some(problem));
        }
    }
    Ok(None)
}

fn judge(count: usize) -> Option<String> {
    (count > LIMIT).then(|| format!("{count} crates; at most {LIMIT} are allowed"))
}

/// `reqwest` and all it needs, in the versions of this repository: as the one dependency of an empty crate.
fn reqwest(repo: &Repo, features: &str) -> Result<BTreeSet<String>> {
    let folder = temporary()?;
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).map_err(|error| Error::io("write", &path, &error))
    };
    let lock = repo.root().join("Cargo.lock");
    write("Cargo.lock", &fs::read_to_string(&lock).map_err(|error| Error::io("read", &lock, &error))?)?;
    write("lib.rs", "")?;
    let dependency = format!("reqwest = {{ version = \"*\", default-features = false, features = [{features}] }}");
    let package = "[package]\nname = \"bare\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"";
    write("Cargo.toml", &format!("{package}\n[workspace]\n[dependencies]\n{dependency}\n"))?;
    tree(folder.path(), &[])
}

/// Name and version of all that a package needs.
fn tree(package: &Path, args: &[&str]) -> Result<BTreeSet<String>> {
    let output = Command::new(cargo())
        .args(["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(args)
        .arg("--manifest-path")
        .arg(package.join("Cargo.toml"))
        .output()
        .map_err(|error| Error::new(format!("cannot run cargo: {error}")))?;
    if output.status.success() {
        Ok(dependencies(&String::from_utf8_lossy(&output.stdout)))
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Error::new(format!("cargo tree failed:\n{}", said.trim_end())))
    }
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, judge};

    #[test]
    fn one_more_is_too_many() {
        assert_eq!(judge(LIMIT), None);
        assert!(judge(LIMIT + 1).unwrap().starts_with("13 crates"));
    }
}
