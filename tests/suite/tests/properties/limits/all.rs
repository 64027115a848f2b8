//! All limits of all operations: whatever the fields of a request hold, what is found in it is what the spec documents.
//!
//! What must be found is worked out from the spec by code of its own. The fields of a request are all set, and hold what
//! is just within a limit, just beyond it, or something else, each round another.

use std::collections::HashMap;
use std::fmt::{Debug, Display};

use huaweicloud_migration::runtime::check::Context;
use huaweicloud_migration::runtime::request::check_with;
use huaweicloud_migration::runtime::{__ as rt, OpenEnum};
use huaweicloud_migration::{Operation, Secret};

use super::chosen::{Chosen, Value, candidates, choose};
use super::expected::{Expecting, Told};
use super::facts::OPERATIONS;
use super::wanted::{CLOUDS, Tried, wanted};
use crate::filled::{Visitor, visit};

/// There are more rounds until all that is documented was tried.
const LEAST_ROUNDS: usize = 16;
const MOST_ROUNDS: usize = 500;

/// The requests of one round.
#[derive(Default)]
struct Round {
    /// What the requests hold, in their order. Empty in the first visit, which only asks for the order.
    chosen: Vec<Chosen>,
    files: Vec<&'static str>,
    /// The cloud that they go to, and what is found in each.
    cloud: Option<&'static str>,
    found: Vec<Vec<Told>>,
}

impl Round {
    fn value(&self, place: &str) -> Option<&Value> {
        self.chosen.get(self.files.len())?.values.get(place)
    }
}

impl Visitor for Round {
    fn text(&self, place: &'static str) -> String {
        match self.value(place) {
            None => String::new(),
            Some(Value::Text(text)) => text.clone(),
            Some(other) => panic!("{place} is a text, not {other:?}"),
        }
    }

    fn integer(&self, place: &'static str) -> i64 {
        match self.value(place) {
            None => 0,
            Some(Value::Integer(number)) => *number,
            Some(other) => panic!("{place} is an integer, not {other:?}"),
        }
    }

    fn number(&self, place: &'static str) -> f64 {
        match self.value(place) {
            None => 0.0,
            Some(Value::Number(number)) => *number,
            Some(other) => panic!("{place} is a number, not {other:?}"),
        }
    }

    fn boolean(&self, place: &'static str) -> bool {
        match self.value(place) {
            None => false,
            Some(Value::Boolean(value)) => *value,
            Some(other) => panic!("{place} is a boolean, not {other:?}"),
        }
    }

    fn value<E: OpenEnum>(&self, place: &'static str, _first: E) -> E {
        E::from_text(&self.text(place))
    }

    fn list<T: Clone>(&self, place: &'static str, element: T) -> Vec<T> {
        let count = self.chosen.get(self.files.len()).map_or(0, |chosen| chosen.counts[place]);
        vec![element; count]
    }

    fn request<O>(&mut self, file: &'static str, request: O)
    where
        O: Operation<Output: Debug> + Debug + 'static,
    {
        if let Some(chosen) = self.chosen.get(self.files.len()) {
            let text = |place: &str| match chosen.values.get(place) {
                Some(Value::Text(text)) => Some(text.as_str()),
                _ => None,
            };
            let token = text("header.X-Auth-Token").map(Secret::from);
            let context = Context { cloud: self.cloud, project_id: text("path.project_id"), token: token.as_ref() };
            self.found.push(check_with(&request, context).iter().map(Told::of).collect());
        }
        self.files.push(file);
    }

    fn open_enum<E>(&mut self, _service: &'static str, _name: &'static str)
    where
        E: OpenEnum + Clone + Debug + Display + PartialEq + rt::Serialize + for<'de> rt::Deserialize<'de>,
    {
    }
}

#[test]
fn whatever_the_fields_hold_what_is_documented_is_found() {
    let mut first = Round::default();
    visit(&mut first);
    let files = first.files;
    assert!(files.iter().copied().eq(OPERATIONS.keys()), "a request of each operation, by file");
    let candidates: HashMap<_, _> =
        OPERATIONS.values().map(|operation| (operation.file.as_str(), candidates(operation))).collect();

    let mut wanted: HashMap<&str, Tried> =
        OPERATIONS.iter().map(|(file, operation)| (file.as_str(), wanted(operation))).collect();
    for round in 0..MOST_ROUNDS {
        if round >= LEAST_ROUNDS && wanted.values().all(Tried::is_empty) {
            break;
        }
        let chosen = |file: &&str| choose(&OPERATIONS[*file], &candidates[*file], round);
        let (chosen, cloud) = (files.iter().map(chosen).collect(), CLOUDS[round % CLOUDS.len()]);
        let mut requests = Round { chosen, cloud, ..Round::default() };
        visit(&mut requests);
        for ((file, chosen), mut found) in files.iter().zip(&requests.chosen).zip(requests.found) {
            let wanted = wanted.get_mut(file).unwrap();
            let mut documented = Expecting { chosen, cloud, wanted, told: Vec::new() }.operation(&OPERATIONS[*file]);
            documented.sort();
            found.sort();
            assert_eq!(found, documented, "{file}, round {round}, {cloud:?}: left is found, right is documented");
        }
    }
    wanted.retain(|_, wanted| !wanted.is_empty());
    assert!(wanted.is_empty(), "no round has tried {wanted:#?}");
}
