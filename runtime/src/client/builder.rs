//! Making a client.

use super::budget::Budget;
use super::config_error::Problem;
use super::delivery::Delivery;
use super::endpoint::{Base, Endpoints};
use super::http_options::HttpOptions;
use super::identity::Projects;
use super::limit::Limiter;
use super::{
    Checks, Client, ConfigError, Credentials, Environment, Inner, ProcessEnvironment, RetryPolicy, SystemTimer, Time,
    Transport,
};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, RwLock};
use std::time::Duration;

/// What a client needs to know. `C` is the client that is built.
pub struct ClientBuilder<C = Client> {
    region: Option<String>,
    cloud: Option<String>,
    base_url: Option<String>,
    service_urls: Vec<(String, String)>,
    project_id: Option<String>,
    credentials: Option<Arc<dyn Credentials>>,
    environment: Option<Arc<dyn Environment>>,
    transport: Option<Arc<dyn Transport>>,
    checks: Checks,
    allow_http: bool,
    time: Option<Arc<dyn Time>>,
    retry: RetryPolicy,
    deadline: Duration,
    attempt_timeout: Option<Duration>,
    rate: Option<f64>,
    in_flight: Option<usize>,
    body_limit: usize,
    pub(super) http: HttpOptions,
    client: PhantomData<fn() -> C>,
}

impl<C> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self {
            region: None,
            cloud: None,
            base_url: None,
            service_urls: Vec::new(),
            project_id: None,
            credentials: None,
            environment: None,
            transport: None,
            checks: Checks::default(),
            allow_http: false,
            time: None,
            retry: RetryPolicy::default(),
            deadline: DEADLINE,
            attempt_timeout: None,
            rate: None,
            in_flight: None,
            body_limit: BODY_LIMIT,
            http: HttpOptions::default(),
            client: PhantomData,
        }
    }
}

impl<C> ClientBuilder<C> {
    /// An empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// The region, such as `eu-de`. When a service is first called, its endpoint is looked up in the environment variable
    /// `HUAWEICLOUD_SDK_REGION_<SERVICE>_<REGION>` (such as `HUAWEICLOUD_SDK_REGION_DCS_EU_DE`; several URLs with commas
    /// in between), in `~/.huaweicloud/regions.yaml` or the file that `HUAWEICLOUD_SDK_REGIONS_FILE` names (with feature
    /// `regions-yaml`), and in the service's own table. Of several URLs, the next is used when no connection is made.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The cloud, such as `open-telekom-cloud`. It decides which documented facts hold, and between regions of the
    /// same name. Without it, it is the cloud of the region if there is just one.
    #[must_use]
    pub fn cloud(mut self, cloud: impl Into<String>) -> Self {
        self.cloud = Some(cloud.into());
        self
    }

    /// One URL for all services, instead of the region's; its path is put before each operation's. Not for the identity
    /// service, which projects and tokens are asked of.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The URL of one service, such as `dcs`, before any other; `iam` is the identity service.
    #[must_use]
    pub fn service_url(mut self, service_id: impl Into<String>, url: impl Into<String>) -> Self {
        let (id, url) = (service_id.into(), url.into());
        self.service_urls.retain(|(known, _)| *known != id);
        self.service_urls.push((id, url));
        self
    }

    /// The project id, for the paths that name it. Without it, it is the one that the credentials are for; if they do not
    /// say, the one named like the region, which the identity service is asked for once.
    #[must_use]
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// Who is calling.
    #[must_use]
    pub fn credentials(mut self, credentials: impl Credentials + 'static) -> Self {
        self.credentials = Some(Arc::new(credentials));
        self
    }

    /// Where variables and files are read, instead of the process and its machine: overrides of endpoints. Credentials
    /// have an environment of their own. [`NoEnvironment`](super::NoEnvironment) has nothing.
    #[must_use]
    pub fn environment(mut self, environment: impl Environment + 'static) -> Self {
        self.environment = Some(Arc::new(environment));
        self
    }

    /// What carries requests, instead of the transport of feature `reqwest`.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// What happens to the findings of documented checks; [`Checks::Enforce`] unless set.
    #[must_use]
    pub fn checks(mut self, checks: Checks) -> Self {
        self.checks = checks;
        self
    }

