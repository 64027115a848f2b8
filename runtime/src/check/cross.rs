//! Facts about several fields at once.

use super::Checker;
use crate::place::Place;
use crate::report::Rule;
use crate::source::Source;
use std::cmp::Ordering;

/// Fields by name, and whether each is set.
type Fields<'a> = &'a [(&'static str, bool)];

impl Checker<'_> {
    /// One of the fields is set, or several.
    #[inline]
    pub fn at_least_one_of(&mut self, id: &'static str, fields: Fields<'_>, source: &Source) {
        if count(fields) == 0 {
            self.bad_group(id, Rule::AtLeastOneOf, fields, source);
        }
    }

    /// One of the fields is set, no more and no less.
    #[inline]
    pub fn exactly_one_of(&mut self, id: &'static str, fields: Fields<'_>, source: &Source) {
        if count(fields) != 1 {
            self.bad_group(id, Rule::ExactlyOneOf, fields, source);
        }
    }

    /// One of the fields is set, or none.
    #[inline]
    pub fn at_most_one_of(&mut self, id: &'static str, fields: Fields<'_>, source: &Source) {
        if count(fields) > 1 {
            self.bad_group(id, Rule::AtMostOneOf, fields, source);
        }
    }

    /// The fields are all set, or none of them.
    #[inline]
    pub fn all_or_none(&mut self, id: &'static str, fields: Fields<'_>, source: &Source) {
        let set = count(fields);
        if set != 0 && set != fields.len() {
            self.bad_group(id, Rule::AllOrNone, fields, source);
        }
    }

    /// Where the condition `when` holds, every field is set.
    #[inline]
    pub fn required_if(
        &mut self,
        id: &'static str,
        holds: bool,
        when: &'static str,
        fields: Fields<'_>,
        source: &Source,
    ) {
        if holds && count(fields) != fields.len() {
            self.bad_fields(id, Rule::RequiredIf, when, fields, source);
        }
    }

    /// Where the condition `when` holds, no field is set.
    #[inline]
    pub fn forbidden_if(
        &mut self,
        id: &'static str,
        holds: bool,
        when: &'static str,
        fields: Fields<'_>,
        source: &Source,
    ) {
        if holds && count(fields) != 0 {
            self.bad_fields(id, Rule::ForbiddenIf, when, fields, source);
        }
    }

    /// Unless the condition `when` holds, no field is set: it would have no effect.
    #[inline]
    pub fn applies_if(
        &mut self,
        id: &'static str,
        holds: bool,
        when: &'static str,
        fields: Fields<'_>,
        source: &Source,
    ) {
        if !holds && count(fields) != 0 {
            self.bad_fields(id, Rule::AppliesIf, when, fields, source);
        }
    }

    /// The first field is not greater than the second, if both are set. Texts compare as text.
    #[inline]
    pub fn ordered<A: Order<B>, B>(
        &mut self,
        id: &'static str,
        first: (&'static str, &A),
        second: (&'static str, &B),
        source: &Source,
    ) {
        if first.1.order(second.1) == Some(Ordering::Greater) {
            self.bad_order(id, first.0, second.0, source);
        }
    }

    #[cold]
    fn bad_group(&mut self, id: &'static str, rule: Rule, fields: Fields<'_>, source: &Source) {
        let parent = common_parent(fields);
        let names = |wanted: bool| {
            let chosen: Vec<_> =
                fields.iter().filter(|field| field.1 == wanted).map(|field| below(parent, field.0)).collect();
            chosen.join(", ")
        };
        let all: Vec<_> = fields.iter().map(|field| below(parent, field.0)).collect();
        let all = all.join(", ");
        let problem = match rule {
            Rule::AllOrNone => format!("has {} but lacks {}", names(true), names(false)),
            _ if count(fields) == 0 => format!("has none of {all}"),
            _ => format!("has {} together", names(true)),
        };
        let limit = match rule {
            Rule::AtLeastOneOf => format!("at least one of {all}"),
            Rule::ExactlyOneOf => format!("exactly one of {all}"),
            Rule::AtMostOneOf => format!("at most one of {all}"),
            _ => format!("all of {all}, or none"),
        };
        let place =
            if parent.is_empty() { self.place.to_string() } else { Place::Name(self.place, parent).to_string() };
        set_id(self.find(place, rule, source, problem, limit), id);
    }

    /// Writes down each field that is set, or, of a rule that demands fields, each that is not.
    #[cold]
    fn bad_fields(&mut self, id: &'static str, rule: Rule, when: &str, fields: Fields<'_>, source: &Source) {
        let (set, problem, limit) = match rule {
            Rule::RequiredIf => (false, format!("is missing although {when}"), format!("required if {when}")),
            Rule::ForbiddenIf => (true, format!("is set although {when}"), format!("not allowed if {when}")),
            _ => (true, "is set but has no effect here".to_owned(), format!("applies only if {when}")),
        };
        for (name, _) in fields.iter().filter(|field| field.1 == set) {
            let place = Place::Name(self.place, name).to_string();
            set_id(self.find(place, rule, source, problem.clone(), limit.clone()), id);
        }
    }

    #[cold]
    fn bad_order(&mut self, id: &'static str, first: &'static str, second: &'static str, source: &Source) {
        let place = Place::Name(self.place, first).to_string();
        let other = Place::Name(self.place, second);
        let (problem, limit) = (format!("is greater than {other}"), format!("not greater than {other}"));
        set_id(self.find(place, Rule::Ordered, source, problem, limit), id);
    }
}

fn set_id(finding: Option<&mut crate::report::Finding>, id: &'static str) {
    if let Some(finding) = finding {
        finding.set_id(id);
    }
}

#[inline]
fn count(fields: Fields<'_>) -> usize {
    fields.iter().filter(|field| field.1).count()
}

/// The object that holds all the fields: `body.target` of `body.target.id` and `body.target.addrs`.
fn common_parent(fields: Fields<'_>) -> &'static str {
    let parent = |name: &'static str| name.rsplit_once('.').map_or("", |(parent, _)| parent);
    let Some((first, rest)) = fields.split_first() else {
        return "";
    };
    let mut common = parent(first.0);
    while !common.is_empty()
        && !rest.iter().all(|field| field.0.strip_prefix(common).is_some_and(|rest| rest.starts_with('.')))
    {
        common = parent(common);
    }
    common
}

fn below(parent: &str, name: &'static str) -> &'static str {
    if parent.is_empty() { name } else { name.get(parent.len() + 1..).unwrap_or(name) }
}

/// Values that can be in order. `None` where one of them is not set.
pub trait Order<Other> {
    /// How they compare.
    fn order(&self, other: &Other) -> Option<Ordering>;
}

macro_rules! order {
    ($($type:ty),+) => {$(
        impl Order<$type> for $type {
            #[inline]
            fn order(&self, other: &$type) -> Option<Ordering> {
                self.partial_cmp(other)
            }
        }

        impl Order<Option<$type>> for $type {
            #[inline]
            fn order(&self, other: &Option<$type>) -> Option<Ordering> {
                other.as_ref().and_then(|other| self.partial_cmp(other))
            }
        }
    )+};
}
order!(i64, f64, String);

impl<Other, V: Order<Other>> Order<Other> for Option<V> {
    #[inline]
    fn order(&self, other: &Other) -> Option<Ordering> {
        self.as_ref().and_then(|value| value.order(other))
    }
}
