//! Documented patterns compiled to the small programs that the runtime runs.
//!
//! The regex library of the ecosystem parses them here, so that users of the crate need none.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Enough for any documented pattern; a repetition such as `{0,65535}` is better said as a length.
const MAX_INSTRUCTIONS: usize = 2000;

/// One step, as the runtime has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inst {
    Any(Vec<(char, char)>),
    Split(u32, u32),
    Jump(u32),
    Start,
    End,
    Match,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Program(pub(crate) Vec<Inst>);

/// Compiles a pattern, or says what in it cannot be.
pub(crate) fn compile(pattern: &str) -> Result<Program, String> {
    let hir =
        ParserBuilder::new().nest_limit(50).build().parse(&ascii_digits(pattern)).map_err(|error| match error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            _ => "it is not a regular expression".to_owned(),
        })?;
    let mut compiler = Compiler(Vec::new());
    compiler.hir(&hir)?;
    compiler.push(Inst::Match)?;
    Ok(Program(compiler.0))
}

/// `\d` in the documentation means ten digits, not those of every script.
fn ascii_digits(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
                Some('w') => out.push_str(if in_class { "0-9A-Za-z_" } else { "[0-9A-Za-z_]" }),
                // The engine has no name for an escaped quote, blank or slash; they mean themselves.
                Some(quoted @ ('"' | '\'' | ' ' | '/' | '<' | '>' | '@' | ',' | ':' | ';' | '=' | '!')) => {
                    out.push(quoted);
                }
                Some(other) => {
                    out.push('\\');
                    out.push(other);
                }
                None => out.push('\\'),
            },
            // Inside a class a second `[` means itself in the dialects of the documentation.
            '[' if in_class => out.push_str("\\["),
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            _ => {
                in_class = match c {
                    '[' => true,
                    ']' => false,
                    _ => in_class,
                };
                out.push(c);
            }
        }
    }
    out
}

struct Compiler(Vec<Inst>);

impl Compiler {
    fn here(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    fn push(&mut self, inst: Inst) -> Result<usize, String> {
        if self.0.len() >= MAX_INSTRUCTIONS {
            return Err(format!("it needs more than {MAX_INSTRUCTIONS} steps"));
        }
        self.0.push(inst);
        Ok(self.0.len() - 1)
    }

    fn hir(&mut self, hir: &Hir) -> Result<(), String> {
        match hir.kind() {
            HirKind::Empty => Ok(()),
            HirKind::Literal(literal) => {
                let text =
                    std::str::from_utf8(&literal.0).map_err(|_| "it matches bytes that are no text".to_owned())?;
                text.chars().try_for_each(|c| self.push(Inst::Any(vec![(c, c)])).map(drop))
            }
            HirKind::Class(class) => self.class(class),
            HirKind::Look(Look::Start) => self.push(Inst::Start).map(drop),
            HirKind::Look(Look::End) => self.push(Inst::End).map(drop),
            HirKind::Look(_) => Err("it looks at word or line boundaries".to_owned()),
            HirKind::Capture(capture) => self.hir(&capture.sub),
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.hir(part)),
            HirKind::Alternation(parts) => self.alternation(parts),
            HirKind::Repetition(repetition) => self.repetition(&repetition.sub, repetition.min, repetition.max),
        }
    }

    fn class(&mut self, class: &Class) -> Result<(), String> {
        let ranges = match class {
            Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
            Class::Bytes(class) => {
                class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
            }
        };
        self.push(Inst::Any(ranges)).map(drop)
    }

    fn alternation(&mut self, parts: &[Hir]) -> Result<(), String> {
        let mut ends = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if at + 1 == parts.len() {
                self.hir(part)?;
                break;
            }
            let split = self.push(Inst::Split(self.here() + 1, 0))?;
            self.hir(part)?;
            ends.push(self.push(Inst::Jump(0))?);
            self.0[split] = Inst::Split(u32::try_from(split).unwrap_or(u32::MAX) + 1, self.here());
        }
        let end = self.here();
        for at in ends {
            self.0[at] = Inst::Jump(end);
        }
        Ok(())
    }

    fn repetition(&mut self, sub: &Hir, min: u32, max: Option<u32>) -> Result<(), String> {
        for _ in 0..min {
            self.hir(sub)?;
        }
        let Some(max) = max else {
            let split = self.push(Inst::Split(self.here() + 1, 0))?;
            self.hir(sub)?;
            self.push(Inst::Jump(u32::try_from(split).unwrap_or(u32::MAX)))?;
            self.0[split] = Inst::Split(u32::try_from(split).unwrap_or(u32::MAX) + 1, self.here());
            return Ok(());
        };
        let mut splits = Vec::new();
        for _ in min..max {
            splits.push(self.push(Inst::Split(self.here() + 1, 0))?);
            self.hir(sub)?;
        }
        let end = self.here();
        for split in splits {
            self.0[split] = Inst::Split(u32::try_from(split).unwrap_or(u32::MAX) + 1, end);
        }
        Ok(())
    }
}

impl Program {
    /// Whether the pattern is found in a text: for lints over examples and defaults. The runtime has the fast one.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        let mut states = vec![false; self.0.len()];
        for at in 0..=chars.len() {
            if self.follow(0, at, chars.len(), &mut states) {
                return true;
            }
            let Some(c) = chars.get(at) else { return false };
            let mut next = vec![false; self.0.len()];
            for (state, _) in states.iter().enumerate().filter(|(_, active)| **active) {
                let takes = matches!(&self.0[state], Inst::Any(ranges) if ranges.iter().any(|(low, high)| (low..=high).contains(&c)));
                if takes && self.follow(state + 1, at + 1, chars.len(), &mut next) {
                    return true;
                }
            }
            states = next;
        }
        false
    }

    /// Enters a state and those reachable without a character; true if one of them is the end.
    fn follow(&self, from: usize, at: usize, len: usize, states: &mut [bool]) -> bool {
        let mut todo = vec![from];
        while let Some(state) = todo.pop() {
            if states.get(state).copied().unwrap_or(true) {
                continue;
            }
            states[state] = true;
            match &self.0[state] {
                Inst::Match => return true,
                Inst::Jump(to) => todo.push(*to as usize),
                Inst::Split(one, other) => todo.extend([*one as usize, *other as usize]),
                Inst::Start if at == 0 => todo.push(state + 1),
                Inst::End if at == len => todo.push(state + 1),
                Inst::Start | Inst::End | Inst::Any(_) => {}
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::compile;

    #[test]
    fn documented_patterns_mean_what_their_authors_meant() {
        let cases = [
            (r#"^[^<>&"'\\]*$"#, "plain text", true),
            (r#"^[^<>&\"'\\\\]*$"#, "a<b", false),
            (r"^(20|21|22|23|[0-1]\d):[0-5]\d", "23:59", true),
            (r"^(20|21|22|23|[0-1]\d):[0-5]\d", "24:00", false),
            (r"^(20|21|22|23|[0-1]\d):[0-5]\d", "٠٩:00", false),
            ("^(SUCCESS|FAILURE)$", "FAIL", false),
            ("^(SUCCESS|FAILURE)$", "FAILURE", true),
            ("[a-z]{2,3}$", "1abc", true),
            ("^a?b+$", "abbb", true),
            ("^a?b+$", "aab", false),
            ("", "anything", true),
            ("^[[a-z]$", "[", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(compile(pattern).unwrap().is_match(text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn what_the_engine_cannot_express_is_said() {
        for pattern in ["(?!a)b", "(", r"\bword", "a{0,100000}"] {
            assert!(compile(pattern).is_err(), "{pattern}");
        }
    }
}
