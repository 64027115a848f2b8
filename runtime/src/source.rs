//! Where a fact comes from.

use std::fmt;

/// A documentation page, as the spec lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Short name in the spec, such as `otc-2025`.
    pub id: &'static str,
    /// The cloud whose documentation it is, such as `open-telekom-cloud`.
    pub cloud: &'static str,
    /// The page's title.
    pub title: &'static str,
    /// Where the page is.
    pub url: &'static str,
    /// When the page was last changed, as it says: `YYYY-MM-DD`.
    pub updated: &'static str,
}

/// What kind of statement on the page a fact was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// The parameter table.
    Table,
    /// The running text.
    Prose,
    /// A documented example.
    Example,
    /// A page about a sibling operation.
    SiblingPage,
    /// The vendor's own SDK.
    Sdk,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => "parameter table",
            Self::Prose => "text",
            Self::Example => "example",
            Self::SiblingPage => "sibling page",
            Self::Sdk => "vendor's SDK",
        })
    }
}

/// How sure a fact is, and so what a violation of it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// The request is not sent while checks are enforced.
    Error,
    /// The fact is doubtful: the request is sent, and the finding traced.
    Warning,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// The clouds a fact holds on.
#[derive(Clone, Copy, Debug)]
enum Clouds {
    Every,
    Only(&'static [&'static str]),
    Except(&'static [&'static str]),
}

/// The evidence of one documented fact: page, kind of statement, how sure, and on which clouds.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    level: Level,
    basis: Basis,
    page: &'static Page,
    clouds: Clouds,
}

impl Source {
    /// A fact of `page`'s parameter table: an error to violate, on every cloud.
    pub const fn table(page: &'static Page) -> Self {
        Self { level: Level::Error, basis: Basis::Table, page, clouds: Clouds::Every }
    }

    /// The same fact, read from another kind of statement.
    #[must_use]
    pub const fn basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }

    /// The same fact, too doubtful to refuse a request.
    #[must_use]
    pub const fn warning(self) -> Self {
        Self { level: Level::Warning, ..self }
    }

    /// The same fact, read on another page.
    #[must_use]
    pub const fn page(self, page: &'static Page) -> Self {
        Self { page, ..self }
    }

    /// The same fact, holding on these clouds only.
    #[must_use]
    pub const fn only(self, clouds: &'static [&'static str]) -> Self {
        Self { clouds: Clouds::Only(clouds), ..self }
    }

    /// The same fact, holding on every cloud but these.
    #[must_use]
    pub const fn except(self, clouds: &'static [&'static str]) -> Self {
        Self { clouds: Clouds::Except(clouds), ..self }
    }

    /// What a violation does, apart from the cloud it happens on.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// What kind of statement the fact was read from.
    pub const fn evidence(&self) -> Basis {
        self.basis
    }

    /// The page the fact was read on.
    pub const fn documented_on(&self) -> &'static Page {
        self.page
    }

    /// How a violation counts on `cloud`: not at all where the fact does not hold. Where nobody said which cloud it
    /// is, a fact of some clouds only is a warning: it may well not apply.
    pub(crate) fn level_on(&self, cloud: Option<&str>) -> Option<Level> {
        match (self.clouds, cloud) {
            (Clouds::Every, _) => Some(self.level),
            (Clouds::Only(_) | Clouds::Except(_), None) => Some(Level::Warning),
            (Clouds::Only(clouds), Some(cloud)) => clouds.contains(&cloud).then_some(self.level),
            (Clouds::Except(clouds), Some(cloud)) => (!clouds.contains(&cloud)).then_some(self.level),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PAGE: Page = Page { id: "p", cloud: "a", title: "t", url: "u", updated: "2025-01-01" };

    #[test]
    fn a_fact_counts_where_it_holds() {
        const EVERY: Source = Source::table(&PAGE);
        const ONLY: Source = EVERY.only(&["a", "b"]);
        const EXCEPT: Source = EVERY.warning().except(&["a"]);
        let cases = [
            (EVERY, None, Some(Level::Error)),
            (EVERY, Some("z"), Some(Level::Error)),
            (ONLY, None, Some(Level::Warning)),
            (ONLY, Some("b"), Some(Level::Error)),
            (ONLY, Some("z"), None),
            (EXCEPT, None, Some(Level::Warning)),
            (EXCEPT, Some("a"), None),
            (EXCEPT, Some("b"), Some(Level::Warning)),
        ];
        for (index, (source, cloud, expected)) in cases.into_iter().enumerate() {
            assert_eq!(source.level_on(cloud), expected, "case {index}");
        }
    }
}
