//! What services say that repeat all they know: over a transport without a network, and on loopback.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use huaweicloud_migration::runtime::client::bytes::Bytes;
use huaweicloud_migration::runtime::client::http::{Request, Response};
use huaweicloud_migration::runtime::client::{
    AccessKey, BodyStream, BoxFuture, Cached, Client, ClientBuilder, FullBody, Password, RetryPolicy, SystemTimer,
    Time, Token, Transport, TransportError, TransportErrorKind,
};
use serde_json::{Value, json};

use crate::sentinel::{ANSWERED, token};

/// Who calls, and their secrets by place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Who {
    Token,
    AccessKey,
    Password,
    /// Somebody else's credentials, set on the builder.
    Other,
}

impl Who {
    pub(crate) const ALL: [Self; 3] = [Self::Token, Self::AccessKey, Self::Password];

    pub(crate) fn secrets(self) -> &'static [&'static str] {
        match self {
            Self::Token => &["token"],
            Self::AccessKey => &["secret key", "security token"],
            Self::Password => &["password", "token of the password"],
            Self::Other => &[],
        }
    }

    /// What the service may know of them, and so repeat: all but the password, which only the identity service sees.
    fn known(self) -> impl Iterator<Item = String> {
        self.secrets().iter().filter(|place| **place != "password").map(|place| token(place))
    }

    pub(crate) fn calls(self, builder: ClientBuilder) -> ClientBuilder {
        match self {
            Self::Token => builder.credentials(Token::new(token("token"))),
            Self::AccessKey => {
                let key = AccessKey::new("the-access-key", token("secret key"));
                builder.credentials(key.security_token(token("security token")))
            }
            Self::Password => {
                let password = Password::new("user", token("password"), "domain").iam_endpoint(IAM);
                builder.credentials(Cached::new(password))
            }
            Self::Other => builder,
        }
    }
}

const IAM: &str = "https://iam.example";

/// What comes back.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    Success(String),
    /// JSON in several shapes.
    Json(u16),
    Nested(u16),
    List(u16),
    Text(u16),
    Html(u16),
    Fails(TransportErrorKind),
    BreaksOff(u16),
    /// The identity service refuses.
    NoToken(u16),
    /// The identity service is not reached.
    NoIdentity,
}

impl Way {
    pub(crate) fn refusals() -> Vec<Self> {
        let shapes = [Self::Nested, Self::List, Self::Text, Self::Html, Self::BreaksOff].map(|way| way(500));
        [400, 401, 403, 429, 500, 503].map(Self::Json).into_iter().chain(shapes).collect()
    }

    pub(crate) fn failures() -> Vec<Self> {
        use TransportErrorKind::{Answer, Connect, Other, Request, Timeout};
        let mut ways: Vec<_> = [Answer, Connect, Other, Request, Timeout].map(Self::Fails).to_vec();
        ways.push(Self::BreaksOff(200));
        ways
    }

    /// Where the identity service is asked at all.
    pub(crate) fn without_identity() -> Vec<Self> {
        vec![Self::NoToken(401), Self::NoToken(500), Self::NoIdentity]
    }

    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Success(_) | Self::Fails(_) | Self::NoToken(_) | Self::NoIdentity => 200,
            Self::Json(status)
            | Self::Nested(status)
            | Self::List(status)
            | Self::Text(status)
            | Self::Html(status)
            | Self::BreaksOff(status) => *status,
        }
    }

    /// The body, from all that is repeated.
    pub(crate) fn body(&self, known: &[String]) -> String {
        let all = known.join(", ");
        let error = || {
            json!({
                "error_code": format!("X.{}", known[0]), "error_msg": format!("no: {all}"), "request_id": known.last(),
                "error_param": known, "encoded_authorization_message": all, ANSWERED: {"x": all},
                "details": [{"error_code": known.last(), "error_msg": known[0]}, {"error_msg": known.last()}],
            })
        };
        match self {
            Self::Success(body) => body.clone(),
            Self::Json(_) => error().to_string(),
            Self::Nested(_) => json!({"error": {"code": known.last(), "message": all, "details": known}}).to_string(),
            Self::List(_) => {
                json!([{"code": known[0], "message": all}, {"code": known.last(), "message": all}]).to_string()
            }
            Self::Text(_) | Self::NoToken(_) => all,
            Self::Html(_) => format!("<html>{all}"),
            Self::Fails(_) | Self::NoIdentity | Self::BreaksOff(_) => String::new(),
        }
    }
}

