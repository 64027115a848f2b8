//! Names that look secret must be decided on.

use heck::ToSnakeCase;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Field, Ty};

/// Parts of names that are words of their own.
const WORDS: &[&str] = &[
    "accesskey",
    "ak",
    "apikey",
    "authorization",
    "certkey",
    "cookie",
    "cookies",
    "credential",
    "credentials",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pin",
    "presigned",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "secrets",
    "sign",
    "signature",
    "signed",
    "sk",
    "token",
    "tokens",
];
/// Words that follow each other.
const PHRASES: &[&[&str]] = &[
    &["access", "key"],
    &["api", "key"],
    &["app", "key"],
    &["auth", "file"],
    &["auth", "key"],
    &["authentication", "key"],
    &["cert", "key"],
    &["connection", "string"],
    &["encryption", "key"],
    &["private", "key"],
    &["session", "key"],
    &["signing", "key"],
];
/// Whole names: the words say less where others stand beside them.
const NAMES: &[&str] = &["session"];

pub(super) fn check(field: &Field, diagnostics: &mut Diagnostics) {
    let holds_text = matches!(field.ty.leaf(), Ty::String | Ty::Secret | Ty::Json);
    if field.sensitive.is_none() && holds_text && looks_secret(&field.wire) {
        diagnostics.push(
            Diagnostic::error(
                "secret-undecided",
                field.wire.span,
                format!("`{}` looks like a secret", field.wire.value),
            )
            .help("say `sensitive: true` to redact it everywhere, or `sensitive: false` if it is none"),
        );
    }
    if let Some(sensitive) = field.sensitive.filter(|sensitive| sensitive.value)
        && !matches!(field.ty.leaf(), Ty::Secret | Ty::Invalid)
    {
        let message =
            format!("only texts can be redacted, `{}` is {}", field.wire.value, crate::docs::type_word(&field.ty));
        diagnostics
            .push(Diagnostic::error("limit-on-wrong-type", sensitive.span, message).help("mark the texts inside it"));
    }
}

fn looks_secret(name: &str) -> bool {
    let name = name.to_snake_case();
    let words: Vec<&str> = name.split('_').map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
    NAMES.contains(&name.as_str())
        || words.iter().any(|word| WORDS.contains(word))
        || PHRASES.iter().any(|phrase| words.windows(phrase.len()).any(|part| part == *phrase))
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_that_look_secret() {
        let secret = [
            "password",
            "adminPassword",
            "password2",
            "src_sk",
            "SK",
            "X-Auth-Token",
            "json_auth_file",
            "source_cdn_authentication_key",
            "authorization_message",
            "token_count_total",
            "secretKey",
            "secretAccessKey",
            "accessKeyId",
            "access_key",
            "accesskey",
            "apiKey",
            "APIKey",
            "X-Api-Key",
            "api_key",
            "Authorization",
            "Set-Cookie",
            "session",
            "sessionToken",
            "session_key",
            "X-Sign",
            "signature",
            "signedUrl",
            "signed_download_link",
            "presigned_url",
            "cert_key",
            "privateKey",
            "certificate_with_private_key",
            "pin",
            "smsOtp",
        ];
        let open = [
            "task_id",
            "skipped_num",
            "risk",
            "key",
            "list_file_key",
            "session_count",
            "sessionId",
            "design",
            "assigned_to",
            "pinned",
            "shipping",
            "spin",
            "option",
            "cert_name",
            "url",
            "download_link",
            "disk",
            "mask",
            "secretary",
            "tokenizer",
            "author",
            "public_key",
            "design_signal",
        ];
        for (names, expected) in [(&secret[..], true), (&open[..], false)] {
            for name in names {
                assert_eq!(super::looks_secret(name), expected, "{name}");
            }
        }
    }
}
