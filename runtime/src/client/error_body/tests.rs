use super::*;
use serde_json::Value;

fn told(body: &ErrorBody) -> (Option<&str>, Option<&str>) {
    (body.code.as_deref(), body.message.as_deref())
}

#[test]
fn every_shape_is_read() {
    let cases: &[(&str, Option<&str>, Option<&str>)] = &[
        (r#"{"error_code":"A.1","error_msg":"m"}"#, Some("A.1"), Some("m")),
        (r#"{"error_code":111400063,"error_msg":"m","error_ext_msg":null}"#, Some("111400063"), Some("m")),
        (r#"{"errorCode":"A.1","errorMsg":"m"}"#, Some("A.1"), Some("m")),
        (r#"{"code":404,"message":"m"}"#, Some("404"), Some("m")),
        (r#"{"error":{"code":401,"message":"m","title":"t"}}"#, Some("401"), Some("m")),
        (r#"{"badRequest":{"message":"m","code":"401"}}"#, Some("401"), Some("m")),
        (r#"{"a":{"code":"first","message":"m"},"b":{"code":"second","message":"n"}}"#, Some("second"), Some("n")),
        (r#"{"a":{"b":{"c":{"code":"deep","message":"m"}}}}"#, Some("deep"), Some("m")),
        (r#"{"error_code":"A","error_msg":"m","code":"B","message":"n"}"#, Some("A"), Some("m")),
        (r#"{"error_code":"A","error_msg":null,"code":"B","message":"n"}"#, Some("B"), Some("n")),
        (r#"{"code":"A.3","error_msg":"mixed"}"#, Some("A.3"), Some("mixed")),
        (r#"{"error_msg":"alone"}"#, None, Some("alone")),
        (r#"{"error_code":"alone","error_msg":""}"#, Some("alone"), None),
        (r#"{"error":"text"}"#, None, Some("text")),
        (r#"{"error":{"message":"alone below"}}"#, None, Some("alone below")),
        (r#"{"forbidden":{"code":403,"title":"t"}}"#, Some("403"), None),
        (
            r#"{"code":401,"element":"x","message":"m","details":{"details":"d","code":"ces.0015"}}"#,
            Some("401"),
            Some("m"),
        ),
        (r#"{"details":[{"error_code":"SMS.9004","error_msg":"inner"}]}"#, Some("SMS.9004"), Some("inner")),
        (r#"[{"error_code":"A","error_msg":"b"}]"#, Some("A"), Some("b")),
        (r#"{"error_code":{"x":1},"error_msg":[]}"#, None, None),
        (r#""just text""#, None, Some("just text")),
        ("just text\n", None, Some("just text")),
        ("\u{feff}{\"code\":\"A\",\"message\":\"m\"}", Some("A"), Some("m")),
        ("<html><h1>502</h1></html>", None, None),
        (r#"{"error_code":"A""#, None, None),
        ("[]", None, None),
        ("null", None, None),
        ("", None, None),
    ];
    for (raw, code, message) in cases {
        assert_eq!(told(&read(raw.as_bytes())), (*code, *message), "{raw}");
    }
}

#[test]
fn all_parts_are_read() {
    let raw = br#"{"error_code":"SMS.9004","error_msg":"no","request_id":"r","encoded_authorization_message":"XXX",
        "error_param":["p",7],"details":[{"error_code":"SMS.1","error_msg":"inner"},"noise",{}]}"#;
    let body = read(raw);
    assert_eq!(told(&body), (Some("SMS.9004"), Some("no")));
    assert_eq!((body.request_id.as_deref(), body.parameters.join(",")), (Some("r"), "p,7".to_owned()));
    assert_eq!(body.encoded_authorization_message.as_ref().map(Secret::expose), Some("XXX"));
    assert_eq!(body.details, [Detail { code: Some("SMS.1".to_owned()), message: Some("inner".to_owned()) }]);
    let nested = read(br#"{"error":{"code":"A","message":"m","request_id":"r","encoded_authorization_message":"X"}}"#);
    assert_eq!(nested.request_id.as_deref(), Some("r"));
    assert_eq!(nested.encoded_authorization_message.as_ref().map(Secret::expose), Some("X"));
    let more = read(br#"{"error_code":"A","error_msg":"m","error_ext_msg":"more"}"#);
    assert_eq!(more.details, [Detail { code: None, message: Some("more".to_owned()) }]);
    let ces = read(br#"{"code":401,"message":"m","details":{"details":"d","code":"ces.0015"}}"#);
    assert_eq!(ces.details, [Detail { code: Some("ces.0015".to_owned()), message: Some("d".to_owned()) }]);
}

#[test]
fn bytes_of_no_kind_do_no_harm() {
    for raw in [&b"\xff\xfe{"[..], b"\0\0", b"{\"code\":\"\xff\",\"message\":\"m\"}", b"[[[[[", b"\x1f\x8b\x08"] {
        read(raw);
    }
    read("[".repeat(100_000).as_bytes());
}

/// The bodies that the vendor's own client was measured with, where they are at hand.
#[test]
fn reads_what_the_vendors_client_reads() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors/error-bodies.json");
    let Ok(vectors) = std::fs::read(path) else {
        eprintln!("skipped: {path} is not there");
        return;
    };
    let vectors: Value = serde_json::from_slice(&vectors).unwrap();
    let records = vectors["records"].as_array().unwrap();
    assert_eq!(records.len(), 21);
    for record in records {
        let (raw, vendor) = (record["body"].as_str().unwrap(), &record["python_sdk"]);
        let status = record["status"].to_string();
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let (code, message) = (plain(&vendor["error_code"]), plain(&vendor["error_msg"]));
        // Where the vendor's client finds nothing it repeats the status and the whole body: we may know better.
        if vendor["raised"].is_null() || (code == status && message == raw) {
            continue;
        }
        assert_eq!(told(&read(raw.as_bytes())), (Some(&*code), Some(&*message)), "{}", record["name"]);
        let encoded = vendor["encoded_auth_msg"].as_str();
        assert_eq!(read(raw.as_bytes()).encoded_authorization_message.as_ref().map(Secret::expose), encoded);
    }
}
