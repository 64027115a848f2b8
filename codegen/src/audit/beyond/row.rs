//! What a row says of a field, and the spec does not.

use super::super::claims::Holder;
use super::super::conflicts::place;
use super::super::errata::{Documented, adopted_values, documented, texts};
use super::super::judge::{Of, alternatives, is_list, short, shown, stated};
use super::super::words;
use super::{Lack, Search};
use crate::grammar::{FactName, Need};
use crate::model::{Field, PerCloud, Ty, TypeKind};
use crate::page::{Mandatory, Row, Said, TypeName, Values};
use crate::sources::Span;

impl Search<'_, '_, '_> {
    /// What a row says of a field beyond what the spec says of it.
    pub(super) fn facts(&mut self, holder: Holder, field: &Field, row: &Row) {
        for (of, fact, known) in [
            (Of::Length, FactName::Length, field.length.is_empty()),
            (Of::Range, FactName::Range, field.range.is_empty()),
            (Of::Items, FactName::Items, field.items.is_empty()),
        ] {
            if let (true, Said::Is(at)) = (known, stated(row, of)) {
                self.fact(holder, field, fact, format!("`{}: {}`", fact.word(), shown(at.is.low, at.is.high)), at.line);
            }
        }
        if let (true, Said::Is(at)) = (field.pattern.is_empty(), &row.says.pattern)
            && !self.lists(field, &at.is)
        {
            self.fact(holder, field, FactName::Pattern, format!("a pattern `{}`", short(&at.is)), at.line);
        }
        if let (true, Said::Is(at)) = (field.default.is_empty(), &row.says.default) {
            let is_none = at.is.trim().eq_ignore_ascii_case("null") || at.is.trim().is_empty();
            if !is_none {
                self.fact(holder, field, FactName::Default, format!("a default, `{}`", short(&at.is)), at.line);
            }
        }
        if row.mandatory == Some(Mandatory::Yes) && is_unstated(&field.need) {
            self.fact(holder, field, FactName::Need, "that it is mandatory".to_owned(), row.line);
        }
        if row.says.deprecated && field.deprecated.is_none() {
            self.fact(holder, field, FactName::Text, "that it is deprecated".to_owned(), row.line);
        }
        match &row.says.values {
            Said::Is(at) => self.values(holder, field, row, &at.is, at.line),
            _ => self.shown(holder, field),
        }
        self.unreadable(holder, field, row);
        // Sentences: worth a doubt, not more.
        if !field.nullable && words::has(&row.description, "null") {
            self.doubt(holder, field, FactName::Nullable, "its text speaks of null".to_owned(), row.line);
        }
        if let (None, Some(unit)) = (&field.unit, words::unit(&row.description)) {
            self.doubt(holder, field, FactName::Unit, format!("its text names a unit, `{unit}`"), row.line);
        }
    }

    /// Where a page lists no values, those that its examples show are all there is.
    fn shown(&mut self, holder: Holder, field: &Field) {
        let Ty::Enum(id) = field.ty.leaf() else { return };
        let TypeKind::Enum(of) = &self.cx.service.types[id.0].kind else { return };
        let mut missing: Vec<(u32, String)> = Vec::new();
        for (line, sample) in self.cx.samples.of_field(holder, &field.wire.value) {
            let texts: Vec<&str> = match sample {
                serde_json::Value::Array(items) => items.iter().filter_map(|item| item.as_str()).collect(),
                other => other.as_str().into_iter().collect(),
            };
            let unknown = texts.into_iter().filter(|text| of.values.iter().all(|value| value.text.value != **text));
            for text in unknown {
                if missing.iter().all(|(_, known)| known != text) {
                    missing.push((line, text.to_owned()));
                }
            }
        }
        let at = place(self.cx, holder, &field.wire.value);
        for (line, text) in missing {
            let recorded = self.errata.at(&at, &at, FactName::Enum).map(|applied| applied.erratum.at.span);
            self.push(holder, field, FactName::Enum, format!("the value `{text}` in an example"), line, true, recorded);
        }
    }

    /// What stands in a row but could not be read may be what the spec lacks.
    fn unreadable(&mut self, holder: Holder, field: &Field, row: &Row) {
        let limits = [
            (Of::Length, FactName::Length, &field.length),
            (Of::Range, FactName::Range, &field.range),
            (Of::Items, FactName::Items, &field.items),
        ];
        for (of, fact, known) in limits {
            if let (true, Said::Unreadable(at)) = (known.is_empty(), stated(row, of)) {
                self.doubt(holder, field, fact, format!("a limit that could not be read: {}", short(&at.is)), at.line);
            }
        }
        if let (true, Said::Unreadable(at)) = (field.default.is_empty(), &row.says.default) {
            self.doubt(
                holder,
                field,
                FactName::Default,
                format!("a default that could not be read: {}", short(&at.is)),
                at.line,
            );
        }
        if let (true, Said::Unreadable(at)) = (field.pattern.is_empty(), &row.says.pattern) {
            self.doubt(
                holder,
                field,
                FactName::Pattern,
                format!("a pattern that could not be read: {}", short(&at.is)),
                at.line,
            );
        }
        if let Said::Unreadable(at) = &row.says.values {
            let values = match field.ty.leaf() {
                Ty::Enum(id) => match &self.cx.service.types[id.0].kind {
                    TypeKind::Enum(of) => of.values.as_slice(),
                    _ => &[],
                },
                _ => &[],
            };
            let known = |word: &str| values.iter().any(|value| value.text.value == word);
            // What could not be told apart is quoted in the reason.
            let quoted = at.is.split_once(" in \"").map_or("", |(_, rest)| rest.trim_end_matches('"'));
            let has_more = words::words(quoted).any(|word| !known(word));
            if values.is_empty() || has_more {
                let what = format!("a list of values that could not be read: {}", short(&at.is));
                self.doubt(holder, field, FactName::Enum, what, at.line);
            }
        }
    }

    fn doubt(&mut self, holder: Holder, field: &Field, fact: FactName, what: String, line: u32) {
        let at = place(self.cx, holder, &field.wire.value);
        if self.errata.at(&at, &at, fact).is_none() {
            self.push(holder, field, fact, what, line, false, None);
        }
    }

    /// Whether a pattern only lists values that the spec has as an enumeration.
    fn lists(&self, field: &Field, pattern: &str) -> bool {
        let Ty::Enum(id) = field.ty.leaf() else { return false };
        let TypeKind::Enum(of) = &self.cx.service.types[id.0].kind else { return false };
        alternatives(pattern)
            .is_some_and(|list| list.iter().all(|text| of.values.iter().any(|value| value.text.value == *text)))
    }

    fn values(&mut self, holder: Holder, field: &Field, row: &Row, values: &Values, line: u32) {
        let known: Option<Vec<&str>> = match field.ty.leaf() {
            Ty::Enum(id) => match &self.cx.service.types[id.0].kind {
                TypeKind::Enum(of) => Some(of.values.iter().map(|value| value.text.value.as_str()).collect()),
                _ => return,
            },
            // Both values of a boolean are known.
            Ty::Boolean => Some(vec!["true", "false"]),
            _ => None,
        };
        let listed = values.list.iter().map(|said| said.value.as_str());
        let missing: Vec<&str> =
            listed.filter(|value| !known.as_ref().is_some_and(|known| known.contains(value))).collect();
        if missing.is_empty() {
            return;
        }
        let recorded = self.recorded(holder, field, &missing);
        let boolean = matches!(row.ty.as_ref().map(|ty| &ty.is), Some(TypeName::Boolean));
        let what = if known.is_some() {
            format!("the values {}", missing.join(", "))
        } else {
            format!("a list of values: {}", missing.join(", "))
        };
        let sure = is_list(values) && !boolean;
        self.push(holder, field, FactName::Enum, what, line, sure, recorded);
    }

    /// The erratum that has all values that the spec lacks.
    fn recorded(&self, holder: Holder, field: &Field, missing: &[&str]) -> Option<Span> {
        let at = place(self.cx, holder, &field.wire.value);
        let ty = match field.ty.leaf() {
            Ty::Enum(id) => self.cx.service.types[id.0].name.value.as_str(),
            _ => "",
        };
        let found = self.errata.iter().filter(|applied| {
            let erratum = applied.erratum;
            erratum.fact.value == FactName::Enum && (applied.place == at || erratum.at.value == ty)
        });
        // That the page lists them is not enough: the erratum must say that they were left out on purpose.
        let mut found = found.filter(|applied| {
            let erratum = applied.erratum;
            let lists = match documented(erratum) {
                Documented::Values(list) => missing.iter().all(|value| list.contains(value)),
                Documented::Words(words) => missing.iter().all(|value| words::has(&words, value)),
                _ => false,
            };
            lists
                && match adopted_values(erratum) {
                    Some(adopted) => !missing.iter().any(|value| adopted.contains(value)),
                    None => {
                        let words = erratum.adopted.iter().flat_map(|data| texts(&data.0));
                        let words = words.collect::<Vec<_>>().join(" ");
                        missing.iter().all(|value| words::has(&words, value)) || words == "string"
                    }
                }
        });
        let applied = found.next()?;
        applied.used.set(true);
        Some(applied.erratum.at.span)
    }

    fn fact(&mut self, holder: Holder, field: &Field, fact: FactName, what: String, line: u32) {
        let at = place(self.cx, holder, &field.wire.value);
        let recorded = self.errata.at(&at, &at, fact).map(|applied| {
            // Whether it says the same is judged where errata without a fact are.
            applied.erratum.at.span
        });
        self.push(holder, field, fact, what, line, true, recorded);
    }

    #[expect(clippy::too_many_arguments, reason = "all of one finding")]
    fn push(
        &mut self,
        holder: Holder,
        field: &Field,
        fact: FactName,
        what: String,
        line: u32,
        sure: bool,
        recorded: Option<Span>,
    ) {
        let at = place(self.cx, holder, &field.wire.value);
        let near = Some(field.wire.span);
        self.lacks.push(Lack { fact: fact.word(), at, what, line, near, row: None, sure, recorded });
    }
}

fn is_unstated(need: &PerCloud<Need>) -> bool {
    need.is_empty()
}