    /// Whether `http` may leave this machine: credentials would travel in the clear. Without it, `http` goes to
    /// loopback addresses only.
    #[must_use]
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// How often a call is tried, and how long is waited in between; [`RetryPolicy::default`] unless set.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How long a call may take, attempts and waits in between included; 5 minutes unless set. It starts with the first
    /// attempt: waiting for [`rate_limit`](Self::rate_limit) and [`max_in_flight`](Self::max_in_flight) before that is
    /// not counted. `Duration::MAX` is no deadline.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How long one attempt may take, from sending to the last byte of the answer; unless set, as long as the transport
    /// lets it. The transport of feature `reqwest` waits a minute for connections, and two for each part of an answer.
    /// After it, only operations that do no harm when done twice are tried again.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// How many requests leave per second at most, retries included; fractions are fine, such as `1.0 / 3.0`. They leave
    /// evenly, first come, first served; what a late timer delays is caught up with for 20 ms. Unlimited unless set.
    #[must_use]
    pub fn rate_limit(mut self, per_second: f64) -> Self {
        self.rate = Some(per_second);
        self
    }

    /// How many requests are on their way at a time at most; further ones wait, first come, first served. Those that wait
    /// before a retry do not count. 0 counts as 1; unlimited unless set.
    #[must_use]
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.in_flight = Some(requests);
        self
    }

    /// The largest body of a success that is taken, in bytes; 64 MiB unless set. Of errors, 64 KiB are kept.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The clock and timer, instead of the transport's own or the system's.
    #[must_use]
    pub fn time(mut self, time: impl Time + 'static) -> Self {
        self.time = Some(Arc::new(time));
        self
    }

    /// Makes the client. URLs are checked here; regions when a service is first called.
    pub fn build(self) -> Result<C, ConfigError>
    where
        C: From<Client>,
    {
        let allow_http = self.allow_http;
        let base = |what: &str, url: String| Base::parse(what, &url, allow_http);
        let services =
            self.service_urls.into_iter().map(|(id, url)| Ok((id.clone(), base(&format!("the URL of {id}"), url)?)));
        let endpoints = Endpoints {
            region: self.region,
            cloud: self.cloud,
            base: self.base_url.map(|url| base("the base URL", url)).transpose()?,
            services: services.collect::<Result<_, ConfigError>>()?,
            allow_http,
            environment: self.environment.unwrap_or_else(|| Arc::new(ProcessEnvironment)),
            places: RwLock::default(),
        };
        let transport = self.http.transport(self.transport)?;
        let agent = self.http.agent()?;
        let limiter = limiter(self.rate, self.in_flight)?;
        let delivery = Delivery {
            budget: Budget::new(self.retry.tokens()),
            policy: self.retry,
            deadline: self.deadline,
            attempt_timeout: self.attempt_timeout,
            limiter,
            body_limit: self.body_limit,
        };
        let time = self.time.or_else(|| transport.time()).unwrap_or_else(|| Arc::new(SystemTimer::default()));
        let inner = Inner {
            endpoints: Arc::new(endpoints),
            project_id: self.project_id,
            projects: Projects::default(),
            credentials: self.credentials,
            transport,
            agent,
            checks: self.checks,
            time,
            delivery,
        };
        Ok(Client(Arc::new(inner)).into())
    }
}

/// How long a call may take.
const DEADLINE: Duration = Duration::from_secs(5 * 60);

/// The largest body of a success, in bytes.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

fn limiter(rate: Option<f64>, in_flight: Option<usize>) -> Result<Option<Limiter>, ConfigError> {
    let interval = |rate: f64| {
        let interval = Duration::try_from_secs_f64(rate.recip()).ok().filter(|interval| !interval.is_zero());
        interval.ok_or_else(|| ConfigError::new(Problem::Rate(rate)))
    };
    let interval = rate.map(interval).transpose()?;
    Ok((interval.is_some() || in_flight.is_some()).then(|| Limiter::new(interval, in_flight)))
}

/// Without anything secret: URLs are left out, for they are not checked yet.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("cloud", &self.cloud)
            .field("project_id", &self.project_id)
            .field("has_credentials", &self.credentials.is_some())
            .field("has_transport", &self.transport.is_some())
            .field("checks", &self.checks)
            .field("retry", &self.retry)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
