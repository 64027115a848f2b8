//! Providers and their cache over a transport that answers from a table, with a clock that tests turn.

mod cached;
mod chain;
mod client;
#[cfg(feature = "clouds-yaml")]
mod clouds;
mod hidden;
mod metadata;
mod password;
mod profile;
mod project;
#[cfg(feature = "aksk")]
mod signed;
mod variables;

use super::*;
use crate::client::environment::fake::FakeEnvironment;
use crate::client::{BodyStream, FullBody, TransportError, TransportErrorKind};
use crate::service::{CloudInfo, Endpoint};
use bytes::Bytes;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

static SERVICE: ServiceInfo = ServiceInfo {
    id: "dcs",
    title: "Distributed Cache Service",
    endpoints: &[
        Endpoint { cloud: "open-telekom-cloud", region: "eu-de", url: "https://dcs.eu-de.example" },
        Endpoint { cloud: "huawei-cloud", region: "cn-north-4", url: "https://dcs.cn-north-4.example" },
        Endpoint { cloud: "open-telekom-cloud", region: "both", url: "https://dcs.both.example" },
        Endpoint { cloud: "huawei-cloud", region: "both", url: "https://dcs.both.huawei.example" },
        Endpoint { cloud: "private", region: "cellar", url: "https://dcs.cellar.example" },
    ],
    clouds: &[
        CloudInfo {
            id: "huawei-cloud",
            identity: Some("https://iam.{region}.myhuaweicloud.com"),
            identity_regions: &[("eu-west-101", "https://iam.myhuaweicloud.eu")],
        },
        CloudInfo {
            id: "open-telekom-cloud",
            identity: Some("https://iam.{region}.otc.t-systems.com"),
            identity_regions: &[],
        },
    ],
};

/// Begins at some second of 2025 and goes on when it is told.
#[derive(Default)]
struct Clock(Mutex<Duration>);

const START: Duration = Duration::from_secs(1_750_000_000);

impl Clock {
    fn advance(&self, seconds: u64) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds);
    }
}

impl Time for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + START + self.elapsed()
    }

    fn elapsed(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    /// Waiting takes as long as it takes for the clock to be turned; nobody is woken.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // Between tries.
        if duration < Duration::from_secs(3) {
            *self.0.lock().unwrap() += duration;
            return Box::pin(std::future::ready(()));
        }
        // Tests that need time to run out say so.
        if duration == Duration::from_secs(3) && *self.0.lock().unwrap() == OUT_OF_TIME {
            return Box::pin(std::future::ready(()));
        }
        Box::pin(std::future::pending())
    }
}

const OUT_OF_TIME: Duration = Duration::from_secs(77);

