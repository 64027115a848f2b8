//! Successes, refusals and broken answers.

use super::*;

#[test]
fn any_success_is_one_and_no_body_is_lost() {
    for (status, body, lost) in [
        (200, "", false),
        (204, " \n", false),
        (299, "null", false),
        (202, "{}", false),
        (200, "[]", true),
        (200, "<html>", true),
        (200, "{\"id\":\"a\"} x", true),
    ] {
        let response = call(&builder(&fake(status, body)).build().unwrap(), &SetTask::new("a")).unwrap();
        assert_eq!((response.http_status().as_u16(), response.losses().is_empty()), (status, !lost), "{body}");
        assert_eq!(response.raw(), body.as_bytes());
    }
    let response =
        call(&builder(&fake(200, "{\"id\":\"a\",\n\"count\":oh")).build().unwrap(), &SetTask::new("a")).unwrap();
    let loss = response.losses().iter().next().unwrap();
    assert_eq!((loss.place(), loss.reason()), ("body.count", LossReason::Broken { line: 2, column: 9 }));
    assert_eq!(response.body().id.as_deref(), Some("a"));
}

#[test]
fn bytes_that_are_not_text_cost_themselves() {
    let fake = Arc::new(Fake {
        status: 200,
        pieces: vec![Ok(b"\xef\xbb\xbf{\"id\":\"\xff\",\"count\":1}")],
        ..Fake::default()
    });
    let response = call(&builder(&fake).build().unwrap(), &SetTask::new("a")).unwrap();
    assert_eq!((response.body().id.as_deref(), response.body().count), (Some("\u{fffd}"), Some(1)));
    assert_eq!(response.losses().iter().map(crate::Loss::reason).collect::<Vec<_>>(), [LossReason::NotUtf8]);
}

#[test]
fn a_refusal_tells_what_the_service_said() {
    let body = r#"{"error_code":"DCS.1","error_msg":"no \u001b[31m","request_id":"body-id","encoded_authorization_message":"hunter2"}"#;
    let error = call(&builder(&fake(403, body)).build().unwrap(), &SetTask::new("a")).unwrap_err();
    assert_eq!(
        error.to_string(),
        r"SetTask: the service answered 403 Forbidden, DCS.1: no \u{1b}[31m (request body-id)"
    );
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    let api = error.as_api().unwrap();
    assert_eq!(
        (api.status().as_u16(), api.code(), api.raw(), api.encoded_authorization_message()),
        (403, Some("DCS.1"), body.as_bytes(), Some("hunter2"))
    );

    let html = call(&builder(&fake(502, "<html>")).build().unwrap(), &SetTask::new("a")).unwrap_err().to_string();
    assert_eq!(
        html,
        "SetTask: the service answered 502 Bad Gateway, with 6 bytes that are no known form of error; see `raw()`"
    );
    let empty = call(&builder(&fake(302, "")).build().unwrap(), &SetTask::new("a")).unwrap_err().to_string();
    assert_eq!(empty, "SetTask: the service answered 302 Found, and said nothing more");
}

#[test]
fn the_request_id_is_the_header_then_the_body_then_the_trace() {
    let body = r#"{"request_id":"body"}"#;
    let cases = [
        (vec![("X-Request-Id", "header"), ("X-IAM-Trace-Id", "trace")], body, "header"),
        (vec![("X-IAM-Trace-Id", "trace")], body, "body"),
        (vec![("X-IAM-Trace-Id", "trace")], "{}", "trace"),
    ];
    for (headers, body, expected) in cases {
        let fake = Arc::new(Fake { status: 400, headers, pieces: vec![Ok(body.as_bytes())], ..Fake::default() });
        let error = call(&builder(&fake).build().unwrap(), &SetTask::new("a")).unwrap_err();
        assert_eq!(error.as_api().unwrap().request_id(), Some(expected));
    }
}

#[test]
fn bodies_of_errors_are_bounded_and_may_break_off() {
    static LARGE: [u8; 50_000] = [b'x'; 50_000];
    let cases = [
        (vec![Ok(&LARGE[..]), Ok(&LARGE), Err("not asked for")], 65_536),
        (vec![Ok(&LARGE[..]), Err("gone")], 50_000),
        (vec![Err("gone")], 0),
    ];
    for (pieces, length) in cases {
        let fake = Arc::new(Fake { status: 500, pieces, ..Fake::default() });
        let error = call(&builder(&fake).build().unwrap(), &SetTask::new("a")).unwrap_err();
        assert_eq!(error.as_api().unwrap().raw().len(), length);
        assert!(error.to_string().len() < 1000);
    }
}

#[test]
fn transport_errors_say_whether_the_service_may_have_acted() {
    let error = call(&builder(&fake(0, "")).build().unwrap(), &SetTask::new("a")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "SetTask: no connection to the service; the service has not seen the request: refused"
    );
    let fake = Arc::new(Fake { status: 200, pieces: vec![Ok(b"{"), Err("gone")], ..Fake::default() });
    let error = call(&builder(&fake).build().unwrap(), &SetTask::new("a")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "SetTask: the answer broke off after the service had answered 200 OK; the operation may have taken effect: gone"
    );
    let Error::Transport(error) = error else { panic!("{error}") };
    assert!(!error.is_unsent());
}
