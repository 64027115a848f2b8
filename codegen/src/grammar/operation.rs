//! One documentation page: one operation.

use super::types::{Deprecated, Field, TypeDef};
use super::{Auth, Basis, Erratum, Example, HttpLine, Paging, Rule, Waiter};
use crate::decode::{Checked, Date, Link, Literal, Map, Spanned, Stated, Text, record};

record! {
    /// One documentation page: one operation.
    OperationFile {
        required {
            /// The vendor's operation id, as in its SDK class names.
            "operation" operation: Text,
            /// What it does, in one line of our own.
            "title" title: Text,
            /// Method and path.
            "http" http: Spanned<HttpLine>,
            /// Whether the call may be repeated after it went out.
            "idempotent" idempotent: Stated<bool>,
            /// The pages that document it.
            "pages" pages: Vec<Page>,
            /// Answers by status code.
            "responses" responses: Map<Response>,
        }
        optional {
            /// More about it, in our own words.
            "doc" doc: Option<Text>,
            /// Name in Rust if not the operation's own.
            "rust" rust: Option<Text>,
            "auth" auth: Option<Auth>,
            "deprecated" deprecated: Option<Deprecated>,
            "renamed_from" renamed_from: Option<Text>,
            "path" path: Map<Field>,
            "query" query: Map<Field>,
            "header" header: Map<Field>,
            /// Fields of the JSON body; {} for an empty object; left out for no body.
            "body" body: Option<Map<Field>>,
            "rules" rules: Vec<Rule>,
            /// Types that only this operation uses.
            "types" types: Map<TypeDef>,
            "batch" batch: Option<Batch>,
            /// States of what the operation shows that callers wait for.
            "waiters" waiters: Vec<Waiter>,
            /// How the list that the operation answers goes on.
            "paging" paging: Option<Paging>,
            "examples" examples: Vec<Example>,
            "errata" errata: Vec<Erratum>,
        }
    }
    /// A page of the vendor's documentation.
    Page {
        required {
            /// Name of the page in this file.
            "id" id: Text,
            /// One of the clouds in spec.yaml.
            "cloud" cloud: Text,
            /// The page's title.
            "title" title: Text,
        }
        optional {
            "url" url: Option<Checked<Link>>,
            /// The page's own date, YYYY-MM-DD.
            "updated" updated: Option<Checked<Date>>,
            /// The page that facts come from unless they say otherwise.
            "lead" lead: bool,
            /// What facts from this page rest on unless they say otherwise: its tables, if it is a page.
            "basis" basis: Option<Basis>,
        }
    }
    /// An answer.
    Response {
        required {
            /// none, json, text, binary, list of T, or an object type.
            "body" body: Text,
        }
        optional {
            "doc" doc: Option<Text>,
        }
    }
    /// The failures hidden in an answer that is a success.
    Batch {
        required {
            /// The list of items in the answer.
            "items" items: Text,
            /// The field that names an item.
            "id" item: Text,
            /// The field and value by which an item is good.
            "ok" ok: Map<Spanned<Literal>>,
        }
        optional {
            "code" code: Option<Text>,
            "message" message: Option<Text>,
        }
    }
}
