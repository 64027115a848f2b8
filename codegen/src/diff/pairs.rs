//! Which types of the two specs stand at the same places, what for, and which operations reach them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::matching;
use super::verdict::Direction;
use crate::model::{Operation, Payload, Service, Ty, TypeId, TypeKind};

/// What a type is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    request: bool,
    answer: bool,
    failure: bool,
}

impl Uses {
    const REQUEST: Self = Self { request: true, answer: false, failure: false };
    const ANSWER: Self = Self { request: false, answer: true, failure: false };
    const FAILURE: Self = Self { request: false, answer: false, failure: true };

    fn with(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            answer: self.answer || other.answer,
            failure: self.failure || other.failure,
        }
    }

    pub(super) fn direction(self) -> Direction {
        match self {
            Self { request: true, answer: true, .. } => Direction::Both,
            Self { request: true, .. } => Direction::Request,
            Self { answer: true, .. } => Direction::Response,
            _ => Direction::Failure,
        }
    }
}

/// Two types that stand at the same place.
pub(super) struct Pair {
    pub(super) a: TypeId,
    pub(super) b: TypeId,
    pub(super) uses: Uses,
    /// The operations that reach it, by their new ids.
    pub(super) operations: BTreeSet<String>,
    children: Vec<usize>,
}

pub(super) struct Pairs<'m> {
    a: &'m Service,
    b: &'m Service,
    pub(super) list: Vec<Pair>,
    index: HashMap<(TypeId, TypeId), usize>,
}

impl<'m> Pairs<'m> {
    /// Walks the operations that both have.
    pub(super) fn new(a: &'m Service, b: &'m Service, operations: &[(&'m Operation, &'m Operation)]) -> Self {
        let mut pairs = Self { a, b, list: Vec::new(), index: HashMap::new() };
        let mut roots = Vec::with_capacity(operations.len());
        for (old, new) in operations {
            let mut found = Vec::new();
            for (old, new) in matching::inputs(&old.inputs, &new.inputs).both {
                found.extend(pairs.link(&old.field.ty, &new.field.ty, Uses::REQUEST));
            }
            for (old, new) in matching::by_key(&old.responses, &new.responses, |answer| answer.status).both {
                let uses = if old.status < 300 { Uses::ANSWER } else { Uses::FAILURE };
                found.extend(pairs.payload(&old.body, &new.body, uses));
            }
            if let (Some(old), Some(new)) = (old.success(), new.success()) {
                found.extend(pairs.payload(&old.body, &new.body, Uses::ANSWER));
            }
            roots.push((new.name.value.as_str(), found));
        }
        if let (Some(old), Some(new)) = (a.error, b.error) {
            pairs.link(&Ty::Object(old), &Ty::Object(new), Uses::FAILURE);
        }
        pairs.spread();
        for (operation, found) in roots {
            pairs.reach(operation, found);
        }
        pairs
    }

    /// The types that one side uses where the other uses several: each with those, by name.
    pub(super) fn partners(&self, of_base: bool) -> BTreeMap<TypeId, BTreeSet<TypeId>> {
        let mut partners: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for pair in &self.list {
            let (key, value) = if of_base { (pair.a, pair.b) } else { (pair.b, pair.a) };
            partners.entry(key).or_default().insert(value);
        }
        partners
    }

    /// Whether the two are compared as one type.
    pub(super) fn has(&self, a: TypeId, b: TypeId) -> bool {
        self.index.contains_key(&(a, b))
    }

    fn payload(&mut self, a: &Payload, b: &Payload, uses: Uses) -> Option<usize> {
        match (a, b) {
            (Payload::Is(a), Payload::Is(b)) => self.link(a, b, uses),
            _ => None,
        }
    }

    fn link(&mut self, a: &Ty, b: &Ty, uses: Uses) -> Option<usize> {
        match (a, b) {
            (Ty::List(a), Ty::List(b)) | (Ty::Map(a), Ty::Map(b)) => self.link(a, b, uses),
            (Ty::Object(a), Ty::Object(b)) | (Ty::Enum(a), Ty::Enum(b)) => {
                let at = self.pair(*a, *b)?;
                self.list[at].uses = self.list[at].uses.with(uses);
                Some(at)
            }
            _ => None,
        }
    }

    fn pair(&mut self, a: TypeId, b: TypeId) -> Option<usize> {
        if let Some(at) = self.index.get(&(a, b)) {
            return Some(*at);
        }
        let (old, new) = (&self.a.types[a.0], &self.b.types[b.0]);
        let same_name = old.name.value == new.name.value;
        let mut inner = Vec::new();
        match (&old.kind, &new.kind) {
            (TypeKind::Object(old), TypeKind::Object(new)) => {
                let matched = matching::fields(&old.fields, &new.fields);
                // Types that have nothing in common are no renaming of one another.
                if !same_name && matched.both.is_empty() && !(old.fields.is_empty() && new.fields.is_empty()) {
                    return None;
                }
                inner.extend(matched.both.into_iter().map(|(old, new)| (&old.ty, &new.ty)));
            }
            (TypeKind::Enum(old), TypeKind::Enum(new)) => {
                let matched = matching::by_key(&old.values, &new.values, |value| value.text.value.as_str());
                if !same_name && matched.both.is_empty() {
                    return None;
                }
            }
            _ => return None,
        }
        let at = self.list.len();
        self.index.insert((a, b), at);
        self.list.push(Pair { a, b, uses: Uses::default(), operations: BTreeSet::new(), children: Vec::new() });
        let children = inner.into_iter().filter_map(|(old, new)| self.link(old, new, Uses::default())).collect();
        self.list[at].children = children;
        Some(at)
    }

    /// What a type is used for, what it holds is used for too.
    fn spread(&mut self) {
        let mut todo: Vec<usize> = (0..self.list.len()).collect();
        while let Some(at) = todo.pop() {
            let uses = self.list[at].uses;
            for child in self.list[at].children.clone() {
                let with = self.list[child].uses.with(uses);
                if with != self.list[child].uses {
                    self.list[child].uses = with;
                    todo.push(child);
                }
            }
        }
    }

    fn reach(&mut self, operation: &str, mut todo: Vec<usize>) {
        while let Some(at) = todo.pop() {
            if self.list[at].operations.insert(operation.to_owned()) {
                todo.extend(&self.list[at].children);
            }
        }
    }
}
