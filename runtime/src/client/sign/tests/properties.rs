//! What changes a signature, and what does not.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const URL: &str = "https://dcs.eu-de.example.com/v2/p-1/migration-task/t-1?limit=10&name=a-b";
const BODY: &[u8] = br#"{"task_name":"t","password":"p"}"#;
const HEADERS: [(&str, &str); 6] = [
    ("content-type", "application/json"),
    ("x-language", "en-us"),
    ("x-trace-id", "b"),
    ("x-trace-id", "a"),
    ("x-project-id", "p-1"),
    ("user-agent", "tests/1"),
];

fn authorization(method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> String {
    let mut parts = parts(method, url, headers);
    Signer::new("AK", "SK").sign(&mut parts, body, leap_day()).unwrap();
    header(&parts, "authorization").to_owned()
}

proptest! {
    #[test]
    fn the_order_of_headers_does_not_matter(headers in Just(HEADERS.to_vec()).prop_shuffle()) {
        prop_assert_eq!(authorization("PUT", URL, &headers, BODY), authorization("PUT", URL, &HEADERS, BODY));
    }

    #[test]
    fn any_text_can_be_signed(path in r#"[!-"$->@-~]{0,40}"#, query in "[!-~]{0,40}", value in "[ -~\t\u{e0}-\u{ff}]{0,40}") {
        let url = format!("https://a.example/{path}?{query}");
        if url.parse::<http::Uri>().is_ok() {
            let signed = authorization("GET", &url, &[("x-note", &value)], b"");
            let ending = authorization("GET", &format!("https://a.example/{path}/?{query}"), &[("x-note", &value)], b"");
            prop_assert!(signed.contains("SignedHeaders=host;x-note;x-sdk-date, Signature="));
            let path = format!("/{}", path.to_ascii_lowercase());
            prop_assert_eq!(signed == ending, !path.ends_with('/') && !path.ends_with("%2f"), "{}", path);
        }
    }
}

/// All texts that differ from this one in one bit of one byte, and are still UTF-8.
fn flipped(text: &str) -> impl Iterator<Item = String> {
    let bits = (0..text.len()).flat_map(|at| (0..8).map(move |bit| (at, bit)));
    bits.filter_map(|(at, bit)| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1 << bit;
        String::from_utf8(bytes).ok()
    })
}

#[test]
fn a_flipped_bit_changes_the_signature() {
    let mut seen = BTreeSet::from([authorization("PUT", URL, &HEADERS, BODY)]);
    let mut count = 1;
    let mut new = |what: &str, authorization: String| {
        count += 1;
        assert!(seen.insert(authorization), "{what} changes nothing");
        count
    };
    for at in 0..BODY.len() * 8 {
        let mut body = BODY.to_vec();
        body[at / 8] ^= 1 << (at % 8);
        new("a bit of the body", authorization("PUT", URL, &HEADERS, &body));
    }
    let start = URL.find("/v2").unwrap();
    for rest in flipped(&URL[start..]) {
        let url = format!("{}{rest}", &URL[..start]);
        // The first byte ends the host; a fragment is not sent; and not every character is part of a URL.
        if rest.starts_with('/') && !rest.contains('#') && url.parse::<http::Uri>().is_ok() {
            new(&rest, authorization("PUT", &url, &HEADERS, BODY));
        }
    }
    // Another content type would also leave the body out, and the user agent is not signed.
    let signed = |name: &str| !matches!(name, "content-type" | "user-agent");
    for (index, (name, value)) in HEADERS.iter().enumerate().filter(|(_, (name, _))| signed(name)) {
        for value in flipped(value) {
            if http::HeaderValue::from_bytes(value.as_bytes()).is_ok() {
                let mut headers = HEADERS;
                headers[index].1 = &value;
                new(&format!("{name}: {value}"), authorization("PUT", URL, &headers, BODY));
            }
        }
    }
    for method in ["GET", "POST", "PATCH"] {
        new(method, authorization(method, URL, &HEADERS, BODY));
    }
    new("the host", authorization("PUT", &URL.replace("eu-de", "eu-nl"), &HEADERS, BODY));
    new("the port", authorization("PUT", &URL.replace(".com", ".com:8443"), &HEADERS, BODY));
    let json = HEADERS.map(|(name, value)| (name, if name == "content-type" { "application/json;a=b" } else { value }));
    assert!(new("the content type", authorization("PUT", URL, &json, BODY)) > 500);

    let user_agent = HEADERS.map(|(name, value)| (name, if name == "user-agent" { "proxy/2" } else { value }));
    assert_eq!(authorization("PUT", URL, &user_agent, BODY), authorization("PUT", URL, &HEADERS, BODY));
}

