//! The example that newcomers run.

#[allow(clippy::print_stdout)]
#[path = "../../../../examples/refused_and_sent.rs"]
mod refused_and_sent;

#[test]
fn the_example_runs() {
    refused_and_sent::main().unwrap();
}
