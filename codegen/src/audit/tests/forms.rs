//! What pages of other forms than the vendor's own mean: models of SDKs, descriptions of an API.

use super::{Auditor, Options, Refused, Report};
use crate::audit::{Kind, Reason};
use crate::sources::Sources;

const SPEC: &str = "
package: demo
version: 0.1.0
description: A made-up spec
license: MIT
clouds: {demo: {title: Demo Cloud}}
";

const SERVICE: &str = "
service: demo
title: Bells
auth: required
error: BellError
supplies: {project_id: project-id}
endpoints: {demo: {one: 'https://demo.one.example.com'}}
";

const TYPES: &str = "
pages:
  - {id: ring, cloud: demo, title: Ringing a Bell, updated: 2026-01-05, lead: true}
  - {id: sdk, cloud: demo, title: Models of bells, url: 'https://example.com/sdk', updated: 2026-03-02, basis: sdk}
types:
  BellError:
    object: response
    doc: Body of a failed call.
    fields:
      error_code: {type: string, doc: Code of the error.}
";

/// An operation that follows an SDK's models, and whose answer is given.
fn operation(answer: &str, rest: &str) -> String {
    format!(
        "
operation: RingBell
title: Ring a bell
http: POST /v1/{{project_id}}/bells
idempotent: false
pages: [{{id: sdk, cloud: demo, title: Models of bells, updated: 2026-03-02, basis: sdk}}]
path:
  project_id: {{need: required, type: string, doc: Project of the bell.}}
body:
  tone: {{need: optional, type: string, doc: How it sounds., length: [0, 9]}}
  times: {{need: optional, type: integer, doc: How often it sounds.}}
responses:
  200: {{body: {answer}, doc: It rang.}}
  400: {{body: BellError, doc: The request is not valid.}}
{rest}"
    )
}

const HEAD: &str = "
# RingBell — Ringing a bell

Description (as stored): rings.

`POST /v1/{project_id}/bells`

## Path parameters

| Field | Mandatory | Type | Constraints | Description (as stored) |
|---|---|---|---|---|
| project_id | Yes | string | | Project. |

## Request body: RingBellReq

**RingBellReq**

| Field | Mandatory | Type | Constraints | Description (as stored) |
|---|---|---|---|---|
| tone | No | string | maxLength `9`; minLength `0` | Tone. |
| times | No | integer | | Times. |
";

/// Such a page, with the rows of its answer.
fn page(answer: &str) -> String {
    format!(
        "{HEAD}
## Response (success)

**RingBellResponse**

| Field | Mandatory | Type | Constraints | Description (as stored) |
|---|---|---|---|---|
{answer}"
    )
}

fn audit(operation: &str, page: &str) -> Report {
    let report = try_audit(operation, page, None).unwrap();
    assert!(report.facts.add_up() && report.rows.add_up(), "{:?} {:?}", report.facts, report.rows);
    report
}

fn try_audit(operation: &str, page: &str, of: Option<&str>) -> Result<Report, Refused> {
    let mut sources = Sources::new();
    for (path, text) in [
        ("spec.yaml", SPEC),
        ("demo/service.yaml", SERVICE),
        ("demo/types.yaml", TYPES),
        ("demo/ring-bell.yaml", operation),
    ] {
        sources.insert(path.to_owned(), text.as_bytes().to_vec());
    }
    let auditor = Auditor::new(&sources).unwrap_or_else(|diagnostics| panic!("{operation}\n{diagnostics:?}"));
    auditor.audit(page.as_bytes(), &Options { page: of.map(str::to_owned), operation: None })
}

fn drift(report: &Report) -> Vec<String> {
    let of = report.findings.iter().filter(|finding| finding.kind.is_drift());
    of.map(|finding| format!("{}[{}] {}: {}", finding.kind.word(), finding.fact, finding.at, finding.page)).collect()
}

const NONE_FOR_STRING: &str = "errata:
  - {at: responses.200, fact: body, kind: pages, documented: string, adopted: none, reason: It only says that it rang.}
";

const BINARY_FOR_STRING: &str = "errata:
  - {at: responses.200, fact: body, kind: pages, documented: string, adopted: binary, reason: It is a sound.}
";

