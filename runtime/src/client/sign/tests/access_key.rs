//! An access key as credentials: what it adds, and what it learns from refusals.

use super::*;
use crate::client::endpoint::Endpoints;
use crate::client::{
    BodyStream, BoxFuture, CallContext, Credentials, NoEnvironment, Rejection, Time, Transport, TransportError,
    TransportErrorKind,
};
use crate::service::ServiceInfo;
use bytes::Bytes;
use std::sync::{Arc, Mutex};

static SERVICE: ServiceInfo = ServiceInfo { id: "sms", title: "Server Migration Service", endpoints: &[], clouds: &[] };
const URL: &str = "https://sms.example.com/v3/tasks";

/// A clock that stands still until it is set: what it says, and how long it has run.
struct Hands(Mutex<(SystemTime, Duration)>);

impl Time for Hands {
    fn now(&self) -> SystemTime {
        self.0.lock().unwrap().0
    }
    fn elapsed(&self) -> Duration {
        self.0.lock().unwrap().1
    }
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

struct Nowhere;

impl Transport for Nowhere {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Connect, "nowhere")) })
    }
}

struct World {
    hands: Arc<Hands>,
    time: Arc<dyn Time>,
    transport: Arc<dyn Transport>,
    project_id: Option<&'static str>,
    endpoints: Arc<Endpoints>,
}

impl World {
    fn new(project_id: Option<&'static str>) -> Self {
        let hands = Arc::new(Hands(Mutex::new((leap_day(), Duration::ZERO))));
        Self {
            time: hands.clone(),
            hands,
            transport: Arc::new(Nowhere),
            project_id,
            endpoints: Arc::new(Endpoints::of(None, None, NoEnvironment)),
        }
    }

    fn context(&self) -> CallContext<'_> {
        let (time, transport) = (&self.time, &self.transport);
        let (project_id, endpoints) = (self.project_id, &self.endpoints);
        CallContext {
            service: &SERVICE,
            region: None,
            project_id,
            time,
            transport,
            given_project_id: project_id,
            endpoints,
        }
    }

    fn wait(&self, seconds: u64) {
        let mut hands = self.hands.0.lock().unwrap();
        hands.0 += Duration::from_secs(seconds);
        hands.1 += Duration::from_secs(seconds);
    }

    fn authenticate(&self, key: &AccessKey, headers: &[(&str, &str)]) -> Result<Parts, String> {
        let (mut request, body) = (parts("GET", URL, headers), Bytes::new());
        let ready = key.authenticate(&mut request, &body, self.context());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(ready).map_err(|error| error.to_string())?;
        Ok(request)
    }

    fn refuse(&self, key: &AccessKey, code: &str, message: &str, date: Option<&str>) -> bool {
        let mut headers = http::HeaderMap::new();
        if let Some(date) = date {
            headers.insert("date", date.parse().unwrap());
        }
        let (code, message) = (Some(code), Some(message));
        let rejection = Rejection { status: http::StatusCode::UNAUTHORIZED, headers: &headers, code, message };
        key.rejected(rejection, self.context())
    }

    fn date(&self, key: &AccessKey) -> String {
        header(&self.authenticate(key, &[]).unwrap(), "x-sdk-date").to_owned()
    }
}

fn key() -> AccessKey {
    AccessKey::new("AK-hunter2", "SK-hunter2")
}

fn signed(parts: &Parts) -> &str {
    let rest = header(parts, "authorization").split_once("SignedHeaders=").unwrap().1;
    rest.split_once(',').unwrap().0
}

#[test]
fn adds_who_is_calling() {
    let world = World::new(Some("of-client"));
    let sent = world.authenticate(&key(), &[("x-language", "en-us")]).unwrap();
    assert_eq!(header(&sent, "x-project-id"), "of-client");
    assert_eq!(header(&sent, "x-sdk-date"), "20240229T235959Z");
    assert_eq!(header(&sent, "host"), "sms.example.com");
    assert_eq!(signed(&sent), "host;x-language;x-project-id;x-sdk-date");
    assert!(sent.headers["authorization"].is_sensitive());

    let own = key().project_id("own").domain_id("account").security_token("tok-hunter2");
    let sent = world.authenticate(&own, &[]).unwrap();
    assert_eq!(header(&sent, "x-project-id"), "own");
    assert_eq!(signed(&sent), "host;x-project-id;x-sdk-date;x-security-token");
    assert!(sent.headers["x-security-token"].is_sensitive());
    assert!(!format!("{own:?} {sent:?}").contains("hunter2") || header(&sent, "authorization").contains("hunter2"));
    assert!(!format!("{own:?}").contains("hunter2"));
    assert!(!format!("{:?}", sent.headers).contains("hunter2"));

    let global = World::new(None).authenticate(&key().domain_id("account"), &[]).unwrap();
    assert_eq!(signed(&global), "host;x-domain-id;x-sdk-date");
    assert_eq!(signed(&World::new(None).authenticate(&key(), &[]).unwrap()), "host;x-sdk-date");

    let derived = world.authenticate(&key().derived("eu-de", "sms"), &[]).unwrap();
    let start = "V11-HMAC-SHA256 Credential=AK-hunter2/20240229/eu-de/sms, SignedHeaders=host;";
    assert!(header(&derived, "authorization").starts_with(start));
}

