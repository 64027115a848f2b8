//! What a label announces: in the rest of its paragraph, or below.

use super::labels::{Label, Of};
use super::values::{self, is_nothing};
use super::{Announced, Sink, numbers};
use crate::page::block::{CLOSE, OPEN, PieceKind, is_sign, plain, shortened};
use crate::page::facts::{At, Limits, Said, Values};

impl Sink {
    /// Takes what a label announces; returns how many of the pieces below are its values.
    pub(super) fn announced(&mut self, it: &Announced<'_>) -> usize {
        let rest =
            it.segment.trim_matches(|char: char| char.is_whitespace() || (char == CLOSE && !it.segment.contains(OPEN)));
        // A label that stands alone announces what stands below it.
        let alone = rest.is_empty();
        let next = it.below.first().filter(|_| alone).map(|piece| piece.text.as_str());
        let text = next.unwrap_or(rest);
        match it.label {
            Label::Low(of) | Label::High(of) => {
                self.limit(it.line, of, matches!(it.label, Label::High(_)), text);
                0
            }
            Label::Both(of) => self.range(it, of, text, rest),
            Label::Default => {
                self.default_is(it.line, text, it.text);
                0
            }
            Label::Formal | Label::Values => self.values(it, rest),
            Label::Pattern => {
                self.says.pattern = match plain(text).trim() {
                    "" => Said::Unreadable(At::new(it.line, format!("nothing follows {:?}", it.text))),
                    text => Said::Is(At::new(it.line, text.to_owned())),
                };
                0
            }
            Label::Other => 0,
        }
    }

    pub(super) fn limit(&mut self, line: u32, of: Of, high: bool, text: &str) {
        if is_nothing(text) {
            return;
        }
        let Some((number, rest)) = numbers::number(text) else {
            let why = format!("{:?} is no number", shortened(text.trim()));
            return unreadable(self.limits(of), line, why);
        };
        let of = if of == Of::Bare && numbers::counts_characters(rest) { Of::Length } else { of };
        let limits = if high { (None, Some(number)) } else { (Some(number), None) };
        set(self.limits(of), line, Limits { low: limits.0, high: limits.1 });
    }

    fn limits(&mut self, of: Of) -> &mut Said<Limits> {
        match of {
            Of::Bare => &mut self.says.bare,
            Of::Length => &mut self.says.length,
            Of::Value => &mut self.says.range,
            Of::Items => &mut self.says.items,
        }
    }

    fn range(&mut self, it: &Announced<'_>, of: Of, text: &str, rest: &str) -> usize {
        if text.is_empty() || is_nothing(text) {
            return 0;
        }
        if let Some((limits, after)) = numbers::range(text) {
            let of = if of == Of::Value && numbers::counts_characters(after) { Of::Length } else { of };
            set(self.limits(of), it.line, limits);
            return 0;
        }
        let (length, value) = numbers::in_prose(text);
        if length.is_some() || value.is_some() {
            return 0;
        }
        if of == Of::Value {
            return self.values(it, rest);
        }
        unreadable(self.limits(of), it.line, format!("{:?} is no range", shortened(text)));
        0
    }

    fn default_is(&mut self, line: u32, text: &str, label: &str) {
        if is_nothing(text) || self.says.default.is().is_some() {
            return;
        }
        label.clone_into(&mut self.default_label);
        self.says.default = match default_value(text) {
            Some(value) => Said::Is(At::new(line, value)),
            None if text.trim().is_empty() => Said::Unreadable(At::new(line, "no default follows".to_owned())),
            None => Said::Unreadable(At::new(line, format!("{:?} is not one value", shortened(text.trim())))),
        };
    }

