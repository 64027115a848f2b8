//! Unified diffs that do not flood a terminal.

use std::fmt::Write as _;
use std::time::Duration;

use similar::{Algorithm, TextDiff};

const PER_FILE: usize = 200;
const IN_ALL: usize = 1_000;
/// A better diff is not worth more time per file.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints diffs until they are enough.
pub(crate) struct Diffs {
    left: usize,
}

impl Diffs {
    pub(crate) fn new() -> Self {
        Self { left: IN_ALL }
    }

    /// The diff from the old to the new text; shortened, or nothing when enough was shown.
    pub(crate) fn show(&mut self, name: &str, old: &str, new: &str) -> String {
        if self.left == 0 {
            return String::new();
        }
        let diff = TextDiff::configure().algorithm(Algorithm::Myers).timeout(PATIENCE).diff_lines(old, new);
        let text = diff
            .unified_diff()
            .context_radius(3)
            .header(&format!("{name} (as it is)"), &format!("{name} (as the spec says)"))
            .to_string();
        let (lines, shown) = (text.lines().count(), PER_FILE.min(self.left));
        let mut out = String::new();
        for line in text.lines().take(shown) {
            let _ = writeln!(out, "{line}");
        }
        if lines > shown {
            let _ = writeln!(out, "… {} more lines of {name}", lines - shown);
        }
        self.left = self.left.saturating_sub(lines.min(shown));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Diffs;

    #[test]
    fn a_small_change_is_shown_whole() {
        let text = Diffs::new().show("a.rs", "1\n2\n3\n", "1\ntwo\n3\n");
        assert_eq!(text, "--- a.rs (as it is)\n+++ a.rs (as the spec says)\n@@ -1,3 +1,3 @@\n 1\n-2\n+two\n 3\n");
    }

    #[test]
    fn many_lines_are_cut_and_counted() {
        let many: String = (0..500).map(|n: u32| n.to_string() + "\n").collect();
        let mut diffs = Diffs::new();
        let text = diffs.show("a.rs", "", &many);
        assert_eq!(text.lines().count(), 201);
        assert!(text.ends_with("… 303 more lines of a.rs\n"), "{text}");
        for _ in 0..4 {
            assert_ne!(diffs.show("a.rs", "", &many), "");
        }
        assert_eq!(diffs.show("a.rs", "", &many), "");
    }
}
