//! Examples against tables, errata against examples.

use crate::decode::Literal;
use crate::diagnostic::{Diagnostic, Diagnostics, one_of};
use crate::fit::{self, Mismatch};
use crate::grammar::{Erratum, ErratumKind, Example, FactName, Seen};
use crate::model::{Operation, Payload, Service, Unit};
use crate::sent::{as_sent, same};

pub(super) fn check(service: &Service, unit: &Unit, operation: &Operation, diagnostics: &mut Diagnostics) {
    let mut excused = vec![false; unit.errata.len()];
    for (at, example) in operation.examples.iter().enumerate() {
        if let Some(first) = operation.examples[..at].iter().find(|other| other.name.value == example.name.value) {
            let message = format!("two examples are called `{}`", example.name.value);
            diagnostics.push(
                Diagnostic::error("duplicate-id", example.name.span, message).related(first.name.span, "first here"),
            );
        }
        if let Some(page) = example.page.as_ref().filter(|page| unit.pages.iter().all(|known| known.id != page.value)) {
            let known: Vec<&str> = unit.pages.iter().map(|page| page.id.as_str()).collect();
            diagnostics.push(
                Diagnostic::error(
                    "unknown-page",
                    page.span,
                    format!("no page of this file is called `{}`", page.value),
                )
                .help(one_of(page, &known)),
            );
        }
        for mismatch in mismatches(service, operation, example, diagnostics) {
            let mut found = false;
            for (erratum, excuses) in unit.errata.iter().zip(&mut excused) {
                if answers(erratum, example, &mismatch) {
                    *excuses = true;
                    found = true;
                }
            }
            if !found {
                diagnostics.push(report(example, &mismatch));
            }
        }
        unsendable(service, unit, operation, example, diagnostics);
        against_rules(service, unit, operation, example, diagnostics);
    }
    for (erratum, bite) in unit.errata.iter().zip(excused) {
        match &erratum.seen {
            _ if erratum.kind.value != ErratumKind::Example => {}
            None => {
                let message = "an erratum of kind `example` needs `seen`";
                diagnostics.push(
                    Diagnostic::error("missing-key", erratum.at.span, message)
                        .help("add `seen: {example: NAME, value: V}`"),
                );
            }
            Some(seen) if !bite => stale(erratum, seen, operation, diagnostics),
            Some(_) => {}
        }
    }
}

/// A rule that refuses what the page itself shows cannot be enforced. Only what fits the tables is looked at.
fn against_rules(
    service: &Service,
    unit: &Unit,
    operation: &Operation,
    example: &Example,
    diagnostics: &mut Diagnostics,
) {
    let fitted = fit::request(service, operation, &as_sent(example, &unit.errata));
    let lacking = |mismatch: &Mismatch| matches!(mismatch.fact, FactName::Name | FactName::Need);
    let fits = !fitted.mismatches.iter().any(lacking);
    if example.request.is_none() || !fits {
        return;
    }
    for rule in super::kept::broken(service, operation, &fitted.inputs) {
        let message = format!("the example breaks the rule `{rule}`");
        diagnostics.push(
            Diagnostic::error("example-mismatch", example.name.span, message)
                .help("if the page shows that, the rule is doubtful: give it `level: warning`"),
        );
    }
}

