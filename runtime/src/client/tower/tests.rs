use super::*;
use crate::client::tests::nobody::Nobody;
use crate::client::tests::origin::Origin;
use crate::client::{Client, Error, RetryPolicy, Token};
use crate::service::ServiceInfo;
use futures_util::stream;
use http_body::Frame;
use http_body_util::{Full, StreamBody};
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use std::cell::Cell;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::Context;
use std::time::Duration;

static SERVICE: ServiceInfo = ServiceInfo { id: "dcs", title: "t", endpoints: &[], clouds: &[] };

/// How a service fares.
#[derive(Clone, Copy, PartialEq)]
enum Does {
    Answers,
    NeverReady,
    Fails(&'static str),
}

/// A service that needs several polls to get ready, and whose readiness is not a clone's. `Cell`: it is not `Sync`.
struct Fake {
    does: Does,
    polls_left: Cell<u32>,
    calls: Arc<AtomicUsize>,
}

impl Clone for Fake {
    fn clone(&self) -> Self {
        Self { does: self.does, polls_left: Cell::new(3), calls: Arc::clone(&self.calls) }
    }
}

type Frames = Vec<Result<Frame<Bytes>, &'static str>>;
type Streamed = StreamBody<stream::Iter<std::vec::IntoIter<Result<Frame<Bytes>, &'static str>>>>;

fn streamed(frames: Frames) -> Streamed {
    StreamBody::new(stream::iter(frames))
}

fn data(text: &'static str) -> Frame<Bytes> {
    Frame::data(Bytes::from_static(text.as_bytes()))
}

fn trailers() -> Frame<Bytes> {
    Frame::trailers(http::HeaderMap::new())
}

impl Service<http::Request<Full<Bytes>>> for Fake {
    type Response = http::Response<Streamed>;
    type Error = &'static str;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        if self.does == Does::NeverReady {
            return Poll::Ready(Err("out of order"));
        }
        let left = self.polls_left.get();
        if left == 0 {
            return Poll::Ready(Ok(()));
        }
        self.polls_left.set(left - 1);
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn call(&mut self, _: http::Request<Full<Bytes>>) -> Self::Future {
        assert_eq!(self.polls_left.get(), 0, "called before it is ready");
        self.calls.fetch_add(1, SeqCst);
        ready(match self.does {
            Does::Fails(why) => Err(why),
            _ => Ok(http::Response::new(streamed(vec![Ok(data("{\"a\"")), Ok(trailers()), Ok(data(": 1}"))]))),
        })
    }
}

