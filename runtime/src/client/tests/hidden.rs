//! Errors do not repeat the secrets of the call, whatever service, transport and credentials say.

use super::script::{Script, Step};
use super::*;
use http::request::Parts;
use std::time::Duration;

/// Knows three secrets, and fails with one of them if told to.
struct Custom {
    fails: bool,
    heard: Mutex<Vec<String>>,
}

impl Custom {
    fn new(fails: bool) -> Arc<Self> {
        Arc::new(Self { fails, heard: Mutex::default() })
    }
}

impl Credentials for Custom {
    fn authenticate<'a>(
        &'a self,
        _: &'a mut Parts,
        _: &'a Bytes,
        _: CallContext<'a>,
    ) -> BoxFuture<'a, Result<(), CredentialsError>> {
        let why = CredentialsError::new(std::io::Error::other("the key s3cret-1 was not taken"));
        Box::pin(std::future::ready(if self.fails { Err(why) } else { Ok(()) }))
    }

    fn rejected(&self, rejection: Rejection<'_>, _: CallContext<'_>) -> bool {
        self.heard.lock().unwrap().extend(rejection.message.map(str::to_owned));
        false
    }

    fn secrets(&self, context: CallContext<'_>, visit: &mut dyn FnMut(&str)) {
        assert_eq!(context.project_id, Some("p"));
        ["s3cret-1", "s3cret-2", "expired"].into_iter().for_each(visit);
    }
}

fn shown(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        shown.push_str(&format!(" {error} {error:?}"));
        source = error.source();
    }
    shown
}

#[test]
fn what_credentials_name_is_taken_out_of_all_that_is_told_but_not_out_of_what_they_hear() {
    let body = r#"{"error_code":"APIGW.0301","error_msg":"signature s3cret-1 expired","request_id":"id-s3cret-2",
        "details":[{"error_code":"s3cret-2","error_msg":"no s3cret-2"}],"error_param":["s3cret-1","name"]}"#;
    let (script, credentials) = (Script::new(&[Step::Answer(401, body)]), Custom::new(false));
    let client = script.client().credentials(Arc::clone(&credentials)).build().unwrap();
    let error = script.time.run_one(client.send(&SetTask::new("a"))).unwrap_err();
    let api = error.as_api().unwrap();
    assert_eq!(
        (api.code(), api.message(), api.request_id(), api.parameters()),
        (Some("APIGW.0301"), Some("signature *** ***"), Some("id-***"), &["***".to_owned(), "name".to_owned()][..])
    );
    assert_eq!((api.details()[0].code.as_deref(), api.details()[0].message.as_deref()), (Some("***"), Some("no ***")));
    assert_eq!(api.raw(), body.as_bytes());
    assert!(!shown(&error).contains("s3cret"), "{error:?}");
    // A word that is a secret here may still say what is to be done.
    assert_eq!(*credentials.heard.lock().unwrap(), ["signature s3cret-1 expired"]);
}

#[test]
fn secrets_of_the_request_are_taken_out() {
    let body = r#"{"error_msg":"a hunter2 one t0ken t1ken t2ken 12345 t3ken t4ken"}"#;
    let script = Script::new(&[Step::Answer(400, body)]);
    let client = script.client().build().unwrap();
    let message = |error: Error| error.as_api().unwrap().message().unwrap().to_owned();
    let task = request::extra_query(SetTask::new("a"), "q", "t0ken");
    let task = request::extra_body(task, "b", Json::from(vec![Json::object([("t2ken", "t1ken".into())])]));
    let task = request::extra_body(task, "number", 12345);
    let error = script.time.run_one(client.send(&task)).unwrap_err();
    assert_eq!(message(error), "a *** one *** *** t2ken 12345 t3ken t4ken");
    // Of a raw call nobody knows what is a secret; what stands in a path says what it is about.
    let raw = client.raw(&SERVICE, "POST", "/{t2ken}/{t3ken}").path("t2ken", "t2ken");
    let raw = raw.path("t3ken", Secret::from("t3ken")).query("q", "t0ken").header("X-A", "t4ken");
    let raw = raw.json(Json::object([("a", vec!["t1ken"].into()), ("b", 12345.into())]));
    let error = script.time.run_one(raw.send()).unwrap_err();
    assert_eq!(message(error), "a hunter2 one *** *** t2ken 12345 *** ***");
}

