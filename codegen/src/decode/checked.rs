//! Texts of a fixed form.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::{Cx, Decode};
use crate::read::{Node, Value};
use crate::sources::Span;

/// The form a text must have.
pub(crate) trait Form: Default {
    /// The code of the mistake.
    const CODE: &'static str;
    /// What the text is, such as `a date`.
    const WHAT: &'static str;
    const HELP: &'static str;

    fn fits(text: &str) -> bool;
}

/// A text that has its form, and knows where it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checked<F> {
    pub(crate) value: String,
    #[allow(dead_code, reason = "every text of the spec knows its place")]
    pub(crate) span: Span,
    form: PhantomData<F>,
}

impl<F> std::ops::Deref for Checked<F> {
    type Target = String;
    fn deref(&self) -> &String {
        &self.value
    }
}

impl<F: Form> Decode for Checked<F> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Self {
        let value = match &node.value {
            // A version or a date that lacks a part is a number in YAML; what it lacks is the mistake.
            Value::Scalar { text, plain: true } if node.kind() == "a number" => text.to_string(),
            _ => String::decode(node, cx),
        };
        if !value.is_empty() && !F::fits(&value) {
            cx.error(F::CODE, node.span, format!("`{value}` is not {}", F::WHAT), F::HELP);
            return Self::absent(node.span);
        }
        Self { value, span: node.span, form: PhantomData }
    }

    fn absent(span: Span) -> Self {
        Self { span, ..Self::default() }
    }
}

impl<F> JsonSchema for Checked<F> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

/// Declares forms.
macro_rules! forms {
    ($( $(#[$meta:meta])* $name:ident { $code:literal, $what:literal, $help:literal, $fits:expr } )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub(crate) struct $name;

        impl Form for $name {
            const CODE: &'static str = $code;
            const WHAT: &'static str = $what;
            const HELP: &'static str = $help;

            fn fits(text: &str) -> bool {
                let fits: fn(&str) -> bool = $fits;
                fits(text)
            }
        }
    )* };
}

forms! {
    /// What Cargo takes for the name of a package.
    PackageName {
        "invalid-package",
        "a name for a package",
        "write ASCII letters, digits, `-` and `_`, a letter first",
        |text| {
            text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        }
    }
    /// What Cargo takes for a version.
    Version {
        "invalid-version",
        "a version",
        "write three numbers, such as `0.1.0`; `-alpha.1` may follow",
        is_version
    }
    /// A day of the calendar.
    Date {
        "invalid-date",
        "a date",
        "write the day as `YYYY-MM-DD`, such as `2025-03-31`",
        is_date
    }
    /// What names a change between two specs.
    Fingerprint {
        "invalid-fingerprint",
        "the fingerprint of a change",
        "copy the 16 hexadecimal digits that `cargo xtask diff` shows",
        |text| text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    }
    /// Where a page is.
    Link {
        "invalid-url",
        "the address of a page",
        "copy it from the browser, beginning with `https://` or `http://`",
        |text| {
            ["https://", "http://"].iter().any(|scheme| {
                text.strip_prefix(scheme).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
            }) && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
        }
    }
}

fn is_version(text: &str) -> bool {
    let (rest, build) = text.split_once('+').map_or((text, None), |(rest, build)| (rest, Some(build)));
    let (core, pre) = rest.split_once('-').map_or((rest, None), |(core, pre)| (core, Some(pre)));
    let number = |part: &str| {
        part.bytes().all(|b| b.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
            && part.parse::<u64>().is_ok()
    };
    let words = |list: &str| {
        list.split('.').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
    };
    let no_leading_zero = |list: &str| {
        list.split('.')
            .all(|word| word.len() < 2 || !word.starts_with('0') || !word.bytes().all(|b| b.is_ascii_digit()))
    };
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(|pre| words(pre) && no_leading_zero(pre))
        && build.is_none_or(words)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| (part.len(), part));
    let mut next = |digits: usize| {
        let (_, part) = parts.next().filter(|(length, _)| *length == digits)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u16>().ok())?
    };
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::{Date, Fingerprint, Form, Link, PackageName, Version};

    fn check<F: Form>(good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(F::fits(text), "{text}");
        }
        for text in bad {
            assert!(!F::fits(text), "{text}");
        }
    }

    #[test]
    fn what_has_its_form() {
        check::<PackageName>(&["a", "huaweicloud-migration", "a_1"], &["1a", "-a", "ü", "a b", "a/b", "a.b", "_a"]);
        check::<Version>(
            &["0.1.0", "10.20.30", "1.0.0-alpha.1", "1.0.0-0a.-+build.01", "1.0.0+x"],
            &["1", "0.1", "1.2.3.4", "v1.0.0", "01.0.0", "1..0", "1.0.0-", "1.0.0-01", "1.0.0+", "1.0.x", "1.0.-1"],
        );
        check::<Date>(
            &["2025-03-31", "2024-02-29", "2000-02-29"],
            &[
                "2025-02-29",
                "1900-02-29",
                "2025-13-01",
                "2025-00-01",
                "2025-04-31",
                "2025-1-1",
                "31.03.2025",
                "2025-03",
            ],
        );
        check::<Date>(&[], &["2025-03-31-", "2025-03-00", "+025-03-01", "2025-03-3\u{661}"]);
        check::<Fingerprint>(
            &["0123456789abcdef", "0000000000000000"],
            &["0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF", "0123456789abcdeg"],
        );
        check::<Link>(
            &["https://a.b/c?d#e", "http://a"],
            &["a.b", "https://", "https:///x", "ftp://a", "HTTPS//a", "https://a b", "file:///x", "javascript:x"],
        );
    }
}
