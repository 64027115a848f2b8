//! Whether a fact is of the page that is audited.

use super::claims::Fact;
use crate::grammar::Basis;
use crate::model::{Page, Service};

/// Whose a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The page's.
    Own,
    /// That of a type which this operation shares with others, and says nothing else of: the page must not contradict it.
    Shared,
    /// Another page's.
    Other,
}

pub(super) fn whose(service: &Service, unit: usize, entry: usize, fact: &Fact<'_>) -> Whose {
    let Some(file) = service.units.get(unit) else { return Whose::Other };
    let page = file.pages.get(entry);
    if fact.cloud.is_some_and(|cloud| page.is_some_and(|page| page.cloud != cloud)) {
        return Whose::Other;
    }
    let (of_unit, of_page) = fact.by.page;
    let there = service.units.get(of_unit);
    // What rests on a sibling page or an SDK is not said by this page, whatever page it is filed under.
    let from_elsewhere = matches!(fact.by.basis, Basis::SiblingPage | Basis::Sdk)
        && there.is_some_and(|there| there.basis_of(of_page) != fact.by.basis);
    if of_unit == unit {
        return if of_page == entry && !from_elsewhere { Whose::Own } else { Whose::Other };
    }
    match there {
        // To its own page it is no sibling.
        Some(there) if is_same_page(there.pages.get(of_page), page) => Whose::Own,
        // What tables of pages say is not to be found in an SDK, which has no errors, and the other way round.
        Some(there) if there.basis_of(of_page) != file.basis_of(entry) => Whose::Other,
        Some(there) if !from_elsewhere && of_page == there.lead && entry == file.lead => Whose::Shared,
        _ => Whose::Other,
    }
}

/// Whether two files speak of one page.
pub(super) fn is_same_page(one: Option<&Page>, other: Option<&Page>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    match (&one.url, &other.url) {
        (Some(a), Some(b)) => a == b && one.updated == other.updated,
        _ => one.title == other.title && one.cloud == other.cloud && one.updated == other.updated,
    }
}
