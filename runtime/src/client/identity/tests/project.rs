use super::*;
use crate::client::{Credentials, Token};

fn projects(ids: &[&str]) -> Reply {
    let projects: Vec<_> = ids.iter().map(|id| serde_json::json!({"id": id, "name": "eu-de"})).collect();
    (200, vec![], serde_json::json!({"projects": projects, "links": {}}).to_string())
}

fn token_credentials() -> Arc<dyn Credentials> {
    Arc::new(Token::new("t-hunter2"))
}

fn find(projects: &Projects, world: &World) -> Result<String, String> {
    let found = wait(projects.find(&token_credentials(), world.context()));
    found.map(|id| id.to_string()).map_err(|error| text(&error))
}

#[test]
fn a_project_is_looked_up_once_for_each_region() {
    let mut world = slow_world(2, |index, _| projects(&[&format!("p{index}")]));
    let cache = Projects::default();
    let both = wait(async {
        let credentials = token_credentials();
        let find = || cache.find(&credentials, world.context());
        futures_util::future::join(find(), find()).await
    });
    assert_eq!((&*both.0.unwrap(), &*both.1.unwrap()), ("p0", "p0"));
    assert_eq!(find(&cache, &world).unwrap(), "p0");
    world.move_to(Some("cn-north-4"));
    assert_eq!(find(&cache, &world).unwrap(), "p1");
    let request = world.take();
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri(), "https://iam.eu-de.otc.t-systems.com/v3/projects?name=eu-de");
    assert_eq!(request.headers()["x-auth-token"], "t-hunter2");
    assert_eq!(world.take().uri(), "https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4");
}

#[test]
fn none_or_several_is_an_error_and_not_kept() {
    let what =
        "looking up the project of region \"eu-de\": GET https://iam.eu-de.otc.t-systems.com/v3/projects?name=eu-de";
    let cases = [
        (
            projects(&[]),
            "found none: no project named \"eu-de\" is visible to these credentials; set `.project_id(..)`",
        ),
        (projects(&["b", "a"]), "found several: a, b; choose one with `.project_id(..)` on the builder"),
        ((200, vec![], "{}".to_owned()), "answered without a list of projects"),
        ((403, vec![], r#"{"error":{"code":403,"message":"no"}}"#.to_owned()), "answered 403 Forbidden, 403: no"),
        ((0, vec![], String::new()), "was not reached: no connection"),
    ];
    for (reply, expected) in cases {
        // Who is not reached is tried three times.
        let times = if reply.0 == 0 { 3 } else { 1 };
        let world = world(move |index, _| if index < times { reply.clone() } else { projects(&["p"]) });
        let cache = Projects::default();
        let error = find(&cache, &world).unwrap_err();
        assert!(error.starts_with(&format!("{what} {expected}")), "{error}");
        assert_eq!(find(&cache, &world).unwrap(), "p");
    }
    let world = silent_world().in_region(None);
    assert!(find(&Projects::default(), &world).unwrap_err().contains("without a region it cannot be looked up"));
}

#[test]
fn a_token_that_is_refused_is_renewed_once() {
    let world = world(|_, request| match request.headers().get("x-auth-token") {
        None => token(if request.uri().host() == Some("old") { "x" } else { "new" }, 86_400),
        Some(_) => (401, vec![], String::new()),
    });
    let cached: Arc<dyn Credentials> = Arc::new(Cached::new(Password::new("me", "hunter2", "d")));
    let error = wait(Projects::default().find(&cached, world.context())).unwrap_err();
    assert!(text(&error).ends_with("answered 401 Unauthorized"), "{error}");
    // Token, look-up, token, look-up.
    assert_eq!(world.sent(), 4);
}
