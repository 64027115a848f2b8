//! Tests of the page reader: pages of an invented service in every format, what is no page, and the vendor's own pages where they are at hand.

mod bad;
mod corpus;
mod pages;
mod render;
mod round;
