//! The limits of `RetryTaskGroup`, by hand.

use huaweicloud_migration::oms::{CryptoType, RetryTaskGroup};
use huaweicloud_migration::runtime::check::Context;
use huaweicloud_migration::runtime::request::check_with;
use huaweicloud_migration::{Level, Operation, Report, Secret};
use proptest::prelude::*;
use proptest::sample::select;

use super::limit::{Limit, Shown, beyond, known, length, rule, text, within};

pub(super) const RETRY: &str = "oms/retry-task-group.yaml";

/// What the pattern of keys forbids.
const FORBIDDEN: [char; 6] = ['<', '>', '&', '"', '\'', '\\'];

/// A text of the same length that the pattern of keys allows.
fn plain(text: &str) -> String {
    text.replace(FORBIDDEN, "x")
}

fn short() -> impl Strategy<Value = String> {
    text(within(0..=100)).prop_map(|text| plain(&text))
}

fn kms_key() -> impl Strategy<Value = String> {
    "[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}"
}

/// The length and the pattern of a key. Only newer sources than the leading page have the pattern, so it warns.
fn key(
    place: &'static str,
    name: &'static str,
    longest: usize,
    shown: Shown,
    report: impl Fn(String) -> Report + Clone + 'static,
) -> [Limit; 2] {
    let plainly = report.clone();
    let outside = (short(), select(FORBIDDEN.to_vec()), short()).prop_map(|(head, forbidden, tail)| {
        let half = |text: String| text.chars().take(40).collect::<String>();
        format!("{}{forbidden}{}", half(head), half(tail))
    });
    [
        length((RETRY, place, name), 0..=longest, shown, move |text| plainly(plain(&text))),
        Limit {
            operation: RETRY,
            place,
            name: "pattern",
            level: Level::Warning,
            shown,
            beside: None,
            outside: outside.prop_map(report.clone()).boxed(),
            inside: short().prop_map(report).boxed(),
        },
    ]
}

