//! The only place where text from the spec becomes a doc comment, and where facts become words.

use crate::decode::Number;
use crate::grammar::{Basis, Bounds, Level};
use crate::model::{Field, Page, PerCloud, Service, Sourcing, Ty, Unit};

pub(crate) fn type_word(ty: &Ty) -> String {
    match ty {
        Ty::Invalid => "unknown".to_owned(),
        Ty::String | Ty::Secret => "a text".to_owned(),
        Ty::Integer => "an integer".to_owned(),
        Ty::Number => "a number".to_owned(),
        Ty::Boolean => "a boolean".to_owned(),
        Ty::Json => "free JSON".to_owned(),
        Ty::List(_) => "a list".to_owned(),
        Ty::Map(_) => "a map".to_owned(),
        Ty::Object(_) => "an object".to_owned(),
        Ty::Enum(_) => "an enumeration".to_owned(),
    }
}

/// `1 to 36 characters`, `at most 9 characters`.
pub(crate) fn bounds(bounds: Bounds, unit: &str) -> String {
    let one = bounds.high.or(bounds.low).and_then(Number::as_integer) == Some(1);
    let unit = match unit {
        "" => String::new(),
        "characters" if one => " character".to_owned(),
        "entries" if one => " entry".to_owned(),
        unit => format!(" {unit}"),
    };
    match (bounds.low, bounds.high) {
        (Some(low), Some(high)) if low == high => format!("exactly {}{unit}", grouped(low)),
        (Some(low), Some(high)) => format!("{} to {}{unit}", grouped(low), grouped(high)),
        (None, Some(high)) => format!("at most {}{unit}", grouped(high)),
        (Some(low), None) => format!("at least {}{unit}", grouped(low)),
        (None, None) => "none".to_owned(),
    }
}

/// Thousands apart, as people read them.
fn grouped(number: Number) -> String {
    let text = number.to_string();
    let Some(value) = number.as_integer().filter(|value| value.unsigned_abs() >= 10_000) else { return text };
    let digits = value.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0 { format!("-{out}") } else { out }
}

/// Text of the spec as rustdoc shows it: what would be a link, a tag or a code block there is text here.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A lone backtick quotes nothing, and three in a row would begin code that rustdoc compiles.
    let quotes = text.matches('`').count().is_multiple_of(2) && !text.contains("```");
    let mut in_code = false;
    for line in text.trim().split_inclusive('\n') {
        for word in line.trim_start_matches([' ', '\t']).split_inclusive(' ') {
            let bare = word.trim_end().trim_end_matches(['.', ',']);
            if (bare.starts_with("https://") || bare.starts_with("http://"))
                && !in_code
                && !bare.contains(['<', '>', '`'])
            {
                out.extend(["<", bare, ">", &word[bare.len()..]]);
                continue;
            }
            for c in word.chars() {
                match c {
                    '`' if quotes => in_code = !in_code,
                    '`' | '[' | ']' | '<' | '>' | '*' | '_' | '\\' if !in_code => out.push('\\'),
                    _ => {}
                }
                // Rust refuses a lone carriage return in a comment, and readers cannot see the others.
                out.push(if c.is_control() && c != '\n' { ' ' } else { c });
            }
        }
    }
    out
}

/// A title, on one line.
pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of a doc comment.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
}

/// Ends like a sentence.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// What a field is, then what is documented of it, then what is wrong with the documentation.
pub(crate) fn field(service: &Service, unit: &Unit, field: &Field, place: &str) -> String {
    let what = field.doc.as_deref().map_or_else(|| format!("`{}`.", field.wire.value), |doc| sentence(&text(doc)));
    let mut facts = Vec::new();
    let kind = if field.ty.is_collection() { " each" } else { "" };
    limit(service, &field.items, |is| bounds(is, "entries"), &mut facts);
    limit(service, &field.length, |is| format!("{}{kind}", bounds(is, "characters")), &mut facts);
    limit(
        service,
        &field.range,
        |is| format!("{}{kind}", bounds(is, field.unit.as_deref().unwrap_or_default())),
        &mut facts,
    );
    for fact in field.pattern.all() {
        let checked = if fact.is.unchecked { " (not checked)" } else { "" };
        facts.push(format!("pattern `{}`{checked}", fact.is.text.replace('`', "'")));
    }
    if let (Some(unit), true) = (&field.unit, field.range.is_empty()) {
        facts.push(format!("in {}", text(unit)));
    }
    if let Some(format) = &field.format {
        facts.push(format!("format {}", text(format)));
    }
    limit(service, &field.default, |is| format!("`{is}` if absent"), &mut facts);
    if field.as_text.is_some() {
        facts.push("text in JSON".to_owned());
    }
    if let Some(old) = &field.renamed_from {
        facts.push(format!("called `{old}` before"));
    }
    let mut out = what;
    if !facts.is_empty() {
        out.push_str(&format!(" Documented: {}.", facts.join("; ")));
    }
    for note in crate::errata::at(service, unit, place) {
        out.push_str(&format!("\n\n{note}"));
    }
    out
}

