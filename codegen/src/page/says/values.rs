//! Lists of values, in a sentence or as points.

use crate::page::block::{CLOSE, OPEN, Piece, PieceKind, plain, shortened};
use crate::page::facts::ValueSaid;

/// What stands for "there is nothing to say".
pub(super) fn is_nothing(text: &str) -> bool {
    let text = plain(text).trim().trim_end_matches(['.', '。']).to_ascii_lowercase();
    matches!(
        text.as_str(),
        "n/a" | "na" | "none" | "-" | "--" | "not involved" | "not applicable" | "no default value" | "不涉及" | "无"
    )
}

/// The values named in what follows a label in the same paragraph: set apart, or plain words with commas between them.
pub(super) fn in_line(text: &str) -> Result<Vec<ValueSaid>, String> {
    let list = if text.contains(OPEN) { set_apart(text) } else { explained_list(text).or_else(|| plain_list(text)) };
    match list {
        Some(list) if !list.is_empty() => Ok(list),
        _ => Err(format!("no list of values can be told in {:?}", shortened(text.trim()))),
    }
}

/// Without stars that were meant to set it apart and do not.
fn bare(value: &str) -> &str {
    match value.trim_matches('*') {
        "" => value,
        bare => bare,
    }
}

fn push(list: &mut Vec<ValueSaid>, value: &str) {
    let value = bare(value);
    // A long list of values is no list; the check keeps the search short.
    if list.len() < 512 && !value.is_empty() && !list.iter().any(|known| known.value == value) {
        list.push(ValueSaid { value: value.to_owned(), explanation: String::new() });
    }
}

/// `**a**, **b** and **c**`, `**0**: off; **1**: on`
fn set_apart(text: &str) -> Option<Vec<ValueSaid>> {
    let mut list: Vec<ValueSaid> = Vec::new();
    let mut rest = text;
    loop {
        let next = rest.find(OPEN).unwrap_or(rest.len());
        let between = &rest[..next];
        let (between, ends) = sentence_end(between, next < rest.len());
        let explained = between.trim_start().starts_with([':', '：', '(', '（', '-', '–', '=']);
        if let Some(last) = list.last_mut() {
            let said = between.trim_matches(|char: char| " :：()（）-–=,;；、，".contains(char));
            let said = said.trim_end_matches(" and").trim_end_matches(" or").trim_end_matches(['.', ' ']);
            if !matches!(said, "and" | "or" | "/" | "and/or" | "") {
                last.explanation.push_str(said);
            }
        } else if between.split_whitespace().count() > 8 {
            // What is set apart so far from the label is something else.
            return None;
        }
        if ends || next == rest.len() {
            return Some(list);
        }
        let inside = &rest[next + OPEN.len_utf8()..];
        let end = inside.find(CLOSE)?;
        let value = inside[..end].trim().trim_end_matches([':', '：', ',', '.', ';']);
        let open = |text: &str| {
            text.trim_end().ends_with([',', ';', '；', '、', '，', '.', '。', '/'])
                || text.trim_end().ends_with("and")
                || text.trim_end().ends_with("or")
        };
        // In an explanation other values may be named.
        if !explained || list.is_empty() || open(between) {
            push(&mut list, value);
        }
        rest = &inside[end + CLOSE.len_utf8()..];
    }
}

/// The text up to the end of its sentence, and whether that ends the list: it does unless the next thing set apart follows at once.
fn sentence_end(text: &str, more: bool) -> (&str, bool) {
    for (at, char) in text.char_indices() {
        let after = &text[at + char.len_utf8()..];
        let stop = char == '。' || (char == '.' && (after.is_empty() || after.starts_with(' ')));
        if stop && !(more && after.trim().is_empty()) {
            return (&text[..at], true);
        }
    }
    (text, false)
}

