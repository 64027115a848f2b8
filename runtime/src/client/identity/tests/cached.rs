use super::*;
use crate::client::{Credentials, Project, Rejection};

fn cached() -> Cached<Password> {
    Cached::new(Password::new("me", "hunter2", "OTC-1"))
}

/// Authenticates a request, and tells its token.
async fn authenticate<P: Provider + 'static>(cached: &Cached<P>, world: &World) -> Result<String, String> {
    let (mut parts, body) = http::Request::new(Bytes::new()).into_parts();
    cached.authenticate(&mut parts, &body, world.context()).await.map_err(|error| text(&error))?;
    let token = &parts.headers["x-auth-token"];
    assert!(token.is_sensitive());
    Ok(token.to_str().unwrap().to_owned())
}

fn numbered(polls: usize, life: u64) -> World {
    slow_world(polls, move |index, _| token(&format!("t{index}"), life))
}

fn rejected(cached: &Cached<Password>, world: &World, status: u16, code: Option<&str>, message: Option<&str>) -> bool {
    let status = http::StatusCode::from_u16(status).unwrap();
    cached.rejected(Rejection { status, headers: &http::HeaderMap::new(), code, message }, world.context())
}

#[test]
fn callers_at_the_same_time_share_one_answer() {
    let world = numbered(5, 86_400);
    let cached = cached();
    let tokens = wait(async {
        let calls: Vec<_> = (0..64).map(|_| authenticate(&cached, &world)).collect();
        futures_util::future::join_all(calls).await
    });
    assert!(tokens.iter().all(|token| token.as_deref() == Ok("t0")));
    assert_eq!(world.sent(), 1);
    assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t0");
    assert_eq!(world.sent(), 1);
    assert!(!format!("{cached:?}").contains("t0"));
}

#[test]
fn dropping_any_caller_at_any_poll_fails_no_other() {
    for victim in 0..3 {
        for dropped_at in 0..16 {
            let world = numbered(4, 86_400);
            let cached = cached();
            let mut calls: Vec<_> = (0..3).map(|_| Some(Box::pin(authenticate(&cached, &world)))).collect();
            let mut answers = Vec::new();
            for call in calls.iter_mut().flatten() {
                assert!(poll(call).is_pending());
            }
            for turn in 0..40 {
                if turn == dropped_at {
                    calls[victim] = None;
                }
                let index = turn % 3;
                if let Some(call) = &mut calls[index]
                    && let Poll::Ready(answer) = poll(call)
                {
                    calls[index] = None;
                    answers.push(answer.unwrap());
                }
            }
            assert!(answers.len() >= 2 && answers.iter().all(|token| token == "t0"), "{victim} {dropped_at}");
            assert_eq!(world.sent(), 1);
        }
    }
}

