//! Reads a hand-maintained YAML spec of documented cloud APIs and writes a Rust client crate that validates requests.
//!
//! A pure library: text in, text out. The same spec gives the same bytes, whatever the order of files or the machine, and a broken
//! spec gives diagnostics, all of them in one run, never a panic.
//!
//! The stages each know only their neighbour: `read` (text to a tree with places) → `decode` (tree to grammar) → `lower` (grammar
//! to model) → `check` (lints) → `emit` (model to text). Beside them, `diff` compares two models.

mod check;
mod decode;
mod diagnostic;
pub mod diff;
mod docs;
mod emit;
mod errata;
mod files;
mod fit;
mod grammar;
mod lower;
mod model;
mod name;
mod openapi;
mod page;
mod pattern;
mod read;
mod schema;
mod sent;
mod sources;
mod table;

pub mod audit;
pub mod synthetic;

use std::collections::BTreeMap;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use schema::schema;
pub use sources::Sources;

/// What a spec becomes.
#[derive(Clone, Debug)]
pub struct Outputs {
    files: BTreeMap<String, String>,
    operations_table: String,
    warnings: Diagnostics,
}

impl Outputs {
    /// The files of the generated crate by path relative to its folder, sorted.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The table of operations for the README, in Markdown.
    pub fn operations_table(&self) -> &str {
        &self.operations_table
    }

    /// What is worth a look in the spec although it is valid.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }
}

/// Generates the crate that a spec describes.
///
/// # Errors
///
/// All mistakes of the spec, if it has any that matter; then there is no output.
pub fn generate(sources: &Sources) -> Result<Outputs, Diagnostics> {
    let (model, diagnostics) = load(sources);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    let files = emit::emit(&model).map_err(|error| {
        let message = format!("the generator wrote what is no Rust: {}", error.0);
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(
            Diagnostic::folder("internal", message)
                .help("this is a mistake of the generator; please report it with the spec"),
        );
        diagnostics
    })?;
    Ok(Outputs { files, operations_table: table::operations(&model), warnings: diagnostics })
}

/// Describes each service in OpenAPI 3.1: documents by file name, such as `dcs.json`.
///
/// # Errors
///
/// All mistakes of the spec, if it has any that matter; then there is no output.
pub fn openapi(sources: &Sources) -> Result<BTreeMap<String, String>, Diagnostics> {
    let (model, diagnostics) = load(sources);
    if diagnostics.has_errors() { Err(diagnostics) } else { Ok(openapi::documents(&model)) }
}

/// Finds all mistakes of a spec, and what is worth a look.
pub fn check(sources: &Sources) -> Diagnostics {
    load(sources).1
}

/// What is read of a saved documentation page, a fact a line, or why nothing is: for the fuzzer, and to see what an audit saw.
///
/// # Errors
///
/// Why the bytes are no page of an operation, and what to do about it.
#[doc(hidden)]
pub fn page_listing(bytes: &[u8]) -> Result<String, String> {
    match page::read(bytes) {
        Ok(page) => Ok(page::listing(&page)),
        Err(refusal) => Err(format!("{refusal}\n  help: {}\n", refusal.help())),
    }
}

fn load(sources: &Sources) -> (model::Model, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let files = files::files(sources, &mut diagnostics);
    diagnostics.end_of_decoding();
    let model = lower::lower(&files, &mut diagnostics);
    drop(files);
    check::check(&model, &mut diagnostics);
    (model, diagnostics.finish())
}

/// The first line of a spec file of that path, by which editors find the JSON Schema.
pub fn modeline(path: &str) -> String {
    files::modeline(path)
}
