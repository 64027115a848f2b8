//! `cargo xtask` and the fuzz targets have lock files of their own. With other versions the one might generate other bytes than
//! the tests expect, and the others look for mistakes in something else than what is used.

use std::collections::BTreeSet;
use std::fs;

use crate::error::{Error, Result};
use crate::repo::Repo;

/// A workspace beside the repository's own.
struct Other {
    folder: &'static str,
    /// The packages that only its lock file has.
    own: &'static [&'static str],
}

const OTHERS: &[Other] = &[
    Other { folder: "xtask/boot", own: &["xtask-boot"] },
    Other { folder: "codegen/fuzz", own: &["arbitrary", "libfuzzer-sys", "migration-codegen-fuzz"] },
];

/// What is wrong, if anything.
pub(super) fn check(repo: &Repo) -> Result<Option<String>> {
    let read = |path: &str| {
        let file = repo.root().join(path);
        fs::read_to_string(&file).map_err(|error| Error::io("read", &file, &error))
    };
    let root = read("Cargo.lock")?;
    let mut problems = Vec::new();
    for other in OTHERS {
        problems.extend(other.judge(&root, &read(&format!("{}/Cargo.lock", other.folder))?));
    }
    Ok((!problems.is_empty()).then(|| problems.join("\n")))
}

impl Other {
    fn judge(&self, root: &str, lock: &str) -> Option<String> {
        let (folder, root) = (self.folder, packages(root));
        let other: Vec<String> = packages(lock)
            .iter()
            .filter(|package| !self.own.contains(&package.0) && !root.contains(*package))
            .map(|(name, version)| format!("{name} {version}"))
            .collect();
        (!other.is_empty()).then(|| {
            format!(
                "`Cargo.lock` does not have {}, which `{folder}/Cargo.lock` has\n\
                 help: run `cp Cargo.lock {folder}/ && cargo tree --quiet --manifest-path {folder}/Cargo.toml`",
                other.join(", ")
            )
        })
    }
}

/// Names and versions.
fn packages(lock: &str) -> BTreeSet<(&str, &str)> {
    let lines: Vec<&str> = lock.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| match pair {
        [name, version] => Some((quoted(name, "name = ")?, quoted(version, "version = ")?)),
        _ => None,
    });
    pairs.collect()
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    Some(line.strip_prefix(key)?.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::OTHERS;

    const ROOT: &str =
        "[[package]]\nname = \"syn\"\nversion = \"3.0.9\"\n\n[[package]]\nname = \"heck\"\nversion = \"0.5.0\"\n";

    #[test]
    fn versions_must_agree() {
        for other in OTHERS {
            let own = format!("\n[[package]]\nname = \"{}\"\nversion = \"0.1.0\"\n", other.own[0]);
            let lock = format!("[[package]]\nname = \"syn\"\nversion = \"3.0.9\"\n{own}");
            assert_eq!(other.judge(ROOT, &lock), None);
            let problem = other.judge(ROOT, &lock.replace("3.0.9", "3.0.10")).unwrap();
            assert!(problem.contains("does not have syn 3.0.10, which") && problem.contains(other.folder), "{problem}");
            assert!(problem.contains(&format!("help: run `cp Cargo.lock {}/ ", other.folder)), "{problem}");
        }
    }
}
