//! What signing costs: `cargo bench -p huaweicloud-migration-runtime --features aksk --bench sign`.
//!
//! `hash_alone` is the floor: the two hashes and the HMAC that every signature needs. `call_signed` less `call_with_token`
//! is all that [`AccessKey`] adds to a call.

#![allow(missing_docs)]

use bytes::Bytes;
use divan::{Bencher, black_box};
use hmac::{Hmac, KeyInit, Mac};
use http::request::Parts;
use huaweicloud_migration_runtime::ServiceInfo;
use huaweicloud_migration_runtime::client::sign::Signer;
use huaweicloud_migration_runtime::client::{
    AccessKey, BodyStream, BoxFuture, Client, Credentials, FullBody, Token, Transport, TransportError,
};
use sha2::{Digest, Sha256};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

fn main() {
    divan::main();
}

fn parts() -> Parts {
    let request =
        http::Request::post("https://dcs.eu-de.example.com/v2/0123456789abcdef/migration-tasks?limit=10&name=a")
            .header("content-type", "application/json")
            .header("user-agent", "bench/1")
            .header("x-project-id", "0123456789abcdef0123456789abcdef")
            .header("x-language", "en-us");
    match request.body(()) {
        Ok(request) => request.into_parts().0,
        Err(_) => http::Request::new(()).into_parts().0,
    }
}

const SIZES: [usize; 3] = [0, 1024, 65_536];

#[divan::bench(args = SIZES)]
fn hash_alone(bencher: Bencher<'_, '_>, size: usize) {
    let (body, canonical) = (vec![b'x'; size], [b'c'; 400]);
    bencher.bench(|| {
        let body = Sha256::digest(black_box(&body));
        let canonical = Sha256::digest(black_box(&canonical));
        let hmac = Hmac::<Sha256>::new_from_slice(b"ExampleSecretKeyThatIsNotReal00000000001");
        let hmac = hmac.map(|hmac| hmac.chain_update([b's'; 100]).finalize().into_bytes());
        (body, canonical, hmac)
    });
}

fn sign(bencher: Bencher<'_, '_>, signer: &Signer, size: usize) {
    let (body, now) = (vec![b'x'; size], SystemTime::UNIX_EPOCH + Duration::from_secs(1_709_251_199));
    bencher.with_inputs(parts).bench_local_values(|mut parts| {
        let done = signer.sign(&mut parts, black_box(&body), now);
        (done, parts)
    });
}

#[divan::bench(args = SIZES)]
fn sdk_hmac_sha256(bencher: Bencher<'_, '_>, size: usize) {
    sign(bencher, &Signer::new("EXAMPLEACCESSKEY0001", "ExampleSecretKeyThatIsNotReal00000000001"), size);
}

#[divan::bench(args = SIZES)]
fn v11_hmac_sha256(bencher: Bencher<'_, '_>, size: usize) {
    let signer = Signer::new("EXAMPLEACCESSKEY0001", "ExampleSecretKeyThatIsNotReal00000000001");
    sign(bencher, &signer.derived("eu-de", "dcs"), size);
}

struct Echo;

impl Transport for Echo {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        black_box(&request);
        let body: Box<dyn BodyStream> = Box::new(FullBody::new(Bytes::from_static(b"{}")));
        Box::pin(std::future::ready(Ok(http::Response::new(body))))
    }
}

static SERVICE: ServiceInfo =
    ServiceInfo { id: "dcs", title: "Distributed Cache Service", endpoints: &[], clouds: &[] };

fn call(bencher: Bencher<'_, '_>, credentials: impl Credentials + 'static) {
    let client: Client = match Client::builder()
        .base_url("https://dcs.eu-de.example.com")
        .project_id("0123456789abcdef0123456789abcdef")
        .credentials(credentials)
        .transport(Echo)
        .build()
    {
        Ok(client) => client,
        Err(error) => return eprintln!("{error}"),
    };
    let body = "x".repeat(1024);
    bencher.bench_local(|| {
        let raw = client.raw(&SERVICE, "POST", "/v2/{project_id}/migration-tasks").json(body.as_str());
        // Nothing here waits, so the first poll is the last.
        let done = pin!(raw.send()).poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(done, Poll::Ready(Ok(_))));
    });
}

#[divan::bench]
fn call_with_token(bencher: Bencher<'_, '_>) {
    call(bencher, Token::new("a token"));
}

#[divan::bench]
fn call_signed(bencher: Bencher<'_, '_>) {
    call(bencher, AccessKey::new("EXAMPLEACCESSKEY0001", "ExampleSecretKeyThatIsNotReal00000000001"));
}
