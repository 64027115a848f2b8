//! The generated part of `README.md`, between two comments.

use crate::error::{Error, Result};

const BEGIN: &str = "<!-- operations:begin -->";
const END: &str = "<!-- operations:end -->";

/// The text with the table between its markers. `name` is what people call the file.
pub(crate) fn replace(text: &str, table: &str, name: &str) -> Result<String> {
    let wrong = |what: &str| {
        Error::new(format!("{name} {what}")).help(format!(
            "put `{BEGIN}` and, below it, `{END}` on lines of their own where the table of operations belongs"
        ))
    };
    let begin = once(text, BEGIN).map_err(|what| wrong(&what))?;
    let end = once(text, END).map_err(|what| wrong(&what))?;
    let after_begin = begin + BEGIN.len();
    if end < after_begin {
        return Err(wrong(&format!("has `{END}` above `{BEGIN}`")));
    }
    Ok(format!("{}\n{}\n{}", &text[..after_begin], table.trim_end(), &text[end..]))
}

fn once(text: &str, marker: &str) -> std::result::Result<usize, String> {
    let mut places = text.match_indices(marker);
    match (places.next(), places.next()) {
        (Some((at, _)), None) => Ok(at),
        (None, _) => Err(format!("has no line `{marker}`")),
        (Some(_), Some(_)) => Err(format!("has the line `{marker}` more than once")),
    }
}

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn what_stands_between_the_markers_is_replaced() {
        let text = "# Title\n<!-- operations:begin -->\nold\n<!-- operations:end -->\nend\n";
        let once = replace(text, "| a |\n|---|\n", "README.md").unwrap();
        assert_eq!(once, "# Title\n<!-- operations:begin -->\n| a |\n|---|\n<!-- operations:end -->\nend\n");
        assert_eq!(replace(&once, "| a |\n|---|\n", "README.md").unwrap(), once);
    }

    #[test]
    fn adjacent_markers_do() {
        let text = "<!-- operations:begin --><!-- operations:end -->";
        assert_eq!(replace(text, "t\n", "x").unwrap(), "<!-- operations:begin -->\nt\n<!-- operations:end -->");
    }

    #[test]
    fn wrong_markers_are_named() {
        let cases = [
            ("", "has no line `<!-- operations:begin -->`"),
            ("<!-- operations:begin -->", "has no line `<!-- operations:end -->`"),
            ("<!-- operations:end --><!-- operations:begin -->", "above"),
            ("<!-- operations:begin --><!-- operations:begin --><!-- operations:end -->", "more than once"),
        ];
        for (text, expected) in cases {
            let error = replace(text, "t", "README.md").unwrap_err().to_string();
            assert!(error.contains(expected) && error.contains("help: put"), "{error}");
        }
    }
}