#[test]
fn keys_and_date_change_the_signature() {
    let sign = |signer: Signer, later| {
        let mut parts = parts("PUT", URL, &HEADERS);
        signer.sign(&mut parts, BODY, leap_day() + Duration::from_secs(later)).unwrap();
        assert!(parts.headers["authorization"].is_sensitive());
        let text = header(&parts, "authorization");
        text.rsplit_once("Signature=").unwrap().1.to_owned()
    };
    let derived = |region, service| Signer::new("AK", "SK").derived(region, service);
    let all = [
        sign(Signer::new("AK", "SK"), 0),
        sign(Signer::new("AK", "SL"), 0),
        sign(Signer::new("AK", "SK"), 1),
        sign(derived("eu-de", "dcs"), 0),
        sign(derived("eu-nl", "dcs"), 0),
        sign(derived("eu-de", "oms"), 0),
        sign(Signer::new("AL", "SK").derived("eu-de", "dcs"), 0),
    ];
    assert_eq!(BTreeSet::from(all).len(), 7);
}

#[test]
fn what_the_stack_adds_is_not_signed() {
    let parts = parts(
        "GET",
        URL,
        &[
            ("accept", "*/*"),
            ("accept-language", "en"),
            ("authorization", "a"),
            ("connection", "close"),
            ("content-length", "1"),
            ("proxy-authorization", "p"),
            ("te", "trailers"),
            ("traceparent", "00"),
            ("user-agent", "u"),
            ("x-forwarded-for", "f"),
            ("x_b", "b"),
            ("x-tenant", "t"),
            ("if-match", "m"),
            ("host", "h"),
        ],
    );
    assert_eq!(SignedHeaders::of(&parts.headers).to_string(), "host;if-match;x-tenant");
}

#[test]
fn hosts_are_written_as_http_libraries_do() {
    let cases = [
        ("https://A.Example/", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("http://a.example:80", "a.example"),
        ("http://a.example:443/", "a.example:443"),
        ("https://a.example:8443/", "a.example:8443"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ];
    for (url, host) in cases {
        let mut parts = parts("GET", url, &[]);
        Signer::new("AK", "SK").prepare(&mut parts, leap_day()).unwrap();
        assert_eq!(header(&parts, "host"), host);
    }
}

#[test]
fn what_cannot_be_signed_is_said() {
    let sign = |signer: Signer, url: &str, headers: &[(&str, &str)]| {
        signer.sign(&mut parts("GET", url, headers), b"", leap_day()).unwrap_err().to_string()
    };
    let good = || Signer::new("AK-hunter2", "SK-hunter2");
    let cases = [
        (sign(Signer::new("", "SK-hunter2"), URL, &[]), "the access key must be"),
        (sign(Signer::new("hunter2 \n", "SK-hunter2"), URL, &[]), "the access key must be"),
        (sign(Signer::new("AK-hunter2", ""), URL, &[]), "the secret key is empty"),
        (sign(good(), "/v2/tasks", &[]), "the request's URL has no host"),
        (sign(good(), URL, &[("x-sdk-date", "today")]), "header `x-sdk-date` must look like"),
        (sign(good().derived("eu/de", "dcs"), URL, &[]), "region and service"),
    ];
    for (error, expected) in cases {
        assert!(error.starts_with(expected) && !error.contains("hunter2"), "{error}");
    }
    let signed = SignedHeaders::from_iter([X_SDK_DATE, HeaderName::from_static("x-a")]);
    let error =
        good().authorization(&parts("GET", URL, &[("x-sdk-date", "20240229T235959Z")]), "", &signed).unwrap_err();
    assert_eq!(error.to_string(), "header `x-a` should be signed, but the request has none");
    assert!(!format!("{:?}", good()).contains("hunter2"));
}
