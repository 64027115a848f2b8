//! Random JSON, whole and damaged.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

/// Names that answers have, so that random objects meet them.
const NAMES: [&str; 12] = [
    "id",
    "name",
    "status",
    "error",
    "migration_tasks",
    "result",
    "task_id",
    "error_msg",
    "error_code",
    "details",
    "error_param",
    "encoded_authorization_message",
];

const VALUES: [&str; 6] = ["success", "failed", "SUCCESS", "FULLMIGRATING", "", "1"];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1000i32..1000).prop_map(|number| Value::from(f64::from(number))),
        any::<String>().prop_map(Value::from),
        select(&VALUES[..]).prop_map(Value::from),
    ]
}

/// Any JSON.
pub(crate) fn json() -> impl Strategy<Value = Value> {
    let name = || prop_oneof![4 => select(&NAMES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    scalar().prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 0..6).prop_map(Value::from),
            3 => btree_map(name(), inner, 0..8).prop_map(|fields| fields.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

/// An answer to a batch in which much is as it should be.
pub(crate) fn batch_json() -> impl Strategy<Value = Value> {
    let item = || {
        let fields = btree_map(select(&NAMES[5..9]).prop_map(str::to_owned), scalar(), 0..5);
        prop_oneof![6 => fields.prop_map(|fields| Value::Object(fields.into_iter().collect())), 1 => json()]
    };
    prop_oneof![
        1 => json(),
        5 => vec(item(), 0..80).prop_map(|items| serde_json::json!({ "migration_tasks": items })),
    ]
}

/// The JSON as it is sent, and as it is read back: digits of floats may change on the way.
pub(crate) fn written(json: &Value) -> (String, Value) {
    let text = json.to_string();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

/// JSON that breaks off, or in which one byte is another.
pub(crate) fn damaged() -> impl Strategy<Value = Vec<u8>> {
    (prop_oneof![json(), batch_json()], any::<Index>(), any::<Option<u8>>()).prop_map(|(json, index, byte)| {
        let mut bytes = json.to_string().into_bytes();
        let index = index.index(bytes.len());
        match byte {
            Some(byte) => bytes[index] = byte,
            None => bytes.truncate(index),
        }
        bytes
    })
}
