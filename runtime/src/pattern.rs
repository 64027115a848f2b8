//! A small regular-expression machine: programs come from the generator, so that no regex engine is needed here.

mod shape;

use self::shape::Shape;

/// A documented pattern, compiled by the generator.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// The pattern as the page writes it, for messages.
    pub text: &'static str,
    /// The program; it starts at index 0.
    pub program: &'static [Inst],
    shape: Shape,
}

/// One instruction of a [`Pattern`]'s program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inst {
    /// Takes one character in one of the inclusive ranges and goes on with the next instruction.
    Any(&'static [(char, char)]),
    /// Goes on at both places.
    Split(u32, u32),
    /// Goes on at another place.
    Jump(u32),
    /// Goes on if nothing was read yet.
    Start,
    /// Goes on if nothing is left.
    End,
    /// The text matches.
    Match,
}

impl Pattern {
    /// A pattern and its program.
    pub const fn new(text: &'static str, program: &'static [Inst]) -> Self {
        Self { text, program, shape: Shape::of(program) }
    }

    /// Whether the pattern is found anywhere in `text`, in time linear in the length of both. A program that leaves
    /// its own bounds does not match.
    #[inline]
    pub fn is_match(&self, text: &str) -> bool {
        match &self.shape {
            Shape::Star(fits) => shape::all(text.as_bytes(), fits) || self.run(text),
            Shape::Line => self.follows(text),
            Shape::Other => self.run(text),
        }
    }

    /// Whether the text is one character for each instruction between the start and the end.
    fn follows(&self, text: &str) -> bool {
        let mut rest = text.chars();
        let fits = self.program.iter().all(|inst| match inst {
            Inst::Any(ranges) => rest.next().is_some_and(|character| is_in(ranges, character)),
            _ => true,
        });
        fits && rest.next().is_none()
    }

    fn run(&self, text: &str) -> bool {
        let words = self.program.len().div_ceil(64);
        if words <= 1 {
            Run { program: self.program, threads: [0], pending: [0], seen: [0] }.find(text)
        } else {
            let zero = vec![0; words];
            Run { program: self.program, threads: zero.clone(), pending: zero.clone(), seen: zero }.find(text)
        }
    }
}

fn is_in(ranges: &[(char, char)], character: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&character))
}

/// A simulation that follows all threads at once. `W` is a bit set with a bit per instruction: an array for the usual
/// small program, a vector for a large one.
struct Run<W> {
    program: &'static [Inst],
    /// Threads that wait for a character, each at an `Any`.
    threads: W,
    /// Places still to be looked at before the next character.
    pending: W,
    /// Places already looked at since the last character.
    seen: W,
}

impl<W: AsMut<[u64]>> Run<W> {
    fn find(mut self, text: &str) -> bool {
        let mut rest = text.chars();
        let mut at_start = true;
        loop {
            // A new thread at each place: find semantics.
            insert(self.pending.as_mut(), self.program.len(), 0);
            let character = rest.next();
            if self.follow(at_start, character.is_none()) {
                return true;
            }
            let Some(character) = character else {
                return false;
            };
            self.step(character);
            at_start = false;
        }
    }

    /// Runs all pending places up to their next `Any`; true on a match.
    fn follow(&mut self, at_start: bool, at_end: bool) -> bool {
        let length = self.program.len();
        while let Some(place) = take(self.pending.as_mut()) {
            if !insert(self.seen.as_mut(), length, place) {
                continue;
            }
            let pending = self.pending.as_mut();
            match self.program.get(place) {
                Some(Inst::Match) => return true,
                Some(Inst::Any(_)) => {
                    insert(self.threads.as_mut(), length, place);
                }
                Some(Inst::Split(one, other)) => {
                    insert(pending, length, *one as usize);
                    insert(pending, length, *other as usize);
                }
                Some(Inst::Jump(to)) => {
                    insert(pending, length, *to as usize);
                }
                Some(Inst::Start) if at_start => {
                    insert(pending, length, place + 1);
                }
                Some(Inst::End) if at_end => {
                    insert(pending, length, place + 1);
                }
                Some(Inst::Start | Inst::End) | None => {}
            }
        }
        false
    }

    /// Moves every waiting thread over `character`, or ends it.
    fn step(&mut self, character: char) {
        self.seen.as_mut().fill(0);
        while let Some(place) = take(self.threads.as_mut()) {
            if let Some(Inst::Any(ranges)) = self.program.get(place)
                && is_in(ranges, character)
            {
                insert(self.pending.as_mut(), self.program.len(), place + 1);
            }
        }
    }
}

/// Adds a place; false if it was there already, or is outside the program.
fn insert(set: &mut [u64], length: usize, place: usize) -> bool {
    if place >= length {
        return false;
    }
    let bit = 1 << (place % 64);
    match set.get_mut(place / 64) {
        Some(word) if *word & bit == 0 => {
            *word |= bit;
            true
        }
        _ => false,
    }
}

/// Takes the lowest place out.
fn take(set: &mut [u64]) -> Option<usize> {
    let (index, word) = set.iter_mut().enumerate().find(|(_, word)| **word != 0)?;
    let bit = word.trailing_zeros() as usize;
    *word &= *word - 1;
    Some(index * 64 + bit)
}