#[test]
fn a_lone_row_says_what_the_body_is() {
    let bell =
        "types: {Bell: {object: response, doc: A bell., fields: {id: {need: optional, type: string, doc: ID.}}}}\n";
    let table = "\n**Bell**\n\n| Field | Mandatory | Type |\n|---|---|---|\n| id | No | string |\n";
    let long =
        "\n**Bell**\n\n| Field | Mandatory | Type |\n|---|---|---|\n| id | No | integer |\n| size | No | string |\n";
    let cases: [(&str, &str, String, &[&str]); 16] = [
        (
            "none",
            "",
            "| body | No | string | | It rang. |".to_owned(),
            &["drift[body] responses.200: a body, `string`"],
        ),
        ("none", "", "| - | No | string | | It rang. |".to_owned(), &["drift[body] responses.200: a body, `string`"]),
        ("none", NONE_FOR_STRING, "| body | No | string | | It rang. |".to_owned(), &[]),
        ("none", NONE_FOR_STRING, "| - | No | string | | It rang. |".to_owned(), &[]),
        // The vendor gives the body another type.
        (
            "none",
            NONE_FOR_STRING,
            "| body | No | boolean | | Whether it rang. |".to_owned(),
            &["drift[body] responses.200: `boolean`"],
        ),
        // The erratum says what the spec no longer has.
        (
            "text",
            NONE_FOR_STRING,
            "| body | No | string | | It rang. |".to_owned(),
            &["stale-erratum[body] responses.200: the erratum says that something else was adopted"],
        ),
        ("binary", BINARY_FOR_STRING, "| body | No | string | | It rang. |".to_owned(), &[]),
        (
            "none",
            BINARY_FOR_STRING,
            "| body | No | string | | It rang. |".to_owned(),
            &["stale-erratum[body] responses.200: the erratum says that something else was adopted"],
        ),
        // Fields beside it make it one of them.
        (
            "none",
            NONE_FOR_STRING,
            "| body | No | string | | It rang. |\n| tone | No | string | | Tone. |".to_owned(),
            &[
                "lacking[field] responses.200.body: a row `body` (string)",
                "lacking[field] responses.200.tone: a row `tone` (string)",
            ],
        ),
        ("text", "", "| body | No | string | | It rang. |".to_owned(), &[]),
        ("list of string", "", "| body | No | array of string | | Bells. |".to_owned(), &[]),
        (
            "list of string",
            "",
            "| body | No | array of integer | | Bells. |".to_owned(),
            &["drift[body] responses.200: `array of integer`"],
        ),
        ("list of Bell", bell, format!("| body | No | array of Bell | | Bells. |\n{table}"), &[]),
        (
            "Bell",
            bell,
            format!("| body | No | array of Bell | | Bells. |\n{table}"),
            &["drift[body] responses.200: `array of Bell`"],
        ),
        // The fields of its elements are compared, too.
        (
            "list of Bell",
            bell,
            format!("| body | No | array of Bell | | Bells. |\n{long}"),
            &["drift[type] Bell.id: `integer`", "lacking[field] Bell.size: a row `size` (string)"],
        ),
        ("Bell", bell, "| id | No | string | | ID. |".to_owned(), &[]),
    ];
    for (answer, rest, rows, expected) in cases {
        let report = audit(&operation(answer, rest), &page(&rows));
        assert_eq!(drift(&report), expected, "{answer}, {rest}, {rows}");
    }
}

#[test]
fn a_body_that_no_row_names_is_said_in_words() {
    let report = audit(&operation("none", NONE_FOR_STRING), HEAD);
    let kinds = report.findings.iter().filter(|finding| finding.fact == "body" && finding.at == "responses.200");
    assert_eq!(kinds.map(|finding| finding.kind).collect::<Vec<_>>(), [Kind::CannotCheck]);
}

#[test]
fn a_table_without_rows_says_that_there_are_no_fields() {
    assert_eq!(drift(&audit(&operation("none", ""), &page(""))), Vec::<String>::new());
    // A row that could not be read is no empty table.
    let report = audit(&operation("none", ""), &page("| | No | string | | |"));
    assert_eq!(drift(&report), ["drift[body] responses.200: a table of the body"]);
}