fn mismatches(
    service: &Service,
    operation: &Operation,
    example: &Example,
    diagnostics: &mut Diagnostics,
) -> Vec<Mismatch> {
    let has_request = example.request.is_some()
        || !example.path.is_empty()
        || !example.query.is_empty()
        || !example.header.is_empty();
    let mut all = Vec::new();
    if has_request {
        all = fit::request(service, operation, example).mismatches;
    }
    match (&example.status, &example.response) {
        (Some(status), data) => match operation.responses.iter().find(|answer| answer.status == status.value) {
            None => {
                let known: Vec<String> = operation.responses.iter().map(|answer| answer.status.to_string()).collect();
                let message = format!("the example answers {}, which `responses` does not list", status.value);
                diagnostics.push(
                    Diagnostic::error("example-mismatch", status.span, message)
                        .help(format!("documented are {}; add the status, or mend the example", known.join(", "))),
                );
            }
            Some(answer) => {
                if let Some(data) = data {
                    all.extend(fit::response(service, status.value, &answer.body, &data.0));
                } else if !matches!(answer.body, Payload::None) && !has_request {
                    diagnostics.push(
                        Diagnostic::error(
                            "example-mismatch",
                            status.span,
                            "the example shows neither a request nor an answer",
                        )
                        .help("add `request` or `response` as the page shows it, or delete the example"),
                    );
                }
            }
        },
        (None, Some(data)) => {
            diagnostics.push(
                Diagnostic::error("missing-key", data.0.span, "an answer needs the `status` it came with")
                    .help("add `status: 200`, or what the page shows"),
            );
        }
        (None, None) => {}
    }
    all
}

/// What an erratum excuses is still sent, unless it says what is sent instead, and our own checks must let that pass.
fn unsendable(service: &Service, unit: &Unit, operation: &Operation, example: &Example, diagnostics: &mut Diagnostics) {
    let sent = as_sent(example, &unit.errata);
    for mismatch in fit::request(service, operation, &sent).mismatches.into_iter().filter(|mismatch| mismatch.refused) {
        let excuse = unit
            .errata
            .iter()
            .filter(|erratum| erratum.kind.value == ErratumKind::Example && erratum.at.value == mismatch.at);
        let excuse =
            excuse.filter_map(|erratum| erratum.seen.as_ref()).find(|seen| seen.example.value == example.name.value);
        let Some(seen) = excuse else { continue };
        let at = seen.sent.as_ref().map_or(seen.value.0.span, |sent| sent.0.span);
        let message = format!("`{}`: this is sent as it is and refused: {}", mismatch.at, mismatch.message);
        diagnostics
            .push(Diagnostic::error("example-mismatch", at, message).help(
                "say what to send instead: `seen: {example: …, value: …, sent: VALUE}`; `sent: ~` leaves it out",
            ));
    }
}

fn answers(erratum: &Erratum, example: &Example, mismatch: &Mismatch) -> bool {
    // One that forgot to say what it saw is reported for that alone.
    let seen = erratum
        .seen
        .as_ref()
        .is_none_or(|seen| seen.example.value == example.name.value && same(&seen.value.0, &mismatch.value));
    erratum.kind.value == ErratumKind::Example
        && seen
        && erratum.fact.value == mismatch.fact
        && erratum.at.value == mismatch.at
}

fn report(example: &Example, mismatch: &Mismatch) -> Diagnostic {
    let value = Literal::of(&mismatch.value).map_or_else(|| "…".to_owned(), |literal| literal.as_yaml());
    let help = format!(
        "mend the table, or record it: `{{at: {}, fact: {}, kind: example, seen: {{example: {}, value: {value}}}, adopted: …, reason: …}}`",
        mismatch.at,
        mismatch.fact.word(),
        example.name.value
    );
    Diagnostic::error("example-mismatch", mismatch.span, format!("`{}`: {}", mismatch.at, mismatch.message)).help(help)
}

fn stale(erratum: &Erratum, seen: &Seen, operation: &Operation, diagnostics: &mut Diagnostics) {
    let names: Vec<&str> = operation.examples.iter().map(|example| example.name.value.as_str()).collect();
    if !names.contains(&seen.example.value.as_str()) {
        let message = format!("no example is called `{}`", seen.example.value);
        diagnostics
            .push(Diagnostic::error("unknown-example", seen.example.span, message).help(one_of(&seen.example, &names)));
        return;
    }
    let message = format!(
        "this erratum excuses nothing: at `{}` the example `{}` does not disagree on `{}` with that value",
        erratum.at.value,
        seen.example.value,
        erratum.fact.word()
    );
    diagnostics.push(
        Diagnostic::error("stale-erratum", erratum.at.span, message).help("remove it, or mend `at`, `fact` or `seen`"),
    );
}
