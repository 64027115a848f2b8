//! Every documented example request leaves the client as the page shows it, after its errata.

use std::collections::BTreeSet;

use huaweicloud_migration::Operation;
use migration_tests::loopback::{Answer, Received};
use migration_tests::pages::{Expected, Page, pages};
use serde_json::Value;

use crate::documented::{Visitor, visit};
use crate::world::{PROJECT, TOKEN, World};

/// Sends what it is shown, and compares.
struct Sender {
    world: World,
    pages: Vec<Page>,
    seen: BTreeSet<(String, String)>,
}

impl Visitor for Sender {
    fn request<O: Operation + 'static>(&mut self, file: &'static str, name: &'static str, request: O) {
        let page =
            self.pages.iter().find(|page| page.file == file).unwrap_or_else(|| panic!("there is no spec/{file}"));
        let expected = page.expected(name, PROJECT);
        let result = self.world.send(&self.world.client(), &request);
        result.unwrap_or_else(|error| panic!("{file}, example {name}: {error}"));
        assert_same(&format!("{file}, example {name}"), &self.world.received(), &expected);
        assert!(self.seen.insert((file.to_owned(), name.to_owned())), "{file}, example {name} comes twice");
    }
}

#[test]
fn every_documented_request_is_sent_as_its_page_shows_it() {
    let world = World::answering(Answer::new(200, "{}"));
    let mut sender = Sender { world, pages: pages(), seen: BTreeSet::new() };
    visit(&mut sender);
    let documented =
        |page: &Page| -> Vec<_> { page.requests().map(|(name, _)| (page.file.clone(), name.to_owned())).collect() };
    let documented: BTreeSet<_> = sender.pages.iter().flat_map(documented).collect();
    assert_eq!(sender.seen, documented, "left: what was sent; right: what is documented");
    assert!(!documented.is_empty());
}

/// Headers that every HTTP client sends.
const USUAL: [&str; 4] = ["accept", "content-length", "host", "user-agent"];

fn assert_same(what: &str, received: &Received, expected: &Expected) {
    let (sent, wanted) = (by_name(&received.target), by_name(&expected.target));
    assert_eq!((&received.method, sent), (&expected.method, wanted), "{what}");
    let body = (!received.body.is_empty())
        .then(|| serde_json::from_slice::<Value>(&received.body).unwrap_or_else(|error| panic!("{what}: {error}")));
    assert_eq!(body, expected.body, "{what}");

    let mut headers = expected.headers.clone();
    headers.push(("x-auth-token".to_owned(), TOKEN.to_owned()));
    if expected.body.is_some() {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    headers.sort();
    let mut own: Vec<_> =
        received.headers.iter().filter(|(name, _)| !USUAL.contains(&name.as_str())).cloned().collect();
    own.sort();
    assert_eq!(own, headers, "{what}");
    assert!(received.header("user-agent")[0].starts_with("huaweicloud-migration-rust/"), "{what}");
    let length = received.body.len().to_string();
    let length = if received.body.is_empty() { Vec::new() } else { vec![length.as_str()] };
    assert_eq!(received.header("content-length"), length, "{what}");
}

/// Path and parameters; the order of the latter means nothing.
fn by_name(target: &str) -> (&str, Vec<&str>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut pairs: Vec<_> = query.split('&').collect();
    pairs.sort_unstable();
    (path, pairs)
}
