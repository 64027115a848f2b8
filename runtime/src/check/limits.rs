//! Facts about single values.

use super::Checker;
use super::each::{Each, Items, Visit};
use crate::open_enum::{OpenEnum, is_known};
use crate::pattern::Pattern;
use crate::place::Place;
use crate::report::Rule;
use crate::source::Source;

impl Checker<'_> {
    /// Each text has `min` to `max` characters; `u64::MAX` is no upper limit.
    #[inline]
    pub fn length<V: Each<str> + ?Sized>(
        &mut self,
        name: &'static str,
        value: &V,
        min: u64,
        max: u64,
        source: &Source,
    ) {
        if !value.all(&|text| length_fits(text, min, max)) {
            self.bad_length(name, &|visit| value.visit(visit), min, max, source);
        }
    }

    /// A list or map has `min` to `max` elements; `u64::MAX` is no upper limit.
    #[inline]
    pub fn items<V: Items + ?Sized>(&mut self, name: &'static str, value: &V, min: u64, max: u64, source: &Source) {
        if let Some(count) = value.items()
            && !(min..=max).contains(&(count as u64))
        {
            self.bad_items(name, count, min, max, source);
        }
    }

    /// Each integer is in `min..=max`; `i64::MIN` and `i64::MAX` are no limits.
    #[inline]
    pub fn range<V: Each<i64> + ?Sized>(&mut self, name: &'static str, value: &V, min: i64, max: i64, source: &Source) {
        if !value.all(&|number| (min..=max).contains(number)) {
            self.bad_range(name, &|visit| value.visit(visit), min, max, source);
        }
    }

    /// Each number is in `min..=max`; infinities are no limits. NaN is never in it.
    #[inline]
    pub fn range_f64<V: Each<f64> + ?Sized>(
        &mut self,
        name: &'static str,
        value: &V,
        min: f64,
        max: f64,
        source: &Source,
    ) {
        if !value.all(&|number| (min..=max).contains(number)) {
            self.bad_range_f64(name, &|visit| value.visit(visit), min, max, source);
        }
    }

    /// The pattern is found in each text.
    #[inline]
    pub fn pattern<V: Each<str> + ?Sized>(
        &mut self,
        name: &'static str,
        value: &V,
        pattern: &Pattern,
        source: &Source,
    ) {
        if !value.all(&|text| pattern.is_match(text)) {
            self.bad_pattern(name, &|visit| value.visit(visit), pattern, source);
        }
    }

    /// Each value is one the pages list, and not one of the doubtful ones.
    #[inline]
    pub fn known<E: OpenEnum, V: Each<E> + ?Sized>(&mut self, name: &'static str, value: &V, source: &Source) {
        if !value.all(&is_known::<E>) {
            self.bad_value::<E>(name, &|visit| value.visit(visit), source);
        }
        if !E::DOUBTS.is_empty() && !value.all(&is_certain::<E>) {
            self.doubts::<E>(name, &|visit| value.visit(visit));
        }
    }

    /// A field that must be set, though it can be left out in Rust: some cloud demands it.
    #[inline]
    pub fn required(&mut self, name: &'static str, present: bool, source: &Source) {
        if !present {
            self.bad_absence(name, source);
        }
    }
}

