//! Bounding how long things take.

use super::tried::Tried;
use super::{BoxFuture, Error, Time};
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Waits for `future`, but no longer than `limit`. No timer is started for what is ready at once.
pub(super) fn within<'a, F: Future>(
    future: Pin<&'a mut F>,
    limit: Option<Duration>,
    time: &'a dyn Time,
) -> Within<'a, F> {
    Within { future, limit, time, timer: None }
}

/// What [`within`] gives: `None` if there was no time left. By hand, for an `async fn` would hold its arguments twice.
pub(super) struct Within<'a, F> {
    future: Pin<&'a mut F>,
    limit: Option<Duration>,
    time: &'a dyn Time,
    timer: Option<BoxFuture<'static, ()>>,
}

impl<F: Future> Future for Within<'_, F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { future, limit, time, timer } = &mut *self;
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let Some(limit) = *limit else { return Poll::Pending };
        timer.get_or_insert_with(|| time.sleep(limit)).as_mut().poll(context).map(|()| None)
    }
}

/// A call was given up because its [deadline](super::ClientBuilder::deadline) was reached.
#[derive(Debug)]
pub struct DeadlineError {
    pub(super) operation: String,
    pub(super) deadline: Duration,
    /// Whether an attempt was under way.
    pub(super) under_way: bool,
    pub(super) tried: Tried,
    pub(super) last: Option<Error>,
}

impl DeadlineError {
    /// The operation that was called.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// How long the call could take.
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Why the attempt before failed, if there was one.
    pub fn last(&self) -> Option<&Error> {
        self.last.as_ref()
    }

    /// Whether the service has surely not acted on the request.
    pub fn is_unsent(&self) -> bool {
        !self.under_way && !self.tried.seen
    }
}

impl fmt::Display for DeadlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: given up at its deadline, after {:.1} s", self.operation, self.deadline.as_secs_f64())?;
        let attempts = self.tried.attempts;
        if self.under_way {
            write!(f, ", in attempt {attempts}")?;
        } else {
            write!(f, ", before attempt {}", attempts.saturating_add(1))?;
        }
        let may = if self.is_unsent() { "has not acted on" } else { "may have seen" };
        write!(f, "; the service {may} the request")?;
        match &self.last {
            Some(last) => write!(f, "; the attempt before: {last}"),
            None => Ok(()),
        }
    }
}

impl StdError for DeadlineError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.last.as_ref().map(|last| last as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::Waker;
    use std::time::SystemTime;

    /// Whose timers are over at once.
    struct Impatient;

    impl Time for Impatient {
        fn now(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH
        }

        fn elapsed(&self) -> Duration {
            Duration::ZERO
        }

        fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
            Box::pin(std::future::ready(()))
        }
    }

    #[test]
    fn only_what_is_late_is_given_up_and_only_with_a_limit() {
        let mut context = Context::from_waker(Waker::noop());
        let limit = Some(Duration::from_secs(1));
        let never = std::future::pending::<()>;
        assert_eq!(within(pin!(never()), limit, &Impatient).poll_once(&mut context), Poll::Ready(None));
        assert_eq!(within(pin!(never()), None, &Impatient).poll_once(&mut context), Poll::Pending);
        let ready = pin!(std::future::ready(1));
        assert_eq!(within(ready, limit, &Impatient).poll_once(&mut context), Poll::Ready(Some(1)));
    }

    impl<F: Future> Within<'_, F> {
        fn poll_once(mut self, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
            Pin::new(&mut self).poll(context)
        }
    }
}