fn service(does: Does) -> (Fake, Arc<AtomicUsize>) {
    let calls = Arc::default();
    (Fake { does, polls_left: Cell::new(3), calls: Arc::clone(&calls) }, calls)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn call(url: &str, transport: impl Transport + 'static) -> Result<String, Error> {
    let client = Client::builder()
        .base_url(url)
        .credentials(Token::new("t"))
        .transport(transport)
        .retry(RetryPolicy::default().base(Duration::from_millis(1)))
        .build()
        .unwrap();
    let call = client.raw(&SERVICE, "POST", "/v1/x").json(crate::Json::from("sent")).send();
    run(call).map(|response| String::from_utf8(response.raw().to_vec()).unwrap())
}

#[test]
fn a_service_is_called_when_it_is_ready_and_its_body_is_read_without_trailers() {
    let (service, calls) = service(Does::Answers);
    let transport = TowerTransport::new(service);
    assert_eq!(call("https://a.example", transport).unwrap(), "{\"a\": 1}");
    assert_eq!(calls.load(SeqCst), 1);
}

/// What the service does, what the hook says; then the kind of error, whether it is unsent, attempts and calls.
type Row = (Does, Option<TransportErrorKind>, TransportErrorKind, bool, u32, usize);

#[test]
fn errors_are_classified_and_tried_again_if_nothing_was_sent() {
    use TransportErrorKind::{Connect, Other, Timeout};
    let table: [Row; 5] = [
        (Does::NeverReady, None, Connect, true, 3, 0),
        (Does::NeverReady, Some(Timeout), Connect, true, 3, 0),
        (Does::Fails("gone"), None, Other, false, 1, 1),
        (Does::Fails("gone"), Some(Timeout), Timeout, false, 1, 1),
        (Does::Fails("gone"), Some(Connect), Connect, true, 3, 3),
    ];
    for (row, (does, said, kind, unsent, attempts, seen)) in table.into_iter().enumerate() {
        let (service, calls) = service(does);
        let mut transport = TowerTransport::new(service);
        if let Some(said) = said {
            transport = transport.classify(move |error| if *error == "gone" { said } else { Other });
        }
        let Err(Error::Transport(error)) = call("https://a.example", transport) else { panic!("row {row}") };
        assert_eq!((error.kind(), error.is_unsent()), (kind, unsent), "row {row}: {error}");
        let why = if does == Does::NeverReady { ": out of order" } else { ": gone" };
        assert!(error.to_string().contains(why), "{error}");
        assert_eq!((Error::Transport(error).attempts(), calls.load(SeqCst)), (attempts, seen), "row {row}");
    }
}

#[test]
fn bodies_come_piece_by_piece_and_may_break_off() {
    let table: [(Frames, &[&str], Option<&str>); 5] = [
        (vec![], &[], None),
        (vec![Ok(data("a")), Ok(data("b"))], &["a", "b"], None),
        (vec![Ok(trailers()), Ok(data("a")), Ok(trailers())], &["a"], None),
        (vec![Err("cut")], &[], Some("cut")),
        (vec![Ok(data("a")), Err("cut")], &["a"], Some("cut")),
    ];
    for (frames, pieces, broken) in table {
        let mut stream = Stream(Box::pin(streamed(frames)));
        run(async {
            for piece in pieces {
                assert_eq!(stream.chunk().await.unwrap().unwrap(), piece);
            }
            match broken {
                None => assert!(stream.chunk().await.unwrap().is_none()),
                Some(why) => {
                    let error = stream.chunk().await.unwrap_err();
                    assert_eq!(error.kind(), TransportErrorKind::Answer);
                    assert!(error.to_string().ends_with(why), "{error}");
                }
            }
        });
    }
}

fn hyper_transport() -> impl Transport {
    let client = legacy::Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    TowerTransport::new(client)
        .classify(|error| if error.is_connect() { TransportErrorKind::Connect } else { TransportErrorKind::Other })
}

#[test]
fn a_hyper_client_carries_requests() {
    let origin = Origin::start();
    assert_eq!(call(&origin.url, hyper_transport()).unwrap(), "{}");
    let heads = origin.heads();
    assert!(heads[0].starts_with("POST /v1/x HTTP/1.1\r\n") && heads[0].contains("x-auth-token: t\r\n"), "{heads:?}");
    assert!(heads[0].contains("content-length: 6\r\n"), "{heads:?}");
}

/// It needs a runtime, which waiting brings.
#[cfg(feature = "blocking")]
#[test]
fn a_hyper_client_can_be_waited_for() {
    let origin = Origin::start();
    let client = Client::builder().base_url(&*origin.url).transport(hyper_transport()).build().unwrap();
    let call = || client.raw(&SERVICE, "GET", "/x").without_credentials().send().wait();
    assert!(call().is_ok() && call().is_ok());
}

#[test]
fn a_hyper_client_that_cannot_connect_has_sent_nothing() {
    let nobody = Nobody::listens();
    let error = call(&format!("http://{}", nobody.address()), hyper_transport()).unwrap_err();
    assert_eq!(error.attempts(), 3, "{error}");
    assert!(matches!(error, Error::Transport(error) if error.is_unsent()));
}

/// A service of other body types, whose errors are boxed as those of most layers are.
#[cfg(feature = "reqwest")]
#[derive(Clone)]
struct OverReqwest(::reqwest::Client);

#[cfg(feature = "reqwest")]
impl Service<http::Request<::reqwest::Body>> for OverReqwest {
    type Response = http::Response<::reqwest::Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<::reqwest::Body>) -> Self::Future {
        let client = self.0.clone();
        Box::pin(async move { Ok(client.execute(request.try_into()?).await?.into()) })
    }
}

#[cfg(feature = "reqwest")]
#[test]
fn other_bodies_and_boxed_errors_will_do() {
    let origin = Origin::start();
    let service = OverReqwest(::reqwest::Client::builder().no_proxy().build().unwrap());
    let transport = TowerTransport::new(service).classify(|error| {
        let connects = error.downcast_ref::<::reqwest::Error>().is_some_and(::reqwest::Error::is_connect);
        if connects { TransportErrorKind::Connect } else { TransportErrorKind::Other }
    });
    assert_eq!(call(&origin.url, transport).unwrap(), "{}");
}

#[test]
fn nothing_is_shown_of_a_service() {
    assert_eq!(format!("{:?}", TowerTransport::new(service(Does::Answers).0)), "TowerTransport { .. }");
}
