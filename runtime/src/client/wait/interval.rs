//! How long to wait between two looks.

use std::time::Duration;

/// No look follows the one before sooner, whatever a caller asks for.
const SHORTEST: Duration = Duration::from_millis(1);

/// Nor later, so that arithmetic stays within bounds.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// Waits that grow by half each time.
#[derive(Clone, Debug)]
pub(super) struct Interval {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Interval {
    pub(super) fn new(first: Duration, longest: Duration) -> Self {
        let first = first.clamp(SHORTEST, LONGEST);
        Self { first, longest: longest.clamp(first, LONGEST), next: first }
    }

    /// The time that the last look before a deadline is given to be answered.
    pub(super) fn reserve(&self) -> Duration {
        self.first.min(Duration::from_secs(1))
    }

    /// The next wait: `chance`, from 0 to 1, chooses within its last quarter, so that many who began together do not ask
    /// together.
    pub(super) fn wait(&mut self, chance: f64) -> Duration {
        let full = self.next;
        self.next = (full + full / 2).min(self.longest);
        full.mul_f64(0.75 + 0.25 * chance.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_longest_and_are_spread() {
        let mut interval = Interval::new(Duration::from_secs(4), Duration::from_secs(10));
        let waits: Vec<_> =
            [1.0, 1.0, 1.0, 1.0, 0.0, 0.5, 7.0].map(|chance| interval.wait(chance).as_secs_f64()).into();
        assert_eq!(waits, [4.0, 6.0, 9.0, 10.0, 7.5, 8.75, 10.0]);
    }

    #[test]
    fn nobody_asks_without_a_pause() {
        let mut interval = Interval::new(Duration::ZERO, Duration::ZERO);
        assert!((0..9).all(|_| interval.wait(1.0) == SHORTEST));
        for longest in [Duration::ZERO, Duration::MAX] {
            let mut interval = Interval::new(Duration::MAX, longest);
            assert!((0..9).all(|_| interval.wait(1.0) == LONGEST));
        }
    }
}
