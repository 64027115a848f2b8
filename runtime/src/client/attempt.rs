//! One attempt: authenticated, out, and back.

use super::deadline::within;
use super::delivery::{Found, Progress, Run};
use super::hidden::Hidden;
use super::outgoing::Call;
use super::response::Answered;
use super::{
    ApiError, BodyStream, BoxFuture, Client, CredentialsError, Error, TransportError, TransportErrorKind, send, span,
};
use crate::service::Auth;
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use std::pin::pin;
use tracing::{Instrument, Span};

pub(super) async fn attempt(run: &Run<'_>, found: &Found, progress: &mut Progress) -> Result<Answered, Error> {
    let (which, base) = found.place.current();
    // A block of its own, after which the message is gone: what lives across an `.await` makes every call larger.
    let (sending, span) = {
        let (span, request) = begin(run, found, base, progress)?;
        let (mut parts, body) = request.into_parts();
        if let Err(error) = authenticate(run, found, &mut parts, &body).instrument(span.clone()).await {
            span::failed(&span, &error);
            return Err(error);
        }
        let request = http::Request::from_parts(parts, body);
        (span.in_scope(|| run.client.0.transport.send(request)), span)
    };
    progress.attempts += 1;
    progress.under_way = true;
    let mut head = None;
    let (body, span) = {
        let mut exchange = pin!(exchange(run.client, sending, &mut head).instrument(span));
        let body = within(exchange.as_mut(), run.client.0.delivery.attempt_timeout, &*run.client.0.time).await;
        (body, exchange.span().clone())
    };
    progress.under_way = false;
    let body = body.unwrap_or_else(|| Err(timed_out(run.client)));
    if let (None, Err(error)) = (&head, &body)
        && error.kind() == TransportErrorKind::Connect
    {
        found.place.leave(which);
    }
    let result = outcome(run.call, head, body, || Hidden::of(run.client, run.outgoing, run.call));
    match &result {
        Ok(answered) => span::answered(&span, answered),
        Err(error) => span::failed(&span, error),
    }
    result
}

/// The message is made anew for each attempt rather than kept: most calls need it once.
fn begin(run: &Run<'_>, found: &Found, base: &str, progress: &Progress) -> Result<(Span, http::Request<Bytes>), Error> {
    let Run { client, outgoing, call, .. } = *run;
    let project_id = found.project.as_deref().or(client.0.project_id.as_deref());
    let request = send::prepare(client, outgoing, call, project_id, base)?;
    Ok((span::attempt(call, &request, progress.attempts + 1), request))
}

fn timed_out(client: &Client) -> TransportError {
    let limit = client.0.delivery.attempt_timeout.unwrap_or_default();
    let why = format!("the attempt took longer than {:.1} s", limit.as_secs_f64());
    TransportError::new(TransportErrorKind::Timeout, why)
}

/// Lets the credentials have the last word.
async fn authenticate(run: &Run<'_>, found: &Found, parts: &mut Parts, body: &Bytes) -> Result<(), Error> {
    let Run { client, outgoing, call, .. } = *run;
    let result = match send::credentials(client, call) {
        Some(credentials) => {
            let context = send::context(client, call, found.project.as_deref());
            credentials.authenticate(parts, body, context).await
        }
        None if call.auth == Auth::Required => Err(CredentialsError::missing()),
        None => Ok(()),
    };
    result.map_err(|error| Error::Credentials(error.hide(&Hidden::of(client, outgoing, call)).during(call.name)))
}

/// The most that is kept of an error's body.
const ERROR_BODY: usize = 64 * 1024;

/// What the transport promises to give.
type Answering<'a> = BoxFuture<'a, Result<http::Response<Box<dyn BodyStream>>, TransportError>>;

type Head = (StatusCode, HeaderMap);

/// Gives the body, and the head as soon as it is there.
async fn exchange(client: &Client, answering: Answering<'_>, head: &mut Option<Head>) -> Result<Bytes, TransportError> {
    let (mut body, is_success, announced) = open(answering.await?, head);
    let limit = client.0.delivery.body_limit;
    if is_success && announced.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let enough = if is_success { limit.saturating_add(1) } else { ERROR_BODY };
    let (mut raw, result) = receive(&mut *body, enough).await;
    if !is_success {
        // Whatever came of an error's body is better than an error about it.
        raw.truncate(ERROR_BODY);
        return Ok(raw);
    }
    result?;
    if raw.len() > limit { Err(too_large(limit)) } else { Ok(raw) }
}

/// The body, whether the answer is a success, and how long the body is to be.
fn open(
    response: http::Response<Box<dyn BodyStream>>,
    head: &mut Option<Head>,
) -> (Box<dyn BodyStream>, bool, Option<usize>) {
    let (parts, body) = response.into_parts();
    let announced = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let is_success = parts.status.is_success();
    *head = Some((parts.status, parts.headers));
    (body, is_success, announced)
}

/// A refusal stays one when no time was left for its body.
fn outcome(
    call: &Call<'_>,
    head: Option<Head>,
    body: Result<Bytes, TransportError>,
    hidden: impl FnOnce() -> Hidden,
) -> Result<Answered, Error> {
    match (head, body) {
        (Some((status, headers)), body) if !status.is_success() => {
            let raw = body.unwrap_or_default();
            Err(Error::Api(Box::new(ApiError::new(call.name, status, headers, raw, &hidden()))))
        }
        (Some((status, headers)), Ok(raw)) => Ok(Answered { status, headers, raw }),
        (head, body) => {
            let error = body.err().unwrap_or_else(|| TransportError::new(TransportErrorKind::Other, "no answer"));
            Err(Error::Transport(error.hide(&hidden()).during(call.name, head.map(|(status, _)| status))))
        }
    }
}

fn too_large(limit: usize) -> TransportError {
    let why = format!("its body is larger than {limit} bytes, the client's `body_limit`");
    TransportError::new(TransportErrorKind::TooLarge, why)
}

/// Reads a body until there are `enough` bytes or more; gives what came, also where it broke off.
async fn receive(body: &mut dyn BodyStream, enough: usize) -> (Bytes, Result<(), TransportError>) {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    let result = loop {
        match body.chunk().await {
            // Most bodies come in one piece, which needs no copy.
            Ok(Some(chunk)) if first.is_empty() && all.is_empty() => first = chunk,
            Ok(Some(chunk)) => {
                if all.is_empty() {
                    all.extend_from_slice(&std::mem::take(&mut first));
                }
                all.extend_from_slice(&chunk);
            }
            end => break end.map(drop),
        }
        if body.is_end() || first.len().max(all.len()) >= enough {
            break Ok(());
        }
    };
    (if all.is_empty() { first } else { all.freeze() }, result)
}
