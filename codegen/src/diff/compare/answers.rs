//! Documented answers.

use super::fields::{self, Subject};
use super::{Cx, Spot};
use crate::diff::matching::by_key;
use crate::diff::table::answers as table;
use crate::diff::table::documentation::DOC_CHANGED;
use crate::diff::table::fields::RESPONSE_TYPE_CHANGED;
use crate::diff::verdict::Direction;
use crate::diff::words;
use crate::model::{Answer, Operation, Payload};

fn place(answer: &Answer) -> String {
    format!("responses.{}", answer.status)
}

fn is_success(answer: &Answer) -> bool {
    answer.status < 300
}

pub(super) fn answers(a: &Operation, b: &Operation, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let matched = by_key(&a.responses, &b.responses, |answer| answer.status);
    for gone in matched.gone {
        let rule = if is_success(gone) { &table::SUCCESS_STATUS_REMOVED } else { &table::ERROR_STATUS_REMOVED };
        let body = Some(words::payload(cx.a, &gone.body));
        cx.report.add(rule, &spot.at(place(gone), Some(gone.span), None), "", body, None);
    }
    for new in matched.new {
        let rule = if is_success(new) { &table::SUCCESS_STATUS_ADDED } else { &table::ERROR_STATUS_ADDED };
        let body = Some(words::payload(cx.b, &new.body));
        cx.report.add(rule, &spot.at(place(new), None, Some(new.span)), "", None, body);
    }
    let (old_output, new_output) = (a.success().map(|answer| answer.status), b.success().map(|answer| answer.status));
    for (old, new) in matched.both {
        let spot = spot.at(place(new), Some(old.span), Some(new.span));
        // The crate's docs tell which statuses there are for failed calls, not what for.
        let doc = if is_success(new) { &DOC_CHANGED } else { &table::ERROR_BODY_CHANGED };
        cx.report.texts(doc, &spot, "doc", old.doc.as_deref(), new.doc.as_deref());
        // What the crate has a type for is looked at below.
        let is_output = Some(old.status) == old_output && Some(new.status) == new_output;
        if !is_output && !is_same(&old.body, &new.body, cx) {
            let rule = if is_success(old) { &table::ALTERNATIVE_BODY_CHANGED } else { &table::ERROR_BODY_CHANGED };
            let (old, new) = (words::payload(cx.a, &old.body), words::payload(cx.b, &new.body));
            cx.report.add(rule, &spot, "body", Some(old), Some(new));
        }
    }
    output(a, b, spot, cx);
}

fn is_same(a: &Payload, b: &Payload, cx: &Cx<'_, '_, '_>) -> bool {
    match (a, b) {
        (Payload::Is(old), Payload::Is(new)) => fields::is_same(old, new, cx),
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// What a successful answer is read as.
fn output(a: &Operation, b: &Operation, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    let (Some(old), Some(new)) = (a.success(), b.success()) else { return };
    let spot = spot.at(place(new), Some(old.span), Some(new.span));
    let rule = match (&old.body, &new.body) {
        (Payload::None, Payload::None) => return,
        (Payload::None, _) => &table::SUCCESS_BODY_ADDED,
        (_, Payload::None) => &table::SUCCESS_BODY_REMOVED,
        (Payload::Is(old), Payload::Is(new)) => {
            fields::ty(old, new, &Subject { direction: Direction::Response, named: false }, &spot, cx);
            return;
        }
        (old, new) if is_same(old, new, cx) => return,
        _ => &RESPONSE_TYPE_CHANGED,
    };
    let (old, new) = (words::payload(cx.a, &old.body), words::payload(cx.b, &new.body));
    cx.report.add(rule, &spot, "body", Some(old), Some(new));
}
