//! What comes out of a comparison.

use std::collections::BTreeSet;

use super::rule::Rule;
use super::verdict::{Bump, Level};

/// What a change belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// `spec.yaml`.
    Crate,
    /// What the operations of a service share.
    Service,
    /// An operation, by the vendor's id.
    Operation(String),
    /// A type, by its name in the spec; with it go all operations that reach it.
    Type(String),
}

/// A line of a spec file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Path relative to the spec folder.
    pub path: String,
    /// From 1.
    pub line: usize,
}

/// One decision that differs between two specs.
#[derive(Clone, Debug)]
pub struct Change {
    pub(crate) rule: &'static Rule,
    pub(crate) service: String,
    pub(crate) owner: Owner,
    pub(crate) place: String,
    pub(crate) fact: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) operations: Vec<String>,
    pub(crate) base: Option<At>,
    pub(crate) revision: Option<At>,
    pub(crate) fingerprint: String,
}

impl Change {
    /// What kind of change it is, and its verdicts.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// The service it belongs to; empty for what all services share.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// What it belongs to. A change that several operations made alike belongs to the first of them.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Where in the owner: `body.name`, `responses.200`, a field or value of a type; empty for the owner itself.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Which fact about the place: `length`, `default on demo-cloud`; empty for the place itself.
    pub fn fact(&self) -> &str {
        &self.fact
    }

    /// Whether the owner as a whole comes or goes.
    pub fn is_whole(&self) -> bool {
        self.place.is_empty() && self.fact.is_empty()
    }

    /// What the base says.
    pub fn before(&self) -> Option<&str> {
        self.old.as_deref()
    }

    /// What the revision says.
    pub fn after(&self) -> Option<&str> {
        self.new.as_deref()
    }

    /// The operations whose callers it reaches, by the vendor's ids, sorted; none for what has no operation.
    pub fn operations(&self) -> &[String] {
        &self.operations
    }

    /// Where the base says it.
    pub fn base(&self) -> Option<&At> {
        self.base.as_ref()
    }

    /// Where the revision says it.
    pub fn revision(&self) -> Option<&At> {
        self.revision.as_ref()
    }

    /// The same for the same change whatever else changes, by which a review's decision survives: 16 hexadecimal digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The owner, place and fact in one line: `CreateVault body.name length`.
    pub fn subject(&self) -> String {
        let owner = match &self.owner {
            Owner::Crate => "spec.yaml",
            Owner::Service => self.service.as_str(),
            Owner::Operation(name) | Owner::Type(name) => name,
        };
        let mut subject = owner.to_owned();
        for part in [&self.place, &self.fact] {
            if !part.is_empty() {
                subject.push(' ');
                subject.push_str(part);
            }
        }
        subject
    }

    pub(crate) fn seal(&mut self) {
        let mut parts = vec![self.rule.id, &self.service];
        match &self.owner {
            Owner::Crate => parts.push("crate"),
            Owner::Service => parts.push("service"),
            // A change that reaches another operation by its own words is another decision; by a shared type it is the same.
            Owner::Operation(_) => parts.extend(self.operations.iter().map(String::as_str)),
            Owner::Type(name) => parts.push(name),
        }
        let absent = "\u{1}";
        parts.extend([self.place.as_str(), &self.fact]);
        parts.extend([self.old.as_deref().unwrap_or(absent), self.new.as_deref().unwrap_or(absent)]);
        self.fingerprint = fingerprint(&parts);
    }
}

/// FNV-1a over the parts and their ends: stable everywhere and for ever, which the hashers of `std` do not promise.
fn fingerprint(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// The differences of two specs.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub(crate) list: Vec<Change>,
    pub(crate) accepted: Vec<Accepted>,
    pub(crate) versions: (String, String),
    pub(crate) operations: BTreeSet<String>,
    pub(crate) mistakes: usize,
}

/// A decision of a review, from `accepted.yaml` of the revision.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The change that is meant.
    pub fingerprint: String,
    /// Why it is right.
    pub reason: String,
    /// What brought it about: `vendor`, `transcription` or `documentation`.
    pub cause: &'static str,
    /// Where it stands.
    pub at: At,
}

impl Changes {
    /// All changes: by service, then the crate's own, errors first within an owner.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.list.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are of a level, accepted ones included.
    pub fn count(&self, level: Level) -> usize {
        self.list.iter().filter(|change| change.rule.level == level).count()
    }

    /// The review's decision on a change.
    pub fn accepted(&self, change: &Change) -> Option<&Accepted> {
        self.accepted.iter().find(|accepted| accepted.fingerprint == change.fingerprint)
    }

    /// Decisions on changes that are not there.
    pub fn stale(&self) -> impl Iterator<Item = &Accepted> {
        self.accepted
            .iter()
            .filter(|accepted| self.list.iter().all(|change| change.fingerprint != accepted.fingerprint))
    }

    /// What all changes together demand of the version. Accepted ones count: that a break is meant does not mend it.
    pub fn bump(&self) -> Bump {
        self.list.iter().map(|change| change.rule.bump()).max().unwrap_or(Bump::None)
    }

    /// The versions of the crate in the two specs.
    pub fn versions(&self) -> (&str, &str) {
        (&self.versions.0, &self.versions.1)
    }

    /// How many mistakes `check` finds in the revision, which could be compared all the same.
    pub fn mistakes(&self) -> usize {
        self.mistakes
    }

    /// All operations of both specs, changed or not, by the vendor's ids.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn fingerprints_tell_parts_apart_and_stay() {
        assert_eq!(fingerprint(&["rule", "service"]), fingerprint(&["rule", "service"]));
        assert_ne!(fingerprint(&["a", "bc"]), fingerprint(&["ab", "c"]));
        // Committed files hold such words.
        assert_eq!(fingerprint(&["request-limit-set", "demo"]).len(), 16);
    }
}
