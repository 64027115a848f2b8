//! What a description says about its parameter in a form that can be read: limits, default, values.

mod constraints;
mod labels;
mod numbers;
mod values;

use super::block::{CLOSE, Cell, OPEN, Piece, PieceKind, is_sign, plain, shortened};
use super::facts::{At, Limits, Said, Says, Values};
use labels::{Found, Label, Of, labels};
use values::is_nothing;

/// The cells of a row that say something about its parameter.
#[derive(Default)]
pub(super) struct Cells<'a> {
    pub(super) description: Option<&'a Cell>,
    pub(super) constraints: Option<&'a Cell>,
    pub(super) values: Option<&'a Cell>,
    pub(super) range: Option<&'a Cell>,
    pub(super) default: Option<&'a Cell>,
}

pub(super) fn read(cells: &Cells<'_>) -> Says {
    let mut sink = Sink::default();
    if let Some(cell) = cells.constraints {
        sink.constraints(cell);
    }
    if let Some(cell) = cells.description {
        sink.description(cell);
    }
    let columns =
        [(cells.values, Label::Values), (cells.range, Label::Both(Of::Value)), (cells.default, Label::Default)];
    for (cell, label) in columns {
        if let Some(cell) = cell.filter(|cell| !cell.is_empty()) {
            sink.announced(&Announced { label, text: "", segment: "", below: &cell.pieces, line: cell.pieces[0].line });
        }
    }
    sink.finish()
}

#[derive(Default)]
struct Sink {
    says: Says,
    lists: Vec<(u32, Values)>,
    unreadable_values: Option<At<String>>,
}

/// A label and what it may announce.
struct Announced<'a> {
    label: Label,
    text: &'a str,
    /// The rest of its paragraph, up to the next label.
    segment: &'a str,
    /// The pieces that follow, up to the next label that stands alone.
    below: &'a [Piece],
    line: u32,
}

impl Sink {
    fn description(&mut self, cell: &Cell) {
        let pieces = &cell.pieces;
        let found: Vec<Vec<Found>> = pieces
            .iter()
            .map(|piece| if piece.kind == PieceKind::Code { Vec::new() } else { labels(&piece.text) })
            .collect();
        // Where the pieces below a label end at the latest.
        let begins = |found: &[Found]| found.first().is_some_and(|first| first.start < 8);
        let mut ends = vec![pieces.len(); pieces.len() + 1];
        for at in (0..pieces.len()).rev() {
            let stops = begins(&found[at]) || pieces[at].kind == PieceKind::Code;
            ends[at] = if stops { at } else { ends[at + 1] };
        }
        // Up to where points belong to a list that a label announces, and up to where it is known whether they are one without.
        let (mut announced, mut judged) = (0, 0);
        for (at, piece) in pieces.iter().enumerate() {
            self.deprecated(piece);
            for (place, label) in found[at].iter().enumerate() {
                let end = found[at].get(place + 1).map_or(piece.text.len(), |next| next.start);
                let segment = &piece.text[label.after.min(end)..end];
                let last = place + 1 == found[at].len();
                let below = if last { &pieces[at + 1..ends[at + 1].max(at + 1)] } else { &[] };
                // The points of one list announce no further ones.
                if at < announced && matches!(label.label, Label::Values | Label::Formal) {
                    continue;
                }
                let it = Announced { label: label.label, text: &label.text, segment, below, line: piece.line };
                let taken = self.announced(&it);
                announced = announced.max(if taken > 0 { at + 1 + taken } else { 0 });
            }
            if at >= announced.max(judged) && piece.kind == PieceKind::Point && found[at].is_empty() {
                let run = found[at..].iter().take_while(|found| found.is_empty()).count();
                let (run, list) = values::unannounced(&pieces[at..at + run]);
                judged = at + run;
                if let Some(list) = list {
                    self.list(piece.line, Values { label: None, formal: false, list });
                }
            }
        }
        self.prose(cell);
        if let Some(last) = pieces.last().filter(|last| last.text.is_empty()) {
            let why = "the cell goes on with nothing: a list may be lost";
            self.unreadable_values.get_or_insert(At::new(last.line, why.to_owned()));
        }
    }

