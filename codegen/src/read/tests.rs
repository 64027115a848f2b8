use super::{Node, Value, read};
use crate::diagnostic::Diagnostics;
use crate::sources::{FileId, Span};

fn tree(text: &str) -> Node {
    let mut diagnostics = Diagnostics::default();
    let node = read(FileId(0), text.as_bytes(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{text:?}: {diagnostics:?}");
    node.unwrap()
}

fn marked(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

#[test]
fn a_value_knows_exactly_where_it_stands() {
    // What is marked for the value of `k`.
    let cases = [
        ("k: plain # comment\n", "plain"),
        ("k: two words  \n", "two words"),
        ("k: 'it''s'\n", "'it''s'"),
        ("k: \"a\\nb\"\n", "\"a\\nb\""),
        ("k: [1, 2] # list\n", "[1, 2]"),
        ("k: {a: 1}\n", "{a: 1}"),
        ("k:\n  - one\n  - two\n", "one"),
        ("k:\n  - - deep\n    - er\n", "deep"),
        ("k:\n  a: 1\n  b: 2\n", "a"),
        ("k: [\n  1,\n  2]\n", "1"),
        ("k: größe\n", "größe"),
        ("# größe ☃\r\nk: value\r\nz: 1\r\n", "value"),
        ("{é: 1, k: 任务}", "任务"),
    ];
    for (text, expected) in cases {
        let node = tree(text);
        assert_eq!(marked(text, node.get("k").unwrap().span), expected, "{text:?}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    for text in ["\u{feff}k: value\n", "\u{feff}# größe\r\nk: value\r\n"] {
        assert_eq!(marked(text, tree(text).get("k").unwrap().span), "value", "{text:?}");
    }
    let mut diagnostics = Diagnostics::default();
    assert!(read(FileId(0), "\u{feff}".as_bytes(), &mut diagnostics).is_none());
    assert_eq!(diagnostics.codes().into_iter().collect::<Vec<_>>(), ["empty-file"]);
}

#[test]
fn what_is_no_name() {
    let keys = |text: &str| {
        let Value::Map(entries) = tree(text).value else { panic!("not a map") };
        entries.into_iter().map(|entry| entry.key.into_string()).collect::<Vec<_>>()
    };
    assert_eq!(keys("null: 1\n~: 2\nz: 3\n"), ["null", "", "z"]);
    assert_eq!(keys("{'': 1, z: 3}"), ["", "z"]);
    assert_eq!(keys(": 1\nz: 3\n"), ["", "z"]);
}

#[test]
fn a_key_knows_too() {
    let text = "a: 1\n'b c': 2\n\"d\": 3\n";
    let Value::Map(entries) = tree(text).value else { panic!("not a map") };
    let keys: Vec<_> = entries.iter().map(|entry| (&*entry.key, marked(text, entry.key_span))).collect();
    assert_eq!(keys, [("a", "a"), ("b c", "'b c'"), ("d", "\"d\"")]);
}

#[test]
fn block_texts_begin_at_their_sign() {
    let text = "k: |\n  one\n  two\nz: 1\n";
    let node = tree(text);
    let value = node.get("k").unwrap();
    assert!(matches!(&value.value, Value::Scalar { text, plain: false } if &**text == "one\ntwo\n"));
    assert!(marked(text, value.span).ends_with("two"), "{:?}", marked(text, value.span));
}

#[test]
fn kinds_in_words() {
    let cases = [
        ("k: 1", "a number"),
        ("k: -1.5e3", "a number"),
        ("k: '1'", "a text"),
        ("k: nan", "a text"),
        ("k: inf", "a text"),
        ("k: 2026-01-01", "a text"),
        ("k: true", "a boolean"),
        ("k: yes", "a text"),
        ("k: ~", "nothing"),
        ("k:", "nothing"),
        ("k: ''", "a text"),
        ("k: []", "a list"),
        ("k: {}", "a mapping"),
    ];
    for (text, expected) in cases {
        assert_eq!(tree(text).get("k").unwrap().kind(), expected, "{text}");
    }
}

#[test]
fn deep_is_refused_before_any_stack_is_at_risk() {
    let deep = |depth: usize| format!("k: {}{}", "[".repeat(depth), "]".repeat(depth));
    tree(&deep(63));
    for depth in [64, 1000, 100_000] {
        let mut diagnostics = Diagnostics::default();
        assert!(read(FileId(0), deep(depth).as_bytes(), &mut diagnostics).is_none());
        assert_eq!(diagnostics.codes().into_iter().collect::<Vec<_>>(), ["too-deep"], "{depth}");
    }
    let block: String = (0..1000).map(|depth| " ".repeat(depth) + "k:\n").collect();
    let mut diagnostics = Diagnostics::default();
    assert!(read(FileId(0), block.as_bytes(), &mut diagnostics).is_none());
    assert_eq!(diagnostics.codes().into_iter().collect::<Vec<_>>(), ["too-deep"]);
}
