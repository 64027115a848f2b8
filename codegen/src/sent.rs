//! What we send where a page's own example is wrong: the example with its errata applied.

use crate::decode::Literal;
use crate::grammar::{Erratum, ErratumKind, Example};
use crate::read::{Entry, Node, Value};

/// The example with each value that an erratum replaces replaced.
pub(crate) fn as_sent(example: &Example, errata: &[Erratum]) -> Example {
    let mut example = example.clone();
    for erratum in errata.iter().filter(|erratum| erratum.kind.value == ErratumKind::Example) {
        let Some(seen) = erratum.seen.as_ref().filter(|seen| seen.example.value == example.name.value) else {
            continue;
        };
        let Some(sent) = &seen.sent else { continue };
        let change = Change { seen: &seen.value.0, sent: &sent.0 };
        let path: Vec<&str> = erratum.at.value.split('.').collect();
        let section = match path.as_slice() {
            ["body", rest @ ..] => {
                if let Some(body) = &mut example.request {
                    change.apply(&mut body.0, rest);
                }
                continue;
            }
            ["path", ..] => &mut example.path,
            ["query", ..] => &mut example.query,
            ["header", ..] => &mut example.header,
            _ => continue,
        };
        section.0.retain_mut(|(name, data)| {
            path.get(1) != Some(&name.value.as_str()) || !change.apply(&mut data.0, &path[2..])
        });
    }
    example
}

struct Change<'a> {
    seen: &'a Node,
    sent: &'a Node,
}

impl Change<'_> {
    /// Replaces the value at the end of the path, or elements of it; true if it is to be left out.
    fn apply(&self, node: &mut Node, path: &[&str]) -> bool {
        if path.is_empty() && same(node, self.seen) {
            *node = self.sent.clone();
            return matches!(node.value, Value::Null);
        }
        match (&mut node.value, path.split_first()) {
            (Value::List(items), _) => items.retain_mut(|item| !self.apply(item, path)),
            (Value::Map(entries), None) => entries.retain_mut(|entry| !self.apply(&mut entry.value, path)),
            (Value::Map(entries), Some((name, rest))) => {
                let was_lacking = rest.is_empty()
                    && matches!(self.seen.value, Value::Null)
                    && entries.iter().all(|entry| *entry.key != **name);
                if was_lacking {
                    entries.push(Entry { key: (*name).into(), key_span: self.sent.span, value: self.sent.clone() });
                }
                entries.retain_mut(|entry| *entry.key != **name || !self.apply(&mut entry.value, rest));
            }
            _ => {}
        }
        false
    }
}

/// Whether two values are one in JSON.
pub(crate) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter().all(|entry| other.get(&entry.key).is_some_and(|found| same(&entry.value, found)))
        }
        _ => Literal::of(one).is_some() && Literal::of(one) == Literal::of(other),
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, same};
    use crate::diagnostic::Diagnostics;
    use crate::read::Node;
    use crate::sources::FileId;

    fn tree(text: &str) -> Node {
        crate::read::read(FileId(0), text.as_bytes(), &mut Diagnostics::default()).unwrap_or_default()
    }

    #[test]
    fn errata_say_what_is_sent() {
        // The example, the place, what it shows, what is sent, what becomes of it.
        let cases = [
            ("{a: 1, b: 2}", "a", "1", "'1'", "{a: '1', b: 2}"),
            ("{a: 1, b: 2}", "a", "1", "~", "{b: 2}"),
            ("{a: 1, b: 2}", "a", "2", "3", "{a: 1, b: 2}"),
            ("{b: 2}", "a", "~", "1", "{b: 2, a: 1}"),
            ("{a: {b: 1}}", "a.b", "1", "2", "{a: {b: 2}}"),
            ("{a: [x, y]}", "a", "y", "z", "{a: [x, z]}"),
            ("{a: [x, y]}", "a", "[x, y]", "[z]", "{a: [z]}"),
            ("{a: [{b: 1}, {b: 2}]}", "a.b", "2", "~", "{a: [{b: 1}, {}]}"),
            ("{a: {k: x, l: y}}", "a", "x", "z", "{a: {k: z, l: y}}"),
        ];
        for (example, at, seen, sent, expected) in cases {
            let (mut node, wrapped) = (tree(example), (tree(&format!("k: {seen}")), tree(&format!("k: {sent}"))));
            let change = Change { seen: wrapped.0.get("k").unwrap(), sent: wrapped.1.get("k").unwrap() };
            change.apply(&mut node, &at.split('.').collect::<Vec<_>>());
            assert!(same(&node, &tree(expected)), "{example} at {at}: {node:?}");
        }
    }
}