#[test]
fn keeps_what_the_caller_set() {
    let given = [
        ("host", "gateway.example"),
        ("x-sdk-date", "20190318T094751Z"),
        ("x-project-id", "callers"),
        ("x-sdk-content-sha256", "ab"),
    ];
    let sent = World::new(Some("of-client")).authenticate(&key(), &given).unwrap();
    for (name, value) in given {
        assert_eq!(header(&sent, name), value);
    }
    let sent = World::new(Some("of-client")).authenticate(&key(), &[("x-domain-id", "callers")]).unwrap();
    assert_eq!(signed(&sent), "host;x-domain-id;x-sdk-date");
    let sent = World::new(Some("of-client")).authenticate(&key(), &[("authorization", "Bearer x")]).unwrap();
    assert_eq!((header(&sent, "authorization"), sent.headers.len()), ("Bearer x", 1));
}

#[test]
fn says_which_value_no_header_can_hold() {
    let world = World::new(None);
    let cases = [
        (key().project_id("a\nhunter2"), "the project id is empty, or has"),
        (key().domain_id(""), "the domain id is empty, or has"),
        (key().security_token("hunter2\r\n"), "the security token is empty, or has"),
        (AccessKey::new("hunter2\n", "b"), "the access key must be"),
    ];
    for (key, expected) in cases {
        let error = world.authenticate(&key, &[]).unwrap_err();
        assert!(error.contains(expected) && !error.contains("hunter2"), "{error}");
    }
}

const EXPIRED: &str = "Incorrect IAM authentication information: calc aksk signature fail:signature expired, \
    signature time:20240229T235959Z,server time:20240301T010000Z";
/// An hour and one second after the leap day's last.
const LATER: Option<&str> = Some("Fri, 01 Mar 2024 01:00:00 GMT");

#[test]
fn a_wrong_clock_is_corrected_once() {
    for code in ["APIGW.0301", "APIG.0301", "APIGW.0303", "APIG.0303"] {
        let (world, key) = (World::new(None), key());
        assert!(world.refuse(&key, code, EXPIRED, LATER));
        assert_eq!(world.date(&key), "20240301T010000Z");
        assert_eq!(world.date(&key.clone()), "20240301T010000Z");
        let next = AccessKey::new("next", "key").clock_of(&key);
        assert_eq!(world.date(&next), "20240301T010000Z");

        // The answer to a call that left before: the next attempt differs. Much later: it does not.
        world.wait(60);
        assert!(world.refuse(&key, code, EXPIRED, Some("Fri, 01 Mar 2024 01:01:00 GMT")));
        world.wait(120);
        assert!(!world.refuse(&key, code, EXPIRED, Some("Fri, 01 Mar 2024 01:03:00 GMT")));
        assert_eq!(world.date(&key), "20240301T010300Z");

        // The machine's clock was set right meanwhile.
        world.hands.0.lock().unwrap().0 += Duration::from_secs(3601);
        assert!(world.refuse(&key, code, EXPIRED, Some("Fri, 01 Mar 2024 01:03:00 GMT")));
        assert_eq!(world.date(&key), "20240301T010300Z");
    }
}

#[test]
fn a_clock_ahead_is_corrected_too() {
    let (world, key) = (World::new(None), key());
    assert!(world.refuse(&key, "APIGW.0301", EXPIRED, Some("Thursday, 29-Feb-24 12:00:00 GMT")));
    world.wait(1);
    assert_eq!(world.date(&key), "20240229T120001Z");
}

#[test]
fn other_refusals_change_nothing() {
    let (world, key) = (World::new(None), key());
    let wrong = "Incorrect IAM authentication information: verify aksk signature fail, x-sdk-date:20240229T235959Z";
    let cases = [
        ("APIGW.0301", wrong, LATER),
        ("APIGW.0308", EXPIRED, LATER),
        ("IAM.0066", "The token has expired.", LATER),
        ("APIGW.0301", EXPIRED, None),
        ("APIGW.0301", EXPIRED, Some("today")),
        // The clock is right: it is something else that expired, such as a security token.
        ("APIGW.0301", EXPIRED, Some("Fri, 01 Mar 2024 00:00:30 GMT")),
        ("APIGW.0301", EXPIRED, Some("Fri, 31 Dec 9999 00:00:00 GMT")),
    ];
    for (code, message, date) in cases {
        assert!(!world.refuse(&key, code, message, date), "{code}: {message}, {date:?}");
    }
    assert_eq!(world.date(&key), "20240229T235959Z");
}
