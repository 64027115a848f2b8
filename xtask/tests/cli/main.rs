//! Runs the program as people do, on temporary folders.

mod check;
#[cfg(test)]
mod diff;
mod generate;
mod new;
#[cfg(test)]
mod openapi;
mod repository;
#[cfg(test)]
mod support;
