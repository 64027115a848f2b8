//! A transport that follows a script.

use super::virtual_time::VirtualTime;
use super::*;
use std::collections::VecDeque;
use std::time::Duration;

/// What one attempt gets.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// A status and a body.
    Answer(u16, &'static str),
    /// The same with a header.
    With(u16, &'static str, &'static str),
    /// 200 and a body that breaks off.
    Broken,
    Fails(TransportErrorKind),
    /// The head comes after so many milliseconds.
    Slow(u64),
    /// Status 200, and the body comes after so many milliseconds.
    SlowBody(u64),
    /// The same with another status.
    SlowBodyOf(u16, u64),
}

pub(super) struct Script {
    pub(super) steps: Mutex<VecDeque<Step>>,
    pub(super) time: VirtualTime,
    pub(super) sent: Mutex<Vec<http::Request<Bytes>>>,
}

impl Script {
    pub(super) fn new(steps: &[Step]) -> Arc<Self> {
        let steps = Mutex::new(steps.iter().copied().collect());
        Arc::new(Self { steps, time: VirtualTime::default(), sent: Mutex::default() })
    }

    pub(super) fn seen(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    fn later(&self, milliseconds: u64) -> BoxFuture<'static, ()> {
        self.time.sleep(Duration::from_millis(milliseconds))
    }

    /// A client with waits of 100 and 200 ms.
    pub(super) fn client(self: &Arc<Self>) -> ClientBuilder<Client> {
        let policy = RetryPolicy::default().base(Duration::from_millis(100)).jitter(|| 1.0);
        Client::builder()
            .region("eu-de")
            .project_id("p")
            .credentials(Token::new("t"))
            .transport(Arc::clone(self))
            .time(self.time.clone())
            .retry(policy)
    }
}

enum Chunk {
    Now(Option<&'static str>),
    Later(BoxFuture<'static, ()>),
    Breaks,
}

impl BodyStream for Chunk {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async move {
            match self {
                Self::Now(text) => Ok(text.take().map(|text| Bytes::from_static(text.as_bytes()))),
                Self::Later(sleep) => {
                    sleep.await;
                    *self = Self::Now(None);
                    Ok(Some(Bytes::from_static(b"{}")))
                }
                Self::Breaks => Err(TransportError::new(TransportErrorKind::Answer, "gone")),
            }
        })
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        Box::pin(async move {
            self.sent.lock().unwrap().push(request);
            // One step for all that follow, if it is the last.
            let step = {
                let mut steps = self.steps.lock().unwrap();
                if steps.len() > 1 { steps.pop_front().unwrap() } else { steps[0] }
            };
            let answer = http::Response::builder();
            let boxed = |chunk: Chunk| Box::new(chunk) as Box<dyn BodyStream>;
            let answer = match step {
                Step::Answer(status, body) => answer.status(status).body(boxed(Chunk::Now(Some(body)))),
                Step::With(status, name, value) => {
                    answer.status(status).header(name, value).body(boxed(Chunk::Now(Some("{}"))))
                }
                Step::Broken => answer.body(boxed(Chunk::Breaks)),
                Step::Fails(kind) => return Err(TransportError::new(kind, "scripted")),
                Step::Slow(milliseconds) => {
                    self.later(milliseconds).await;
                    answer.body(boxed(Chunk::Now(Some("{}"))))
                }
                Step::SlowBody(milliseconds) => answer.body(boxed(Chunk::Later(self.later(milliseconds)))),
                Step::SlowBodyOf(status, milliseconds) => {
                    answer.status(status).body(boxed(Chunk::Later(self.later(milliseconds))))
                }
            };
            Ok(answer.unwrap())
        })
    }
}
