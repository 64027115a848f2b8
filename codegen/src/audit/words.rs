//! What sentences say, as far as that can be found without understanding them.

use crate::decode::Number;
use crate::grammar::Bounds;

/// The words of a text: runs of letters, digits and what names are made of, without dots and hyphens at their ends.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || "_-.".contains(c)))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| !word.is_empty())
}

/// Whether a text has a name among its words.
pub(super) fn has(text: &str, name: &str) -> bool {
    if name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c)) {
        words(text).any(|word| word == name)
    } else {
        !name.trim().is_empty() && text.contains(name)
    }
}

/// Whether a text names a value in a way that no sentence does by chance: as a name with `_`, digits or capitals inside, or
/// before a colon.
pub(super) fn names(text: &str, value: &str) -> bool {
    if !has(text, value) {
        return false;
    }
    let unusual = value.contains('_')
        || value.chars().any(|c| c.is_ascii_digit()) && value.chars().any(char::is_alphabetic)
        || value.chars().skip(1).any(char::is_uppercase);
    unusual || text.match_indices(value).any(|(at, _)| stands_out(text, at, value))
}

/// Whether a value stands before a colon or dash that explains it, or in quotation marks.
fn stands_out(text: &str, at: usize, value: &str) -> bool {
    let before = text[..at].trim_end_matches(['*', ' ']).chars().next_back();
    let joined = text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_-.".contains(c));
    let behind = text[at + value.len()..].trim_start_matches('*');
    let quoted = text[..at].ends_with(['"', '`', '\'', '“']) && behind.starts_with(['"', '`', '\'', '”']);
    let begins = before.is_none_or(|c| ".,;:-\n•".contains(c));
    !joined && (quoted || begins && behind.starts_with([':', '：']))
}

/// Whether a text names a unit, by its sign or its name.
pub(super) fn has_unit(text: &str, unit: &str) -> bool {
    const NAMES: &[(&str, &[&str])] = &[
        ("s", &["second"]),
        ("ms", &["millisecond"]),
        ("min", &["minute"]),
        ("h", &["hour"]),
        ("d", &["day"]),
        ("B", &["byte"]),
        ("%", &["percent"]),
        ("1/s", &["per second", "/s"]),
    ];
    let lower = text.to_lowercase();
    let names = NAMES.iter().find(|(sign, _)| *sign == unit).map_or(&[][..], |(_, names)| names);
    let spelled =
        |name: &&str| lower.match_indices(*name).any(|(at, _)| !lower[..at].ends_with(|c: char| c.is_alphanumeric()));
    has(text, unit) || names.iter().any(spelled)
}

/// The unit that a text names after `Unit:`, or `in units of`.
pub(super) fn unit(text: &str) -> Option<&str> {
    let at = text.to_ascii_lowercase().find("unit:")?;
    let behind = text.get(at + "unit:".len()..)?.trim_start_matches([' ', '*']);
    let end = behind.find(|c: char| !(c.is_alphanumeric() || "/%".contains(c))).unwrap_or(behind.len());
    (end > 0).then(|| &behind[..end])
}

