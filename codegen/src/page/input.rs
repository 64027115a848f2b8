//! Bytes to text whose lines know their number in the file.

use super::refusal::Refusal;

/// Pages have up to some hundred kilobytes, with all of the site around them some two megabytes. What is larger is not one page; and
/// whatever is smaller is read in two seconds and 500 MB, even if it was made to be slow.
pub(super) const LIMIT: usize = 4 << 20;

/// Text in which only `\n` ends a line, spaces are plain ones, and other control characters are gone.
#[derive(Debug)]
pub(super) struct Source {
    text: String,
    /// Where each line begins.
    starts: Vec<usize>,
    /// The number of each line in the file.
    numbers: Vec<u32>,
}

impl Source {
    pub(super) fn new(text: String) -> Self {
        let count = 1 + text.bytes().filter(|byte| *byte == b'\n').count();
        let numbers = (1..).take(count).collect();
        Self::with_numbers(text, numbers)
    }

    /// Lines that are only some of a file's, or not as they stood there.
    pub(super) fn of_lines<'a>(lines: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let (mut text, mut numbers) = (String::new(), Vec::new());
        for (number, line) in lines {
            if !numbers.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
            numbers.push(number);
        }
        Self::with_numbers(text, numbers)
    }

    fn with_numbers(text: String, numbers: Vec<u32>) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts, numbers }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The number of the line that the byte stands in.
    pub(super) fn line_at(&self, byte: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        self.numbers.get(line).copied().unwrap_or(1)
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        self.numbers.iter().copied().zip(self.text.split('\n'))
    }
}

/// The text, and how it was encoded if that is worth a word.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<&'static str>), Refusal> {
    if bytes.len() > LIMIT {
        return Err(Refusal::TooLarge { bytes: bytes.len(), limit: LIMIT });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    if let Some(kind) = kind_of(bytes) {
        return Err(Refusal::Binary(Some(kind)));
    }
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => narrow(rest),
        [0xff, 0xfe, rest @ ..] => (wide(rest, u16::from_le_bytes), Some("UTF-16")),
        [0xfe, 0xff, rest @ ..] => (wide(rest, u16::from_be_bytes), Some("UTF-16")),
        _ if zeros(bytes, 1) => (wide(bytes, u16::from_le_bytes), Some("UTF-16")),
        _ if zeros(bytes, 0) => (wide(bytes, u16::from_be_bytes), Some("UTF-16")),
        _ => narrow(bytes),
    };
    let foreign = text.chars().filter(|char| is_foreign(*char)).count();
    // Some stray ones are passed over; a picture or a program is full of them.
    if (foreign > 2 && foreign * 50 > text.chars().count()) || text.contains('\0') {
        return Err(Refusal::Binary(None));
    }
    let text = tidy(&text);
    if text.trim().is_empty() { Err(Refusal::Empty) } else { Ok((text, encoding)) }
}

fn is_foreign(char: char) -> bool {
    char == '\u{fffd}' || (char.is_control() && !char.is_whitespace())
}

/// What begins like that is known not to be text, or a text that holds the page in another encoding.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x1f\x8b", "compressed with gzip"),
        (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"bplist", "a web archive of Safari"),
    ];
    let known = KINDS.iter().find(|(head, _)| bytes.starts_with(head)).map(|(_, kind)| *kind);
    let head = &bytes[..bytes.len().min(2048)];
    let mail = || bytes.starts_with(b"From: ") && find(head, b"multipart/related");
    known.or_else(|| mail().then_some("a web archive (MHTML)"))
}

