use super::*;
use crate::client::{Client, FullBody};
use std::sync::Mutex;

/// Keeps the agent that it is sent.
#[derive(Clone, Default)]
struct Keeps(Arc<Mutex<Vec<HeaderValue>>>);

impl Transport for Keeps {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> crate::client::BoxFuture<
        '_,
        Result<http::Response<Box<dyn crate::client::BodyStream>>, crate::client::TransportError>,
    > {
        self.0.lock().unwrap().extend(request.headers().get_all("user-agent").into_iter().cloned());
        let body: Box<dyn crate::client::BodyStream> = Box::new(FullBody::new("{}"));
        Box::pin(std::future::ready(Ok(http::Response::new(body))))
    }
}

static SERVICE: crate::ServiceInfo = crate::ServiceInfo { id: "dcs", title: "t", endpoints: &[], clouds: &[] };

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn the_agent_has_the_suffix() {
    let plain = concat!("huaweicloud-migration-rust/", env!("CARGO_PKG_VERSION"));
    let cases = [
        (None, plain.to_owned()),
        (Some("ci/1.0"), format!("{plain} ci/1.0")),
        (Some("ci/1.0 (nightly; \"x\")"), format!("{plain} ci/1.0 (nightly; \"x\")")),
    ];
    for (suffix, expected) in cases {
        let keeps = Keeps::default();
        let mut builder = Client::builder().base_url("https://a.example").transport(keeps.clone());
        if let Some(suffix) = suffix {
            builder = builder.user_agent_suffix("replaced").user_agent_suffix(suffix);
        }
        let client = builder.build().unwrap();
        run(client.raw(&SERVICE, "GET", "/").without_credentials().send()).unwrap();
        run(client.raw(&SERVICE, "GET", "/").without_credentials().header("User-Agent", "own").send()).unwrap();
        assert_eq!(*keeps.0.lock().unwrap(), [expected.as_str(), "own"]);
    }
}

#[test]
fn a_suffix_that_no_header_can_hold_is_refused() {
    let long = format!("{}\n", "x".repeat(500));
    let cases = [
        ("", "`.user_agent_suffix(\"\")` is empty; leave it out"),
        (" ", "`.user_agent_suffix(\" \")` has blanks at an end"),
        ("x ", "`.user_agent_suffix(\"x \")` has blanks at an end"),
        ("x\r", "`.user_agent_suffix(\"x\\r\")` has blanks at an end"),
        ("x\r\nX-Evil: 1", "`.user_agent_suffix(\"x\\r\\nX-Evil: 1\")` has characters that a header cannot hold"),
        ("x\ty", "`.user_agent_suffix(\"x\\ty\")` has characters"),
        ("é", "`.user_agent_suffix(\"é\")` has characters"),
        (&long, "`.user_agent_suffix(\"xxxxx"),
    ];
    for (suffix, expected) in cases {
        let builder = Client::builder().transport(Keeps::default()).user_agent_suffix(suffix);
        let error = builder.build().unwrap_err().to_string();
        assert!(error.starts_with(expected) && error.len() < 300, "{error}");
    }
}

#[cfg(feature = "reqwest")]
mod ready;