/// Whether a text looks like one of a format that the spec names.
pub(super) fn is_of_format(text: &str, format: &str) -> bool {
    let shaped = |shape: &str| {
        text.len() == shape.len()
            && text.chars().zip(shape.chars()).all(|(c, wanted)| match wanted {
                '9' => c.is_ascii_digit(),
                'x' => c.is_ascii_hexdigit(),
                other => c == other,
            })
    };
    match format {
        "rfc3339" => {
            text.is_ascii() && text.len() >= 20 && {
                let (day, rest) = text.split_at(10);
                let (time, zone) = rest.split_at(9);
                let digits = |text: &str, shape: &str| {
                    text.chars()
                        .zip(shape.chars())
                        .all(|(c, wanted)| if wanted == '9' { c.is_ascii_digit() } else { c == wanted })
                };
                digits(day, "9999-99-99")
                    && digits(time, "T99:99:99")
                    && (zone.ends_with('Z') || zone.contains(['+', '-']))
            }
        }
        "epoch-milliseconds" => shaped("9999999999999"),
        "epoch-seconds" => shaped("9999999999"),
        "uuid" => shaped("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") || shaped("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        "yyyyMMddHHmmss" => shaped("99999999999999"),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        _ => false,
    }
}

/// Whether a text speaks of a condition under which something must be given.
pub(super) fn speaks_of_need(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["mandatory", "required", "must be specified", "must be set", "cannot be empty"]
        .iter()
        .any(|word| text.contains(word))
}

/// The limits that a text gives in words that are usual for them.
pub(super) fn bounds(text: &str) -> Option<Bounds> {
    let text = without_thousands(&text.to_lowercase());
    let after = |phrases: &[&str]| {
        phrases.iter().find_map(|phrase| {
            text.match_indices(phrase).find_map(|(at, _)| number(text[at + phrase.len()..].trim_start()))
        })
    };
    let one_more = |number: Number, by: i64| match number {
        Number::Integer(value) => value.checked_add(by).map(Number::Integer),
        Number::Float(_) => None,
    };
    let low = after(&["greater than or equal to", "no less than", "not less than", "at least", "minimum of", "from"])
        .or_else(|| after(&["greater than"]).and_then(|number| one_more(number, 1)));
    let high = after(&[
        "less than or equal to",
        "no more than",
        "not exceed",
        "cannot exceed",
        "at most",
        "maximum of",
        "up to",
    ])
    .or_else(|| after(&["less than"]).and_then(|number| one_more(number, -1)));
    let (low, high) = match (low, high) {
        (None, None) => range(&text)?,
        (Some(low), None) => (Some(low), after(&["to"]).filter(|_| text.contains("from"))),
        found => found,
    };
    Some(Bounds { low, high })
}

/// `1-36`, `1 to 36`.
fn range(text: &str) -> Option<(Option<Number>, Option<Number>)> {
    for (at, c) in text.char_indices() {
        let begins = c.is_ascii_digit() && !text[..at].ends_with(|c: char| c.is_alphanumeric() || "._-".contains(c));
        let Some(low) = begins.then(|| number(&text[at..])).flatten() else { continue };
        let behind = text[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
        let rest = ["–", "—", "-", "~", "to "].iter().find_map(|dash| behind.strip_prefix(dash));
        if let Some(high) = rest.and_then(|rest| number(rest.trim_start())) {
            return Some((Some(low), Some(high)));
        }
    }
    None
}

/// The number that a text begins with.
fn number(text: &str) -> Option<Number> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(text.len());
    let digits = text[..end].trim_end_matches(['.', '-']);
    let whole = digits.parse::<i64>().map(Number::Integer);
    whole.or_else(|_| digits.parse::<f64>().map(Number::Float)).ok()
}

/// `10,240` as `10240`.
fn without_thousands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let digits =
            |range: std::ops::Range<usize>| chars.get(range).is_some_and(|of| of.iter().all(char::is_ascii_digit));
        let splits = *c == ','
            && at > 0
            && chars[at - 1].is_ascii_digit()
            && digits(at + 1..at + 4)
            && !chars.get(at + 4).is_some_and(char::is_ascii_digit);
        if !splits {
            out.push(*c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{bounds, has, has_unit, is_of_format, names};

    #[test]
    fn a_name_is_a_word_of_its_own() {
        assert!(has("start stop clone_test: x.", "clone_test"));
        assert!(!has("start stop clone_test: x.", "clone"));
        assert!(has("in MB/s.", "MB/s"));
        assert!(!has("anything", ""));
    }

    #[test]
    fn an_ordinary_word_is_not_taken_for_a_value() {
        let text = "Operation on the task. start stop cutover: Start it. clone_test";
        for (value, expected) in [("clone_test", true), ("start", false), ("task", false), ("other_one", false)] {
            assert_eq!(names(text, value), expected, "{value}");
        }
        assert!(names("auto: by itself", "auto"));
        assert!(names("one of `auto` or `manual`", "manual"));
        assert!(names("SUCCESS or FAILED", "FAILED"));
        assert!(!names("the auto mode", "auto"));
    }

    #[test]
    fn units_and_formats() {
        assert!(
            has_unit("Validity period (in seconds).", "s") && has_unit("Unit: MB/s", "MB/s") && has_unit("in %", "%")
        );
        assert!(!has_unit("It takes milliseconds", "s") && !has_unit("as is", "B"));
        let cases = [
            ("2020-06-17T07:38:42.503Z", "rfc3339", true),
            ("2020-06-17T07:38:42+08:00", "rfc3339", true),
            ("2020-06-17 07:38:42", "rfc3339", false),
            ("äöü20-06-17T07:38:42Z", "rfc3339", false),
            ("1684191545379", "epoch-milliseconds", true),
            ("16841915453", "epoch-seconds", false),
            ("7a9a9540-ff28-4869-b9e4-855fbe12abcd", "uuid", true),
            ("7a9a9540-ff28-4869-b9e4-855fbe12xxxx", "uuid", false),
            ("x", "unheard-of", false),
        ];
        for (text, format, expected) in cases {
            assert_eq!(is_of_format(text, format), expected, "{text} as {format}");
        }
    }

    #[test]
    fn limits_in_words() {
        let cases = [
            ("The value must be greater than or equal to 0.", "Some(Integer(0)) None"),
            ("Value range: 1–10,240 (an integer)", "Some(Integer(1)) Some(Integer(10240))"),
            ("Enter a maximum of 100 characters", "None Some(Integer(100))"),
            ("from 1 to 64 characters", "Some(Integer(1)) Some(Integer(64))"),
            ("less than 10,241 and greater than 0", "Some(Integer(1)) Some(Integer(10240))"),
            ("at most 50 tasks", "None Some(Integer(50))"),
        ];
        for (text, expected) in cases {
            let found = bounds(text).map(|found| format!("{:?} {:?}", found.low, found.high));
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        for text in ["", "Format: yyyyMMddHHmmss, for example, 20200609160000", "ID 2020-06-17T", "the 2nd of 3"] {
            assert_eq!(bounds(text), None, "{text}");
        }
    }
}
