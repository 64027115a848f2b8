//! `audit`.

use std::fs;
use std::path::Path;

use crate::support::Place;

const HTML: &str = "pages/update-widget.html";

/// A folder with the pages and the spec that were made for the audit.
fn place() -> Place {
    let place = Place::empty();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/audit"), &place.path(""));
    place
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(path, to.join(name)).unwrap();
        }
    }
}

fn audit(place: &Place, more: &[&str]) -> crate::support::Run {
    place.run(&[&["audit", "--spec", "spec"], more].concat())
}

#[test]
fn a_page_that_says_what_the_spec_says() {
    let place = place();
    let run = audit(&place, &[HTML]).ends_with(0);
    run.says("page: update, which the spec follows (by its address)")
        .says("read: 9 tables, 19 rows, 2 examples, 2 statuses; unread: nothing")
        .says(" 0 drift, ")
        .says("19 rows of the page: 19 in the spec, 0 lacking, 0 unread");
    // All formats of it, from their folder.
    audit(&place, &["pages"]).ends_with(0).says("5 pages: 5 compared, 0 of them with drift");
}

#[test]
fn drift_names_both_places_and_what_to_do() {
    // What the page says, what it says then, and what is told.
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "<strong>36</strong>",
            "<strong>40</strong>",
            &["drift[length]: `path.widget_id`", "page: [1, 40]", "spec: [1, 36] (spec/demo/update-widget.yaml:21)"],
        ),
        (
            "<p>dry_run</p>",
            "<p>try_run</p>",
            &[
                "drift[field]: `query.dry_run`",
                "has no row `dry_run`, but `try_run`",
                "lacking[field]: `query.try_run`",
            ],
        ),
        ("<p>Boolean</p>", "<p>String</p>", &["drift[type]: `query.dry_run`", "page: `String`", "spec: `Boolean`"]),
        ("<strong>plain</strong>", "<strong>fancy</strong>", &["drift[default]: `body.label`", "page: `fancy`"]),
        ("<strong>1 - 5</strong>", "<strong>1 - 9</strong>", &["drift[items]: `body.tag_list`", "page: [1, 9]"]),
        (
            "<strong>BROKEN</strong>",
            "<strong>FIXED</strong>",
            &["drift[enum]: `UpdateWidgetResponse.state`", "lacking[enum]", "the values FIXED"],
        ),
        ("<p>400</p></td><td><p>Refused", "<p>409</p></td><td><p>Refused", &["lacking[status]: `responses.409`"]),
        (
            "<h4 class=\"sectiontitle\">URI</h4><p>PUT",
            "<h4 class=\"sectiontitle\">URI</h4><p>PATCH",
            &["drift[method]: `operation`", "page: `PATCH`", "(found by title; method or path differ)"],
        ),
        (
            "\"part_no\" : 3",
            "\"part_no\" : 4",
            &["drift[example]: `examples.by-hand`", "an example with 4 at `parts.part_no`"],
        ),
        (
            "\"weight\" : 12",
            "\"weight\" : \"12\"",
            &["stale-erratum[type]: `body.weight`", "no example shows that any more", "help: remove the erratum"],
        ),
    ];
    for (from, to, told) in cases {
        let place = place();
        place.edit(HTML, from, to);
        let run = audit(&place, &[HTML]).ends_with(1);
        for text in *told {
            assert!(run.out().contains(text), "{from} → {to}: no `{text}` in\n{}", run.out());
        }
    }
}

#[test]
fn a_page_against_itself_needs_an_erratum() {
    let place = place();
    place.edit(HTML, "<strong>64</strong></p><p>Default", "<strong>4</strong></p><p>Default");
    place.edit("spec/demo/update-widget.yaml", "length: [0, 64], default: plain", "length: [0, 4], default: a");
    place.edit(HTML, "<strong>plain</strong>", "<strong>a</strong>");
    place.edit("spec/demo/update-widget.yaml", "    adopted: [0, 64]", "    adopted: [0, 4]");
    place.edit("spec/demo/update-widget.yaml", "errata:\n", "errata:\n  - {at: body.label, fact: length, kind: example, seen: {example: by-hand, value: my_label, sent: ab}, reason: It is longer.}\n");
    let run = audit(&place, &[HTML]).ends_with(0);
    run.says("contradictions that errata answer: 2").says("the table says [0, 4], an example shows \"my_label\"");
}

#[test]
fn doubts_fail_when_asked() {
    let place = place();
    audit(&place, &["--strict", HTML]).ends_with(1).says("cannot check: 2");
    audit(&place, &["--verbose", HTML])
        .ends_with(0)
        .says("cannot-check[rule]: `operation`")
        .says("spec: the rule `paint-needs-a-label`");
}

