//! Getting a request there: attempt after attempt, until it is answered or given up.

use super::attempt::attempt;
use super::budget::{Budget, SUCCESS};
use super::deadline::{DeadlineError, within};
use super::endpoint::Place;
use super::limit::{Limiter, Permit};
use super::outgoing::{Call, Outgoing};
use super::response::Answered;
use super::retry::{RetryPolicy, cost, retry_after};
use super::tried::{Stopped, Tried};
use super::{Client, Error, Rejection, error_body, project, send, span};
use http::StatusCode;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// How requests are delivered; shared by all calls of a client.
pub(super) struct Delivery {
    pub(super) policy: RetryPolicy,
    pub(super) budget: Budget,
    pub(super) deadline: Duration,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) limiter: Option<Limiter>,
    /// The largest body of a success, in bytes.
    pub(super) body_limit: usize,
}

/// How far a call has come.
#[derive(Default)]
pub(super) struct Progress {
    /// How often sending was begun.
    pub(super) attempts: u32,
    /// Whether the service may see the request just now.
    pub(super) under_way: bool,
    /// Whether the service may have acted on an earlier attempt.
    seen: bool,
    /// In a box, for most calls have none.
    last: Option<Box<Error>>,
}

/// What was done about failed attempts.
struct Retries {
    /// Those that the policy counts.
    count: u32,
    /// Whether the credentials may still be asked.
    may_ask: bool,
    /// What the last one cost.
    paid: u32,
}

/// Waits for its turn, and delivers.
pub(super) async fn deliver(client: &Client, outgoing: &dyn Outgoing, call: &Call<'_>) -> Result<Answered, Error> {
    // The message is made afterwards: those who wait hold no more than they must.
    let permit = admit(client).await;
    let run = Run { client, outgoing, call, start: client.0.time.elapsed() };
    let mut progress = Progress::default();
    let result = {
        let attempts = pin!(run.attempts(permit, &mut progress));
        let deadline = client.0.delivery.deadline;
        within(attempts, (deadline != Duration::MAX).then_some(deadline), &*client.0.time).await
    };
    result.unwrap_or_else(|| Err(run.out_of_time(progress)))
}

async fn admit(client: &Client) -> Option<Permit<'_>> {
    match &client.0.delivery.limiter {
        Some(limiter) => Some(limiter.admit(&*client.0.time).await),
        None => None,
    }
}

/// What follows a failed attempt.
enum Next {
    Stop(Option<Stopped>),
    /// The credentials will do otherwise.
    AtOnce,
    After(Duration, u32),
}

pub(super) struct Run<'a> {
    pub(super) client: &'a Client,
    pub(super) outgoing: &'a dyn Outgoing,
    pub(super) call: &'a Call<'a>,
    /// When the first attempt began.
    start: Duration,
}

/// What was found out for a call.
pub(super) struct Found {
    pub(super) place: Arc<Place>,
    /// If the client was given none.
    pub(super) project: Option<Arc<str>>,
}

