//! Hand-written pages.
