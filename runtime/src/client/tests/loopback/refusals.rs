//! Refusals: when it is tried again, and what of it the caller gets.

use super::faults::REFUSED;
use super::*;

/// What was waited for before each retry.
fn waits(script: impl Into<Vec<Does>>, idempotent: bool) -> (Vec<Duration>, Result<Response<Task>, Error>, Server) {
    let (server, time) = (Server::new(script), Arc::new(Hasty::default()));
    let policy = RetryPolicy::default().base(Duration::from_millis(100)).jitter(|| 1.0);
    let client = client_of(&server.url()).retry(policy).time(Arc::clone(&time)).build().unwrap();
    let result = run(&client, idempotent);
    let waits = time.waits.lock().unwrap().clone();
    (waits, result, server)
}

fn milliseconds(waits: &[u64]) -> Vec<Duration> {
    waits.iter().copied().map(Duration::from_millis).collect()
}

#[test]
fn throttled_calls_wait_as_long_as_they_are_told() {
    let table: &[(&str, u64)] = &[
        ("", 100),
        ("\r\nRetry-After: 0", 100),
        ("\r\nRetry-After: 30", 30_000),
        ("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:49:50 GMT", 13_000),
        ("\r\nRetry-After: Sun, 06 Nov 1994 08:49:50 GMT", 100),
        ("\r\nRetry-After: -5", 100),
        ("\r\nRetry-After: \u{ff}", 100),
        ("\r\nRetry-After:", 100),
    ];
    for (headers, wait) in table {
        for idempotent in [true, false] {
            let throttled = says(&format!("429 Slow{headers}"), REFUSED);
            let (waited, result, server) = waits([throttled, good()], idempotent);
            assert_eq!(waited, milliseconds(&[*wait]), "{headers}: {result:?}");
            assert!(result.is_ok() && server.requests().len() == 2, "{headers}: {result:?}");
        }
    }
    let (waited, result, server) = waits([says("429 Slow", REFUSED)], false);
    let error = result.unwrap_err();
    assert_eq!((waited, server.requests().len()), (milliseconds(&[100, 200]), 3));
    assert!(error.is_throttled() && error.is_retryable() && error.attempts() == 3, "{error}");
    assert_eq!((error.code(), error.request_id()), (Some("A.1"), Some("rid")));
    assert_eq!(error.as_api().and_then(ApiError::message), Some("slow down"));
}

#[test]
fn a_busy_service_is_asked_again_only_if_that_does_no_harm() {
    let script = [says("503 Busy\r\nRetry-After: 2", REFUSED), good()];
    let (waited, result, server) = waits(script.clone(), true);
    assert_eq!((waited, server.requests().len(), result.is_ok()), (milliseconds(&[2000]), 2, true));
    let (waited, result, server) = waits(script, false);
    let error = result.unwrap_err();
    assert_eq!((waited.len(), server.requests().len(), error.attempts()), (0, 1, 1), "{error}");
    assert!(!error.is_retryable() && error.as_api().unwrap().headers()["retry-after"] == "2", "{error}");
}

/// All attempts are the same request.
#[test]
fn a_retry_is_the_same_request() {
    let (_, result, server) = waits([Does::ReadsAndResets, says("503 Busy", ""), good()], true);
    let requests = server.requests();
    assert!(result.is_ok() && requests.len() == 3 && requests.iter().all(|request| *request == requests[0]));
    assert!(requests[0].starts_with("POST /x HTTP/1.1\r\n") && requests[0].ends_with("\r\n\r\n{}"), "{requests:?}");
}

#[test]
fn credentials_do_not_travel_to_where_a_redirect_points() {
    for status in ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"] {
        for idempotent in [true, false] {
            let trap = Server::new([good()]);
            let location = format!("{}/steal?with=hunter2", trap.url());
            let server = Server::new([says(&format!("{status}\r\nLocation: {location}"), "")]);
            let error = run(&client_of(&server.url()).build().unwrap(), idempotent).unwrap_err();
            let api = error.as_api().unwrap();
            assert_eq!(
                (api.status().as_str(), api.headers()["location"].to_str().unwrap()),
                (&status[..3], &*location)
            );
            assert_eq!((trap.connections(), server.requests().len()), (0, 1), "{status}");
            let text = error.to_string();
            assert!(text.ends_with("; a redirect, which is not followed; where to is in `headers()`"), "{text}");
            assert!(!format!("{text} {error:?}").contains("hunter2"), "{error:?}");
        }
    }
    // Not a redirect without a place to go to.
    let (result, _server) = ask([says("304 Not Modified", "")]);
    assert!(!result.unwrap_err().to_string().contains("redirect"));
}

/// What users get who set nothing: `run` uses a client that stays clear of this machine's proxies.
#[test]
fn the_default_transport_follows_no_redirect_either() {
    if std::env::vars().any(|(name, _)| name.eq_ignore_ascii_case("http_proxy")) {
        return; // requests would not come here
    }
    let trap = Server::new([good()]);
    let server = Server::new([says(&format!("307 Temporary\r\nLocation: {}", trap.url()), "")]);
    let client = client_of(&server.url()).transport(ReqwestTransport::new().unwrap()).build().unwrap();
    let error = run(&client, true).unwrap_err();
    assert_eq!((error.http_status().unwrap().as_u16(), trap.connections()), (307, 0), "{error}");
}
