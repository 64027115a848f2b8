//! What can go wrong, one entry for each row of the table in `README.md`.

use super::*;

/// Something that goes wrong.
pub(super) struct Fault {
    pub(super) name: &'static str,
    /// What a server does then; all of these have the same outcome.
    pub(super) does: Vec<Does>,
    /// What an error says, or the losses of a success.
    pub(super) says: &'static str,
    /// What is special about the client. Servers beside the service are kept in the list.
    pub(super) with: With,
}

type With = fn(ClientBuilder<Client>, &mut Vec<Server>) -> ClientBuilder<Client>;

impl Fault {
    fn new(name: &'static str, does: impl Into<Vec<Does>>, says: &'static str) -> Self {
        Self { name, does: does.into(), says, with: |builder, _| builder }
    }

    fn with(self, with: With) -> Self {
        Self { with, ..self }
    }
}

/// Rows that tests of their own look at: what needs no server, or one with TLS.
pub(super) const ELSEWHERE: [&str; if cfg!(feature = "aksk") { 2 } else { 3 }] = {
    #[cfg(feature = "aksk")]
    let names = ["connection refused", "certificate not trusted"];
    #[cfg(not(feature = "aksk"))]
    let names = ["connection refused", "certificate not trusted", "signature expired"];
    names
};

pub(super) fn faults() -> Vec<Fault> {
    let mut all = on_the_way();
    all.extend(slow_or_large());
    all.extend(odd_successes());
    all.extend(refusals());
    all.extend(credentials());
    all
}

