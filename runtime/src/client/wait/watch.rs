//! A wait under way: looks and pauses by turns. It holds what it is at, so nothing is lost when who polls it stops.

use super::super::span::error_type;
use super::super::{BoxFuture, Error, Response};
use super::error::{Facts, WaitErrorKind};
use super::{Coming, Found, Observed, Phase, WaitError, Waiting};
use crate::shorten::Shortened;
use std::task::{Context, Poll};
use std::time::Duration;
use tracing::Span;
use tracing::field::Empty;

/// So often an entry may be missing in a row: a list may lag behind, and one that never comes is a slip.
const MISSING: u32 = 3;

/// The most unknown states that are traced, each once; and of each so many characters.
const TRACED: (usize, usize) = (16, 100);

pub(super) struct Watch<'a, T> {
    waiting: Waiting<'a, T>,
    step: Step<'a, T>,
    start: Duration,
    /// Ready at the deadline.
    deadline: Option<BoxFuture<'static, ()>>,
    looks: u32,
    failed_looks: u32,
    /// So often in a row.
    missing: u32,
    phase: Phase,
    state: Option<String>,
    answer: Option<Response<T>>,
    /// Why the last look failed, if it did.
    error: Option<Error>,
    /// The unknown states that were traced.
    traced: Vec<Option<String>>,
    span: Span,
}

