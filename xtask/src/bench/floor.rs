//! What generating costs at least: reading the YAML, and printing Rust of that size.

use std::time::Duration;

use migration_codegen::{self as codegen, Outputs, Sources};

use super::median;
use crate::error::{Error, Result};
use crate::measure::own_cpu;

/// CPU times in this process, each the median of some runs.
pub(super) struct Floor {
    /// From the spec's text to the crate's text, without files.
    pub(super) generate: Duration,
    /// `syn` parses the emitted text and `prettyplease` prints it. The text stands in for the tokens that `quote` makes: parsing it
    /// takes about as much longer as making the tokens does.
    pub(super) print: Duration,
    /// The reader's crate reads all YAML into plain values.
    pub(super) yaml: Duration,
}

impl Floor {
    pub(super) fn measure(sources: &Sources, outputs: &Outputs, runs: usize) -> Result<Self> {
        Ok(Self {
            generate: time(runs, || {
                codegen::generate(sources).map(|_| ()).map_err(|_| Error::new("the spec has mistakes"))
            })?,
            print: time(runs, || print(outputs))?,
            yaml: time(runs, || yaml(sources))?,
        })
    }

    pub(super) fn ratio(&self) -> f64 {
        self.generate.as_secs_f64() / (self.print + self.yaml).as_secs_f64()
    }
}

/// The median of the CPU time of some runs.
pub(super) fn time(runs: usize, work: impl Fn() -> Result<()>) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..runs {
        let start = own_cpu();
        work()?;
        times.push(own_cpu().saturating_sub(start));
    }
    Ok(median(times))
}

fn print(outputs: &Outputs) -> Result<()> {
    for (path, text) in outputs.files().filter(|(path, _)| is_rust(path)) {
        let file =
            syn::parse_file(text).map_err(|error| Error::new(format!("the generated `{path}` is no Rust: {error}")))?;
        std::hint::black_box(prettyplease::unparse(&file));
    }
    Ok(())
}

pub(super) fn is_rust(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

fn yaml(sources: &Sources) -> Result<()> {
    for (path, bytes) in sources.iter() {
        let value: serde_json::Value =
            serde_yaml::from_slice(bytes).map_err(|error| Error::new(format!("`{path}` is no YAML: {error}")))?;
        std::hint::black_box(value);
    }
    Ok(())
}
