//! A secret is seen nowhere but in what is sent.

use std::fmt::{Debug, Display};
use std::sync::Arc;

use huaweicloud_migration::dcs::{
    self, MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask, SetOnlineMigrationTaskRequired,
};
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::{Checks, Client, Error, Json, Operation, Token};
use proptest::prelude::*;

use crate::fake::{Fake, builder, call, now};

/// Texts that are seen nowhere by chance, some of them long enough to violate limits.
fn secret() -> impl Strategy<Value = String> {
    (any::<u64>(), prop_oneof![Just(1usize), 2usize..20])
        .prop_map(|(number, times)| format!("s3cret{number:016x}").repeat(times))
}

/// The part of a secret that must not be seen.
fn mark(secret: &str) -> &str {
    &secret[..22]
}

#[track_caller]
fn assert_hidden(secret: &str, value: &impl Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains(mark(secret)), "{shown}");
    }
}

#[track_caller]
fn assert_not_told(secret: &str, value: &(impl Debug + Display)) {
    assert_hidden(secret, value);
    assert!(!value.to_string().contains(mark(secret)), "{value}");
}

fn online(secret: &str) -> SetOnlineMigrationTask {
    let required = SetOnlineMigrationTaskRequired {
        migration_method: MigrationMethod::FullAmountMigration,
        resume_mode: ResumeMode::Auto,
        source_instance: MigrationInstance::new().password(secret),
        target_instance: MigrationInstance::new().password(secret),
    };
    SetOnlineMigrationTask::new("t", required).bandwidth_limit_mb(0)
}

fn retry(secret: &str) -> RetryTaskGroup {
    RetryTaskGroup::new("g")
        .src_sk(secret)
        .dst_sk(secret)
        .connection_string(secret)
        .json_auth_file(secret)
        .source_cdn_authentication_key(secret)
}

fn added<O: Operation>(request: O, secret: &str) -> O {
    let nested = Json::object([("a", Json::from(vec![secret]))]);
    request.extra_body("account_key", secret).extra_body("nested", nested).extra_query("signature", secret)
}