enum Step<'a, T> {
    Begin,
    Look(Coming<'a, T>),
    Rest(BoxFuture<'static, ()>),
    /// There is no time for another look.
    Late,
    End,
}

/// How a wait ended.
pub(super) type End = Result<(), WaitErrorKind>;

/// What a look has come to.
pub(super) enum Turn {
    /// An answer that ends nothing.
    Going,
    Ended(End),
    /// The end was told before.
    Over,
}

impl<'a, T> Watch<'a, T> {
    pub(super) fn new(waiting: Waiting<'a, T>) -> Self {
        let span = tracing::info_span!(
            "wait",
            "otel.name" = waiting.id,
            "otel.kind" = "internal",
            operation = waiting.operation,
            waiter = waiting.id,
            looks = Empty,
            outcome = Empty,
        );
        Self {
            waiting,
            step: Step::Begin,
            start: Duration::ZERO,
            deadline: None,
            looks: 0,
            failed_looks: 0,
            missing: 0,
            phase: Phase::Unknown,
            state: None,
            answer: None,
            error: None,
            traced: Vec::new(),
            span,
        }
    }

    /// Goes on to the next answer or to the end.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Turn> {
        let span = self.span.clone();
        let _entered = span.enter();
        loop {
            match &mut self.step {
                Step::Begin => {
                    self.start = self.waiting.client.0.time.elapsed();
                    let deadline = self.waiting.deadline.filter(|deadline| *deadline < Duration::MAX);
                    self.deadline = deadline.map(|deadline| self.waiting.client.0.time.sleep(deadline));
                    self.step = Step::Look(self.waiting.ask());
                    continue;
                }
                Step::Look(coming) => match coming.as_mut().poll(context) {
                    Poll::Ready(Ok(answer)) => {
                        return Poll::Ready(match self.judge(answer) {
                            Some(end) => self.end(end),
                            None => {
                                self.rest();
                                Turn::Going
                            }
                        });
                    }
                    Poll::Ready(Err(error)) => {
                        if self.failed(error) {
                            return Poll::Ready(self.end(Err(WaitErrorKind::Call)));
                        }
                        self.rest();
                        continue;
                    }
                    Poll::Pending => {}
                },
                Step::Rest(sleep) => {
                    if sleep.as_mut().poll(context).is_ready() {
                        self.step = Step::Look(self.waiting.ask());
                        continue;
                    }
                }
                Step::Late => return Poll::Ready(self.end(Err(WaitErrorKind::Deadline))),
                Step::End => return Poll::Ready(Turn::Over),
            }
            if self.deadline.as_mut().is_some_and(|deadline| deadline.as_mut().poll(context).is_ready()) {
                return Poll::Ready(self.end(Err(WaitErrorKind::Deadline)));
            }
            return Poll::Pending;
        }
    }

    fn end(&mut self, end: End) -> Turn {
        self.step = Step::End;
        self.deadline = None;
        self.span.record("looks", self.looks);
        self.span.record("outcome", end.err().map_or("success", WaitErrorKind::word));
        Turn::Ended(end)
    }

    fn rest(&mut self) {
        let mut wait = self.waiting.interval.wait(self.waiting.client.0.delivery.policy.part());
        if let Some(deadline) = self.waiting.deadline {
            let latest = deadline.saturating_sub(self.elapsed()).saturating_sub(self.waiting.interval.reserve());
            wait = wait.min(latest);
        }
        self.step = if wait.is_zero() { Step::Late } else { Step::Rest(self.waiting.client.0.time.sleep(wait)) };
    }

    fn elapsed(&self) -> Duration {
        self.waiting.client.0.time.elapsed().saturating_sub(self.start)
    }

    /// Takes an answer, and says whether it is an end.
    fn judge(&mut self, answer: Response<T>) -> Option<End> {
        self.looks += 1;
        self.error = None;
        (self.phase, self.state) = match (self.waiting.state)(answer.body(), &self.waiting.entry) {
            Found::Missing => (Phase::Missing, None),
            Found::At(None) => (Phase::Unknown, None),
            Found::At(Some(state)) => (self.waiting.meanings.phase(&state), Some(state.into_owned())),
        };
        self.missing = if self.phase == Phase::Missing { self.missing + 1 } else { 0 };
        self.trace();
        let holds = self.waiting.until.as_ref().map(|until| until(&answer));
        self.answer = Some(answer);
        match (holds, self.phase) {
            (Some(true), _) | (None, Phase::Success) => Some(Ok(())),
            (Some(false), Phase::Success) => Some(Err(WaitErrorKind::Ended)),
            (_, Phase::Failure) => Some(Err(WaitErrorKind::Failed)),
            (None, Phase::Paused) => Some(Err(WaitErrorKind::Paused)),
            (_, Phase::Missing) if self.missing >= MISSING => Some(Err(WaitErrorKind::Missing)),
            _ => None,
        }
    }

    /// Takes the failure of a look, and says whether it is an end.
    fn failed(&mut self, error: Error) -> bool {
        self.looks += 1;
        self.failed_looks += 1;
        let is_end = !error.is_retryable();
        if !is_end {
            tracing::info!(
                operation = self.waiting.operation,
                waiter = self.waiting.id,
                looks = self.looks,
                "error.type" = &*error_type(&error),
                "a look failed; will look again"
            );
        }
        self.error = Some(error);
        is_end
    }

    fn trace(&mut self) {
        let state = self.state.as_deref().map(|state| Shortened(state, TRACED.1));
        let state = state.as_ref().map(tracing::field::display);
        let (operation, waiter) = (self.waiting.operation, self.waiting.id);
        tracing::debug!(operation, waiter, looks = self.looks, state, phase = %self.phase, "looked");
        if self.phase == Phase::Unknown && self.traced.len() < TRACED.0 && !self.traced.contains(&self.state) {
            tracing::warn!(operation, waiter, state, "a state that the documentation does not name; waiting on");
            self.traced.push(self.state.clone());
        }
    }

    /// What the last answer showed.
    pub(super) fn observed(&self) -> Option<Observed<T>>
    where
        T: Clone,
    {
        Some(Observed {
            phase: self.phase,
            state: self.state.clone(),
            answer: self.answer.clone()?,
            looks: self.looks,
            failed_looks: self.failed_looks,
            elapsed: self.elapsed(),
        })
    }

    /// What the wait comes to, with the last answer.
    pub(super) fn result(&mut self, end: End) -> Result<Response<T>, WaitError<T>> {
        let (kind, answer) = match (end, self.answer.take()) {
            (Ok(()), Some(answer)) => return Ok(answer),
            // There is no success without an answer.
            (Ok(()), None) => (WaitErrorKind::Ended, None),
            (Err(kind), answer) => (kind, answer),
        };
        let facts = Facts {
            operation: self.waiting.operation,
            waiter: self.waiting.id,
            entry: self.waiting.entry.clone(),
            state: self.state.take(),
            deadline: self.waiting.deadline.unwrap_or(Duration::MAX),
            looks: self.looks,
            failed_looks: self.failed_looks,
            elapsed: self.elapsed(),
        };
        Err(WaitError::new(kind, facts, answer, self.error.take()))
    }
}
