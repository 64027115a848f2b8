//! How much may be tried again: shared by all calls of a client, so that a service in trouble is not asked ever more.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A bucket of tokens. Retries take from it, successes put back.
pub(super) struct Budget {
    tokens: AtomicU32,
    capacity: u32,
}

/// What a retry costs.
pub(super) const RETRY: u32 = 5;
/// What a retry costs after time ran out: it has held more of everybody's resources.
pub(super) const AFTER_TIMEOUT: u32 = 10;
/// What a success at the first attempt puts back. One after a retry puts back what that retry cost.
pub(super) const SUCCESS: u32 = 1;

impl Budget {
    pub(super) fn new(capacity: u32) -> Self {
        Self { tokens: AtomicU32::new(capacity), capacity }
    }

    /// Whether the cost could be paid.
    pub(super) fn take(&self, cost: u32) -> bool {
        self.tokens.fetch_update(Relaxed, Relaxed, |tokens| tokens.checked_sub(cost)).is_ok()
    }

    pub(super) fn put(&self, tokens: u32) {
        // Nearly always full: then nothing is written that other threads would have to fetch.
        let fill = |held: u32| (held < self.capacity).then(|| held.saturating_add(tokens).min(self.capacity));
        let _ = self.tokens.fetch_update(Relaxed, Relaxed, fill);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_taken_and_put_back_up_to_the_capacity() {
        let budget = Budget::new(12);
        assert!(budget.take(RETRY) && budget.take(RETRY) && !budget.take(RETRY) && budget.take(2) && !budget.take(1));
        budget.put(4);
        assert!(!budget.take(RETRY));
        budget.put(u32::MAX);
        assert!(budget.take(12) && !budget.take(1));
    }
}
