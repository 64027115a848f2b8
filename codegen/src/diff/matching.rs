//! Which thing of the base is which of the revision.

use std::collections::HashMap;
use std::hash::Hash;

use crate::model::{Field, Input, Location, Operation};

/// Two lists side by side, each in its own order.
pub(super) struct Matched<'m, T> {
    pub(super) both: Vec<(&'m T, &'m T)>,
    pub(super) gone: Vec<&'m T>,
    pub(super) new: Vec<&'m T>,
}

/// Matches by key; names that occur twice match in order.
pub(super) fn by_key<'m, T, K: Hash + Eq>(
    a: impl IntoIterator<Item = &'m T>,
    b: impl IntoIterator<Item = &'m T>,
    key: impl Fn(&'m T) -> K,
) -> Matched<'m, T> {
    let b: Vec<&T> = b.into_iter().collect();
    let mut places: HashMap<K, Vec<usize>> = HashMap::with_capacity(b.len());
    for (at, thing) in b.iter().enumerate().rev() {
        places.entry(key(thing)).or_default().push(at);
    }
    let mut taken = vec![false; b.len()];
    let (mut both, mut gone) = (Vec::new(), Vec::new());
    for thing in a {
        match places.get_mut(&key(thing)).and_then(Vec::pop) {
            Some(at) => {
                taken[at] = true;
                both.push((thing, b[at]));
            }
            None => gone.push(thing),
        }
    }
    let new = b.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(thing, _)| thing).collect();
    Matched { both, gone, new }
}

impl<T> Matched<'_, T> {
    /// Joins what is gone with what is new where a test says that they are one.
    pub(super) fn join(mut self, is_one: impl Fn(&T, &T) -> bool) -> Self {
        let mut gone = Vec::with_capacity(self.gone.len());
        for old in std::mem::take(&mut self.gone) {
            match self.new.iter().position(|new| is_one(old, new)) {
                Some(at) => self.both.push((old, self.new.remove(at))),
                None => gone.push(old),
            }
        }
        self.gone = gone;
        self
    }
}

/// `renamed_from` of either side: read backwards, a renaming is one too.
fn is_renamed(old: (&str, Option<&String>), new: (&str, Option<&String>)) -> bool {
    new.1.is_some_and(|former| former == old.0) || old.1.is_some_and(|former| former == new.0)
}

pub(super) fn fields<'m>(a: &'m [Field], b: &'m [Field]) -> Matched<'m, Field> {
    by_key(a, b, |field| field.wire.value.as_str())
        .join(|old, new| is_renamed((&old.wire, old.renamed_from.as_ref()), (&new.wire, new.renamed_from.as_ref())))
}

pub(super) fn inputs<'m>(
    a: impl IntoIterator<Item = &'m Input>,
    b: impl IntoIterator<Item = &'m Input>,
) -> Matched<'m, Input> {
    let field = |input: &'m Input| (input.location, input.field.wire.value.as_str());
    by_key(a, b, field)
        .join(|old, new| {
            let names = |input: &'_ Input| (input.field.wire.value.clone(), input.field.renamed_from.clone());
            let ((old_name, old_former), (new_name, new_former)) = (names(old), names(new));
            old.location == new.location
                && is_renamed((&old_name, old_former.as_ref()), (&new_name, new_former.as_ref()))
        })
        // What moved from the query to the body is the same value.
        .join(|old, new| {
            let stays = old.location == Location::Path || new.location == Location::Path;
            !stays && old.field.wire.value == new.field.wire.value
        })
}

pub(super) fn operations<'m>(a: &[&'m Operation], b: &[&'m Operation]) -> Matched<'m, Operation> {
    by_key(a.iter().copied(), b.iter().copied(), |operation| operation.name.value.as_str())
        .join(|old, new| is_renamed((&old.name, old.renamed_from.as_ref()), (&new.name, new.renamed_from.as_ref())))
}
