//! For machines.

use codegen::diff::{At, Change, Owner};
use migration_codegen as codegen;
use serde_json::{Value, json};

use super::report::Report;

pub(super) fn show(report: &Report<'_>) -> String {
    let version = report.version();
    let value = json!({
        "base": side(report.base),
        "revision": side(report.revision),
        "version": {
            "base": version.base,
            "revision": version.revision,
            "bump": version.bump.word(),
            "required": version.required,
            "enough": version.enough,
        },
        "mistakes": report.mistaken(),
        "accepted": report.hidden(),
        "changes": report.shown().into_iter().map(|found| change(report, found)).collect::<Vec<_>>(),
        "stale": report.stale().map(|stale| json!({
            "fingerprint": stale.fingerprint,
            "path": format!("{}{}", report.revision.root, stale.at.path),
            "line": stale.at.line,
        })).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn side(spec: &super::Spec) -> Value {
    json!({ "spec": spec.shown, "commit": spec.commit })
}

fn change(report: &Report<'_>, change: &Change) -> Value {
    let rule = change.rule();
    let (kind, name) = match change.owner() {
        Owner::Crate => ("crate", None),
        Owner::Service => ("service", None),
        Owner::Operation(name) => ("operation", Some(name)),
        Owner::Type(name) => ("type", Some(name)),
    };
    let at =
        |root: &str, at: Option<&At>| at.map(|at| json!({ "path": format!("{root}{}", at.path), "line": at.line }));
    json!({
        "rule": rule.id,
        "level": rule.level.word(),
        "direction": rule.direction.word(),
        "area": rule.area.word(),
        "action": rule.action.word(),
        "wire": rule.wire.word(),
        "rust": rule.rust.word(),
        "checks": rule.validator.word(),
        "means": rule.means,
        "service": change.service(),
        "owner": kind,
        "name": name,
        "place": change.place(),
        "fact": change.fact(),
        "old": change.before(),
        "new": change.after(),
        "operations": change.operations(),
        "base": at(&report.base.root, change.base()),
        "revision": at(&report.revision.root, change.revision()),
        "fingerprint": change.fingerprint(),
        "accepted": report.accepted(change).map(|accepted| json!({ "cause": accepted.cause, "reason": accepted.reason })),
    })
}
