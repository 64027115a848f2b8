//! Hand-written pages, and all that is read of each beside it.

use std::fs;
use std::path::{Path, PathBuf};

use super::bad::adds_up;
use super::render::{web_view, with_rulers};
use crate::page::{Page, listing, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page/tests/pages")
}

fn page(name: &str) -> (String, Page) {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    let page = read(text.as_bytes()).unwrap();
    (text, page)
}

#[test]
fn all_that_is_read_of_each_page() {
    let blessing = std::env::var("BLESS").is_ok_and(|value| value == "1");
    let mut names: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let pages: Vec<_> =
        names.iter().filter(|name| Path::new(name).extension().is_none_or(|kind| kind != "read")).collect();
    assert!(pages.len() > 10, "{names:?}");
    let mut different = Vec::new();
    for name in pages {
        let (_, page) = page(name);
        adds_up(&page);
        let file = folder().join(format!("{name}.read"));
        let said = listing(&page);
        let known = fs::read_to_string(&file).unwrap_or_default();
        if blessing && said != known {
            fs::write(&file, &said).unwrap();
        } else if said != known {
            different
                .push(format!("{name}.read differs; if that is meant, BLESS=1 rewrites it. It would hold:\n{said}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// Without the lines and what only one view has.
fn facts(page: &Page) -> Vec<String> {
    let all = listing(page);
    let fact = |line: &str| line.trim_start().trim_start_matches(|char: char| char.is_ascii_digit()).to_owned();
    all.lines()
        .filter(|line| !line.contains(" section \"kettle.html\""))
        .filter(|line| !line.starts_with("sections"))
        .map(fact)
        .collect()
}

#[test]
fn a_git_view_reads_like_the_file_it_shows() {
    for name in ["help-centre.html", "dialect.html", "grid.rst"] {
        let (text, plain) = page(name);
        let numbered = |between: &str| -> String {
            let lines = text.lines().enumerate().map(|(at, line)| format!("{}{between}{line}\n", at + 1));
            lines.collect::<Vec<_>>().concat()
        };
        let mut views = vec![web_view(&text), numbered("\t"), numbered("\n")];
        if name != "grid.rst" {
            views.push(with_rulers(&text));
        }
        for view in views {
            let read = read(view.as_bytes()).unwrap();
            assert_eq!(facts(&read), facts(&plain), "{name} in {}", view.get(..300).unwrap_or(&view));
        }
    }
}

#[test]
fn line_ends_and_encodings_change_nothing() {
    for name in ["help-centre.html", "grid.rst", "markdown.md", "flattened.txt", "cell-per-line-ruled.txt"] {
        let (text, plain) = page(name);
        let utf16: Vec<u8> = "\u{feff}"
            .chars()
            .chain(text.chars())
            .collect::<String>()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let views = [
            text.replace('\n', "\r\n").into_bytes(),
            text.replace('\n', "\r").into_bytes(),
            format!("\u{feff}{text}").into_bytes(),
        ];
        for view in views {
            assert_eq!(read(&view).unwrap(), plain, "{name}");
        }
        let wide = Page { encoding: None, ..read(&utf16).unwrap() };
        assert_eq!(wide, plain, "{name}");
    }
}
