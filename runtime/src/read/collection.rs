//! Lists and maps of answers: a bad element costs itself.

use super::answer::Key;
use super::{Into, Kind, LossReason, Read, Reader};
use serde_core::Deserializer;
use serde_core::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

impl<T: Read> Read for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        reader: &Reader<'_>,
        into: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(CollectionVisitor { reader, into })
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        reader: &Reader<'_>,
        into: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(CollectionVisitor { reader, into })
    }
}

/// What lists and maps differ in: which JSON they take.
trait Collection: Default {
    const EXPECTED: &'static str;

    fn list<'de, A: SeqAccess<'de>>(
        into: &mut Option<Self>,
        reader: &Reader<'_>,
        mut items: A,
    ) -> Result<(), A::Error> {
        let _ = into;
        reader.lose(Self::EXPECTED, Kind::List, LossReason::Kind);
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn map<'de, A: MapAccess<'de>>(
        into: &mut Option<Self>,
        reader: &Reader<'_>,
        mut entries: A,
    ) -> Result<(), A::Error> {
        let _ = into;
        reader.lose(Self::EXPECTED, Kind::Object, LossReason::Kind);
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

/// Notes an element that is `null`: there is no element to show for it.
fn note_null(reader: &Reader<'_>, losses_before: usize) {
    if reader.count() == losses_before {
        reader.lose("an element", Kind::Null, LossReason::Kind);
    }
}

impl<T: Read> Collection for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn list<'de, A: SeqAccess<'de>>(
        into: &mut Option<Self>,
        reader: &Reader<'_>,
        mut items: A,
    ) -> Result<(), A::Error> {
        let list = into.insert(Self::new());
        for index in 0.. {
            let (mut item, before, reader) = (None, reader.count(), reader.index(index));
            let more = items.next_element_seed(Into { reader, into: &mut item });
            // An element that broke off halfway counts for what it has.
            let read = item.is_some();
            list.extend(item);
            match more? {
                Some(()) if read => {}
                Some(()) => note_null(&reader, before),
                None => break,
            }
        }
        Ok(())
    }
}

impl<T: Read> Collection for BTreeMap<String, T> {
    const EXPECTED: &'static str = "an object";

    fn map<'de, A: MapAccess<'de>>(
        into: &mut Option<Self>,
        reader: &Reader<'_>,
        mut entries: A,
    ) -> Result<(), A::Error> {
        let map = into.insert(Self::new());
        while let Some(key) = entries.next_key_seed(Key)? {
            let (mut value, before, reader) = (None, reader.count(), reader.key(&key));
            let result = entries.next_value_seed(Into { reader, into: &mut value });
            match value {
                Some(value) => drop(map.insert(key.into_owned(), value)),
                None if result.is_ok() => note_null(&reader, before),
                None => {}
            }
            result?;
        }
        Ok(())
    }
}

struct CollectionVisitor<'a, C> {
    reader: &'a Reader<'a>,
    into: &'a mut Option<C>,
}

impl<C: Collection> CollectionVisitor<'_, C> {
    fn lose(self, found: Kind) {
        self.reader.lose(C::EXPECTED, found, LossReason::Kind);
    }
}

impl<'de, C: Collection> Visitor<'de> for CollectionVisitor<'_, C> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(C::EXPECTED)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        C::list(self.into, self.reader, items)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        C::map(self.into, self.reader, entries)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        *self.into = None;
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        *self.into = None;
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.lose(Kind::Boolean);
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.lose(Kind::Number);
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.lose(Kind::Number);
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.lose(Kind::Number);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        if self.reader.is_nothing(text) {
            *self.into = None;
        } else {
            self.lose(Kind::Text);
        }
        Ok(())
    }
}
