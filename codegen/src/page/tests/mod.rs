//! Tests of the page reader.

mod corpus;
