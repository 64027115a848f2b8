//! The tables, and the limits.

/// How far beyond its limit a measurement fails the run: less may be noise.
const CLEARLY: f64 = 1.1;

struct Limit {
    what: String,
    measured: f64,
    at_most: f64,
    unit: &'static str,
}

/// What is held against limits.
#[derive(Default)]
pub(crate) struct Report(Vec<Limit>);

impl Report {
    pub(crate) fn limit(&mut self, what: impl Into<String>, measured: f64, at_most: f64, unit: &'static str) {
        self.0.push(Limit { what: what.into(), measured, at_most, unit });
    }

    /// Prints all limits, and says whether none is clearly missed.
    pub(crate) fn print(&self) -> bool {
        let mut table = Table::new(&["Limit", "measured", "at most", "ok"]);
        for Limit { what, measured, at_most, unit } in &self.0 {
            let verdict = match measured {
                measured if measured <= at_most => "yes",
                measured if *measured <= at_most * CLEARLY => "**narrowly not**",
                // What could not be measured is not good.
                _ => "**no**",
            };
            table.row(&[what.clone(), format!("{measured:.2}{unit}"), format!("{at_most}{unit}"), verdict.to_owned()]);
        }
        table.print("Limits");
        self.0.iter().all(|limit| limit.measured <= limit.at_most * CLEARLY)
    }
}

/// A Markdown table.
pub(crate) struct Table(String);

impl Table {
    pub(crate) fn new(columns: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.row(columns);
        table.0.push_str("|---");
        table.0.push_str(&"|---:".repeat(columns.len().saturating_sub(1)));
        table.0.push_str("|\n");
        table
    }

    pub(crate) fn row(&mut self, cells: &[impl AsRef<str>]) {
        for cell in cells {
            self.0.push_str("| ");
            self.0.push_str(cell.as_ref());
            self.0.push(' ');
        }
        self.0.push_str("|\n");
    }

    pub(crate) fn print(&self, title: &str) {
        println!("\n{title}\n\n{}", self.0);
    }
}
