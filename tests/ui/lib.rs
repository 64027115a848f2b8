//! Nothing: the test is `tests/ui.rs`, its cases are in `fail` and `pass`.