impl Run<'_> {
    async fn attempts(&self, mut permit: Option<Permit<'_>>, progress: &mut Progress) -> Result<Answered, Error> {
        let found = self.find().await?;
        let mut retries = Retries { count: 0, may_ask: true, paid: SUCCESS };
        loop {
            let result = attempt(self, &found, progress).await;
            drop(permit.take());
            let wait = match self.judge(result, &found, progress, &mut retries) {
                ControlFlow::Break(end) => return end,
                ControlFlow::Continue(wait) => wait,
            };
            if !wait.is_zero() {
                self.client.0.time.sleep(wait).await;
            }
            permit = admit(self.client).await;
        }
    }

    /// Finds out what the client was not told.
    async fn find(&self) -> Result<Found, Error> {
        let Self { client, outgoing, call, .. } = *self;
        let place = client.0.endpoints.find(call.service).map_err(|error| error.during(call.name))?;
        if client.0.project_id.is_some() {
            return Ok(Found { place, project: None });
        }
        // In a box: most clients know their project, and calls are to be small.
        let project = Box::pin(project::find(client, outgoing, call, place.current().1)).await?;
        Ok(Found { place, project })
    }

    /// What comes of an attempt: the end, or a wait before the next.
    fn judge(
        &self,
        result: Result<Answered, Error>,
        found: &Found,
        progress: &mut Progress,
        retries: &mut Retries,
    ) -> ControlFlow<Result<Answered, Error>, Duration> {
        let error = match result {
            Ok(answered) => {
                self.client.0.delivery.budget.put(retries.paid);
                return ControlFlow::Break(Ok(answered));
            }
            Err(error) => error,
        };
        let error = match (error, progress.last.take()) {
            // What the service said tells more, and is what has happened.
            (Error::Credentials(why), Some(last)) => {
                let stopped = Some(Stopped::Credentials(Arc::new(why)));
                return ControlFlow::Break(Err(self.ended(*last, progress, stopped)));
            }
            (error, _) => error,
        };
        let wait = match self.next(&error, found.project.as_deref(), retries.count, &mut retries.may_ask) {
            Next::Stop(stopped) => return ControlFlow::Break(Err(self.ended(error, progress, stopped))),
            Next::AtOnce => Duration::ZERO,
            Next::After(wait, cost) => {
                (retries.count, retries.paid) = (retries.count + 1, cost);
                wait
            }
        };
        span::again(self.call, progress.attempts, &error, wait);
        let error = self.ended(error, progress, None);
        progress.seen |= may_have_acted(&error);
        progress.last = Some(Box::new(error));
        ControlFlow::Continue(wait)
    }

    /// Tells an error what was tried.
    fn ended(&self, mut error: Error, progress: &Progress, stopped: Option<Stopped>) -> Error {
        let elapsed = self.client.0.time.elapsed().saturating_sub(self.start);
        let retryable = cost(&error, self.call.idempotent).is_some();
        if let Some(tried) = error.tried_mut() {
            *tried = Tried { attempts: progress.attempts, elapsed, retryable, seen: progress.seen, stopped };
        }
        error
    }

    fn out_of_time(&self, progress: Progress) -> Error {
        let Progress { attempts, under_way, seen, last } = progress;
        let elapsed = self.client.0.time.elapsed().saturating_sub(self.start);
        let tried = Tried { attempts, elapsed, retryable: self.call.idempotent, seen, stopped: None };
        let (operation, deadline) = (self.call.name.to_owned(), self.client.0.delivery.deadline);
        Error::Deadline(Box::new(DeadlineError { operation, deadline, under_way, tried, last: last.map(|last| *last) }))
    }

    fn next(&self, error: &Error, project_id: Option<&str>, retries: u32, may_ask: &mut bool) -> Next {
        let delivery = &self.client.0.delivery;
        if self.asks_for_other_credentials(error, project_id, may_ask) {
            return Next::AtOnce;
        }
        let Some(cost) = cost(error, self.call.idempotent) else { return Next::Stop(None) };
        if retries + 1 >= delivery.policy.allowed_attempts() {
            return Next::Stop(None);
        }
        let time = &self.client.0.time;
        let asked = error.as_api().and_then(|error| retry_after(error.headers(), time.now())).unwrap_or_default();
        let wait = delivery.policy.wait(retries + 1).max(asked);
        let left = delivery.deadline.saturating_sub(time.elapsed().saturating_sub(self.start));
        if wait >= left {
            return Next::Stop(Some(Stopped::Deadline(wait)));
        }
        if !delivery.budget.take(cost) {
            return Next::Stop(Some(Stopped::Budget));
        }
        Next::After(wait, cost)
    }

    /// Asks the credentials, once per call, whether they would authenticate otherwise. The service has refused, so it
    /// has not acted: that is no retry.
    fn asks_for_other_credentials(&self, error: &Error, project_id: Option<&str>, may_ask: &mut bool) -> bool {
        let Some(error) = error.as_api().filter(|error| is_about_credentials(error.status(), error.code())) else {
            return false;
        };
        let Some(credentials) = send::credentials(self.client, self.call).filter(|_| std::mem::take(may_ask)) else {
            return false;
        };
        // Read anew: in what is shown of the error, a secret may have taken a word along that matters here.
        let said = error_body::read(error.raw());
        let rejection = Rejection {
            status: error.status(),
            headers: error.headers(),
            code: said.code.as_deref(),
            message: said.message.as_deref(),
        };
        credentials.rejected(rejection, send::context(self.client, self.call, project_id))
    }
}

fn is_about_credentials(status: StatusCode, code: Option<&str>) -> bool {
    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) || code == Some("APIGW.0301")
}

fn may_have_acted(error: &Error) -> bool {
    match error {
        Error::Transport(error) => !error.is_unsent(),
        Error::Api(error) => error.status().is_server_error(),
        _ => false,
    }
}
