//! The comparison of two specs: each rule has a pair of specs that it reports, and nothing else does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "this is how tests fail")]

mod cases;
mod compile;
mod complete;
mod mirror;
mod moves;
mod mutations;
mod support;
