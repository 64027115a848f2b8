//! Nothing shows a secret: no request, answer, error or log line of any operation, whatever comes back.
//!
//! Every text of every request is a sentinel of its own. Which of them are secrets is read from the spec by code of its own,
//! so that a field that lost its mark on the way to Rust is found too.

#[cfg(test)]
mod calls;
#[cfg(test)]
mod case;
#[cfg(test)]
mod echo;
#[cfg(test)]
mod facts;
#[allow(clippy::all, clippy::pedantic, missing_docs, unreachable_pub)] // emitted
#[path = "../../../../generated/tests/filled.rs"]
#[rustfmt::skip]
mod filled;
#[cfg(test)]
mod log;
#[cfg(test)]
mod made_up;
#[cfg(test)]
mod sentinel;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod types;
#[cfg(test)]
mod wire;
