//! What the spec lacks, as YAML to paste.

use std::fmt::Write as _;

use super::beyond::Lack;
use super::claims::Holder;
use super::judge::{Cx, Of, is_list, stated};
use crate::decode::Literal;
use crate::model::{Payload, Ty};
use crate::page::{Mandatory, Row, Said, Table, TypeName};

/// The rows that the spec lacks, each under where it belongs. A blank `doc:` is a mistake that `cargo xtask check` names.
pub(super) fn yaml(cx: &Cx<'_>, lacks: &[Lack]) -> String {
    let mut text = String::new();
    let mut last = None;
    let mut types = Types::default();
    for lack in lacks.iter().filter(|lack| lack.sure && lack.recorded.is_none()) {
        let Some((table, row, holder)) = lack.row else {
            let _ = writeln!(text, "# line {}: `{}` lacks {}", lack.line, lack.at, lack.what);
            last = None;
            continue;
        };
        let Some((table, row)) = cx.page.tables.get(table).and_then(|table| Some((table, table.rows.get(row)?))) else {
            continue;
        };
        if last != Some(holder) {
            text.push_str(&heading(cx, holder));
            last = Some(holder);
        }
        field(&mut text, cx, table, row, holder, &mut types);
    }
    types.write(&mut text, cx);
    text
}

fn heading(cx: &Cx<'_>, holder: Holder) -> String {
    let of_type = |id: crate::model::TypeId| {
        let ty = &cx.service.types[id.0];
        let path = cx.service.units.get(ty.unit).map_or("", |unit| unit.path.as_str());
        format!("# in `types`, `{}`, `fields` of {path}:\n", ty.name.value)
    };
    let path = &cx.unit.path;
    match holder {
        Holder::Operation => format!("# in {path}:\n"),
        Holder::Inputs(location) => format!("# in `{}` of {path}:\n", location.word()),
        Holder::Given(id) | Holder::Answered(_, id) => of_type(id),
        Holder::Answer(status) => {
            let answer = cx.operation.responses.iter().find(|answer| answer.status == status);
            match answer.map(|answer| &answer.body) {
                Some(Payload::Is(ty)) => match ty.leaf() {
                    Ty::Object(id) => of_type(*id),
                    _ => format!("# in the type of `responses.{status}` of {path}:\n"),
                },
                _ => format!("# in a type for `responses.{status}` of {path}:\n"),
            }
        }
    }
}

/// Types that proposed fields need.
#[derive(Default)]
struct Types<'p> {
    enums: Vec<(String, Vec<&'p str>)>,
    objects: Vec<(String, &'static str)>,
}

fn field<'p>(text: &mut String, cx: &Cx<'p>, table: &'p Table, row: &'p Row, holder: Holder, types: &mut Types<'p>) {
    let quoted = |literal: &str| Literal::Text(literal.to_owned()).as_yaml();
    let _ = writeln!(text, "{}:", quoted(&row.name));
    let is_request = !matches!(holder, Holder::Answer(_) | Holder::Answered(..));
    match &row.mandatory {
        Some(Mandatory::Yes) => text.push_str("  need: required\n"),
        Some(Mandatory::No) => text.push_str("  need: optional\n"),
        // Blank, so that it is asked for.
        Some(Mandatory::Other(_)) | None if is_request => text.push_str("  need:\n"),
        _ if table.says_mandatory => text.push_str("  need:\n"),
        _ => {}
    }
    let ty = type_of(cx, row, is_request, types);
    let _ = writeln!(text, "  type:{}", if ty.is_empty() { String::new() } else { format!(" {ty}") });
    for (of, key) in [(Of::Length, "length"), (Of::Range, "range"), (Of::Items, "items")] {
        if let Said::Is(at) = stated(row, of) {
            let _ = writeln!(text, "  {key}: {}", super::judge::shown(at.is.low, at.is.high));
        }
    }
    if let Said::Is(at) = &row.says.pattern {
        let _ = writeln!(text, "  pattern: '{}'", at.is.replace('\'', "''"));
    }
    if let Said::Is(at) = &row.says.default {
        let plain = matches!(row.ty.as_ref().map(|ty| &ty.is), Some(TypeName::String));
        let _ = writeln!(text, "  default: {}", if plain { quoted(&at.is) } else { at.is.trim().to_owned() });
    }
    text.push_str("  doc:\n");
}

