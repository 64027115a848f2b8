//! `spec.yaml` and `service.yaml`.

use super::{Cx, Report, Spot};
use crate::diff::change::Owner;
use crate::diff::matching::by_key;
use crate::diff::table::crates as rules;
use crate::diff::table::documentation::{DOC_CHANGED, TITLE_CHANGED};
use crate::model::{Cloud, Endpoint, Model, Operation, Service};

pub(super) fn package(a: &Model, b: &Model, report: &mut Report<'_>) {
    let spot = Spot::new(Owner::Crate, [], None, None);
    let texts = [
        (&rules::PACKAGE_RENAMED, "package", Some(&a.package), Some(&b.package)),
        (&rules::VERSION_CHANGED, "version", Some(&a.version), Some(&b.version)),
        (&rules::DESCRIPTION_CHANGED, "description", Some(&a.description), Some(&b.description)),
        (&rules::LICENSE_CHANGED, "license", Some(&a.license), Some(&b.license)),
        (&rules::REPOSITORY_CHANGED, "repository", a.repository.as_ref(), b.repository.as_ref()),
    ];
    for (rule, key, old, new) in texts {
        let spot = spot.at(key, None, None);
        report.texts(rule, &spot, "", old.map(String::as_str), new.map(String::as_str));
    }
    let matched = by_key(&a.clouds, &b.clouds, |cloud| cloud.id.as_str());
    let place = |cloud: &Cloud| spot.at(format!("clouds.{}", cloud.id), None, None);
    for gone in matched.gone {
        report.add(&rules::CLOUD_REMOVED, &place(gone), "", Some(gone.title.clone()), None);
    }
    for new in matched.new {
        report.add(&rules::CLOUD_ADDED, &place(new), "", None, Some(new.title.clone()));
    }
    for (old, new) in matched.both {
        cloud(old, new, &place(new), report);
    }
}

fn cloud(a: &Cloud, b: &Cloud, spot: &Spot, report: &mut Report<'_>) {
    report.texts(&TITLE_CHANGED, spot, "title", Some(&a.title), Some(&b.title));
    let presence = (&rules::IDENTITY_URL_ADDED, &rules::IDENTITY_URL_REMOVED, &rules::IDENTITY_URL_CHANGED);
    report.presence(presence, spot, "identity", a.identity.as_deref(), b.identity.as_deref());
    let matched = by_key(&a.identity_regions, &b.identity_regions, |(region, _)| region.as_str());
    let all = matched.both.into_iter().map(|(old, new)| (&old.0, Some(old.1.as_str()), Some(new.1.as_str())));
    let all = all.chain(matched.gone.into_iter().map(|(region, url)| (region, Some(url.as_str()), None)));
    let all = all.chain(matched.new.into_iter().map(|(region, url)| (region, None, Some(url.as_str()))));
    for (region, old, new) in all {
        report.presence(presence, spot, &format!("identity in {region}"), old, new);
    }
}

pub(super) fn operations(service: &Service) -> impl Iterator<Item = &Operation> {
    service.units.iter().filter_map(|unit| unit.operation.as_ref())
}

/// A service that only one side has.
pub(super) fn whole_service(service: &Service, is_new: bool, report: &mut Report<'_>) {
    report.service.clone_from(&service.id);
    let names: Vec<String> = operations(service).map(|operation| operation.name.value.clone()).collect();
    let spot = Spot::new(Owner::Service, names, None, None);
    let title = Some(service.title.clone());
    if is_new {
        report.add(&rules::SERVICE_ADDED, &spot, "", None, title);
    } else {
        report.add(&rules::SERVICE_REMOVED, &spot, "", title, None);
    }
    let path = format!("{}/service.yaml", service.id);
    if let Some(change) = report.list.last_mut() {
        (change.base, change.revision) = (report.a.file(&path), report.b.file(&path));
    }
    report.service.clear();
}

pub(super) fn service(cx: &mut Cx<'_, '_, '_>) {
    let (a, b) = (cx.a, cx.b);
    let spot = Spot::new(Owner::Service, [], None, None);
    let from = cx.report.list.len();
    cx.report.texts(&TITLE_CHANGED, &spot, "title", Some(&a.title), Some(&b.title));
    cx.report.texts(&DOC_CHANGED, &spot, "doc", a.doc.as_deref(), b.doc.as_deref());
    let error = |service: &Service| service.error.map(|id| service.types[id.0].name.value.clone());
    let same = match (a.error, b.error) {
        (Some(old), Some(new)) => cx.pairs.has(old, new),
        (old, new) => old.is_none() && new.is_none(),
    };
    if !same {
        cx.report.add(&rules::SERVICE_ERROR_CHANGED, &spot.at("error", None, None), "", error(a), error(b));
    }
    let presence = (&rules::ENDPOINT_ADDED, &rules::ENDPOINT_REMOVED, &rules::ENDPOINT_CHANGED);
    let matched = by_key(&a.endpoints, &b.endpoints, |endpoint| (endpoint.cloud.as_str(), endpoint.region.as_str()));
    let place = |endpoint: &Endpoint| spot.at(format!("endpoints.{}.{}", endpoint.cloud, endpoint.region), None, None);
    for (old, new) in matched.both {
        cx.report.presence(presence, &place(new), "", Some(&old.url), Some(&new.url));
    }
    for gone in matched.gone {
        cx.report.presence(presence, &place(gone), "", Some(&gone.url), None);
    }
    for new in matched.new {
        cx.report.presence(presence, &place(new), "", None, Some(&new.url));
    }
    let path = format!("{}/service.yaml", a.id);
    for change in &mut cx.report.list[from..] {
        (change.base, change.revision) = (cx.report.a.file(&path), cx.report.b.file(&path));
    }
}