#[test]
fn a_waiting_caller_is_woken_when_the_one_that_drove_is_dropped() {
    let world = Arc::new(numbered(3, 86_400));
    let cached = cached();
    let token = wait(async {
        let mut first = Box::pin(authenticate(&cached, &world));
        let mut second = Box::pin(authenticate(&cached, &world));
        futures_util::future::poll_fn(|context| {
            assert!(first.as_mut().poll(context).is_pending());
            assert!(second.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        drop(first);
        second.await
    });
    assert_eq!(token.unwrap(), "t0");
}

#[test]
fn when_all_callers_are_dropped_the_next_begins_anew() {
    let world = numbered(5, 86_400);
    let cached = cached();
    let mut call = Box::pin(authenticate(&cached, &world));
    assert!(poll(&mut call).is_pending());
    drop(call);
    assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1");
}

#[test]
fn tokens_are_renewed_before_they_end() {
    // Life, and when it is renewed: at the last tenth, but 5 minutes before at the latest, and at half for short ones.
    for (life, due) in [(86_400, 77_760), (3_000, 2_700), (1_200, 900), (400, 200)] {
        let world = numbered(0, life);
        let cached = cached();
        wait(authenticate(&cached, &world)).unwrap();
        world.clock.advance(due - 1);
        assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t0", "{life}");
        world.clock.advance(1);
        assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1", "{life}");
        assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1", "{life}");
    }
}

#[test]
fn while_a_good_token_is_renewed_others_use_it() {
    let world = numbered(2, 1_200);
    let cached = cached();
    wait(authenticate(&cached, &world)).unwrap();
    world.clock.advance(1_000);
    let mut renewing = Box::pin(authenticate(&cached, &world));
    assert!(poll(&mut renewing).is_pending());
    assert_eq!(poll(&mut Box::pin(authenticate(&cached, &world))), Poll::Ready(Ok("t0".to_owned())));
    assert_eq!(wait(renewing).unwrap(), "t1");
}

#[test]
fn keys_are_renewed_when_less_than_40_minutes_are_left() {
    let clock = Clock::default();
    for (left, margin) in [(86_400, 2_400), (3_600, 1_800)] {
        let keys = Keys::new("x", "a", "s").expires_at(clock.now() + Duration::from_secs(left));
        assert_eq!(Identity::Keys(keys).lifetime(&clock).unwrap().1.as_secs(), margin);
    }
}

#[test]
fn a_good_token_survives_a_failed_renewal() {
    let world = world(|index, _| match index {
        0 | 3 => token(&format!("t{index}"), 1_200),
        _ => (400, vec![], String::new()),
    });
    let cached = cached();
    wait(authenticate(&cached, &world)).unwrap();
    world.clock.advance(1_000);
    let expected = [("t0", 2, 0), ("t0", 2, 29), ("t0", 3, 1), ("t0", 3, 0), ("t3", 4, 30), ("t3", 4, 0)];
    for (token, sent, seconds) in expected {
        world.clock.advance(seconds);
        assert_eq!(wait(authenticate(&cached, &world)).unwrap(), token);
        assert_eq!(world.sent(), sent);
    }
}

#[test]
fn a_failure_is_told_to_all_who_wait_and_not_kept() {
    let world = slow_world(3, |index, _| match index {
        0 => (400, vec![], String::new()),
        _ => token("t1", 86_400),
    });
    let cached = cached();
    let (first, second) =
        wait(async { futures_util::future::join(authenticate(&cached, &world), authenticate(&cached, &world)).await });
    assert!(first.as_ref().unwrap_err().contains("answered 400"), "{first:?}");
    assert_eq!(first, second);
    assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1");
    assert_eq!(world.sent(), 2);
}

#[test]
fn who_comes_after_a_failure_does_not_share_it() {
    let world = slow_world(2, |index, _| match index {
        0 => (400, vec![], String::new()),
        _ => token("t1", 86_400),
    });
    let cached = cached();
    let mut first = Box::pin(authenticate(&cached, &world));
    let mut slow = Box::pin(authenticate(&cached, &world));
    assert!(poll(&mut first).is_pending() && poll(&mut slow).is_pending());
    while poll(&mut first).is_pending() {}
    // One of those who wait for the failure has not heard of it yet.
    assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1");
    assert!(wait(slow).unwrap_err().contains("answered 400"));
}

#[test]
fn a_refused_password_is_not_tried_again_for_a_while() {
    let world = world(|index, _| match index {
        1 => token("t1", 86_400),
        _ => (401, vec![], r#"{"error":{"code":401,"message":"The username or password is wrong."}}"#.to_owned()),
    });
    let cached = cached();
    for seconds in [0, 1, 298] {
        world.clock.advance(seconds);
        let error = wait(authenticate(&cached, &world)).unwrap_err();
        assert!(error.contains("answered 401 Unauthorized, 401: The username or password is wrong."), "{error}");
        let left = Duration::from_secs(300).saturating_sub(world.clock.elapsed());
        let again = format!("; it is not asked again for {} s, since wrong passwords lock accounts", left.as_secs());
        assert_eq!(error.ends_with(&again), seconds > 0, "{error}");
        assert_eq!(world.sent(), 1);
    }
    world.clock.advance(1);
    assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1");
    // A password that is changed later does not spoil the token that is still good, and is not asked for all the time.
    world.clock.advance(86_300);
    for (seconds, sent) in [(0, 3), (10, 3)] {
        world.clock.advance(seconds);
        assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1");
        assert_eq!(world.sent(), sent);
    }
    world.clock.advance(200);
    assert!(wait(authenticate(&cached, &world)).is_err());
    assert_eq!(world.sent(), 3);
}

#[cfg(feature = "reqwest")]
#[test]
fn a_renewal_goes_on_in_the_background_when_its_only_caller_is_dropped() {
    let mut world = numbered(4, 86_400);
    world.time = Arc::new(crate::client::TokioTime::default());
    let cached = cached();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut call = Box::pin(authenticate(&cached, &world));
        assert!(poll(&mut call).is_pending());
        drop(call);
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        assert_eq!(authenticate(&cached, &world).await.unwrap(), "t0");
    });
    assert_eq!(world.sent(), 1);
}

#[test]
fn refusals_that_are_about_the_token_bring_a_new_one() {
    let cases = [
        (401, None, None, true),
        (401, Some("APIGW.0301"), Some("Incorrect IAM authentication information"), true),
        (403, None, None, false),
        (403, Some("DCS.4003"), Some("Access denied: no permission"), false),
        (403, None, Some("The token must be updated."), true),
        (403, Some("APIGW.0307"), None, true),
        (403, None, Some("Token is Invalid"), true),
        (403, None, Some("the auth token has expired"), true),
        (403, None, Some("parameter is invalid"), false),
        (400, None, Some("token invalid"), false),
        (500, None, None, false),
    ];
    for (status, code, message, expected) in cases {
        let world = numbered(0, 86_400);
        let cached = cached();
        wait(authenticate(&cached, &world)).unwrap();
        assert_eq!(rejected(&cached, &world, status, code, message), expected, "{status} {code:?} {message:?}");
        let after = if expected { "t1" } else { "t0" };
        assert_eq!(wait(authenticate(&cached, &world)).unwrap(), after);
    }
}

#[test]
fn many_refusals_of_one_token_bring_one_new_one() {
    let world = numbered(1, 86_400);
    let cached = cached();
    let all_rejected = || (0..20).all(|_| rejected(&cached, &world, 401, None, None));
    wait(authenticate(&cached, &world)).unwrap();
    assert!(all_rejected());
    assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1");
    // Late answers to calls with the old token.
    assert!(all_rejected());
    assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t1");
    assert_eq!(world.sent(), 2);
    world.clock.advance(30);
    assert!(all_rejected());
    assert_eq!(wait(authenticate(&cached, &world)).unwrap(), "t2");
}

#[test]
fn each_region_and_project_has_its_own() {
    let cached = cached();
    let mut world = numbered(0, 86_400);
    for (region, project_id, expected) in [
        ("eu-de", None, "t0"),
        ("cn-north-4", None, "t1"),
        ("eu-de", Some("p"), "t2"),
        ("eu-de", None, "t0"),
        ("cn-north-4", None, "t1"),
    ] {
        world.move_to(Some(region));
        world.project_id = project_id;
        assert_eq!(wait(authenticate(&cached, &world)).unwrap(), expected);
    }
    assert_eq!(wait(cached.project(world.context())).unwrap(), Project::Id("p1".into()));
}

#[test]
fn a_token_that_no_header_can_hold_is_an_error() {
    for token in ["", "hunter2\n"] {
        let cached = Cached::new(Fixed(Identity::Token(UserToken::new(token))));
        let error = wait(authenticate(&cached, &silent_world())).unwrap_err();
        assert_eq!(error, "the token is empty, or has characters that a header cannot hold");
    }
}

#[cfg(not(feature = "aksk"))]
#[test]
fn keys_need_the_feature() {
    let cached = Cached::new(Fixed(Identity::Keys(Keys::new("the moon", "a", "hunter2"))));
    let error = wait(authenticate(&cached, &silent_world())).unwrap_err();
    assert_eq!(error, "access keys were found in the moon but the crate was built without feature `aksk`");
}

#[test]
fn it_can_be_shared() {
    fn check<T: Send + Sync + Clone + 'static>(_: &T) {}
    check(&cached());
}
