//! A transport over any `tower` service.

use super::{BodyStream, BoxFuture, Transport, TransportError, TransportErrorKind};
use bytes::{Buf, Bytes};
use http_body::Body;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use tower_service::Service;

type BoxError = Box<dyn StdError + Send + Sync>;
type Classify<E> = dyn Fn(&E) -> TransportErrorKind + Send + Sync;

/// Sends requests through a [`Service`], such as the client of `hyper-util` with layers of `tower-http` around it.
///
/// Each request gets a clone of the service, and is handed to it when that is ready. `B` is the body that the service
/// takes: anything that can be made of [`Bytes`], such as `http_body_util::Full<Bytes>`. A service that takes several
/// needs to be told: `TowerTransport::<_, Full<Bytes>>::new(service)`. Trailers of answers are left out.
///
/// What holds for every [`Transport`] holds for the service: it must not follow redirects, since they carry credentials to
/// elsewhere, and not retry. Its errors are shown with all their sources, so they must not hold secrets.
///
/// If the service fails before it is ready, the request is unsent ([`TransportErrorKind::Connect`]). If it fails later,
/// nobody knows whether the request was seen ([`TransportErrorKind::Other`]), unless [`classify`](Self::classify) does. An
/// error in the middle of a body is [`TransportErrorKind::Answer`].
///
/// It waits by [`SystemTimer`](super::SystemTimer) unless [`time`](super::ClientBuilder::time) is set on the builder.
pub struct TowerTransport<S, B>
where
    S: Service<http::Request<B>>,
{
    /// Locked while it is cloned: not every service can be shared by threads.
    service: Mutex<S>,
    classify: Box<Classify<S::Error>>,
    body: PhantomData<fn() -> B>,
}

impl<S, B> TowerTransport<S, B>
where
    S: Service<http::Request<B>>,
{
    /// A transport over this service.
    pub fn new(service: S) -> Self {
        Self { service: Mutex::new(service), classify: Box::new(|_| TransportErrorKind::Other), body: PhantomData }
    }

    /// Says what an error means that the service answers a request with, such as [`TransportErrorKind::Connect`] if there
    /// was no connection. What is said to be unsent is sent again, whatever the operation does: when in doubt,
    /// say [`TransportErrorKind::Other`].
    #[must_use]
    pub fn classify(mut self, kind: impl Fn(&S::Error) -> TransportErrorKind + Send + Sync + 'static) -> Self {
        self.classify = Box::new(kind);
        self
    }
}

impl<S, B, A> Transport for TowerTransport<S, B>
where
    S: Service<http::Request<B>, Response = http::Response<A>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: From<Bytes> + 'static,
    A: Body + Send + 'static,
    A::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        // Being ready is of this clone alone, so it is the one that is called. A panic of another call's `clone` has
        // changed nothing.
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
            let answer = service.call(request.map(B::from)).await;
            let answer = answer.map_err(|error| TransportError::new((self.classify)(&error), error))?;
            Ok(answer.map(|body| Box::new(Stream(Box::pin(body))) as Box<dyn BodyStream>))
        })
    }
}

/// Without the service: nobody knows what it shows.
impl<S: Service<http::Request<B>>, B> fmt::Debug for TowerTransport<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

struct Stream<A>(Pin<Box<A>>);

impl<A> BodyStream for Stream<A>
where
    A: Body + Send,
    A::Error: Into<BoxError>,
{
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(poll_fn(|context| {
            loop {
                let frame = match self.0.as_mut().poll_frame(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(None) => return Poll::Ready(Ok(None)),
                    Poll::Ready(Some(Err(error))) => {
                        return Poll::Ready(Err(TransportError::new(TransportErrorKind::Answer, error)));
                    }
                    Poll::Ready(Some(Ok(frame))) => frame,
                };
                if let Ok(mut data) = frame.into_data() {
                    // No copy if they are `Bytes`.
                    return Poll::Ready(Ok(Some(data.copy_to_bytes(data.remaining()))));
                }
            }
        }))
    }
}

#[cfg(test)]
mod tests;
