//! A Markdown table.

pub(super) struct Table {
    text: String,
}

impl Table {
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut table = Self { text: String::new() };
        table.row(columns);
        table.text.push_str("|---");
        table.text.push_str(&"|---:".repeat(columns.len().saturating_sub(1)));
        table.text.push_str("|\n");
        table
    }

    pub(super) fn row(&mut self, cells: &[impl AsRef<str>]) {
        for cell in cells {
            self.text.push_str("| ");
            self.text.push_str(cell.as_ref());
            self.text.push(' ');
        }
        self.text.push_str("|\n");
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_and_rule() {
        let mut table = super::Table::new(&["N", "s"]);
        table.row(&["1".to_owned(), "0.1".to_owned()]);
        assert_eq!(table.text(), "| N | s |\n|---|---:|\n| 1 | 0.1 |\n");
    }
}
