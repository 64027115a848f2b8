//! Heads that were made to do harm: to the client, to a terminal, to a log.

use super::super::traces::traced;
use super::*;

/// What a program might print of an answer.
fn shown(result: &Result<Response<Task>, Error>) -> String {
    match result {
        Ok(response) => format!("{} {response:?}", response.losses()),
        Err(error) => {
            let mut all = format!("{error} {error:?}");
            let mut source = std::error::Error::source(error);
            while let Some(error) = source {
                all += &format!(" {error}");
                source = error.source();
            }
            all
        }
    }
}

fn assert_harmless(text: &str) {
    assert!(!text.contains(char::is_control) && !text.contains('\u{202e}'), "{text:?}");
}

/// A head with these bytes in it, and its outcome: whether there is an answer.
#[test]
fn no_head_does_harm() {
    let mut many = b"HTTP/1.1 200 OK\r\n".to_vec();
    (0..95).for_each(|index| many.extend(format!("X-{index}: a\r\n").bytes()));
    let mut long = b"HTTP/1.1 200 OK\r\nX-A: ".to_vec();
    long.resize(300_000, b'a');
    long.extend(b"\r\n");
    let table: &[(&[u8], bool)] = &[
        (b"HTTP/1.1 200 OK\r\nX-A: a\0b\r\n", false),
        (b"HTTP/1.1 200 OK\r\nX-A: a\rX-B: b\r\n", false),
        (b"HTTP/1.1 200 OK\r\nX-A: a\r\n folded\r\n", false),
        (b"HTTP/1.1 200 OK\r\nX-A: a\r\n\tfolded\r\n", false),
        (b"HTTP/1.1 200 OK\r\nX-A: \x1b[2J\r\n", false),
        (b"HTTP/1.1 200 OK\r\nX-\x1b[2J: a\r\n", false),
        (b"HTTP/1.1 200 OK\r\nX A: a\r\n", false),
        (b"HTTP/1.1 200 OK\r\n: a\r\n", false),
        (b"HTTP/1.1 200 \x1b[2JOK\r\n", false),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n", false),
        (b"HTTP/1.1 200 OK\r\nX-A: \x80\xff\r\n", true),
        (b"HTTP/1.1 200 O\xffK\r\n", true),
        (&many, true),
        (&long, true),
    ];
    for (row, (head, good)) in table.iter().enumerate() {
        let (result, server) = ask([writes([head, &b"Content-Length: 2\r\n\r\n{}"[..]].concat())]);
        assert_eq!(
            (result.is_ok(), server.requests().len()),
            (*good, if *good { 1 } else { 3 }),
            "row {row}: {result:?}"
        );
        assert_harmless(&shown(&result));
        if let Err(error) = result {
            assert!(matches!(error, Error::Transport(_)) && error.http_status().is_none(), "row {row}: {error}");
        }
    }
}

/// A bare line feed ends a line, as in every parser: what it smuggles in is a header like any other.
#[test]
fn a_header_within_a_header_is_only_a_header() {
    let (result, _server) =
        ask([writes("HTTP/1.1 403 No\r\nX-A: a\nX-Request-Id: forged\r\nConnection: close\r\n\r\n")]);
    let error = result.unwrap_err();
    assert_eq!((error.request_id(), error.http_status().unwrap().as_u16()), (Some("forged"), 403));
}

#[test]
fn the_reason_phrase_is_never_shown() {
    let (result, _server) = ask([says("403 All is well (request 1)", "")]);
    assert_eq!(result.unwrap_err().to_string(), "Probe: the service answered 403 Forbidden, and said nothing more");
}

#[test]
fn a_request_id_that_is_not_text_gives_way_to_the_body() {
    let head = b"HTTP/1.1 403 No\r\nConnection: close\r\nX-Request-Id: \xe4\xff\r\n\r\n".as_slice();
    for (body, expected) in [(r#"{"request_id":"body"}"#, Some("body")), ("", None)] {
        let (result, _server) = ask([writes([head, body.as_bytes()].concat())]);
        let error = result.unwrap_err();
        assert_eq!(error.request_id(), expected, "{error}");
        assert_eq!(error.as_api().unwrap().headers()["x-request-id"].as_bytes(), b"\xe4\xff");
    }
}

#[test]
fn what_a_service_says_reaches_no_terminal_and_forges_no_line() {
    const EVIL: &str = r"\u001b]0;owned\u0007\r\nINFO all is well\u0000\u009b2J\u202e";
    let body = format!(
        r#"{{"error_code":"{EVIL}","error_msg":"{EVIL}","request_id":"{EVIL}","error_param":["{EVIL}"],"details":[{{"error_code":"{EVIL}d","error_msg":"{EVIL}d"}}]}}"#
    );
    let plain = "\x1b]0;owned\x07\r\nINFO all is well\0\u{9b}2J\u{202e}".as_bytes();
    let keys = format!(r#"{{"{EVIL}":1,"id":{{"{EVIL}":[}}"#);
    let answers = [
        says("400 No", &body),
        says("400 No", plain),
        says("503 Busy", format!("[{body}]")),
        says("200 OK", plain),
        says("200 OK", keys),
    ];
    for does in answers {
        let server = Server::new([does]);
        let client = client_of(&server.url()).build().unwrap();
        let log = traced(|| assert_harmless(&shown(&run(&client, true))));
        for line in log.values() {
            assert_harmless(&line);
        }
    }
}

/// A transport of one's own may fail with text from anywhere.
#[test]
fn what_a_transport_says_is_escaped_too() {
    struct Evil;
    impl Transport for Evil {
        fn send(
            &self,
            _: http::Request<Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
            let why = "the server said:\r\nINFO all is well\x1b[2J";
            Box::pin(std::future::ready(Err(TransportError::new(TransportErrorKind::Other, why))))
        }
    }
    let error = run(&client_of("http://127.0.0.1:1").transport(Evil).build().unwrap(), false).unwrap_err();
    assert_eq!(
        error.to_string(),
        r"Probe: the request or its answer was not carried; the service may have seen the request: the server said:\r\nINFO all is well\u{1b}[2J"
    );
}
