//! The ready transport beside servers that answer as they should, or not.

use super::*;
use crate::client::tests::nobody::Nobody;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

/// What arrives up to its last bytes.
fn read_to(stream: &mut TcpStream, end: &[u8]) -> Vec<u8> {
    let (mut all, mut buffer) = (Vec::new(), [0; 4096]);
    while !all.ends_with(end) {
        let count = stream.read(&mut buffer).unwrap();
        assert!(count > 0, "the request broke off");
        all.extend_from_slice(&buffer[..count]);
    }
    all
}

/// Answers one connection on loopback with `answer`, and gives what it was sent.
fn serve(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let all = read_to(&mut stream, b"{\"a\":1}");
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
    let nobody = Nobody::listens();
    let refused = exchange(&format!("http://{}", nobody.address())).unwrap_err();
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
    for begin in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"]
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
                // An answer to a request that was not sent yet is another error.
                read_to(&mut stream, b"\r\n\r\n");
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
