//! Percent signs and hexadecimal digits.

/// The bytes that `text` stands for. A `%` that starts no escape stands for itself.
pub(super) fn decode(text: &str) -> impl Iterator<Item = u8> + '_ {
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        if let [b'%', high, low, after @ ..] = rest
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            rest = after;
            return Some(high << 4 | low);
        }
        let (first, after) = rest.split_first()?;
        rest = after;
        Some(*first)
    })
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Whether it is one of RFC 3986's unreserved characters.
pub(super) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

/// Appends one byte, escaped unless it is plain.
pub(super) fn push_encoded(byte: u8, into: &mut Vec<u8>) {
    if is_plain(byte) {
        into.push(byte);
    } else {
        let [high, low] = digits(byte, b"0123456789ABCDEF");
        into.extend([b'%', high, low]);
    }
}

/// Lower case, two digits per byte.
pub(super) fn hex(bytes: &[u8; 32]) -> [u8; 64] {
    let mut all = [0; 64];
    for (pair, byte) in all.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&digits(*byte, b"0123456789abcdef"));
    }
    all
}

fn digits(byte: u8, alphabet: &[u8; 16]) -> [u8; 2] {
    [alphabet[usize::from(byte >> 4)], alphabet[usize::from(byte & 15)]]
}
