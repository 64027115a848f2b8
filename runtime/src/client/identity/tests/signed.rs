use super::*;
use crate::client::{Credentials, Rejection};

fn cached(keys: Keys) -> Cached<Fixed> {
    Cached::new(Fixed(Identity::Keys(keys)))
}

fn keys() -> Keys {
    Keys::new("the moon", "a", "hunter2").project_id("of-keys").domain_id("d")
}

fn headers(cached: &Cached<Fixed>, project_id: Option<&'static str>) -> http::HeaderMap {
    let world = World { project_id, ..silent_world() };
    let (mut parts, body) = http::Request::get("https://dcs.eu-de.example/v2").body(Bytes::new()).unwrap().into_parts();
    wait(cached.authenticate(&mut parts, &body, world.context())).unwrap();
    assert!(!format!("{:?}", parts.headers).contains("hunter2"));
    parts.headers
}

#[test]
fn the_clients_project_comes_before_that_of_the_keys() {
    assert_eq!(headers(&cached(keys()), None)["x-project-id"], "of-keys");
    assert_eq!(headers(&cached(keys()), Some("of-client"))["x-project-id"], "of-client");
    let global = headers(&cached(Keys::new("x", "a", "s").domain_id("d")), None);
    assert_eq!(global["x-domain-id"], "d");
    assert!(!global.contains_key("x-project-id"));
}

#[test]
fn requests_are_signed_with_the_security_token() {
    let headers = headers(&cached(keys().security_token("t-hunter2")), None);
    assert!(headers["authorization"].to_str().unwrap().starts_with("SDK-HMAC-SHA256 Access=a, SignedHeaders="));
    assert_eq!(headers["x-security-token"], "t-hunter2");
}

#[test]
fn only_keys_that_can_change_are_tried_again() {
    for (keys, expected) in [(keys(), false), (keys().security_token("t-hunter2"), true)] {
        let (cached, world) = (cached(keys), silent_world());
        headers(&cached, None);
        let rejection = Rejection {
            status: http::StatusCode::UNAUTHORIZED,
            headers: &http::HeaderMap::new(),
            code: Some("APIGW.0301"),
            message: Some("Incorrect IAM authentication information"),
        };
        assert_eq!(cached.rejected(rejection, world.context()), expected);
    }
}
