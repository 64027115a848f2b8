//! Credentials that are looked for: what is found by half, or is not as it should be, is told without what it holds.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use huaweicloud_migration::dcs::SERVICE;
use huaweicloud_migration::runtime::client::{
    Cached, Client, CloudsYaml, DefaultChain, EcsMetadata, Environment, FromEnvironment, ProfileFile, Provider,
    TransportErrorKind,
};

use crate::calls::wait;
use crate::case::of_error;
use crate::echo::{Echo, Way, Who};
use crate::log;
use crate::sentinel::{ANSWERED, Needles, debug, token};

#[derive(Clone, Default)]
struct Machine {
    variables: BTreeMap<String, String>,
    /// By the end of their paths.
    files: BTreeMap<&'static str, String>,
}

impl Environment for Machine {
    fn variable(&self, name: &str) -> Option<OsString> {
        self.variables.get(name).map(OsString::from)
    }

    fn home(&self) -> Option<PathBuf> {
        Some(PathBuf::from("/home"))
    }

    fn read(&self, path: &Path) -> io::Result<String> {
        let found = self.files.iter().find(|(name, _)| path.ends_with(name));
        found.map(|(_, text)| text.clone()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Calls with these credentials, whatever becomes of it.
fn call<P: Provider + 'static>(provider: P, way: &Way) {
    let credentials = Cached::new(provider);
    let echo = Echo::new(Who::Other);
    echo.answer(way);
    let client: Client = echo.builder().region("eu-de").credentials(credentials.clone()).build().unwrap();
    log::listen();
    log::take();
    let mut shown = match wait(client.raw(&SERVICE, "GET", "/a").send()) {
        Ok(response) => debug(&response).to_vec(),
        Err(error) => of_error(&error),
    };
    shown.extend(debug(&credentials));
    shown.extend(log::take());
    Needles::of(["secret"]).assert_hidden(&shown);
}

#[test]
fn variables() {
    let names = [
        "HUAWEICLOUD_SDK_AK",
        "HUAWEICLOUD_SDK_SK",
        "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        "OS_TOKEN",
        "OS_ACCESS_KEY",
        "OS_SECRET_KEY",
        "OS_SECURITY_TOKEN",
        "OS_USERNAME",
        "OS_PASSWORD",
        "OS_USER_DOMAIN_NAME",
    ];
    // All that are set by one or two of them, rightly or not.
    for first in names {
        for second in names {
            for value in [token("secret"), format!("{}\n", token("secret"))] {
                let variables = [first, second].map(|name| (name.to_owned(), value.clone())).into();
                let machine = Machine { variables, ..Machine::default() };
                call(FromEnvironment::of(machine.clone()), &Way::Json(401));
                call(DefaultChain::of(machine), &Way::Json(401));
            }
        }
    }
}

#[test]
fn files() {
    let secret = token("secret");
    for text in [
        format!("[basic]\nak = a\nsk = {secret}\nsecurity_token = {secret}"),
        format!("[basic]\nsk = {secret}"),
        format!("[basic]\nsecurity_token = {secret}"),
        format!("[basic]\nak = a\nsk {secret}"),
        format!("sk = {secret}"),
        secret.clone(),
    ] {
        let machine = Machine { files: [("credentials", text)].into(), ..Machine::default() };
        call(ProfileFile::of(machine), &Way::Json(401));
    }
    for auth in [
        format!("{{ak: a, sk: {secret}, security_token: {secret}}}"),
        format!("{{ak: a, sk: [{secret}]}}"),
        format!("{{sk: {secret}}}"),
        format!("{{token: {secret}}}"),
        format!("{{token: \"{secret}\\n\"}}"),
        format!("{{username: u, password: {secret}}}"),
        format!("{{username: u, password: {secret}, domain_name: d, auth_url: 'https://u:{secret}@iam.example'}}"),
        format!("{{username: u, password: {secret}, domain_name: d, auth_url: 'https://iam.example'}}"),
        format!("{{password: {secret}"),
        format!("[{secret}]"),
        format!("- {secret}\n  x: !!int {secret}"),
        format!("&{secret} *{secret}x"),
    ] {
        let variables = [("OS_CLOUD".to_owned(), "c".to_owned())].into();
        let text = format!("clouds: {{c: {{auth: {auth}}}}}");
        let machine = Machine { variables, files: [("clouds.yaml", text)].into() };
        for way in [Way::Json(401), Way::NoToken(401), Way::NoIdentity] {
            call(CloudsYaml::of(machine.clone()), &way);
        }
    }
}

#[test]
fn metadata_of_servers() {
    let keys = format!(
        r#"{{"credential": {{"access": "a", "secret": "{ANSWERED}", "securitytoken": "{ANSWERED}", "expires_at": "2099-01-01T00:00:00Z"}}}}"#
    );
    for body in [
        keys.clone(),
        keys.replace("2099", "then"),
        keys.replace("access", ANSWERED),
        ANSWERED.to_owned(),
        format!("{ANSWERED}\nx"),
    ] {
        call(EcsMetadata::new(), &Way::Success(body));
    }
    for way in [Way::Text(500), Way::Fails(TransportErrorKind::Other), Way::BreaksOff(200)] {
        call(EcsMetadata::new(), &way);
    }
}
