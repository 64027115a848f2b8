//! Which format a text is in, told by what only that format has.

use super::facts::Format;
use super::input::Source;
use super::pipes;

pub(super) fn sniff(source: &Source) -> Format {
    if is_html(source.text()) {
        Format::Html
    } else if is_rst(source) {
        Format::Rst
    } else if pipes::has_tables(source) {
        if pipes::is_cell_per_line(source) { Format::CellPerLine } else { Format::PipeTables }
    } else if source.text().trim_start().starts_with("# ") {
        // Markdown of a page without tables.
        Format::PipeTables
    } else {
        Format::Flattened
    }
}

/// Tags of cells or headings; a page in another format may show some in its texts, but few.
fn is_html(text: &str) -> bool {
    let start = text.trim_start();
    let head: String = start.chars().take(64).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return true;
    }
    let tag = |line: &str| {
        let line = line.trim_start().to_ascii_lowercase();
        ["<table", "<tr", "<td", "<th", "</td", "</tr", "</table", "<h1", "<h2", "<h4", "<div", "</div", "<p>", "<body"]
            .iter()
            .any(|tag| line.starts_with(tag) || (line.starts_with('<') && line.contains(tag)))
    };
    // All of it may stand in one line.
    let tagged = start.starts_with('<') && !start.starts_with("<!--");
    if tagged && ["<table", "<h1", "<h4", "<div", "<body", "<p>"].iter().any(|tag| text.contains(tag)) {
        return true;
    }
    text.lines().filter(|line| line.len() > 2 && line.trim_start().starts_with('<') && tag(line)).take(3).count() == 3
        || (text.contains("</td>") && text.contains("<table"))
}

fn is_rst(source: &Source) -> bool {
    let directive = |line: &str| {
        if line.starts_with(":original_name: ") || line.contains(":ref:`") {
            return true;
        }
        let Some(rest) = line.trim_start().strip_prefix(".. ") else { return false };
        rest.starts_with('_') || rest.contains("::")
    };
    let grid = |line: &str| {
        let line = line.trim();
        line.len() > 4
            && line.starts_with("+-")
            && line.ends_with("-+")
            && line.bytes().all(|byte| b"+-".contains(&byte))
    };
    let ruler = |line: &str| {
        let line = line.trim();
        line.starts_with("===") && line.contains("= =") && line.bytes().all(|byte| byte == b'=' || byte == b' ')
    };
    source.lines().any(|(_, line)| directive(line) || grid(line) || ruler(line))
}
