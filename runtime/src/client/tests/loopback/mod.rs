//! Faults over real connections on loopback, through the transport of feature `reqwest`. `README.md` tells users what
//! happens; [`table`] holds it to the truth, the rest looks closer.

mod answers;
mod connections;
mod credentials;
mod faults;
mod headers;
mod refusals;
mod server;
mod table;

use self::server::{Does, Server, says, writes};
use super::nobody::Nobody;
use super::*;
use std::sync::LazyLock;
use std::time::Duration;

/// All that the client does, shared by all tests: making one is slow where TLS is compiled in.
static REQWEST: LazyLock<(tokio::runtime::Runtime, ::reqwest::Client)> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // Like the default transport, but for proxies: those of the machine that runs the tests stay out of them.
    let client = ::reqwest::Client::builder().redirect(::reqwest::redirect::Policy::none()).no_proxy();
    (runtime, client.build().unwrap())
});

fn good() -> Does {
    says("200 OK", r#"{"id":"a"}"#)
}

/// A client of a server, which hardly waits between attempts.
fn client_of(url: &str) -> ClientBuilder<Client> {
    Client::builder()
        .base_url(url)
        .project_id("p")
        .credentials(Token::new("t"))
        .transport(ReqwestTransport::from(REQWEST.1.clone()))
        .retry(RetryPolicy::default().base(Duration::from_millis(1)))
        .body_limit(200_000)
}

macro_rules! probe {
    ($name:ident, $idempotent:literal) => {
        #[derive(Default)]
        struct $name {
            extra: Extra,
        }
        crate::extras!($name);

        impl Request for $name {
            type Output = Task;
            const INFO: OperationInfo = OperationInfo {
                name: "Probe",
                service: &SERVICE,
                method: "POST",
                path: "/x",
                body: true,
                idempotent: $idempotent,
                auth: Auth::Required,
                pages: &[],
            };
            fn target(&self, _: &mut Target) {}
            fn check(&self, _: &mut Checker<'_>) {}
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Object::new(serializer)?.end()
            }
        }
    };
}
probe!(Probe, false);
probe!(IdempotentProbe, true);

/// Makes one call, which must end.
fn run(client: &Client, idempotent: bool) -> Result<Response<Task>, Error> {
    let (once, twice) = (Probe::default(), IdempotentProbe::default());
    let sending = if idempotent { client.send(&twice) } else { client.send(&once) };
    let limited = async { tokio::time::timeout(Duration::from_secs(30), sending).await };
    REQWEST.0.block_on(limited).expect("the call ends")
}

/// The same by a client with nothing special, on a server with this script.
fn ask(script: impl Into<Vec<Does>>) -> (Result<Response<Task>, Error>, Server) {
    let server = Server::new(script);
    let result = run(&client_of(&server.url()).build().unwrap(), true);
    (result, server)
}

/// Sleeps of up to a minute are noted and skipped; longer ones are deadlines.
#[derive(Default)]
struct Hasty {
    clock: TokioTime,
    waits: Mutex<Vec<Duration>>,
}

impl Time for Hasty {
    fn now(&self) -> std::time::SystemTime {
        self.clock.now()
    }

    fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration > Duration::from_secs(60) {
            return self.clock.sleep(duration);
        }
        self.waits.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}