#[test]
fn another_page_of_the_operation() {
    let place = place();
    let run = audit(&place, &["--page", "create", HTML]).ends_with(1);
    // An erratum says what that page says; this file does not say so.
    run.says("page: create (as asked)")
        .says("`--page lead` compares all of it")
        .says("stale-erratum[length]: `body.label`");
    audit(&place, &["--page", "lead", HTML]).ends_with(0);
    audit(&place, &["--page", "craete", HTML])
        .ends_with(2)
        .warns("has no page `craete`")
        .warns("did you mean `create`?");
    audit(&place, &["--operation", "UpdateWidgets", HTML]).ends_with(2).warns("did you mean `UpdateWidget`?");
}

#[test]
fn json() {
    let place = place();
    place.edit(HTML, "<strong>36</strong>", "<strong>40</strong>");
    place.write("pages/z.txt", "");
    let run = audit(&place, &["--format", "json", HTML, "pages/z.txt"]).ends_with(2);
    let list: serde_json::Value = serde_json::from_str(&run.out()).unwrap();
    assert_eq!((list[0]["operation"].as_str(), list[0]["page_file"].as_str()), (Some("UpdateWidget"), Some(HTML)));
    let facts = &list[0]["facts"];
    let parts = ["agree", "drift", "cannot_check", "contradictions", "elsewhere"];
    assert_eq!(facts["all"].as_u64(), parts.iter().map(|part| facts[*part].as_u64()).sum::<Option<u64>>());
    let drift = list[0]["findings"].as_array().unwrap().iter().find(|finding| finding["kind"] == "drift").unwrap();
    assert_eq!((drift["at"].as_str(), drift["place"]["line"].as_u64()), (Some("path.widget_id"), Some(21)));
    assert_eq!(list[1]["refused"], "unreadable");
}

#[test]
fn what_the_spec_lacks_is_proposed_and_nothing_is_edited() {
    let place = place();
    let row = "<tr><td><p>colour_code</p></td><td><p>Yes</p></td><td><p>String</p></td><td><p>Colour.</p><p>Enumeration values:</p><ul><li><p><strong>red_1</strong></p></li><li><p><strong>blue_2</strong></p></li></ul><p>Minimum: <strong>1</strong></p><p>Maximum: <strong>9</strong></p></td></tr>";
    place.edit(HTML, "<tr><td><p>weight</p>", &format!("{row}<tr><td><p>weight</p>"));
    let before = place.snapshot("spec");
    let run = audit(&place, &["--propose", HTML]).ends_with(1);
    let expected = "# in `body` of demo/update-widget.yaml:\ncolour_code:\n  need: required\n  type: ColourCode\n  length: [1, 9]\n  doc:\n# in `types` of demo/update-widget.yaml:\nColourCode:\n  enum:\n    red_1: {doc: }\n    blue_2: {doc: }\n";
    assert!(run.out().contains(expected), "{}", run.out());
    assert_eq!(place.snapshot("spec"), before);
    // Pasted, the checker names what is still blank, and nothing else.
    let indented = |text: &str| {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| ["  ", line, "\n"]).collect::<String>()
    };
    let (field, types) = expected.split_once("# in `types`").unwrap();
    place.edit("spec/demo/update-widget.yaml", "body:\n", &format!("body:\n{}", indented(field)));
    place.edit("spec/demo/update-widget.yaml", "\ntypes:\n", &format!("\ntypes:\n{}", indented(&format!("#{types}"))));
    let run = place.run(&["check", "--spec", "spec"]).ends_with(1);
    assert_eq!(run.err().matches("error[wrong-type]").count(), 3, "{}", run.err());
}

#[test]
fn what_was_read_is_recorded_and_what_changed_since_is_told() {
    let place = place();
    let accept = |page: &str| audit(&place, &["--accept", "--today", "2026-05-06", page]);
    accept(HTML).ends_with(0).says("demo/pages.lock: 1 page recorded as read on 2026-05-06");
    let lock = place.read("spec/demo/pages.lock");
    assert!(lock.contains("\nUpdateWidget update 2026-05-06\n  200.WidgetPart.made_at "), "{lock}");
    assert!(!lock.contains("Project of"), "{lock}");
    // The same again is the same file, and another format of the page has the same rows.
    accept("pages/update-widget.rst").ends_with(0);
    assert_eq!(place.read("spec/demo/pages.lock"), lock);
    audit(&place, &[HTML]).ends_with(0).says("recorded as read on 2026-05-06");
    place.run(&["check", "--spec", "spec", "--deny-warnings"]).ends_with(0);

    place.edit(HTML, "Owner of the widget.", "Owner of the widget, once and for all.");
    let run = audit(&place, &[HTML]).ends_with(1);
    run.says("reworded[row]: `request.body.owner`").says("worded otherwise since it was read on 2026-05-06");
    accept(HTML).ends_with(0);
    audit(&place, &[HTML]).ends_with(0);
}

