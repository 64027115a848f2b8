//! Numbers and ranges as pages write them: `1,024`, `1–10,240`, `0 to 255`.

use crate::decode::Number;
use crate::page::block::is_sign;
use crate::page::facts::Limits;

/// The number at the beginning, and what follows it.
pub(super) fn number(text: &str) -> Option<(Number, &str)> {
    let start = text.trim_start_matches(|char: char| char.is_whitespace() || is_sign(char));
    let (negative, start) = match start.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, start.strip_prefix('+').unwrap_or(start)),
    };
    let mut digits = String::new();
    if negative {
        digits.push('-');
    }
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = run(start);
    if first == 0 || first > 30 {
        return None;
    }
    digits.push_str(&start[..first]);
    let mut rest = &start[first..];
    // Thousands are set apart in threes, or it is a list.
    while first <= 3 && rest.starts_with([',', '，']) {
        let group = rest.trim_start_matches([',', '，']);
        if run(group) != 3 || digits.len() > 30 {
            break;
        }
        digits.push_str(&group[..3]);
        rest = &group[3..];
    }
    let fraction = rest.strip_prefix('.').map_or(0, run);
    if fraction > 0 {
        digits.push_str(&rest[..=fraction]);
        rest = &rest[1 + fraction..];
        return digits.parse().ok().map(|value| (Number::Float(value), rest));
    }
    // `1E+4`, as programs write it.
    if let Some(power) = rest.strip_prefix(['e', 'E']).map(|power| power.strip_prefix('+').unwrap_or(power))
        && (1..=2).contains(&run(power))
        && !power[run(power)..].starts_with(|char: char| char.is_alphanumeric())
    {
        let (power, rest) = power.split_at(run(power));
        return format!("{digits}e{power}").parse().ok().map(|value| (Number::Float(value), rest));
    }
    let integer = digits.parse().ok().map(Number::Integer);
    integer.or_else(|| digits.parse().ok().map(Number::Float)).map(|value| (value, rest))
}

/// Two numbers with a dash or a word between them, both inclusive, and what follows.
pub(super) fn range(text: &str) -> Option<(Limits, &str)> {
    let trimmed = |text: &'_ str| -> usize {
        text.len() - text.trim_start_matches(|char: char| char.is_whitespace() || is_sign(char)).len()
    };
    let mut start = &text[trimmed(text)..];
    for word in ["from ", "From ", "between ", "Between "] {
        start = start.strip_prefix(word).unwrap_or(start);
    }
    for sign in [">=", "≥", "Greater than or equal to ", "greater than or equal to "] {
        if let Some((low, rest)) = start.strip_prefix(sign).and_then(number) {
            return Some((Limits { low: Some(low), high: None }, rest));
        }
    }
    let bracket = start.starts_with('[');
    let (low, rest) = number(start.strip_prefix('[').unwrap_or(start))?;
    let rest = &rest[trimmed(rest)..];
    let rest = ["-", "–", "—", "~", "～", "to ", "and ", "至", "到"]
        .iter()
        .find_map(|sign| rest.strip_prefix(sign))
        .or_else(|| rest.strip_prefix([',', '，']).filter(|_| bracket))?;
    let (high, rest) = number(rest)?;
    // An interval that leaves out its end is none of whole numbers for sure.
    if bracket && rest.trim_start().starts_with(')') {
        return None;
    }
    Some((Limits { low: Some(low), high: Some(high) }, rest.strip_prefix(']').unwrap_or(rest)))
}

/// Whether what follows a number says that it counts characters.
pub(super) fn counts_characters(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|char: char| char.is_whitespace() || is_sign(char)).to_ascii_lowercase();
    rest.starts_with("char") || rest.starts_with("个字符") || rest.starts_with("字符")
}

/// Limits in sentences: of characters, then of values.
pub(super) fn in_prose(text: &str) -> (Option<Limits>, Option<Limits>) {
    let words: Vec<&str> =
        text.split(|char: char| char.is_whitespace() || is_sign(char)).filter(|word| !word.is_empty()).collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    let word = |at: usize| lower.get(at).map_or("", String::as_str);
    let (mut length, mut value) = (None, None);
    for at in 0..lower.len() {
        if word(at).starts_with("character") && at > 0 && length.is_none() {
            length = length_before(&lower[..at]);
        }
        let ranges = word(at) == "ranges" || (word(at) == "range" && word(at + 1) == "is");
        if ranges && value.is_none() {
            let from = at + if word(at) == "range" { 2 } else { 1 };
            let tail = words.get(from..(from + 5).min(words.len())).unwrap_or_default().join(" ");
            value = range(&tail).map(|(limits, _)| limits);
        }
        let at_least = word(at) == "greater"
            && word(at + 1) == "than"
            && word(at + 2) == "or"
            && word(at + 3) == "equal"
            && word(at + 4) == "to";
        if at_least && value.is_none() {
            value = number(word(at + 5)).map(|(low, _)| Limits { low: Some(low), high: None });
        }
    }
    (length, value)
}

