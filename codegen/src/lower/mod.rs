//! Grammar to model: references resolved, evidence inherited, Rust names chosen.

mod fields;
mod flow;
mod names;
mod operation;
mod rules;
mod service;
mod types;

use std::collections::HashMap;

use crate::decode::Text;
use crate::diagnostic::{Diagnostic, Diagnostics, one_of};
use crate::docs::line;
use crate::files::{Files, ServiceFiles};
use crate::grammar::Basis;
use crate::model::{Cloud, Model, Page, TypeId};

pub(crate) fn lower(files: &Files, diagnostics: &mut Diagnostics) -> Model {
    let mut model = Model::default();
    if let Some(spec) = &files.spec {
        model.package.clone_from(&spec.package);
        model.version.clone_from(&spec.version);
        model.description = line(&spec.description);
        model.license.clone_from(&spec.license);
        model.repository = spec.repository.as_ref().map(|r| r.value.clone());
        model.clouds = spec.clouds.iter().map(|(id, cloud)| service::cloud(id, cloud, diagnostics)).collect();
    }
    let mut claims = HashMap::new();
    for (id, _) in files.spec.iter().flat_map(|spec| spec.clouds.iter()) {
        names::claim(&mut claims, &crate::name::module(id), id.span, "cloud", diagnostics);
    }
    claims.clear();
    for service in &files.services {
        let mut cx = Lowering {
            clouds: &model.clouds,
            files: service,
            names: HashMap::new(),
            shapes: Vec::new(),
            used: Vec::new(),
            diagnostics,
        };
        let lowered = service::service(service, &mut cx, &mut claims);
        model.services.push(lowered);
    }
    model
}

/// What a type is, before its fields are known.
#[derive(Clone, Copy)]
enum Shape {
    Object,
    Enum,
    /// Neither, or both: reported where it stands.
    Unclear,
}

/// What lowering one service needs to know.
struct Lowering<'a> {
    clouds: &'a [Cloud],
    files: &'a ServiceFiles,
    /// Types of the service by documented name.
    names: HashMap<String, TypeId>,
    /// What each type is.
    shapes: Vec<Shape>,
    /// Which types anything refers to.
    used: Vec<bool>,
    diagnostics: &'a mut Diagnostics,
}

impl Lowering<'_> {
    fn error(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn known_cloud(&mut self, cloud: &Text) {
        let ids: Vec<&str> = self.clouds.iter().map(|cloud| cloud.id.as_str()).collect();
        // Without a readable spec.yaml every cloud would be unknown; that mistake is reported once, there.
        if !ids.is_empty() && !ids.contains(&cloud.as_str()) {
            let help = one_of(cloud, &ids);
            self.error(
                Diagnostic::error("unknown-cloud", cloud.span, format!("no cloud `{}` in spec.yaml", cloud.value))
                    .help(help),
            );
        }
    }

    fn pages(&mut self, pages: &[crate::grammar::Page]) -> (Vec<Page>, usize) {
        let leads: Vec<usize> = (0..pages.len()).filter(|at| pages[*at].lead).collect();
        if pages.len() > 1 && leads.len() != 1 {
            let count = if leads.is_empty() { "none of these pages leads" } else { "more than one page leads" };
            let span = leads.get(1).map_or(pages[0].span, |at| pages[*at].span);
            self.error(
                Diagnostic::error("no-lead-page", span, count)
                    .help("put `lead: true` on the one page that facts come from unless they say otherwise"),
            );
        }
        for (at, page) in pages.iter().enumerate() {
            self.known_cloud(&page.cloud);
            if let Some(first) = pages[..at].iter().find(|other| other.id.value == page.id.value) {
                let message = format!("two pages are called `{}`", page.id.value);
                self.error(
                    Diagnostic::error("duplicate-id", page.id.span, message).related(first.id.span, "first here"),
                );
            }
        }
        let lowered = pages.iter().map(|page| Page {
            id: page.id.value.clone(),
            cloud: page.cloud.value.clone(),
            title: line(&page.title),
            url: page.url.as_ref().map(|url| url.value.clone()),
            updated: page.updated.as_ref().map(|date| date.value.clone()),
            basis: page.basis.unwrap_or(Basis::Table),
        });
        (lowered.collect(), leads.first().copied().unwrap_or(0))
    }
}
