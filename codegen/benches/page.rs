//! Reading saved documentation pages: real-looking ones of each format, and the largest and most awkward that are read at all.
//!
//! `cargo bench -p migration-codegen --bench page`. A page costs a few milliseconds; whatever is not refused at most two seconds and
//! 500 MB (`max alloc`).

use std::hint::black_box;

use divan::{AllocProfiler, Bencher};
use migration_codegen::page_listing;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

const PAGES: [(&str, &[u8]); 6] = [
    ("help-centre.html", include_bytes!("../src/page/tests/pages/help-centre.html")),
    ("grid.rst", include_bytes!("../src/page/tests/pages/grid.rst")),
    ("markdown.md", include_bytes!("../src/page/tests/pages/markdown.md")),
    ("trailing-bars.txt", include_bytes!("../src/page/tests/pages/trailing-bars.txt")),
    ("cell-per-line.txt", include_bytes!("../src/page/tests/pages/cell-per-line.txt")),
    ("flattened.txt", include_bytes!("../src/page/tests/pages/flattened.txt")),
];

#[divan::bench(args = PAGES.map(|(name, _)| name))]
fn page(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = PAGES.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes).unwrap_or_default();
    bencher.bench_local(|| page_listing(black_box(bytes)));
}

/// Just below the size that is refused.
const LARGE: [(&str, &str, &str); 5] = [
    ("cells", "<table><tr><th>Parameter<th>Type<th>Description", "<tr><td>a<td>String<td>Minimum: 1"),
    ("tables", "", "<table><tr><th>Parameter<th>Type<tr><td>a<td>String</table>"),
    ("rulers", "", "|\n"),
    ("numbers", "", "1\n"),
    ("flattened", "Parameter\nType\nDescription\n", "a\nString\nb\n"),
];

#[divan::bench(args = LARGE.map(|(name, _, _)| name), sample_count = 3, sample_size = 1)]
fn four_megabytes(bencher: Bencher<'_, '_>, name: &str) {
    let (begin, unit) =
        LARGE.iter().find(|(known, _, _)| *known == name).map(|(_, begin, unit)| (*begin, *unit)).unwrap_or_default();
    let text = format!("{begin}{}", unit.repeat(4_190_000 / unit.len()));
    bencher.bench_local(|| page_listing(black_box(text.as_bytes())));
}

/// Refused without being looked at.
#[divan::bench]
fn fifty_megabytes(bencher: Bencher<'_, '_>) {
    let bytes = vec![b'a'; 50 << 20];
    bencher.bench_local(|| page_listing(black_box(&bytes)));
}
