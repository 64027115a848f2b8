//! What is waited for, as data.

use super::super::{Client, Paged, Response};
use super::{Coming, Phase, StateOf};
use crate::request::Request;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What is waited for: which field of an answer holds the state, what its values mean, and how often to ask.
///
/// The generated crate has those of the documentation, as constants of the requests and as methods of the services; one
/// of your own goes to `Client::wait_for`:
///
/// ```
/// # use huaweicloud_migration_runtime::client::{Found, Waiter};
/// # use huaweicloud_migration_runtime::Request;
/// # fn show<ShowTask: Request<Output = Option<String>>>() -> Waiter<ShowTask> {
/// // Here the answer itself is the state; else it is a field of it.
/// Waiter::new("task", |answer: &Option<String>, _| Found::At(answer.as_deref().map(Into::into)))
///     .success(&["SUCCESS"])
///     .failure(&["FAILED"])
///     .going(&["WAITING", "RUNNING"])
/// # }
/// ```
pub struct Waiter<R: Request> {
    pub(super) id: &'static str,
    pub(super) state: StateOf<R::Output>,
    pub(super) states: States,
    pub(super) first: Duration,
    pub(super) longest: Duration,
    pub(super) look: Look<R>,
}

/// Asks once. It is told how to find the entry that is meant.
type Look<R> =
    for<'x> fn(&'x Client, &'x R, StateOf<<R as Request>::Output>, Arc<str>) -> Coming<'x, <R as Request>::Output>;

/// Which states mean what.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct States {
    success: &'static [&'static str],
    failure: &'static [&'static str],
    paused: &'static [&'static str],
    going: &'static [&'static str],
}

impl States {
    pub(super) fn phase(&self, state: &str) -> Phase {
        let lists = [
            (self.success, Phase::Success),
            (self.failure, Phase::Failure),
            (self.paused, Phase::Paused),
            (self.going, Phase::Going),
        ];
        lists.into_iter().find(|(list, _)| list.contains(&state)).map_or(Phase::Unknown, |(_, phase)| phase)
    }
}

/// Where an answer has a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// The answer is a list without the entry that is meant.
    Missing,
    /// The state, if the answer has one.
    At(Option<Cow<'a, str>>),
}

impl<R: Request> Waiter<R> {
    /// A waiter, and how it finds the state in an answer. Nothing means anything yet; it asks every 5 to 60 seconds.
    ///
    /// Where the answer is a list, the text is what [`Waiting::entry`](super::Waiting::entry) was told.
    pub const fn new(id: &'static str, state: for<'x> fn(&'x R::Output, &str) -> Found<'x>) -> Self {
        let states = States { success: &[], failure: &[], paused: &[], going: &[] };
        Self { id, state, states, first: Duration::from_secs(5), longest: Duration::from_secs(60), look: once }
    }

    /// States that are waited for.
    #[must_use]
    pub const fn success(mut self, states: &'static [&'static str]) -> Self {
        self.states.success = states;
        self
    }

    /// States that end the wait in vain.
    #[must_use]
    pub const fn failure(mut self, states: &'static [&'static str]) -> Self {
        self.states.failure = states;
        self
    }

    /// States that end the wait because nothing happens by itself any more.
    #[must_use]
    pub const fn paused(mut self, states: &'static [&'static str]) -> Self {
        self.states.paused = states;
        self
    }

    /// States that are waited on, like those that are in no list, but in silence.
    #[must_use]
    pub const fn going(mut self, states: &'static [&'static str]) -> Self {
        self.states.going = states;
        self
    }

    /// How long it waits after the first look, and how long at most, in seconds.
    #[must_use]
    pub const fn every(mut self, first: u64, longest: u64) -> Self {
        self.first = Duration::from_secs(first);
        self.longest = Duration::from_secs(longest);
        self
    }
}

impl<R: Paged> Waiter<R> {
    /// Looks for the entry on further pages if the first does not have it.
    #[must_use]
    pub const fn in_pages(mut self) -> Self {
        self.look = in_pages;
        self
    }
}

fn once<'x, R: Request>(
    client: &'x Client,
    request: &'x R,
    _: StateOf<R::Output>,
    _: Arc<str>,
) -> Coming<'x, R::Output> {
    Box::pin(client.send(request))
}

/// The answer is the page that has the entry, or the last one.
fn in_pages<'x, R: Paged>(
    client: &'x Client,
    request: &'x R,
    state: StateOf<R::Output>,
    entry: Arc<str>,
) -> Coming<'x, R::Output> {
    Box::pin(async move {
        let mut pages = client.pages(request.clone());
        let mut last: Option<Response<R::Output>> = None;
        while let Some(page) = pages.try_next().await? {
            let is_here = state(page.body(), &entry) != Found::Missing;
            last = Some(page);
            if is_here {
                break;
            }
        }
        match last {
            Some(page) => Ok(page),
            // There is always a first page; without one, whatever the service says to the request itself.
            None => client.send(request).await,
        }
    })
}

/// The entry of a list that has this id.
pub fn find<'x, I>(list: Option<&'x Vec<I>>, id: &str, by: impl Fn(&'x I) -> Option<Cow<'x, str>>) -> Option<&'x I> {
    list?.iter().find(|entry| by(entry).is_some_and(|found| found == id))
}

impl<R: Request> Clone for Waiter<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Request> Copy for Waiter<R> {}

impl<R: Request> fmt::Debug for Waiter<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("operation", &R::INFO.name)
            .field("id", &self.id)
            .field("states", &self.states)
            .field("first", &self.first)
            .field("longest", &self.longest)
            .finish_non_exhaustive()
    }
}