proptest! {
    #![proptest_config(crate::fake::config())]

    #[test]
    fn requests_and_their_reports(secret in secret()) {
        assert_hidden(&secret, &online(&secret));
        assert_hidden(&secret, &retry(&secret));
        assert_hidden(&secret, &added(retry(&secret), &secret));
        assert_not_told(&secret, &online(&secret).check());
        assert_not_told(&secret, &retry(&secret).check());
        // Longer than a key file may be, here only: it takes its time to send.
        assert_not_told(&secret, &retry(&secret).json_auth_file(secret.repeat(200)).check());
        prop_assert!(!online(&secret).check().is_empty() && retry(&secret).check().warnings().count() == 2);
        for finding in &retry(&secret).check() {
            assert_not_told(&secret, finding);
            prop_assert!(finding.value().is_none());
        }
        // It leaves on purpose.
        prop_assert!(serde_json::to_string(&retry(&secret)).unwrap().contains(&secret));
    }

    #[test]
    fn clients_and_what_they_refuse(secret in secret()) {
        let fake = Arc::new(Fake { status: 200, ..Fake::default() });
        let token = || Token::new(secret.as_str());
        assert_hidden(&secret, &token());
        let enforcing = || builder(&fake).credentials(token()).checks(Checks::Enforce);
        assert_hidden(&secret, &enforcing());
        let client = enforcing().build().unwrap();
        assert_hidden(&secret, &client);
        let tell = |error: &Error| assert_not_told(&secret, error);
        let invalid = now(client.send(&added(online(&secret), &secret))).unwrap_err();
        prop_assert!(matches!(invalid, Error::Invalid(_)));
        tell(&invalid);

        let long = enforcing().credentials(Token::new(secret.repeat(2000))).build().unwrap();
        let invalid = now(long.send(&RetryTaskGroup::new("g"))).unwrap_err();
        prop_assert!(invalid.to_string().contains("header.X-Auth-Token is too long"), "{}", invalid);
        tell(&invalid);

        let broken = builder(&fake).credentials(Token::new(format!("{secret}\n"))).build().unwrap();
        let refused = now(broken.send(&retry(&secret))).unwrap_err();
        prop_assert!(matches!(refused, Error::Credentials(_)));
        tell(&refused);

        let header = client.raw(&dcs::SERVICE, "GET", "/a").header("X-Secret", format!("{secret}\0"));
        let refused = now(header.send()).unwrap_err();
        prop_assert!(matches!(refused, Error::Encoding(_)));
        tell(&refused);

        let url = format!("https://me:{secret}@service.example");
        assert_hidden(&secret, &Client::builder().base_url(&url));
        for url in [url, format!("https://service.example/?key={secret}"), format!("https://service.example/#{secret}")] {
            assert_not_told(&secret, &builder(&fake).base_url(url).build().unwrap_err());
        }
        prop_assert!(fake.sent.lock().unwrap().is_empty());
    }

    #[test]
    fn transports_and_what_they_are_given(secret in secret()) {
        let fake = Arc::new(Fake::default());
        let client = builder(&fake).credentials(Token::new(secret.as_str())).build().unwrap();
        let failed = now(client.send(&added(retry(&secret), &secret))).unwrap_err();
        prop_assert!(matches!(failed, Error::Transport(_)));
        assert_not_told(&secret, &failed);
        // Who traces headers does not see it either.
        let sent = fake.sent.lock().unwrap();
        assert_hidden(&secret, sent[0].headers());
        prop_assert_eq!(sent[0].headers()["x-auth-token"].to_str().unwrap(), secret);
    }

    #[test]
    fn answers(secret in secret()) {
        let unknown = format!(r#"{{"id": "a", "name": ["{secret}"], "{secret}": "{secret}", "token": "{secret}"}}"#);
        let headers = || vec![("set-cookie", secret.clone()), ("x-subject-token", secret.clone())];
        let answering = |status: u16, body: &str| {
            Arc::new(Fake { status, headers: headers(), body: body.to_owned().into(), ..Fake::default() })
        };
        let response = call(&answering(200, &unknown), &online(&secret)).unwrap();
        prop_assert!(response.losses().len() == 1);
        assert_hidden(&secret, &response);
        assert_not_told(&secret, response.losses());
        for body in [&unknown, &format!("\"{secret}\""), &secret, &format!("{{\"id\": {secret}")] {
            let response = call(&answering(200, body), &online(&secret)).unwrap();
            assert_hidden(&secret, &response);
            assert_not_told(&secret, response.losses());
            assert_hidden(&secret, &call(&answering(200, body), &retry(&secret)).unwrap());
            let fake = answering(200, body);
            let client = builder(&fake).build().unwrap();
            assert_hidden(&secret, &now(client.raw(&dcs::SERVICE, "GET", "/a").send()).unwrap());
        }
    }

    #[test]
    fn refusals(secret in secret()) {
        let headers = vec![("set-cookie", secret.clone())];
        let body = format!(
            r#"{{"error_code": "SMS.9004", "error_msg": "no", "encoded_authorization_message": "{secret}", "token": "{secret}"}}"#
        );
        let fake = Arc::new(Fake { status: 403, headers, body: body.into(), ..Fake::default() });
        let error = call(&fake, &retry(&secret)).unwrap_err();
        assert_not_told(&secret, &error);
        prop_assert_eq!(error.as_api().unwrap().encoded_authorization_message(), Some(secret.as_str()));
        // A form that nobody knows may hold anything.
        for body in [format!("<html>{secret}"), format!("{{\"token\": \"{secret}\""), format!("[\"{secret}\"]")] {
            let fake = Arc::new(Fake { status: 500, body: body.into(), ..Fake::default() });
            assert_not_told(&secret, &call(&fake, &retry(&secret)).unwrap_err());
        }
    }
}
