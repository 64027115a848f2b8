//! Names that look secret must be decided on.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Field, Ty};

/// Parts of names, between underscores or hyphens.
const WORDS: &[&str] =
    &["ak", "sk", "certkey", "credential", "credentials", "passphrase", "passwd", "password", "pwd", "secret", "token"];
const PHRASES: &[&str] = &[
    "auth_file",
    "authentication_key",
    "connection_string",
    "private_key",
    "access_key",
    "secret_key",
    "authorization_message",
];

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
    let name = name.to_ascii_lowercase().replace('-', "_");
    PHRASES.iter().any(|phrase| name.contains(phrase)) || name.split('_').any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_that_look_secret() {
        let cases = [
            ("password", true),
            ("src_sk", true),
            ("X-Auth-Token", true),
            ("json_auth_file", true),
            ("source_cdn_authentication_key", true),
            ("token_count_total", true),
            ("task_id", false),
            ("skipped_num", false),
            ("risk", false),
            ("key", false),
        ];
        for (name, expected) in cases {
            assert_eq!(super::looks_secret(name), expected, "{name}");
        }
    }
}
