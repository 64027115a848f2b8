//! One invented page, written in every format.

mod text;

pub(super) use text::{Kind, Text};

/// A page as its author means it.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) tables: Vec<SheetTable>,
}

#[derive(Clone, Debug)]
pub(super) struct SheetTable {
    pub(super) place: At,
    pub(super) caption: String,
    pub(super) rows: Vec<SheetRow>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum At {
    Uri,
    Request,
    Answer(u16),
}

#[derive(Clone, Debug)]
pub(super) struct SheetRow {
    pub(super) name: String,
    pub(super) mandatory: bool,
    pub(super) ty: String,
    /// Paragraphs; what is between `[` and `]` is set apart.
    pub(super) text: Vec<String>,
    /// Values, announced by a paragraph.
    pub(super) values: Vec<String>,
}

pub(super) const TITLE: &str = "Setting a Kettle";
pub(super) const LINE: &str = "PUT /v1/{project_id}/kettles/{kettle_id}";
const BODY: &str = "{\n  \"mode\" : \"boil\"\n}";

impl SheetTable {
    fn header(&self) -> Vec<&'static str> {
        match self.place {
            At::Answer(_) => vec!["Parameter", "Type", "Description"],
            _ => vec!["Parameter", "Mandatory", "Type", "Description"],
        }
    }

    /// The cells of a row but the description.
    fn cells(&self, row: &SheetRow) -> Vec<String> {
        let mut cells = vec![row.name.clone()];
        if !matches!(self.place, At::Answer(_)) {
            cells.push(if row.mandatory { "Yes" } else { "No" }.to_owned());
        }
        cells.push(row.ty.clone());
        cells
    }
}

/// What every format writes in its own way.
trait Format {
    fn title(&mut self, text: &str);
    fn heading(&mut self, text: &str);
    fn line(&mut self, text: &str);
    fn status(&mut self, code: u16);
    fn table(&mut self, number: usize, table: &SheetTable);
    fn code(&mut self, text: &str);
    fn statuses(&mut self);
}

fn write(sheet: &Sheet, format: &mut impl Format) {
    format.title(TITLE);
    format.heading("Function");
    format.line("This API is used to set a kettle.");
    format.heading("URI");
    format.line(LINE);
    let mut number = 0;
    let mut section = |format: &mut dyn FnMut(&SheetTable, usize), places: &dyn Fn(At) -> bool| {
        for table in sheet.tables.iter().filter(|table| places(table.place)) {
            number += 1;
            format(table, number);
        }
    };
    section(&mut |table, number| format.table(number, table), &|place| place == At::Uri);
    format.heading("Request Parameters");
    section(&mut |table, number| format.table(number, table), &|place| place == At::Request);
    format.heading("Response Parameters");
    let mut last = 0;
    section(
        &mut |table, number| {
            if let At::Answer(status) = table.place
                && status != last
            {
                format.status(status);
                last = status;
            }
            format.table(number, table);
        },
        &|place| matches!(place, At::Answer(_)),
    );
    format.heading("Example Requests");
    format.line("Setting the mode");
    format.code(&format!("PUT https://{{endpoint}}/v1/p/kettles/k\n\n{BODY}"));
    format.heading("Example Responses");
    format.status(200);
    format.line("OK");
    format.code(BODY);
    format.heading("Status Codes");
    format.statuses();
    format.heading("Error Codes");
    format.line("See Error Codes.");
}

fn marked(text: &str, open: &str, close: &str) -> String {
    text.replace('[', open).replace(']', close)
}

#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn of(sheet: &Sheet) -> String {
        let mut html = Self::default();
        write(sheet, &mut html);
        html.0
    }
}

impl Format for Html {
    fn title(&mut self, text: &str) {
        self.0 += &format!("<h1 class=\"topictitle1\">{text}</h1>\n<div>");
    }
    fn heading(&mut self, text: &str) {
        self.0 += &format!("</div>\n<div class=\"section\"><h4 class=\"sectiontitle\">{text}</h4>");
    }
    fn line(&mut self, text: &str) {
        self.0 += &format!("<p>{text}</p>\n");
    }
    fn status(&mut self, code: u16) {
        self.0 += &format!("<p><strong>Status code: {code}</strong></p>\n");
    }
    fn table(&mut self, number: usize, table: &SheetTable) {
        let head: String =
            table.header().iter().map(|cell| format!("<th><p>{cell}</p>\n</th>\n")).collect::<Vec<_>>().concat();
        self.0 += &format!(
            "<table border=\"1\"><caption><b>Table {number} </b>{}</caption><thead><tr>{head}</tr>\n</thead>\n<tbody>",
            table.caption
        );
        for row in &table.rows {
            self.0 += "<tr>";
            for cell in table.cells(row) {
                self.0 += &format!("<td><p>{}</p>\n</td>\n", cell.replace('<', "&lt;"));
            }
            self.0 += "<td>";
            for text in &row.text {
                self.0 += &format!("<p>{}</p>\n", marked(text, "<strong>", "</strong>"));
            }
            if !row.values.is_empty() {
                let points: String = row
                    .values
                    .iter()
                    .map(|value| format!("<li><p><strong>{value}</strong></p>\n</li>"))
                    .collect::<Vec<_>>()
                    .concat();
                self.0 += &format!("<p>Enumeration values:</p>\n<ul>{points}</ul>\n");
            }
            self.0 += "</td>\n</tr>\n";
        }
        self.0 += "</tbody>\n</table>\n";
    }
    fn code(&mut self, text: &str) {
        self.0 += &format!("<pre class=\"screen\">{text}</pre>\n");
    }
    fn statuses(&mut self) {
        self.0 += "<table><thead><tr><th>Status Code</th><th>Description</th></tr></thead><tbody><tr><td>200</td><td>OK</td></tr></tbody></table>\n";
    }
}

