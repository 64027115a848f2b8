use super::*;

fn password() -> Password {
    Password::new("me", "hunter2\"\n", "OTC-1")
}

#[test]
fn a_token_is_asked_for_as_documented() {
    let world = world(|_, _| token("MII-hunter2", 86_400));
    let identity = world.fetch(&password()).unwrap();
    assert!(!format!("{identity:?} {:?}", password()).contains("hunter2"));
    let Identity::Token(token) = identity else { panic!() };
    assert_eq!(token.secret.expose(), "MII-hunter2");
    assert_eq!(token.expires_at, Some(world.clock.now() + Duration::from_secs(86_400)));
    assert_eq!(token.project_id.as_deref(), Some("p1"));

    let request = world.take();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://iam.eu-de.otc.t-systems.com/v3/auth/tokens?nocatalog=true");
    assert_eq!(request.headers()["content-type"], "application/json;charset=utf8");
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    let expected = serde_json::json!({"auth": {
        "identity": {
            "methods": ["password"],
            "password": {"user": {"name": "me", "password": "hunter2\"\n", "domain": {"name": "OTC-1"}}},
        },
        "scope": {"project": {"name": "eu-de"}},
    }});
    assert_eq!(body, expected);
}

#[test]
fn the_project_is_the_one_set_else_the_clients_else_the_regions() {
    let cases = [
        (password().project_id("p"), Some("c"), Some("eu-de"), r#"{"id":"p"}"#),
        (password().project_name("n"), Some("c"), Some("eu-de"), r#"{"name":"n"}"#),
        (password(), Some("c"), Some("eu-de"), r#"{"id":"c"}"#),
        (password(), None, Some("eu-de"), r#"{"name":"eu-de"}"#),
    ];
    for (password, project_id, region, expected) in cases {
        let world = World { region, project_id, ..world(|_, _| token("t", 86_400)) };
        world.fetch(&password).unwrap();
        let body: serde_json::Value = serde_json::from_slice(world.take().body()).unwrap();
        assert_eq!(body["auth"]["scope"]["project"].to_string(), expected);
    }
    let world = silent_world().in_region(None);
    let error = world.error(&password().iam_endpoint("https://iam.example"));
    assert!(error.starts_with("a token is for one project, and none is known: set `.project_id(..)`"), "{error}");
}

#[test]
fn the_identity_service_is_where_it_was_said_or_where_the_region_is() {
    let good = [
        (password(), "cn-north-4", "https://iam.cn-north-4.myhuaweicloud.com/v3"),
        (password().cloud("open-telekom-cloud"), "eu-nl", "https://iam.eu-nl.otc.t-systems.com/v3"),
        (password().cloud("huawei-cloud"), "both", "https://iam.both.myhuaweicloud.com/v3"),
        (password().iam_endpoint("https://iam.example/v3/"), "mars", "https://iam.example/v3"),
        (password().iam_endpoint("https://gate.example:8443/iam"), "mars", "https://gate.example:8443/iam/v3"),
        (password().iam_endpoint("http://127.0.0.1:7"), "mars", "http://127.0.0.1:7/v3"),
    ];
    for (password, region, expected) in good {
        let world = world(|_, _| token("t", 86_400)).in_region(Some(region));
        world.fetch(&password).unwrap();
        assert_eq!(world.take().uri().to_string(), format!("{expected}/auth/tokens?nocatalog=true"));
    }
    let unknown = "it is not known where the identity service (IAM) is: ";
    let bad = [
        (
            password().project_id("p"),
            None,
            format!("{unknown}no region is set; set its endpoint, such as `https://iam."),
        ),
        (password(), Some("both"), format!("{unknown}the cloud of region \"both\" does not follow from")),
        (password(), Some("mars"), format!("{unknown}the cloud of region \"mars\" does not follow from")),
        (password(), Some("cellar"), format!("{unknown}cloud \"private\" is not known; set")),
        (password().cloud("huawei-cloud"), Some("a/b@c"), format!("{unknown}\"a/b@c\" is no name of a region")),
        (password().iam_endpoint("http://iam.example"), None, "the IAM endpoint is plain http: credentials".to_owned()),
        (password().iam_endpoint("https://u:hunter2@x"), None, "the IAM endpoint must not hold a user name".to_owned()),
    ];
    for (password, region, expected) in bad {
        let error = silent_world().in_region(region).error(&password);
        assert!(error.starts_with(&expected), "{error}");
    }
}

#[test]
fn failures_say_what_happened_without_the_password() {
    let what = "POST https://iam.eu-de.otc.t-systems.com/v3/auth/tokens";
    let id = || vec![("X-IAM-Trace-Id", "r1".to_owned())];
    let cases = [
        ((0, vec![], String::new()), "was not reached: no connection to the service"),
        (
            (401, id(), r#"{"error":{"code":401,"message":"bad password hunter2\"\n!","title":"x"}}"#.to_owned()),
            "answered 401 Unauthorized, 401: bad password ***! (request r1)",
        ),
        ((500, vec![], String::new()), "answered 500 Internal Server Error"),
        ((201, vec![], "{}".to_owned()), "answered 201 Created without a token in the header X-Subject-Token"),
        ((200, vec![], "x".repeat(1024 * 1024 + 1)), "answered with more than 1024 KiB"),
    ];
    for (reply, expected) in cases {
        let error = world(move |_, _| reply.clone()).error(&password());
        assert!(error.starts_with(&format!("{what} {expected}")), "{error}");
    }
}

#[test]
fn a_body_that_says_nothing_of_the_end_is_believed_to_be_as_documented() {
    for (body, life) in [("", 86_400), ("{}", 86_400), (r#"{"token":{"expires_at":"2025-06-15T15:06:50Z"}}"#, 10)] {
        let world = world(move |_, _| (201, vec![("x-subject-token", "t".to_owned())], body.to_owned()));
        let Identity::Token(token) = world.fetch(&password()).unwrap() else { panic!() };
        assert_eq!(token.expires_at, Some(world.clock.now() + Duration::from_secs(life)), "{body}");
    }
}

#[test]
fn who_is_busy_is_asked_again() {
    let after = |seconds: &str| vec![("Retry-After", seconds.to_owned())];
    // Replies, requests sent, and whether a token came of it.
    let cases = [
        (vec![(503, vec![], "")], 2, true),
        (vec![(0, vec![], ""), (429, after("2"), "")], 3, true),
        (vec![(502, vec![], ""), (504, vec![], ""), (500, vec![], "")], 3, false),
        (vec![(429, after("21"), "")], 1, false),
        (vec![(401, vec![], "")], 1, false),
        (vec![(404, vec![], "")], 1, false),
    ];
    for (row, (replies, sent, good)) in cases.into_iter().enumerate() {
        let world = world(move |index, _| match replies.get(index) {
            Some((status, headers, body)) => (*status, headers.clone(), (*body).to_owned()),
            None => token("t", 86_400),
        });
        assert_eq!((world.fetch(&password()).is_ok(), world.sent()), (good, sent), "row {row}");
    }
    let world = world(move |index, _| if index == 0 { (429, after("2"), String::new()) } else { token("t", 86_400) });
    let begin = world.clock.elapsed();
    world.fetch(&password()).unwrap();
    assert!(world.clock.elapsed() >= begin + Duration::from_secs(2));
}
