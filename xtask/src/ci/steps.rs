//! The steps.

use std::ffi::OsString;

use super::{Step, Work};
use crate::bench::cargo;
use crate::error::{Error, Result};
use crate::repo::Repo;

pub(super) fn all(repo: &Repo, services: &[String]) -> Result<Vec<Step>> {
    let mut steps = vec![
        step("fmt", ["fmt", "--all", "--check"]),
        own("fresh", ["generate", "--check"], repo)?,
        own("spec", ["check", "--deny-warnings"], repo)?,
        Step { name: "version".to_owned(), work: Work::Version },
        step("clippy", ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        Step {
            name: "doc".to_owned(),
            work: Work::Run(command(cargo(), ["doc", "--workspace", "--no-deps"]), &[("RUSTDOCFLAGS", "-D warnings")]),
        },
    ];
    steps.extend(combinations(services).into_iter().map(|(name, features)| with_features(&name, &features)));
    steps.push(Step { name: "lean".to_owned(), work: Work::Lean(services.join(",")) });
    steps.push(Step { name: "added".to_owned(), work: Work::Added(services.join(",")) });
    steps.push(Step { name: "locks".to_owned(), work: Work::Locks });
    steps.push(Step { name: "openapi".to_owned(), work: Work::Openapi });
    Ok(steps)
}

/// Sets of features that users have. `native-tls` is not among them: it needs a library of the system.
fn combinations(services: &[String]) -> Vec<(String, String)> {
    let all = services.join(",");
    let mut sets = vec![("none".to_owned(), String::new())];
    sets.extend(services.iter().map(|service| (service.clone(), service.clone())));
    sets.push(("services".to_owned(), all.clone()));
    // A client without a service can still make raw calls.
    sets.push(("client".to_owned(), "client".to_owned()));
    if let Some(first) = services.first() {
        sets.push((format!("client-{first}"), format!("client,{first}")));
    }
    for extra in ["blocking", "tower"] {
        sets.push((format!("{extra}-services"), format!("{extra},{all}")));
    }
    for transport in ["client", "reqwest", "rustls", "rustls-no-provider"] {
        sets.push((format!("{transport}-services"), format!("{transport},{all}")));
    }
    sets
}

/// Clippy is the check that can refuse warnings of this crate without checking all others again.
fn with_features(name: &str, features: &str) -> Step {
    let args = ["clippy", "--manifest-path", "generated/Cargo.toml", "--no-default-features", "--features", features];
    step(&format!("features-{name}"), args.into_iter().chain(["--", "-D", "warnings"]))
}

fn step<'a>(name: &str, args: impl IntoIterator<Item = &'a str>) -> Step {
    Step { name: name.to_owned(), work: Work::Run(command(cargo(), args), &[]) }
}

/// A task of this program, as a process of its own.
fn own<'a>(name: &str, args: impl IntoIterator<Item = &'a str>, repo: &Repo) -> Result<Step> {
    let program = std::env::current_exe()
        .map_err(|error| Error::new(format!("cannot find this program to run it again: {error}")))?;
    let mut command = command(program.into_os_string(), args);
    if repo.root() != Repo::new(None).root() {
        command.extend(["--root".into(), repo.root().as_os_str().to_owned()]);
    }
    Ok(Step { name: name.to_owned(), work: Work::Run(command, &[]) })
}

fn command<'a>(program: OsString, args: impl IntoIterator<Item = &'a str>) -> Vec<OsString> {
    std::iter::once(program).chain(args.into_iter().map(OsString::from)).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{all, combinations};
    use crate::cli::Cli;
    use crate::repo::Repo;

    #[test]
    fn help_names_all_steps() {
        let help = Cli::command().find_subcommand_mut("ci").unwrap().render_long_help().to_string();
        for step in all(&Repo::new(None), &["dcs".to_owned()]).unwrap() {
            let name = if step.name.starts_with("features-") { "features-…" } else { &step.name };
            assert!(help.contains(&format!(" {name}")), "no `{name}` in\n{help}");
        }
    }

    #[test]
    fn feature_sets_have_names_of_their_own() {
        let services = ["dcs".to_owned(), "oms".to_owned(), "sms".to_owned()];
        let sets = combinations(&services);
        let names: std::collections::BTreeSet<_> = sets.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), sets.len());
        assert!(sets.contains(&("rustls-services".to_owned(), "rustls,dcs,oms,sms".to_owned())));
        assert!(sets.contains(&("none".to_owned(), String::new())));
    }
}
