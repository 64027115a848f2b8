//! Runs the program as people do, on temporary folders.

mod check;
mod generate;
mod new;
mod repository;
#[cfg(test)]
mod support;
