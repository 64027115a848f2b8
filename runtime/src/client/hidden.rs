//! Taking the secrets of a call out of what others say of it: services and gateways repeat in their errors what they
//! were sent.

use super::outgoing::{Call, Outgoing};
use super::{Client, send};
use crate::encode::percent_encode;
use std::error::Error as StdError;
use std::ops::Range;
use zeroize::Zeroizing;

/// The secrets of one call. Made where a call fails: calls that do not fail pay nothing for it.
pub(super) struct Hidden {
    /// All that they may look like.
    spellings: Vec<Zeroizing<String>>,
}

/// What stands for a secret.
const MARK: &str = "***";

/// The shortest secret that is taken out of messages, in characters: anything would hold shorter ones by chance.
const SHORTEST: usize = 4;

/// The same for codes and request ids, which programs compare and support needs, and hardly anybody puts secrets in.
const SHORTEST_IN_LABELS: usize = 8;

/// From this length on, a beginning is taken out too: services cut long values before they repeat them.
const LONG: usize = 32;

/// How much of a long secret is enough to recognise it, in bytes.
const BEGINNING: usize = 16;

impl Hidden {
    /// What `tell` shows.
    pub(super) fn new(tell: impl FnOnce(&mut dyn FnMut(&str))) -> Self {
        let mut spellings = Vec::new();
        tell(&mut |secret| {
            if secret.chars().nth(SHORTEST - 1).is_some() {
                spellings.extend(spelled(secret));
            }
        });
        Self { spellings }
    }

    /// All secrets of a call: those of its request, and those that authenticate it.
    #[cold]
    pub(super) fn of(client: &Client, outgoing: &dyn Outgoing, call: &Call<'_>) -> Self {
        Self::new(|visit| {
            outgoing.secrets(visit);
            if let Some(credentials) = send::credentials(client, call) {
                credentials.secrets(send::context(client, call, None), visit);
            }
        })
    }

    /// A text without them.
    pub(super) fn text(&self, text: String) -> String {
        self.without(text, SHORTEST)
    }

    /// A code or a request id without them.
    pub(super) fn label(&self, text: String) -> String {
        self.without(text, SHORTEST_IN_LABELS)
    }

    fn without(&self, text: String, shortest: usize) -> String {
        let looked_for = self.spellings.iter().filter(|spelling| spelling.chars().nth(shortest - 1).is_some());
        // All of them are looked for in the text as it is: spellings begin alike, and a secret may be a part of another.
        let mut found: Vec<_> =
            looked_for.flat_map(|spelling| places(&text, spelling)).chain(signatures(&text)).collect();
        if found.is_empty() {
            return text;
        }
        found.sort_unstable_by_key(|place| place.start);
        let (mut without, mut end) = (String::with_capacity(text.len()), 0);
        for place in found {
            if let Some(between) = text.get(end..place.start) {
                without.push_str(between);
                without.push_str(MARK);
            }
            end = end.max(place.end);
        }
        without.push_str(text.get(end..).unwrap_or_default());
        without
    }

    /// Whether a text shows one of them.
    pub(super) fn is_shown_in(&self, text: &str) -> bool {
        self.spellings.iter().any(|spelling| text.contains(beginning(spelling))) || signatures(text).next().is_some()
    }