pub(super) const BROKEN: &str = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{";
const BROKEN_CHUNKS: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{";

fn on_the_way() -> Vec<Fault> {
    let hello = [writes("hello\r\n\r\n"), writes("\x16\x03\x01\0\x02\x02\x28"), writes("HTTP/1.1 two OK\r\n\r\n")];
    let head = |lines: &str| writes(format!("HTTP/1.1 200 OK\r\n{lines}Content-Length: 2\r\n\r\n{{}}"));
    let bad = [head("X-A: a\0b\r\n"), head("X-A: a\rb\r\n"), head("X-A: \x1b[2J\r\n"), head("X-A: a\r\n folded\r\n")];
    let headers = |count: usize, length| -> String {
        (0..count).flat_map(|index| [format!("X-{index}: "), "a".repeat(length), "\r\n".to_owned()]).collect()
    };
    let huge = [(101, 1), (1, 1 << 20), (90, 12_000)].map(|(count, length)| head(&headers(count, length)));
    let breaks = [
        writes(BROKEN),
        Does::SaysAndResets(BROKEN.as_bytes().into()),
        writes(BROKEN_CHUNKS),
        writes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n"),
    ];
    vec![
        Fault::new("closed or reset before the request is read", [Does::Closes, Does::Resets], "not carried"),
        Fault::new("closed or reset after it", [Does::ReadsAndCloses, Does::ReadsAndResets], "may have seen"),
        Fault::new("something else than HTTP", hello, "not carried"),
        Fault::new("control characters or a folded line in a header", bad, "invalid HTTP header"),
        Fault::new("a head too large", huge, "too large"),
        Fault::new("body of a success breaks off", breaks, "after the service had answered 200 OK"),
    ]
}

fn slow_or_large() -> Vec<Fault> {
    const CHUNKS: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const LENGTH: &str = "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n";
    let heads = [
        Does::SaysAndHangs("".as_bytes().into()),
        Does::SaysAndHangs("HTTP/1.1 200 OK\r\nX-".as_bytes().into()),
        Does::Trickles("HTTP/1.1 200 OK\r\nX-A: ", b'a'),
    ];
    let bodies = [Does::SaysAndHangs(BROKEN.as_bytes().into()), Does::Trickles(LENGTH, b' ')];
    let endless = [
        Does::Floods(CHUNKS, b"20\r\n                                \r\n"),
        Does::Floods("HTTP/1.1 200 OK\r\n\r\n", &[b'x'; 4096]),
        writes("HTTP/1.1 200 OK\r\nContent-Length: 200001\r\n\r\n"),
    ];
    vec![
        Fault::new("slow head", heads.clone(), "took longer than 0.5 s").with(impatient),
        Fault::new("slow body", bodies.clone(), "took longer than 0.5 s").with(impatient),
        Fault::new("slow head or body, until the deadline", [heads.to_vec(), bodies.to_vec()].concat(), "deadline")
            .with(|builder, _| builder.deadline(Duration::from_millis(500))),
        Fault::new("endless body of a success", endless, "larger than 200000 bytes, the client's `body_limit`"),
        Fault::new("endless body of a refusal", [Does::Floods("HTTP/1.1 500 No\r\n\r\n", &[b'x'; 4096])], "xxxx…"),
    ]
}

fn impatient(builder: ClientBuilder<Client>, _: &mut Vec<Server>) -> ClientBuilder<Client> {
    builder.attempt_timeout(Duration::from_millis(500))
}

pub(super) const HTML: &str = "<!DOCTYPE html>\n<html><body>Sign in to the proxy</body></html>";
pub(super) const LEVELS: usize = 100_000;

fn odd_successes() -> Vec<Fault> {
    let as_kind = |kind: &str| says(&format!("200 OK\r\nContent-Type: {kind}"), r#"{"id":"a"}"#);
    let types = [as_kind("text/plain"), as_kind("application/octet-stream"), as_kind("text/html"), as_kind("none")];
    let no_json = [says("200 OK\r\nContent-Type: text/html", HTML), says("200 OK", "done"), says("200 OK", "{\"id\":")];
    let empty = [says("200 OK", ""), says("202 Accepted", " \r\n"), writes("HTTP/1.1 204 No Content\r\n\r\n")];
    let deep = [r#"{"id":"#, "["].map(|level| says("200 OK", level.repeat(20_000)));
    let deeper = says("200 OK", "[".repeat(LEVELS) + &"]".repeat(LEVELS));
    vec![
        Fault::new("JSON under another content type", types, "nothing lost"),
        Fault::new("HTML page or other text as a success", no_json, "the JSON is broken at line 1, column "),
        Fault::new("empty success", empty, "nothing lost"),
        Fault::new("success that is not UTF-8", [says("200 OK", b"{\"id\":\"\xff\"}")], "not UTF-8 were replaced"),
        Fault::new("success of 100,000 levels", [deep.to_vec(), vec![deeper]].concat(), "body"),
    ]
}

fn refusals() -> Vec<Fault> {
    let statuses = ["500 Oops", "400 No", "404 No", "409 No", "501 No"];
    let unavailable = ["502 Bad Gateway", "503 Busy", "504 Late"].map(|status| says(status, REFUSED));
    let redirects = ["301 a", "302 b", "303 c", "307 d", "308 e"];
    let redirects = redirects.map(|status| says(&format!("{status}\r\nLocation: http://127.0.0.1:1/trap"), ""));
    let bytes = says("500 Oops", b"{\"error_code\":\"A.1\",\"error_msg\":\"\xff\xfe\"}");
    let deep = says("500 Oops", r#"{"error":"#.repeat(7_000) + &"}".repeat(7_000));
    let deeper = says("500 Oops", "[".repeat(LEVELS) + &"]".repeat(LEVELS));
    let cut = writes("HTTP/1.1 500 Oops\r\nContent-Length: 99\r\n\r\nall is lost");
    let throttled = |headers: &str| says(&format!("429 Slow{headers}"), REFUSED);
    vec![
        Fault::new("429", [throttled(""), says("403 No", THROTTLED)], "slow down"),
        Fault::new("429 with `Retry-After`", [throttled("\r\nRetry-After: 30"), throttled(DATES)], "slow down")
            .with(|builder, _| builder.time(Hasty::default())),
        Fault::new("`Retry-After` beyond the deadline", [throttled("\r\nRetry-After: 301")], "no time to wait 301.0 s"),
        Fault::new("retry budget empty", [throttled("")], "budget is spent")
            .with(|builder, _| builder.retry(RetryPolicy::default().budget(0))),
        Fault::new("502, 503, 504", unavailable, "slow down (request rid)"),
        Fault::new("other 5xx and 4xx", statuses.map(|status| says(status, REFUSED)), "slow down"),
        Fault::new("HTML page as a refusal", [says("502 Bad Gateway", HTML)], "no known form of error; see `raw()`"),
        Fault::new("empty refusal", [says("500 Oops", ""), writes("HTTP/1.1 500\r\n\r\n")], "and said nothing more"),
        Fault::new("refusal that breaks off", [cut], "500 Internal Server Error: all is lost"),
        Fault::new("refusal that is not UTF-8", [bytes], "A.1: \u{fffd}\u{fffd}"),
        Fault::new("refusal of 100,000 levels", [deep, deeper], "no known form of error; see `raw()`"),
        Fault::new("redirect", redirects, "a redirect, which is not followed"),
    ]
}

pub(super) const REFUSED: &str = r#"{"error_code":"A.1","error_msg":"slow down","request_id":"rid"}"#;
const THROTTLED: &str = r#"{"error_code":"APIGW.0308","error_msg":"slow down"}"#;
const DATES: &str = "\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:49:50 GMT";
pub(super) const INVALID: &str = r#"{"error_code":"APIG.1002","error_msg":"Incorrect token"}"#;

fn credentials() -> Vec<Fault> {
    vec![
        Fault::new("401 for a token that is renewed", [says("401 No", REFUSED)], "slow down").with(with_password),
        Fault::new("403 that says that such a token is not valid", [says("403 No", INVALID)], "Incorrect token")
            .with(with_password),
        Fault::new("401 or 403 otherwise", [says("401 No", INVALID), says("403 No", REFUSED)], "A"),
        #[cfg(feature = "aksk")]
        Fault::new("signature expired", [super::credentials::expired("Fri, 06 Nov 2026 08:49:37 GMT")], "expired")
            .with(|builder, _| builder.credentials(AccessKey::new("ak", "sk"))),
    ]
}

fn with_password(builder: ClientBuilder<Client>, others: &mut Vec<Server>) -> ClientBuilder<Client> {
    let iam = Server::new([says("201 Created\r\nX-Subject-Token: t", "{}")]);
    let password = Password::new("user", "password", "domain").iam_endpoint(iam.url());
    others.push(iam);
    builder.credentials(Cached::new(password))
}
