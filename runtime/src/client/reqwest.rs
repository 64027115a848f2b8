//! A transport over `reqwest`.

use super::{BodyStream, BoxFuture, Time, TokioTime, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;

/// Sends requests with `reqwest`.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
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
        builder().build().map(Self::from).map_err(failed)
    }
}

/// What the ready transport begins with.
pub(super) fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(60))
        .read_timeout(Duration::from_secs(120))
}

/// Your own client, with your proxies, certificates and timeouts. Turn its redirects off: `reqwest` follows them
/// otherwise, and takes headers like `X-Auth-Token` along.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(failed)?;
            let mut answer = self.client.execute(request).await.map_err(failed)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            *response.version_mut() = answer.version();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            Ok(response.map(|()| Box::new(Stream(answer)) as Box<dyn BodyStream>))
        })
    }

    fn time(&self) -> Option<Arc<dyn Time>> {
        Some(Arc::new(TokioTime::default()))
    }
}

/// Without the client, which shows its default headers and proxies.
impl std::fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

struct Stream(reqwest::Response);

impl BodyStream for Stream {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async move { self.0.chunk().await.map_err(failed) })
    }
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
}