/// `1 to 64`, `a maximum of 64`, `at least 8` before "characters".
fn length_before(words: &[String]) -> Option<Limits> {
    let back = |count: usize| words.len().checked_sub(count).and_then(|at| words.get(at)).map_or("", String::as_str);
    let whole = |text: &str| number(text).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number);
    if let Some((limits, "")) = range(back(1)) {
        return Some(limits);
    }
    let last = whole(back(1))?;
    if matches!(back(2), "to" | "and" | "-" | "–" | "~")
        && let Some(low) = whole(back(3))
    {
        return Some(Limits { low: Some(low), high: Some(last) });
    }
    let (low, high) = match (back(3), back(2)) {
        ("maximum", "of") | ("up", "to") | ("at", "most") | (_, "exceed") | ("more", "than") => (None, Some(last)),
        ("minimum", "of") | ("at", "least") => (Some(last), None),
        _ => return None,
    };
    Some(Limits { low, high })
}

#[cfg(test)]
mod tests {
    use super::{in_prose, number, range};
    use crate::decode::Number;
    use crate::page::facts::Limits;

    fn limits(low: i64, high: i64) -> Limits {
        Limits { low: Some(Number::Integer(low)), high: Some(Number::Integer(high)) }
    }

    #[test]
    fn numbers() {
        let cases = [
            ("1", Some((Number::Integer(1), ""))),
            (" 1,024 characters", Some((Number::Integer(1024), " characters"))),
            ("\u{2}65,535\u{3}.", Some((Number::Integer(65535), "\u{3}."))),
            ("1, 2", Some((Number::Integer(1), ", 2"))),
            ("1,23", Some((Number::Integer(1), ",23"))),
            ("-5", Some((Number::Integer(-5), ""))),
            ("0.5 s", Some((Number::Float(0.5), " s"))),
            ("10.", Some((Number::Integer(10), "."))),
            ("1E+4`", Some((Number::Float(1e4), "`"))),
            ("1Ex", Some((Number::Integer(1), "Ex"))),
            ("9223372036854775807", Some((Number::Integer(i64::MAX), ""))),
            ("x", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges() {
        let all = [
            ("1–10,240 (an integer greater than 0 and less than 10,241).", limits(1, 10240)),
            ("1-10,240", limits(1, 10240)),
            (" 1 - 20", limits(1, 20)),
            ("0 to 255", limits(0, 255)),
            ("from 10 to 1000.", limits(10, 1000)),
            ("[1, 64]", limits(1, 64)),
            ("-1 to 5", limits(-1, 5)),
            ("\u{2}1\u{3}–\u{2}5\u{3}", limits(1, 5)),
            (">= 3", Limits { low: Some(Number::Integer(3)), high: None }),
        ];
        for (text, expected) in all {
            assert_eq!(range(text).map(|(limits, _)| limits), Some(expected), "{text}");
        }
        for text in ["5 minutes to 24 hours", "1, 64", "[0, 1)", "20", "a to b", ""] {
            assert_eq!(range(text), None, "{text}");
        }
    }

    #[test]
    fn prose() {
        let some = |low: Option<i64>, high: Option<i64>| {
            Some(Limits { low: low.map(Number::Integer), high: high.map(Number::Integer) })
        };
        let cases = [
            ("The name contains 4 to 64 characters.", (some(Some(4), Some(64)), None)),
            ("Enter a maximum of 1,000 characters.", (some(None, Some(1000)), None)),
            ("It cannot exceed 128 characters", (some(None, Some(128)), None)),
            ("at least 8 characters", (some(Some(8), None), None)),
            ("1-64 characters", (some(Some(1), Some(64)), None)),
            ("contains 8 special characters", (None, None)),
            ("64 characters", (None, None)),
            ("The value ranges from 1 to 100.", (None, some(Some(1), Some(100)))),
            ("The value range is from 5 minutes to 24 hours.", (None, None)),
            ("The value must be greater than or equal to 0.", (None, some(Some(0), None))),
            ("characters", (None, None)),
        ];
        for (text, expected) in cases {
            assert_eq!(in_prose(text), expected, "{text}");
        }
    }
}
