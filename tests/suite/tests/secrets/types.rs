//! What shows the types that hold secrets, or are near them.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use huaweicloud_migration::Secret;
use huaweicloud_migration::runtime::client::sign::Signer;
use huaweicloud_migration::runtime::client::{
    AccessKey, Cached, Client, CloudsYaml, DefaultChain, EcsMetadata, Environment, FromEnvironment, FullBody, Identity,
    Keys, Password, ProfileFile, ReqwestTransport, Token, TransportError, TransportErrorKind, UserToken,
};

use crate::sentinel::{Needles, all, debug, token};

/// A machine whose every variable and file holds a secret.
struct Machine;

impl Environment for Machine {
    fn variable(&self, _: &str) -> Option<OsString> {
        Some(token("secret").into())
    }

    fn home(&self) -> Option<PathBuf> {
        Some(PathBuf::from("/home"))
    }

    fn read(&self, _: &Path) -> io::Result<String> {
        Ok(token("secret"))
    }
}

#[test]
fn no_type_shows_a_secret() {
    let secret = || token("secret");
    let key = || AccessKey::new(secret(), secret()).security_token(secret());
    let keys = || Keys::new("a test", "name", secret()).security_token(secret());
    let user_token = || UserToken::new(secret()).project_id("p");
    // The address is not checked before it is used, so it may be wrong in this way.
    let password = || Password::new("user", secret(), "domain").iam_endpoint(format!("https://user:{}@iam", secret()));
    let url = format!("https://user:{}@service.example", secret());
    let builder = || Client::builder().base_url(&url).service_url("dcs", &url).credentials(key());
    let client = Client::builder().base_url("https://service.example").credentials(Cached::new(password()));
    let client = client.build().unwrap();
    let mut header = reqwest::header::HeaderMap::new();
    header.insert("x-secret", secret().parse().unwrap());
    let proxy = reqwest::Proxy::all("http://proxy.example").unwrap().basic_auth("user", &secret());
    let transport = reqwest::Client::builder().proxy(proxy).default_headers(header).build().unwrap();
    let shown: &[(&str, [String; 2])] = &[
        ("Secret", debug(&Secret::from(secret()))),
        ("Option<Secret>", debug(&Some(vec![Secret::from(secret())]))),
        ("Token", debug(&Token::new(secret()))),
        ("AccessKey", debug(&key())),
        ("AccessKey, derived", debug(&key().derived("eu-de", "dcs").project_id("p").domain_id("d"))),
        ("Signer", debug(&Signer::new(secret(), secret()))),
        ("Keys", debug(&keys())),
        ("UserToken", debug(&user_token())),
        ("Identity, token", debug(&Identity::Token(user_token()))),
        ("Identity, keys", debug(&Identity::Keys(keys()))),
        ("Password", debug(&password())),
        ("Cached", debug(&Cached::new(password()))),
        ("Cached, shared", debug(&Arc::new(Cached::new(password())))),
        ("FromEnvironment", debug(&FromEnvironment::of(Machine))),
        ("ProfileFile", debug(&ProfileFile::of(Machine))),
        ("CloudsYaml", debug(&CloudsYaml::of(Machine))),
        ("DefaultChain", debug(&DefaultChain::of(Machine))),
        ("EcsMetadata", debug(&EcsMetadata::new().endpoint(&url))),
        ("ReqwestTransport", debug(&ReqwestTransport::from(transport))),
        ("FullBody", debug(&FullBody::new(secret()))),
        ("ClientBuilder", debug(&builder())),
        ("Client", debug(&client)),
    ];
    let needles = Needles::of(["secret"]);
    for (name, shown) in shown {
        assert!(!shown[0].is_empty(), "{name} shows nothing at all");
        needles.assert_hidden(shown);
    }
    let refused = builder().build().unwrap_err();
    needles.assert_hidden(&all(&refused));
    // What a transport says is its own until a call fails with it.
    let error = TransportError::new(TransportErrorKind::Other, "a library's words");
    assert!(all(&error).iter().any(|shown| shown.contains("a library's words")));
}