    fn values(&mut self, it: &Announced<'_>, rest: &str) -> usize {
        let follows = rest.trim_matches(|char: char| " :：.".contains(char) || is_sign(char));
        let (taken, list) = if follows.is_empty() {
            match it.below.first() {
                Some(piece) if is_nothing(&piece.text) => return 0,
                // The dialect with a label on a line of its own has a sentence below it.
                Some(piece) if piece.kind == PieceKind::Paragraph && piece.text.contains([' ', ',', '，', '、']) => {
                    (0, values::in_line(&piece.text))
                }
                _ => values::below(it.below),
            }
        } else if is_nothing(rest) || (it.text.eq_ignore_ascii_case("which can be") && !rest.contains(OPEN)) {
            return 0;
        } else {
            (0, values::in_line(rest))
        };
        match list {
            Ok(list) => {
                let formal = it.label == Label::Formal;
                self.list(
                    it.line,
                    Values { label: Some(it.text.to_owned()).filter(|text| !text.is_empty()), formal, list },
                );
            }
            // So many sentences begin like this that only what is set apart counts.
            Err(_) if it.text.eq_ignore_ascii_case("which can be") => (),
            Err(why) => {
                let why = if it.text.is_empty() { why } else { format!("after {:?}: {why}", it.text) };
                self.unreadable_values.get_or_insert(At::new(it.line, why));
            }
        }
        taken
    }
}

fn unreadable<T>(said: &mut Said<T>, line: u32, why: String) {
    if matches!(said, Said::Nothing) {
        *said = Said::Unreadable(At::new(line, why));
    }
}

/// Adds a limit to the other one; what is said twice and differently is not known.
fn set(said: &mut Said<Limits>, line: u32, new: Limits) {
    let old = said.is().copied().unwrap_or_default();
    let differs = |old: Option<_>, new: Option<_>| old.is_some() && new.is_some() && old != new;
    *said = if differs(old.low, new.low) || differs(old.high, new.high) {
        Said::Unreadable(At::new(line, "two limits are given, and they differ".to_owned()))
    } else {
        Said::Is(At::new(line, Limits { low: new.low.or(old.low), high: new.high.or(old.high) }))
    };
}

/// The one value at the beginning of a text.
fn default_value(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(inside) = text.strip_prefix(OPEN) {
        let (value, rest) = inside.split_once(CLOSE)?;
        let value = value.trim().trim_end_matches('.');
        let alone =
            rest.trim_start().is_empty() || rest.trim_start().starts_with(['.', ',', ';', '(', '。', '，', '（']);
        // Digits may be set apart in threes.
        let number = numbers::number(value).is_some_and(|(_, rest)| rest.is_empty());
        let value = if number { value.replace([',', '，'], "") } else { value.to_owned() };
        return (alone && !value.is_empty()).then_some(value);
    }
    let text = plain(text);
    if let Some((_, rest)) = numbers::number(&text) {
        let rest_len = rest.len();
        let rest = rest.trim_start();
        let ends = rest.is_empty()
            || rest.starts_with([';', '(', '。', '，', '（'])
            || rest.starts_with(". ")
            || rest == "."
            || rest.starts_with(", ");
        if ends {
            return Some(text[..text.len() - rest_len].trim().replace([',', '，'], ""));
        }
    }
    let end = [". ", "。", "; ", ", ", "，", " (", "（"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min()
        .unwrap_or(text.len());
    let value = text[..end].trim().trim_end_matches(['.', ';', ',']).trim_matches('"');
    // Cut off inside a list it is no value.
    let cut = |open: char, close: char| value.starts_with(open) && !value.ends_with(close);
    let whole = !cut('[', ']') && !cut('{', '}');
    (whole && !value.is_empty() && !value.contains(char::is_whitespace)).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::default_value;

    #[test]
    fn one_value() {
        let cases = [
            ("false", Some("false")),
            ("\u{2}10\u{3}.", Some("10")),
            ("\u{2}65,535\u{3}", Some("65535")),
            ("1,024 (bytes)", Some("1024")),
            ("-1", Some("-1")),
            ("4.0", Some("4.0")),
            ("10, which is much", Some("10")),
            ("boil. It is loud.", Some("boil")),
            ("\"boil\"", Some("boil")),
            ("[]", Some("[]")),
            ("[one, two]", None),
            ("1 hour", None),
            ("\u{2}10\u{3} minutes", None),
            ("the last one", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(default_value(text).as_deref(), expected, "{text}");
        }
    }
}