/// `a, b, or c`, `0 (off), 1 (on)`
fn plain_list(text: &str) -> Option<Vec<ValueSaid>> {
    let (sentence, _) = sentence_end(text.trim(), false);
    let mut list = Vec::new();
    let sentence = sentence.replace(" or ", ",").replace(" and ", ",");
    for part in sentence.split([',', '，', '、', ';', '；', '|']) {
        let part = part.trim();
        let part = part.strip_prefix("or ").or_else(|| part.strip_prefix("and ")).unwrap_or(part);
        if part.is_empty() {
            continue;
        }
        let said = value_and_explanation(part)?;
        push(&mut list, &said.value);
        if let Some(last) = list.last_mut() {
            last.explanation = said.explanation;
        }
    }
    Some(list)
}

/// `true: one. false: the other.`
fn explained_list(text: &str) -> Option<Vec<ValueSaid>> {
    let mut list = Vec::new();
    for part in text
        .replace(". ", "。")
        .split(['。', ';', '；'])
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| !part.is_empty())
    {
        let said = value_and_explanation(part).filter(|said| !said.explanation.is_empty())?;
        push(&mut list, &said.value);
        if let Some(last) = list.last_mut().filter(|last| last.value == bare(&said.value)) {
            last.explanation = said.explanation;
        }
    }
    (list.len() > 1).then_some(list)
}

/// The value that a point names at its beginning.
pub(super) fn of_point(text: &str) -> Option<ValueSaid> {
    let text = text.trim();
    let Some(inside) = text.strip_prefix(OPEN) else { return value_and_explanation(text) };
    let end = inside.find(CLOSE)?;
    let (value, rest) = (inside[..end].trim(), inside[end + CLOSE.len_utf8()..].trim());
    let apart = value.ends_with([':', '：']);
    let value = value.trim_end_matches([':', '：', '.', ',', ';']).trim_matches('"');
    let explains =
        rest.is_empty() || apart || rest.starts_with([':', '：', '(', '（', '-', '–', '—', ',', '.', ';', '=', '。']);
    let explanation = plain(rest.trim_start_matches([':', '：', '-', '–', '—', ',', '.', ';', '=', '。', ' ']));
    (explains && !value.is_empty() && value.len() <= 128).then(|| ValueSaid { value: value.to_owned(), explanation })
}

/// `value: explanation`, `value (explanation)`, or the value alone: one word in any case.
fn value_and_explanation(text: &str) -> Option<ValueSaid> {
    let text = plain(text);
    let text = text.trim();
    let found =
        [": ", "：", " - ", " – ", " (", "（", ":"].iter().filter_map(|sign| Some((text.find(sign)?, sign.len())));
    let cut = found.min_by_key(|(at, length)| (*at, usize::MAX - length));
    // A colon inside a word is a part of it, as in a time.
    let cut = cut.filter(|(at, len)| *len > 1 || *at + 1 == text.len());
    let (value, explanation) = cut.map_or((text, ""), |(at, len)| (&text[..at], &text[at + len..]));
    let value = value.trim().trim_end_matches(['.', '。', ';', ',']).trim_matches('"');
    let word = !value.is_empty() && value.len() <= 128 && !value.contains(char::is_whitespace);
    word.then(|| ValueSaid {
        value: value.to_owned(),
        explanation: explanation.trim().trim_end_matches([')', '）']).to_owned(),
    })
}

/// The pieces below a label that are its values: points, or in text without points words on lines of their own. How many they are,
/// and the values unless one of them names none.
pub(super) fn below(pieces: &[Piece]) -> (usize, Result<Vec<ValueSaid>, String>) {
    let points = pieces.first().is_some_and(|piece| piece.kind == PieceKind::Point);
    let mut list = Vec::new();
    let mut taken = 0;
    for piece in pieces {
        match piece.kind {
            PieceKind::Point if points => match of_point(&piece.text) {
                Some(said) => {
                    push(&mut list, &said.value);
                    if let Some(last) = list.last_mut().filter(|last| last.value == bare(&said.value)) {
                        last.explanation = said.explanation;
                    }
                }
                None => {
                    let why = format!("the point {:?} names no value", shortened(&piece.text));
                    return (taken + 1, Err(why));
                }
            },
            PieceKind::More if points => (),
            PieceKind::Paragraph if !points && !piece.text.contains(char::is_whitespace) => {
                push(&mut list, plain(&piece.text).trim_end_matches(['.', ',', ';']));
            }
            _ => break,
        }
        taken += 1;
    }
    (taken, if list.is_empty() { Err("no value follows".to_owned()) } else { Ok(list) })
}

