use super::*;
use crate::client::{Client, Error};

fn call(world: &World) -> Result<http::StatusCode, Error> {
    let client: Client = Client::builder()
        .region("eu-de")
        .project_id("p1")
        .credentials(Cached::new(Password::new("me", "hunter2", "OTC-1")))
        .transport(Arc::clone(&world.transport))
        .time(Arc::clone(&world.time))
        .build()
        .unwrap();
    wait(client.raw(&SERVICE, "GET", "/v2/{project_id}/x").send()).map(|answer| answer.http_status())
}

#[test]
fn a_call_whose_token_is_refused_is_sent_once_more_with_a_new_one() {
    let world =
        world(|index, request| match request.headers().get("x-auth-token").map(|token| token.to_str().unwrap()) {
            None => token(&format!("t{index}"), 86_400),
            Some("t0") => (403, vec![], r#"{"code":"DNS.0013","message":"The token must be updated."}"#.to_owned()),
            Some(_) => (200, vec![], "{}".to_owned()),
        });
    assert_eq!(call(&world).unwrap(), 200);
    assert_eq!(world.sent(), 4);
}

#[test]
fn a_call_that_is_refused_with_a_new_token_too_fails() {
    let world = world(|_, request| match request.headers().get("x-auth-token") {
        None => token("t-hunter2", 86_400),
        Some(_) => (401, vec![], r#"{"error_code":"APIGW.0301","error_msg":"no"}"#.to_owned()),
    });
    let error = call(&world).unwrap_err();
    assert!(matches!(&error, Error::Api(error) if error.status() == 401), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    assert_eq!(world.sent(), 4);
}

/// A client in a region, without a project.
fn without_project(world: &World, credentials: impl crate::client::Credentials + 'static) -> Client {
    Client::builder()
        .region("eu-de")
        .credentials(credentials)
        .transport(Arc::clone(&world.transport))
        .time(Arc::clone(&world.time))
        .environment(FakeEnvironment::default())
        .retry(crate::client::RetryPolicy::none())
        .build()
        .unwrap()
}

fn send(client: &Client, path: &str) -> Result<http::StatusCode, Error> {
    wait(client.raw(&SERVICE, "GET", path).send()).map(|answer| answer.http_status())
}

#[test]
fn the_project_of_a_token_is_the_clients() {
    let world = world(|_, request| match request.headers().get("x-auth-token") {
        None => token("t", 86_400),
        Some(_) => (200, vec![], "{}".to_owned()),
    });
    let client = without_project(&world, Cached::new(Password::new("me", "hunter2", "d")));
    send(&client, "/v2/{project_id}/x").unwrap();
    assert_eq!(world.take().uri().path(), "/v3/auth/tokens");
    assert_eq!(world.take().uri(), "https://dcs.eu-de.example/v2/p1/x");
    assert_eq!(world.sent(), 0);
}

fn projects_or_ok(_: usize, request: &http::Request<Bytes>) -> Reply {
    let body = match request.uri().path() {
        "/v3/projects" => r#"{"projects":[{"id":"p7","name":"eu-de"}]}"#,
        _ => "{}",
    };
    (200, vec![], body.to_owned())
}

#[test]
fn a_project_that_nobody_knows_is_looked_up_once() {
    let world = world(projects_or_ok);
    let client = without_project(&world, crate::client::Token::new("t"));
    // Who asks for a path without a project needs none: a token says what it is for.
    send(&client, "/v3/x").unwrap();
    assert_eq!(world.take().uri(), "https://dcs.eu-de.example/v3/x");
    send(&client, "/v2/{project_id}/x").unwrap();
    send(&client, "/v2/{project_id}/y").unwrap();
    let sent: Vec<_> = (0..3).map(|_| world.take().uri().to_string()).collect();
    let expected = [
        "https://iam.eu-de.otc.t-systems.com/v3/projects?name=eu-de",
        "https://dcs.eu-de.example/v2/p7/x",
        "https://dcs.eu-de.example/v2/p7/y",
    ];
    assert_eq!((&sent[..], world.sent()), (&expected.map(str::to_owned)[..], 0));
    // The caller's own comes first.
    wait(client.raw(&SERVICE, "GET", "/v2/{project_id}/x").path("project_id", "mine").send()).unwrap();
    assert_eq!(world.take().uri().path(), "/v2/mine/x");
}

#[test]
fn what_cannot_be_sent_is_refused_before_anything_is_looked_up() {
    let world = silent_world();
    let client = without_project(&world, crate::client::Token::new("t"));
    let error = wait(client.raw(&SERVICE, "GET", "/v2/{project_id}/{id}").path("id", "..").send()).unwrap_err();
    assert!(matches!(error, Error::Encoding(_)), "{error}");
}

#[test]
fn a_project_that_is_not_found_fails_the_call() {
    let world = world(|_, _| (403, vec![], r#"{"error":{"code":403,"message":"no"}}"#.to_owned()));
    let error = send(&without_project(&world, crate::client::Token::new("t")), "/v2/{project_id}/x").unwrap_err();
    assert!(matches!(&error, Error::Credentials(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with("dcs GET /v2/{project_id}/x: not sent") && text.contains("403 Forbidden"), "{text}");
    let nowhere = Client::builder().base_url("https://dcs.example").credentials(crate::client::Token::new("t"));
    let lost: Client = nowhere.transport(Arc::clone(&world.transport)).build().unwrap();
    let text = send(&lost, "/v2/{project_id}/x").unwrap_err().to_string();
    assert!(text.contains("set `.project_id(..)` on the builder, or `.region(..)` to have it looked up"), "{text}");
}

#[cfg(feature = "aksk")]
#[test]
fn who_signs_tells_the_project_to_services_whose_paths_do_not() {
    use crate::client::AccessKey;
    let projects = |world: &World| -> Vec<String> {
        let sent = std::mem::take(&mut *world.fake.sent.lock().unwrap());
        let project = |request: &http::Request<Bytes>| {
            let project = request.headers().get("x-project-id").map_or("-", |id| id.to_str().unwrap());
            format!("{} {project}", request.uri().path())
        };
        sent.iter().map(project).collect()
    };
    let world = world(projects_or_ok);
    let keys = || Keys::new("the moon", "a", "hunter2");
    for client in [
        without_project(&world, AccessKey::new("a", "hunter2")),
        without_project(&world, Cached::new(Fixed(Identity::Keys(keys())))),
    ] {
        send(&client, "/v3/x").unwrap();
        send(&client, "/v2/{project_id}/x").unwrap();
        assert_eq!(projects(&world), ["/v3/projects -", "/v3/x p7", "/v2/p7/x p7"]);
    }
    for client in [
        without_project(&world, AccessKey::new("a", "hunter2").project_id("own")),
        without_project(&world, Cached::new(Fixed(Identity::Keys(keys().project_id("own"))))),
    ] {
        send(&client, "/v3/x").unwrap();
        send(&client, "/v2/{project_id}/x").unwrap();
        assert_eq!(projects(&world), ["/v3/x own", "/v2/own/x own"]);
    }
    // Keys of an account: global services are told the account.
    let client = without_project(&world, AccessKey::new("a", "hunter2").domain_id("d"));
    send(&client, "/v3/x").unwrap();
    assert_eq!(projects(&world), ["/v3/x -"]);
    // A service that is somewhere has no identity service that is known.
    let client: Client = Client::builder()
        .base_url("https://dcs.example")
        .credentials(AccessKey::new("a", "hunter2"))
        .transport(Arc::clone(&world.transport))
        .build()
        .unwrap();
    send(&client, "/v3/x").unwrap();
    assert_eq!(projects(&world), ["/v3/x -"]);
}

#[test]
fn another_url_is_tried_when_no_connection_is_made() {
    let set = [("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", "https://a.example,https://b.example")];
    let world = world(|_, request| match request.uri().host() {
        Some("a.example") => (0, vec![], String::new()),
        _ => (200, vec![], "{}".to_owned()),
    });
    let client: Client = Client::builder()
        .region("eu-de")
        .project_id("p")
        .credentials(crate::client::Token::new("t"))
        .transport(Arc::clone(&world.transport))
        .time(Arc::clone(&world.time))
        .environment(FakeEnvironment::new(&set, &[]))
        .build()
        .unwrap();
    send(&client, "/x").unwrap();
    send(&client, "/y").unwrap();
    let urls: Vec<_> = (0..3).map(|_| world.take().uri().to_string()).collect();
    assert_eq!(urls, ["https://a.example/x", "https://b.example/x", "https://b.example/y"]);
}