    /// Takes what a label announces; returns how many of the pieces below are its values.
    fn announced(&mut self, it: &Announced<'_>) -> usize {
        let rest =
            it.segment.trim_matches(|char: char| char.is_whitespace() || (char == CLOSE && !it.segment.contains(OPEN)));
        // A label that stands alone announces what stands below it.
        let alone = rest.is_empty();
        let next = it.below.first().filter(|_| alone).map(|piece| piece.text.as_str());
        let text = next.unwrap_or(rest);
        match it.label {
            Label::Low(of) | Label::High(of) => {
                self.limit(it.line, of, matches!(it.label, Label::High(_)), text);
                0
            }
            Label::Both(of) => self.range(it, of, text, rest),
            Label::Default => {
                self.default_is(it.line, text);
                0
            }
            Label::Formal | Label::Values => self.values(it, rest),
            Label::Pattern => {
                self.says.pattern = match plain(text).trim() {
                    "" => Said::Unreadable(At::new(it.line, format!("nothing follows {:?}", it.text))),
                    text => Said::Is(At::new(it.line, text.to_owned())),
                };
                0
            }
            Label::Other => 0,
        }
    }

    fn limit(&mut self, line: u32, of: Of, high: bool, text: &str) {
        if is_nothing(text) {
            return;
        }
        let Some((number, rest)) = numbers::number(text) else {
            let why = format!("{:?} is no number", shortened(text.trim()));
            return unreadable(self.limits(of), line, why);
        };
        let of = if of == Of::Bare && numbers::counts_characters(rest) { Of::Length } else { of };
        let limits = if high { (None, Some(number)) } else { (Some(number), None) };
        set(self.limits(of), line, Limits { low: limits.0, high: limits.1 });
    }

    fn limits(&mut self, of: Of) -> &mut Said<Limits> {
        match of {
            Of::Bare => &mut self.says.bare,
            Of::Length => &mut self.says.length,
            Of::Value => &mut self.says.range,
            Of::Items => &mut self.says.items,
        }
    }

    fn range(&mut self, it: &Announced<'_>, of: Of, text: &str, rest: &str) -> usize {
        if text.is_empty() || is_nothing(text) {
            return 0;
        }
        if let Some((limits, after)) = numbers::range(text) {
            let of = if of == Of::Value && numbers::counts_characters(after) { Of::Length } else { of };
            set(self.limits(of), it.line, limits);
            return 0;
        }
        let (length, value) = numbers::in_prose(text);
        if length.is_some() || value.is_some() {
            return 0;
        }
        if of == Of::Value {
            return self.values(it, rest);
        }
        unreadable(self.limits(of), it.line, format!("{:?} is no range", shortened(text)));
        0
    }

    fn default_is(&mut self, line: u32, text: &str) {
        if is_nothing(text) || self.says.default.is().is_some() {
            return;
        }
        self.says.default = match default_value(text) {
            Some(value) => Said::Is(At::new(line, value)),
            None if text.trim().is_empty() => Said::Unreadable(At::new(line, "no default follows".to_owned())),
            None => Said::Unreadable(At::new(line, format!("{:?} is not one value", shortened(text.trim())))),
        };
    }

    fn values(&mut self, it: &Announced<'_>, rest: &str) -> usize {
        let follows = rest.trim_matches(|char: char| " :：.".contains(char) || is_sign(char));
        let (taken, list) = if follows.is_empty() {
            match it.below.first() {
                Some(piece) if is_nothing(&piece.text) => return 0,
                // The dialect with a label on a line of its own has a sentence below it.
                Some(piece) if piece.kind == PieceKind::Paragraph && piece.text.contains(char::is_whitespace) => {
                    (0, values::in_line(&piece.text))
                }
                _ => values::below(it.below),
            }
        } else if is_nothing(rest) || (it.text.eq_ignore_ascii_case("which can be") && !rest.contains(OPEN)) {
            return 0;
        } else {
            (0, values::in_line(rest))
        };
        match list {
            Ok(list) => {
                let formal = it.label == Label::Formal;
                self.list(
                    it.line,
                    Values { label: Some(it.text.to_owned()).filter(|text| !text.is_empty()), formal, list },
                );
            }
            // So many sentences begin like this that only what is set apart counts.
            Err(_) if it.text.eq_ignore_ascii_case("which can be") => (),
            Err(why) => {
                let why = if it.text.is_empty() { why } else { format!("after {:?}: {why}", it.text) };
                self.unreadable_values.get_or_insert(At::new(it.line, why));
            }
        }
        taken
    }

