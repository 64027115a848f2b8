//! Comparing a field with a literal of the spec, whatever the field's type.

use crate::open_enum::OpenEnum;

/// A value that can be compared with a literal of type `L`.
pub trait Is<L> {
    /// Whether it is that literal. An absent value is not.
    fn is(&self, literal: L) -> bool;
}

/// Whether `value` is `literal`; an absent value is not.
pub fn is<L, V: Is<L> + ?Sized>(value: &V, literal: L) -> bool {
    value.is(literal)
}

impl<L, V: Is<L>> Is<L> for Option<V> {
    fn is(&self, literal: L) -> bool {
        self.as_ref().is_some_and(|value| value.is(literal))
    }
}

impl Is<&str> for String {
    fn is(&self, literal: &str) -> bool {
        self == literal
    }
}

impl Is<&str> for &str {
    fn is(&self, literal: &str) -> bool {
        *self == literal
    }
}

impl<E: OpenEnum> Is<&str> for E {
    fn is(&self, literal: &str) -> bool {
        self.as_str() == literal
    }
}

impl Is<bool> for bool {
    fn is(&self, literal: bool) -> bool {
        *self == literal
    }
}

impl Is<i64> for i64 {
    fn is(&self, literal: i64) -> bool {
        *self == literal
    }
}

impl Is<f64> for f64 {
    // A literal of the spec is compared as it is written: no arithmetic happened to either side.
    #[allow(clippy::float_cmp)]
    fn is(&self, literal: f64) -> bool {
        *self == literal
    }
}

/// A field that may hold text.
pub trait Text {
    /// The text, if there is one.
    fn text(&self) -> Option<&str>;
}

/// The text of a field, if it has one.
pub fn text<V: Text + ?Sized>(value: &V) -> Option<&str> {
    value.text()
}

impl Text for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<E: OpenEnum> Text for E {
    fn text(&self) -> Option<&str> {
        Some(self.as_str())
    }
}

impl<V: Text> Text for Option<V> {
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(Text::text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_values_are_nothing() {
        assert!(is(&"a".to_owned(), "a") && !is(&"a".to_owned(), "b"));
        assert!(is(&Some("a".to_owned()), "a") && !is(&None::<String>, "a") && is(&Some("a"), "a"));
        assert!(is(&true, true) && is(&Some(false), false) && !is(&None::<bool>, false));
        assert!(is(&7, 7) && is(&Some(7), 7) && !is(&None::<i64>, 0));
        assert!(is(&0.5, 0.5) && !is(&Some(0.5), 0.25));
        assert_eq!(text(&Some("x".to_owned())), Some("x"));
        assert_eq!(text(&None::<String>), None);
    }
}
