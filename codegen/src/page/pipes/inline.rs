//! Marks inside a line of Markdown, and the few tags that stand in its cells.

use crate::page::block::{CLOSE, OPEN, Piece, PieceKind, squeeze};

/// The pieces of a cell's line, and what it links to.
pub(super) fn pieces(line: u32, text: &str) -> (Vec<Piece>, Vec<String>) {
    let mut inline = Inline { line, kind: kind_of(text), out: String::new(), pieces: Vec::new(), links: Vec::new() };
    let mut rest = without_sign(text);
    let mut unclosed = Unclosed::default();
    while let Some(char) = rest.chars().next() {
        let after = match char {
            '\\' => inline.escape(rest),
            '*' => inline.strong(rest, &mut unclosed),
            '`' => inline.code(rest, &mut unclosed),
            '[' => inline.link(rest),
            '<' => inline.tag(rest),
            '&' => inline.entity(rest),
            _ => None,
        };
        rest = after.unwrap_or_else(|| {
            inline.out.push(char);
            &rest[char.len_utf8()..]
        });
    }
    inline.end_piece(PieceKind::Paragraph);
    (inline.pieces, inline.links)
}

/// The text of a line outside of tables.
pub(super) fn text(line: &str) -> String {
    let (pieces, _) = pieces(0, line);
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    texts.join(" ")
}

fn kind_of(text: &str) -> PieceKind {
    let point = ["- ", "* ", "• ", "● ", "· "].iter().any(|sign| text.trim_start().starts_with(sign));
    if point { PieceKind::Point } else { PieceKind::Paragraph }
}

fn without_sign(text: &str) -> &str {
    let text = text.trim();
    if kind_of(text) == PieceKind::Point {
        text.trim_start_matches(['-', '*', '•', '●', '·']).trim_start()
    } else {
        text
    }
}

/// Marks that are not closed any more, so that nobody looks again.
#[derive(Default)]
struct Unclosed {
    strong: bool,
    code: bool,
}

struct Inline {
    line: u32,
    kind: PieceKind,
    out: String,
    pieces: Vec<Piece>,
    links: Vec<String>,
}

impl Inline {
    fn end_piece(&mut self, next: PieceKind) {
        let text = squeeze(&std::mem::take(&mut self.out));
        let kind = std::mem::replace(&mut self.kind, next);
        if text.is_empty() {
            // The sign of a point and nothing yet: what comes next belongs to it.
            if kind == PieceKind::Point && next == PieceKind::More {
                self.kind = kind;
            }
        } else {
            self.pieces.push(Piece { line: self.line, kind, text });
        }
    }

    fn escape<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let char = rest[1..].chars().next().filter(char::is_ascii_punctuation)?;
        self.out.push(char);
        Some(&rest[2..])
    }

    fn strong<'a>(&mut self, rest: &'a str, unclosed: &mut Unclosed) -> Option<&'a str> {
        let inner = rest.strip_prefix("**").filter(|_| !unclosed.strong)?;
        let Some(end) = inner.find("**") else {
            unclosed.strong = true;
            return None;
        };
        self.set_apart(&inner[..end].replace('\\', ""));
        Some(&inner[end + 2..])
    }

    fn code<'a>(&mut self, rest: &'a str, unclosed: &mut Unclosed) -> Option<&'a str> {
        let inner = rest[1..].find('`').filter(|_| !unclosed.code);
        let Some(end) = inner else {
            unclosed.code = true;
            return None;
        };
        self.set_apart(&rest[1..=end]);
        Some(&rest[end + 2..])
    }

    fn set_apart(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.out.push_str(text);
        } else {
            self.out.push(OPEN);
            self.out.push_str(text);
            self.out.push(CLOSE);
        }
    }

    /// `[text](target)`
    fn link<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        const LONGEST: usize = 512;
        let inner = &rest[1..];
        let end = inner.bytes().take(LONGEST).position(|byte| byte == b']')?;
        let target = inner[end + 1..].strip_prefix('(')?;
        let close = target.bytes().take(LONGEST).position(|byte| byte == b')')?;
        self.out.push_str(&inner[..end]);
        if let Some((_, fragment)) = target[..close].split_once('#') {
            self.links.push(fragment.to_lowercase());
        }
        Some(&target[close + 1..])
    }

    fn tag<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let inner = rest[1..].trim_start_matches('/');
        let closes = rest.starts_with("</");
        let name_end = inner.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric())?;
        let end = inner.bytes().take(512).position(|byte| byte == b'>')?;
        let after = &inner[end + 1..];
        match (inner[..name_end].to_ascii_lowercase().as_str(), closes) {
            // In a cell, a list is lines that begin with the sign of a point.
            ("br", _) if kind_of(after) == PieceKind::Point => {
                self.end_piece(PieceKind::Point);
                return Some(without_sign(after));
            }
            ("br" | "p" | "div", _) | ("ul" | "ol", true) => self.end_piece(PieceKind::Paragraph),
            ("ul" | "ol", false) | ("li", true) => self.end_piece(PieceKind::More),
            ("li", false) => self.end_piece(PieceKind::Point),
            ("b" | "strong" | "code", false) => self.out.push(OPEN),
            ("b" | "strong" | "code", true) => self.out.push(CLOSE),
            ("a" | "span" | "i" | "em" | "sup" | "sub", _) => (),
            _ => return None,
        }
        Some(after)
    }

    fn entity<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        const ENTITIES: [(&str, char); 7] = [
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&amp;", '&'),
            ("&quot;", '"'),
            ("&#39;", '\''),
            ("&nbsp;", ' '),
            ("&ndash;", '–'),
        ];
        let (name, char) = ENTITIES.iter().find(|(name, _)| rest.starts_with(name))?;
        self.out.push(*char);
        Some(&rest[name.len()..])
    }
}

#[cfg(test)]
mod tests {
    use super::pieces;
    use crate::page::block::PieceKind;

    #[test]
    fn marks_and_tags() {
        let cases = [
            ("plain a_b_c", "plain a_b_c"),
            ("**bold**, `code`", "[bold], [code]"),
            ("- **a**: one", "- [a]: one"),
            (r"a\_b \| c", "a_b | c"),
            ("[Text](x.html#Part) object", "Text object"),
            ("[ 1, 2 ]", "[ 1, 2 ]"),
            ("one<br/>two<br>three", "one / two / three"),
            ("Values:<ul><li>a</li><li><b>b</b>: B</li></ul>end", "Values: / - a / - [b]: B / end"),
            ("`^[^<>&]*$` and <X> &lt;&amp;", "[^[^<>&]*$] and <X> <&"),
            ("**open `too", "**open `too"),
        ];
        for (text, expected) in cases {
            let read: Vec<String> = pieces(1, text)
                .0
                .iter()
                .map(|piece| {
                    let sign = if piece.kind == PieceKind::Point { "- " } else { "" };
                    format!("{sign}{}", piece.text.replace('\u{2}', "[").replace('\u{3}', "]"))
                })
                .collect();
            assert_eq!(read.join(" / "), expected, "{text}");
        }
        assert_eq!(pieces(1, "[Text](x.html#Part)").1, ["part"]);
    }
}
