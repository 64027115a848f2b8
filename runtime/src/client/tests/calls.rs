//! What leaves, and what comes back.

use super::*;

#[test]
fn a_request_leaves_as_documented_and_its_answer_is_read() {
    let fake = Arc::new(Fake {
        status: 207,
        headers: vec![("X-Request-Id", "rid"), ("Set-Cookie", "hunter2"), ("Content-Type", "application/json")],
        pieces: vec![Ok(b"{\"id\":7,\"cou"), Ok(b""), Ok(b"nt\":\"x\",\"password\":\"hunter2\"}")],
        ..Fake::default()
    });
    let client = builder(&fake).build().unwrap();
    let mut task = SetTask::new("a/b");
    task.language = Some("en-us".to_owned());
    let response = call(&client, &task).unwrap();
    let request = sent(&fake);
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://dcs.eu-de.example/base/v2/p%201/task/a%2Fb?limit=5");
    assert_eq!(request.body(), r#"{"password":"hunter2"}"#);
    let header = |name| request.headers().get(name).unwrap();
    assert_eq!(
        (header("content-type"), header("x-language"), header("x-auth-token")),
        (&"application/json".parse().unwrap(), &"en-us".parse().unwrap(), &"tok-hunter2".parse().unwrap())
    );
    assert!(
        header("x-auth-token").is_sensitive()
            && header("user-agent").to_str().unwrap().starts_with("huaweicloud-migration-rust/")
    );

    assert_eq!(response.http_status(), 207);
    assert_eq!(
        (response.request_id(), response.body().id.as_deref(), response.body().count),
        (Some("rid"), Some("7"), None)
    );
    assert_eq!(response.losses().iter().map(crate::Loss::place).collect::<Vec<_>>(), ["body.count"]);
    assert_eq!(response.raw(), br#"{"id":7,"count":"x","password":"hunter2"}"#);
    let debug = format!("{response:?} {client:?} {task:?}");
    assert!(debug.contains("rid") && debug.contains("set-cookie") && !debug.contains("hunter2"), "{debug}");
    assert_eq!(response.into_body().password, Some("hunter2".into()));
}

#[test]
fn extras_are_added_to_body_and_query() {
    let fake = fake(200, "{}");
    let task = request::extra_body(SetTask::new("a"), "password", Json::Null);
    let task = request::extra_body(task, "new", vec![1, 2]);
    let task = request::extra_query(task, "a&b", "c d");
    call(&builder(&fake).build().unwrap(), &task).unwrap();
    let request = sent(&fake);
    assert_eq!(request.body(), r#"{"new":[1,2],"password":null}"#);
    assert_eq!(request.uri().query(), Some("limit=5&a%26b=c%20d"));
    assert_eq!(request::encode(&task, Some("p")).unwrap().path_and_query(), "/v2/p/task/a?limit=5&a%26b=c%20d");
}

#[test]
fn raw_calls_are_calls_like_any_other() {
    let fake = fake(200, r#"{"a":[1,"hunter2"]}"#);
    let client = builder(&fake).build().unwrap();
    let call = client
        .raw(&SERVICE, "PATCH", "/v9/{project_id}/x/{id}")
        .path("id", "a b")
        .query("q", 1)
        .header("X-A", "b")
        .json(Json::object([("k", Json::Null)]));
    let response = wait(call.send()).unwrap();
    assert_eq!(response.body().get("a").and_then(Json::as_array).map(<[Json]>::len), Some(2));
    assert!(!format!("{response:?}").contains("hunter2"));
    let request = sent(&fake);
    assert_eq!((request.method().as_str(), request.body().as_ref()), ("PATCH", &br#"{"k":null}"#[..]));
    assert_eq!(request.uri(), "https://dcs.eu-de.example/base/v9/p%201/x/a%20b?q=1");
    assert!(request.headers().get("x-a").unwrap().is_sensitive() && request.headers().contains_key("x-auth-token"));
    for (method, path) in [("GET", "x"), ("GET", "/../x"), ("GET", "/x?y"), ("GET", "/{id}"), ("G T", "/x"), ("", "/x")]
    {
        let error = wait(client.raw(&SERVICE, method, path).send()).unwrap_err();
        assert!(matches!(error, Error::Encoding(_)), "{method} {path}: {error}");
    }
    wait(client.raw(&SERVICE, "GET", "/open").without_credentials().send()).unwrap();
    assert!(!sent(&fake).headers().contains_key("x-auth-token"));
}

#[test]
fn clients_and_calls_can_go_to_other_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    fn sendable<T: Send>(value: T) -> T {
        value
    }
    let client = builder(&fake(200, "{}")).build().unwrap();
    shared(&client);
    let task = SetTask::new("a");
    let sending = sendable(client.send(&task));
    drop(sendable(client.raw(&SERVICE, "GET", "/x").send()));
    assert!(wait(sending).is_ok());
}
