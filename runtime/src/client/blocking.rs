//! Calls for programs that are not async.

use super::{ConfigError, Error, Response, Sending, config_error};
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use tokio::runtime::{Builder, Handle};
use tokio::task::coop::poll_proceed;

impl<T> Sending<'_, T> {
    /// Sends the request and waits for the answer: what `.await` is in async programs.
    ///
    /// The calling thread does the work; one more, called `migration-blocking`, serves the connections and timers of all
    /// such calls. The first call starts it, and it stays until the process ends. A client may be used this way and with
    /// `.await`, by several threads and at the same time. Only a runtime that is kept but not running, such as tokio's
    /// `current_thread` one outside its `block_on`, must not be left with idle connections of the client: calls that are
    /// given one of them wait in vain, as they would in another runtime, until they time out.
    ///
    /// In an async task it is an error, [`Error::Config`], and nothing is sent: the thread could not run other tasks
    /// meanwhile. It works in `tokio::task::spawn_blocking` and `block_in_place`, and on threads without a runtime.
    /// Executors other than tokio's are not recognised: there it holds up the thread.
    ///
    /// It is also an error if the thread cannot be started, and in a process forked from one that has made such calls.
    pub fn wait(self) -> Result<Response<T>, Error> {
        let operation = self.operation.clone();
        wait(self).unwrap_or_else(|problem| {
            Err(ConfigError::new(config_error::Problem::Blocking(problem)).during(&operation).into())
        })
    }
}

/// Why waiting is refused.
#[derive(Debug)]
pub(super) enum Problem {
    InTask,
    ThreadEnds,
    Forked,
    NotStarted(io::Error),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InTask => f.write_str(
                "`.wait()` in an async task would hold up the other tasks of its thread; use `.await`, or call it in `tokio::task::spawn_blocking`",
            ),
            Self::ThreadEnds => f.write_str("`.wait()` in the destructor of a thread-local; call it before the thread ends"),
            Self::Forked => f.write_str(
                "`.wait()` in a forked process: the thread that serves connections stayed in the parent; make the first call after forking",
            ),
            Self::NotStarted(error) => write!(f, "`.wait()` could not start the thread that serves connections: {error}"),
        }
    }
}

fn wait<F: Future + Unpin>(future: F) -> Result<F::Output, Problem> {
    refuse_tasks()?;
    let background = background()?;
    background.check(std::process::id())?;
    let _entered = background.handle.enter();
    // Dropped before the guard above: what it holds may want a runtime then, too.
    let mut future = future;
    let signal = Arc::new(Signal { thread: thread::current(), woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&signal));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = Pin::new(&mut future).poll(&mut context) {
            return Ok(output);
        }
        signal.wait();
    }
}

fn refuse_tasks() -> Result<(), Problem> {
    match Handle::try_current() {
        Ok(_) if runs_task() => Err(Problem::InTask),
        Err(error) if error.is_thread_local_destroyed() => Err(Problem::ThreadEnds),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether this thread is running a task of tokio's at this moment. A runtime is near on threads for blocking work too,
/// but only tasks have a budget of steps, which runs out. A task that opted out of it is not recognised.
fn runs_task() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    // When dropped, this gives back all that is taken below.
    let Poll::Ready(_all) = poll_proceed(&mut context) else { return true };
    (0..=u8::MAX).any(|_| match poll_proceed(&mut context) {
        Poll::Ready(step) => {
            step.made_progress();
            false
        }
        Poll::Pending => true,
    })
}

/// The runtime of all calls that are waited for. It is never shut down, as connections in clients' pools depend on it.
struct Background {
    handle: Handle,
    process: u32,
}

fn background() -> Result<&'static Background, Problem> {
    static BACKGROUND: OnceLock<Background> = OnceLock::new();
    static STARTING: Mutex<()> = Mutex::new(());
    if let Some(background) = BACKGROUND.get() {
        return Ok(background);
    }
    // Others wait meanwhile; who comes after a failure tries again.
    let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(background) = BACKGROUND.get() {
        return Ok(background);
    }
    let background = Background::start().map_err(Problem::NotStarted)?;
    Ok(BACKGROUND.get_or_init(|| background))
}

impl Background {
    fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        thread::Builder::new()
            .name("migration-blocking".to_owned())
            .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
        Ok(Self { handle, process: std::process::id() })
    }

    /// Threads do not survive a fork.
    fn check(&self, process: u32) -> Result<(), Problem> {
        if self.process == process { Ok(()) } else { Err(Problem::Forked) }
    }
}

struct Signal {
    thread: Thread,
    /// Wake-ups of the thread alone can get lost to others who wait on it.
    woken: AtomicBool,
}

impl Signal {
    fn wait(&self) {
        while !self.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests;