/// Status, headers, body; status 0 refuses the connection, 1 never answers.
type Reply = (u16, Vec<(&'static str, String)>, String);

type Script = Box<dyn Fn(usize, &http::Request<Bytes>) -> Reply + Send + Sync>;

struct Fake {
    script: Script,
    sent: Mutex<Vec<http::Request<Bytes>>>,
    /// How many times an answer is polled before it is there.
    polls: usize,
}

impl Transport for Fake {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        Box::pin(async move {
            let reply = {
                let mut sent = self.sent.lock().unwrap();
                let reply = (self.script)(sent.len(), &request);
                sent.push(request);
                reply
            };
            pause(self.polls).await;
            let (status, headers, body) = reply;
            if status == 0 {
                return Err(TransportError::new(TransportErrorKind::Connect, "refused"));
            }
            if status == 1 {
                std::future::pending::<()>().await;
            }
            let mut answer = http::Response::builder().status(status);
            for (name, value) in headers {
                answer = answer.header(name, value);
            }
            Ok(answer.body(Box::new(FullBody::new(body)) as Box<dyn BodyStream>).unwrap())
        })
    }
}

/// Is ready after so many polls, and wakes whoever polls.
async fn pause(polls: usize) {
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// All that a provider may meet.
struct World {
    clock: Arc<Clock>,
    fake: Arc<Fake>,
    time: Arc<dyn Time>,
    transport: Arc<dyn Transport>,
    region: Option<&'static str>,
    project_id: Option<&'static str>,
    endpoints: Arc<Endpoints>,
}

fn endpoints(region: Option<&str>) -> Arc<Endpoints> {
    Arc::new(Endpoints::of(region, None, FakeEnvironment::default()))
}

fn world(script: impl Fn(usize, &http::Request<Bytes>) -> Reply + Send + Sync + 'static) -> World {
    slow_world(0, script)
}

fn slow_world(polls: usize, script: impl Fn(usize, &http::Request<Bytes>) -> Reply + Send + Sync + 'static) -> World {
    let clock = Arc::new(Clock::default());
    let fake = Arc::new(Fake { script: Box::new(script), sent: Mutex::default(), polls });
    let time: Arc<dyn Time> = Arc::<Clock>::clone(&clock);
    let transport: Arc<dyn Transport> = Arc::<Fake>::clone(&fake);
    World { time, transport, clock, fake, region: Some("eu-de"), project_id: None, endpoints: endpoints(Some("eu-de")) }
}

fn silent_world() -> World {
    world(|_, request| panic!("nothing should be sent, but {} is", request.uri()))
}

impl World {
    fn in_region(mut self, region: Option<&'static str>) -> Self {
        self.move_to(region);
        self
    }

    fn move_to(&mut self, region: Option<&'static str>) {
        (self.region, self.endpoints) = (region, endpoints(region));
    }

    fn context(&self) -> CallContext<'_> {
        CallContext {
            service: &SERVICE,
            region: self.region,
            project_id: self.project_id,
            time: &self.time,
            transport: &self.transport,
            given_project_id: self.project_id,
            endpoints: &self.endpoints,
        }
    }

    fn fetch(&self, provider: &dyn Provider) -> Result<Identity, CredentialsError> {
        wait(provider.fetch(&ProviderContext::new(self.context())))
    }

    fn error(&self, provider: &dyn Provider) -> String {
        text(&self.fetch(provider).unwrap_err())
    }

    fn sent(&self) -> usize {
        self.fake.sent.lock().unwrap().len()
    }

    fn take(&self) -> http::Request<Bytes> {
        self.fake.sent.lock().unwrap().remove(0)
    }
}

/// What an error says, without the words that all of them begin with.
fn text(error: &CredentialsError) -> String {
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    error.to_string().replace("request: not sent, not authenticated: ", "")
}

fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    std::pin::Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// An IAM answer with a token that lives for so many seconds.
fn token(token: &str, seconds: u64) -> Reply {
    let time = |after: u64| {
        let seconds = 12 * 3_600 + after;
        let (day, hour, minute, second) = (1 + seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
        format!("2001-02-{day:02}T{hour:02}:{minute:02}:{second:02}.000000Z")
    };
    let body = format!(
        r#"{{"token":{{"expires_at":"{}","issued_at":"{}","project":{{"id":"p1","name":"eu-de"}}}}}}"#,
        time(seconds),
        time(0)
    );
    (201, vec![("X-Subject-Token", token.to_owned())], body)
}

/// Names and values: of variables, or of files and their text.
type Pairs<'a> = &'a [(&'a str, &'a str)];

/// Keys as text: access key, secret key, security token, project, domain.
fn keys(identity: &Identity) -> String {
    assert!(!format!("{identity:?}").contains("hunter2"));
    let Identity::Keys(keys) = identity else { panic!("{identity:?}") };
    let token = keys.security_token.as_ref().map_or("-", |token| token.expose());
    let (project, domain) = (keys.project_id.as_deref().unwrap_or("-"), keys.domain_id.as_deref().unwrap_or("-"));
    format!("{} {} {token} {project} {domain}", keys.access_key, keys.secret_key.expose())
}

struct Fixed(Identity);

impl Provider for Fixed {
    fn fetch<'a>(&'a self, _: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}
