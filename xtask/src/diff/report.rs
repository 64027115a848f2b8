//! What all formats show: which changes, in which groups, and what they demand together.

use codegen::diff::{Accepted, At, Bump, Change, Changes, Level, Owner};
use migration_codegen as codegen;

use super::source::{Spec, file};
use super::version;
use crate::term::count;

/// The changes of one owner.
pub(crate) struct Group<'c> {
    pub(crate) title: String,
    /// What is reached, where that is not the owner itself.
    pub(crate) reach: String,
    pub(crate) changes: Vec<&'c Change>,
}

pub(crate) struct Report<'c> {
    changes: &'c Changes,
    pub(crate) base: &'c Spec,
    pub(crate) revision: &'c Spec,
    operation: Option<&'c str>,
    with_accepted: bool,
}

impl<'c> Report<'c> {
    pub(crate) fn new(
        changes: &'c Changes,
        base: &'c Spec,
        revision: &'c Spec,
        operation: Option<&'c str>,
        with_accepted: bool,
    ) -> Self {
        Self { changes, base, revision, operation, with_accepted }
    }

    /// All changes that are asked for.
    fn all(&self) -> impl Iterator<Item = &'c Change> {
        let operation = self.operation;
        self.changes
            .iter()
            .filter(move |change| operation.is_none_or(|name| change.operations().iter().any(|o| o == name)))
    }

    /// Those that no review accepted.
    pub(crate) fn open(&self) -> impl Iterator<Item = &'c Change> {
        let changes = self.changes;
        self.all().filter(move |change| changes.accepted(change).is_none())
    }

    pub(crate) fn accepted(&self, change: &Change) -> Option<&'c Accepted> {
        self.changes.accepted(change)
    }

    pub(crate) fn stale(&self) -> impl Iterator<Item = &'c Accepted> {
        self.changes.stale()
    }

    /// Those to be shown.
    pub(crate) fn shown(&self) -> Vec<&'c Change> {
        if self.with_accepted { self.all().collect() } else { self.open().collect() }
    }

    /// How many are accepted and not shown.
    pub(crate) fn hidden(&self) -> usize {
        self.all().count() - self.shown().len()
    }

    pub(crate) fn groups(&self) -> Vec<Group<'c>> {
        let mut groups: Vec<Group<'c>> = Vec::new();
        let mut last: Option<(&str, &Owner, bool, &[String])> = None;
        for change in self.shown() {
            let together = if alike(change).is_empty() { &[][..] } else { change.operations() };
            let owner = if comes_or_goes(change) { &Owner::Service } else { change.owner() };
            let key = (change.service(), owner, comes_or_goes(change), together);
            match groups.last_mut().filter(|_| last == Some(key)) {
                Some(group) => group.changes.push(change),
                None => groups.push(Group { title: title(change), reach: reach(change), changes: vec![change] }),
            }
            last = Some(key);
        }
        groups
    }

    /// What the versions say and what the changes demand. The whole of the changes counts, whatever is shown.
    pub(crate) fn version(&self) -> Version {
        let (base, revision) = self.changes.versions();
        let bump = self.changes.bump();
        Version {
            base: base.to_owned(),
            revision: revision.to_owned(),
            bump,
            required: version::required(base, bump).unwrap_or_else(|| base.to_owned()),
            enough: version::is_enough(base, revision, bump),
        }
    }

    pub(crate) fn mistaken(&self) -> usize {
        self.changes.mistakes()
    }

    /// What is wrong with the revision, beside its changes; empty if nothing is.
    pub(crate) fn mistakes(&self) -> String {
        match self.mistaken() {
            0 => String::new(),
            number => {
                let Spec { shown, commit, .. } = self.revision;
                let of = if commit.is_some() || shown == "spec" { String::new() } else { format!(" --spec {shown}") };
                format!("The revision has {}, which `cargo xtask check{of}` names.", count(number, "mistake"))
            }
        }
    }

    /// `2 errors, 1 warning, 3 infos`.
    pub(crate) fn counts(&self) -> String {
        let shown = self.shown();
        let of = |level: Level| shown.iter().filter(|change| change.rule().level == level).count();
        let counts = Level::ALL.iter().map(|level| (of(*level), level.word())).filter(|(number, _)| *number > 0);
        counts.map(|(number, word)| count(number, word)).collect::<Vec<_>>().join(", ")
    }

    /// Where to look: `spec/dcs/types.yaml:12`, or `formerly` the base's line for what is gone.
    pub(crate) fn place(&self, change: &Change) -> Option<String> {
        let at = |root: &str, at: &At| format!("{}:{}", file(root, &at.path).display(), at.line);
        let new = change.revision().map(|found| at(&self.revision.root, found));
        new.or_else(|| change.base().map(|found| format!("formerly {}", at(&self.base.root, found))))
    }
}

