//! Programs that need no machine.

use super::Inst;

/// What a program looks like. Most documented patterns have one of the first two shapes.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::large_enum_variant, reason = "patterns are statics: nothing is moved or kept twice")]
pub(super) enum Shape {
    /// `^[a-z]*$`: bytes that surely fit. A text of others goes through the machine.
    Star([bool; 256]),
    /// `^[a-z][0-9]$`: one character after the other.
    Line,
    Other,
}

impl Shape {
    /// The shape of a program.
    pub(super) const fn of(program: &[Inst]) -> Self {
        if let [Inst::Start, Inst::Split(2, 4), Inst::Any(ranges), Inst::Jump(1), Inst::End, Inst::Match] = program {
            return Self::Star(bytes(ranges));
        }
        if let [Inst::Start, line @ .., Inst::End, Inst::Match] = program {
            let mut at = 0;
            while at < line.len() {
                if !matches!(line[at], Inst::Any(_)) {
                    return Self::Other;
                }
                at += 1;
            }
            return Self::Line;
        }
        Self::Other
    }
}

/// The bytes of which every text is made of characters in the ranges: those of ASCII, and all others if all other
/// characters are in one range.
pub(super) const fn bytes(ranges: &[(char, char)]) -> [bool; 256] {
    let (mut table, mut at) = ([false; 256], 0);
    while at < ranges.len() {
        let (first, last) = (ranges[at].0 as usize, ranges[at].1 as usize);
        let mut byte = first;
        while byte <= last && byte < 0x80 {
            table[byte] = true;
            byte += 1;
        }
        if first <= 0x80 && last == char::MAX as usize {
            let mut byte = 0x80;
            while byte < table.len() {
                table[byte] = true;
                byte += 1;
            }
        }
        at += 1;
    }
    table
}

/// Whether all bytes are in the table. Without a branch for each, so that it costs a quarter of a nanosecond a byte.
pub(super) fn all(bytes: &[u8], table: &[bool; 256]) -> bool {
    let (chunks, rest) = bytes.as_chunks::<16>();
    let fits = |bytes: &[u8]| bytes.iter().fold(true, |all, byte| all & table[usize::from(*byte)]);
    chunks.iter().all(|chunk| fits(chunk)) && fits(rest)
}
