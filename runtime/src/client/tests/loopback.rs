//! Faults over real connections on loopback.

use super::*;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

/// What a server does with a connection.
#[derive(Clone, Copy, PartialEq)]
enum Does {
    /// Closes it at once.
    Closes,
    /// Reads the request, and closes.
    ReadsAndCloses,
    /// Reads the request, writes this, and closes.
    Says(&'static str),
    /// The same, but leaves the connection open and silent.
    SaysAndHangs(&'static str),
    /// Writes without end.
    Floods,
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/// Serves connections, the n-th by the n-th entry, and further ones by the last.
fn serve(script: &'static [Does]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    std::thread::spawn(move || {
        for (index, stream) in listener.incoming().enumerate() {
            let (stream, does) = (stream.unwrap(), *script.get(index).unwrap_or(&script[script.len() - 1]));
            count.fetch_add(1, SeqCst);
            std::thread::spawn(move || handle(stream, does));
        }
    });
    (url, requests)
}

fn handle(mut stream: TcpStream, does: Does) {
    if does == Does::Closes {
        return;
    }
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count > 0) {
        head.push(byte[0]);
    }
    match does {
        Does::Closes | Does::ReadsAndCloses => {}
        Does::Says(text) => drop(stream.write_all(text.as_bytes())),
        Does::SaysAndHangs(text) => {
            drop(stream.write_all(text.as_bytes()));
            // Until the client hangs up.
            let _ = stream.read(&mut byte);
        }
        Does::Floods => {
            let mut good = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").is_ok();
            while good {
                good = stream.write_all(&[b'x'; 4096]).is_ok();
            }
        }
    }
}

fn run(url: &str, idempotent: bool) -> Result<Response<Json>, Error> {
    let http = ::reqwest::Client::builder().no_proxy().build().unwrap();
    let client = Client::builder()
        .base_url(url)
        .credentials(Token::new("t"))
        .transport(ReqwestTransport::from(http))
        .retry(RetryPolicy::default().base(Duration::from_millis(1)))
        .attempt_timeout(Duration::from_millis(300))
        .body_limit(100_000)
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(client.raw(&SERVICE, "GET", "/x").idempotent(idempotent).send())
}

#[test]
fn nobody_listens() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = run(&format!("http://127.0.0.1:{port}"), false).unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (3, true), "{error}");
    let Error::Transport(error) = error else { panic!("{error}") };
    assert!(error.is_unsent() && error.to_string().contains("(after 3 attempts in "), "{error}");
}

/// What the server does; then requests seen, kind of error (`None`: success) for operations that are idempotent, and for
/// those that are not.
type Row = (&'static [Does], [(usize, Option<TransportErrorKind>); 2]);

#[test]
fn faults_end_as_documented() {
    use Does::{Closes, Floods, ReadsAndCloses, Says, SaysAndHangs};
    use TransportErrorKind::{Answer, Other, Timeout, TooLarge};
    const TRUNCATED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{";
    const UNAVAILABLE: &str = "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let table: &[Row] = &[
        (&[Says(OK)], [(1, None), (1, None)]),
        (&[Closes, Says(OK)], [(2, None), (1, Some(Other))]),
        (&[ReadsAndCloses, Says(OK)], [(2, None), (1, Some(Other))]),
        (&[ReadsAndCloses], [(3, Some(Other)), (1, Some(Other))]),
        (&[Says(TRUNCATED), Says(OK)], [(2, None), (1, Some(Answer))]),
        (&[SaysAndHangs(""), Says(OK)], [(2, None), (1, Some(Timeout))]),
        (&[SaysAndHangs("HTTP/1.1 200 OK\r\nX-"), Says(OK)], [(2, None), (1, Some(Timeout))]),
        (&[SaysAndHangs(TRUNCATED), Says(OK)], [(2, None), (1, Some(Timeout))]),
        (&[Floods, Says(OK)], [(1, Some(TooLarge)), (1, Some(TooLarge))]),
        (&[Says("HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n")], [(1, Some(TooLarge)), (1, Some(TooLarge))]),
        (&[Says("hello\r\n\r\n"), Says(OK)], [(2, None), (1, Some(Other))]),
        (&[Says(UNAVAILABLE), Says(OK)], [(2, None), (2, None)]),
    ];
    for (row, (script, expected)) in table.iter().enumerate() {
        for (idempotent, (requests, kind)) in [true, false].into_iter().zip(expected) {
            let (url, seen) = serve(script);
            let result = run(&url, idempotent);
            let got = match &result {
                Ok(_) => None,
                Err(Error::Transport(error)) => Some(error.kind()),
                Err(error) => panic!("row {row}: {error}"),
            };
            assert_eq!((seen.load(SeqCst), got), (*requests, *kind), "row {row}, {idempotent}: {result:?}");
        }
    }
}

#[test]
fn an_endless_body_is_a_clear_error() {
    let (url, _) = serve(&[Does::Floods]);
    assert_eq!(
        run(&url, true).unwrap_err().to_string(),
        "dcs GET /x: the answer is too large after the service had answered 200 OK; the operation may have taken effect: \
         its body is larger than 100000 bytes, the client's `body_limit`"
    );
}
