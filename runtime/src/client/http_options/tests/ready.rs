//! The settings of the ready transport.

use super::*;
use crate::Json;
use crate::client::tests::nobody::Nobody;
use crate::client::tests::origin::Origin;
use crate::client::{Error, RetryPolicy, TransportErrorKind};

fn builder(url: &str) -> ClientBuilder {
    Client::builder().base_url(url).allow_http(true).retry(RetryPolicy::none())
}

fn call(client: &Client) -> Result<crate::client::Response<Json>, Error> {
    run(client.raw(&SERVICE, "GET", "/x").query("a", "b").without_credentials().send())
}

/// The value of a header in a head.
fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[test]
fn a_proxy_gets_requests_in_absolute_form_with_its_credentials() {
    let cases = [
        ("", None),
        ("us%40er:p%3Ass%20w%2Frd@", Some("Basic dXNAZXI6cDpzcyB3L3Jk")), // us@er:p:ss w/rd
        ("user@", Some("Basic dXNlcjo=")),                                // user:
        ("user:a|b^c{d}%zz\"@", Some("Basic dXNlcjphfGJeY3tkfSV6eiI=")),  // user:a|b^c{d}%zz"
        ("%C3%BCser:p%C3%A4ss@", Some("Basic w7xzZXI6cMOkc3M=")),         // üser:päss
        ("user:p@ss@", Some("Basic dXNlcjpwQHNz")),                       // user:p@ss
    ];
    for (userinfo, expected) in cases {
        let proxy = Origin::start();
        let url = proxy.url.replace("http://", &format!("http://{userinfo}"));
        // `no_proxy` is about the environment, before and after.
        for client in [
            builder("http://service.example:81/base").proxy(&*url).build().unwrap(),
            builder("http://service.example:81/base").no_proxy().proxy(format!("{url}/")).build().unwrap(),
        ] {
            call(&client).unwrap();
        }
        for head in proxy.heads() {
            assert!(head.starts_with("GET http://service.example:81/base/x?a=b HTTP/1.1\r\n"), "{head}");
            assert_eq!(header(&head, "host"), Some("service.example:81"));
            assert_eq!(header(&head, "proxy-authorization"), expected, "{userinfo}");
        }
        assert_eq!(proxy.heads().len(), 2);
    }
}

