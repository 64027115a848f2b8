//! What is no page, and what tries to be too much of one.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::render::{Html, Kind, Rst, Sheet, SheetRow, SheetTable, Text, with_rulers};
use crate::page::{Count, Page, Refusal, UnreadKind, listing, read};

fn refused(bytes: &[u8]) -> String {
    match read(bytes) {
        Err(refusal) => format!("{refusal}; {}", refusal.help()),
        Ok(page) => panic!("it was read:\n{}", listing(&page)),
    }
}

#[test]
fn refusals_say_what_and_what_to_do() {
    let page = "give the page of one operation: method and path under `URI`, then its tables";
    let nothing = |what: &str| format!("nothing of an operation is on the page{what}; {page}");
    let cases: [(&[u8], String); 10] = [
        (b"", "the file is empty; save the page again".to_owned()),
        (b"\xef\xbb\xbf \r\n", "the file is empty; save the page again".to_owned()),
        (b"%PDF-1.4\n", "the file is no text but a PDF; save the page as HTML, or copy its text into a file".to_owned()),
        (&[0, 159, 146, 150, 0, 1, 2], "the file is no text; save the page as HTML, or copy its text into a file".to_owned()),
        (b"hello", nothing(", read as text flattened to lines: no method and path, no table of parameters")),
        (b"fn main() {\n    println!(\"GET /\");\n}\n", nothing(", read as text flattened to lines: no method and path, no table of parameters")),
        (b"{\"a\": 1}", nothing(", read as text flattened to lines: no method and path, no table of parameters")),
        (b"Kettles\n=======\n\n-  :ref:`One <one>`\n", nothing(" \"Kettles\", read as RST: no method and path, no table of parameters")),
        (
            b"<html><h1>Kettle Statuses</h1><table><tr><th>Status</th><th>Description</th></tr><tr><td>HOT</td><td>x</td></tr></table>",
            nothing(" \"Kettle Statuses\", read as HTML: no method and path, no table of parameters (but a table of something else)"),
        ),
        (
            b"# Lists\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n| C |\n|---|\n| 3 |\n",
            nothing(" \"Lists\", read as text with pipe tables: no method and path, no table of parameters (but 2 tables of something else)"),
        ),
    ];
    for (bytes, message) in cases {
        assert_eq!(refused(bytes), message);
    }
    let large = vec![b' '; 50 << 20];
    assert_eq!(
        refused(&large),
        "the file has 52428800 bytes; a page has at most 4194304; save one operation's page alone, without the site around it"
    );
}

/// What stands once, what is repeated, and what stands once at the end.
const TOO_MUCH: &[(&str, &str, &str)] = &[
    ("", "<div>", ""),
    ("", "<table><tr><td>", "x"),
    ("", "<table><tr><th>Parameter<th>Type<tr><td>a<td>String", ""),
    ("<table><tr><th>Parameter<th>Type<th>Description", "<tr><td>a<td>String<td>b", "</table>"),
    ("<table><tr><th>Parameter<th>Type", "<tr><td rowspan=1000 colspan=1000>a", ""),
    ("<table><tr>", "<td rowspan=99>some words", "<tr><td>x<tr><td>x"),
    ("<h1>a</h1><ul>", "<li><ul>", ""),
    ("<h1>a</h1>", "<b><strong>a", ""),
    ("<h1>a</h1><pre>", "<pre>a\n", ""),
    ("<h1>a</h1><p>", "&amp;&lt;&nope;&#x41;", ""),
    ("<html><p ", "a=1 ", ">"),
    ("<html><!--", "--!", ""),
    ("<html><script>", "</scrip", ""),
    ("<html>", "<", ""),
    ("<table><tr><th>Parameter<th>Description<tr><td>a<td>", "Options: <b>a</b>, ", ""),
    ("<table><tr><th>Parameter<th>Description<tr><td>a<td>", "<p>Options:</p>", ""),
    ("<table><tr><th>Parameter<th>Description<tr><td>a<td><ul>", "<li>a: Options:</li>", ""),
    ("<table><tr><th>Parameter<th>Description<tr><td>a<td>", "Minimum: 1 Maximum: 2 1,000 to 2,000 characters ", ""),
    (".. _a:\n\n", ".. note::\n\n", ""),
    (".. _a:\n\n", ".. table:: x\n", ""),
    (".. _a:\n\n", "+--+--+\n", ""),
    (".. _a:\n\n+--+--+\n", "| a| b|\n", "+--+--+\n"),
    (".. _a:\n\n+----+----+\n", "|    +----+\n| a  | b  |\n", "+----+----+\n"),
    (".. _a:\n\n+", "-+", "\n|a|b|\n"),
    (".. _a:\n\n=== ===\n", "a   b\n", ""),
    (".. _a:\n\n", "=== ===\n", ""),
    (".. _a:\n\n.. list-table::\n\n", "   * - a\n     - b\n", ""),
    (".. _a:\n\n", "**a ``b `c *d ", ""),
    (".. _a:\n\n", "a\n=\n", ""),
    (".. _a:\n\n", "a::\n\n  b\n\n", ""),
    ("| A | B |\n|---|---|\n", "| a | b |\n", ""),
    ("| A | B |\n", "|---|---|\n", ""),
    ("", "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n", ""),
    ("Parameter |\nType |\n---|---|\n", "a |\nString |\n", ""),
    ("| Parameter | Type |\n|---|---|\n| ", "a\n", ""),
    ("# a\n\n", "**a `b [c](d <e &f ", ""),
    ("# a\n\n", "```\n", ""),
    ("# a\n\n", "## Example Requests\nPOST /a\n{\n", ""),
    ("Example Requests\n", "{", ""),
    ("Example Requests\n", "[\"a\",\n", ""),
    ("Example Requests\n", "1\n2\n", ""),
    ("Parameter\nType\nDescription\n", "a\nString\nb\n", ""),
    ("Parameter\nType\nDescription\n", "some words\n", ""),
    ("", "Parameter\nType\nDescription\n", ""),
    ("", "Request Parameters\nURI\nGET /a\n", ""),
    ("", "1\n", ""),
    ("", "|\n", ""),
    ("", "\\", ""),
    ("", "é☃", ""),
];

