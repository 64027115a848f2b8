//! Who makes the call: bare reqwest, reqwest with what one needs to use it, or the client.

use std::hint::black_box;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, HOST, HeaderName, HeaderValue};
use huaweicloud_migration::Client;

use crate::Result;
use crate::cases::Case;
use crate::server::{Seen, Server};

pub(crate) trait Side: Clone + Send + Sync + 'static {
    /// Makes the call, and fails unless the server has answered it well.
    fn call(&self) -> impl Future<Output = Result<()>> + Send;
}

/// The client: checks, encodes, authenticates, sends, reads.
pub(crate) struct Ours<C> {
    pub(crate) client: Client,
    pub(crate) request: Arc<C>,
}

impl<C> Clone for Ours<C> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), request: Arc::clone(&self.request) }
    }
}

impl<C: Case> Side for Ours<C>
where
    C::Output: Send,
{
    async fn call(&self) -> Result<()> {
        black_box(self.client.send(&*self.request).await?);
        Ok(())
    }
}

/// Bare reqwest: the same headers and the same bytes, made beforehand; the answer is received and not read.
#[derive(Clone)]
pub(crate) struct Bare(Arc<Prepared>);

struct Prepared {
    client: reqwest::Client,
    method: http::Method,
    url: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Bare {
    /// Sends what was seen.
    pub(crate) fn like(seen: &Seen, server: &Server, client: reqwest::Client) -> Result<Self> {
        let mut headers = Vec::new();
        for (name, value) in &seen.headers {
            let name = HeaderName::try_from(name)?;
            // What reqwest writes anyway.
            if ![ACCEPT, CONTENT_LENGTH, HOST].contains(&name) {
                headers.push((name, HeaderValue::try_from(value)?));
            }
        }
        let method = seen.method.parse()?;
        let url = format!("{}{}", server.url, seen.target);
        Ok(Self(Arc::new(Prepared { client, method, url, headers, body: Bytes::from(seen.body.clone()) })))
    }

    /// The same through another client.
    pub(crate) fn with(&self, client: reqwest::Client) -> Self {
        let Prepared { method, url, headers, body, .. } = &*self.0;
        let (method, url, headers, body) = (method.clone(), url.clone(), headers.clone(), body.clone());
        Self(Arc::new(Prepared { client, method, url, headers, body }))
    }

    async fn exchange(&self, body: impl Into<reqwest::Body>) -> Result<Bytes> {
        let Prepared { client, method, url, headers, .. } = &*self.0;
        let mut request = client.request(method.clone(), url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        Ok(request.body(body).send().await?.error_for_status()?.bytes().await?)
    }
}

impl Side for Bare {
    async fn call(&self) -> Result<()> {
        black_box(self.exchange(self.0.body.clone()).await?);
        Ok(())
    }
}

/// Reqwest with timeouts, and serde at both ends: what one would write without this crate.
pub(crate) struct WithSerde<C: Case> {
    pub(crate) bare: Bare,
    pub(crate) body: Arc<C::Plain>,
}

impl<C: Case> Clone for WithSerde<C> {
    fn clone(&self) -> Self {
        Self { bare: self.bare.clone(), body: Arc::clone(&self.body) }
    }
}

impl<C: Case> Side for WithSerde<C> {
    async fn call(&self) -> Result<()> {
        let answer = self.bare.exchange(serde_json::to_vec(&*self.body)?).await?;
        black_box(serde_json::from_slice::<C::Answer>(&answer)?);
        Ok(())
    }
}
