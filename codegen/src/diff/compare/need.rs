//! Whether a value must be there, everywhere and on each cloud.

use super::facts::{each, named};
use super::fields::{Subject, evidence};
use super::{Cx, Spot};
use crate::diff::table::facts as table;
use crate::diff::verdict::Direction;
use crate::grammar::{Level, Need};
use crate::model::{Field, Sourced};

/// What becomes of calls without the value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Demand {
    None,
    Warning,
    Refusal,
}

pub(super) fn need(a: &Field, b: &Field, subject: &Subject, spot: &Spot, cx: &mut Cx<'_, '_, '_>) {
    for (cloud, old, new) in each(&a.need, &b.need) {
        let word = |fact: Option<&Sourced<Need>>| fact.map_or("unstated", |fact| fact.is.word());
        let span = |fact: Option<&Sourced<Need>>, or| fact.map(|fact| fact.span).or(or);
        let there = spot.at(spot.place.clone(), span(old, spot.base), span(new, spot.revision));
        let demand = |field: &Field, fact: Option<&Sourced<Need>>| match fact {
            // What `new` takes is there, whatever a cloud says.
            _ if field.is_required() => Demand::Refusal,
            Some(fact) if fact.is == Need::Required && fact.by.level == Level::Warning => Demand::Warning,
            Some(fact) if fact.is == Need::Required => Demand::Refusal,
            _ => Demand::None,
        };
        let (before, after) = (demand(a, old), demand(b, new));
        let everywhere = a.is_required() != b.is_required();
        let rule = match (subject.direction == Direction::Response, before, after) {
            (true, _, _) if (word(old) == "required") == (word(new) == "required") => &table::NEED_REWORDED,
            (true, _, _) if word(new) == "required" => &table::RESPONSE_BECAME_REQUIRED,
            (true, _, _) => &table::RESPONSE_BECAME_OPTIONAL,
            _ if before == after => &table::NEED_REWORDED,
            (_, Demand::None, Demand::Warning) => &table::WARNING_ADDED,
            (_, Demand::Warning, Demand::None) => &table::WARNING_REMOVED,
            (_, Demand::Warning, Demand::Refusal) if cloud.is_some() && !everywhere => &table::WARNING_BECAME_REFUSAL,
            (_, Demand::Refusal, Demand::Warning) if cloud.is_some() && !everywhere => &table::REFUSAL_BECAME_WARNING,
            (_, _, Demand::Refusal) if cloud.is_some() => &table::REQUEST_REQUIRED_ON_CLOUD,
            (_, _, _) if cloud.is_some() => &table::REQUEST_OPTIONAL_ON_CLOUD,
            (_, _, Demand::Refusal) => &table::REQUEST_BECAME_REQUIRED,
            _ => &table::REQUEST_BECAME_OPTIONAL,
        };
        // What everybody must give, each cloud demands too; that is told once.
        if cloud.is_some() && everywhere && (a.is_required() || b.is_required()) && before != after {
            continue;
        }
        let fact = named("need", cloud);
        // Where only the warning comes or goes, the word alone would be the same on both sides.
        let told = |fact: Option<&Sourced<Need>>, demand: Demand| {
            let doubtful = subject.direction != Direction::Response && demand == Demand::Warning;
            if doubtful { format!("{} (warning)", word(fact)) } else { word(fact).to_owned() }
        };
        if before == after
            && word(old) == word(new)
            && let (Some(old), Some(new)) = (old, new)
        {
            evidence(&there, &fact, old.by, new.by, cx);
        }
        if before == after && word(old) == word(new) {
            continue;
        }
        cx.report.add(rule, &there, &fact, Some(told(old, before)), Some(told(new, after)));
    }
}
