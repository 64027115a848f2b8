//! A small HTTP server on this machine: it keeps what it is sent, and answers what it is told.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Received {
    /// Such as `PUT`.
    pub method: String,
    /// Path and query, still encoded.
    pub target: String,
    /// Names in lower case, and values, in the order they came.
    pub headers: Vec<(String, String)>,
    /// The body; empty if there is none.
    pub body: Vec<u8>,
}

impl Received {
    /// The values of a header, its name in lower case.
    pub fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|header| header.0 == name).map(|header| header.1.as_str()).collect()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    async fn read(request: Request<Incoming>) -> Self {
        let (head, body) = request.into_parts();
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let body = Limited::new(body, 16 << 20).collect().await;
        Self {
            method: head.method.to_string(),
            target: head.uri.to_string(),
            headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: body.map(|body| body.to_bytes().to_vec()).unwrap_or_default(),
        }
    }
}

/// What the server answers.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
}

impl Answer {
    /// An answer of this status and body.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// With this header too; its name in lower case.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn into_response(self) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
        let mut response = Response::new(Full::new(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status)?;
        for (name, value) in self.headers {
            response.headers_mut().append(HeaderName::from_static(name), HeaderValue::from_str(&value)?);
        }
        Ok(response)
    }
}

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<Received>>,
}

/// No test needs more; a client that reconnects for ever would otherwise never end.
const CONNECTIONS: usize = 10_000;

impl Server {
    /// Starts on a free port, inside a tokio runtime.
    ///
    /// # Errors
    ///
    /// If no port can be had.
    pub async fn start(answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (seen, answer) = (Arc::new(Seen::default()), Arc::new(answer));
        let task = tokio::spawn(serve(listener, Arc::clone(&seen), answer));
        Ok(Self { address, seen, task })
    }

    /// What to give a client as base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// What was sent since this was last asked.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut *self.seen.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Instead of an answer that HTTP does not know.
fn failed(error: &hyper::http::Error) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(format!("the test's own answer is none: {error}")));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

async fn serve<F>(listener: TcpListener, seen: Arc<Seen>, answer: Arc<F>)
where
    F: Fn(&Received) -> Answer + Send + Sync + 'static,
{
    for _ in 0..CONNECTIONS {
        let Ok((stream, _)) = listener.accept().await else { return };
        seen.connections.fetch_add(1, Ordering::SeqCst);
        let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
        let service = service_fn(move |request| {
            let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
            async move {
                let received = Received::read(request).await;
                let answer = answer(&received);
                seen.requests.lock().unwrap_or_else(PoisonError::into_inner).push(received);
                Ok::<_, Infallible>(answer.into_response().unwrap_or_else(|error| failed(&error)))
            }
        });
        // A client that hangs up is none of a server's business.
        tokio::spawn(async move { drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await) });
    }
}
