//! The generated client over a real connection: what the server gets, and what comes back.
//!
//! What is expected is made from the spec by code of its own, in [`migration_tests::pages`].

#[cfg(test)]
mod answers;
#[cfg(test)]
mod blocking;
#[cfg(test)]
mod checks;
#[allow(clippy::all, clippy::pedantic, missing_docs, unreachable_pub)] // emitted
#[path = "../../../../generated/tests/documented.rs"]
#[rustfmt::skip]
mod documented;
#[cfg(test)]
mod documented_answers;
#[cfg(test)]
mod documented_requests;
#[cfg(test)]
mod every_answer;
#[cfg(test)]
mod every_request;
#[cfg(test)]
mod example;
#[allow(clippy::all, clippy::pedantic, missing_docs, unreachable_pub)] // emitted
#[path = "../../../../generated/tests/filled.rs"]
#[rustfmt::skip]
mod filled;
#[cfg(test)]
mod log;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod world;
