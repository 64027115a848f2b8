//! Text from outside, made fit for one line of a message.

use std::fmt::{self, Write};

/// The first characters of a text, escaped, with `…` where more follows.
pub(crate) struct Shortened<'a>(pub(crate) &'a str, pub(crate) usize);

impl fmt::Display for Shortened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.chars();
        for character in rest.by_ref().take(self.1) {
            // An apostrophe needs no escape: the messages quote with `"`.
            if character == '\'' {
                f.write_char(character)?;
            } else {
                write!(f, "{}", character.escape_debug())?;
            }
        }
        if rest.next().is_some() { f.write_char('…') } else { Ok(()) }
    }
}

/// The same between quotes.
impl fmt::Debug for Shortened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_lines_short_and_clean() {
        let cases = [
            ("", 5, ""),
            ("abcde", 5, "abcde"),
            ("abcdef", 5, "abcde…"),
            ("a\u{1b}[31m", 9, r"a\u{1b}[31m"),
            ("it's \"so\"\n", 20, r#"it's \"so\"\n"#),
            ("äöüß", 2, "äö…"),
        ];
        for (text, max, expected) in cases {
            assert_eq!(Shortened(text, max).to_string(), expected);
            assert_eq!(format!("{:?}", Shortened(text, max)), format!("\"{expected}\""));
        }
    }
}
