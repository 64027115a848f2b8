use super::*;

const KEYS: &str = r#"{"credential":{"access":"a","secret":"s-hunter2","securitytoken":"t-hunter2","expires_at":"2025-06-15T16:06:40.000000Z"}}"#;

fn reply(status: u16, body: &str) -> Reply {
    (status, vec![], body.to_owned())
}

fn lines(world: &World) -> Vec<String> {
    let sent = world.fake.sent.lock().unwrap();
    let line = |request: &http::Request<Bytes>| {
        let token = request.headers().get("x-metadata-token");
        assert!(token.is_none_or(http::HeaderValue::is_sensitive));
        let token = token.map_or("-", |token| token.to_str().unwrap());
        format!("{} {} {token}", request.method(), request.uri())
    };
    sent.iter().map(line).collect()
}

const PUT: &str = "PUT http://169.254.169.254/meta-data/latest/api/token -";
const GET: &str = "GET http://169.254.169.254/openstack/latest/securitykey";

#[test]
fn keys_are_asked_for_with_a_token_that_is_kept() {
    let world = world(|index, request| match *request.method() {
        http::Method::PUT => {
            assert_eq!(request.headers()["x-metadata-token-ttl-seconds"], "21600");
            reply(200, &format!("m{index}\n"))
        }
        _ => reply(200, KEYS),
    });
    let metadata = EcsMetadata::new();
    let identity = world.fetch(&metadata).unwrap();
    assert_eq!(keys(&identity), "a s-hunter2 t-hunter2 - -");
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(1_750_003_600);
    assert_eq!(identity.lifetime(&*world.clock), Some((end, Duration::from_secs(1_800))));
    world.fetch(&metadata).unwrap();
    assert_eq!(lines(&world), [PUT.to_owned(), format!("{GET} m0"), format!("{GET} m0")]);
    world.clock.advance(21_600);
    world.fetch(&metadata).unwrap();
    assert_eq!(lines(&world)[3..], [PUT.to_owned(), format!("{GET} m3")]);
    assert!(!format!("{metadata:?}").contains("m3"));
}

#[test]
fn servers_without_tokens_are_asked_without() {
    for status in [404, 405, 503] {
        let world = world(move |_, request| match *request.method() {
            http::Method::PUT => reply(status, ""),
            _ => reply(200, KEYS),
        });
        let metadata = EcsMetadata::new();
        world.fetch(&metadata).unwrap();
        world.clock.advance(86_399);
        world.fetch(&metadata).unwrap();
        assert_eq!(lines(&world), [PUT.to_owned(), format!("{GET} -"), format!("{GET} -")]);
        world.clock.advance(1);
        world.fetch(&metadata).unwrap();
        assert_eq!(world.sent(), 5);
    }
}

#[test]
fn a_token_that_is_refused_is_renewed_once() {
    let renewed =
        world(|index, _| [reply(200, "m0"), reply(401, ""), reply(200, "m2"), reply(200, KEYS)][index].clone());
    renewed.fetch(&EcsMetadata::new()).unwrap();
    assert_eq!(lines(&renewed), [PUT.to_owned(), format!("{GET} m0"), PUT.to_owned(), format!("{GET} m2")]);

    let refused = world(|_, request| match *request.method() {
        http::Method::PUT => reply(200, "hunter2"),
        _ => reply(401, "no, hunter2"),
    });
    let error = refused.error(&EcsMetadata::new());
    assert_eq!(error, format!("ECS metadata: {GET} answered 401 Unauthorized: no, ***"));
    assert_eq!(refused.sent(), 4);
}

#[test]
fn what_came_instead_is_said() {
    let none = "no credentials were found: ECS metadata: ";
    let get = "GET http://169.254.169.254/openstack/latest/securitykey";
    let cases = [
        (reply(401, "Please configure Cloud Service Agency first."), format!("{none}this server has no agency")),
        (reply(404, ""), format!("{none}{get} answered 404 Not Found")),
        (reply(0, ""), format!("{none}http://169.254.169.254/openstack/latest/securitykey was not reached")),
        (reply(500, ""), format!("ECS metadata: {get} answered 500 Internal Server Error")),
        (reply(200, "{}"), format!("ECS metadata: {get} answered without credential.access")),
        (
            reply(200, r#"{"credential":{"access":"a","secret":"hunter2"}}"#),
            format!("ECS metadata: {get} answered without credential.securitytoken"),
        ),
    ];
    for (second, expected) in cases {
        let world = world(move |index, _| if index == 0 { reply(200, "m") } else { second.clone() });
        let error = world.error(&EcsMetadata::new());
        assert_eq!(error, expected);
    }
}

#[test]
fn who_does_not_answer_is_given_up() {
    let world = world(|_, _| reply(1, ""));
    world.clock.advance(OUT_OF_TIME.as_secs());
    assert_eq!(
        world.error(&EcsMetadata::new()),
        "no credentials were found: ECS metadata: http://169.254.169.254/meta-data/latest/api/token did not answer within 3 s"
    );
}

#[test]
fn nobody_else_is_asked() {
    for url in
        ["http://169.254.169.253", "http://metadata.example", "https://metadata.example", "http://169.254.169.254:81"]
    {
        let error = silent_world().error(&EcsMetadata::new().endpoint(url));
        assert!(error.starts_with("ECS metadata: the endpoint "), "{error}");
    }
    let world = world(|_, request| match *request.method() {
        http::Method::PUT => reply(404, ""),
        _ => reply(200, KEYS),
    });
    world.fetch(&EcsMetadata::new().endpoint("http://127.0.0.1:8080/")).unwrap();
    assert_eq!(lines(&world)[1], "GET http://127.0.0.1:8080/openstack/latest/securitykey -");
}
