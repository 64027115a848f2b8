//! All that was read of a page as text, a fact a line: for tests, for the fuzzer, and for whoever asks why an audit says what it says.

use std::fmt::{self, Display, Formatter};

use super::block::shortened;
use super::facts::{
    At, Confidence, Count, Example, Limits, Mandatory, Page, Part, Request, Row, Said, Side, Table, TypeName,
    UnreadKind, Values,
};

pub(crate) fn listing(page: &Page) -> String {
    let mut out = format!("format {}\n", page.format);
    if let Some(encoding) = page.encoding {
        out.push_str(&format!("encoding {encoding}\n"));
    }
    if let Some(title) = &page.title {
        out.push_str(&format!("{} title {}\n", title.line, title.is));
    }
    if let Some(updated) = &page.updated {
        out.push_str(&format!("updated {updated}\n"));
    }
    for request in &page.requests {
        out.push_str(&format!("{} request {}\n", request.line, request.is));
    }
    for table in &page.tables {
        write_table(&mut out, table);
    }
    for status in &page.statuses {
        out.push_str(&format!("{} status {} {}\n", status.line, status.is.code, status.is.text));
    }
    for example in &page.examples {
        write_example(&mut out, example);
    }
    for unread in &page.unread {
        out.push_str(&format!("{} unread {} {:?}: {}\n", unread.line, unread.kind, unread.what, unread.why));
    }
    let counts = &page.counts;
    let all = [
        ("sections", counts.sections),
        ("tables", counts.tables),
        ("rows", counts.rows),
        ("types", counts.types),
        ("code", counts.code),
    ];
    for (what, Count { found, read }) in all {
        out.push_str(&format!("{what}: {read} of {found} read\n"));
    }
    out
}

fn write_table(out: &mut String, table: &Table) {
    let guessed = if table.confidence == Confidence::Guessed { " (guessed)" } else { "" };
    let status = table.status.map(|status| format!(" {status}")).unwrap_or_default();
    let caption = table.caption.as_ref().map(|caption| format!(" {caption:?}")).unwrap_or_default();
    out.push_str(&format!("{} table {}{status} {}{guessed}{caption}", table.line, table.side, table.part));
    for (missing, column) in [(!table.says_mandatory, "mandatory"), (!table.says_type, "types")] {
        if missing {
            out.push_str(&format!(", no {column}"));
        }
    }
    for label in &table.labels {
        out.push_str(&format!(" #{label}"));
    }
    out.push('\n');
    for row in &table.rows {
        write_row(out, row);
    }
}

fn write_row(out: &mut String, row: &Row) {
    out.push_str(&format!("  {} {}", row.line, row.name));
    match &row.mandatory {
        Some(Mandatory::Yes) => out.push_str(" required"),
        Some(Mandatory::No) => out.push_str(" optional"),
        Some(Mandatory::Other(text)) => out.push_str(&format!(" {text:?}")),
        None => (),
    }
    if let Some(place) = &row.place {
        out.push_str(&format!(" in {place}"));
    }
    if let Some(ty) = &row.ty {
        out.push_str(&format!(" {}", ty.is));
        if ty.is == TypeName::Unknown {
            out.push_str(&format!(" {:?}", ty.text));
        }
        for link in &ty.links {
            out.push_str(&format!(" -> {link}"));
        }
    }
    let says = &row.says;
    let limits = [("length", &says.length), ("range", &says.range), ("items", &says.items), ("limits", &says.bare)];
    for (what, said) in limits {
        write_said(out, what, said, Limits::to_string);
    }
    write_said(out, "pattern", &says.pattern, |pattern| format!("{pattern:?}"));
    write_said(out, "default", &says.default, |default| format!("{default:?}"));
    write_said(out, "values", &says.values, Values::to_string);
    for values in &says.other_values {
        out.push_str(&format!("; also {values}"));
    }
    if says.deprecated {
        out.push_str("; deprecated");
    }
    out.push_str(&format!("; {} characters said\n", row.description.chars().count()));
}

fn write_said<T>(out: &mut String, what: &str, said: &Said<T>, show: impl Fn(&T) -> String) {
    match said {
        Said::Nothing => (),
        Said::Is(At { is, .. }) => out.push_str(&format!("; {what} {}", show(is))),
        Said::Unreadable(_) => out.push_str(&format!("; {what} unreadable")),
    }
}

fn write_example(out: &mut String, example: &Example) {
    let status = example.status.map(|status| format!(" {status}")).unwrap_or_default();
    out.push_str(&format!("{} example {}{status}", example.line, example.side));
    if let Some(request) = &example.request {
        out.push_str(&format!(" {request}"));
    }
    match &example.json {
        Some(json) => out.push_str(&format!(" {json}")),
        None if example.text.is_empty() => out.push_str(" without body"),
        None => out.push_str(&format!(" no JSON: {:?}", shortened(&example.text))),
    }
    if let Some(caption) = &example.caption {
        out.push_str(&format!(" ({})", shortened(caption)));
    }
    out.push('\n');
}

impl Display for Request {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        self.query.as_ref().map_or(Ok(()), |query| write!(f, "?{query}"))
    }
}

impl Display for Side {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Answer => "answer",
            Self::Unknown => "unknown side",
        })
    }
}

impl Display for Part {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str("path"),
            Self::Query => f.write_str("query"),
            Self::PathOrQuery => f.write_str("path or query"),
            Self::Header => f.write_str("header"),
            Self::Body => f.write_str("body"),
            Self::Nested(name) => write!(f, "of {name}"),
            Self::Unclear => f.write_str("unclear"),
        }
    }
}

/// As the spec writes types.
impl Display for TypeName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::String => f.write_str("string"),
            Self::Integer => f.write_str("integer"),
            Self::Long => f.write_str("long"),
            Self::Float => f.write_str("float"),
            Self::Number => f.write_str("number"),
            Self::Boolean => f.write_str("boolean"),
            Self::Object(None) => f.write_str("object"),
            Self::Object(Some(name)) => f.write_str(name),
            Self::Array(element) => write!(f, "list of {element}"),
            Self::Map(value) => write!(f, "map of {value}"),
            Self::Any => f.write_str("json"),
            Self::Date => f.write_str("date"),
            Self::Binary => f.write_str("binary"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl Display for Limits {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let number = |number: Option<crate::decode::Number>| number.map_or("~".to_owned(), |number| number.to_string());
        write!(f, "[{}, {}]", number(self.low), number(self.high))
    }
}

impl Display for Values {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let list: Vec<&str> = self.list.iter().map(|said| said.value.as_str()).collect();
        let label = self.label.as_deref().unwrap_or("points");
        let explained = self.list.iter().filter(|said| !said.explanation.is_empty()).count();
        write!(f, "[{}] ({}{label}, {explained} explained)", list.join(", "), if self.formal { "formal: " } else { "" })
    }
}

impl Display for UnreadKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Section => "section",
            Self::Table => "table",
            Self::Row => "row",
            Self::Fact => "fact",
            Self::Code => "code",
        })
    }
}
