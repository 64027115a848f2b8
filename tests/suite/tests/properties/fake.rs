//! A transport without a network: answers at once, and keeps what it was sent.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use huaweicloud_migration::runtime::client::bytes::Bytes;
use huaweicloud_migration::runtime::client::http::{Request, Response as Answer};
use huaweicloud_migration::runtime::client::{
    BodyStream, BoxFuture, ClientBuilder, RetryPolicy, Transport, TransportError, TransportErrorKind,
};
use huaweicloud_migration::{Checks, Client, Error, Operation, Response, Token};
use proptest::prelude::ProptestConfig;

/// `PROPTEST_CASES` says how often properties are tried. Failures are told, not written to files.
pub(crate) fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

pub(crate) const PROJECT: &str = "6d4b52d3d9404a6c95a5ba3f15d2ec2a";

#[derive(Default)]
pub(crate) struct Fake {
    /// 0 fails to connect.
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
    /// How many bytes come at a time; 0 for all.
    pub(crate) piece: usize,
    pub(crate) sent: Mutex<Vec<Request<Bytes>>>,
}

impl Transport for Fake {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Answer<Box<dyn BodyStream>>, TransportError>> {
        self.sent.lock().unwrap().push(request);
        let mut answer = Answer::builder().status(self.status.max(200));
        for (name, value) in &self.headers {
            answer = answer.header(*name, value);
        }
        let body: Box<dyn BodyStream> = Box::new(Pieces { rest: self.body.clone(), size: self.piece });
        let refused = || TransportError::new(TransportErrorKind::Connect, "refused");
        let answer = if self.status == 0 { Err(refused()) } else { Ok(answer.body(body).unwrap()) };
        Box::pin(std::future::ready(answer))
    }
}

struct Pieces {
    rest: Bytes,
    size: usize,
}

impl BodyStream for Pieces {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        let size = if self.size == 0 { self.rest.len() } else { self.size.min(self.rest.len()) };
        let piece = self.rest.split_to(size);
        Box::pin(std::future::ready(Ok((!piece.is_empty()).then_some(piece))))
    }
}

/// An answer of this status and body.
pub(crate) fn answering(status: u16, body: impl Into<Bytes>) -> Arc<Fake> {
    Arc::new(Fake { status, body: body.into(), ..Fake::default() })
}

/// A client of the fake that sends whatever it is given.
pub(crate) fn builder(fake: &Arc<Fake>) -> ClientBuilder<Client> {
    Client::builder()
        .base_url("https://service.example")
        .project_id(PROJECT)
        .credentials(Token::new("a-token"))
        .transport(Arc::clone(fake))
        .checks(Checks::Off)
        .retry(RetryPolicy::none())
}

pub(crate) fn call<O: Operation>(fake: &Arc<Fake>, request: &O) -> Result<Response<O::Output>, Error> {
    now(builder(fake).build().unwrap().send(request))
}

/// The result of a future that never waits.
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("there is nothing to wait for"),
    }
}