/// The limits of a kind of encryption and of the KMS key beside it.
fn encryption(
    [kind_place, key_place, rule_id]: [&'static str; 3],
    set: impl Fn(Option<&str>, Option<&str>) -> Report + Clone + 'static,
) -> Vec<Limit> {
    let kind = set.clone();
    let with_kms = {
        let set = set.clone();
        move |key: String| set(Some("KMS"), Some(&key))
    };
    let without_kms = {
        let set = set.clone();
        move |(kind, key): (Option<&str>, String)| set(kind, Some(&key))
    };
    let broken = text(1..=36usize).prop_filter("a key", |text| text.chars().count() < 36 || !text.contains('-'));
    vec![
        known((RETRY, kind_place), &["DEFAULT", "KMS"], move |text| kind(Some(text), None)),
        Limit {
            operation: RETRY,
            place: key_place,
            name: "length 0..36",
            level: Level::Error,
            shown: Shown::Value,
            beside: Some("pattern"),
            outside: text(beyond(0..=36)).prop_map(with_kms.clone()).boxed(),
            inside: kms_key().prop_map(with_kms.clone()).boxed(),
        },
        Limit {
            operation: RETRY,
            place: key_place,
            name: "pattern",
            level: Level::Error,
            shown: Shown::Value,
            beside: None,
            outside: broken.prop_map(with_kms.clone()).boxed(),
            inside: kms_key().prop_map(with_kms.clone()).boxed(),
        },
        rule(
            (RETRY, key_place, rule_id),
            Level::Warning,
            (select(vec![None, Some("DEFAULT")]), kms_key()).prop_map(without_kms),
            kms_key().prop_map(with_kms),
        ),
    ]
}

fn pair(name: &'static str, set: impl Fn(Option<String>, Option<String>) -> Report + Clone + 'static) -> Limit {
    let whole = set.clone();
    let half = (short(), any::<bool>())
        .prop_map(move |(text, first)| if first { set(Some(text), None) } else { set(None, Some(text)) });
    rule(
        (RETRY, "body", name),
        Level::Warning,
        half,
        (short(), short()).prop_map(move |(first, second)| whole(Some(first), Some(second))),
    )
}

pub(super) fn limits() -> Vec<Limit> {
    let retry = || RetryTaskGroup::new("g");
    let with = |context: Context<'_>| check_with(&RetryTaskGroup::new("g"), context);
    let set = |change: fn(&mut RetryTaskGroup, Option<&str>, Option<&str>)| {
        move |kind: Option<&str>, key: Option<&str>| {
            let mut request = RetryTaskGroup::new("g");
            change(&mut request, kind, key);
            request.check()
        }
    };
    let mut limits = vec![
        length((RETRY, "path.project_id", "length 1..1024"), 1..=1024, Shown::Value, move |text| {
            with(Context { project_id: Some(&text), ..Context::default() })
        }),
        length((RETRY, "path.group_id", "length 1..1024"), 1..=1024, Shown::Value, |text| {
            RetryTaskGroup::new(text).check()
        }),
        length((RETRY, "header.X-Auth-Token", "length 1..16384"), 1..=16_384, Shown::Nothing, move |text| {
            with(Context { token: Some(&Secret::from(text)), ..Context::default() })
        }),
        length((RETRY, "body.connection_string", "length 0..2048"), 0..=2048, Shown::Nothing, move |text| {
            retry().connection_string(text).check()
        }),
        length((RETRY, "body.json_auth_file", "length 0..65535"), 0..=65_535, Shown::Nothing, move |text| {
            retry().json_auth_file(text).check()
        }),
        pair("source-keys-together", |first, second| {
            let mut request = RetryTaskGroup::new("g");
            (request.src_ak, request.src_sk) = (first, second.map(Secret::from));
            request.check()
        }),
        pair("destination-keys-together", |first, second| {
            let mut request = RetryTaskGroup::new("g");
            (request.dst_ak, request.dst_sk) = (first, second.map(Secret::from));
            request.check()
        }),
    ];
    let keys = [
        key("body.src_ak", "length 0..100", 100, Shown::Value, move |text| retry().src_ak(text).src_sk("s").check()),
        key("body.dst_ak", "length 0..100", 100, Shown::Value, move |text| retry().dst_ak(text).dst_sk("s").check()),
    ];
    let secrets = [
        key("body.src_sk", "length 0..100", 100, Shown::Nothing, move |text| retry().src_ak("a").src_sk(text).check()),
        key("body.dst_sk", "length 0..100", 100, Shown::Nothing, move |text| retry().dst_ak("a").dst_sk(text).check()),
        key("body.source_cdn_authentication_key", "length 0..255", 255, Shown::Nothing, move |text| {
            retry().source_cdn_authentication_key(text).check()
        }),
    ];
    limits.extend(keys.into_iter().chain(secrets).flatten());
    limits.extend(encryption(
        ["body.src_crypto_type", "body.src_kms_key_id", "key-of-kms-source"],
        set(|request, of, id| {
            (request.src_crypto_type, request.src_kms_key_id) = (of.map(CryptoType::from), id.map(Into::into));
        }),
    ));
    limits.extend(encryption(
        ["body.dst_crypto_type", "body.dst_kms_key_id", "key-of-kms-destination"],
        set(|request, of, id| {
            (request.dst_crypto_type, request.dst_kms_key_id) = (of.map(CryptoType::from), id.map(Into::into));
        }),
    ));
    limits.extend(encryption(
        ["body.source_cdn_crypto_type", "body.source_cdn_kms_key_id", "key-of-kms-cdn"],
        set(|request, of, id| {
            (request.source_cdn_crypto_type, request.source_cdn_kms_key_id) =
                (of.map(CryptoType::from), id.map(Into::into));
        }),
    ));
    limits
}
