//! `record!`: one declaration gives the struct, its decoder and its JSON Schema.

use crate::decode::Cx;
use crate::diagnostic::{Diagnostic, one_of};
use crate::read::Node;

/// Declares grammar structs with fixed keys: `"key" field: Type`, in a `required` and an `optional` block.
macro_rules! record {
    ($( $(#[$meta:meta])* $name:ident {
        required { $( $(#[$rmeta:meta])* $rkey:literal $rfield:ident : $rtype:ty, )* }
        optional { $( $(#[$ometa:meta])* $okey:literal $ofield:ident : $otype:ty, )* }
    } )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(crate) struct $name {
            $( $(#[$rmeta])* #[schemars(rename = $rkey)] pub(crate) $rfield: $rtype, )*
            $( $(#[$ometa])* #[schemars(rename = $okey, default)] pub(crate) $ofield: $otype, )*
            /// Where it stands.
            #[schemars(skip)]
            #[allow(dead_code, reason = "not every record is pointed at as a whole")]
            pub(crate) span: $crate::sources::Span,
        }

        impl $crate::decode::Decode for $name {
            fn decode(node: &$crate::read::Node, cx: &mut $crate::decode::Cx<'_>) -> Self {
                const REQUIRED: &[&str] = &[$($rkey),*];
                const KEYS: &[&str] = &[$($rkey,)* $($okey),*];
                let mut record = Self { span: node.span, ..Self::default() };
                for entry in cx.entries(node, &$crate::decode::record::expected(KEYS)) {
                    match &*entry.key {
                        $( $rkey => record.$rfield = $crate::decode::Decode::decode(&entry.value, cx), )*
                        $( $okey => record.$ofield = $crate::decode::Decode::decode(&entry.value, cx), )*
                        _ => $crate::decode::record::unknown_key(entry, KEYS, cx),
                    }
                }
                $( if node.get($rkey).is_none() { record.$rfield = $crate::decode::Decode::absent(record.span); } )*
                $crate::decode::record::missing_keys(node, REQUIRED, cx);
                record
            }
        }
    )* };
}
pub(crate) use record;

pub(crate) fn expected(keys: &[&str]) -> String {
    format!("a mapping with keys such as `{}`", keys.first().copied().unwrap_or_default())
}

pub(crate) fn unknown_key(entry: &crate::read::Entry, keys: &[&str], cx: &mut Cx<'_>) {
    if entry.key.is_empty() {
        cx.error("empty-name", entry.key_span, "a key is empty", one_of("", keys));
        return;
    }
    let message = format!("unknown key `{}`", entry.key);
    cx.diagnostics.push(Diagnostic::error("unknown-key", entry.key_span, message).help(one_of(&entry.key, keys)));
}

pub(crate) fn missing_keys(node: &Node, required: &[&str], cx: &mut Cx<'_>) {
    let missing: Vec<String> =
        required.iter().filter(|key| node.get(key).is_none()).map(|key| format!("`{key}`")).collect();
    if let (crate::read::Value::Map(_), false) = (&node.value, missing.is_empty()) {
        let message = format!("missing {} {}", if missing.len() == 1 { "key" } else { "keys" }, missing.join(", "));
        cx.diagnostics
            .push(Diagnostic::error("missing-key", node.span, message).label("in the mapping that begins here"));
    }
}
