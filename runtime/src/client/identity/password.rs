//! Name and password of an IAM user.

use super::iam::{self, Answer, Patience};
use super::{Identity, Provider, ProviderContext, UserToken, error, timestamp};
use crate::client::{BoxFuture, CredentialsError};
use crate::json::Json;
use crate::secret::Secret;
use bytes::Bytes;
use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use std::fmt;
use std::time::Duration;
use zeroize::Zeroizing;

/// Gets a token for name and password of an IAM user. Accounts with a Huawei ID need an IAM user of their own.
///
/// The token is for one project: the one set here, else the client's, else the one named like the client's region.
///
/// A token is valid for 24 hours. Wrap this in [`Cached`](super::Cached), which renews it.
#[derive(Clone)]
pub struct Password {
    user: String,
    secret: Secret,
    domain: String,
    scope: Option<Scope>,
    iam_endpoint: Option<String>,
    cloud: Option<String>,
}

#[derive(Clone, Debug)]
enum Scope {
    Id(String),
    Name(String),
}

impl Password {
    /// `domain` is the name of the account that the user belongs to.
    pub fn new(user: impl Into<String>, password: impl Into<Secret>, domain: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            secret: password.into(),
            domain: domain.into(),
            scope: None,
            iam_endpoint: None,
            cloud: None,
        }
    }

    /// The project that the token is for.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.scope = Some(Scope::Id(id.into()));
        self
    }

    /// The name of the project that the token is for, such as `eu-de_migration`.
    #[must_use]
    pub fn project_name(mut self, name: impl Into<String>) -> Self {
        self.scope = Some(Scope::Name(name.into()));
        self
    }

    /// Where the identity service is, such as `https://iam.eu-de.otc.t-systems.com`, with or without `/v3`. Without it,
    /// it follows from the client's region. https only, except to this machine.
    #[must_use]
    pub fn iam_endpoint(mut self, url: impl Into<String>) -> Self {
        self.iam_endpoint = Some(url.into());
        self
    }

    /// The cloud, `huawei-cloud` or `open-telekom-cloud`, where it does not follow from the region.
    #[must_use]
    pub fn cloud(mut self, cloud: impl Into<String>) -> Self {
        self.cloud = Some(cloud.into());
        self
    }

    async fn token(&self, context: &ProviderContext) -> Result<Identity, CredentialsError> {
        let endpoint = iam::endpoint(self.iam_endpoint.as_deref(), self.cloud.as_deref(), context)?;
        let url = format!("{endpoint}/v3/auth/tokens");
        let uri: http::Uri =
            format!("{url}?nocatalog=true").parse().map_err(|_| error("the IAM endpoint makes no URL"))?;
        let what = format!("POST {url}");
        let mut patience = Patience::default();
        let outcome = loop {
            let mut request = http::Request::new(self.body(self.scope(context)?)?);
            *request.method_mut() = http::Method::POST;
            *request.uri_mut() = uri.clone();
            let headers = request.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=utf8"));
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            let outcome = iam::exchange(context, request, TIMEOUT).await;
            if !patience.again(context, &outcome).await {
                break outcome;
            }
        };
        let answer = outcome.map_err(|silence| silence.hide(&[&self.secret]).of(&what))?;
        if !answer.status.is_success() {
            let error = answer.refusal(&what, &[&self.secret]);
            let is_refusal = matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
            return Err(if is_refusal { error.into_refusal() } else { error });
        }
        read(&answer, &what, context).map(Identity::Token)
    }

    fn scope(&self, context: &ProviderContext) -> Result<Scope, CredentialsError> {
        let of_client = || context.project_id.clone().map(Scope::Id);
        let of_region = || context.region.clone().map(Scope::Name);
        self.scope.clone().or_else(of_client).or_else(of_region).ok_or_else(|| {
            error("a token is for one project, and none is known: set `.project_id(..)` or `.project_name(..)`, or the client's project or region")
        })
    }

    /// Written by hand, so that the password is in one place only, and wiped from there.
    fn body(&self, scope: Scope) -> Result<Bytes, CredentialsError> {
        let (key, project) = match scope {
            Scope::Id(id) => ("id", id),
            Scope::Name(name) => ("name", name),
        };
        let texts = [&self.user, self.secret.expose(), &self.domain, &project];
        // Six bytes for one is the most that JSON makes of text: the buffer never moves, and leaves no copy behind.
        let capacity = 200 + 6 * texts.iter().map(|text| text.len()).sum::<usize>();
        let mut body = Zeroizing::new(Vec::with_capacity(capacity));
        let pieces = [
            (r#"{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"#, Some(self.user.as_str())),
            (r#","password":"#, Some(self.secret.expose())),
            (r#","domain":{"name":"#, Some(&self.domain)),
            (r#"}}}},"scope":{"project":{""#, None),
            (key, None),
            (r#"":"#, Some(&project)),
            ("}}}}", None),
        ];
        for (piece, text) in pieces {
            body.extend_from_slice(piece.as_bytes());
            if let Some(text) = text {
                serde_json::to_writer(&mut *body, text).map_err(|_| error("the token request cannot be written"))?;
            }
        }
        Ok(Bytes::from_owner(body))
    }
}

/// Without the endpoint, which is not checked yet, and may hold a password of its own.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, domain, scope, cloud, secret: _, iam_endpoint: _ } = self;
        f.debug_struct("Password")
            .field("user", user)
            .field("domain", domain)
            .field("scope", scope)
            .field("cloud", cloud)
            .finish_non_exhaustive()
    }
}

const TIMEOUT: Duration = Duration::from_secs(30);

/// What the pages say of tokens.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

fn read(answer: &Answer, what: &str, context: &ProviderContext) -> Result<UserToken, CredentialsError> {
    let header = answer.headers.get("x-subject-token").and_then(|token| token.to_str().ok());
    let Some(secret) = header.filter(|token| !token.is_empty()) else {
        return Err(error(format!("{what} answered {} without a token in the header X-Subject-Token", answer.status)));
    };
    let body = answer.json();
    let token = body.as_ref().and_then(|body| body.get("token"));
    let text = |json: Option<&Json>| json.and_then(Json::as_str).map(str::to_owned);
    let time = |name| timestamp::parse(token?.get(name)?.as_str()?);
    // How long it lives does not depend on whose clock is right.
    let life = match (time("issued_at"), time("expires_at")) {
        (Some(from), Some(to)) => to.duration_since(from).unwrap_or(LIFE),
        (None, Some(to)) => to.duration_since(context.time.now()).unwrap_or_default(),
        (_, None) => LIFE,
    };
    let mut found = UserToken::new(secret).expires_at(context.time.now() + life);
    found.project_id = text(token.and_then(|token| token.get("project")?.get("id")));
    Ok(found)
}

impl Provider for Password {
    fn fetch<'a>(&'a self, context: &'a ProviderContext) -> BoxFuture<'a, Result<Identity, CredentialsError>> {
        Box::pin(self.token(context))
    }
}
