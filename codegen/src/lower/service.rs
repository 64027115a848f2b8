//! A service: its types, then its operations.

use std::collections::HashMap;

use super::{Lowering, flow, names, operation, types};
use crate::decode::Text;
use crate::diagnostic::{Diagnostic, Diagnostics, one_of};
use crate::docs::line;
use crate::files::ServiceFiles;
use crate::grammar::{self, ServiceFile};
use crate::model::{Cloud, Endpoint, Location, Service, Unit};
use crate::name;
use crate::sources::Span;

/// What operations inherit from their service.
pub(super) struct Common<'a> {
    pub(super) file: Option<&'a ServiceFile>,
}

pub(super) fn service<'a>(
    files: &'a ServiceFiles,
    cx: &mut Lowering<'a>,
    handles: &mut HashMap<String, Span>,
) -> Service {
    let file = files.service.as_ref();
    let common = Common { file };
    if let Some(file) = file {
        if file.service.value != files.folder && !file.service.is_empty() {
            let message = format!("the service is called `{}`, its folder `{}`", file.service.value, files.folder);
            cx.error(
                Diagnostic::error("file-name", file.service.span, message)
                    .help(format!("write `{}`, or rename the folder", files.folder)),
            );
        }
        if let Some(why) = name::service_objection(&files.folder) {
            let message = format!("a service cannot be called `{}`: {why}", files.folder);
            cx.error(
                Diagnostic::error("reserved-name", file.service.span, message)
                    .help("choose another name for the folder and for `service`"),
            );
        }
        names::claim(handles, &name::module(&files.folder), file.service.span, "service", cx.diagnostics);
    }
    let mut units = Vec::new();
    if let Some((path, types)) = &files.types {
        let (pages, lead) = cx.pages(&types.pages);
        let unit = Unit {
            path: path.clone(),
            module: "types".to_owned(),
            pages,
            lead,
            operation: None,
            types: Vec::new(),
            errata: types.errata.clone(),
        };
        units.push(unit);
    }
    for (path, operation) in &files.operations {
        let (pages, lead) = cx.pages(&operation.pages);
        if operation.pages.is_empty() {
            cx.error(
                Diagnostic::error("no-page", operation.span, "the operation has no page")
                    .help("every fact needs the page it comes from: `pages: [{id, cloud, title, url, updated}]`"),
            );
        }
        let module = name::unit(&operation.operation);
        let errata = operation.errata.clone();
        units.push(Unit { path: path.clone(), module, pages, lead, operation: None, types: Vec::new(), errata });
    }

    let definitions = names::types(cx);
    cx.used = vec![false; definitions.len()];
    let mut types = types::types(&definitions, &mut units, cx);
    types::rules(&definitions, &mut types, &units, cx);
    let first = usize::from(files.types.is_some());
    let mut claims = HashMap::new();
    if let Some(file) = file {
        names::claim(&mut claims, &name::type_name(&files.folder), file.service.span, "service", cx.diagnostics);
    }
    for (at, (path, file)) in files.operations.iter().enumerate() {
        let lowered = operation::operation(path, file, first + at, &common, &units, &types, cx);
        names::claim_operation(&mut claims, &lowered, cx.diagnostics);
        units[first + at].operation = Some(lowered);
    }
    names::claim_types(&mut claims, &types, cx.diagnostics);
    flow::claim_methods(&units, cx);
    let error = file.and_then(|file| file.error.as_ref()).and_then(|error| cx.resolve_name(error));
    types::report_unused(&types, cx);
    if let Some(file) = file {
        unused_entries(file, &units, cx);
    }
    Service {
        id: files.folder.clone(),
        handle: name::type_name(&files.folder),
        title: file.map_or_else(String::new, |f| crate::docs::line(&f.title)),
        doc: file.and_then(|f| f.doc.as_ref()).map(|d| d.value.clone()),
        error,
        endpoints: file.map_or_else(Vec::new, |file| endpoints(file, cx)),
        units,
        types,
    }
}

/// What the client or the credentials fill in exists somewhere; else a slip here would change the public API in silence.
fn unused_entries(file: &ServiceFile, units: &[Unit], cx: &mut Lowering<'_>) {
    let operations: Vec<_> = units.iter().filter_map(|unit| unit.operation.as_ref()).collect();
    if operations.is_empty() || cx.files.incomplete {
        return;
    }
    let names = |location: Location| {
        let inputs = operations.iter().flat_map(|operation| &operation.inputs);
        inputs
            .filter(|input| input.location == location)
            .map(|input| input.field.wire.value.as_str())
            .collect::<Vec<_>>()
    };
    let (mut paths, mut headers) = (names(Location::Path), names(Location::Header));
    for list in [&mut paths, &mut headers] {
        list.sort_unstable();
        list.dedup();
    }
    for (name, _) in file.supplies.iter().filter(|(name, _)| !paths.contains(&name.value.as_str())) {
        let message = format!("no operation has the path parameter `{}`", name.value);
        cx.error(Diagnostic::error("unknown-field", name.span, message).help(one_of(name, &paths)));
    }
    for name in file.credentials.iter().filter(|name| !headers.iter().any(|header| header.eq_ignore_ascii_case(name))) {
        let message = format!("no operation has the header `{}`", name.value);
        cx.error(Diagnostic::error("unknown-field", name.span, message).help(one_of(name, &headers)));
    }
}

/// A cloud, and where its identity service is.
pub(super) fn cloud(id: &Text, cloud: &grammar::Cloud, diagnostics: &mut Diagnostics) -> Cloud {
    if let Some(url) = &cloud.identity {
        // The region is part of a host, so anything that can be in one will do.
        check_base_url(url, &url.replace("{region}", "region"), diagnostics);
    }
    for (_, url) in cloud.identity_regions.iter() {
        check_base_url(url, url, diagnostics);
    }
    Cloud {
        id: id.value.clone(),
        title: line(&cloud.title),
        identity: cloud.identity.as_ref().map(|url| url.value.clone()),
        identity_regions: cloud
            .identity_regions
            .iter()
            .map(|(region, url)| (region.value.clone(), url.value.clone()))
            .collect(),
    }
}

fn endpoints(file: &ServiceFile, cx: &mut Lowering<'_>) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    for (cloud, regions) in file.endpoints.iter() {
        cx.known_cloud(cloud);
        for (region, url) in regions.iter() {
            check_base_url(url, url, cx.diagnostics);
            endpoints.push(Endpoint {
                cloud: cloud.value.clone(),
                region: region.value.clone(),
                url: url.value.clone(),
            });
        }
    }
    endpoints
}

/// `url` as it is used; `written` is where it stands.
fn check_base_url(written: &Text, url: &str, diagnostics: &mut Diagnostics) {
    let host = url.strip_prefix("https://").unwrap_or_default();
    if host.is_empty() || host.starts_with('/') || url.ends_with('/') || host.contains(['?', '#', '@', ' ', '{', '}']) {
        diagnostics.push(
            Diagnostic::error("invalid-endpoint", written.span, format!("`{}` is no base URL", written.value))
                .help("write `https://host`, with a path if it has one, without a query or a slash at the end"),
        );
    }
}
