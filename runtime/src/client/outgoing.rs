//! A request without its type, so that sending is compiled once.

use crate::check::Checker;
use crate::json::Json;
use crate::object;
use crate::request::{Extra, Extras, Request};
use crate::service::{Auth, ServiceInfo};
use crate::target::Target;
use serde_core::Serialize;
use std::collections::BTreeMap;

/// What is fixed about a call.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    pub(super) service: &'static ServiceInfo,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) auth: Auth,
    /// Whether sending it twice does no more than sending it once.
    pub(super) idempotent: bool,
}

/// A request to be sent.
pub(super) trait Outgoing: Sync {
    fn call(&self) -> Call<'_>;

    fn check(&self, c: &mut Checker<'_>);

    fn target(&self, target: &mut Target);

    fn extra(&self) -> &Extra;

    /// The JSON body, if there is one.
    fn body(&self) -> Result<Option<Vec<u8>>, serde_json::Error>;

    /// Shows each secret of the documented body.
    fn body_secrets(&self, visit: &mut dyn FnMut(&str));

    /// Shows each secret of the request, and each text that its caller added: nobody said which of those are secrets.
    fn secrets(&self, visit: &mut dyn FnMut(&str)) {
        let mut target = Target::default();
        self.target(&mut target);
        target.secrets(visit);
        self.body_secrets(visit);
        self.extra().added_body().into_iter().flatten().for_each(|(_, value)| texts(value, visit));
    }
}

/// Shows each text of free JSON.
pub(super) fn texts(json: &Json, visit: &mut dyn FnMut(&str)) {
    match json {
        Json::String(text) => visit(text),
        Json::Array(items) => items.iter().for_each(|item| texts(item, visit)),
        Json::Object(fields) => fields.values().for_each(|value| texts(value, visit)),
        _ => {}
    }
}

impl<R: Request> Outgoing for R {
    fn call(&self) -> Call<'_> {
        let info = R::INFO;
        Call {
            name: info.name,
            service: info.service,
            method: info.method,
            path: info.path,
            auth: info.auth,
            idempotent: info.idempotent,
        }
    }

    fn check(&self, c: &mut Checker<'_>) {
        Request::check(self, c);
    }

    fn target(&self, target: &mut Target) {
        Request::target(self, target);
        target.extend_query(self.extra().added_query());
    }

    fn extra(&self) -> &Extra {
        Extras::extra(self)
    }

    fn body(&self) -> Result<Option<Vec<u8>>, serde_json::Error> {
        let documented = R::INFO.body.then(|| write(self)).transpose()?;
        match Extras::extra(self).added_body() {
            Some(extra) => merge(documented.as_deref(), extra).map(Some),
            None => Ok(documented),
        }
    }

    fn body_secrets(&self, visit: &mut dyn FnMut(&str)) {
        object::secrets(self, visit);
    }
}

/// Room for most bodies, in bytes, so that they are not moved while they grow; allocators are quick up to here.
const BODY: usize = 1024;

fn write(body: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = Vec::with_capacity(BODY);
    serde_json::to_writer(&mut text, body)?;
    Ok(text)
}

/// The documented body with the caller's fields added or replaced.
fn merge(documented: Option<&[u8]>, extra: &BTreeMap<String, Json>) -> Result<Vec<u8>, serde_json::Error> {
    let mut body = documented.map(serde_json::from_slice::<BTreeMap<String, Json>>).transpose()?.unwrap_or_default();
    body.extend(extra.iter().map(|(name, value)| (name.clone(), value.clone())));
    serde_json::to_vec(&body)
}