    fn list(&mut self, line: u32, values: Values) {
        if self.lists.len() < 16 {
            self.lists.push((line, values));
        }
    }

    fn deprecated(&mut self, piece: &Piece) {
        const SIGNS: [&str; 6] =
            ["is deprecated", "been deprecated", "(deprecated", "deprecated parameter", "is discarded", "废弃"];
        if piece.kind == PieceKind::Paragraph {
            let text = piece.text.to_ascii_lowercase();
            self.says.deprecated |= text.starts_with("deprecated") || SIGNS.iter().any(|sign| text.contains(sign));
        }
    }

    /// Limits in sentences count where no label says more, and so does a default that is only mentioned.
    fn prose(&mut self, cell: &Cell) {
        for piece in cell.pieces.iter().filter(|piece| piece.kind != PieceKind::Code) {
            let (length, value) = numbers::in_prose(&piece.text);
            if let Some(limits) = length.filter(|_| self.says.length == Said::Nothing) {
                self.says.length = Said::Is(At::new(piece.line, limits));
            }
            if let Some(limits) = value.filter(|_| self.says.range == Said::Nothing) {
                self.says.range = Said::Is(At::new(piece.line, limits));
            }
            let at = piece.text.find("By default").or_else(|| piece.text.find("by default"));
            if let Some(at) = at.filter(|_| self.says.default == Said::Nothing) {
                let why = format!("only a sentence speaks of a default: {:?}", shortened(&piece.text[at..]));
                self.says.default = Said::Unreadable(At::new(piece.line, why));
            }
        }
    }

    fn finish(mut self) -> Says {
        let rank = |values: &Values| if values.formal { 0 } else { 1 + u8::from(values.label.is_none()) };
        self.lists.sort_by_key(|(_, values)| rank(values));
        let mut lists = self.lists.into_iter();
        self.says.values = match (lists.next(), self.unreadable_values) {
            // A list that nothing announces is none of those that something does.
            (Some((_, values)), Some(why)) if values.label.is_none() => Said::Unreadable(why),
            (Some((line, values)), _) => Said::Is(At::new(line, values)),
            (None, Some(why)) => Said::Unreadable(why),
            (None, None) => Said::Nothing,
        };
        self.says.other_values = lists.map(|(_, values)| values).collect();
        self.says
    }
}

fn unreadable<T>(said: &mut Said<T>, line: u32, why: String) {
    if matches!(said, Said::Nothing) {
        *said = Said::Unreadable(At::new(line, why));
    }
}

/// Adds a limit to the other one; what is said twice and differently is not known.
fn set(said: &mut Said<Limits>, line: u32, new: Limits) {
    let old = said.is().copied().unwrap_or_default();
    let differs = |old: Option<_>, new: Option<_>| old.is_some() && new.is_some() && old != new;
    *said = if differs(old.low, new.low) || differs(old.high, new.high) {
        Said::Unreadable(At::new(line, "two limits are given, and they differ".to_owned()))
    } else {
        Said::Is(At::new(line, Limits { low: new.low.or(old.low), high: new.high.or(old.high) }))
    };
}

/// The one value at the beginning of a text.
fn default_value(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(inside) = text.strip_prefix(OPEN) {
        let (value, rest) = inside.split_once(CLOSE)?;
        let value = value.trim().trim_end_matches('.');
        let alone =
            rest.trim_start().is_empty() || rest.trim_start().starts_with(['.', ',', ';', '(', '。', '，', '（']);
        return (alone && !value.is_empty()).then(|| value.to_owned());
    }
    let text = plain(text);
    if let Some((_, rest)) = numbers::number(&text) {
        let rest_len = rest.len();
        let rest = rest.trim_start();
        let ends = rest.is_empty()
            || rest.starts_with([';', '(', '。', '，', '（'])
            || rest.starts_with(". ")
            || rest == "."
            || rest.starts_with(", ");
        if ends {
            return Some(text[..text.len() - rest_len].trim().replace([',', '，'], ""));
        }
    }
    let end = [". ", "。", "; ", ", ", "，", " (", "（"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min()
        .unwrap_or(text.len());
    let value = text[..end].trim().trim_end_matches(['.', ';', ',']).trim_matches('"');
    (!value.is_empty() && !value.contains(char::is_whitespace)).then(|| value.to_owned())
}
