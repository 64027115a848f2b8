//! What states and ids are compared by.

use crate::open_enum::OpenEnum;
use std::borrow::Cow;

/// A field of an answer that has a text, whatever its type: as it is compared with the spec and with what callers give.
pub trait Word {
    /// The text, if there is one.
    fn word(&self) -> Option<Cow<'_, str>>;
}

/// The text of a field, if it has one.
pub fn word<V: Word + ?Sized>(value: &V) -> Option<Cow<'_, str>> {
    value.word()
}

impl Word for String {
    fn word(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl Word for i64 {
    fn word(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.to_string()))
    }
}

impl Word for bool {
    fn word(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(if *self { "true" } else { "false" }))
    }
}

impl<E: OpenEnum> Word for E {
    fn word(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.as_str()))
    }
}

impl<V: Word> Word for Option<V> {
    fn word(&self) -> Option<Cow<'_, str>> {
        self.as_ref().and_then(Word::word)
    }
}

#[cfg(test)]
mod tests {
    use super::word;
    use crate::open_enum::tests::{Color, Level};

    #[test]
    fn values_of_all_types_have_a_text() {
        let (text, color) = ("a".to_owned(), Some(Color::from("blue")));
        let found = [word(&text), word(&-7_i64), word(&Some(true)), word(&false), word(&color), word(&Level::One)];
        assert_eq!(found.map(Option::unwrap), ["a", "-7", "true", "false", "blue", "1"]);
        assert_eq!(word(&None::<String>), None);
    }
}
