//! Arbitrary bytes as a saved documentation page: they are read or refused, and what is read and what is not add up.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_codegen::page_listing;

fuzz_target!(|data: &[u8]| {
    let text = match page_listing(data) {
        Ok(text) => text,
        Err(refusal) => return assert!(!refusal.is_empty()),
    };
    assert_eq!(page_listing(data).as_ref(), Ok(&text));
    for (kind, counted) in [("section", "sections"), ("table", "tables"), ("row", "rows"), ("code", "code")] {
        let unread = text.lines().filter(|line| {
            let mut words = line.split(' ');
            words.next().is_some_and(|line| line.parse::<u32>().is_ok()) && words.next() == Some("unread") && words.next() == Some(kind)
        });
        // `rows: 3 of 4 read`
        let numbers = text.lines().rev().find_map(|line| line.strip_prefix(counted)?.strip_prefix(": ")?.strip_suffix(" read"));
        let (read, found) = numbers.and_then(|numbers| numbers.split_once(" of ")).expect("all kinds are counted");
        let number = |text: &str| text.parse::<usize>().expect("a number");
        assert_eq!(number(read) + unread.count(), number(found), "{kind}\n{text}");
    }
});
