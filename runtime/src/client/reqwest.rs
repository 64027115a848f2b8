//! A transport over `reqwest`.

use super::deadline::within;
use super::{BodyStream, BoxFuture, Time, TokioTime, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::request::Parts;
use reqwest::Url;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Sends requests with `reqwest`.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// How long each part of an answer may take. Not the client's own, which starts more timers than are needed.
    read_timeout: Option<Duration>,
    time: TokioTime,
    /// A URL sent to before, without its query.
    known: Arc<Mutex<Option<Url>>>,
}

#[cfg(test)]
impl ReqwestTransport {
    /// What `reqwest` tells of its settings.
    pub(super) fn settings(&self) -> String {
        format!("{:?}", self.client)
    }
}

impl ReqwestTransport {
    /// A transport that follows no redirects, waits a minute for connections, and two minutes for each part of an
    /// answer.
    ///
    /// Fails where TLS cannot be set up, such as on a machine without certificates of authorities.
    pub fn new() -> Result<Self, TransportError> {
        let transport = builder().build().map(Self::from).map_err(failed)?;
        Ok(transport.read_timeout(READ_TIMEOUT))
    }

    pub(super) fn read_timeout(self, timeout: Duration) -> Self {
        Self { read_timeout: Some(timeout), ..self }
    }

    fn convert(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let (Parts { method, uri, version, headers, .. }, body) = request.into_parts();
        let mut request = reqwest::Request::new(method, self.url(&uri)?);
        *request.version_mut() = version;
        *request.headers_mut() = headers;
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    /// The URL as `reqwest` has it. Scheme and host are as a rule those of the URL before, and need no parsing again, which
    /// is the larger part of it.
    fn url(&self, uri: &http::Uri) -> Result<Url, TransportError> {
        // Nobody waits for somebody else's URL.
        let mut known = self.known.try_lock().ok();
        if let Some(Some(known)) = known.as_deref()
            && Some(known.scheme()) == uri.scheme_str()
            && Some(known.authority()) == uri.authority().map(http::uri::Authority::as_str)
        {
            let mut url = known.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url =
            Url::parse(&uri.to_string()).map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
        if let Some(known) = known.as_deref_mut() {
            let mut url = url.clone();
            url.set_query(None);
            *known = Some(url);
        }
        Ok(url)
    }
}

/// How long the ready transport waits for each part of an answer.
pub(super) const READ_TIMEOUT: Duration = Duration::from_secs(120);

/// What the ready transport begins with.
pub(super) fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(Duration::from_secs(60))
}

/// Your own client, with your proxies, certificates and timeouts. Turn its redirects off: `reqwest` follows them
/// otherwise, and takes headers like `X-Auth-Token` along.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client, read_timeout: None, time: TokioTime::default(), known: Arc::default() }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        Box::pin(async move {
            let executing = pin!(self.client.execute(self.convert(request)?));
            let answer = within(executing, self.read_timeout, &self.time).await;
            let mut answer = in_time(answer, self.read_timeout)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            *response.version_mut() = answer.version();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            let Self { read_timeout, time, .. } = *self;
            Ok(response.map(|()| Box::new(Stream { answer, read_timeout, time }) as Box<dyn BodyStream>))
        })
    }

    fn time(&self) -> Option<Arc<dyn Time>> {
        Some(Arc::new(TokioTime::default()))
    }
}

/// Without the client, which shows its default headers and proxies.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").field("read_timeout", &self.read_timeout).finish_non_exhaustive()
    }
}

struct Stream {
    answer: reqwest::Response,
    read_timeout: Option<Duration>,
    time: TokioTime,
}

impl BodyStream for Stream {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async move {
            let chunk = pin!(self.answer.chunk());
            in_time(within(chunk, self.read_timeout, &self.time).await, self.read_timeout)
        })
    }

    /// What was announced is here.
    fn is_end(&self) -> bool {
        self.answer.content_length() == Some(0)
    }
}

fn in_time<T>(result: Option<reqwest::Result<T>>, limit: Option<Duration>) -> Result<T, TransportError> {
    result.map_or_else(
        || {
            let seconds = limit.unwrap_or_default().as_secs_f64();
            Err(TransportError::new(TransportErrorKind::Timeout, format!("nothing came for {seconds:.1} s")))
        },
        |result| result.map_err(failed),
    )
}

