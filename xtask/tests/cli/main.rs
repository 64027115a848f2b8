//! Runs the program as people do, on temporary folders.

mod audit;
mod check;
mod generate;
mod new;
#[cfg(test)]
mod openapi;
mod repository;
#[cfg(test)]
mod support;
