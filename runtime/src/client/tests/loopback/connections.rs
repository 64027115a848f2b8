//! Connections that fail, and how long they may take.

use super::table::row;
use super::*;
use std::net::TcpListener;
use std::time::Instant;

fn kind(error: &Error) -> (TransportErrorKind, bool) {
    let Error::Transport(error) = error else { panic!("{error}") };
    (error.kind(), error.is_unsent())
}

#[test]
fn nobody_listens() {
    let nobody = Nobody::listens();
    for idempotent in [true, false] {
        let client = client_of(&format!("http://{}", nobody.address())).build().unwrap();
        let error = run(&client, idempotent).unwrap_err();
        assert_eq!(kind(&error), (TransportErrorKind::Connect, true), "{error}");
        assert_eq!((error.attempts(), error.is_retryable(), error.http_status()), (3, true, None), "{error}");
        let text = error.to_string();
        assert!(text.starts_with("Probe: no connection to the service; the service has not seen the request: "));
        assert!(text.contains("refused") && text.contains("(after 3 attempts in "), "{text}");
    }
    assert_eq!(row("connection refused")[1..3], ["3, 0 seen"; 2]);
}

#[test]
fn a_broken_connection_leaves_open_whether_the_service_has_acted() {
    use TransportErrorKind::{Answer, Other};
    let truncated = faults::BROKEN.as_bytes();
    let table = [
        (Does::Closes, Other),
        (Does::Resets, Other),
        (Does::ReadsAndCloses, Other),
        (Does::ReadsAndResets, Other),
        (writes(truncated), Answer),
        (Does::SaysAndResets(truncated.into()), Answer),
    ];
    for (row, (does, expected)) in table.into_iter().enumerate() {
        let (result, _server) = ask([does]);
        let error = result.unwrap_err();
        assert_eq!(kind(&error), (expected, false), "row {row}: {error}");
        assert_eq!(error.http_status().is_some(), expected == Answer, "row {row}: {error}");
        assert!(error.is_retryable() && !error.is_timeout(), "row {row}: {error}");
    }
    // A reset may come while the connection is still being made: then it was never there.
    for idempotent in [true, false] {
        let server = Server::new([Does::ResetsAtOnce]);
        let error = run(&client_of(&server.url()).build().unwrap(), idempotent).unwrap_err();
        assert!(matches!(kind(&error).0, TransportErrorKind::Connect | Other), "{error}");
        assert!(!kind(&error).1 || error.attempts() == 3, "{error}");
        assert!(server.connections() == error.attempts() as usize && server.requests().is_empty(), "{error}");
    }
    // A reset is told from a close.
    let (result, _server) = ask([Does::ReadsAndResets]);
    assert!(result.unwrap_err().to_string().to_lowercase().contains("reset"));
}

#[test]
fn a_connection_refused_after_one_that_broke_may_have_been_seen() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let url = format!("http://{address}");
    // Takes one connection, and is no more.
    let gone = std::thread::spawn(move || {
        let taken = listener.accept();
        // In this order: who sees the connection break finds nobody listening any more, nor a server of another test.
        drop(listener);
        let nobody = Nobody::listens_at(address);
        drop(taken);
        nobody
    });
    let slower = RetryPolicy::default().base(Duration::from_millis(50)).jitter(|| 1.0);
    let error = run(&client_of(&url).retry(slower).build().unwrap(), true).unwrap_err();
    assert_eq!(kind(&error), (TransportErrorKind::Connect, false), "{error}");
    assert!(error.to_string().contains("may have seen"), "{error}");
    drop(gone.join().unwrap());
}

#[test]
fn a_byte_now_and_then_does_not_keep_a_call_alive() {
    let limit = Duration::from_millis(200);
    let slow = [
        Does::Trickles("HTTP/1.1 200 OK\r\nX-A: ", b'a'),
        Does::Trickles("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n", b' '),
        Does::Trickles("HTTP/1.1 503 Busy\r\nContent-Length: 200000\r\n\r\n", b' '),
    ];
    for (row, does) in slow.into_iter().enumerate() {
        let server = Server::new([does]);
        let builder = || client_of(&server.url()).retry(RetryPolicy::none());
        for client in [builder().attempt_timeout(limit), builder().deadline(limit)] {
            let start = Instant::now();
            let error = run(&client.build().unwrap(), false).unwrap_err();
            assert!((limit..limit * 20).contains(&start.elapsed()), "row {row}: {:?}", start.elapsed());
            // A refusal is one, also without its body.
            let is_refusal = error.http_status().is_some_and(|status| status == 503);
            assert_eq!((error.is_timeout(), error.attempts()), (!is_refusal, 1), "row {row}: {error}");
        }
    }
}
