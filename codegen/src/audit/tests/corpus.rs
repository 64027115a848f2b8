//! The vendor's pages of one service, where they lie beside the repository.

use std::fs;
use std::path::{Path, PathBuf};

use crate::audit::{Auditor, Kind, Options, Reason, Report};
use crate::sources::Sources;

/// A folder of pages, if it is at hand.
fn beside(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/docs").join(name);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return None;
    }
    Some(folder)
}

fn pages(folder: &Path, prefix: &str) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .filter(|(name, _)| name.starts_with(prefix))
        .map(|(name, path)| (name, fs::read(path).unwrap()))
        .collect();
    all.sort();
    all
}

fn spec() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut sources = Sources::new();
    for path in fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_file() {
            sources.insert(name, fs::read(path).unwrap());
            continue;
        }
        for file in fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()) {
            sources.insert(format!("{name}/{}", file.file_name().unwrap().to_str().unwrap()), fs::read(file).unwrap());
        }
    }
    sources
}

fn unanswered(report: &Report) -> Vec<String> {
    let of = report
        .findings
        .iter()
        .filter(|finding| finding.kind.is_drift() || finding.kind == Kind::Contradiction && finding.answered.is_none());
    of.map(|finding| format!("{}[{}] {}: {}", finding.kind.word(), finding.fact, finding.at, finding.page)).collect()
}

#[test]
fn the_seeds_do_not_drift_and_errata_answer_what_they_contradict() {
    let (Some(seeds), sources) = (beside("seeds"), spec()) else { return };
    let auditor = Auditor::new(&sources).unwrap();
    for (name, bytes) in pages(&seeds, "") {
        let report = auditor.audit(&bytes, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        println!("{name}: {:?} {:?}", report.facts, report.rows);
        assert_eq!(unanswered(&report), Vec::<String>::new(), "{name}");
        assert!(report.facts.add_up() && report.rows.add_up(), "{name}: {:?} {:?}", report.facts, report.rows);
        assert_eq!(report.rows.unread, 0, "{name}");
    }
}

#[test]
fn the_pages_of_one_service_do_not_drift() {
    let (Some(dcs), sources) = (beside("dcs"), spec()) else { return };
    let auditor = Auditor::new(&sources).unwrap();
    let (mut compared, mut others) = (0, 0);
    for (name, bytes) in pages(&dcs, "otc-") {
        match auditor.audit(&bytes, &Options::default()) {
            Ok(report) => {
                compared += 1;
                assert_eq!(unanswered(&report), Vec::<String>::new(), "{name}");
                assert!(report.facts.add_up() && report.rows.add_up(), "{name}");
                assert_eq!(report.rows.unread, 0, "{name}");
            }
            // Indexes and appendices, and operations that the spec leaves out.
            Err(refused) => {
                others += 1;
                assert!(matches!(refused.reason, Reason::NoOperation | Reason::Unknown), "{name}: {refused}");
            }
        }
    }
    assert_eq!((compared, others), (19, 15));
}

/// All files of a folder and of those in it.
fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files(&path, all);
        } else {
            all.push(path);
        }
    }
}

#[test]
fn sources_disagree_with_the_spec_only_where_errata_record_it() {
    let (Some(docs), sources) = (beside(""), spec()) else { return };
    let auditor = Auditor::new(&sources).unwrap();
    let (mut all, mut compared, mut found) = (Vec::new(), 0, Vec::new());
    files(&docs, &mut all);
    all.sort();
    for path in &all {
        let Ok(report) = auditor.audit(&fs::read(path).unwrap(), &Options::default()) else { continue };
        compared += 1;
        assert!(report.facts.add_up() && report.rows.add_up(), "{}", path.display());
        found.extend(unanswered(&report).into_iter().map(|finding| format!("{}: {finding}", path.display())));
    }
    println!("{compared} of {} files compared", all.len());
    assert!(found.is_empty() && compared >= 169, "{compared} of {} files compared\n{}", all.len(), found.join("\n"));
}

/// What changed from one edition to the next, read by hand once.
const CHANGED: &[&str] = &[
    "contradiction[enum] StopMigrationTaskResp.status: one list of its values has `INCRMIGRATING`, another has not",
    "contradiction[enum] body.migration_type: one list of its values has `online_migration`, another has not",
    "contradiction[name] TargetInstanceRespBody.task_status: an example shows `task_status`, which no table has",
    "drift[field] TargetInstanceBody.task_status: its table has no row `task_status`",
    "drift[field] TargetInstanceRespBody.task_status: its table has no row `task_status`",
    "drift[need] BackupFilesBody.bucket_name: mandatory",
];

#[test]
fn an_older_edition_drifts_where_it_was_changed() {
    let (Some(old), sources) = (beside("dcs/otc-2024-04"), spec()) else { return };
    let auditor = Auditor::new(&sources).unwrap();
    let options = Options { page: Some("lead".to_owned()), operation: None };
    let mut found = Vec::new();
    for (name, bytes) in pages(&old, "") {
        let report = auditor.audit(&bytes, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        found.extend(unanswered(&report));
    }
    found.sort();
    found.dedup();
    assert_eq!(found, CHANGED);
}
