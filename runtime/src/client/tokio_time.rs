//! Time by tokio.

use super::{BoxFuture, SystemTimer, Time};
use std::time::{Duration, SystemTime};

/// The system's clocks, and tokio's timer. Outside a tokio runtime it waits as [`SystemTimer`]
/// does. The runtime must have its timer enabled, as `reqwest` needs it too.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioTime(SystemTimer);

impl Time for TokioTime {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        match tokio::runtime::Handle::try_current() {
            Ok(_) => Box::pin(tokio::time::sleep(duration)),
            Err(_) => self.0.sleep(duration),
        }
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) -> Result<(), BoxFuture<'static, ()>> {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return Err(work) };
        drop(runtime.spawn(work));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_inside_a_runtime_and_outside() {
        let time = TokioTime::default();
        let wait = Duration::from_millis(10);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let sleep = time.sleep(wait);
        let begin = time.elapsed();
        // Made outside: the thread's timer needs no runtime.
        runtime.block_on(sleep);
        runtime.block_on(async { time.sleep(wait).await });
        assert!(time.elapsed() >= begin + 2 * wait && time.now() > SystemTime::UNIX_EPOCH);
    }
}
