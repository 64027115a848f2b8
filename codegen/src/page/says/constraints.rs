//! The column "Constraints": ``min length `1`; max length `64`; enum `a`, `b` ``.

use super::{Sink, labels::Of, values};
use crate::page::block::{CLOSE, Cell, OPEN};
use crate::page::facts::{At, Said, Values};

impl Sink {
    pub(super) fn constraints(&mut self, cell: &Cell) {
        for piece in &cell.pieces {
            for part in parts(&piece.text) {
                self.constraint(piece.line, part.trim());
            }
        }
    }

    fn constraint(&mut self, line: u32, part: &str) {
        let Some(begin) = part.find(OPEN) else { return };
        let key = part[..begin].trim().trim_end_matches(':').replace([' ', '_'], "").to_ascii_lowercase();
        let value = part[begin + OPEN.len_utf8()..].split(CLOSE).next().unwrap_or_default();
        // What stands behind `items:` limits each element; only the first of them says so.
        match key.strip_prefix("items:").unwrap_or(&key) {
            "minlength" => self.limit(line, Of::Length, false, value),
            "maxlength" => self.limit(line, Of::Length, true, value),
            "min" | "minimum" => self.limit(line, Of::Value, false, value),
            "max" | "maximum" => self.limit(line, Of::Value, true, value),
            "minitems" => self.limit(line, Of::Items, false, value),
            "maxitems" => self.limit(line, Of::Items, true, value),
            "default" => self.says.default = Said::Is(At::new(line, value.to_owned())),
            "pattern" => self.says.pattern = Said::Is(At::new(line, value.to_owned())),
            "enum" => {
                if let Ok(list) = values::in_line(&part[begin..]) {
                    self.list(line, Values { label: Some("enum".to_owned()), formal: true, list });
                }
            }
            _ => (),
        }
    }
}

/// Parts between semicolons that are not set apart.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut apart) = (Vec::new(), 0, false);
    for (at, char) in text.char_indices() {
        match char {
            OPEN => apart = true,
            CLOSE => apart = false,
            ';' if !apart => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => (),
        }
    }
    parts.push(&text[start..]);
    parts
}