fn type_of<'p>(cx: &Cx<'p>, row: &'p Row, is_request: bool, types: &mut Types<'p>) -> String {
    let Some(cell) = &row.ty else { return String::new() };
    if let Said::Is(at) = &row.says.values
        && is_list(&at.is)
        && matches!(leaf(&cell.is), TypeName::String)
    {
        let name = crate::name::type_name(&row.name);
        types.enums.push((name.clone(), at.is.list.iter().map(|said| said.value.as_str()).collect()));
        return word(&cell.is, &name);
    }
    if let TypeName::Object(name) = leaf(&cell.is) {
        let name = name.as_deref().map_or_else(|| crate::name::type_name(&row.name), crate::name::type_name);
        if !cx.service.types.iter().any(|ty| ty.name.value == name) {
            types.objects.push((name.clone(), if is_request { "request" } else { "response" }));
        }
        return word(&cell.is, &name);
    }
    word(&cell.is, "")
}

fn leaf(ty: &TypeName) -> &TypeName {
    match ty {
        TypeName::Array(inner) | TypeName::Map(inner) => leaf(inner),
        other => other,
    }
}

/// A type as the spec writes it, with a name for what its words do not have.
fn word(ty: &TypeName, name: &str) -> String {
    let named = |otherwise: &str| if name.is_empty() { otherwise.to_owned() } else { name.to_owned() };
    match ty {
        TypeName::String | TypeName::Date | TypeName::Binary => named("string"),
        TypeName::Integer | TypeName::Long => "integer".to_owned(),
        TypeName::Float | TypeName::Number => "number".to_owned(),
        TypeName::Boolean => "boolean".to_owned(),
        TypeName::Array(inner) => format!("list of {}", word(inner, name)),
        TypeName::Map(inner) => format!("map of {}", word(inner, name)),
        TypeName::Object(_) | TypeName::Any => named("json"),
        TypeName::Unknown => String::new(),
    }
}

impl Types<'_> {
    fn write(&self, text: &mut String, cx: &Cx<'_>) {
        if self.enums.is_empty() && self.objects.is_empty() {
            return;
        }
        let _ = writeln!(text, "# in `types` of {}:", cx.unit.path);
        let mut told = Vec::new();
        for (name, values) in &self.enums {
            if told.contains(&name) {
                continue;
            }
            told.push(name);
            let _ = writeln!(text, "{name}:\n  enum:");
            for value in values {
                let _ = writeln!(text, "    {}: {{doc: }}", Literal::Text((*value).to_owned()).as_yaml());
            }
        }
        for (name, direction) in &self.objects {
            if told.contains(&name) {
                continue;
            }
            told.push(name);
            let _ = writeln!(text, "{name}:\n  object: {direction}\n  fields:");
            for row in rows_of(cx, name) {
                let ty = row.ty.as_ref().map_or_else(String::new, |ty| word(&ty.is, ""));
                let need = match &row.mandatory {
                    Some(Mandatory::Yes) => "need: required, ",
                    Some(Mandatory::No) => "need: optional, ",
                    _ => "",
                };
                let _ =
                    writeln!(text, "    {}: {{{need}type: {ty}, doc: }}", Literal::Text(row.name.clone()).as_yaml());
            }
        }
    }
}

/// The rows of the page's table of an object.
fn rows_of<'p>(cx: &Cx<'p>, name: &str) -> &'p [Row] {
    let of =
        cx.page.tables.iter().find(
            |table| matches!(&table.part, crate::page::Part::Nested(part) if crate::name::type_name(part) == name),
        );
    of.map_or(&[], |table| &table.rows)
}
