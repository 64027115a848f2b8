//! One page in every format says the same, as far as the format keeps it.

use proptest::prelude::*;

use super::render::{At, Html, Kind, LINE, Rst, Sheet, SheetRow, SheetTable, TITLE, Text, web_view, with_rulers};
use crate::page::{Confidence, Mandatory, Page, Part, Row, Said, Side, read};

fn row(name: &str, mandatory: bool, ty: &str, text: &[&str], values: &[&str]) -> SheetRow {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    SheetRow { name: name.to_owned(), mandatory, ty: ty.to_owned(), text: owned(text), values: owned(values) }
}

fn table(place: At, caption: &str, rows: Vec<SheetRow>) -> SheetTable {
    SheetTable { place, caption: caption.to_owned(), rows }
}

fn sheet() -> Sheet {
    Sheet {
        tables: vec![
            table(
                At::Uri,
                "Path Parameters",
                vec![
                    row("project_id", true, "String", &["Project of the kettle."], &[]),
                    row(
                        "kettle_id",
                        true,
                        "String",
                        &["The kettle.", "Minimum length: [1] character", "Maximum length: [1,024] characters"],
                        &[],
                    ),
                ],
            ),
            table(
                At::Request,
                "Request header parameters",
                vec![row("X-Auth-Token", true, "String", &["Token.", "Minimum: [1]", "Maximum: [16384]"], &[])],
            ),
            table(
                At::Request,
                "Request body parameters",
                vec![
                    row("mode", true, "String", &["What it does."], &["boil", "keep_warm"]),
                    row("degrees", false, "Integer", &["How hot. Value range: 1–100", "Default value: [95]"], &[]),
                    row("parts", false, "Array of KettlePart objects", &["Its parts.", "Array Length: 1 - 20"], &[]),
                    row("whistles", false, "Boolean", &["Whether it whistles. Default: false"], &[]),
                ],
            ),
            table(
                At::Request,
                "KettlePart",
                vec![row("name", true, "String", &["Name of the part."], &["lid", "spout"])],
            ),
            table(
                At::Answer(200),
                "Response body parameters",
                vec![row("labels", false, "Map<String,String>", &["Its labels."], &[])],
            ),
            table(
                At::Answer(404),
                "Response body parameters",
                vec![row("error_code", false, "String", &["Code. Options: [K.1], [K.2]."], &[])],
            ),
        ],
    }
}

/// What all formats keep of a row, and whether they keep lists.
fn facts(row: &Row, lists: bool) -> String {
    let says = &row.says;
    let said = |said: &Said<crate::page::Limits>| said.is().map(ToString::to_string);
    let values = says
        .values
        .is()
        .filter(|values| lists || !values.formal)
        .map(|values| values.list.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join(","));
    format!(
        "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        row.name,
        row.mandatory,
        row.ty.as_ref().map(|ty| ty.is.to_string()),
        said(&says.length),
        said(&says.range),
        said(&says.items),
        said(&says.bare),
        says.default.is(),
        values
    )
}

fn expected(sheet: &Sheet) -> Vec<(Side, Option<u16>, Part, Vec<String>)> {
    let html = read(Html::of(sheet).as_bytes()).unwrap();
    all(&html, false)
}

fn all(page: &Page, lists: bool) -> Vec<(Side, Option<u16>, Part, Vec<String>)> {
    page.tables
        .iter()
        .map(|table| {
            let rows = table.rows.iter().map(|row| facts(row, lists)).collect();
            (table.side, table.status, table.part.clone(), rows)
        })
        .collect()
}

fn formats(sheet: &Sheet) -> Vec<(String, &'static str, bool)> {
    let html = Html::of(sheet);
    let kinds = [
        (Kind::Markdown, "text with pipe tables", true),
        (Kind::TrailingBars, "text with pipe tables", false),
        (Kind::CellPerLine, "text with a table cell per line", false),
        (Kind::CellPerLineRuled, "text with a table cell per line", false),
        (Kind::Flattened, "text flattened to lines", true),
    ];
    let mut formats: Vec<_> = kinds.iter().map(|(kind, name, lists)| (Text::of(sheet, *kind), *name, *lists)).collect();
    formats.push((Rst::of(sheet), "RST", true));
    formats.push((web_view(&Rst::of(sheet)), "RST", true));
    formats.push((with_rulers(&html), "HTML", true));
    formats.push((web_view(&html), "HTML", true));
    formats.push((html, "HTML", true));
    formats
}