#[test]
fn proxies_that_cannot_be_used_are_refused_without_showing_them() {
    let cases = [
        ("", "is no URL"),
        ("hunter2", "is no URL"),
        ("proxy.example:3128", "must start with `http://`"),
        ("user:hunter2@proxy.example:3128", "must start with `http://`"),
        ("socks5://user:hunter2@proxy.example", "must start with `http://`"),
        ("http://", "is no URL"),
        ("http://user:hunter2@", "is no URL"),
        ("http://user:hunter2@proxy.example:99999", "is no URL"),
        ("http://user:hunter2@pro xy.example", "is no URL"),
        ("http://user:hunter2/@proxy.example", "is no URL"),
        ("http://user:hunter2@proxy.example/path", "must hold no path"),
        ("http://proxy.example/?hunter2", "must hold no path, query"),
        ("http://proxy.example/#hunter2", "must hold no path, query"),
        ("http://us%3Aer:hunter2@proxy.example", "has a user name with a colon"),
        ("http://user:hunter2%FF@proxy.example", "has a user name or password that is not UTF-8"),
        ("http://us%FFer:hunter2@proxy.example", "has a user name or password that is not UTF-8"),
        ("http://user:hunter2%0A@proxy.example", "has a user name or password with control characters"),
    ];
    for (url, expected) in cases {
        let error = builder("https://a.example").proxy(url).build().unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.starts_with(&format!("the URL of `.proxy(..)` {expected}")), "{url}: {text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn a_proxys_password_is_not_shown() {
    let nobody = Nobody::listens();
    let builder = builder("http://service.example").proxy(format!("http://user:hunter2@{}", nobody.address()));
    let ready = builder.http.ready.transport().unwrap();
    let shown = format!("{builder:?} {ready:?}");
    let error = call(&builder.build().unwrap()).unwrap_err();
    let shown = format!("{shown} {error} {error:?}");
    for secret in ["hunter2", "aHVudGVyMg", "dXNlcjpodW50ZXIy"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(matches!(error, Error::Transport(error) if error.is_unsent()));
}

#[test]
fn the_metadata_service_is_asked_without_a_proxy() {
    let builder = builder("http://service.example").proxy("http://proxy.example:3128");
    let shown = builder.http.ready.transport().unwrap().settings();
    assert!(shown.contains("169.254.169.254"), "{shown}");
}

/// Runs itself in a process with a proxy in its environment.
#[test]
fn without_a_proxy_the_environments_is_ignored() {
    const ORIGIN: &str = "TEST_ORIGIN";
    if let Ok(origin) = std::env::var(ORIGIN) {
        call(&builder(&origin).build().unwrap()).unwrap();
        call(&builder(&origin).no_proxy().build().unwrap()).unwrap();
        return;
    }
    let (origin, proxy) = (Origin::start(), Origin::start());
    let own = format!("{}::without_a_proxy_the_environments_is_ignored", module_path!().split_once("::").unwrap().1);
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", &own]).env(ORIGIN, &origin.url).env("HTTP_PROXY", &proxy.url);
    for name in ["http_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy", "REQUEST_METHOD"] {
        child.env_remove(name);
    }
    let output = child.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!((proxy.heads().len(), origin.heads().len()), (1, 1));
}

type Sets = fn(ClientBuilder, Duration) -> ClientBuilder;

#[test]
fn settings_beside_an_own_transport_are_an_error() {
    let second = Duration::from_secs(1);
    let settings: [(Sets, &str); 7] = [
        (|builder, _| builder.proxy("http://user:hunter2@p"), "`.proxy(..)`"),
        (|builder, _| builder.no_proxy(), "`.no_proxy()`"),
        (|builder, _| builder.root_certificates(""), "`.root_certificates(..)`"),
        (ClientBuilder::connect_timeout, "`.connect_timeout(..)`"),
        (ClientBuilder::read_timeout, "`.read_timeout(..)`"),
        (|builder, _| builder.max_idle_connections(1), "`.max_idle_connections(..)`"),
        (ClientBuilder::idle_timeout, "`.idle_timeout(..)`"),
    ];
    let refused = |builder: ClientBuilder| builder.transport(Keeps::default()).build().unwrap_err().to_string();
    for (set, name) in settings {
        let error = refused(set(Client::builder(), second));
        assert!(error.starts_with(&format!("{name} would do nothing beside `.transport(..)`")), "{error}");
    }
    let all = refused(settings.into_iter().fold(Client::builder(), |builder, (set, _)| set(builder, second)));
    assert!(settings.iter().all(|(_, name)| all.contains(name)) && !all.contains("hunter2"), "{all}");
    // It is about any transport.
    assert!(Client::builder().transport(Keeps::default()).user_agent_suffix("x").build().is_ok());
}

#[test]
fn timeouts_reach_the_transport() {
    let ready = |builder: ClientBuilder| format!("{:?}", builder.http.ready.without_roots().unwrap());
    assert!(ready(Client::builder()).contains("connect_timeout: 60s"));
    assert!(ready(Client::builder().connect_timeout(Duration::from_secs(7))).contains("connect_timeout: 7s"));

    // Accepts, and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let limited = builder(&url).no_proxy().read_timeout(Duration::from_millis(30));
    let client = limited.attempt_timeout(Duration::from_secs(10)).build().unwrap();
    let Err(Error::Transport(error)) = call(&client) else { panic!("it answered") };
    assert_eq!(error.kind(), TransportErrorKind::Timeout, "{error}");
    assert!(!error.to_string().contains("the attempt took longer"), "{error}");

    for (builder, name) in [
        (Client::builder().connect_timeout(Duration::ZERO), "connect_timeout"),
        (Client::builder().read_timeout(Duration::ZERO), "read_timeout"),
    ] {
        let error = builder.build().unwrap_err().to_string();
        assert!(error.starts_with(&format!("`.{name}(..)` of 0 s: every request would fail")), "{error}");
    }
}

#[test]
fn idle_connections_are_limited_in_number_and_time() {
    let connections = |builder: ClientBuilder| {
        let origin = Origin::start();
        let client = builder.base_url(&*origin.url).no_proxy().build().unwrap();
        run(async {
            for _ in 0..3 {
                client.raw(&SERVICE, "GET", "/x").without_credentials().send().await.unwrap();
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        origin.connections()
    };
    let long = Duration::MAX;
    assert_eq!(connections(Client::builder()), 1);
    assert_eq!(connections(Client::builder().connect_timeout(long).read_timeout(long).idle_timeout(long)), 1);
    assert_eq!(connections(Client::builder().max_idle_connections(0)), 3);
    assert_eq!(connections(Client::builder().idle_timeout(Duration::from_millis(1))), 3);
}

#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls")))]
#[test]
fn root_certificates_need_tls() {
    let error = Client::builder().root_certificates(include_str!("../one.pem")).build().unwrap_err().to_string();
    assert_eq!(error, "`.root_certificates(..)` needs TLS; turn on the feature `rustls` or `native-tls`");
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn root_certificates_are_read() {
    const ONE: &str = include_str!("../one.pem");
    const TWO: &str = include_str!("../two.pem");
    let (head, end) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----");
    let key = format!("{}\naHVudGVyMg==\n{}\n", head.replace("CERT", "X-CERT"), end.replace("CERT", "X-CERT"));
    for good in [ONE.to_owned(), TWO.to_owned(), format!("a comment\n{ONE}\n{key}\n{TWO}"), ONE.replace('\n', "\r\n")] {
        Client::builder().root_certificates(good).build().unwrap();
    }
    Client::builder().root_certificates(ONE).root_certificates(TWO).build().unwrap();
    let none = "`.root_certificates(..)` holds no certificate; expected PEM";
    let malformed = "`.root_certificates(..)` holds what is no certificate in PEM; expected";
    // `native-tls` looks into certificates at once.
    let later = "`.root_certificates(..)` holds a certificate that is not usable";
    let unusable = if cfg!(feature = "native-tls") { malformed } else { later };
    let cases = [
        (String::new(), none),
        ("hunter2".to_owned(), none),
        (key, none),
        (ONE.replace(end, ""), malformed),
        (ONE.replace("MII", "hunter2!"), malformed),
        (format!("{head}\naHVudGVyMg==\n{end}\n"), unusable),
        (format!("{ONE}{head}\naHVudGVyMg==\n{end}\n"), unusable),
    ];
    for (pem, expected) in cases {
        let error = Client::builder().root_certificates(&*pem).build().unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.starts_with(expected), "{pem}: {text}");
        assert!(!text.contains("hunter2") && !text.contains("aHVudGVyMg"), "{text}");
        let second = Client::builder().root_certificates(ONE).root_certificates(pem).build();
        assert!(second.unwrap_err().to_string().starts_with(expected));
    }
}

#[cfg(feature = "rustls")]
#[test]
fn a_proxy_tunnels_https_with_its_credentials() {
    let proxy = Origin::start();
    let url = proxy.url.replace("http://", "http://us%40er:hunter2@");
    let error = call(&builder("https://service.example").proxy(url).build().unwrap()).unwrap_err();
    let head = &proxy.heads()[0];
    assert!(head.starts_with("CONNECT service.example:443 HTTP/1.1\r\n"), "{head}");
    let header = head.to_ascii_lowercase();
    assert!(header.contains("proxy-authorization: basic dxnazxi6ahvudgvymg==\r\n"), "{head}");
    assert!(matches!(&error, Error::Transport(error) if error.is_unsent()), "{error}");
    assert!(!head.contains("huaweicloud") && !format!("{error} {error:?}").contains("hunter2"), "{head} {error}");
}
