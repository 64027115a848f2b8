//! What identities are made of is known to those who take it out of errors.

use super::*;
use crate::client::{Cached, Credentials, Rejection};
use crate::secret::Secret;
use http::HeaderMap;

fn secrets(credentials: &impl Credentials, world: &World) -> Vec<String> {
    let mut secrets = Vec::new();
    credentials.secrets(world.context(), &mut |secret| secrets.push(secret.to_owned()));
    secrets
}

fn authenticate(credentials: &impl Credentials, world: &World) {
    let (mut parts, body) = http::Request::new(Bytes::new()).into_parts();
    parts.uri = "https://dcs.example".parse().unwrap();
    wait(credentials.authenticate(&mut parts, &body, world.context())).unwrap();
}

#[test]
fn a_token_stays_known_while_answers_to_it_may_come() {
    let world = world(|count, _| token(&format!("t{count}"), 86_400));
    let cached = Cached::new(Password::new("me", "hunter2", "OTC-1"));
    assert!(secrets(&cached, &world).is_empty());
    authenticate(&cached, &world);
    assert_eq!(secrets(&cached, &world), ["t0"]);
    let rejection =
        Rejection { status: http::StatusCode::UNAUTHORIZED, headers: &HeaderMap::new(), code: None, message: None };
    assert!(cached.rejected(rejection, world.context()));
    assert_eq!(secrets(&cached, &world), ["t0"]);
    authenticate(&cached, &world);
    assert_eq!(secrets(&cached, &world), ["t1", "t0"]);
    // Nobody needs it longer than a token lives: the next one takes its place.
    world.clock.advance(86_000);
    authenticate(&cached, &world);
    assert_eq!(secrets(&cached, &world), ["t2", "t1"]);
}

#[cfg(feature = "aksk")]
#[test]
fn keys_are_known_but_for_their_name() {
    let world = silent_world();
    let keys = Keys::new("a test", "name", "secret").security_token("token");
    let cached = Cached::new(Fixed(Identity::Keys(keys)));
    authenticate(&cached, &world);
    assert_eq!(secrets(&cached, &world), ["secret", "token"]);
    let key = crate::client::AccessKey::new("name", "secret").security_token("token");
    assert_eq!(secrets(&Arc::new(key), &world), ["secret", "token"]);
}

#[test]
fn a_password_is_taken_out_of_what_the_identity_service_says() {
    for (said, shown) in [
        (r#"{"error_msg":"no hunter2\"/x"}"#, "no ***"),
        (r#"{"error_msg":"no {\"password\":\"hunter2\\\"\\/x\"}"}"#, r#"no {\"password\":\"***\"}"#),
        ("no hunter2%22%2Fx", "no ***"),
    ] {
        let world = world(move |_, _| (401, vec![("X-Request-Id", "id-hunter2\"/x".to_owned())], said.to_owned()));
        let error = world.error(&Password::new("me", "hunter2\"/x", "OTC-1"));
        assert!(error.ends_with(&format!("answered 401 Unauthorized: {shown} (request id-***)")), "{error}");
    }
}

/// Fails with what it was given.
struct Telling;

impl Transport for Telling {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        let token = request.headers().get("x-auth-token").map_or("", |token| token.to_str().unwrap());
        let why = format!("{} token {token}", String::from_utf8_lossy(request.body()));
        Box::pin(std::future::ready(Err(TransportError::new(TransportErrorKind::Other, why))))
    }
}

#[test]
fn passwords_and_tokens_are_taken_out_of_what_transports_say() {
    let world = World { transport: Arc::new(Telling), ..silent_world() };
    let error = world.error(&Password::new("me", "hunter2\"/x", "OTC-1"));
    assert!(error.contains("was not reached") && error.contains("***") && !error.contains("hunter2"), "{error}");
    let credentials: Arc<dyn Credentials> = Arc::new(crate::client::Token::new("t-hunter2"));
    let found = wait(Projects::default().find(&credentials, world.context()));
    let error = text(&found.unwrap_err());
    assert!(error.contains("was not reached") && error.contains("token ***"), "{error}");
}

#[test]
fn a_token_is_taken_out_of_what_is_said_of_projects() {
    let world = world(|_, request| {
        let token = request.headers()["x-auth-token"].to_str().unwrap();
        (404, Vec::new(), format!(r#"{{"error_msg":"no {token}"}}"#))
    });
    let credentials: Arc<dyn Credentials> = Arc::new(crate::client::Token::new(Secret::from("t-hunter2")));
    let found = wait(Projects::default().find(&credentials, world.context()));
    let error = text(&found.unwrap_err());
    assert!(error.ends_with("answered 404 Not Found: no ***"), "{error}");
}
