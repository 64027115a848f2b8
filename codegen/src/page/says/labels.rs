//! The labels before limits, defaults and values: `Minimum length:`, `Options:`, `The value can be`.

use crate::page::block::is_sign;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Low(Of),
    High(Of),
    Both(Of),
    Default,
    /// The vendor's formal list of values.
    Formal,
    Values,
    Pattern,
    /// Only says that something else begins.
    Other,
}

/// What a limit is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// Not said: look at the type.
    Bare,
    Length,
    Value,
    Items,
}

/// How a label is told from prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// A colon, or a paragraph of its own.
    Colon,
    Nothing,
}

/// Longer ones first where one begins with another.
const LABELS: &[(&str, Label, Needs)] = {
    use Label::{Both, Default, Formal, High, Low, Other, Pattern, Values};
    use Needs::{Colon, Nothing};
    use Of::{Bare, Items, Length, Value};
    &[
        ("minimum array length", Low(Items), Colon),
        ("maximum array length", High(Items), Colon),
        ("minimum length", Low(Length), Colon),
        ("maximum length", High(Length), Colon),
        ("minimum value", Low(Value), Colon),
        ("maximum value", High(Value), Colon),
        ("minimum", Low(Bare), Colon),
        ("maximum", High(Bare), Colon),
        ("min", Low(Bare), Colon),
        ("max", High(Bare), Colon),
        ("array length", Both(Items), Colon),
        ("value length", Both(Length), Colon),
        ("length", Both(Length), Colon),
        ("value range", Both(Value), Colon),
        ("range", Both(Value), Colon),
        ("default value", Default, Colon),
        ("default", Default, Colon),
        ("the default value is", Default, Nothing),
        ("the default is", Default, Nothing),
        ("it defaults to", Default, Nothing),
        ("enumeration values", Formal, Colon),
        ("enumeration value", Formal, Colon),
        ("enumerated values", Formal, Colon),
        ("enum", Formal, Colon),
        ("the value can be one of the following", Values, Nothing),
        ("the value can be as follows", Values, Nothing),
        ("the value can be either", Values, Nothing),
        ("the value can be", Values, Nothing),
        ("which can be", Values, Nothing),
        ("the value is one of", Values, Nothing),
        ("the options are as follows", Values, Nothing),
        ("the values are as follows", Values, Nothing),
        ("the options are", Values, Nothing),
        ("value options", Values, Colon),
        ("options", Values, Colon),
        ("option", Values, Colon),
        ("possible values", Values, Colon),
        ("valid values", Values, Colon),
        ("available values", Values, Colon),
        ("available options", Values, Colon),
        ("supported values", Values, Colon),
        ("values", Values, Colon),
        ("regular expression", Pattern, Colon),
        ("pattern", Pattern, Colon),
        ("definition", Other, Colon),
        ("parameter description", Other, Colon),
        ("constraints", Other, Colon),
        ("constraint", Other, Colon),
        ("example", Other, Colon),
        ("note", Other, Colon),
        ("unit", Other, Colon),
        ("最小长度", Low(Length), Colon),
        ("最大长度", High(Length), Colon),
        ("最小值", Low(Value), Colon),
        ("最大值", High(Value), Colon),
        ("数组长度", Both(Items), Colon),
        ("长度", Both(Length), Colon),
        ("取值范围", Both(Value), Colon),
        ("缺省值", Default, Colon),
        ("默认取值", Default, Colon),
        ("默认值", Default, Colon),
        ("枚举值", Formal, Colon),
        ("可选值", Values, Colon),
        ("正则匹配", Pattern, Colon),
        ("参数解释", Other, Colon),
        ("约束限制", Other, Colon),
    ]
};

#[derive(Debug)]
pub(super) struct Found {
    pub(super) label: Label,
    /// As the page writes it.
    pub(super) text: String,
    /// Where the label begins, and where what it announces does.
    pub(super) start: usize,
    pub(super) after: usize,
}

/// All labels of a paragraph, in order.
pub(super) fn labels(text: &str) -> Vec<Found> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<Found> = Vec::new();
    let mut before = ' ';
    let mut past = 0;
    for (at, char) in lower.char_indices() {
        let begins = at >= past && !is_word(before);
        before = char;
        if !begins || char.is_whitespace() || is_sign(char) {
            continue;
        }
        let rest = &lower[at..];
        let hit = LABELS.iter().find_map(|(label, kind, needs)| {
            let tail = rest.strip_prefix(label)?;
            let end = at + label.len();
            Some((kind, after(tail, *needs, is_blank(&lower[..at]))? + end, end))
        });
        if let Some((kind, after, end)) = hit {
            found.push(Found { label: *kind, text: text[at..end].to_owned(), start: at, after });
            past = after;
        }
    }
    found
}

fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// Nothing but spaces and signs.
fn is_blank(text: &str) -> bool {
    text.chars().all(|char| char.is_whitespace() || is_sign(char))
}

/// How far behind the label what it announces begins, if it is a label there.
fn after(tail: &str, needs: Needs, first: bool) -> Option<usize> {
    if tail.chars().next().is_some_and(is_word) {
        return None;
    }
    let gap = tail.find(|char: char| !char.is_whitespace() && !is_sign(char)).unwrap_or(tail.len());
    match tail[gap..].chars().next() {
        Some(colon @ (':' | '：')) => Some(gap + colon.len_utf8()),
        _ if needs == Needs::Nothing => Some(0),
        None if first => Some(gap),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, Of, labels};

    #[test]
    fn labels_and_what_only_looks_like_one() {
        let cases: [(&str, &[(Label, &str)]); 14] = [
            (
                "Minimum length: 1 character Maximum length: 1,024 characters",
                &[(Label::Low(Of::Length), " 1 character "), (Label::High(Of::Length), " 1,024 characters")],
            ),
            ("ID. Minimum: 1 Maximum: 36", &[(Label::Low(Of::Bare), " 1 "), (Label::High(Of::Bare), " 36")]),
            ("Array Length: 1 - 20", &[(Label::Both(Of::Items), " 1 - 20")]),
            ("starts.Options:", &[(Label::Values, "")]),
            ("\u{2}Range\u{3}", &[(Label::Both(Of::Value), "")]),
            ("\u{2}取值范围\u{3}： 不涉及。", &[(Label::Both(Of::Value), " 不涉及。")]),
            ("The value can be v1 or v2.", &[(Label::Values, " v1 or v2.")]),
            ("The default value is 10.", &[(Label::Default, " 10.")]),
            ("Default: false", &[(Label::Default, " false")]),
            ("Maximum bandwidth.", &[]),
            ("The diagnosis time range is max 10 minutes.", &[]),
            ("Values of the range", &[]),
            ("a_default: x", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found = labels(text);
            let ends = found.iter().skip(1).map(|next| next.start).chain([text.len()]);
            let read: Vec<_> =
                found.iter().zip(ends).map(|(found, end)| (found.label, &text[found.after..end])).collect();
            assert_eq!(read, expected, "{text}");
        }
    }
}