/// What the versions say.
pub(crate) struct Version {
    pub(crate) base: String,
    pub(crate) revision: String,
    pub(crate) bump: Bump,
    pub(crate) required: String,
    pub(crate) enough: bool,
}

impl Version {
    /// One sentence on the version.
    pub(crate) fn sentence(&self) -> String {
        let Self { base, revision, bump, required, enough } = self;
        let says =
            if base == revision { format!("{revision} on both sides") } else { format!("{revision} after {base}") };
        let why = match bump {
            Bump::None => return format!("No release is needed; the version is {says}."),
            Bump::Patch => "code that compiles goes on compiling",
            Bump::Minor => "there is something new, or the checks refuse more",
            Bump::Major => "some code that compiled does not compile any more",
        };
        let verdict = if *enough {
            "that is far enough".to_owned()
        } else {
            format!("not far enough: write `version: {required}` in spec.yaml")
        };
        format!("A {} change ({why}) demands {required} or higher. The version is {says}: {verdict}.", bump.word())
    }
}

/// An operation that only one side has: such stand together, for there may be many.
pub(crate) fn comes_or_goes(change: &Change) -> bool {
    matches!(change.owner(), Owner::Operation(_)) && change.is_whole()
}

pub(crate) fn title(change: &Change) -> String {
    match change.owner() {
        Owner::Crate => "The crate".to_owned(),
        Owner::Service => format!("{}: the service", change.service()),
        Owner::Operation(_) if comes_or_goes(change) => format!("{}: operations that come or go", change.service()),
        Owner::Operation(_) if change.operations().len() > 1 => {
            format!("{}: {}", change.service(), count(change.operations().len(), "operation"))
        }
        Owner::Operation(name) => format!("{}: {name}", change.service()),
        Owner::Type(name) => format!("{}: type {name}", change.service()),
    }
}

/// What is reached by more than a name says.
fn reach(change: &Change) -> String {
    match change.owner() {
        Owner::Type(_) => reached(change),
        _ => alike(change),
    }
}

/// `reaches 3 operations: A, B, C`.
fn reached(change: &Change) -> String {
    const NAMED: usize = 6;
    let operations = change.operations();
    let named = operations.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if operations.len() > NAMED { format!(" and {} more", operations.len() - NAMED) } else { String::new() };
    match operations.len() {
        0 => "reaches no operation".to_owned(),
        1 => format!("reaches {named}"),
        number => format!("reaches {number} operations: {named}{more}"),
    }
}

/// What several operations changed alike without sharing a type, or a service that comes or goes brings; else empty.
fn alike(change: &Change) -> String {
    match change.owner() {
        Owner::Operation(_) | Owner::Service if change.operations().len() > 1 => reached(change),
        _ => String::new(),
    }
}

/// A place and what is said of it: `body.name length`; the owner itself where there is none.
pub(crate) fn place_and_fact(change: &Change) -> String {
    if change.is_whole() {
        return match change.owner() {
            Owner::Operation(name) | Owner::Type(name) => name.clone(),
            Owner::Service => change.service().to_owned(),
            Owner::Crate => "spec.yaml".to_owned(),
        };
    }
    let text = format!("{} {}", change.place(), change.fact());
    text.trim().to_owned()
}

/// A value, no longer than people read.
pub(crate) fn cut(text: &str) -> String {
    const LONG: usize = 300;
    if text.chars().count() <= LONG { text.to_owned() } else { text.chars().take(LONG).chain(['…']).collect() }
}
