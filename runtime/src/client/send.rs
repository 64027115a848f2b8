//! Sending a request. All of it is compiled once but for reading the answer.

use super::delivery::deliver;
use super::outgoing::{Call, Outgoing};
use super::response::Answered;
use super::{CallContext, Checks, Client, Credentials, Error, Inner, Response, raw, span};
use crate::check::{Checker, Context, Supplied};
use crate::encode::{EncodingError, Problem};
use crate::output::Body;
use crate::report::{Finding, Report};
use crate::service::Auth;
use crate::source::Level;
use crate::target::Target;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use std::borrow::Cow;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, ready};
use std::time::Instant;
use tracing::Instrument;

/// A call under way. Await it to send the request; drop it to give up.
#[must_use = "nothing is sent before the result is awaited"]
pub struct Sending<'a, T> {
    answered: super::BoxFuture<'a, Result<Answered, Error>>,
    decode: fn(Answered, &str) -> Response<T>,
    pub(super) operation: Cow<'a, str>,
}

impl<'a, T: Body> Sending<'a, T> {
    pub(super) fn new(client: &'a Client, outgoing: &'a dyn Outgoing) -> Self {
        let operation = outgoing.call().name.into();
        Self { answered: Box::pin(dispatch(client, outgoing)), operation, decode: Response::decode }
    }

    pub(super) fn raw(client: &'a Client, parts: raw::Parts) -> Self {
        let operation = parts.call().name.to_owned().into();
        Self { answered: Box::pin(async move { dispatch(client, &parts).await }), operation, decode: Response::decode }
    }
}

#[cfg(test)]
impl<T> Sending<'_, T> {
    /// The memory that a call holds by itself, in bytes.
    pub(super) fn size(&self) -> usize {
        size_of_val(self) + size_of_val(&*self.answered)
    }
}

impl<T> Future for Sending<'_, T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let answered = ready!(this.answered.as_mut().poll(context));
        Poll::Ready(answered.map(|answered| (this.decode)(answered, &this.operation)))
    }
}

async fn dispatch(client: &Client, outgoing: &dyn Outgoing) -> Result<Answered, Error> {
    let call = outgoing.call();
    let mut checked = pin!(checked(client, outgoing, &call).instrument(span::call(&call)));
    let result = checked.as_mut().await;
    let span = checked.span();
    match &result {
        Ok(answered) => span::answered(span, answered),
        Err(error) => {
            span.record("attempts", error.attempts());
            span::failed(span, error);
        }
    }
    result
}

async fn checked(client: &Client, outgoing: &dyn Outgoing, call: &Call<'_>) -> Result<Answered, Error> {
    look(client, outgoing, call)?;
    // The clock is read for those who listen only.
    let start = tracing::enabled!(tracing::Level::DEBUG).then(Instant::now);
    let result = deliver(client, outgoing, call).await;
    let milliseconds = start.map(|start| start.elapsed().as_millis());
    match &result {
        Ok(answered) => {
            tracing::debug!(operation = call.name, status = answered.status.as_u16(), milliseconds, "answered");
        }
        Err(error) => tracing::debug!(
            operation = call.name,
            status = error.http_status().map(|status| status.as_u16()),
            attempts = error.attempts(),
            milliseconds,
            "failed"
        ),
    }
    result
}

/// Runs the documented checks.
fn look(client: &Client, outgoing: &dyn Outgoing, call: &Call<'_>) -> Result<(), Error> {
    let checks = client.0.checks;
    if checks == Checks::Off || outgoing.extra().is_without_checks() {
        return Ok(());
    }
    let context = Context {
        cloud: client.0.endpoints.cloud_of(call.service),
        project_id: client.0.project_id.as_deref(),
        token: client.0.credentials.as_deref().and_then(super::Credentials::token),
    };
    let mut findings = Vec::new();
    outgoing.check(&mut Checker::new(context, &mut findings));
    if findings.is_empty() {
        return Ok(());
    }
    if checks == Checks::Enforce && findings.iter().any(|finding| finding.level() == Level::Error) {
        return Err(Error::Invalid(Report::new(call.name.to_owned(), findings)));
    }
    for finding in &findings {
        trace(call.name, finding);
    }
    Ok(())
}

/// Without the value: what is traced is kept for long, and read by many.
fn trace(operation: &str, finding: &Finding) {
    tracing::warn!(
        operation,
        place = finding.place(),
        level = %finding.level(),
        rule = finding.rule_id().unwrap_or(finding.rule().name()),
        limit = finding.limit(),
        page = finding.page().url,
        "the request is not as documented: {}",
        finding.problem()
    );
}

/// Makes the message, all but who is calling.
pub(super) fn prepare(
    client: &Client,
    outgoing: &dyn Outgoing,
    call: &Call<'_>,
    project_id: Option<&str>,
    base: &str,
) -> Result<http::Request<Bytes>, Error> {
    let fail = |place: String, problem| EncodingError::new(call.name, place, problem);
    let mut target = Target::default();
    outgoing.target(&mut target);
    let supplied = [(Supplied::ProjectId.name(), project_id)];
    let target = target.encode(call.name, call.path, &supplied)?;
    let body = outgoing.body().map_err(|error| fail("the body".to_owned(), Problem::Body(error.to_string())))?;

    let mut request = http::Request::new(Bytes::new());
    *request.method_mut() =
        call.method.parse().map_err(|_| fail(format!("method \"{}\"", call.method.escape_debug()), Problem::Method))?;
    let (url, headers) = target.at(base);
    *request.uri_mut() = url.try_into().map_err(|_| fail("the URL".to_owned(), Problem::Url))?;
    for header in &headers {
        let bad = |problem| fail(format!("header {}", header.name().escape_debug()), problem);
        let name = HeaderName::from_bytes(header.name().as_bytes()).map_err(|_| bad(Problem::HeaderName))?;
        let mut value = HeaderValue::from_bytes(header.value().as_bytes()).map_err(|_| bad(Problem::HeaderValue))?;
        value.set_sensitive(header.is_secret());
        request.headers_mut().append(name, value);
    }
    request.headers_mut().entry(USER_AGENT).or_insert_with(|| client.0.agent.clone());
    if let Some(body) = body {
        request.headers_mut().entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        *request.body_mut() = body.into();
    }
    Ok(request)
}

/// The credentials that a call is authenticated with, if it is and there are any.
pub(super) fn credentials<'a>(client: &'a Client, call: &Call<'_>) -> Option<&'a Arc<dyn Credentials>> {
    if call.auth == Auth::None { None } else { client.0.credentials.as_ref() }
}

/// What credentials may know of a call; `project_id` is the one that was found for it.
pub(super) fn context<'a>(client: &'a Client, call: &Call<'_>, project_id: Option<&'a str>) -> CallContext<'a> {
    let Inner { endpoints, project_id: given, time, transport, .. } = &*client.0;
    let given_project_id = given.as_deref();
    CallContext {
        service: call.service,
        region: endpoints.region.as_deref(),
        project_id: project_id.or(given_project_id),
        time,
        transport,
        given_project_id,
        endpoints,
    }
}
