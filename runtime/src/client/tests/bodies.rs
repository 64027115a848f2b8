//! Bodies that come piece by piece.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// What is left of a body.
#[derive(Clone)]
struct Left {
    pieces: &'static [&'static str],
    knows_its_end: bool,
    /// How often for a piece.
    asked: Arc<AtomicUsize>,
}

/// Answers with this body.
struct Answering(Left);

impl Transport for Answering {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        let body: Box<dyn BodyStream> = Box::new(self.0.clone());
        Box::pin(std::future::ready(Ok(http::Response::new(body))))
    }
}

impl BodyStream for Left {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        self.asked.fetch_add(1, SeqCst);
        let next = self.pieces.split_first().map(|(first, rest)| {
            self.pieces = rest;
            Bytes::from_static(first.as_bytes())
        });
        Box::pin(std::future::ready(Ok(next)))
    }

    fn is_end(&self) -> bool {
        self.knows_its_end && self.pieces.is_empty()
    }
}

#[test]
fn a_body_that_knows_its_end_is_not_asked_once_more() {
    let cases: &[(&[&str], bool, usize)] = &[
        (&["{\"id\":\"a\"}"], true, 1),
        (&["{\"id\":\"a\"}"], false, 2),
        (&["{\"id\":", "\"a\"", "}"], true, 3),
        (&["{\"id\":", "\"a\"", "}"], false, 4),
    ];
    for &(pieces, knows_its_end, times) in cases {
        let asked = Arc::new(AtomicUsize::new(0));
        let transport = Answering(Left { pieces, knows_its_end, asked: Arc::clone(&asked) });
        let client: Client = Client::builder()
            .base_url("https://a.example.com")
            .project_id("p")
            .credentials(Token::new("t"))
            .transport(transport)
            .build()
            .unwrap();
        let response = call(&client, &SetTask::new("a")).unwrap();
        assert_eq!((response.body().id.as_deref(), asked.load(SeqCst)), (Some("a"), times), "{pieces:?}");
    }
}