    /// What an error says without them, if it or one below it shows one.
    pub(super) fn error(&self, error: &(dyn StdError + 'static)) -> Option<String> {
        let (mut said, mut is_shown) = (String::new(), false);
        let mut next = Some(error);
        while let Some(error) = next {
            let text = error.to_string();
            is_shown |= self.is_shown_in(&text) || self.is_shown_in(&format!("{error:?}"));
            said.push_str(if said.is_empty() { "" } else { ": " });
            said.push_str(&text);
            next = error.source();
        }
        is_shown.then(|| self.text(said))
    }
}

/// A secret as it is, and as JSON, URLs, forms and HTML write it.
fn spelled(secret: &str) -> Vec<Zeroizing<String>> {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let json = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default();
    let mut percent = String::new();
    percent_encode(secret, &mut percent);
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let all = [
        secret.to_owned(),
        json.to_owned(),
        json.replace('/', "\\/"),
        json.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e"),
        lower_case_hex(&percent),
        percent.replace("%20", "+"),
        percent,
        html.replace('\'', "&#39;"),
        html,
    ];
    let mut spellings = Vec::new();
    for spelling in all.map(Zeroizing::new) {
        if !spelling.is_empty() && !spellings.contains(&spelling) {
            spellings.push(spelling);
        }
    }
    spellings
}

fn lower_case_hex(percent_encoded: &str) -> String {
    let mut pieces = percent_encoded.split('%');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (hex, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        text.push('%');
        text.push_str(&hex.to_ascii_lowercase());
        text.push_str(rest);
    }
    text
}

/// What is enough to recognise it.
fn beginning(spelling: &str) -> &str {
    let end = (BEGINNING..LONG).find(|at| spelling.is_char_boundary(*at));
    end.filter(|_| spelling.len() >= LONG).and_then(|end| spelling.get(..end)).unwrap_or(spelling)
}

/// Where a text shows the secret, as far as it does so.
fn places(text: &str, spelling: &str) -> Vec<Range<usize>> {
    let (mut places, mut rest, mut end) = (Vec::new(), text, 0);
    while let Some(before) = rest.find(beginning(spelling)) {
        let (_, found) = rest.split_at(before);
        let same = found.chars().zip(spelling.chars()).take_while(|(a, b)| a == b);
        let length: usize = same.map(|(character, _)| character.len_utf8()).sum();
        let start = end + before;
        end = start + length;
        places.push(start..end);
        rest = &found[length..];
    }
    places
}

/// Where a text shows signatures. They are secrets for as long as the gateway takes them, and nobody keeps them.
fn signatures(text: &str) -> impl Iterator<Item = Range<usize>> {
    const BEFORE: &str = "Signature=";
    text.match_indices(BEFORE).filter_map(|(at, _)| {
        let start = at + BEFORE.len();
        let digits = text.get(start..)?.bytes().take_while(u8::is_ascii_hexdigit).count();
        (digits >= LONG).then(|| start..start + digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(secrets: &[&str]) -> Hidden {
        Hidden::new(|visit| secrets.iter().for_each(|secret| visit(secret)))
    }

    #[test]
    fn secrets_are_found_however_they_are_written() {
        let cases: &[(&[&str], &str, &str)] = &[
            (&["hunter2"], "", ""),
            (&["hunter2"], "no such thing", "no such thing"),
            (&["hunter2"], "hunter2 is not hunter2hunter22", "*** is not ******2"),
            // As JSON, in the ways of several libraries.
            (&["p\"\\w\n/"], r#"{"password": "p\"\\w\n/"}"#, r#"{"password": "***"}"#),
            (&["p\"\\w\n/"], r#"{"password": "p\"\\w\n\/"}"#, r#"{"password": "***"}"#),
            (&["<p&w>"], r#"{"password": "\u003cp\u0026w\u003e"}"#, r#"{"password": "***"}"#),
            // In a URL, in a form, in HTML.
            (&["a b/ü~"], "?key=a%20b%2F%C3%BC~&x", "?key=***&x"),
            (&["a b/ü~"], "?key=a%20b%2f%c3%bc~&x", "?key=***&x"),
            (&["a b/ü~"], "key=a+b%2F%C3%BC~", "key=***"),
            (&["<p'\"w&"], "<b>&lt;p'&quot;w&amp;</b>", "<b>***</b>"),
            (&["<p'\"w&"], "<b>&lt;p&#39;&quot;w&amp;</b>", "<b>***</b>"),
            // What is shorter than four characters stands in any text.
            (&["", "a", "key"], "a key", "a key"),
            (&["keys", "äöü!"], "a keys äöü!", "a *** ***"),
            // A secret in a secret.
            (&["hunter2", "my hunter2 is long"], "my hunter2 is long, hunter2", "***, ***"),
            (&["one and", "and two"], "one and two", "***"),
            // Long ones, whose spellings begin alike, and end otherwise.
            (&["0123456789abcdef\"&<ghijklmnopqrstuv"], "{\"0123456789abcdef\\\"&<ghijklmnopqrstuv\"}", "{\"***\"}"),
            // A signature, whatever the secrets are.
            (&[], "Access=ak, Signature=0123456789abcdef0123456789abcdef, b", "Access=ak, Signature=***, b"),
            (&[], "Signature=invalid, Signature=0123456789abcdef", "Signature=invalid, Signature=0123456789abcdef"),
            // Cut, for it is long.
            (&["0123456789abcdef0123456789abcdef"], "of 0123456789abcdef012...", "of ***..."),
            (&["0123456789abcdef0123456789abcdef"], "of 0123456789abcde", "of 0123456789abcde"),
            (&["0123456789abcdef0123456789abcdef"], "0123456789abcdef0123456789abcdef0", "***0"),
            (&["0123456789abcdöööö0123456789abcdef"], "0123456789abcdööö", "***"),
            (&["0123456789abcdef"], "of 0123456789abcde", "of 0123456789abcde"),
        ];
        for (secrets, text, expected) in cases {
            assert_eq!(hidden(secrets).text((*text).to_owned()), *expected, "{secrets:?}");
            assert_eq!(hidden(secrets).is_shown_in(text), text != expected, "{secrets:?}");
        }
    }

    #[test]
    fn labels_lose_longer_secrets_only() {
        let hidden = hidden(&["9004", "f00d-cafe"]);
        for (label, expected) in [("SMS.9004", "SMS.9004"), ("id-f00d-cafe", "id-***")] {
            assert_eq!(hidden.label(label.to_owned()), expected);
        }
    }

    #[test]
    fn errors_are_told_anew_only_where_they_show_a_secret() {
        #[derive(Debug)]
        struct Outer(std::io::Error, #[allow(dead_code)] &'static str);
        impl std::fmt::Display for Outer {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("outer")
            }
        }
        impl StdError for Outer {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                Some(&self.0)
            }
        }
        let hidden = hidden(&["hunter2"]);
        let error = |below: &str, debug| hidden.error(&Outer(std::io::Error::other(below), debug));
        assert_eq!(error("below", ""), None);
        assert_eq!(error("below hunter2", "").as_deref(), Some("outer: below ***"));
        assert_eq!(error("below", "hunter2").as_deref(), Some("outer: below"));
    }
}
