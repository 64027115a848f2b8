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

/// The message of an error that somebody else wrote, whole, with what a terminal or a log would obey escaped.
#[cfg(feature = "client")]
pub(crate) struct Clean<T>(pub(crate) T);

#[cfg(feature = "client")]
impl<T: fmt::Display> fmt::Display for Clean<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Cleaner(f), "{}", self.0)
    }
}

#[cfg(feature = "client")]
struct Cleaner<'a, 'b>(&'a mut fmt::Formatter<'b>);

#[cfg(feature = "client")]
impl Write for Cleaner<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|character| match character {
            '"' | '\'' | '\\' => self.0.write_char(character),
            _ => write!(self.0, "{}", character.escape_debug()),
        })
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

    #[cfg(feature = "client")]
    #[test]
    fn cleans_what_others_write() {
        let cases = [
            (r#"cannot open "C:\it's""#, r#"cannot open "C:\it's""#),
            ("a\r\nINFO forged\u{1b}[2J\0", r"a\r\nINFO forged\u{1b}[2J\0"),
            ("right \u{202e}to left, äöü", r"right \u{202e}to left, äöü"),
        ];
        for (text, expected) in cases {
            assert_eq!(Clean(text).to_string(), expected);
        }
    }
}
