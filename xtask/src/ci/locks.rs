//! `cargo xtask` has a lock file of its own; with other versions it might generate other bytes than the tests expect.

use std::collections::BTreeSet;
use std::fs;

use crate::error::{Error, Result};
use crate::repo::Repo;

/// The package that only the second lock file has.
const BOOT: &str = "xtask-boot";

/// What is wrong, if anything.
pub(super) fn check(repo: &Repo) -> Result<Option<String>> {
    let read = |path: &str| {
        let file = repo.root().join(path);
        fs::read_to_string(&file).map_err(|error| Error::io("read", &file, &error))
    };
    Ok(judge(&read("Cargo.lock")?, &read("xtask/boot/Cargo.lock")?))
}

fn judge(root: &str, boot: &str) -> Option<String> {
    let root = packages(root);
    let boot = packages(boot);
    let other: Vec<String> = boot
        .iter()
        .filter(|package| package.0 != BOOT && !root.contains(*package))
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    (!other.is_empty()).then(|| {
        format!(
            "`Cargo.lock` does not have {}\nhelp: run `cp Cargo.lock xtask/boot/Cargo.lock && cargo xtask help`",
            other.join(", ")
        )
    })
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
    use super::judge;

    const ROOT: &str =
        "[[package]]\nname = \"syn\"\nversion = \"3.0.9\"\n\n[[package]]\nname = \"heck\"\nversion = \"0.5.0\"\n";

    #[test]
    fn versions_must_agree() {
        let boot = "[[package]]\nname = \"syn\"\nversion = \"3.0.9\"\n\n[[package]]\nname = \"xtask-boot\"\nversion = \"0.1.0\"\n";
        assert_eq!(judge(ROOT, boot), None);
        let problem = judge(ROOT, &boot.replace("3.0.9", "3.0.10")).unwrap();
        assert!(problem.contains("syn 3.0.10") && problem.contains("cp Cargo.lock"), "{problem}");
    }
}