/// A run of points that all begin with a value and explain it, though nothing announces them. How many, and the values.
pub(super) fn unannounced(pieces: &[Piece]) -> (usize, Option<Vec<ValueSaid>>) {
    let run = pieces.iter().take_while(|piece| matches!(piece.kind, PieceKind::Point | PieceKind::More)).count();
    let mut list = Vec::new();
    for piece in pieces[..run].iter().filter(|piece| piece.kind == PieceKind::Point) {
        let said = of_point(&piece.text).filter(|said| piece.text.starts_with(OPEN) || !said.explanation.is_empty());
        let Some(said) = said else { return (run.max(1), None) };
        push(&mut list, &said.value);
        if let Some(last) = list.last_mut().filter(|last| last.value == bare(&said.value)) {
            last.explanation = said.explanation;
        }
    }
    (run.max(1), (list.len() > 1).then_some(list))
}

#[cfg(test)]
mod tests {
    use super::{in_line, of_point};

    fn shown(text: &str) -> String {
        let marked = text.replace('[', "\u{2}").replace(']', "\u{3}");
        match in_line(&marked) {
            Ok(list) => list
                .iter()
                .map(|said| {
                    if said.explanation.is_empty() {
                        said.value.clone()
                    } else {
                        format!("{}={}", said.value, said.explanation)
                    }
                })
                .collect::<Vec<_>>()
                .join("|"),
            Err(_) => "-".to_owned(),
        }
    }

    #[test]
    fn in_a_sentence() {
        let cases = [
            (" [A], [B], [C].", "A|B|C"),
            (" [TRUE] and [FALSE].", "TRUE|FALSE"),
            (" [v1.0] or [v2].", "v1.0|v2"),
            (" [0]: off; [1]: on.", "0=off|1=on"),
            (" [0]: off. [1]: on. More [words].", "0=off|1=on"),
            (" [a]: as [b], [c]: else", "a=as|c=else"),
            (" SUCCESS, FAILED, or LATE. Text.", "SUCCESS|FAILED|LATE"),
            (" 0 (off), 1 (on)", "0=off|1=on"),
            (" a、b", "a|b"),
            (" start stop test cutover: Start the server. skip", "-"),
            (" true: one. false: the other.", "true=one|false=the other"),
            (" true：一。 false：二。", "true=一|false=二"),
            (" any name that [a] may have", "a=may have"),
            (" the name of something that is not set apart for long [a]", "-"),
            ("", "-"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn as_points() {
        let of = |text: &str| {
            of_point(&text.replace('[', "\u{2}").replace(']', "\u{3}")).map(|said| (said.value, said.explanation))
        };
        let some = |value: &str, explanation: &str| Some((value.to_owned(), explanation.to_owned()));
        assert_eq!(of("[auto]: by itself."), some("auto", "by itself."));
        assert_eq!(of("[auto:] by itself."), some("auto", "by itself."));
        assert_eq!(of("[Redis 4.0]"), some("Redis 4.0", ""));
        assert_eq!(of("auto: by itself."), some("auto", "by itself."));
        assert_eq!(of("auto"), some("auto", ""));
        assert_eq!(of("10:30"), some("10:30", ""));
        assert_eq!(of("[Full migration] is suitable"), None);
        assert_eq!(of("Full migration is suitable"), None);
        assert_eq!(of(""), None);
    }
}