#[test]
fn pages_read_long_ago_are_noted() {
    let place = place();
    audit(&place, &["--accept", "--today", "2026-01-01", HTML]).ends_with(0);
    let check =
        |days: &str, today: &str| place.run(&["check", "--spec", "spec", "--stale-days", days, "--today", today]);
    let run = check("30", "2026-02-01").ends_with(0);
    run.warns("note: spec/demo/pages.lock: the page `update` of UpdateWidget was last read on 2026-01-01, 31 days ago");
    assert_eq!(check("31", "2026-02-01").ends_with(0).err(), "");
    check("30", "yesterday").ends_with(2).warns("`yesterday` is no day");
    place.edit("spec/demo/pages.lock", "2026-01-01", "New Year");
    place.run(&["check", "--spec", "spec"]).ends_with(1).warns("error[broken-lock]").warns("take back the change");
}

#[test]
fn bad_input_gets_a_clear_message() {
    let html =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/audit").join(HTML)).unwrap();
    let foreign = html
        .replace("PUT /v1/{project_id}/widgets/{widget_id}", "POST /v1/{project_id}/gadgets")
        .replace("Updating a Widget", "Making a Gadget")
        .replace("UpdateWidget", "MakeGadget");
    let two = html.replace("{widget_id}</p>", "{widget_id}</p><p>DELETE /v1/{project_id}/widgets/{widget_id}</p>");
    let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("empty.html", Vec::new(), &["the file is empty", "help: save the page again"]),
        (
            "binary.html",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0".to_vec(),
            &["the file is no text", "help: save the page as HTML"],
        ),
        ("none.txt", b"Nothing to see here.\nNot at all.\n".to_vec(), &["there is nothing to compare"]),
        (
            "foreign.html",
            foreign.into_bytes(),
            &[
                "there is nothing to compare",
                "the nearest are PUT /v1/{project_id}/widgets/{widget_id} (demo UpdateWidget)",
            ],
        ),
        ("two.html", two.into_bytes(), &["the page is of 2 operations: PUT /v1/", "DELETE /v1/", "--operation ID"]),
        ("large.html", vec![b' '; 50 << 20], &["large.html"]),
    ];
    for (name, bytes, told) in cases {
        let place = place();
        fs::write(place.path(name), bytes).unwrap();
        let run = audit(&place, &[name]).ends_with(2);
        for text in told {
            let all = format!("{}{}", run.out(), run.err());
            assert_eq!(all.matches(text).count(), 1, "{name}: not once `{text}` in\n{all}");
        }
        assert!(!run.out().contains(" agree"), "{name}: {}", run.out());
    }
}

#[test]
fn broken_html_is_read_as_far_as_it_goes_and_never_agrees_beyond() {
    let place = place();
    let html = place.read(HTML);
    // Cut off in a table: what is gone is not taken for agreement.
    place.write(HTML, &html[..html.find("Table 7").unwrap()]);
    let run = audit(&place, &[HTML]).ends_with(1);
    run.says("drift[field]: `WidgetError.error_code`")
        .says("the page has no table of statuses")
        .says("drift[example]: `examples.by-hand`");
    // Tags that nobody closed.
    place.write(HTML, &html.replace("</p>", "").replace("</td>", "").replace("</tr>", ""));
    audit(&place, &[HTML]).ends_with(0).says("19 rows of the page: 19 in the spec");
}

#[test]
fn folders_and_specs_that_will_not_do() {
    let place = place();
    fs::create_dir(place.path("nothing")).unwrap();
    audit(&place, &["nothing"]).ends_with(2).warns("the folder `nothing` has no pages in it");
    audit(&place, &["nowhere.html"]).ends_with(2).warns("cannot read `nowhere.html`");
    // In a folder, what is no page of ours is passed over, and named.
    place.write("pages/index.md", "# Widgets\n\n- Updating a Widget\n- Deleting a Widget\n");
    place.write("pages/logo.png", "not a page");
    audit(&place, &["pages"])
        .ends_with(0)
        .says("pages/index.md: not compared: ")
        .says("6 pages: 5 compared, 0 of them with drift; 1 of no operation")
        .says("1 file of other kinds passed over");
    place.edit("spec/demo/update-widget.yaml", "idempotent: true", "idempotent: perhaps");
    audit(&place, &[HTML]).ends_with(2).warns("error[wrong-type]").warns("the spec `spec` has mistakes");
}
