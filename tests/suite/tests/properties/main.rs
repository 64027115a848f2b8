//! What holds for all requests and all answers, tried on random ones.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod enums;
#[cfg(test)]
mod fake;
#[allow(clippy::all, clippy::pedantic, missing_docs, unreachable_pub)] // emitted
#[cfg(test)]
#[path = "../../../../generated/tests/filled.rs"]
#[rustfmt::skip]
mod filled;
#[cfg(test)]
mod json;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod model;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod secrets;
