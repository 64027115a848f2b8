//! Reaching the values a limit is about: the value itself, or each element of lists, maps and options.

use crate::open_enum::OpenEnum;
use crate::place::Place;
use crate::secret::Secret;
use std::collections::BTreeMap;

/// A value that holds any number of `T`.
pub trait Each<T: ?Sized> {
    /// Whether all of them pass. The fast path.
    fn all<F: Fn(&T) -> bool>(&self, test: &F) -> bool;

    /// Shows each of them with its place. The slow path.
    #[doc(hidden)]
    fn visit(&self, visit: &mut Visit<'_, T>);
}

/// Where [`Each`] shows values to, and the place it has come to.
#[doc(hidden)]
pub struct Visit<'a, T: ?Sized> {
    place: &'a Place<'a>,
    secret: bool,
    found: &'a mut dyn FnMut(&Place<'_>, &T, bool),
}

impl<'a, T: ?Sized> Visit<'a, T> {
    /// `found` hears of each value: its place, itself, and whether it is secret.
    pub(crate) fn new(place: &'a Place<'a>, found: &'a mut dyn FnMut(&Place<'_>, &T, bool)) -> Self {
        Self { place, secret: false, found }
    }

    fn show(&mut self, value: &T) {
        (self.found)(self.place, value, self.secret);
    }

    fn at(&mut self, place: &Place<'_>, value: &impl Each<T>) {
        value.visit(&mut Visit { place, secret: self.secret, found: self.found });
    }
}

macro_rules! itself {
    ($($holder:ty as $held:ty),+) => {$(
        impl Each<$held> for $holder {
            #[inline]
            fn all<F: Fn(&$held) -> bool>(&self, test: &F) -> bool {
                test(self)
            }

            fn visit(&self, visit: &mut Visit<'_, $held>) {
                visit.show(self);
            }
        }
    )+};
}
itself!(str as str, &str as str, String as str, i64 as i64, f64 as f64);

impl Each<str> for Secret {
    #[inline]
    fn all<F: Fn(&str) -> bool>(&self, test: &F) -> bool {
        test(self.expose())
    }

    fn visit(&self, visit: &mut Visit<'_, str>) {
        visit.secret = true;
        visit.show(self.expose());
    }
}

impl Each<str> for &Secret {
    #[inline]
    fn all<F: Fn(&str) -> bool>(&self, test: &F) -> bool {
        (**self).all(test)
    }

    fn visit(&self, visit: &mut Visit<'_, str>) {
        (**self).visit(visit);
    }
}

impl<E: OpenEnum> Each<E> for E {
    #[inline]
    fn all<F: Fn(&E) -> bool>(&self, test: &F) -> bool {
        test(self)
    }

    fn visit(&self, visit: &mut Visit<'_, E>) {
        visit.show(self);
    }
}

impl<T: ?Sized, V: Each<T>> Each<T> for Option<V> {
    #[inline]
    fn all<F: Fn(&T) -> bool>(&self, test: &F) -> bool {
        match self {
            Some(value) => value.all(test),
            None => true,
        }
    }

    fn visit(&self, visit: &mut Visit<'_, T>) {
        if let Some(value) = self {
            value.visit(visit);
        }
    }
}

impl<T: ?Sized, V: Each<T>> Each<T> for Vec<V> {
    #[inline]
    fn all<F: Fn(&T) -> bool>(&self, test: &F) -> bool {
        self.iter().all(|value| value.all(test))
    }

    fn visit(&self, visit: &mut Visit<'_, T>) {
        let place = visit.place;
        for (index, value) in self.iter().enumerate() {
            visit.at(&Place::Index(place, index), value);
        }
    }
}

impl<T: ?Sized, V: Each<T>> Each<T> for BTreeMap<String, V> {
    #[inline]
    fn all<F: Fn(&T) -> bool>(&self, test: &F) -> bool {
        self.values().all(|value| value.all(test))
    }

    fn visit(&self, visit: &mut Visit<'_, T>) {
        let place = visit.place;
        for (key, value) in self {
            visit.at(&Place::Key(place, key), value);
        }
    }
}

/// A list or map, or none, that can be counted.
pub trait Items {
    /// How many elements; `None` when it is not set.
    fn items(&self) -> Option<usize>;
}

impl<T> Items for Vec<T> {
    #[inline]
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T> Items for BTreeMap<String, T> {
    #[inline]
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T: Items> Items for Option<T> {
    #[inline]
    fn items(&self) -> Option<usize> {
        self.as_ref().and_then(Items::items)
    }
}