#[derive(Default)]
pub(super) struct Rst(String);

impl Rst {
    pub(super) fn of(sheet: &Sheet) -> String {
        let mut rst = Self::default();
        write(sheet, &mut rst);
        rst.0
    }

    fn grid(&mut self, rows: &[Vec<Vec<String>>]) {
        let columns = rows[0].len();
        let width = |column: usize| {
            rows.iter().flat_map(|row| &row[column]).map(|line| line.chars().count()).max().unwrap_or(0) + 2
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let border = |sign: &str| {
            format!("   +{}+\n", widths.iter().map(|width| sign.repeat(*width)).collect::<Vec<_>>().join("+"))
        };
        self.0 += &border("-");
        for (at, row) in rows.iter().enumerate() {
            let height = row.iter().map(Vec::len).max().unwrap_or(1);
            for line in 0..height {
                let cell = |(cell, width): (&Vec<String>, &usize)| {
                    let text = cell.get(line).map_or("", String::as_str);
                    format!(" {text}{}", " ".repeat(width - 1 - text.chars().count()))
                };
                let cells: Vec<String> = row.iter().zip(&widths).map(cell).collect();
                self.0 += &format!("   |{}|\n", cells.join("|"));
            }
            self.0 += &border(if at == 0 { "=" } else { "-" });
        }
        self.0 += "\n";
    }
}

impl Format for Rst {
    fn title(&mut self, text: &str) {
        self.0 +=
            &format!(":original_name: SetKettle.html\n\n.. _SetKettle:\n\n{text}\n{}\n\n", "=".repeat(text.len()));
    }
    fn heading(&mut self, text: &str) {
        self.0 += &format!("{text}\n{}\n\n", "-".repeat(text.len()));
    }
    fn line(&mut self, text: &str) {
        self.0 += &format!("{text}\n\n");
    }
    fn status(&mut self, code: u16) {
        self.0 += &format!("**Status code: {code}**\n\n");
    }
    fn table(&mut self, number: usize, table: &SheetTable) {
        self.0 += &format!(".. table:: **Table {number}** {}\n\n", table.caption);
        let mut rows: Vec<Vec<Vec<String>>> =
            vec![table.header().iter().map(|cell| vec![(*cell).to_owned()]).collect()];
        for row in &table.rows {
            let mut cells: Vec<Vec<String>> =
                table.cells(row).iter().map(|cell| vec![cell.replace('_', "\\_")]).collect();
            let mut lines: Vec<String> = Vec::new();
            for text in row.text.iter().map(|text| marked(text, "**", "**")) {
                lines.extend([text, String::new()]);
            }
            if !row.values.is_empty() {
                lines.extend(["Enumeration values:".to_owned(), String::new()]);
                lines.extend(row.values.iter().map(|value| format!("-  **{value}**")));
            }
            cells.push(lines);
            rows.push(cells);
        }
        self.grid(&rows);
    }
    fn code(&mut self, text: &str) {
        let lines: Vec<String> = text.lines().map(|line| format!("   {line}")).collect();
        self.0 += &format!(".. code-block:: text\n\n{}\n\n", lines.join("\n"));
    }
    fn statuses(&mut self) {
        self.0 += "=========== ===========\nStatus Code Description\n=========== ===========\n200         OK\n=========== ===========\n\n";
    }
}

/// As a Git web view shows the file: a ruler after every line.
pub(super) fn with_rulers(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "||\n|\n".to_owned() } else { format!("{line}\n|\n") }).collect()
}

/// As a Git web view is saved: the file's lines are cells of a table.
pub(super) fn web_view(text: &str) -> String {
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let row = |(at, line): (usize, &str)| {
        let at = at + 1;
        format!(
            "<tr><td class=\"lines-num\"><span id=\"L{at}\">{at}</span></td><td class=\"lines-code chroma\"><code class=\"code-inner\">{}</code></td></tr>\n",
            escape(line)
        )
    };
    let rows: String = text.lines().enumerate().map(row).collect();
    format!(
        "<!DOCTYPE html>\n<html><head><title>docs/kettle.html</title></head><body><h4>kettle.html</h4><table><tbody>\n{rows}</tbody></table></body></html>"
    )
}
