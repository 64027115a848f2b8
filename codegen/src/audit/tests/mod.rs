//! The audit, on pages and a spec that were made for it, and on real ones where they are at hand.

mod change;
mod corpus;
mod edited;
mod forms;
mod mutations;

use std::fs;
use std::path::{Path, PathBuf};

use super::{Auditor, Options, Refused, Report};
use crate::model::Model;
use crate::sources::Sources;

/// Pages and a spec of their operations.
struct Corpus {
    spec: PathBuf,
    folder: PathBuf,
    /// File and operation.
    pages: Vec<(&'static str, &'static str)>,
}

impl Corpus {
    /// Those in this repository.
    fn own() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit");
        let pages = [
            ("update-widget.html", "UpdateWidget"),
            ("update-widget.rst", "UpdateWidget"),
            ("update-widget.md", "UpdateWidget"),
            ("update-widget.txt", "UpdateWidget"),
            ("update-widget-flat.txt", "UpdateWidget"),
        ];
        Self { spec: root.join("spec"), folder: root.join("pages"), pages: pages.to_vec() }
    }

    /// The five pages that the project began with, if they lie beside the repository.
    fn seeds() -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = root.join("../shared/docs/seeds");
        if !folder.is_dir() {
            println!("skipped: there is no {}", folder.display());
            return None;
        }
        let pages = [
            ("000_6de793166b3263e0.txt", "UpdateMigrationTask"),
            ("001_9b87a2e7b6ae9e41.txt", "SetOnlineMigrationTask"),
            ("002_35b7d778b4f25384.txt", "RetryTaskGroup"),
            ("003_a2ace0871f77cbc0.txt", "UpdateTaskStatus"),
            ("004_7d0b529d18294685.txt", "BatchRestartOnlineMigrationTasks"),
        ];
        Some(Self { spec: root.join("spec"), folder, pages: pages.to_vec() })
    }

    fn page(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The spec's files that an operation needs; with all of them each change would take much longer.
    fn sources(&self, operation: &str) -> Sources {
        let name = format!("{}.yaml", crate::name::kebab(operation));
        let mut sources = Sources::new();
        let mut add = |path: &Path| {
            let shown = path.strip_prefix(&self.spec).unwrap().to_str().unwrap().replace('\\', "/");
            if let Ok(bytes) = fs::read(path) {
                sources.insert(shown, bytes);
            }
        };
        add(&self.spec.join("spec.yaml"));
        for service in fs::read_dir(&self.spec).unwrap().map(|entry| entry.unwrap().path()) {
            if service.join(&name).is_file() {
                for file in [name.as_str(), "service.yaml", "types.yaml"] {
                    add(&service.join(file));
                }
            }
        }
        sources
    }
}

/// The model of a spec, whatever its lints say.
fn load(sources: &Sources) -> Model {
    crate::load(sources).0
}

fn audit(sources: &Sources, model: Model, page: &crate::page::Page, head: &str) -> Result<Report, Refused> {
    Auditor { sources, model }.compare(page, head, &Options::default())
}
