//! Runs the program as people do, on temporary folders.

#[cfg(test)]
mod audit;
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