#[test]
fn too_much_is_survived_in_time() {
    for (before, unit, after) in TOO_MUCH {
        let text = format!("{before}{}{after}", unit.repeat((64 << 10) / unit.len()));
        let start = Instant::now();
        if let Ok(page) = read(text.as_bytes()) {
            adds_up(&page);
        }
        // In a program without optimisation on a busy machine; what is quadratic takes longer, here already.
        assert!(start.elapsed() < Duration::from_secs(3), "{before:?} {unit:?} took {:?}", start.elapsed());
    }
}

#[test]
fn more_rows_than_any_page_has_are_no_table() {
    let rows = 20_010;
    let html =
        format!("<h4>URI</h4><p>GET /v1/a</p><table><tr><th>Parameter<th>Type{}", "<tr><td>a<td>String".repeat(rows));
    let markdown =
        format!("# A\n\n`GET /v1/a`\n\n| Parameter | Type |\n|---|---|\n{}", "| a | String |\n".repeat(rows));
    let grid = format!("URI\n---\n\nGET /v1/a\n\n+---+---+\n{}", "| a | b |\n+---+---+\n".repeat(rows));
    let simple = format!("URI\n---\n\nGET /v1/a\n\n=== ===\na   b\n=== ===\n{}", "a   b\n".repeat(rows));
    let flat = format!("URI\nGET /v1/a\nParameter\nType\nDescription\n{}", "a\nString\nb\n".repeat(rows));
    for text in [html, markdown, grid, simple, flat] {
        let page = read(text.as_bytes()).unwrap();
        assert_eq!((page.tables.len(), page.counts.tables), (0, Count { found: 1, read: 0 }), "{}", &text[..80]);
        assert!(page.unread[0].why.contains("more than 20000 rows"), "{:?}", page.unread);
    }
}

#[test]
fn a_large_page_is_read() {
    // 2,000 rows with limits and values: more than the longest page there is.
    let row = |at: usize| SheetRow {
        name: format!("field_{at}"),
        mandatory: false,
        ty: "String".to_owned(),
        text: vec!["What it is.".to_owned(), "Minimum length: [1]".to_owned()],
        values: vec!["one".to_owned(), "two".to_owned()],
    };
    let table = SheetTable {
        place: super::render::At::Request,
        caption: "Request body parameters".to_owned(),
        rows: (0..2000).map(row).collect(),
    };
    let sheet = Sheet { tables: vec![table] };
    for text in [Html::of(&sheet), Rst::of(&sheet), Text::of(&sheet, Kind::Flattened), Text::of(&sheet, Kind::Markdown)]
    {
        let page = read(text.as_bytes()).unwrap();
        assert_eq!(page.counts.rows, Count { found: 2001, read: 2001 });
        adds_up(&page);
    }
}

