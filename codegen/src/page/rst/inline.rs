//! Marks inside a line of RST.

use std::collections::BTreeMap;

use crate::page::block::{CLOSE, OPEN};

/// Texts that stand for a name between bars.
pub(super) type Substitutions = BTreeMap<String, String>;

/// The text as it is shown, and the labels that it links to.
pub(super) fn shown(text: &str, substitutions: &Substitutions) -> (String, Vec<String>) {
    let mut inline = Inline { out: String::with_capacity(text.len()), links: Vec::new(), unclosed: [false; 4] };
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let after = match char {
            '\\' => inline.escape(rest),
            '*' | '`' | ':' | '|' => inline.mark(rest, substitutions),
            _ => None,
        };
        rest = after.unwrap_or_else(|| {
            inline.out.push(char);
            &rest[char.len_utf8()..]
        });
    }
    (inline.out, inline.links)
}

struct Inline {
    out: String,
    links: Vec<String>,
    /// Marks that are known not to be closed any more, so that nobody looks again.
    unclosed: [bool; 4],
}

/// Where each mark that has a closing one stands in `unclosed`.
const STRONG: (usize, &str) = (0, "**");
const EMPHASIS: (usize, &str) = (1, "*");
const LITERAL: (usize, &str) = (2, "``");
const QUOTED: (usize, &str) = (3, "`");

impl Inline {
    /// A backslash takes the meaning from what follows; before a space both are gone.
    fn escape<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let mut chars = rest[1..].chars();
        let char = chars.next()?;
        if !char.is_whitespace() {
            self.out.push(char);
        }
        Some(chars.as_str())
    }

    fn mark<'a>(&mut self, rest: &'a str, substitutions: &Substitutions) -> Option<&'a str> {
        if let Some(inner) = rest.strip_prefix("**") {
            let (inner, after) = self.until(inner, STRONG)?;
            self.set_apart(&unescaped(inner));
            return Some(after);
        }
        if let Some(inner) = rest.strip_prefix("``") {
            let (inner, after) = self.until(inner, LITERAL)?;
            self.set_apart(inner);
            return Some(after);
        }
        if let Some(inner) = rest.strip_prefix('*') {
            let (inner, after) = self.until(inner, EMPHASIS)?;
            self.out.push_str(&unescaped(inner));
            return Some(after);
        }
        if let Some(inner) = rest.strip_prefix('|') {
            let end = inner.bytes().take(64).position(|byte| byte == b'|')?;
            self.out.push_str(substitutions.get(&inner[..end])?);
            return Some(inner[end + 1..].trim_start_matches('_'));
        }
        let (role, inner) = role(rest)?;
        let (inner, after) = self.until(inner, QUOTED)?;
        self.reference(role, inner);
        Some(after.trim_start_matches('_'))
    }

    /// What stands before the closing mark, and what after it.
    fn until<'a>(&mut self, inner: &'a str, (at, mark): (usize, &str)) -> Option<(&'a str, &'a str)> {
        let opens = inner.starts_with(|char: char| !char.is_whitespace());
        if !opens || self.unclosed[at] {
            return None;
        }
        let escaped = |end: usize| mark != "``" && inner[..end].ends_with('\\');
        let mut from = inner.chars().next().map_or(1, char::len_utf8);
        while let Some(end) = inner.get(from..).and_then(|tail| tail.find(mark)).map(|end| from + end) {
            if !escaped(end) {
                return Some((&inner[..end], &inner[end + mark.len()..]));
            }
            from = end + 1;
        }
        self.unclosed[at] = true;
        None
    }

    fn set_apart(&mut self, inner: &str) {
        self.out.push(OPEN);
        self.out.push_str(inner);
        self.out.push(CLOSE);
    }

    /// `text <target>`; roles of the kind `ref` name a label of the page.
    fn reference(&mut self, role: &str, inner: &str) {
        let target = inner.strip_suffix('>').and_then(|inner| inner.rsplit_once('<'));
        let (text, target) = target.map_or((inner, inner), |(text, target)| (text.trim_end(), target));
        self.out.push_str(&unescaped(text));
        if role == "ref" && self.links.len() < 16 {
            self.links.push(target.to_lowercase());
        }
    }
}

/// The role before a back quote (`:ref:`), and what stands within the quotes.
fn role(rest: &str) -> Option<(&str, &str)> {
    if let Some(inner) = rest.strip_prefix('`') {
        return Some(("", inner));
    }
    let inner = rest.strip_prefix(':')?;
    let end = inner.bytes().take(16).position(|byte| !byte.is_ascii_lowercase())?;
    let inside = inner[end..].strip_prefix(":`")?;
    (end > 0).then_some((&inner[..end], inside))
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.extend(chars.next().filter(|char| !char.is_whitespace())),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn marks() {
        let substitutions = [("name".to_owned(), "Its Name".to_owned())].into();
        let cases = [
            ("plain", "plain"),
            ("**bold** text", "[bold] text"),
            ("*slanted*", "slanted"),
            ("``a_b`` and ``**``", "[a_b] and [**]"),
            (":ref:`Text <label>` object", "Text object"),
            ("Array of :ref:`Disk <x__disk>` objects", "Array of Disk objects"),
            ("`Site <https://x.example>`__", "Site"),
            (r"a\_b, \*not\*, 1\ :sup:`2`", "a_b, *not*, 12"),
            ("|name| and |other|", "Its Name and |other|"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("**never closed", "**never closed"),
            (r"**\*\*\***", "[***]"),
            ("*", "*"),
            ("\\", "\\"),
            ("*é*", "é"),
            ("a: b", "a: b"),
        ];
        for (text, expected) in cases {
            let read = shown(text, &substitutions).0.replace('\u{2}', "[").replace('\u{3}', "]");
            assert_eq!(read, expected, "{text}");
        }
        assert_eq!(shown("Array of :ref:`Disk <X__Disk>` objects", &substitutions).1, ["x__disk"]);
    }
}
