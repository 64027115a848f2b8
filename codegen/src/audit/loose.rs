//! Errata about the page which no fact of the spec is about: each is a claim about the page of its own.

use super::errata::{Adopted, Applied, Documented, documented, holders, still_shows};
use super::judge::{Cx, Is, Of, default_is, is_listed, limit_is};
use super::verdict::Outcome;
use crate::grammar::{Erratum, ErratumKind, FactName, Need};
use crate::page::{Mandatory, Row, Said};

/// What becomes of an erratum, and the line that says so.
pub(super) fn judge(cx: &Cx<'_>, applied: &Applied<'_>) -> (Outcome, Option<u32>) {
    let erratum = applied.erratum;
    if erratum.kind.value == ErratumKind::Example && erratum.seen.is_some() {
        let outcome = match still_shows(cx, erratum) {
            Some(true) => Outcome::Contradiction("an example against the table".to_owned()),
            Some(false) => Outcome::Stale("no example shows that any more".to_owned()),
            None => Outcome::CannotCheck("no example of the page could show it".to_owned()),
        };
        return (outcome, None);
    }
    if let (Documented::Words(words), false) = (documented(erratum), erratum.fact.value == FactName::Enum) {
        return (Outcome::CannotCheck(format!("an erratum says in words what the page says: {words}")), None);
    }
    let rows: Vec<&Row> = holders(cx.service, cx.operation, &applied.place)
        .into_iter()
        .flat_map(|(holder, name)| cx.layout.rows(holder, name))
        .map(|(_, row)| row)
        .collect();
    let Some(row) = rows.first() else {
        return (Outcome::CannotCheck("no row of that place was found".to_owned()), None);
    };
    let is = match documented(erratum) {
        Documented::Bounds(bounds) => match erratum.fact.value {
            FactName::Length => limit_is(row, Of::Length, bounds),
            FactName::Range => limit_is(row, Of::Range, bounds),
            _ => limit_is(row, Of::Items, bounds),
        },
        Documented::Default(literal) => default_is(row, &literal),
        Documented::Need(need) => match (&row.mandatory, need) {
            (Some(Mandatory::Yes), Need::Required) | (Some(Mandatory::No), Need::Optional) => Is::Same,
            (Some(Mandatory::Yes), _) => Is::Differs("mandatory".to_owned()),
            (Some(Mandatory::No), Need::Required) => Is::Differs("not mandatory".to_owned()),
            _ => Is::Unclear("its table does not say that".to_owned()),
        },
        Documented::Type(word) => match &row.ty {
            Some(ty) if super::judge::is_word(&ty.is, word) => Is::Same,
            Some(ty) => Is::Differs(format!("`{}`", ty.text)),
            None => Is::Unclear("its table has no type for it".to_owned()),
        },
        Documented::Values(list) => is_listed(row, &list),
        Documented::Words(_)
            if (erratum.fact.value, erratum.kind.value) == (FactName::Enum, ErratumKind::Lost) && is_lost(row) =>
        {
            return (Outcome::Stale("it speaks of values, and the spec has none there".to_owned()), Some(row.line));
        }
        Documented::Words(words) => Is::Unclear(format!("an erratum says in words what the page says: {words}")),
    };
    let outcome = match is {
        // The page says what the erratum documents, and no fact of the spec is what it adopts.
        Is::Same | Is::Found => match Adopted::of(erratum) {
            Some(adopted) => {
                Outcome::Stale(format!("it says that {} was adopted, and the spec does not say that", adopted.shown()))
            }
            None if adopts_nothing(erratum) => Outcome::Agrees,
            None => Outcome::CannotCheck("an erratum says in words what was adopted instead".to_owned()),
        },
        Is::Silent(what) => Outcome::Stale(format!("the page says nothing of it: {what}")),
        Is::Differs(what) => Outcome::Drift(what),
        Is::Unclear(why) => Outcome::CannotCheck(why),
    };
    (outcome, Some(row.line))
}

/// Whether the erratum says that the spec has no such fact: `none`, `no default`.
fn adopts_nothing(erratum: &Erratum) -> bool {
    let texts = erratum.adopted.iter().flat_map(|data| super::errata::texts(&data.0));
    texts
        .into_iter()
        .any(|text| text.split_whitespace().next().is_some_and(|word| matches!(word, "no" | "none" | "not")))
}

fn is_lost(row: &Row) -> bool {
    !matches!(row.says.values, Said::Is(_))
}