/// Shows each value of a field.
type Show<'a, T> = &'a dyn Fn(&mut Visit<'_, T>);

/// What is wrong with a value, and its text.
type Wrong = (String, Option<String>);

/// The slow paths: something is wrong, and is written down. They are compiled once, whatever holds the values.
impl Checker<'_> {
    #[cold]
    fn bad_length(&mut self, name: &'static str, values: Show<'_, str>, min: u64, max: u64, source: &Source) {
        self.bad(name, values, Rule::Length, &counted(min, max, "character"), source, &|text: &str, secret| {
            let count = text.chars().count() as u64;
            let problem = match secret {
                _ if length_fits(text, min, max) => return None,
                _ if count == 0 => return Some(("is empty".to_owned(), None)),
                // Not even how long a secret is.
                true if count < min => "is too short".to_owned(),
                true => "is too long".to_owned(),
                false => format!("has {count} character{}", plural(count)),
            };
            Some((problem, Some(text.to_owned())))
        });
    }

    #[cold]
    fn bad_items(&mut self, name: &'static str, count: usize, min: u64, max: u64, source: &Source) {
        let place = Place::Name(self.place, name).to_string();
        let problem =
            if count == 0 { "is empty".to_owned() } else { format!("has {count} item{}", plural(count as u64)) };
        self.find(place, Rule::Items, source, problem, counted(min, max, "item"));
    }

    #[cold]
    fn bad_range(&mut self, name: &'static str, values: Show<'_, i64>, min: i64, max: i64, source: &Source) {
        self.bad(name, values, Rule::Range, &interval(min, max, i64::MIN, i64::MAX, ""), source, &|number: &i64, _| {
            (!(min..=max).contains(number)).then(|| ("is out of range".to_owned(), Some(number.to_string())))
        });
    }

    #[cold]
    fn bad_range_f64(&mut self, name: &'static str, values: Show<'_, f64>, min: f64, max: f64, source: &Source) {
        self.bad(
            name,
            values,
            Rule::Range,
            &interval(min, max, f64::NEG_INFINITY, f64::INFINITY, ""),
            source,
            &|number: &f64, _| {
                (!(min..=max).contains(number)).then(|| ("is out of range".to_owned(), Some(number.to_string())))
            },
        );
    }

    #[cold]
    fn bad_pattern(&mut self, name: &'static str, values: Show<'_, str>, pattern: &Pattern, source: &Source) {
        self.bad(name, values, Rule::Pattern, &format!("matches {}", pattern.text), source, &|text: &str, _| {
            (!pattern.is_match(text)).then(|| ("does not match the pattern".to_owned(), Some(text.to_owned())))
        });
    }

    #[cold]
    fn bad_value<E: OpenEnum>(&mut self, name: &'static str, values: Show<'_, E>, source: &Source) {
        self.bad(
            name,
            values,
            Rule::KnownValue,
            &format!("one of {}", E::KNOWN.join(", ")),
            source,
            &|value: &E, _| {
                (!is_known(value)).then(|| ("is no documented value".to_owned(), Some(value.as_str().to_owned())))
            },
        );
    }

    fn doubts<E: OpenEnum>(&mut self, name: &'static str, values: Show<'_, E>) {
        for (doubtful, source) in E::DOUBTS {
            self.bad(
                name,
                values,
                Rule::DoubtfulValue,
                "listed, but doubtful to be accepted here",
                source,
                &|value: &E, _| {
                    (value.as_str() == *doubtful)
                        .then(|| ("is a doubtful value".to_owned(), Some(value.as_str().to_owned())))
                },
            );
        }
    }

    #[cold]
    fn bad_absence(&mut self, name: &'static str, source: &Source) {
        let place = Place::Name(self.place, name).to_string();
        self.find(place, Rule::Required, source, "is missing".to_owned(), "required".to_owned());
    }

    /// Writes down each value that `wrong` says a problem of. `wrong` hears whether the value is secret, and may give
    /// its text in any case: secret texts are dropped here.
    fn bad<T: ?Sized>(
        &mut self,
        name: &'static str,
        values: Show<'_, T>,
        rule: Rule,
        limit: &str,
        source: &Source,
        wrong: &dyn Fn(&T, bool) -> Option<Wrong>,
    ) {
        let place = Place::Name(self.place, name);
        let mut found = Vec::new();
        values(&mut Visit::new(&place, &mut |place, value: &T, secret| {
            if let Some((problem, text)) = wrong(value, secret) {
                found.push((place.to_string(), problem, text.filter(|_| !secret)));
            }
        }));
        for (place, problem, text) in found {
            let finding = self.find(place, rule, source, problem, limit.to_owned());
            if let (Some(finding), Some(text)) = (finding, text) {
                finding.set_value(&text);
            }
        }
    }
}

fn is_certain<E: OpenEnum>(value: &E) -> bool {
    E::DOUBTS.iter().all(|(doubtful, _)| value.as_str() != *doubtful)
}

/// A text has at most as many characters as bytes and at least a quarter of them, so that most need no counting.
#[inline]
fn length_fits(text: &str, min: u64, max: u64) -> bool {
    let bytes = text.len() as u64;
    (bytes <= max && bytes.div_ceil(4) >= min) || count_fits(text, min, max)
}

fn count_fits(text: &str, min: u64, max: u64) -> bool {
    let bytes = text.len() as u64;
    bytes >= min && bytes.div_ceil(4) <= max && (min..=max).contains(&(text.chars().count() as u64))
}

fn counted(min: u64, max: u64, noun: &str) -> String {
    if min == max {
        return format!("exactly {min} {noun}{}", plural(min));
    }
    let last = if max == u64::MAX { min } else { max };
    let unit = format!(" {noun}{}", plural(last));
    interval(min, max, 0, u64::MAX, &unit)
}

/// Words for an interval whose ends may be open.
fn interval<T: Copy + PartialEq + std::fmt::Display>(min: T, max: T, lowest: T, highest: T, unit: &str) -> String {
    match (min == lowest, max == highest) {
        (_, false) if min == max => format!("exactly {min}{unit}"),
        (false, false) => format!("{min} to {max}{unit}"),
        (true, false) => format!("at most {max}{unit}"),
        (false, true) => format!("at least {min}{unit}"),
        (true, true) => format!("a number{unit}"),
    }
}

fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}
