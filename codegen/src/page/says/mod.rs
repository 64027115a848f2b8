//! What a description says about its parameter in a form that can be read: limits, default, values.

mod announced;
mod constraints;
mod labels;
mod numbers;
mod values;

use super::block::{Cell, Piece, PieceKind, shortened};
use super::facts::{At, Said, Says, Values};
use labels::{Found, Label, Of, labels};

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
    /// The label of the default, as the page writes it.
    default_label: String,
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

    fn list(&mut self, line: u32, values: Values) {
        if self.lists.len() < 16 {
            self.lists.push((line, values));
        }
    }

    fn deprecated(&mut self, piece: &Piece) {
        // A value that means a version which is deprecated is none of them.
        const SIGNS: [&str; 8] = [
            "is deprecated",
            "been deprecated",
            "(deprecated",
            "deprecated parameter",
            "is discarded",
            "已废弃",
            "被废弃",
            "参数废弃",
        ];
        if piece.kind == PieceKind::Paragraph {
            let text = piece.text.to_ascii_lowercase();
            let begins = text.starts_with("deprecated") || text.starts_with("废弃");
            self.says.deprecated |= begins || SIGNS.iter().any(|sign| text.contains(sign));
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
                let begin = piece.text[..at].rfind(". ").map_or(0, |end| end + 2);
                let sentence = shortened(&piece.text[begin..]);
                let why = format!("only a sentence speaks of a default: {sentence:?}");
                self.says.default = Said::Unreadable(At::new(piece.line, why));
            }
        }
    }

    fn finish(mut self) -> Says {
        let rank = |values: &Values| if values.formal { 0 } else { 1 + u8::from(values.label.is_none()) };
        self.lists.sort_by_key(|(_, values)| rank(values));
        // `default: as before` explains a value of that name.
        if self.lists.iter().any(|(_, values)| values.list.iter().any(|value| value.value == self.default_label)) {
            self.says.default = Said::Nothing;
        }
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