#[test]
fn every_format_says_the_same() {
    let sheet = sheet();
    for (text, format, lists) in formats(&sheet) {
        let page = read(text.as_bytes()).unwrap();
        assert_eq!(page.format.to_string(), format, "{text}");
        assert_eq!(page.title.as_ref().map(|title| title.is.as_str()), Some(TITLE), "{text}");
        assert_eq!(page.requests.iter().map(|at| at.is.to_string()).collect::<Vec<_>>(), [LINE], "{text}");
        assert_eq!(all(&page, false), expected(&sheet), "{text}");
        let html = read(Html::of(&sheet).as_bytes()).unwrap();
        if lists {
            assert_eq!(all(&page, true), all(&html, true), "{text}");
        }
        let captioned = page.tables.iter().all(|table| table.confidence == Confidence::Captioned);
        assert_eq!(captioned, lists, "{text}");
        assert_eq!(page.statuses.iter().map(|at| at.is.code).collect::<Vec<_>>(), [200], "{text}");
        let examples: Vec<_> =
            page.examples.iter().map(|it| (it.side, it.status, it.json.is_some(), it.caption.as_deref())).collect();
        let both = [(Side::Request, None, true, Some("Setting the mode")), (Side::Answer, Some(200), true, Some("OK"))];
        assert_eq!(examples, both, "{text}");
        let lost: Vec<_> = page.unread.iter().map(|unread| unread.what.as_str()).collect();
        assert_eq!(lost, if lists { vec![] } else { vec!["values of mode", "values of name"] }, "{text}");
        let lines: Vec<&str> = text.lines().collect();
        for row in page.tables.iter().flat_map(|table| &table.rows) {
            let near =
                lines[row.line as usize - 1..].iter().take(3).any(|line| line.replace('\\', "").contains(&row.name));
            assert!(near, "{} is not in line {} of {text}", row.name, row.line);
        }
    }
}

#[test]
fn what_the_page_says_is_what_is_read() {
    let page = read(Html::of(&sheet()).as_bytes()).unwrap();
    let rows: Vec<String> = all(&page, true).into_iter().flat_map(|(_, _, _, rows)| rows).collect();
    let expected = [
        r#"project_id Some(Yes) Some("string") None None None None None None"#,
        r#"kettle_id Some(Yes) Some("string") Some("[1, 1024]") None None None None None"#,
        r#"X-Auth-Token Some(Yes) Some("string") None None None Some("[1, 16384]") None None"#,
        r#"mode Some(Yes) Some("string") None None None None None Some("boil,keep_warm")"#,
        r#"degrees Some(No) Some("integer") None Some("[1, 100]") None None Some("95") None"#,
        r#"parts Some(No) Some("list of KettlePart") None None Some("[1, 20]") None None None"#,
        r#"whistles Some(No) Some("boolean") None None None None Some("false") None"#,
        r#"name Some(Yes) Some("string") None None None None None Some("lid,spout")"#,
        r#"labels None Some("map of string") None None None None None None"#,
        r#"error_code None Some("string") None None None None None Some("K.1,K.2")"#,
    ];
    assert_eq!(rows, expected);
    let parts: Vec<String> = page.tables.iter().map(|table| format!("{} {}", table.side, table.part)).collect();
    let expected =
        ["request path", "request header", "request body", "request of KettlePart", "answer body", "answer body"];
    assert_eq!(parts, expected);
}

fn a_row() -> impl Strategy<Value = SheetRow> {
    let ty = prop_oneof![Just("String"), Just("Integer"), Just("Boolean"), Just("Array of strings"), Just("Long")];
    let limits = prop::option::of((0_u32..5, 5_u32..70_000));
    let kind = 0..4_usize;
    let default = prop::option::of("[a-z]{1,8}|[1-9][0-9]{0,4}");
    let values = prop::collection::vec("[a-zA-Z][a-zA-Z0-9_]{0,9}", 0..4);
    ("[a-z][a-z0-9_]{0,12}", any::<bool>(), ty, limits, kind, default, values).prop_map(
        |(name, mandatory, ty, limits, kind, default, values)| {
            let mut text = vec!["What it is.".to_owned()];
            if let Some((low, high)) = limits {
                text.extend(match kind {
                    0 => vec![format!("Minimum length: [{low}]"), format!("Maximum length: [{high}]")],
                    1 => vec![format!("Minimum: [{low}]"), format!("Maximum: [{high}]")],
                    2 => vec![format!("Value range: {low}–{high}")],
                    _ => vec![format!("Array Length: {low} - {high}")],
                });
            }
            text.extend(default.map(|default| format!("Default value: [{default}]")));
            SheetRow { name, mandatory, ty: ty.to_owned(), text, values }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn any_page_says_the_same_in_every_format(rows in prop::collection::vec(a_row(), 1..6)) {
        let sheet = Sheet { tables: vec![
            table(At::Uri, "Path Parameters", vec![row("kettle_id", true, "String", &["The kettle."], &[])]),
            table(At::Request, "Request body parameters", rows.clone()),
        ] };
        let html = read(Html::of(&sheet).as_bytes()).unwrap();
        let said: Vec<_> = html.tables[1].rows.iter().map(|row| (row.name.clone(), row.mandatory == Some(Mandatory::Yes))).collect();
        let meant: Vec<_> = rows.iter().map(|row| (row.name.clone(), row.mandatory)).collect();
        prop_assert_eq!(said, meant);
        for (text, format, lists) in formats(&sheet) {
            let page = read(text.as_bytes()).unwrap();
            prop_assert_eq!(page.format.to_string(), format);
            prop_assert_eq!(all(&page, lists), all(&html, lists), "{}", text);
            let counts = page.counts;
            prop_assert_eq!(counts.tables.found, counts.tables.read);
            prop_assert_eq!(counts.rows.found, rows.len() + 2);
        }
    }
}