fn find(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// Whether at the beginning mostly every second byte is zero, and no other, as in UTF-16 without a mark.
fn zeros(bytes: &[u8], parity: usize) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    let (mut zero, mut other) = (0, 0);
    for (at, byte) in head.iter().enumerate() {
        match (at % 2 == parity, *byte == 0) {
            (true, true) => zero += 1,
            (false, true) => return false,
            (_, false) => other += 1,
        }
    }
    // Dashes and the like have two bytes.
    zero > 8 && zero * 3 > other * 2
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn narrow(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    let multibyte = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if multibyte {
        return (String::from_utf8_lossy(bytes).into_owned(), Some("not quite UTF-8; some characters were replaced"));
    }
    // The dashes, quotes and spaces that the pages have; other characters stand for themselves.
    let char = |byte: &u8| match byte {
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x95 => '•',
        0x96 => '–',
        0x97 => '—',
        0x80..=0x9f => char::REPLACEMENT_CHARACTER,
        byte => char::from(*byte),
    };
    (bytes.iter().map(char).collect(), Some("Windows-1252"))
}

/// One kind of line break, one kind of space, no control characters.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' => out.push(char),
            char => out.extend(tidy_char(char)),
        }
    }
    out
}

/// The character as it is read inside a line, `None` if it is passed over.
pub(super) fn tidy_char(char: char) -> Option<char> {
    match char {
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => None,
        char if char.is_control() => None,
        char => Some(char),
    }
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, Refusal, Source, decode};

    #[test]
    fn encodings() {
        let utf16 = |mark: bool, big: bool| -> Vec<u8> {
            let mark = if mark { "\u{feff}" } else { "" };
            let text = format!("{mark}Parameter – Type of it");
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let cases: [(Vec<u8>, &str, Option<&str>); 9] = [
            (b"a\r\nb\rc\n".to_vec(), "a\nb\nc\n", None),
            ("\u{feff}größe".into(), "größe", None),
            ("a\u{a0}b\u{200b}c\u{2}".into(), "a bc", None),
            (utf16(true, false), "Parameter – Type of it", Some("UTF-16")),
            (utf16(true, true), "Parameter – Type of it", Some("UTF-16")),
            (utf16(false, false)[..32].to_vec(), "Parameter – Type", Some("UTF-16")),
            (b"Range: 1\x9610".to_vec(), "Range: 1–10", Some("Windows-1252")),
            (b"gr\xf6\xdfe".to_vec(), "größe", Some("Windows-1252")),
            (
                [&[b'x'; 99], "größe".as_bytes(), b"\xff"].concat(),
                "",
                Some("not quite UTF-8; some characters were replaced"),
            ),
        ];
        for (bytes, text, encoding) in cases {
            let (read, how) = decode(&bytes).unwrap();
            assert_eq!(how, encoding, "{bytes:?}");
            assert!(text.is_empty() || read == text, "{read:?}");
        }
    }

    #[test]
    fn what_is_no_text() {
        let cases: [(&[u8], &str); 8] = [
            (b"", "the file is empty"),
            (b" \n\t", "the file is empty"),
            ("\u{feff}\n".as_bytes(), "the file is empty"),
            (b"%PDF-1.7 ...", "the file is no text but a PDF"),
            (b"PK\x03\x04 ...", "the file is no text but a ZIP archive or an office document"),
            (b"From: <Saved>\nContent-Type: multipart/related;", "the file is no text but a web archive (MHTML)"),
            (b"abc\0def", "the file is no text"),
            (b"\x01\x02\x03\x04 and some words", "the file is no text"),
        ];
        for (bytes, message) in cases {
            assert_eq!(decode(bytes).unwrap_err().to_string(), message);
        }
        let large = decode(&vec![b'a'; LIMIT + 1]).unwrap_err();
        assert_eq!(large, Refusal::TooLarge { bytes: LIMIT + 1, limit: LIMIT });
        assert_eq!(large.to_string(), "the file has 4194305 bytes; a page has at most 4194304");
    }

    #[test]
    fn lines_know_their_number() {
        let source = Source::new("a\nbc\n\nd".to_owned());
        let at = |byte| source.line_at(byte);
        assert_eq!([at(0), at(1), at(2), at(4), at(5), at(6), at(99)], [1, 1, 2, 2, 3, 4, 4]);
        let some = Source::of_lines([(7, "x"), (9, "yz")].into_iter());
        assert_eq!((some.text(), some.line_at(0), some.line_at(3)), ("x\nyz", 7, 9));
        assert_eq!(some.lines().collect::<Vec<_>>(), [(7, "x"), (9, "yz")]);
    }
}
