//! Which file holds what: a spec folder sorted into its kinds of files, each decoded.

use std::collections::HashMap;

use crate::decode::{Cx, Decode};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean, one_of};
use crate::grammar::{AcceptedFile, OperationFile, ServiceFile, SpecFile, TypesFile};
use crate::read;
use crate::sources::{FileId, Sources, Span};

/// The decoded files of a spec folder.
#[derive(Default)]
pub(crate) struct Files {
    pub(crate) spec: Option<SpecFile>,
    pub(crate) accepted: Option<AcceptedFile>,
    pub(crate) services: Vec<ServiceFiles>,
}

/// The files of one service's folder.
#[derive(Default)]
pub(crate) struct ServiceFiles {
    pub(crate) folder: String,
    pub(crate) service: Option<ServiceFile>,
    pub(crate) types: Option<(String, TypesFile)>,
    pub(crate) operations: Vec<(String, OperationFile)>,
    /// Whether a file of the folder could not be read, so that what seems missing or unused may stand there.
    pub(crate) incomplete: bool,
}

/// The first line by which editors find the JSON Schema.
pub(crate) fn modeline(path: &str) -> String {
    format!("# yaml-language-server: $schema={}schema.json", "../".repeat(path.matches('/').count()))
}

pub(crate) fn files(sources: &Sources, diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    for (at, (path, bytes)) in sources.iter().enumerate() {
        let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["spec.yaml"] => files.spec = one(file, path, bytes, diagnostics),
            ["accepted.yaml"] => {
                files.accepted = one(file, path, bytes, diagnostics);
                files.accepted.iter().for_each(|accepted| accepted_twice(accepted, diagnostics));
            }
            ["schema.json" | "README.md"] => {}
            [_, "pages.lock"] => crate::audit::check_lock(file, path, bytes, diagnostics),
            [folder, name] if has_extension(name, "yaml") => {
                if files.services.last().is_none_or(|service| service.folder != *folder) {
                    files.services.push(ServiceFiles { folder: (*folder).to_owned(), ..ServiceFiles::default() });
                }
                if let Some(service) = files.services.last_mut() {
                    service.add(name, path, file, bytes, diagnostics);
                }
            }
            _ => unknown_file(file, path, &parts, diagnostics),
        }
    }
    missing(sources, &files, diagnostics);
    files
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, found)| found == extension && !stem.is_empty())
}

impl ServiceFiles {
    fn add(&mut self, name: &str, path: &str, file: FileId, bytes: &[u8], diagnostics: &mut Diagnostics) {
        match name {
            "service.yaml" => {
                self.service = one(file, path, bytes, diagnostics);
                self.incomplete |= self.service.is_none();
            }
            "types.yaml" => {
                self.types = one(file, path, bytes, diagnostics).map(|types| (path.to_owned(), types));
                self.incomplete |= self.types.is_none();
            }
            _ => match one(file, path, bytes, diagnostics) {
                Some(operation) => self.operations.push((path.to_owned(), operation)),
                None => self.incomplete = true,
            },
        }
    }
}

fn one<T: Decode>(file: FileId, path: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<T> {
    let node = read::read(file, bytes, diagnostics)?;
    let expected = modeline(path);
    if !read::without_mark(bytes).starts_with(expected.as_bytes()) {
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let span = Span { file, start: 0, end: u32::try_from(end).unwrap_or(0) };
        diagnostics.push(
            Diagnostic::warning("no-schema-line", span, "the first line does not point editors at the JSON Schema")
                .help(format!("begin the file with `{expected}`")),
        );
    }
    Some(T::decode(&node, &mut Cx { diagnostics }))
}

fn accepted_twice(file: &AcceptedFile, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for accepted in file.accepted.iter().filter(|accepted| !accepted.fingerprint.is_empty()) {
        let span = accepted.fingerprint.span;
        if let Some(first) = seen.insert(accepted.fingerprint.as_str(), span) {
            let message = format!("the change `{}` is accepted twice", accepted.fingerprint.value);
            diagnostics.push(Diagnostic::error("duplicate-id", span, message).related(first, "first here"));
        }
    }
}

fn unknown_file(file: FileId, path: &str, parts: &[&str], diagnostics: &mut Diagnostics) {
    let span = Span { file, start: 0, end: 0 };
    let name = parts.last().copied().unwrap_or(path);
    let help = match did_you_mean(name, ["spec.yaml", "service.yaml", "types.yaml", "accepted.yaml"]) {
        Some(near) => format!("did you mean `{near}`?"),
        None if has_extension(name, "yml") => "spec files end in `.yaml`".to_owned(),
        None => "a spec folder holds `spec.yaml` and, in a folder per service, `service.yaml`, `types.yaml` and a file per operation".to_owned(),
    };
    diagnostics.push(Diagnostic::error("unknown-file", span, format!("`{path}` is not a file of a spec")).help(help));
}

fn missing(sources: &Sources, files: &Files, diagnostics: &mut Diagnostics) {
    let has = |path: &str| sources.iter().any(|(found, _)| found == path);
    if !has("spec.yaml") {
        diagnostics.push(
            Diagnostic::folder("missing-file", "the spec folder has no `spec.yaml`")
                .help("is this the right folder? `spec.yaml` names the crate and the clouds"),
        );
    }
    for service in &files.services {
        let path = format!("{}/service.yaml", service.folder);
        if !has(&path) {
            let services: Vec<&str> = files
                .services
                .iter()
                .map(|s| s.folder.as_str())
                .filter(|name| has(&format!("{name}/service.yaml")))
                .collect();
            let help = did_you_mean(&service.folder, services.iter().copied()).map_or_else(
                || "it names the service and what its operations share".to_owned(),
                |_| one_of(&service.folder, &services),
            );
            diagnostics.push(
                Diagnostic::folder("missing-file", format!("the folder `{}` has no `service.yaml`", service.folder))
                    .help(help),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Sources, files, modeline};
    use crate::diagnostic::Diagnostics;

    #[test]
    fn a_byte_order_mark_does_not_hide_the_first_line() {
        for (mark, path) in [("", "spec.yaml"), ("\u{feff}", "spec.yaml")] {
            let text = format!(
                "{mark}{}\npackage: a\nversion: 0.1.0\ndescription: d\nlicense: MIT\nclouds: {{a: {{title: A}}}}\n",
                modeline(path)
            );
            let sources: Sources = [(path.to_owned(), text.into_bytes())].into_iter().collect();
            let mut diagnostics = Diagnostics::default();
            assert!(files(&sources, &mut diagnostics).spec.is_some_and(|spec| *spec.package == "a"));
            assert!(diagnostics.is_empty(), "{diagnostics:?}");
        }
    }
}
