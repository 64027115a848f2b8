//! Clocks, medians, and chance.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// CPU time that this thread has used, in nanoseconds; 0 where the system does not say.
#[cfg(unix)]
pub(crate) fn cpu() -> f64 {
    use nix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(0.0, |time| nanoseconds(Duration::from(time)))
}

#[cfg(not(unix))]
pub(crate) fn cpu() -> f64 {
    0.0
}

pub(crate) fn nanoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The quarter of values below which a quarter of them are, and that above.
pub(crate) fn quartiles(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_unstable_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
    (at(values.len() / 4), at(values.len() * 3 / 4))
}

/// Which comes when is left to chance, so that nobody always follows the same neighbour.
pub(crate) fn shuffled(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_cached_key(|_| RandomState::new().build_hasher().finish());
    order
}
