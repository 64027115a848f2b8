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