#[cfg(test)]
mod tests {
    use super::Inst::{Any, End, Jump, Match, Split, Start};
    use super::*;
    use proptest::prelude::*;

    const AB: &[(char, char)] = &[('a', 'b')];
    const DIGIT: &[(char, char)] = &[('0', '9')];
    const WORD: &[(char, char)] = &[('A', 'Z'), ('_', '_'), ('a', 'z'), ('ä', 'ä')];

    const NOT: &[(char, char)] = &[('\0', '/'), ('2', 'a'), ('c', char::MAX)];

    /// `[ab]` 70 times: a program of more than one word.
    const LONG: [Inst; 71] = {
        let mut program = [Any(AB); 71];
        program[70] = Match;
        program
    };

    const PATTERNS: &[Pattern] = &[
        Pattern::new("", &[Match]),
        Pattern::new("[ab]", &[Any(AB), Match]),
        Pattern::new("^[ab]*$", &[Start, Split(2, 4), Any(AB), Jump(1), End, Match]),
        Pattern::new(
            "^(?:[ab][0-9]|[0-9]+)$",
            &[Start, Split(2, 5), Any(AB), Any(DIGIT), Jump(7), Any(DIGIT), Split(5, 7), End, Match],
        ),
        Pattern::new("[A-Z_a-zä][0-9]$", &[Any(WORD), Any(DIGIT), End, Match]),
        Pattern::new("^[0-9]", &[Start, Any(DIGIT), Match]),
        // An empty loop must not hang.
        Pattern::new(
            "(?:(?:[ab])*)*1",
            &[Split(1, 5), Split(2, 4), Any(AB), Jump(1), Jump(0), Any(&[('1', '1')]), Match],
        ),
        // Without a machine: a star, one of what is left out, one of two characters beyond ASCII, a line.
        Pattern::new("^[A-Z_a-zä]*$", &[Start, Split(2, 4), Any(WORD), Jump(1), End, Match]),
        Pattern::new("^[^01b]*$", &[Start, Split(2, 4), Any(NOT), Jump(1), End, Match]),
        Pattern::new("^[ä]*$", &[Start, Split(2, 4), Any(&[('ä', 'ä')]), Jump(1), End, Match]),
        Pattern::new("^[ab][A-Z_a-zä][0-9]$", &[Start, Any(AB), Any(WORD), Any(DIGIT), End, Match]),
        Pattern::new("^$", &[Start, End, Match]),
        Pattern::new("[ab]{70}", &LONG),
    ];

    #[test]
    fn a_broken_program_does_not_match() {
        let programs: &[&[Inst]] = &[
            &[],
            &[Any(AB)],
            &[Jump(9)],
            &[Split(7, u32::MAX)],
            &[Jump(0)],
            &[Split(0, 0)],
            &[Start],
            &[Jump(u32::MAX)],
        ];
        for program in programs {
            assert!(!Pattern::new("", program).is_match("ab"), "{program:?}");
        }
    }

    #[test]
    fn the_hard_case_for_backtracking_is_fast() {
        // (a*)*b on a long run of a's.
        let program = &[Split(1, 4), Any(&[('a', 'a')]), Split(1, 3), Jump(0), Any(&[('b', 'b')]), Match];
        assert!(!Pattern::new("(a+)*b", program).is_match(&"a".repeat(100_000)));
    }

    #[test]
    fn long_programs_match_too() {
        let pattern = Pattern::new("[ab]{70}", &LONG);
        assert!(!pattern.is_match(&"ab".repeat(34)));
        assert!(pattern.is_match(&format!("xx{}yy", "ab".repeat(35))));
    }

    #[test]
    fn most_documented_patterns_need_no_machine() {
        let shapes: Vec<_> = PATTERNS.iter().map(|pattern| pattern.shape).collect();
        assert_eq!(shapes.iter().filter(|shape| matches!(shape, Shape::Star(_))).count(), 4);
        assert_eq!(shapes.iter().filter(|shape| matches!(shape, Shape::Line)).count(), 2);
        // Beyond ASCII a byte tells nothing, unless all characters there fit.
        for (ranges, expected) in [(AB, false), (WORD, false), (NOT, true)] {
            assert_eq!(shape::bytes(ranges)[0xc3], expected, "{ranges:?}");
        }
        assert!([b'a', b'c'].iter().all(|byte| shape::bytes(NOT)[usize::from(*byte)]));
        assert!([b'b', b'0'].iter().all(|byte| !shape::bytes(NOT)[usize::from(*byte)]));
    }

    proptest! {
        #[test]
        fn agrees_with_the_regex_crate(text in "[ab01Zä_ \n]{0,40}", short in "[ab01Zä_]{0,3}", long in "[ab]{60,80}") {
            for pattern in PATTERNS {
                let regex = regex::Regex::new(pattern.text).unwrap();
                for text in [&text, &short, &long] {
                    prop_assert_eq!(pattern.is_match(text), regex.is_match(text), "{} on {:?}", pattern.text, text);
                }
            }
        }
    }
}
