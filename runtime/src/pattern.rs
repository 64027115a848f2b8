//! A small regular-expression machine: programs come from the generator, so that no regex engine is needed here.

/// A documented pattern, compiled by the generator.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// The pattern as the page writes it, for messages.
    pub text: &'static str,
    /// The program; it starts at index 0.
    pub program: &'static [Inst],
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
    /// Whether the pattern is found anywhere in `text`, in time linear in the length of both. A program that leaves
    /// its own bounds does not match.
    pub fn is_match(&self, text: &str) -> bool {
        let words = self.program.len().div_ceil(64);
        if words <= 1 {
            Run { program: self.program, threads: [0], pending: [0], seen: [0] }.find(text)
        } else {
            let zero = vec![0; words];
            Run { program: self.program, threads: zero.clone(), pending: zero.clone(), seen: zero }.find(text)
        }
    }
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
                && ranges.iter().any(|(first, last)| (*first..=*last).contains(&character))
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

    /// `[ab]` 70 times: a program of more than one word.
    const LONG: [Inst; 71] = {
        let mut program = [Any(AB); 71];
        program[70] = Match;
        program
    };

    const PATTERNS: &[Pattern] = &[
        Pattern { text: "", program: &[Match] },
        Pattern { text: "[ab]", program: &[Any(AB), Match] },
        Pattern { text: "^[ab]*$", program: &[Start, Split(2, 4), Any(AB), Jump(1), End, Match] },
        Pattern {
            text: "^(?:[ab][0-9]|[0-9]+)$",
            program: &[Start, Split(2, 5), Any(AB), Any(DIGIT), Jump(7), Any(DIGIT), Split(5, 7), End, Match],
        },
        Pattern { text: "[A-Z_a-zä][0-9]$", program: &[Any(WORD), Any(DIGIT), End, Match] },
        Pattern { text: "^[0-9]", program: &[Start, Any(DIGIT), Match] },
        // An empty loop must not hang.
        Pattern {
            text: "(?:(?:[ab])*)*1",
            program: &[Split(1, 5), Split(2, 4), Any(AB), Jump(1), Jump(0), Any(&[('1', '1')]), Match],
        },
        Pattern { text: "^$", program: &[Start, End, Match] },
        Pattern { text: "[ab]{70}", program: &LONG },
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
            assert!(!Pattern { text: "", program }.is_match("ab"), "{program:?}");
        }
    }

    #[test]
    fn the_hard_case_for_backtracking_is_fast() {
        // (a*)*b on a long run of a's.
        let program = &[Split(1, 4), Any(&[('a', 'a')]), Split(1, 3), Jump(0), Any(&[('b', 'b')]), Match];
        assert!(!Pattern { text: "(a+)*b", program }.is_match(&"a".repeat(100_000)));
    }

    #[test]
    fn long_programs_match_too() {
        let pattern = PATTERNS[8];
        assert!(!pattern.is_match(&"ab".repeat(34)));
        assert!(pattern.is_match(&format!("xx{}yy", "ab".repeat(35))));
    }

    proptest! {
        #[test]
        fn agrees_with_the_regex_crate(text in "[ab01Zä_ \n]{0,12}", long in "[ab]{60,80}") {
            for pattern in PATTERNS {
                let regex = regex::Regex::new(pattern.text).unwrap();
                for text in [&text, &long] {
                    prop_assert_eq!(pattern.is_match(text), regex.is_match(text), "{} on {:?}", pattern.text, text);
                }
            }
        }
    }
}
