//! The page, in a browser.

use std::process::Command;

use super::{LIMIT, OPERATION};
use crate::support::Place;

/// Debian's browser, or none.
fn browser() -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file())
}

#[test]
fn a_browser_shows_the_page() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no chromium on this machine (apt-get install chromium)");
        return;
    };
    let place = Place::committed();
    place.edit(OPERATION, LIMIT.0, LIMIT.1);
    place.edit("spec/svc000/types.yaml", "length: [0, 9], ", "");
    place.edit(OPERATION, "doc: What it is for.", "doc: \"<script>document.title='run'</script>What & it.\"");
    place.write("page.html", &place.diff(&["--format", "html"]).ends_with(0).out());
    let profile = tempfile::tempdir().unwrap();
    let quiet = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    let output = Command::new(browser)
        .args(quiet)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg("--dump-dom")
        .arg(format!("file://{}", place.path("page.html").display()))
        .output()
        .unwrap();
    let (dom, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    // The browser's own view of the page: as many articles as changes, nothing run, nothing asked for.
    assert_eq!(dom.matches("<article ").count(), 3, "{dom}");
    for text in ["<mark>8</mark>", "<mark>9</mark>", "svc000: type SharedError", "&lt;script&gt;document.title"] {
        assert!(dom.contains(text), "no {text} in\n{dom}");
    }
    assert!(
        !dom.contains("<script") && !dom.contains("<title>run") && !told.contains("Content Security Policy"),
        "{dom}\n{told}"
    );
}
