//! Answers that come, but are not what they should be. None of them is lost.

use super::super::traces::traced;
use super::faults::{HTML, LEVELS};
use super::*;

/// A success with this start line and body, which is kept as it came.
fn success(start: &str, body: impl AsRef<[u8]>) -> Response<Task> {
    let body = body.as_ref();
    let (result, server) = ask([says(start, body)]);
    let response = result.unwrap();
    assert_eq!((server.requests().len(), response.raw() == body), (1, true), "{start}");
    response
}

fn refusal(start: &str, body: impl AsRef<[u8]>) -> Box<ApiError> {
    let (result, _server) = ask([says(start, body)]);
    let Err(Error::Api(error)) = result else { panic!("{result:?}") };
    error
}

#[test]
fn the_content_type_is_not_believed() {
    for kind in ["text/plain", "application/octet-stream", "text/html", "application/json;charset=latin1", ""] {
        let response = success(&format!("200 OK\r\nContent-Type: {kind}"), r#"{"id":"a","count":"7"}"#);
        assert_eq!((response.body().id.as_deref(), response.body().count), (Some("a"), Some(7)), "{kind}");
        let error = refusal(&format!("400 No\r\nContent-Type: {kind}"), r#"{"error_code":"A.1","error_msg":"m"}"#);
        assert_eq!((error.code(), error.message()), (Some("A.1"), Some("m")), "{kind}");
    }
}

#[test]
fn a_page_instead_of_json() {
    let response = success("200 OK\r\nContent-Type: text/html", HTML);
    assert_eq!(*response.body(), Task::default());
    assert_eq!(
        response.losses().to_string(),
        "body: the JSON is broken at line 1, column 1; what follows is lost",
        "{response:?}"
    );
    assert_eq!(response.headers()["content-type"], "text/html");

    let error = refusal("502 Bad Gateway\r\nX-Request-Id: rid", HTML);
    assert_eq!((error.raw(), error.code(), error.message()), (HTML.as_bytes(), None, None));
    let text = error.to_string();
    let expected = format!(
        "Probe: the service answered 502 Bad Gateway, with {} bytes that are no known form of error; see `raw()` \
         (request rid) (after 3 attempts in ",
        HTML.len()
    );
    assert!(text.starts_with(&expected), "{text}");
}

/// So that a log of a program that looks at `Ok` alone tells of a proxy's page.
#[test]
fn a_success_that_is_no_json_is_traced() {
    let table = [
        (HTML, Some("a success whose body is not JSON, or breaks off")),
        ("{\"id\":\"a\"", Some("a success whose body is not JSON, or breaks off")),
        ("{\"id\":{}}", Some("a success that is not quite as documented")),
        ("{\"id\":\"a\"}", None),
        ("", None),
    ];
    for (body, expected) in table {
        let server = Server::new([says("200 OK", body)]);
        let client = client_of(&server.url()).build().unwrap();
        let values = traced(|| drop(run(&client, true).unwrap())).values();
        let found = values.iter().find(|value| value.starts_with("a success"));
        assert_eq!(found.map(String::as_str), expected, "{body}");
    }
}

#[test]
fn nothing_at_all() {
    for start in ["200 OK", "201 Created", "299 Fine"] {
        let response = success(start, "");
        assert!(response.losses().is_empty() && *response.body() == Task::default(), "{start}");
    }
    assert_eq!(
        refusal("500 Oops", "").to_string(),
        "Probe: the service answered 500 Internal Server Error, and said nothing more"
    );
}

#[test]
fn bytes_that_are_not_text() {
    let response = success("200 OK", b"{\"id\":\"\xff\",\"count\":1}");
    assert_eq!((response.body().id.as_deref(), response.body().count), (Some("\u{fffd}"), Some(1)));
    let error = refusal("400 No", b"{\"error_code\":\"A.1\",\"error_msg\":\"na\xefve\"}");
    assert_eq!((error.code(), error.message()), (Some("A.1"), Some("na\u{fffd}ve")));
    assert!(error.raw().contains(&0xef));
    // Not even nearly text.
    let binary: Vec<u8> = (0..=255).collect();
    assert!(!success("200 OK", &binary).losses().is_empty());
    let error = refusal("400 No", &binary);
    assert!(error.raw() == binary && !error.to_string().contains(char::is_control), "{error}");
}

#[test]
fn no_depth_of_json_takes_the_stack() {
    // On a thread with little of it.
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let tests = || {
        for (open, close) in [("[", "]"), ("{\"id\":", "}"), ("{\"other\":", "}")] {
            let body = format!("{}1{}", open.repeat(LEVELS), close.repeat(LEVELS));
            let body = if body.len() > 200_000 { open.repeat(20_000) } else { body };
            let response = success("200 OK", &body);
            assert_eq!((response.body().id.as_deref(), response.losses().len()), (None, 1), "{open}");
            let error = refusal("500 Oops", &body);
            assert_eq!(error.raw(), &body.as_bytes()[..65_536.min(body.len())]);
            let error = refusal("500 Oops", open.repeat(5_000) + "1" + &close.repeat(5_000));
            assert!(error.to_string().ends_with("no known form of error; see `raw()`"), "{error}");
        }
    };
    small.spawn(tests).unwrap().join().unwrap();
}

#[test]
fn an_endless_body_is_a_clear_error() {
    let (result, _server) = ask([Does::Floods("HTTP/1.1 200 OK\r\n\r\n", &[b'x'; 4096])]);
    assert_eq!(
        result.unwrap_err().to_string(),
        "Probe: the answer is too large after the service had answered 200 OK; the operation may have taken effect: \
         its body is larger than 200000 bytes, the client's `body_limit`"
    );
    let start = std::time::Instant::now();
    let (result, _server) = ask([Does::Floods("HTTP/1.1 404 No\r\n\r\n", &[b'x'; 4096])]);
    let error = result.unwrap_err();
    // Not read to its end, which the server would reach some day.
    assert!(start.elapsed() < server::PATIENCE / 2, "{:?}", start.elapsed());
    assert!(error.is_not_found() && error.to_string().len() < 700, "{error}");
    assert_eq!(error.as_api().unwrap().raw().len(), 64 * 1024);
}