/// All that a service knows of a request: each value as it was sent and as it was meant, and the whole of it.
pub(crate) fn known(target: &str, headers: &[(String, String)], body: &str) -> Vec<String> {
    let mut known = vec![target.to_owned(), body.to_owned()];
    let steps = target.split(['/', '?', '&', '=']).map(decoded);
    known.extend(steps);
    known.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
    known.extend(headers.iter().map(|(_, value)| value.clone()));
    texts(&serde_json::from_str(body).unwrap_or_default(), &mut known);
    let mut seen = BTreeSet::new();
    known.retain(|text| !text.is_empty() && seen.insert(text.clone()));
    known
}

fn texts(json: &Value, into: &mut Vec<String>) {
    match json {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, into)),
        _ => {}
    }
}

fn decoded(step: &str) -> String {
    let mut pieces = step.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

/// A transport that answers in one way, and keeps what it knew.
pub(crate) struct Echo {
    who: Who,
    way: Mutex<Way>,
    pub(crate) known: Mutex<Vec<String>>,
}

impl Echo {
    pub(crate) fn new(who: Who) -> Arc<Self> {
        Arc::new(Self { who, way: Mutex::new(Way::Success(String::new())), known: Mutex::default() })
    }

    pub(crate) fn answer(&self, way: &Way) {
        *self.way.lock().unwrap() = way.clone();
        self.known.lock().unwrap().clear();
    }

    pub(crate) fn builder(self: &Arc<Self>) -> ClientBuilder {
        let builder = Client::builder()
            .base_url("https://service.example")
            .project_id("p")
            .transport(Arc::clone(self))
            .retry(RetryPolicy::none())
            .time(Hurry::default());
        self.who.calls(builder)
    }
}

impl Transport for Echo {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Box<dyn BodyStream>>, TransportError>> {
        let (head, body) = request.into_parts();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let headers: Vec<_> =
            head.headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect();
        // Who traces requests does not see what is marked as sensitive.
        tracing::trace!(headers = ?head.headers, "sent");
        let mut known = known(&head.uri.path_and_query().unwrap().to_string(), &headers, &text(&body));
        let is_iam = head.uri.host() == Some("iam.example");
        if !is_iam {
            known.extend(self.who.known());
            *self.known.lock().unwrap() = known.clone();
        }
        Box::pin(std::future::ready(self.answer_to(is_iam, &known)))
    }
}

impl Echo {
    fn answer_to(&self, is_iam: bool, known: &[String]) -> Result<Response<Box<dyn BodyStream>>, TransportError> {
        let way = self.way.lock().unwrap().clone();
        let fails = |kind| Err(TransportError::new(kind, Telling(known.to_vec())));
        let answer = Response::builder().header("set-cookie", ANSWERED).header("x-other", ANSWERED);
        let full = |body: String| -> Box<dyn BodyStream> { Box::new(FullBody::new(body)) };
        if is_iam {
            return match way {
                Way::NoToken(status) => Ok(answer.status(status).body(full(way.body(known))).unwrap()),
                Way::NoIdentity => fails(TransportErrorKind::Other),
                _ => {
                    let token = token("token of the password");
                    Ok(answer.status(201).header("x-subject-token", token).body(full("{}".to_owned())).unwrap())
                }
            };
        }
        if let Way::Fails(kind) = way {
            return fails(kind);
        }
        let id = if way.status() < 300 { "rid".to_owned() } else { self.who.known().collect() };
        let answer = answer.status(way.status()).header("x-request-id", id);
        let breaks_off = matches!(way, Way::BreaksOff(_))
            .then(|| TransportError::new(TransportErrorKind::Answer, Telling(known.to_vec())));
        let body = match breaks_off {
            Some(error) => Box::new(Broken(Some(error))),
            None => full(way.body(known)),
        };
        Ok(answer.body(body).unwrap())
    }
}

/// Nobody waits before the identity service is asked again. Whatever is limited in time is ready at once here.
#[derive(Default)]
struct Hurry(SystemTimer);

impl Time for Hurry {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

struct Broken(Option<TransportError>);

impl BodyStream for Broken {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(std::future::ready(self.0.take().map_or(Ok(None), Err)))
    }
}

/// The error of a library that tells all it was given, in itself and below.
#[derive(Debug)]
struct Telling(Vec<String>);

impl std::fmt::Display for Telling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not carried: {}", self.0.join("; "))
    }
}

impl std::error::Error for Telling {}
