//! Calls that the documentation does not know.

use super::outgoing::{Call, Outgoing, texts};
use super::{Client, Sending};
use crate::check::Checker;
use crate::json::Json;
use crate::request::Extra;
use crate::secret::Secret;
use crate::service::{Auth, ServiceInfo};
use crate::target::{Param, Target};

/// A call being put together; see [`Client::raw`].
#[must_use = "a call is sent by `.send()`"]
pub struct RawCall<'a> {
    client: &'a Client,
    parts: Parts,
}

pub(super) struct Parts {
    name: String,
    service: &'static ServiceInfo,
    method: String,
    path: String,
    auth: Auth,
    idempotent: Option<bool>,
    values: Vec<Value>,
    body: Option<Json>,
    extra: Extra,
}

/// A value by name, and where it goes.
struct Value {
    place: Place,
    name: String,
    text: String,
    secret: bool,
}

enum Place {
    Path,
    Query,
    Header,
}

impl<'a> RawCall<'a> {
    pub(super) fn new(client: &'a Client, service: &'static ServiceInfo, method: String, path: String) -> Self {
        let name = format!("{} {method} {path}", service.id);
        let parts = Parts {
            name,
            service,
            method,
            path,
            auth: Auth::Required,
            idempotent: None,
            values: Vec::new(),
            body: None,
            extra: Extra::default(),
        };
        Self { client, parts }
    }

    fn add<P: Param + ?Sized>(mut self, place: fn() -> Place, name: impl Into<String>, value: &P) -> Self {
        let name = name.into();
        value.each(&mut |text| {
            self.parts.values.push(Value {
                place: place(),
                name: name.clone(),
                text: text.to_owned(),
                secret: P::SECRET,
            });
        });
        self
    }

    /// The value of `{name}` in the path; it is encoded.
    #[allow(clippy::needless_pass_by_value)] // literals read better without `&`
    pub fn path<P: Param>(self, name: impl Into<String>, value: P) -> Self {
        self.add(|| Place::Path, name, &value)
    }

    /// A query parameter; it is encoded.
    #[allow(clippy::needless_pass_by_value)] // literals read better without `&`
    pub fn query<P: Param>(self, name: impl Into<String>, value: P) -> Self {
        self.add(|| Place::Query, name, &value)
    }

    /// A header. Its value is not shown anywhere.
    #[allow(clippy::needless_pass_by_value)] // literals read better without `&`
    pub fn header<P: Param>(self, name: impl Into<String>, value: P) -> Self {
        self.add(|| Place::Header, name, &value)
    }

    /// The JSON body.
    pub fn json(mut self, body: impl Into<Json>) -> Self {
        self.parts.body = Some(body.into());
        self
    }

    /// Sends no credentials.
    pub fn without_credentials(mut self) -> Self {
        self.parts.auth = Auth::None;
        self
    }

    /// Whether sending it twice does no more than sending it once, so that it may be tried again when nobody knows
    /// whether the service has acted. Unless set, that is so for GET and HEAD.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.parts.idempotent = Some(idempotent);
        self
    }

    /// Sends the call, once the result is awaited.
    pub fn send(self) -> Sending<'a, Json> {
        Sending::raw(self.client, self.parts)
    }
}

impl Outgoing for Parts {
    fn call(&self) -> Call<'_> {
        Call {
            name: &self.name,
            service: self.service,
            method: &self.method,
            path: &self.path,
            auth: self.auth,
            idempotent: self.idempotent.unwrap_or(matches!(&*self.method, "GET" | "HEAD")),
        }
    }

    fn check(&self, _: &mut Checker<'_>) {}

    fn target(&self, target: &mut Target) {
        for Value { place, name, text, secret } in &self.values {
            match place {
                Place::Path if *secret => target.path(name.clone(), &Secret::from(text.as_str())),
                Place::Path => target.path(name.clone(), text),
                // Nobody said whether it is a secret. What stands in a path mostly names a thing.
                Place::Query => target.query(name.clone(), &Secret::from(text.as_str())),
                Place::Header => target.header(name.clone(), &Secret::from(text.as_str())),
            }
        }
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn body(&self) -> Result<Option<Vec<u8>>, serde_json::Error> {
        self.body.as_ref().map(serde_json::to_vec).transpose()
    }

    fn body_secrets(&self, visit: &mut dyn FnMut(&str)) {
        self.body.iter().for_each(|body| texts(body, visit));
    }
}
