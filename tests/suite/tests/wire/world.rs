//! A server and a client on one machine, in one thread.

use std::time::Duration;

use huaweicloud_migration::dcs::{
    MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask, SetOnlineMigrationTaskRequired,
};
use huaweicloud_migration::runtime::client::{ClientBuilder, ReqwestTransport, RetryPolicy, Sending};
use huaweicloud_migration::{Client, Error, Operation, Response, Token};
use migration_tests::loopback::{Answer, Received, Server};
use tokio::runtime::Runtime;

pub(crate) const PROJECT: &str = "6d4b52d3d9404a6c95a5ba3f15d2ec2a";
pub(crate) const TOKEN: &str = "MIIE-a.token+of/the=identity_service";

/// What the client uses by itself, but for proxies: those of the machine that runs the tests stay out of them.
pub(crate) fn transport() -> ReqwestTransport {
    let reqwest = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    ReqwestTransport::from(reqwest.build().unwrap())
}

/// For one thread, which is listened to.
pub(crate) fn runtime() -> Runtime {
    crate::log::listen();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

pub(crate) struct World {
    server: Server,
    runtime: Runtime,
}

impl World {
    /// A server that answers every request so.
    pub(crate) fn answering(answer: Answer) -> Self {
        Self::new(move |_| answer.clone())
    }

    pub(crate) fn new(answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        let runtime = runtime();
        let server = runtime.block_on(Server::start(answer)).unwrap();
        Self { server, runtime }
    }

    /// A client of the server, with all that calls need.
    pub(crate) fn builder(&self) -> ClientBuilder<Client> {
        Client::builder()
            .base_url(self.server.url())
            .project_id(PROJECT)
            .credentials(Token::new(TOKEN))
            .transport(transport())
            .retry(RetryPolicy::none())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn wait<T>(&self, sending: Sending<'_, T>) -> Result<Response<T>, Error> {
        let limited = async { tokio::time::timeout(Duration::from_secs(30), sending).await };
        self.runtime.block_on(limited).expect("the call ends")
    }

    pub(crate) fn send<O: Operation>(&self, client: &Client, request: &O) -> Result<Response<O::Output>, Error> {
        self.wait(client.send(request))
    }

    /// The one request that was sent since the last time.
    pub(crate) fn received(&self) -> Received {
        let mut all = self.server.take();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    /// Not even a connection was made.
    pub(crate) fn is_untouched(&self) -> bool {
        self.server.connections() == 0 && self.server.take().is_empty()
    }
}

/// A request without a fault.
pub(crate) fn set_online() -> SetOnlineMigrationTask {
    SetOnlineMigrationTask::new(
        "t",
        SetOnlineMigrationTaskRequired {
            migration_method: MigrationMethod::IncrementalMigration,
            resume_mode: ResumeMode::Auto,
            source_instance: MigrationInstance::new().addrs("192.0.2.1:6379"),
            target_instance: MigrationInstance::new().id("i"),
        },
    )
}