fn limit<T: Clone>(service: &Service, limit: &PerCloud<T>, words: impl Fn(T) -> String, facts: &mut Vec<String>) {
    if let Some(fact) = &limit.base {
        facts.push(format!("{}{}", words(fact.is.clone()), evidence(service, fact.by)));
    }
    for (cloud, fact) in &limit.on {
        facts.push(format!("on {cloud} {}{}", words(fact.is.clone()), evidence(service, fact.by)));
    }
}

/// Nothing for what the leading page says in its tables, or in whatever it has instead; else where it comes from.
pub(crate) fn evidence(service: &Service, by: Sourcing) -> String {
    let unit = &service.units[by.page.0];
    let page = unit.pages.get(by.page.1).filter(|_| by.page.1 != unit.lead).map(|page| page.title.as_str());
    let mut words: Vec<String> = Vec::new();
    if by.basis != unit.basis_of(by.page.1) {
        words.push(format!("from {}", basis(by.basis)));
    }
    if let Some(page) = page {
        words.push(format!("on the page “{}”", text(page)));
    }
    if by.level == Level::Warning {
        words.push("doubtful, so only a warning".to_owned());
    }
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Table => "the table",
        Basis::Prose => "the prose",
        Basis::Example => "an example",
        Basis::SiblingPage => "a sibling page",
        Basis::Sdk => "the vendor's SDK",
    }
}

/// `[Title](url), 2025-03-12`.
pub(crate) fn page(page: &Page) -> String {
    let title = text(&page.title);
    let link = page.url.as_ref().map_or_else(|| format!("“{title}”"), |url| format!("[{title}]({url})"));
    match &page.updated {
        Some(date) => format!("{link}, {} of {date}", page.cloud),
        None => format!("{link}, {}", page.cloud),
    }
}

#[cfg(test)]
mod tests {
    use super::{bounds, line, lines, sentence, text};
    use crate::decode::Number::{self, Float, Integer};
    use crate::grammar::Bounds;

    #[test]
    fn text_of_the_spec_is_text_in_rustdoc() {
        let cases = [
            ("plain words", "plain words"),
            ("a [link] and a <tag>", r"a \[link\] and a \<tag\>"),
            ("snake_case and *stars*", r"snake\_case and \*stars\*"),
            (r"the pattern [a\\]*\.", r"the pattern \[a\\\\\]\*\\."),
            (r"`[a\\]`", r"`[a\\]`"),
            ("`code_with [all] <of> it*`", "`code_with [all] <of> it*`"),
            ("a lone ` quotes_nothing", r"a lone \` quotes\_nothing"),
            ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
            ("see https://a.example/b, or not", "see <https://a.example/b>, or not"),
            ("`https://a.example/b`", "`https://a.example/b`"),
            ("https://a.example/<id>", r"https://a.example/\<id\>"),
            ("one\n    four blanks begin no code", "one\nfour blanks begin no code"),
            ("one\n\ttab", "one\ntab"),
            ("```\nlet x = ;\n```", "\\`\\`\\`\nlet x = ;\n\\`\\`\\`"),
            ("a\rb\u{7}c", "a b c"),
            ("  trimmed \n", "trimmed"),
        ];
        for (given, expected) in cases {
            assert_eq!(text(given), expected, "{given:?}");
        }
    }

    #[test]
    fn every_line_becomes_one_of_a_comment() {
        assert_eq!(lines("one\n\ntwo"), [" one", "", " two"]);
        assert_eq!(line("a title\n on  two lines\r\n"), "a title on two lines");
        let ends =
            [("a sentence", "a sentence."), ("is it?", "is it?"), ("list:", "list:"), ("done. ", "done."), ("", "")];
        for (given, expected) in ends {
            assert_eq!(sentence(given), expected);
        }
    }

    #[test]
    fn limits_in_words() {
        let of = |low: Option<Number>, high: Option<Number>, unit| bounds(Bounds { low, high }, unit);
        assert_eq!(of(Some(Integer(1)), Some(Integer(36)), "characters"), "1 to 36 characters");
        assert_eq!(of(Some(Integer(32)), Some(Integer(32)), "characters"), "exactly 32 characters");
        assert_eq!(of(None, Some(Integer(9999)), ""), "at most 9999");
        assert_eq!(of(None, Some(Integer(10_000)), ""), "at most 10,000");
        assert_eq!(of(Some(Integer(-1_234_567)), None, "MB/s"), "at least -1,234,567 MB/s");
        assert_eq!(of(Some(Integer(i64::MIN)), None, ""), "at least -9,223,372,036,854,775,808");
        assert_eq!(of(Some(Float(0.5)), Some(Float(1.5)), ""), "0.5 to 1.5");
    }
}