#[test]
fn headers_of_refusals_are_marked_as_sensitive() {
    for (name, value, is_shown) in [
        ("x-subject-token", "any", false),
        ("x-request-id", "id", true),
        ("x-request-id", "id-hunter2", false),
        ("content-type", "text/html", true),
    ] {
        let script = Script::new(&[Step::With(400, name, value)]);
        let client = script.client().build().unwrap();
        let error = script.time.run_one(client.send(&SetTask::new("a"))).unwrap_err();
        let headers = error.as_api().unwrap().headers();
        assert_eq!(headers[name], value);
        assert_eq!(format!("{headers:?}").contains(value), is_shown, "{name}: {value}");
    }
}

/// Fails with all it knows.
struct Telling;

impl Transport for Telling {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        let (uri, body) = (request.uri().to_string(), String::from_utf8_lossy(request.body()).into_owned());
        let why = std::io::Error::other(format!("{uri} was not reached with {body}"));
        Box::pin(std::future::ready(Err(TransportError::new(TransportErrorKind::Connect, why))))
    }
}

#[test]
fn errors_of_transports_and_credentials_are_told_without_them() {
    let client = builder(&fake(200, "")).project_id("p").transport(Telling);
    let task = request::extra_query(SetTask::new("a"), "q", "t0ken");
    let error = call(&client.build().unwrap(), &task).unwrap_err();
    let expected =
        "https://dcs.eu-de.example/base/v2/p/task/a?limit=5&q=*** was not reached with {\"password\":\"***\"}";
    assert!(error.to_string().ends_with(expected), "{error}");
    assert!(matches!(&error, Error::Transport(error) if error.is_unsent()), "{error}");
    assert!(!shown(&error).contains("hunter2"), "{error:?}");

    let client = builder(&fake(200, "")).project_id("p").credentials(Custom::new(true)).build().unwrap();
    let error = call(&client, &SetTask::new("a")).unwrap_err();
    assert!(error.to_string().ends_with("not authenticated: the key *** was not taken"), "{error}");
    assert!(!shown(&error).contains("s3cret"), "{error:?}");

    // An error without secrets stays what it is.
    let broken = Arc::new(Fake { status: 200, pieces: vec![Err("gone")], ..Fake::default() });
    let Error::Transport(error) = call(&builder(&broken).build().unwrap(), &SetTask::new("a")).unwrap_err() else {
        panic!()
    };
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "gone");
}

#[test]
fn the_last_error_before_a_deadline_is_told_without_them() {
    let said = r#"{"error_msg":"hunter2 and t"}"#;
    let script = Script::new(&[Step::Answer(429, said), Step::Slow(60_000)]);
    let client = script.client().deadline(Duration::from_secs(10)).build().unwrap();
    let error = script.time.run_one(client.send(&SetTask::new("a"))).unwrap_err();
    assert!(matches!(&error, Error::Deadline(_)) && shown(&error).contains("*** and t"), "{error}");
    assert!(!shown(&error).contains("hunter2"), "{error:?}");
}

#[test]
fn long_texts_of_refusals_are_cut() {
    let long = "x".repeat(1000);
    let text = format!(
        r#"{{"error_code":"{long}","error_msg":"{long}","request_id":"{long}","error_param":["{long}"],
            "details":[{{"error_code":"{long}","error_msg":"{long} too"}}]}}"#
    );
    let script = Script::new(&[Step::Answer(400, Box::leak(text.into_boxed_str()))]);
    let error = script.time.run_one(script.client().build().unwrap().send(&SetTask::new("a"))).unwrap_err();
    for shown in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(!shown.contains(&"x".repeat(501)) && shown.contains('…'), "{shown}");
    }
}