#[test]
fn the_errors_of_pages_are_not_looked_for_in_an_sdk() {
    let report = audit(&operation("none", ""), &page(""));
    assert!(!report.findings.iter().any(|finding| finding.at.starts_with("BellError")), "{:?}", report.findings);
    // Where a page leads, its own table of errors is.
    let paged = operation("none", "").replace(", basis: sdk", "");
    let expected = [
        "drift[body] responses.400: no table of its body",
        "drift[field] BellError.error_code: it has no table with `error_code`",
    ];
    assert_eq!(drift(&audit(&paged, HEAD)), expected);
}

#[test]
fn a_sheet_of_an_sdk_that_the_operation_does_not_list_is_no_page_of_it() {
    let (spec, sheet) = (operation("none", ""), format!("<!-- Source: https://example.com/sdk -->\n{}", page("")));
    let ring =
        spec.replace("id: sdk, cloud: demo, title: Models of bells", "id: ring, cloud: demo, title: Ringing a Bell");
    let refused = try_audit(&ring.replace(", basis: sdk", ""), &sheet, None).unwrap_err();
    assert_eq!(refused.reason, Reason::Unclear);
    assert_eq!(refused.message, "`Models of bells` is none of the pages of demo/ring-bell.yaml");
    assert!(
        refused.help.contains("as `sdk` is elsewhere") && refused.help.contains("`--page lead`"),
        "{}",
        refused.help
    );
    assert!(try_audit(&ring, &sheet, Some("lead")).is_ok());
    // Where it is listed, it is found by its address.
    let listed = spec.replace("basis: sdk", "basis: sdk, url: 'https://example.com/sdk'");
    assert_eq!(try_audit(&listed, &sheet, None).unwrap().page.id, "sdk");
}

#[test]
fn the_name_in_the_title_tells_two_operations_of_one_request_apart() {
    let (ring, toll) =
        (operation("none", ""), operation("none", "").replace("operation: RingBell", "operation: TollBell"));
    let other = SERVICE.replace("demo\ntitle: Bells", "other\ntitle: Bells");
    let mut sources = Sources::new();
    for (path, text) in [
        ("spec.yaml", SPEC),
        ("demo/service.yaml", SERVICE),
        ("demo/types.yaml", TYPES),
        ("demo/ring-bell.yaml", &ring),
        ("other/service.yaml", &other),
        ("other/types.yaml", TYPES),
        ("other/toll-bell.yaml", &toll),
    ] {
        sources.insert(path.to_owned(), text.as_bytes().to_vec());
    }
    let auditor = Auditor::new(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"));
    for (title, operation) in [("RingBell", "RingBell"), ("TollBell", "TollBell")] {
        let page = page("").replace("# RingBell", &format!("# {title}"));
        assert_eq!(auditor.audit(page.as_bytes(), &Options::default()).unwrap().operation, operation);
    }
    let page = page("").replace("# RingBell", "# Sounding a bell");
    assert_eq!(auditor.audit(page.as_bytes(), &Options::default()).unwrap_err().reason, Reason::Unknown);
}

#[test]
fn a_table_that_says_another_ones_rows_again_adds_nothing() {
    let again = |rows: &str| {
        format!(
            "{HEAD}\n**BellReq**\n\n| Field | Mandatory | Type | Constraints | Description |\n|---|---|---|---|---|\n{rows}"
        )
    };
    let tone = "| tone | No | string | maxLength `9`; minLength `0` | Tone. |\n";
    assert_eq!(drift(&audit(&operation("none", ""), &again(tone))), Vec::<String>::new());
    for other in [
        "| tone | Yes | string | maxLength `9`; minLength `0` | Tone. |\n",
        "| tone | No | integer | maxLength `9`; minLength `0` | Tone. |\n",
        "| tone | No | string | maxLength `8`; minLength `0` | Tone. |\n",
        "| tone | No | string | maxLength `9`; minLength `0` | Tune. |\n",
        "| tune | No | string | maxLength `9`; minLength `0` | Tone. |\n",
    ] {
        let expected = "lacking[field] operation: the object `BellReq` of 2 rows, which no field of the spec leads to";
        let rows = format!("{other}| times | No | integer | | Times. |\n");
        assert_eq!(drift(&audit(&operation("none", ""), &again(&rows))), [expected], "{other}");
    }
}
