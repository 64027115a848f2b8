//! What a page says, as facts with the line each stands in.

use std::fmt;

use crate::decode::Number;

/// Something and the line it stands in, counted from one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct At<T> {
    pub(crate) line: u32,
    pub(crate) is: T,
}

impl<T> At<T> {
    pub(crate) fn new(line: u32, is: T) -> Self {
        Self { line, is }
    }
}

/// A documentation page, as far as it could be read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    pub(crate) format: Format,
    /// How the bytes were understood, if they are not plain UTF-8: `UTF-16`, `Windows-1252`, or that some were replaced.
    pub(crate) encoding: Option<&'static str>,
    pub(crate) title: Option<At<String>>,
    /// The day of its last edition as the page itself says it, `2024-11-06`.
    pub(crate) updated: Option<String>,
    /// Methods and paths, as the URI section has them. The lines of example requests are with the examples.
    pub(crate) requests: Vec<At<Request>>,
    /// All tables of parameters, in the page's order.
    pub(crate) tables: Vec<Table>,
    /// The table of status codes.
    pub(crate) statuses: Vec<At<Status>>,
    pub(crate) examples: Vec<Example>,
    /// All that was seen and not read, in the page's order.
    pub(crate) unread: Vec<Unread>,
    pub(crate) counts: Counts,
}

/// The line `PUT /v2/{project_id}/things/{thing_id}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// In capitals.
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    /// What follows the `?`, if the line has one.
    pub(crate) query: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) code: u16,
    pub(crate) text: String,
}

/// How the page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Html,
    Rst,
    /// Rows of cells between `|`, Markdown among them.
    PipeTables,
    /// A `|` after each cell, and a line break after each `|`.
    CellPerLine,
    /// No sign of a table is left; a cell is a line.
    Flattened,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Html => "HTML",
            Self::Rst => "RST",
            Self::PipeTables => "text with pipe tables",
            Self::CellPerLine => "text with a table cell per line",
            Self::Flattened => "text flattened to lines",
        })
    }
}

/// A table of parameters or fields.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub(crate) line: u32,
    /// As written, without `Table 3`.
    pub(crate) caption: Option<String>,
    /// What links to the table call it (`id` of HTML, label of RST), in lower case.
    pub(crate) labels: Vec<String>,
    pub(crate) side: Side,
    /// The status code that the table stands under; `None` in requests, and where the page names none.
    pub(crate) status: Option<u16>,
    pub(crate) part: Part,
    pub(crate) confidence: Confidence,
    /// Whether there is a column that says what is mandatory.
    pub(crate) says_mandatory: bool,
    /// Whether there is a column of types.
    pub(crate) says_type: bool,
    pub(crate) rows: Vec<Row>,
}

/// Whether a table is of the request or of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Request,
    Answer,
    Unknown,
}

/// What the rows of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Path,
    Query,
    /// Path parameters and others, or which of both is not said: look at the path.
    PathOrQuery,
    Header,
    /// The body's own fields.
    Body,
    /// Fields of the object type of that name; a dotted one is the path to the field (`auth.identity`).
    Nested(String),
    /// Not known: the fields themselves may tell.
    Unclear,
}

/// How a table's part is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confidence {
    /// The page says it.
    Captioned,
    /// Guessed from section, order and names; the fields may tell better.
    Guessed,
}

/// A row of a table of parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) line: u32,
    /// `-` where the page names nothing.
    pub(crate) name: String,
    /// `None` without such a column or with an empty cell.
    pub(crate) mandatory: Option<Mandatory>,
    /// The cell of a column that says where the parameter goes (`path`, `header` …), as written.
    pub(crate) place: Option<String>,
    pub(crate) ty: Option<TypeCell>,
    /// All of the cell, paragraphs and points joined by line breaks; points begin with `- `.
    pub(crate) description: String,
    pub(crate) says: Says,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mandatory {
    Yes,
    No,
    /// Neither, as written.
    Other(String),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeCell {
    pub(crate) text: String,
    pub(crate) is: TypeName,
    /// Labels of the tables that the cell links to, in lower case: the surest way to the nested table.
    pub(crate) links: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeName {
    String,
    Integer,
    Long,
    Float,
    /// `Number`, `Numeric`: whole or not.
    Number,
    Boolean,
    /// An object of a named type, or of none.
    Object(Option<String>),
    Array(Box<TypeName>),
    Map(Box<TypeName>),
    /// Anything: `Any`, `JSON`, and the elements of a bare `Array`.
    Any,
    Date,
    Binary,
    /// Not understood.
    Unknown,
}

/// What a description says in a form that can be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Says {
    /// Characters: the limit names them, or says "length".
    pub(crate) length: Said<Limits>,
    /// Values: the limit says "value" or "range".
    pub(crate) range: Said<Limits>,
    /// Elements of an array.
    pub(crate) items: Said<Limits>,
    /// `Minimum: 1 Maximum: 36` and no unit: length of a string, value of a number, length of each element of an array of strings.
    pub(crate) bare: Said<Limits>,
    pub(crate) pattern: Said<String>,
    pub(crate) default: Said<String>,
    /// The most formal list of values.
    pub(crate) values: Said<Values>,
    /// Further lists of values in the same cell; where they disagree with `values`, the page contradicts itself.
    pub(crate) other_values: Vec<Values>,
    pub(crate) deprecated: bool,
}

/// Whether and how something is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Said<T> {
    #[default]
    Nothing,
    Is(At<T>),
    /// It is said that there is something, and not what, or not in a form that can be read.
    Unreadable(At<String>),
}

impl<T> Said<T> {
    /// What is said, if it could be read.
    pub(crate) fn is(&self) -> Option<&T> {
        match self {
            Self::Is(at) => Some(&at.is),
            Self::Nothing | Self::Unreadable(_) => None,
        }
    }
}

/// Lowest and highest, inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Limits {
    pub(crate) low: Option<Number>,
    pub(crate) high: Option<Number>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Values {
    /// `Enumeration values`, `Options` …; `None` for a list of points that each begin with a value.
    pub(crate) label: Option<String>,
    /// Whether the label is the vendor's formal one, `Enumeration values`.
    pub(crate) formal: bool,
    pub(crate) list: Vec<ValueSaid>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueSaid {
    pub(crate) value: String,
    /// Empty if there is none.
    pub(crate) explanation: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example {
    pub(crate) line: u32,
    pub(crate) side: Side,
    /// The text before it.
    pub(crate) caption: Option<String>,
    /// Of an answer.
    pub(crate) status: Option<u16>,
    /// The first line of a request, with what stands before the path (`https://{endpoint}`).
    pub(crate) request: Option<Request>,
    /// The body as written; empty where there is none.
    pub(crate) text: String,
    /// The body, if it is JSON.
    pub(crate) json: Option<serde_json::Value>,
}

/// Something of the page that was seen and not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) line: u32,
    pub(crate) kind: UnreadKind,
    /// What it is, in the page's own words, shortened.
    pub(crate) what: String,
    pub(crate) why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnreadKind {
    Section,
    Table,
    Row,
    /// A fact of a row that was read otherwise.
    Fact,
    Code,
}

/// How much of each kind there is, and how much of it was read; the rest is in [`Page::unread`], one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) sections: Count,
    /// Those of parameters and those of status codes.
    pub(crate) tables: Count,
    /// Rows of the tables read.
    pub(crate) rows: Count,
    pub(crate) types: Count,
    /// Examples, and code that is none.
    pub(crate) code: Count,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) found: usize,
    pub(crate) read: usize,
}
