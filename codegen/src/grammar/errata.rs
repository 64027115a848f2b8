//! Documented examples, and the places where documentation is wrong.

use crate::decode::{Data, Map, Spanned, Text, choice, record};

choice! {
    /// What an erratum's page disagrees with.
    ErratumKind {
        "example" Example,
        "pages" Pages,
        "lost" Lost,
        "reality" Reality,
    }
    /// Which fact an erratum is about.
    FactName {
        "type" Type,
        "enum" Enum,
        "length" Length,
        "range" Range,
        "items" Items,
        "pattern" Pattern,
        "default" Default,
        "need" Need,
        "nullable" Nullable,
        "unit" Unit,
        "name" Name,
        "text" Text,
        "status" Status,
        "body" Body,
        "sensitive" Sensitive,
        "rule" Rule,
    }
}

record! {
    /// An example of the page, verbatim.
    Example {
        required {
            /// Name of the example, unique in the file.
            "name" name: Text,
        }
        optional {
            "doc" doc: Option<Text>,
            /// The page that shows it, if not the leading one.
            "page" page: Option<Text>,
            /// Values of path parameters.
            "path" path: Map<Data>,
            /// Values of query parameters.
            "query" query: Map<Data>,
            /// Values of headers.
            "header" header: Map<Data>,
            /// The request body.
            "request" request: Option<Data>,
            /// The status of the answer.
            "status" status: Option<Spanned<u16>>,
            /// The answer's body.
            "response" response: Option<Data>,
        }
    }
    /// Where pages contradict themselves, each other, or reality.
    Erratum {
        required {
            /// The place: body.a, path.a, responses.200.a, Type.field, ...
            "at" at: Text,
            "fact" fact: Spanned<FactName>,
            "kind" kind: Spanned<ErratumKind>,
            /// Why we decided so, in our own words.
            "reason" reason: Text,
        }
        optional {
            /// The page that is wrong, if not the leading one.
            "page" page: Option<Text>,
            /// What it says.
            "documented" documented: Option<Data>,
            /// What an example shows instead.
            "seen" seen: Option<Seen>,
            /// What the spec says instead.
            "adopted" adopted: Option<Data>,
        }
    }
    /// What an example shows instead.
    Seen {
        required {
            /// Name of the example.
            "example" example: Text,
            /// The value it shows there.
            "value" value: Data,
        }
        optional {
            /// What we send instead; a null is never sent.
            "sent" sent: Option<Data>,
        }
    }
}
