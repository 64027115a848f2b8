//! From YAML text to formatted Rust: synthetic specs of growing size, the real one, and what printing Rust costs alone.
//!
//! `cargo bench -p migration-codegen`. Memory is the most that was held at once (`max alloc`).

use std::path::Path;

use divan::{AllocProfiler, Bencher, black_box};
use migration_codegen::{Outputs, Sources, check, generate, synthetic};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn generated(sources: &Sources) -> Outputs {
    match generate(sources) {
        Ok(outputs) => outputs,
        Err(found) => {
            eprintln!("{}", found.render(sources, "spec", false));
            std::process::exit(1)
        }
    }
}

#[divan::bench(args = [10, 100], sample_count = 20)]
fn operations(bencher: Bencher<'_, '_>, count: usize) {
    let sources = synthetic::spec(count);
    bencher.bench_local(|| generated(black_box(&sources)));
}

/// Growth must be linear: 4,000 cost at most 4.4 times what 1,000 cost.
#[divan::bench(args = [1000, 4000], sample_count = 3, sample_size = 1)]
fn many_operations(bencher: Bencher<'_, '_>, count: usize) {
    let sources = synthetic::spec(count);
    bencher.bench_local(|| generated(black_box(&sources)));
}

/// Reading and linting without printing.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn check_1000(bencher: Bencher<'_, '_>) {
    let sources = synthetic::spec(1000);
    bencher.bench_local(|| check(black_box(&sources)));
}

/// What quote, parse and prettyplease alone cost on the output of 1,000 operations: `generate` may cost at most 1.5 times this and reading.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn floor_1000(bencher: Bencher<'_, '_>) {
    let outputs = generated(&synthetic::spec(1000));
    let files: Vec<&str> = outputs
        .files()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "rs"))
        .map(|(_, text)| text)
        .collect();
    bencher.bench_local(|| {
        for text in &files {
            let file = syn::parse_file(black_box(text)).map(|file| prettyplease::unparse(&file));
            assert!(file.is_ok_and(|file| !black_box(file).is_empty()));
        }
    });
}

/// The repository's own spec.
#[divan::bench(sample_count = 20)]
fn seeds(bencher: Bencher<'_, '_>) {
    let sources = seed_files();
    bencher.bench_local(|| generated(black_box(&sources)));
}

fn seed_files() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut sources = Sources::new();
    let mut todo = vec![root.clone()];
    while let Some(path) = todo.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            todo.extend(entries.flatten().map(|entry| entry.path()));
        } else if let (Ok(name), Ok(bytes)) = (path.strip_prefix(&root), std::fs::read(&path)) {
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            sources.insert(parts.join("/"), bytes);
        }
    }
    assert!(sources.iter().count() > 10, "the spec was not found at {}", root.display());
    sources
}
