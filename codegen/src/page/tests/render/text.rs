//! The formats that are text without markup of their own.

use super::{Format, Sheet, SheetRow, SheetTable, marked, write};

/// The formats that are text, and what each of them keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::page::tests) enum Kind {
    /// Captions, lists and marks as Markdown has them.
    Markdown,
    /// A bar after every cell, no captions, no lists.
    TrailingBars,
    /// The same with a line for each cell.
    CellPerLine,
    /// And a bar on a line of its own before every row.
    CellPerLineRuled,
    /// Captions and points, but no bars.
    Flattened,
}

pub(in crate::page::tests) struct Text {
    kind: Kind,
    out: String,
}

impl Text {
    pub(in crate::page::tests) fn of(sheet: &Sheet, kind: Kind) -> String {
        let mut text = Self { kind, out: String::new() };
        write(sheet, &mut text);
        text.out
    }

    fn end(&mut self) {
        self.out += if matches!(self.kind, Kind::Markdown | Kind::Flattened) { "\n\n" } else { "\n" };
    }

    fn bars(&mut self, header: &[&str], rows: &[Vec<String>]) {
        let lines = |cells: &[String]| cells.iter().map(|cell| cell.clone() + " |\n").collect::<Vec<_>>().concat();
        let row = |cells: &[String]| match self.kind {
            Kind::Markdown => format!("| {} |\n", cells.join(" | ")),
            Kind::TrailingBars => format!("{}  | \n", cells.join("  | ")),
            Kind::CellPerLine => lines(cells),
            _ => format!("|\n{}", lines(cells)),
        };
        let header: Vec<String> = header.iter().map(|cell| (*cell).to_owned()).collect();
        let lead = if self.kind == Kind::CellPerLine { "" } else { "|" };
        let mut out = format!("{}{lead}{}\n", row(&header), "---|".repeat(header.len()));
        out.extend(rows.iter().map(|cells| row(cells)));
        self.out += &out;
        if self.kind == Kind::Markdown {
            self.out += "\n";
        }
    }

    fn description(&self, row: &SheetRow) -> String {
        let mut parts: Vec<String> = row.text.iter().map(|text| marked(text, "", "")).collect();
        match self.kind {
            Kind::Markdown => {
                parts = row.text.iter().map(|text| marked(text, "**", "**")).collect();
                let points: String =
                    row.values.iter().map(|value| format!("<li>**{value}**</li>")).collect::<Vec<_>>().concat();
                let list = if points.is_empty() { points } else { format!("<br>Enumeration values:<ul>{points}</ul>") };
                return parts.join("<br>") + &list;
            }
            Kind::Flattened => {
                if !row.values.is_empty() {
                    parts.push("Enumeration values:".to_owned());
                    parts.extend(row.values.iter().map(|value| format!("- {value}")));
                }
                return parts.join("\n\n");
            }
            _ if !row.values.is_empty() => parts.push("Enumeration values:".to_owned()),
            _ => (),
        }
        parts.join(" ")
    }
}

impl Format for Text {
    fn title(&mut self, text: &str) {
        if self.kind == Kind::Markdown {
            self.out += "# ";
        }
        self.line(text);
    }
    fn heading(&mut self, text: &str) {
        if self.kind == Kind::Markdown {
            self.out += "## ";
        }
        self.line(text);
    }
    fn line(&mut self, text: &str) {
        self.out += text;
        self.end();
    }
    fn status(&mut self, code: u16) {
        self.line(&format!("Status code: {code}"));
    }
    fn table(&mut self, number: usize, table: &SheetTable) {
        match self.kind {
            Kind::Markdown => self.line(&format!("**Table {number}** {}", table.caption)),
            Kind::Flattened => self.line(&format!("Table {number} {}", table.caption)),
            _ => (),
        }
        let rows = table.rows.iter().map(|row| {
            let mut cells = table.cells(row);
            if self.kind == Kind::Markdown {
                cells = cells.iter().map(|cell| cell.replace('_', "\\_")).collect();
            }
            cells.push(self.description(row));
            cells
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if self.kind == Kind::Flattened {
            let lines: Vec<String> =
                table.header().iter().map(|cell| (*cell).to_owned()).chain(rows.into_iter().flatten()).collect();
            return self.line(&lines.join("\n\n"));
        }
        self.bars(&table.header(), &rows);
    }
    fn code(&mut self, text: &str) {
        if self.kind == Kind::Markdown {
            return self.line(&format!("```\n{text}\n```"));
        }
        self.line(text);
    }
    fn statuses(&mut self) {
        if self.kind == Kind::Flattened {
            return self.line("Status Code\n\nDescription\n\n200\n\nOK");
        }
        self.bars(&["Status Code", "Description"], &[vec!["200".to_owned(), "OK".to_owned()]]);
    }
}
