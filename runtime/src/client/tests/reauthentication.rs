//! What credentials are told, and what they can do about it.

use super::script::{Script, Step};
use super::*;
use Step::{Answer, Fails};
use http::request::Parts;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Counts what it is asked; says that it will do otherwise; fails from its n-th time on.
struct Counting {
    authenticated: AtomicUsize,
    rejected: Mutex<Vec<(u16, Option<String>)>>,
    does_otherwise: bool,
    fails_from: usize,
}

impl Counting {
    fn new(does_otherwise: bool, fails_from: usize) -> Arc<Self> {
        Arc::new(Self { authenticated: AtomicUsize::new(0), rejected: Mutex::default(), does_otherwise, fails_from })
    }
}

impl Credentials for Counting {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Parts,
        _: &'a Bytes,
        _: CallContext<'a>,
    ) -> BoxFuture<'a, Result<(), CredentialsError>> {
        Box::pin(async move {
            let count = self.authenticated.fetch_add(1, Relaxed) + 1;
            if count >= self.fails_from {
                return Err(CredentialsError::new("the identity service does not answer"));
            }
            assert!(!request.headers.contains_key("x-count"), "authenticated twice");
            request.headers.insert("x-count", count.to_string().parse().unwrap());
            Ok(())
        })
    }

    fn rejected(&self, rejection: Rejection<'_>, _: CallContext<'_>) -> bool {
        self.rejected.lock().unwrap().push((rejection.status.as_u16(), rejection.code.map(str::to_owned)));
        self.does_otherwise
    }
}

const EXPIRED: Step = Answer(401, r#"{"error_code":"APIGW.0301","error_msg":"expired"}"#);
const OK: Step = Answer(200, "{}");

#[test]
fn a_refused_call_is_sent_once_more_if_the_credentials_can_help() {
    // Steps, whether they can; then requests, how often they were asked, whether the call succeeds.
    let table: &[(&[Step], bool, usize, usize, bool)] = &[
        (&[EXPIRED, OK], true, 2, 1, true),
        (&[EXPIRED, OK], false, 1, 1, false),
        (&[EXPIRED], true, 2, 1, false),
        (&[Answer(403, ""), OK], true, 2, 1, true),
        (&[Answer(400, r#"{"error_code":"APIGW.0301","error_msg":"m"}"#), OK], true, 2, 1, true),
        (&[Answer(400, ""), OK], true, 1, 0, false),
        (&[Answer(503, ""), OK], true, 1, 0, false),
        // The extra attempt takes none of the three.
        (&[Fails(TransportErrorKind::Connect), EXPIRED, Answer(429, ""), OK], true, 4, 1, true),
        (&[Answer(429, ""), EXPIRED, Answer(429, ""), Answer(429, ""), OK], true, 4, 1, false),
    ];
    for (row, (steps, helps, requests, asked, good)) in table.iter().enumerate() {
        for policy in [None, Some(RetryPolicy::none())] {
            if policy.is_some() && steps.len() > 2 {
                continue;
            }
            let (script, credentials) = (Script::new(steps), Counting::new(*helps, 99));
            let mut builder = script.client().credentials(Arc::clone(&credentials));
            if let Some(policy) = policy {
                builder = builder.retry(policy);
            }
            let client = builder.build().unwrap();
            let result = script.time.run_one(client.raw(&SERVICE, "POST", "/x").send());
            let rejected = credentials.rejected.lock().unwrap().len();
            assert_eq!((script.seen(), rejected, result.is_ok()), (*requests, *asked, *good), "row {row}: {result:?}");
            let counts: Vec<_> =
                script.sent.lock().unwrap().iter().map(|request| request.headers()["x-count"].clone()).collect();
            assert!(counts.iter().enumerate().all(|(index, count)| *count == (index + 1).to_string()), "{counts:?}");
        }
    }
}

#[test]
fn credentials_hear_what_the_service_said() {
    let (script, credentials) = (Script::new(&[EXPIRED]), Counting::new(false, 99));
    let client = script.client().credentials(Arc::clone(&credentials)).build().unwrap();
    script.time.run_one(client.raw(&SERVICE, "POST", "/x").send()).unwrap_err();
    assert_eq!(*credentials.rejected.lock().unwrap(), [(401, Some("APIGW.0301".to_owned()))]);
    script.time.run_one(client.raw(&SERVICE, "POST", "/x").without_credentials().send()).unwrap_err();
    assert_eq!(credentials.rejected.lock().unwrap().len(), 1);
}

#[test]
fn credentials_that_fail_later_do_not_hide_what_the_service_said() {
    let (script, credentials) = (Script::new(&[EXPIRED]), Counting::new(true, 2));
    let client = script.client().credentials(credentials).build().unwrap();
    let error = script.time.run_one(client.raw(&SERVICE, "POST", "/x").send()).unwrap_err();
    assert!(error.is_unauthorized() && error.attempts() == 1, "{error}");
    assert_eq!(
        error.to_string(),
        "dcs POST /x: the service answered 401 Unauthorized, APIGW.0301: expired; \
         not tried again: the identity service does not answer"
    );
    let client = script.client().credentials(Counting::new(true, 1)).build().unwrap();
    let error = script.time.run_one(client.raw(&SERVICE, "POST", "/x").send()).unwrap_err();
    assert!(matches!(error, Error::Credentials(_)) && error.attempts() == 0, "{error}");
    assert_eq!(script.seen(), 1);
}
