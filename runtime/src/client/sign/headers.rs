//! Which headers are signed.

use http::header::{HeaderMap, HeaderName};
use std::fmt;

/// Names of headers to sign: sorted, each once. `Display` joins them with `;`, as in the `Authorization` header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedHeaders(Vec<HeaderName>);

impl SignedHeaders {
    /// The headers to sign, of a request's.
    ///
    /// All but those that the HTTP stack or a proxy may add or change (`Accept*`, `Connection`, `Content-Length`,
    /// `Expect`, `Forwarded`, `Keep-Alive`, `Proxy-*`, `TE`, `Trailer`, `Transfer-Encoding`, `Upgrade`, `User-Agent`, `Via`,
    /// `X-Forwarded-*`, and the trace context `traceparent`, `tracestate`, `baggage`), `Authorization`, and names with `_`,
    /// which the gateway does not see.
    pub fn of(headers: &HeaderMap) -> Self {
        headers.keys().filter(|name| is_signed(name.as_str())).cloned().collect()
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &HeaderName> {
        self.0.iter()
    }

    /// Gives the pieces of the names joined by `;`.
    pub(super) fn join(&self, mut put: impl FnMut(&str)) {
        for (index, name) in self.0.iter().enumerate() {
            if index > 0 {
                put(";");
            }
            put(name.as_str());
        }
    }
}

/// Names in any order.
impl FromIterator<HeaderName> for SignedHeaders {
    fn from_iter<I: IntoIterator<Item = HeaderName>>(names: I) -> Self {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
        names.dedup();
        Self(names)
    }
}

impl fmt::Display for SignedHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.join(|piece| result = result.and_then(|()| f.write_str(piece)));
        result
    }
}

fn is_signed(name: &str) -> bool {
    let changes = matches!(
        name,
        "authorization"
            | "baggage"
            | "connection"
            | "content-length"
            | "expect"
            | "forwarded"
            | "keep-alive"
            | "te"
            | "traceparent"
            | "tracestate"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
            | "user-agent"
            | "via"
    );
    let group = ["accept", "proxy-", "x-forwarded-"].iter().any(|start| name.starts_with(start));
    !changes && !group && !name.contains('_')
}
