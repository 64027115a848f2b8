//! `bench size`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::table::Table;
use super::{cargo, limit, temporary};
use crate::cli::BenchSize;
use crate::error::{Error, Outcome, Result};
use crate::repo::Repo;
use crate::{term, write};

/// A program that uses one operation.
struct Program {
    name: &'static str,
    service: &'static str,
    /// Each file on its own, by path.
    bare: &'static [(&'static str, &'static str)],
    ours: &'static [(&'static str, &'static str)],
}

const PROGRAMS: &[Program] = &[
    Program {
        name: "action",
        service: "sms",
        bare: &[("src/main.rs", include_str!("size/action_bare.rs"))],
        ours: &[("src/main.rs", include_str!("size/action_ours.rs"))],
    },
    Program {
        name: "list",
        service: "oms",
        bare: &[("src/main.rs", include_str!("size/list_bare.rs")), ("src/types.rs", include_str!("size/types.rs"))],
        ours: &[("src/main.rs", include_str!("size/list_ours.rs"))],
    },
];

/// The same TLS and the same runtime on both sides.
const BARE: &str = r#"reqwest = { version = "0.13", default-features = false, features = ["json", "rustls"] }
serde = { version = "1", features = ["derive"] }
"#;
const TOKIO: &str = r#"tokio = { version = "1", default-features = false, features = ["net", "rt", "time"] }
"#;

pub(crate) fn run(_: &BenchSize, repo: &Repo) -> Result<Outcome> {
    let dir = temporary()?;
    let root = dir.path();
    let generated = std::path::absolute(repo.generated()).map_err(|error| Error::io("find", repo.root(), &error))?;
    let members: Vec<String> =
        PROGRAMS.iter().flat_map(|program| [program.package("bare"), program.package("ours")]).collect();
    write::replace(
        &root.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.release]\nstrip = true\n"),
    )?;
    for program in PROGRAMS {
        let ours = format!(
            "huaweicloud-migration = {{ path = {:?}, default-features = false, features = [\"{}\", \"rustls\"] }}\n",
            generated.display().to_string(),
            program.service
        );
        for (side, dependencies, files) in [("bare", BARE, program.bare), ("ours", &ours, program.ours)] {
            let package = program.package(side);
            let manifest = format!(
                "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}{TOKIO}"
            );
            write::replace(&root.join(&package).join("Cargo.toml"), &manifest)?;
            for (path, text) in files {
                write::replace(&root.join(&package).join(path), text)?;
            }
        }
    }
    let lock = root.join("Cargo.lock");
    fs::copy(repo.root().join("Cargo.lock"), &lock).map_err(|error| Error::io("write", &lock, &error))?;

    let mut table = Table::new(&["program", "bare reqwest, KiB", "generated crate, KiB", "ratio"]);
    let mut limits = String::new();
    for program in PROGRAMS {
        let (bare, ours) = (build(root, &program.package("bare"))?, build(root, &program.package("ours"))?);
        #[expect(clippy::cast_precision_loss, reason = "shown with two decimals")]
        let ratio = ours as f64 / bare as f64;
        let kib = |size: u64| (size >> 10).to_string();
        table.row(&[program.name.to_owned(), kib(bare), kib(ours), format!("{ratio:.3}")]);
        limits += &limit(&format!("a program that uses one operation, {}", program.name), ratio, 1.1, " ×");
    }
    term::out(&format!(
        "{}\nRelease builds, stripped, each with one operation and the same TLS; `action` sends an enumeration, `list` reads tasks of 28 fields.\n\n{limits}",
        table.text()
    ));
    Ok(Outcome::Good)
}

impl Program {
    fn package(&self, side: &str) -> String {
        format!("{}-{side}", self.name)
    }
}

/// Builds a package apart from the others, so that their features do not reach it; the program's size.
fn build(root: &Path, package: &str) -> Result<u64> {
    term::err(&format!("building {package} in release…\n"));
    let cargo = |task: &str| {
        let mut command = Command::new(cargo());
        command.arg(task).current_dir(root).env("CARGO_TARGET_DIR", root.join("target")).env("RUSTC_WRAPPER", "");
        command
    };
    let offline = cargo("metadata").args(["--offline", "--format-version", "1"]).output();
    let mut command = cargo("build");
    command.args(["--release", "--quiet", "--package", package]);
    if offline.is_ok_and(|output| output.status.success()) {
        command.arg("--offline");
    }
    let output = command.output().map_err(|error| Error::new(format!("cannot run cargo: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Error::new(format!("building {package} failed:\n{}", said.trim_end())));
    }
    let program = root.join(format!("target/release/{package}{}", std::env::consts::EXE_SUFFIX));
    fs::metadata(&program).map(|file| file.len()).map_err(|error| Error::io("read", &program, &error))
}
