//! What goes on over several calls: waiting for a state, and lists in pages.

use super::Bounds;
use crate::decode::{Literal, Spanned, Text, choice, record};

choice! {
    /// What an offset counts.
    Counts {
        "items" Items,
        "pages" Pages,
    }
}

record! {
    /// A state that callers wait for.
    Waiter {
        required {
            /// What is waited for, in kebab case: the method is `wait_for_` and this.
            "id" id: Text,
            /// What is so when the wait is over, in our own words.
            "doc" doc: Text,
            /// The field of the answer, or of the entry, that holds the state.
            "state" state: Text,
            /// States that are waited for.
            "success" success: Vec<Spanned<Literal>>,
        }
        optional {
            /// Which entry is meant, where the answer is a list.
            "find" find: Option<Find>,
            /// States that end the wait in vain.
            "failure" failure: Vec<Spanned<Literal>>,
            /// States in which nothing happens by itself, but which can be left.
            "paused" paused: Vec<Spanned<Literal>>,
            /// States that are waited on.
            "going" going: Vec<Spanned<Literal>>,
            /// Seconds between looks: at first, and at most.
            "interval" interval: Option<Spanned<Bounds>>,
        }
    }
    /// The entry of a list that has an id.
    Find {
        required {
            /// The field of the answer that is the list.
            "in" list: Text,
            /// The field of the entry that is its id.
            "by" by: Text,
        }
        optional {}
    }
    /// How a list goes on: by `offset`, or by `marker` with `after` or `next`.
    Paging {
        required {
            /// The field of the answer that is the list.
            "items" items: Text,
        }
        optional {
            /// The field of the request that says how many entries or pages to leave out.
            "offset" offset: Option<Text>,
            /// What the offset counts; entries unless said.
            "counts" counts: Option<Spanned<Counts>>,
            /// The field of the request that says how many entries a page has.
            "limit" limit: Option<Text>,
            /// The field of the answer that says how many entries the whole list has, on all pages.
            "total" total: Option<Text>,
            /// The field of the request that says behind what the page begins.
            "marker" marker: Option<Text>,
            /// The next marker is this field of the last entry.
            "after" after: Option<Text>,
            /// The next marker is this field of the answer.
            "next" next: Option<Text>,
            /// The field of the answer that says whether there is a next page.
            "more" more: Option<Text>,
            /// The field that tells entries apart.
            "id" item: Option<Text>,
        }
    }
}
