//! Certificates that are not trusted, over real connections on loopback.

use std::error::Error as _;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use huaweicloud_migration::runtime::client::{ReqwestTransport, TransportErrorKind};
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Client, Error, RetryPolicy, Token};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

const ROOT: &[u8] = include_bytes!("certificates/root.pem");
const GOOD: &[u8] = include_bytes!("certificates/server.pem");
const EXPIRED: &[u8] = include_bytes!("certificates/expired.pem");
const KEY: &[u8] = include_bytes!("certificates/server-key.pem");
const README: &str = include_str!("../../runtime/README.md");

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: AtomicUsize,
}

/// A server that shows this certificate, and its port.
fn serve(certificate: &[u8]) -> (u16, Arc<Seen>) {
    let certificate = CertificateDer::from_pem_slice(certificate).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let config = ServerConfig::builder_with_provider(rustls::crypto::aws_lc_rs::default_provider().into());
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![certificate], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (port, seen) = (listener.local_addr().unwrap().port(), Arc::new(Seen::default()));
    let shared = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            shared.connections.fetch_add(1, SeqCst);
            let (config, shared) = (Arc::clone(&config), Arc::clone(&shared));
            std::thread::spawn(move || answer(stream.unwrap(), config, &shared));
        }
    });
    (port, seen)
}

fn answer(mut stream: TcpStream, config: Arc<ServerConfig>, seen: &Seen) {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut connection = ServerConnection::new(config).unwrap();
    let mut stream = Stream::new(&mut connection, &mut stream);
    let (mut request, mut bytes) = (Vec::new(), [0; 1024]);
    while !request.ends_with(br#"{"operation":"start"}"#) {
        match stream.read(&mut bytes) {
            Ok(count) if count > 0 => request.extend_from_slice(&bytes[..count]),
            _ => return,
        }
    }
    seen.requests.fetch_add(1, SeqCst);
    stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}").unwrap();
    stream.conn.send_close_notify();
    let _ = stream.flush();
}

/// One call of an operation that must not be done twice.
fn call(url: &str, transport: ReqwestTransport) -> Result<(), Error> {
    let client: Client = Client::builder()
        .base_url(url)
        .credentials(Token::new("t"))
        .transport(transport)
        .retry(RetryPolicy::default().base(Duration::from_millis(1)))
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = UpdateTaskStatus::new("t", TaskAction::Start);
    let limited = async { tokio::time::timeout(Duration::from_secs(30), client.send(&request)).await };
    runtime.block_on(limited).expect("the call ends").map(drop)
}

/// Like the default transport, but for proxies: those of the machine that runs the tests stay out of them.
fn transport(root: Option<&[u8]>) -> ReqwestTransport {
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    let roots = root.map(|root| reqwest::Certificate::from_pem(root).unwrap());
    client.tls_certs_merge(roots).build().unwrap().into()
}

fn assert_refused(result: Result<(), Error>, why: &str, seen: &Seen) {
    let error = result.unwrap_err();
    let text = error.to_string();
    assert!(text.contains(why) && text.contains("the service has not seen the request"), "{text}");
    assert!(text.contains("(after 3 attempts in ") && error.is_retryable(), "{text}");
    let Error::Transport(error) = error else { panic!("{error}") };
    assert!(error.is_unsent() && error.source().is_some() && error.kind() == TransportErrorKind::Connect, "{text}");
    assert_eq!((seen.connections.load(SeqCst), seen.requests.load(SeqCst)), (3, 0), "{text}");
}

#[test]
fn an_unknown_root_is_named_and_nothing_is_sent() {
    let (port, seen) = serve(GOOD);
    let url = format!("https://127.0.0.1:{port}");
    assert_refused(call(&url, transport(None)), "invalid peer certificate: UnknownIssuer", &seen);
    assert!(README.contains("\n| certificate not trusted | 3, 0 seen | 3, 0 seen | `Transport`, `is_unsent()`"));
}

#[test]
fn a_root_of_ones_own_is_trusted() {
    let (port, seen) = serve(GOOD);
    call(&format!("https://127.0.0.1:{port}"), transport(Some(ROOT))).unwrap();
    assert_eq!((seen.connections.load(SeqCst), seen.requests.load(SeqCst)), (1, 1));
}

#[test]
fn a_certificate_must_be_for_the_name_and_the_day() {
    let (port, seen) = serve(EXPIRED);
    let result = call(&format!("https://127.0.0.1:{port}"), transport(Some(ROOT)));
    assert_refused(result, "invalid peer certificate: certificate expired", &seen);
    let (port, seen) = serve(GOOD);
    let result = call(&format!("https://localhost:{port}"), transport(Some(ROOT)));
    assert_refused(result, "not valid for name \"localhost\"", &seen);
}

#[test]
fn a_server_that_speaks_no_tls_is_told_from_one_that_is_not_there() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 2048]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let error = call(&url, transport(Some(ROOT))).unwrap_err();
    assert!(error.to_string().contains("received corrupt message of type InvalidContentType"), "{error}");
    assert!(matches!(&error, Error::Transport(error) if error.is_unsent()), "{error}");
}
