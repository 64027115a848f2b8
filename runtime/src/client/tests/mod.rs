//! Calls over a transport that answers from a table.

mod answers;
mod attempts;
mod bodies;
mod calls;
mod flow;
#[cfg(feature = "reqwest")]
mod headers;
mod hidden;
#[cfg(feature = "reqwest")]
mod loopback;
#[cfg(any(feature = "reqwest", feature = "tower"))]
pub(in crate::client) mod nobody;
#[cfg(any(feature = "reqwest", feature = "tower"))]
pub(in crate::client) mod origin;
mod pages;
mod queue;
mod reauthentication;
mod refusals;
mod script;
mod traces;
pub(in crate::client) mod virtual_time;
mod waits;

use super::*;
use crate::check::{Checker, Supplied};
use crate::object::Object;
use crate::read::{Answer, Field};
use crate::request::{self, Extra};
use crate::secret::Secret;
use crate::service::{Auth, CloudInfo, Endpoint, OperationInfo};
use crate::source::{Page, Source};
use crate::target::Target;
use crate::{Json, LossReason};
use ::bytes::Bytes;
use serde_core::{Serialize, Serializer};
use std::sync::Mutex;

static PAGE: Page = Page { id: "p", cloud: "otc", title: "t", url: "https://docs.example/t", updated: "2025-01-01" };
const TABLE: Source = Source::table(&PAGE);

static SERVICE: ServiceInfo = ServiceInfo {
    id: "dcs",
    title: "Distributed Cache Service",
    endpoints: &[Endpoint { cloud: "otc", region: "eu-de", url: "https://dcs.eu-de.example/base" }],
    clouds: &[CloudInfo { id: "otc", identity: Some("https://iam.{region}.example/v3"), identity_regions: &[] }],
};

#[derive(Clone, Debug, PartialEq)]
struct SetTask {
    task_id: String,
    name: Option<String>,
    password: Option<Secret>,
    language: Option<String>,
    extra: Extra,
}

impl SetTask {
    fn new(task_id: &str) -> Self {
        Self {
            task_id: task_id.to_owned(),
            name: None,
            password: Some("hunter2".into()),
            language: None,
            extra: Extra::default(),
        }
    }
}

impl Request for SetTask {
    type Output = Task;
    const INFO: OperationInfo = OperationInfo {
        name: "SetTask",
        service: &SERVICE,
        method: "POST",
        path: "/v2/{project_id}/task/{task_id}",
        body: true,
        idempotent: false,
        auth: Auth::Required,
        pages: &[],
    };

    fn target(&self, target: &mut Target) {
        target.path("task_id", &self.task_id);
        target.query("limit", &Some(5));
        target.header("X-Language", &self.language);
    }

    fn check(&self, c: &mut Checker<'_>) {
        let project_id = c.supplied(Supplied::ProjectId);
        c.length("path.project_id", &project_id, 1, 4, &TABLE);
        c.length("path.task_id", &self.task_id, 1, 5, &TABLE);
        c.length("body.name", &self.name, 1, 3, &TABLE.only(&["otc"]));
        c.length("body.password", &self.password, 1, 9, &TABLE.warning());
    }
}
crate::extras!(SetTask);

impl Serialize for SetTask {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.optional("name", &self.name)?;
        object.optional("password", &self.password)?;
        object.end()
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Task {
    id: Option<String>,
    count: Option<i64>,
    password: Option<Secret>,
}

impl Answer for Task {
    fn field<'de, A: serde_core::de::MapAccess<'de>>(
        &mut self,
        name: &str,
        value: Field<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        match name {
            "id" => value.read(&mut self.id),
            "count" => value.read(&mut self.count),
            "password" => value.read(&mut self.password),
            _ => value.skip(),
        }
    }
}
crate::answer!(Task);

/// Answers every request the same, in pieces, and keeps what it was sent.
#[derive(Default)]
struct Fake {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    pieces: Vec<Result<&'static [u8], &'static str>>,
    sent: Mutex<Vec<http::Request<Bytes>>>,
}

struct Pieces(std::vec::IntoIter<Result<&'static [u8], &'static str>>);

impl BodyStream for Pieces {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        let next = self.0.next().transpose();
        Box::pin(async move {
            next.map(|piece| piece.map(Bytes::from_static))
                .map_err(|why| TransportError::new(TransportErrorKind::Answer, why))
        })
    }
}

impl Transport for Fake {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        Box::pin(async move {
            self.sent.lock().unwrap().push(request);
            if self.status == 0 {
                return Err(TransportError::new(TransportErrorKind::Connect, "refused"));
            }
            let mut answer = http::Response::builder().status(self.status);
            for (name, value) in &self.headers {
                answer = answer.header(*name, *value);
            }
            let body: Box<dyn BodyStream> = Box::new(Pieces(self.pieces.clone().into_iter()));
            Ok(answer.body(body).unwrap())
        })
    }
}

fn fake(status: u16, body: &'static str) -> Arc<Fake> {
    Arc::new(Fake { status, pieces: vec![Ok(body.as_bytes())], ..Fake::default() })
}

fn builder(fake: &Arc<Fake>) -> ClientBuilder<Client> {
    Client::builder()
        .region("eu-de")
        .project_id("p 1")
        .credentials(Token::new("tok-hunter2"))
        .transport(Arc::clone(fake))
        .retry(RetryPolicy::none())
}

fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn call(client: &Client, request: &SetTask) -> Result<Response<Task>, Error> {
    wait(client.send(request))
}

fn sent(fake: &Fake) -> http::Request<Bytes> {
    let mut sent = fake.sent.lock().unwrap();
    assert_eq!(sent.len(), 1);
    sent.remove(0)
}
