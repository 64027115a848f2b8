//! A clock that the gateway can set right.

use super::super::Time;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The client's clock, and how far it was found to be off.
#[derive(Default)]
pub(super) struct Clock(Mutex<Correction>);

#[derive(Clone, Copy, Default)]
struct Correction {
    ahead: Duration,
    behind: Duration,
    /// On the client's monotonic clock.
    made: Option<Duration>,
}

/// The gateway allows for 15 minutes: what is this close needs no correction.
const CLOSE: Duration = Duration::from_secs(60);
/// How long answers to requests from before a correction may still come in.
const UNDER_WAY: Duration = Duration::from_secs(120);
/// The beginning of the year 2200: a server that says it is later is not to be believed.
const END: Duration = Duration::from_secs(7_258_118_400);

impl Clock {
    fn correction(&self) -> MutexGuard<'_, Correction> {
        // Nothing panics while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the date is, as far as we know.
    pub(super) fn now(&self, time: &dyn Time) -> SystemTime {
        let Correction { ahead, behind, .. } = *self.correction();
        correct(time.now(), ahead, behind)
    }

    /// Takes over the gateway's date. `true` if requests are dated otherwise from now on, or were since a moment ago: a
    /// request that was refused may have been on its way while another one's answer corrected the clock.
    pub(super) fn set(&self, date: SystemTime, time: &dyn Time) -> bool {
        if date.duration_since(UNIX_EPOCH).is_ok_and(|since| since > END) {
            return false;
        }
        let (ours, elapsed) = (time.now(), time.elapsed());
        let mut correction = self.correction();
        let now = correct(ours, correction.ahead, correction.behind);
        if now.max(date).duration_since(now.min(date)).is_ok_and(|apart| apart <= CLOSE) {
            return correction.made.is_some_and(|made| elapsed.saturating_sub(made) < UNDER_WAY);
        }
        *correction = Correction {
            ahead: ours.duration_since(date).unwrap_or_default(),
            behind: date.duration_since(ours).unwrap_or_default(),
            made: Some(elapsed),
        };
        let Correction { ahead, behind, .. } = *correction;
        tracing::warn!(
            seconds_ahead = ahead.as_secs(),
            seconds_behind = behind.as_secs(),
            "the gateway refused a request's date; signing with its clock instead of this machine's"
        );
        true
    }
}

fn correct(time: SystemTime, ahead: Duration, behind: Duration) -> SystemTime {
    time.checked_sub(ahead).and_then(|time| time.checked_add(behind)).unwrap_or(time)
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Correction { ahead, behind, .. } = *self.correction();
        f.debug_struct("Clock").field("ahead", &ahead).field("behind", &behind).finish()
    }
}
