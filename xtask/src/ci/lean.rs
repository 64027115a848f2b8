//! Who only validates must not pay for a client: the generated crate's dependencies without `client`.

use std::collections::BTreeSet;
use std::process::Command;

use crate::bench::cargo;
use crate::error::{Error, Result};
use crate::repo::Repo;
use crate::term;

/// Fewer crates than this, the generated one not counted.
const LIMIT: usize = 15;
const UNWANTED: &[&str] = &["regex", "reqwest", "serde_json"];

/// What is wrong, if anything.
pub(super) fn check(repo: &Repo, services: &str) -> Result<Option<String>> {
    let output = Command::new(cargo())
        .args([
            "tree",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--no-default-features",
            "--features",
            services,
        ])
        .arg("--manifest-path")
        .arg(repo.generated().join("Cargo.toml"))
        .output()
        .map_err(|error| Error::new(format!("cannot run cargo: {error}")))?;
    if !output.status.success() {
        return Ok(Some(format!("cargo tree failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end())));
    }
    let crates = dependencies(&String::from_utf8_lossy(&output.stdout));
    let names: Vec<&str> = crates.iter().map(String::as_str).collect();
    term::err(&format!("{}: {}\n", term::count(names.len(), "crate"), names.join(", ")));
    Ok(judge(&crates))
}

/// Name and version of each crate below the first.
pub(super) fn dependencies(tree: &str) -> BTreeSet<String> {
    let mut lines = tree.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some(format!("{} {}", words.next()?, words.next()?))
    });
    let own = lines.next();
    lines.filter(|line| own.as_ref() != Some(line)).collect()
}

fn judge(crates: &BTreeSet<String>) -> Option<String> {
    let unwanted: Vec<&str> =
        crates.iter().filter_map(|line| line.split(' ').next()).filter(|name| UNWANTED.contains(name)).collect();
    if !unwanted.is_empty() {
        return Some(format!("{} must not be needed without `client`", unwanted.join(", ")));
    }
    (crates.len() >= LIMIT).then(|| format!("{} crates; fewer than {LIMIT} are allowed", crates.len()))
}

#[cfg(test)]
mod tests {
    use super::{dependencies, judge};

    const TREE: &str =
        "own v0.1.0 (/x/own)\nruntime v0.1.0 (/x/runtime)\nserde_core v1.0.0\nzeroize v1.0.0\nserde_core v1.0.0 (*)\n";

    #[test]
    fn each_crate_counts_once() {
        let crates = dependencies(TREE);
        assert_eq!(crates.into_iter().collect::<Vec<_>>(), ["runtime v0.1.0", "serde_core v1.0.0", "zeroize v1.0.0"]);
    }

    #[test]
    fn too_many_or_unwanted() {
        assert_eq!(judge(&dependencies(TREE)), None);
        let problem = judge(&dependencies(&format!("{TREE}regex v1.0.0\n"))).unwrap();
        assert!(problem.starts_with("regex "), "{problem}");
        let many: Vec<String> = (0..16).map(|n| format!("c{n} v1.0.0")).collect();
        assert!(judge(&dependencies(&many.join("\n"))).unwrap().contains("15 crates"));
    }
}
