//! Vectors: our own, the shared ones where that folder is there, and those of `SIGNING_VECTORS`.

use super::*;
use crate::client::sign::canonical::push_query;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Made-up keys; results computed with Python's `hashlib` and `hmac`.
const OWN: &str = include_str!("vectors.json");
const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors/signing.json");

#[test]
fn own_vectors() {
    assert_eq!(check("own", OWN), 8);
}

#[test]
fn shared_vectors() {
    match std::fs::read_to_string(SHARED) {
        Ok(text) => assert!(check("shared", &text) >= 42),
        Err(_) if !Path::new(SHARED).exists() => println!("skipped: there is no {SHARED}"),
        Err(error) => panic!("{SHARED}: {error}"),
    }
}

/// Files of the same form, named in the environment with colons in between.
#[test]
fn vectors_of_others() {
    let files = std::env::var("SIGNING_VECTORS").unwrap_or_default();
    for file in files.split(':').filter(|file| !file.is_empty()) {
        let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(check(file, &text) > 0, "{file} holds no vectors");
    }
}

/// How many there are; panics on the first that differs.
fn check(file: &str, text: &str) -> usize {
    let all: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let vectors = all["vectors"].as_array().or(all.as_array()).unwrap_or_else(|| panic!("{file}: no list of vectors"));
    for value in vectors {
        let vector = Vector { place: format!("{file}, {}", value["name"]), value };
        vector.check_steps();
        vector.check_signer();
    }
    vectors.len()
}

struct Vector<'a> {
    place: String,
    value: &'a Value,
}

impl Vector<'_> {
    fn text(&self, key: &str) -> Option<&str> {
        self.value[key].as_str()
    }

    fn need(&self, key: &str) -> &str {
        self.text(key).unwrap_or_else(|| panic!("{}: no {key}", self.place))
    }

    fn same(&self, what: &str, ours: &str, key: &str) {
        if let Some(expected) = self.text(key) {
            assert_eq!(ours, expected, "{}: {what}", self.place);
        }
    }

    fn body(&self) -> Vec<u8> {
        match self.text("body_base64") {
            Some(text) => base64(text),
            None => self.text("body").unwrap_or_default().into(),
        }
    }

    fn headers(&self, key: &str) -> BTreeMap<String, String> {
        let all = self.value[key].as_object().unwrap_or_else(|| panic!("{}: no {key}", self.place));
        all.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.as_str().unwrap().to_owned())).collect()
    }

    fn parts(&self, headers: &str) -> Parts {
        let headers = self.headers(headers);
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        parts(self.need("method"), self.need("url"), &headers)
    }

    fn signed(&self) -> SignedHeaders {
        let names = self.value["signed_headers"].as_array().unwrap_or_else(|| panic!("{}: no list", self.place));
        names.iter().map(|name| name.as_str().unwrap().parse::<HeaderName>().unwrap()).collect()
    }

    fn signer(&self) -> Signer {
        let signer = Signer::new(self.need("ak"), self.need("sk"));
        let signer = match self.need("algorithm") {
            "V11-HMAC-SHA256" => signer.derived(self.need("region_id"), self.need("derived_service_name")),
            _ => signer,
        };
        assert_eq!(signer.algorithm().name(), self.need("algorithm"));
        signer
    }

    /// Each step alone, from the headers as they were sent.
    fn check_steps(&self) {
        let (parts, body, signer) = (self.parts("all_headers"), self.body(), self.signer());
        let hash = payload_hash(&parts.headers, &body);
        self.same("hash of the payload", &hash, "payload_hash");
        let canonical = canonical_request(&parts, &self.signed(), &hash).unwrap();
        self.same("canonical request", std::str::from_utf8(&canonical).unwrap(), "canonical_request");
        let date = self.need("date");
        let scope = self.text("region_id").filter(|_| signer.algorithm() == Algorithm::V11HmacSha256);
        let scope =
            scope.map(|region| format!("{}/{region}/{}", date.get(..8).unwrap(), self.need("derived_service_name")));
        let text = string_to_sign(signer.algorithm(), date, scope.as_deref(), &canonical);
        self.same("string to sign", &text, "string_to_sign");
        let authorization = signer.authorization(&parts, &hash, &self.signed()).unwrap();
        assert_eq!(authorization, self.need("authorization"), "{}", self.place);

        // The vendor sends the query in its canonical form; ours goes as it is, and the rest of the URL is the same.
        if let Some(wire) = self.text("wire_url") {
            let (rest, query) = wire.split_once('?').unwrap_or((wire, ""));
            let mut ours = Vec::new();
            push_query(parts.uri.query().unwrap_or_default(), &mut ours);
            assert_eq!(std::str::from_utf8(&ours).unwrap(), query, "{}", self.place);
            assert_eq!(self.need("url").split('?').next().unwrap(), rest, "{}", self.place);
        }
    }

    /// The whole signer, from the headers as the caller set them.
    fn check_signer(&self) {
        let mut parts = self.parts("headers");
        for (name, key) in
            [("x-project-id", "project_id"), ("x-domain-id", "domain_id"), ("x-security-token", "security_token")]
        {
            if let Some(value) = self.text(key) {
                parts.headers.insert(name, value.parse().unwrap());
            }
        }
        let signer = self.signer();
        signer.prepare(&mut parts, time(self.need("date"))).unwrap();
        let sent = parts.headers.iter().map(|(name, value)| {
            (name.as_str().to_owned(), std::str::from_utf8(value.as_bytes()).unwrap().trim().to_owned())
        });
        let sent: BTreeMap<_, _> = sent.collect();
        assert_eq!(sent, self.headers("all_headers"), "{}: headers", self.place);
        let hash = payload_hash(&parts.headers, &self.body()).into_owned();
        let authorization = signer.authorization(&parts, &hash, &self.signed()).unwrap();
        assert_eq!(authorization, self.need("authorization"), "{}", self.place);

        // Where our choice of headers is the vector's, nothing is left to differ.
        if SignedHeaders::of(&parts.headers) == self.signed() {
            signer.sign(&mut parts, &self.body(), leap_day()).unwrap();
            assert_eq!(header(&parts, "authorization"), self.need("authorization"), "{}", self.place);
        }
    }
}

fn time(date: &str) -> SystemTime {
    let number = |range: std::ops::Range<usize>| date.get(range).unwrap().parse::<u64>().unwrap();
    let (year, month, day) = (number(0..4), number(4..6), number(6..8));
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let years: u64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let months: u64 = lengths.iter().take(usize::try_from(month).unwrap() - 1).sum();
    let seconds = number(9..11) * 3600 + number(11..13) * 60 + number(13..15);
    UNIX_EPOCH + Duration::from_secs((years + months + day - 1) * 86_400 + seconds)
}

fn base64(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let digit = alphabet.iter().position(|digit| *digit == byte).unwrap();
        bits = bits << 6 | u32::try_from(digit).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 255).try_into().unwrap());
        }
    }
    bytes
}

#[test]
fn helpers_agree_with_themselves() {
    assert_eq!(base64("FgAAAAJh/+8="), [22, 0, 0, 0, 2, 97, 255, 239]);
    assert_eq!(time("20240229T235959Z"), leap_day());
}
