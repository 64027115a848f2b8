//! Tests of the audit on pages made by hand.
