//! The URL of a proxy.

use super::ConfigError;
use super::ready::setting;
use percent_encoding::percent_decode_str;
use reqwest::{NoProxy, Proxy, Url};

/// The metadata service of the server that this runs on.
const METADATA: &str = "169.254.169.254";

const EXPECTED: &str = "expected `http://host:port`, or `https://`, with `user:password@` before the host if needed";

/// A proxy for all requests. What `reqwest` cannot use it ignores, and would go without a proxy: so all of it is checked.
pub(super) fn parse(url: &str) -> Result<Proxy, ConfigError> {
    // Never with the URL: what is no good URL may hold a password anywhere.
    let fail = |why: &str| setting(format!("the URL of `.proxy(..)` {why}"));
    let parsed = Url::parse(url).map_err(|error| fail(&format!("is no URL ({error}); {EXPECTED}")))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(fail(&format!("must start with `http://` or `https://`; {EXPECTED}")));
    }
    if !matches!(parsed.path(), "" | "/") || parsed.query().is_some() || parsed.fragment().is_some() {
        return Err(fail(&format!("must hold no path, query or fragment; {EXPECTED}")));
    }
    let decoded = |text| percent_decode_str(text).decode_utf8();
    match (decoded(parsed.username()), decoded(parsed.password().unwrap_or_default())) {
        (Ok(user), Ok(_)) if user.contains(':') => {
            return Err(fail("has a user name with a colon, which proxies take for its end"));
        }
        (Ok(user), Ok(password)) if user.chars().chain(password.chars()).any(char::is_control) => {
            return Err(fail("has a user name or password with control characters"));
        }
        (Ok(_), Ok(_)) => {}
        _ => return Err(fail("has a user name or password that is not UTF-8 when percent-decoded")),
    }
    // `reqwest` parses it once more, by other rules.
    if parsed.as_str().parse::<http::Uri>().map_or(true, |uri| uri.host().is_none_or(str::is_empty)) {
        return Err(fail(&format!("is no URL; {EXPECTED}")));
    }
    let proxy = Proxy::all(parsed).map_err(|error| fail(&format!("is not usable: {}", error.without_url())))?;
    Ok(proxy.no_proxy(NoProxy::from_string(METADATA)))
}
