//! Who waits, in order.

use std::collections::VecDeque;
use std::task::Waker;

/// Wakers by key, the first in front.
///
/// Keys come nearly in order and leave mostly in front, which costs nothing here; in the middle it moves a few bytes of
/// each neighbour. A map of the standard library would be ten kilobytes of code for each kind of key.
pub(super) struct Wakers<K>(VecDeque<(K, Waker)>);

impl<K: Copy + Ord> Wakers<K> {
    pub(super) const fn new() -> Self {
        Self(VecDeque::new())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn first(&self) -> Option<(K, &Waker)> {
        self.0.front().map(|(key, waker)| (*key, waker))
    }

    /// Waits with this waker from now on. The one before is returned, so that nobody drops it while a lock is held.
    pub(super) fn set(&mut self, key: K, waker: Waker) -> Option<Waker> {
        match self.at(key) {
            Ok(at) => self.0.get_mut(at).map(|(_, old)| std::mem::replace(old, waker)),
            Err(at) => {
                self.0.insert(at, (key, waker));
                None
            }
        }
    }

    pub(super) fn remove(&mut self, key: K) -> Option<Waker> {
        let at = self.at(key).ok()?;
        self.0.remove(at).map(|(_, waker)| waker)
    }

    fn at(&self, key: K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(&key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_stay_in_order() {
        let mut wakers = Wakers::new();
        for key in [5, 1, 3, 9] {
            assert!(wakers.set(key, Waker::noop().clone()).is_none());
        }
        assert!(wakers.set(3, Waker::noop().clone()).is_some());
        assert!(wakers.remove(4).is_none() && wakers.remove(3).is_some());
        let mut order = Vec::new();
        while let Some((key, _)) = wakers.first() {
            order.push(key);
            wakers.remove(key);
        }
        assert!(wakers.is_empty());
        assert_eq!(order, [1, 5, 9]);
    }
}
