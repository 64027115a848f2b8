//! Where things are in the repository.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A checkout of the repository.
pub(crate) struct Repo {
    root: PathBuf,
}

impl Repo {
    /// The checkout this program was built in, unless another one is named.
    pub(crate) fn new(root: Option<PathBuf>) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = root.unwrap_or_else(|| here.parent().unwrap_or(here).to_owned());
        Self { root }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn spec(&self) -> PathBuf {
        self.root.join("spec")
    }

    pub(crate) fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    pub(crate) fn readme(&self) -> PathBuf {
        self.root.join("README.md")
    }

    /// The path as people call it: relative to the repository if it lies there.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string().replace('\\', "/")
    }
}

/// The services of a spec folder: its folders with a `service.yaml`, sorted.
pub(crate) fn services(spec: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(spec).map_err(|error| {
        Error::io("read the spec folder", spec, &error)
            .help("run this in the repository, or name the folder with `--spec DIR`")
    })?;
    let mut services: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| spec.join(name).join("service.yaml").is_file())
        .collect();
    services.sort();
    Ok(services)
}

/// A path without links and `..`, also where its end does not exist yet.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for existing in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(existing), path.strip_prefix(existing)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path
}
