//! All that is sent of a client: nothing about the machine, the program or the person is among it.

use super::origin::Origin;
use super::*;

/// The head of one call over loopback: its first line, and names and values in alphabetical order.
fn head(configure: impl Fn(ClientBuilder) -> ClientBuilder, call: impl Fn(&Client)) -> (String, Vec<(String, String)>) {
    let origin = Origin::start();
    let builder = Client::builder().base_url(&*origin.url).project_id("p").no_proxy().retry(RetryPolicy::none());
    call(&configure(builder).build().unwrap());
    let heads = origin.heads();
    assert_eq!(heads.len(), 1);
    let mut lines = heads[0].lines().filter(|line| !line.is_empty());
    let first = lines.next().unwrap().to_owned();
    let host = origin.url.trim_start_matches("http://");
    let pair = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_ascii_lowercase(), value.replace(host, "HOST"))
    };
    let mut headers: Vec<_> = lines.map(pair).collect();
    headers.sort();
    (first, headers)
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const AGENT: &str = concat!("huaweicloud-migration-rust/", env!("CARGO_PKG_VERSION"));

fn wait_with_io<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn a_call_with_a_token_and_a_body() {
    let request = SetTask { language: Some("en-us".to_owned()), ..SetTask::new("t1") };
    let with_token = |builder: ClientBuilder| builder.credentials(Token::new("tok"));
    let (first, headers) = head(with_token, |client| drop(wait_with_io(client.send(&request)).unwrap()));
    assert_eq!(first, "POST /v2/p/task/t1?limit=5 HTTP/1.1");
    let expected = [
        ("accept", "*/*"),
        ("content-length", "22"),
        ("content-type", "application/json"),
        ("host", "HOST"),
        ("user-agent", AGENT),
        ("x-auth-token", "tok"),
        ("x-language", "en-us"),
    ];
    assert_eq!(headers, owned(&expected));
}

#[test]
fn a_call_without_anything() {
    let call = |client: &Client| {
        drop(wait_with_io(client.raw(&SERVICE, "GET", "/x").without_credentials().send()).unwrap());
    };
    let (first, headers) = head(|builder| builder.user_agent_suffix("mine/2"), call);
    assert_eq!(first, "GET /x HTTP/1.1");
    let agent = format!("{AGENT} mine/2");
    assert_eq!(headers, owned(&[("accept", "*/*"), ("host", "HOST"), ("user-agent", &agent)]));
}

/// A waiting caller sends the same.
#[cfg(feature = "blocking")]
#[test]
fn a_call_that_is_waited_for() {
    let call = |client: &Client| drop(client.raw(&SERVICE, "GET", "/x").without_credentials().send().wait().unwrap());
    let (_, headers) = head(|builder| builder, call);
    assert_eq!(headers, owned(&[("accept", "*/*"), ("host", "HOST"), ("user-agent", AGENT)]));
}

#[cfg(feature = "aksk")]
#[test]
fn a_call_with_access_keys() {
    let call = |client: &Client| drop(wait_with_io(client.raw(&SERVICE, "GET", "/x").send()).unwrap());
    let (_, headers) = head(|builder| builder.credentials(AccessKey::new("AK", "SK")), call);
    let names: Vec<_> = headers.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["accept", "authorization", "host", "user-agent", "x-project-id", "x-sdk-date"]);
    assert_eq!(headers[3], ("user-agent".to_owned(), AGENT.to_owned()));
    assert_eq!(headers[4], ("x-project-id".to_owned(), "p".to_owned()));
}
