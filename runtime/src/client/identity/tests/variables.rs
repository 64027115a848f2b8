use super::*;

fn from(variables: &[(&str, &str)]) -> FromEnvironment {
    FromEnvironment::of(FakeEnvironment::new(variables, &[]))
}

#[test]
fn keys_are_found() {
    let cases: [(Pairs<'_>, &str); 5] = [
        (&[("HUAWEICLOUD_SDK_AK", "a"), ("HUAWEICLOUD_SDK_SK", "s-hunter2")], "a s-hunter2 - - -"),
        (
            &[
                ("HUAWEICLOUD_SDK_AK", "a"),
                ("HUAWEICLOUD_SDK_SK", "s"),
                ("HUAWEICLOUD_SDK_SECURITY_TOKEN", "t-hunter2"),
                ("HUAWEICLOUD_SDK_PROJECT_ID", "p"),
                ("HUAWEICLOUD_SDK_DOMAIN_ID", "d"),
                ("OS_TOKEN", "other"),
            ],
            "a s t-hunter2 p d",
        ),
        (&[("OS_ACCESS_KEY", "a"), ("OS_AK", "b"), ("OS_SK", "s"), ("OS_SECURITY_TOKEN", "t")], "a s t - -"),
        (&[("OS_AK", "b"), ("OS_SECRET_KEY", "s"), ("OS_PROJECT_ID", "p")], "b s - p -"),
        (&[("HUAWEICLOUD_SDK_AK", ""), ("OS_AK", "b"), ("OS_SECRET_KEY", "s")], "b s - - -"),
    ];
    for (variables, expected) in cases {
        assert_eq!(keys(&silent_world().fetch(&from(variables)).unwrap()), expected);
    }
}

#[test]
fn a_token_is_found() {
    let provider = from(&[("OS_TOKEN", "t-hunter2"), ("OS_PROJECT_ID", "p"), ("OS_AK", "a"), ("OS_SK", "s")]);
    let Identity::Token(token) = silent_world().fetch(&provider).unwrap() else { panic!() };
    assert_eq!((token.secret.expose(), token.project_id.as_deref()), ("t-hunter2", Some("p")));
}

#[test]
fn a_user_is_found() {
    let user = [("OS_USERNAME", "me"), ("OS_PASSWORD", "hunter2"), ("OS_DOMAIN_NAME", "OTC-1")];
    let cases: [(Pairs<'_>, &str, &str); 3] = [
        (&[], r#"{"name":"eu-de"}"#, "iam.eu-de.otc.t-systems.com"),
        (&[("OS_PROJECT_NAME", "n"), ("OS_AUTH_URL", "https://iam.example/v3")], r#"{"name":"n"}"#, "iam.example"),
        (
            &[
                ("OS_PROJECT_NAME", "n"),
                ("OS_PROJECT_ID", "i"),
                ("OS_AUTH_URL", "https://no.example"),
                ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "https://yes.example"),
            ],
            r#"{"id":"i"}"#,
            "yes.example",
        ),
    ];
    for (more, scope, host) in cases {
        let world = world(|_, _| token("t", 86_400));
        world.fetch(&from(&[&user, more].concat())).unwrap();
        let request = world.take();
        assert_eq!(request.uri().host(), Some(host));
        let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(body["auth"]["scope"]["project"].to_string(), scope);
    }
}

#[test]
fn what_is_there_by_half_is_an_error() {
    let cases: [(Pairs<'_>, &str); 9] = [
        (&[("HUAWEICLOUD_SDK_AK", "a")], "HUAWEICLOUD_SDK_AK is set, but not HUAWEICLOUD_SDK_SK"),
        (&[("HUAWEICLOUD_SDK_SK", "hunter2")], "HUAWEICLOUD_SDK_SK is set, but not HUAWEICLOUD_SDK_AK"),
        (
            &[("HUAWEICLOUD_SDK_SECURITY_TOKEN", "hunter2")],
            "HUAWEICLOUD_SDK_SECURITY_TOKEN is set, but not HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK",
        ),
        (&[("OS_AK", "a")], "OS_AK is set, but not OS_SECRET_KEY or OS_SK"),
        (&[("OS_SECRET_KEY", "hunter2")], "OS_SECRET_KEY is set, but not OS_ACCESS_KEY or OS_AK"),
        (&[("OS_USERNAME", "me")], "OS_USERNAME is set, but not OS_PASSWORD"),
        (&[("OS_USERNAME", "me"), ("OS_PASSWORD", "")], "OS_USERNAME is set, but not OS_PASSWORD"),
        (&[("OS_PASSWORD", "hunter2")], "OS_PASSWORD is set, but not OS_USERNAME"),
        (
            &[("OS_USERNAME", "me"), ("OS_PASSWORD", "hunter2")],
            "OS_USERNAME is set, but not OS_USER_DOMAIN_NAME or OS_DOMAIN_NAME",
        ),
    ];
    for (variables, expected) in cases {
        assert_eq!(silent_world().error(&from(variables)), format!("environment: {expected}"));
    }
}

#[test]
fn nothing_says_what_was_looked_for() {
    let error = silent_world().error(&from(&[("HUAWEICLOUD_SDK_PROJECT_ID", "p"), ("OS_REGION_NAME", "eu-de")]));
    assert_eq!(
        error,
        "no credentials were found: environment: none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_AK, OS_USERNAME is set"
    );
}
