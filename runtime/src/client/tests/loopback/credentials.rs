//! Tokens that end too early, and clocks that are wrong.

use super::faults::INVALID;
use super::*;

/// An identity service that gives a token after the other.
fn iam(tokens: &[&str]) -> Server {
    let give = |token: &&str| says(&format!("201 Created\r\nX-Subject-Token: {token}"), "{}");
    Server::new(tokens.iter().map(give).collect::<Vec<_>>())
}

fn password(iam: &Server) -> Cached<Password> {
    Cached::new(Password::new("user", "hunter2", "domain").iam_endpoint(iam.url()))
}

#[test]
fn a_token_that_ended_is_replaced_once() {
    let refused = |status: &str, message: &str| {
        says(status, format!(r#"{{"error_code":"X.1","error_msg":"{message}","request_id":"rid"}}"#))
    };
    // The first answer; then whether another token is fetched for it.
    let table = [
        (refused("401 No", "whatever"), true),
        (says("401 No", ""), true),
        (says("403 No", INVALID), true),
        (refused("403 No", "The token must be updated"), true),
        (refused("403 No", "You are not allowed to do this"), false),
        (says("403 No", ""), false),
        (refused("400 No", "token expired"), false),
    ];
    for (row, (first, renews)) in table.into_iter().enumerate() {
        for idempotent in [true, false] {
            let (iam, server) = (iam(&["t1", "t2"]), Server::new([first.clone(), good()]));
            let client = client_of(&server.url()).credentials(password(&iam)).build().unwrap();
            let result = run(&client, idempotent);
            let tokens = server.headers("x-auth-token");
            assert_eq!(tokens, if renews { &["t1", "t2"][..] } else { &["t1"] }, "row {row}: {result:?}");
            assert_eq!((iam.requests().len(), result.is_ok()), (tokens.len(), renews), "row {row}: {result:?}");
            if renews {
                // What was fetched is kept.
                assert!(run(&client, idempotent).is_ok(), "row {row}");
                assert_eq!((iam.requests().len(), &*server.headers("x-auth-token")[2]), (2, "t2"), "row {row}");
            }
        }
    }
}

#[test]
fn a_service_that_believes_no_token_is_asked_twice() {
    let (iam, server) = (iam(&["t1", "t2", "t3"]), Server::new([says("401 No", INVALID)]));
    let client = client_of(&server.url()).credentials(password(&iam)).build().unwrap();
    let error = run(&client, true).unwrap_err();
    assert_eq!((server.headers("x-auth-token"), iam.requests().len()), (vec!["t1".into(), "t2".into()], 2));
    assert!(error.is_unauthorized() && !error.is_retryable() && error.attempts() == 2, "{error}");
    let start = "Probe: the service answered 401 Unauthorized, APIG.1002: Incorrect token (after 2 attempts in ";
    assert!(error.to_string().starts_with(start), "{error}");
    // The next call does not plague the identity service with a token that is just as new.
    run(&client, true).unwrap_err();
    assert_eq!(iam.requests().len(), 2);
}

#[test]
fn an_identity_service_that_fails_is_told() {
    let wrong = r#"{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}"#;
    let hidden = says("500 Oops\r\nX-Request-Id: rid", "hunter2 is no \x1b[2J password");
    let table = [
        (says("401 No", wrong), "answered 401 Unauthorized, 401: The username or password is wrong."),
        (says("200 OK", "{}"), "answered 200 OK without a token in the header X-Subject-Token"),
        (says("200 OK", faults::HTML), "without a token"),
        (hidden, r"answered 500 Internal Server Error: *** is no \u{1b}[2J password (request rid)"),
        (says("302 Found\r\nLocation: http://127.0.0.1:1", ""), "answered 302 Found"),
        (Does::ReadsAndResets, "was not reached"),
        (Does::Floods("HTTP/1.1 200 OK\r\n\r\n", &[b'x'; 4096]), "answered with more than 1024 KiB"),
    ];
    for (does, expected) in table {
        let (iam, server) = (Server::new([does]), Server::new([good()]));
        let client = client_of(&server.url()).credentials(password(&iam)).build().unwrap();
        let error = run(&client, true).unwrap_err();
        let text = error.to_string();
        let start = "Probe: not sent, not authenticated: POST http://127.0.0.1:";
        assert!(text.starts_with(start) && text.contains(expected), "{text}");
        assert!(!text.contains(char::is_control) && !format!("{text}{error:?}").contains("hunter2"), "{error:?}");
        assert_eq!((server.connections(), error.attempts()), (0, 0), "{text}");
    }
}

#[cfg(feature = "aksk")]
pub(super) fn expired(date: &str) -> Does {
    let body = r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: calc aksk signature fail:signature expired","request_id":"rid"}"#;
    says(&format!("401 Unauthorized\r\nDate: {date}"), body)
}

#[cfg(feature = "aksk")]
#[test]
fn a_wrong_clock_is_set_right_once() {
    let key = || AccessKey::new("ak", "sk");
    for (date, stamp) in
        [("Sun, 06 Nov 1994 08:49:37 GMT", "19941106T0849"), ("Sat, 06 Nov 2123 23:59:30 GMT", "21231106T23")]
    {
        let server = Server::new([expired(date), good()]);
        let client = client_of(&server.url()).credentials(key()).build().unwrap();
        run(&client, false).unwrap();
        // The next one is dated well from the start.
        run(&client, false).unwrap();
        let dates = server.headers("x-sdk-date");
        assert_eq!(dates.len(), 3, "{dates:?}");
        assert!(!dates[0].starts_with(stamp) && dates[1..].iter().all(|date| date.starts_with(stamp)), "{dates:?}");
        let signatures = server.headers("authorization");
        assert!(signatures[0] != signatures[1] && signatures[1].starts_with("SDK-HMAC-SHA256 Access=ak, "));
    }
    // Without a date to go by, or with the date that we have, there is nothing to set right.
    let now = httpdate::fmt_http_date(std::time::SystemTime::now());
    for does in [expired("yesterday"), expired(&now)] {
        let server = Server::new([does, good()]);
        let error = run(&client_of(&server.url()).credentials(key()).build().unwrap(), true).unwrap_err();
        assert_eq!((server.requests().len(), error.code()), (1, Some("APIGW.0301")), "{error}");
        assert!(error.is_unauthorized() && error.to_string().contains("signature expired"), "{error}");
    }
    // A server that is never content.
    let server = Server::new([expired("Sun, 06 Nov 1994 08:49:37 GMT")]);
    let client = client_of(&server.url()).credentials(key()).build().unwrap();
    assert_eq!(run(&client, true).unwrap_err().attempts(), 2);
    assert_eq!(server.requests().len(), 2);
}