/// What is read and what is not is all there is.
pub(super) fn adds_up(page: &Page) {
    let unread = |kind: UnreadKind| page.unread.iter().filter(|unread| unread.kind == kind).count();
    let counts = page.counts;
    assert_eq!(counts.tables.found, counts.tables.read + unread(UnreadKind::Table), "{}", listing(page));
    assert_eq!(counts.rows.found, counts.rows.read + unread(UnreadKind::Row), "{}", listing(page));
    assert_eq!(counts.code.found, counts.code.read + unread(UnreadKind::Code), "{}", listing(page));
    assert_eq!(counts.sections.found, counts.sections.read + unread(UnreadKind::Section), "{}", listing(page));
    let rows: usize = page.tables.iter().map(|table| table.rows.len()).sum();
    assert_eq!(counts.rows.read, rows + page.statuses.len(), "{}", listing(page));
    assert!(page.tables.len() <= counts.tables.read);
    assert!(page.unread.is_sorted_by_key(|unread| unread.line));
}

/// Pages to be mangled.
static WHOLE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let row = |name: &str, ty: &str, values: &[&str]| SheetRow {
        name: name.to_owned(),
        mandatory: true,
        ty: ty.to_owned(),
        text: vec!["What – it is.".to_owned(), "Value range: 1–10,240. Default: [5]".to_owned()],
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let table = |place, rows| SheetTable { place, caption: "Request body parameters".to_owned(), rows };
    let sheet = Sheet {
        tables: vec![
            table(super::render::At::Uri, vec![row("kettle_id", "String", &[])]),
            table(
                super::render::At::Request,
                vec![row("mode", "String", &["boil", "warm"]), row("parts", "Array of Part objects", &[])],
            ),
            table(super::render::At::Answer(200), vec![row("id", "Map<String,String>", &[])]),
        ],
    };
    let kinds = [Kind::Markdown, Kind::TrailingBars, Kind::CellPerLine, Kind::CellPerLineRuled, Kind::Flattened];
    let mut pages: Vec<String> = kinds.iter().map(|kind| Text::of(&sheet, *kind)).collect();
    pages.extend([Html::of(&sheet), Rst::of(&sheet), with_rulers(&Html::of(&sheet))]);
    pages
});

#[derive(Clone, Debug)]
enum Mangle {
    Cut(usize, usize),
    Repeat(usize, usize),
    Put(usize, Vec<u8>),
}

fn a_mangle() -> impl Strategy<Value = Mangle> {
    let bits = prop::sample::select(vec![
        "|",
        "||",
        "\n",
        "\n\n",
        "+---+",
        "===",
        "**",
        "`",
        "<",
        ">",
        "<td>",
        "</table>",
        "<table>",
        "<pre>",
        "\\",
        "{",
        "[",
        "]",
        "URI",
        "Example Requests",
        "Status code: 200",
        "Options:",
        "\u{0}",
        "\u{2}",
        "\u{a0}",
        "é",
        "\u{1f600}",
        ".. table::",
        "- ",
    ]);
    prop_oneof![
        (any::<usize>(), 0..64_usize).prop_map(|(at, length)| Mangle::Cut(at, length)),
        (any::<usize>(), 0..200_usize).prop_map(|(at, length)| Mangle::Repeat(at, length)),
        (any::<usize>(), bits).prop_map(|(at, bit)| Mangle::Put(at, bit.as_bytes().to_vec())),
        (any::<usize>(), prop::collection::vec(any::<u8>(), 0..4)).prop_map(|(at, bytes)| Mangle::Put(at, bytes)),
    ]
}

fn mangled(mut bytes: Vec<u8>, mangles: &[Mangle]) -> Vec<u8> {
    for mangle in mangles {
        let place = |at: usize| at % (bytes.len() + 1);
        match mangle {
            Mangle::Cut(at, length) => {
                let (from, to) = (place(*at), place(*at).saturating_add(*length).min(bytes.len()));
                bytes.drain(from..to);
            }
            Mangle::Repeat(at, length) => {
                let (from, to) = (place(*at), place(*at).saturating_add(*length).min(bytes.len()));
                let part = bytes[from..to].to_vec();
                bytes.splice(to..to, part);
            }
            Mangle::Put(at, put) => {
                let at = place(*at);
                bytes.splice(at..at, put.iter().copied());
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn mangled_pages_never_panic_and_their_counts_add_up(which in 0..8_usize, mangles in prop::collection::vec(a_mangle(), 0..12)) {
        let bytes = mangled(WHOLE[which].clone().into_bytes(), &mangles);
        match read(&bytes) {
            Ok(page) => adds_up(&page),
            Err(Refusal::TooLarge { .. }) => prop_assert!(false, "{} bytes are not too many", bytes.len()),
            Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,300}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            if let Ok(page) = read(bytes) {
                adds_up(&page);
            }
        }
    }
}
