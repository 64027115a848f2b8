//! A base URL, checked.

use crate::client::ConfigError;
use crate::client::config_error::Problem;
use crate::encode::check_path_template;
use http::Uri;
use std::net::IpAddr;

/// Scheme, host, port and path, without a slash at the end. Holds no secrets: user names are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::client) struct Base(String);

impl Base {
    /// `what` names the URL in errors.
    pub(in crate::client) fn parse(what: &str, url: &str, allow_http: bool) -> Result<Self, ConfigError> {
        let fail =
            |shown: bool, why| ConfigError::new(Problem::Url(what.to_owned(), shown.then(|| url.to_owned()), why));
        if url.contains('@') {
            return Err(fail(false, "must not hold a user name or password; set `.credentials(..)` on the builder"));
        }
        // `Uri` drops fragments without a word, so they are looked for here.
        if url.contains(['?', '#']) {
            return Err(fail(false, "must not hold a query or fragment; only scheme, host, port and path"));
        }
        let uri: Uri = url.parse().map_err(|_| fail(true, "is no URL; it should look like `https://host/path`"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(fail(true, "needs a scheme and a host, like `https://host/path`"));
        };
        if authority.host().is_empty() {
            return Err(fail(true, "needs a host"));
        }
        match scheme {
            "https" => {}
            "http" if allow_http || is_loopback(authority.host()) => {}
            "http" => {
                return Err(ConfigError::new(Problem::PlainHttp(what.to_owned(), authority.to_string())));
            }
            _ => return Err(fail(true, "must start with `https://`")),
        }
        let path = uri.path().trim_end_matches('/');
        if !path.is_empty() && check_path_template(path).is_err() {
            return Err(fail(true, "has an empty, `.` or `..` step in its path"));
        }
        Ok(Self(format!("{scheme}://{authority}{path}")))
    }

    pub(in crate::client) fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_checked() {
        let good = [
            ("https://a.example", "https://a.example"),
            ("https://a.example:8443/iam/v3/", "https://a.example:8443/iam/v3"),
            ("http://127.0.0.1:80", "http://127.0.0.1:80"),
            ("http://[::1]:1/x", "http://[::1]:1/x"),
            ("http://LOCALHOST", "http://LOCALHOST"),
        ];
        for (url, expected) in good {
            assert_eq!(Base::parse("it", url, false).unwrap().as_str(), expected);
        }
        let bad = [
            ("", "it, \"\", is no URL"),
            ("a.example", "it, \"a.example\", needs a scheme"),
            ("/path", "it, \"/path\", needs a scheme"),
            ("ftp://a.example", "it, \"ftp://a.example\", must start with `https://`"),
            ("http://a.example", "it is plain http to a.example: credentials"),
            ("http://127.0.0.1.example", "it is plain http to 127.0.0.1.example"),
            ("https://me:hunter2@a.example", "it must not hold a user name"),
            ("https://a.example/?key=hunter2", "it must not hold a query"),
            ("https://a.example/#hunter2", "it must not hold a query or fragment"),
            ("https://a.example/a/../b", "it, \"https://a.example/a/../b\", has an empty, `.` or `..` step"),
            ("https://a.example/a//b", "it, \"https://a.example/a//b\", has an empty"),
        ];
        for (url, expected) in bad {
            let error = Base::parse("it", url, false).unwrap_err().to_string();
            assert!(error.starts_with(expected) && !error.contains("hunter2"), "{url}: {error}");
        }
        assert!(Base::parse("it", "http://a.example", true).is_ok());
    }
}
