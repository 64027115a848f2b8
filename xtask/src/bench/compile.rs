//! `bench compile`.

use std::path::Path;

use migration_codegen::{Sources, synthetic};

use super::package::Package;
use super::table::Table;
use super::{in_release, mebibytes, seconds, temporary};
use crate::cli::BenchCompile;
use crate::error::{Outcome, Result};
use crate::repo::Repo;
use crate::{term, tree};

const COLUMNS: &[&str] = &[
    "crate",
    "services",
    "other features",
    "crates",
    "dependencies, CPU s",
    "crate alone, CPU s",
    "both, CPU s",
    "peak MiB",
    "limit",
];

/// Above this, one run takes long enough to be steady.
const ONE_RUN_FROM: u32 = 500;

pub(crate) fn run(args: &BenchCompile, repo: &Repo) -> Result<Outcome> {
    if let Some(outcome) = in_release(repo) {
        return outcome;
    }
    let mut table = Table::new(COLUMNS);
    let own = Subject {
        name: "the repository's own".to_owned(),
        sources: tree::read_spec(&repo.spec())?,
        runs: args.runs,
        limits: &[("", "crate alone 10 s"), ("reqwest", "crate alone 10 s")],
        single: &[("", "crate alone 3 s"), ("client", "crate alone 5 s")],
    };
    own.measure(&features(args, &["", "reqwest"]), repo, &mut table)?;
    let mut sizes = args.sizes.clone();
    sizes.retain(|size| *size > 0);
    sizes.sort_unstable();
    sizes.dedup();
    for size in sizes {
        let subject = Subject {
            name: format!("{size} operations"),
            sources: synthetic::spec(size as usize),
            runs: if size >= ONE_RUN_FROM { 1 } else { args.runs },
            limits: match size {
                100 => &[("", "crate alone 5 s, 500 MiB"), ("client", "crate alone 5 s, 500 MiB")],
                1_000 => &[("", "crate alone 50 s, 3072 MiB"), ("client", "crate alone 50 s, 3072 MiB")],
                _ => &[],
            },
            single: &[],
        };
        subject.measure(&features(args, &["", "client"]), repo, &mut table)?;
    }
    term::out(&format!(
        "{}\n`cargo check`, not incremental, no default features. Dependencies: cold, once, with an empty crate on top. Crate alone: dependencies\n\
         checked before, median of {} runs (one from {ONE_RUN_FROM} operations up), cargo itself included. Peak: the largest process while the crate is checked.\n",
        table.text(),
        args.runs
    ));
    Ok(Outcome::Good)
}

fn features(args: &BenchCompile, default: &[&str]) -> Vec<String> {
    if args.features.is_empty() {
        default.iter().map(|features| (*features).to_owned()).collect()
    } else {
        args.features.clone()
    }
}

/// A crate to compile.
struct Subject {
    name: String,
    sources: Sources,
    runs: usize,
    /// The limits with all services, by other features.
    limits: &'static [(&'static str, &'static str)],
    /// Other features to measure with each single service, and their limits.
    single: &'static [(&'static str, &'static str)],
}

impl Subject {
    fn measure(&self, features: &[String], repo: &Repo, table: &mut Table) -> Result<()> {
        let dir = temporary()?;
        let package = Package::generate(&self.sources, &dir.path().join("crate"), repo)?;
        let services = services(&self.sources);
        let all = features.iter().map(|extra| {
            let limit = self.limits.iter().find(|(features, _)| features == extra).map_or("", |(_, limit)| limit);
            (services.join(","), extra.as_str(), limit)
        });
        let single = self
            .single
            .iter()
            .flat_map(|(extra, limit)| services.iter().map(move |service| ((*service).to_owned(), *extra, *limit)));
        for (chosen, extra, limit) in all.chain(single) {
            let name = if extra.is_empty() { "none" } else { extra };
            term::err(&format!("{}, services {chosen}, other features {name}…\n", self.name));
            let together = format!("{chosen},{extra}");
            let together = together.trim_end_matches(',');
            let (dependencies, alone) = package.check(together, self.runs)?;
            table.row(&[
                self.name.clone(),
                if chosen.contains(',') { "all".to_owned() } else { chosen },
                name.to_owned(),
                package.crates(together)?.to_string(),
                seconds(dependencies.cpu()),
                seconds(alone.cpu()),
                seconds(dependencies.cpu() + alone.cpu()),
                mebibytes(alone.peak),
                limit.to_owned(),
            ]);
        }
        Ok(())
    }
}

/// The services of a spec, as features.
fn services(sources: &Sources) -> Vec<&str> {
    let folders = sources.iter().filter_map(|(path, _)| path.strip_suffix("/service.yaml"));
    folders.filter(|folder| Path::new(folder).components().count() == 1).collect()
}