/// URLs are taken out of errors: queries can hold secrets.
pub(super) fn failed(error: reqwest::Error) -> TransportError {
    let kind = match () {
        () if error.is_timeout() && !error.is_connect() => TransportErrorKind::Timeout,
        () if error.is_connect() => TransportErrorKind::Connect,
        () if error.is_builder() => TransportErrorKind::Request,
        () if error.is_body() || error.is_decode() => TransportErrorKind::Answer,
        () => TransportErrorKind::Other,
    };
    TransportError::new(kind, error.without_url())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// Answers one connection on loopback with `answer`, and gives what it was sent.
    fn serve(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let served = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut all, mut buffer) = (Vec::new(), [0; 4096]);
            while !all.ends_with(b"{\"a\":1}") {
                let count = stream.read(&mut buffer).unwrap();
                assert!(count > 0, "the request broke off");
                all.extend_from_slice(&buffer[..count]);
            }
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(all).unwrap()
        });
        (url, served)
    }

    /// Head and body of the answer, or why there is none.
    fn exchange(url: &str) -> Result<(http::Response<()>, Vec<u8>), TransportError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let transport = ReqwestTransport::from(
                reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
            );
            let request = http::Request::post(format!("{url}/a%2Fb?q=hunter2"))
                .header("X-Auth-Token", "t")
                .body(Bytes::from_static(b"{\"a\":1}"))
                .unwrap();
            let (head, mut stream) = transport.send(request).await?.into_parts();
            let mut body = Vec::new();
            while let Some(chunk) = stream.chunk().await? {
                body.extend_from_slice(&chunk);
            }
            Ok((http::Response::from_parts(head, ()), body))
        })
    }

    #[test]
    fn requests_and_answers_arrive_unchanged() {
        let (url, served) =
            serve("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nX-Request-Id: rid\r\nContent-Length: 5\r\n\r\nhello");
        let (head, body) = exchange(&url).unwrap();
        assert_eq!(
            (head.status().as_u16(), &head.headers()["x-request-id"], &*body),
            (302, &"rid".parse().unwrap(), &b"hello"[..])
        );
        let request = served.join().unwrap();
        assert!(request.starts_with("POST /a%2Fb?q=hunter2 HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("x-auth-token: t\r\n") && request.contains("content-length: 7\r\n"), "{request}");
    }

    #[test]
    fn errors_tell_their_kind_and_no_query() {
        let (url, _) = serve("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
        let broken = exchange(&url).unwrap_err();
        assert_eq!(broken.kind(), TransportErrorKind::Answer, "{broken}");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let refused = exchange(&format!("http://127.0.0.1:{port}")).unwrap_err();
        assert_eq!((refused.kind(), refused.is_unsent()), (TransportErrorKind::Connect, true), "{refused}");
        assert!(!format!("{refused} {refused:?} {broken} {broken:?}").contains("hunter2"), "{refused:?}");
    }

    #[test]
    fn urls_are_those_that_parsing_gives() {
        let transport = ReqwestTransport::from(reqwest::Client::builder().no_proxy().build().unwrap());
        let urls = [
            "https://a.example.com/v2/p/tasks/1",
            "https://a.example.com/v2/p/tasks/22222222222222222222?limit=1&b=a%2Fb",
            "https://a.example.com",
            "https://a.example.com?a=b",
            "https://a.example.com//x/",
            "https://a.example.com/a%20b;c=d/(e)|'f'",
            "http://a.example.com/x",
            "https://A.example.com:443/x",
            "https://a.example.com:8443/x?",
            "https://user@a.example.com/x",
            "http://[::1]:80/x",
            "http://[::1]:8080/x",
            "https://a.example.com/v2/../x",
        ];
        // Each after each.
        for (first, second) in urls.iter().flat_map(|first| urls.iter().map(move |second| (first, second))) {
            for url in [first, second] {
                let given = transport.url(&url.parse().unwrap()).unwrap();
                let expected = Url::parse(&url.parse::<http::Uri>().unwrap().to_string()).unwrap();
                assert_eq!(given, expected, "{url} after {first}");
            }
        }
        assert!(!format!("{transport:?}").contains("example"), "{transport:?}");
    }

    #[test]
    fn each_part_of_an_answer_has_its_time() {
        // Nothing at all, a head without its body, a part of a body.
        for begin in
            ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"]
        {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let transport =
                ReqwestTransport { read_timeout: Some(Duration::from_millis(50)), ..ReqwestTransport::from(client) };
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let error = runtime.block_on(async {
                let (done, silent) = std::sync::mpsc::channel::<()>();
                let server = std::thread::spawn(move || {
                    let (mut stream, _) = listener.accept().unwrap();
                    stream.write_all(begin.as_bytes()).unwrap();
                    assert!(silent.recv().is_err());
                });
                let request = http::Request::get(url).body(Bytes::new()).unwrap();
                let error = async {
                    let mut body = transport.send(request).await?.into_body();
                    while body.chunk().await?.is_some() {}
                    Ok::<_, TransportError>(())
                };
                let error = error.await.unwrap_err();
                drop(done);
                server.join().unwrap();
                error
            });
            assert_eq!(error.kind(), TransportErrorKind::Timeout, "{begin:?}: {error}");
        }
    }
}
