//! Going down into nested values.

use super::Checker;
use crate::place::Place;
use std::collections::BTreeMap;

/// A nested value with documented constraints of its own.
pub trait Check {
    /// Tells the checker what is documented about this value.
    fn check(&self, c: &mut Checker<'_>);
}

impl<T: Check> Check for Option<T> {
    fn check(&self, c: &mut Checker<'_>) {
        if let Some(value) = self {
            value.check(c);
        }
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&self, c: &mut Checker<'_>) {
        for (index, value) in self.iter().enumerate() {
            value.check(&mut c.at(&Place::Index(c.place, index)));
        }
    }
}

impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self, c: &mut Checker<'_>) {
        for (key, value) in self {
            value.check(&mut c.at(&Place::Key(c.place, key)));
        }
    }
}

impl<T: Check> Check for Box<T> {
    fn check(&self, c: &mut Checker<'_>) {
        T::check(self, c);
    }
}

impl Checker<'_> {
    /// Checks a nested value: an object, or a list, map or option of them.
    #[inline]
    pub fn object<V: Check + ?Sized>(&mut self, name: &'static str, value: &V) {
        let place = Place::Name(self.place, name);
        value.check(&mut self.at(&place));
    }

    #[inline]
    fn at<'b>(&'b mut self, place: &'b Place<'b>) -> Checker<'b> {
        Checker { place, context: self.context, findings: self.findings }
    }
}
