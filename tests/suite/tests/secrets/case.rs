//! Requests without their types, so that what is tried on them is compiled once.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::pin::Pin;

use huaweicloud_migration::runtime::client::Client;
use huaweicloud_migration::runtime::{Body, Request, request};
use huaweicloud_migration::{Error, Operation, Report, Response};

use crate::filled::{Visitor, visit};
use crate::sentinel::{all, debug, text};

pub(crate) trait Case {
    /// The spec file.
    fn file(&self) -> &'static str;

    fn check(&self) -> Report;

    /// All that shows the request without sending it.
    fn shown(&self) -> Vec<String>;

    /// Sends it; all that shows the answer.
    fn send<'a>(&'a self, client: &'a Client) -> Pin<Box<dyn Future<Output = Result<Vec<String>, Error>> + 'a>>;
}

struct Filled<R>(&'static str, R);

impl<R: Request<Output: Debug> + Debug> Case for Filled<R> {
    fn file(&self) -> &'static str {
        self.0
    }

    fn check(&self) -> Report {
        request::check(&self.1)
    }

    fn shown(&self) -> Vec<String> {
        debug(&self.1).to_vec()
    }

    fn send<'a>(&'a self, client: &'a Client) -> Pin<Box<dyn Future<Output = Result<Vec<String>, Error>> + 'a>> {
        let sending = client.send(&self.1);
        Box::pin(async move { Ok(of_response(&sending.await?)) })
    }
}

pub(crate) fn case<R: Request<Output: Debug> + Debug + 'static>(file: &'static str, request: R) -> Box<dyn Case> {
    Box::new(Filled(file, request))
}

fn of_response<T: Body + Debug>(response: &Response<T>) -> Vec<String> {
    let mut shown = debug(response).to_vec();
    shown.extend(all(response.losses()));
    shown.extend(response.losses().iter().flat_map(all));
    shown
}

/// How requests are filled.
pub(crate) enum Fill {
    Plain,
    /// Each text is longer than any page allows where it stands.
    TooLong(BTreeMap<String, usize>),
}

impl Fill {
    pub(crate) fn text(&self, place: &str) -> String {
        match self {
            Self::Plain => text(place),
            Self::TooLong(lengths) => {
                let (text, length) = (text(place), lengths.get(place).copied().unwrap_or_default());
                let more = (length + 1).saturating_sub(text.len());
                // The end stays the end, and the beginning the beginning.
                format!("{text}{}{text}", "-".repeat(more))
            }
        }
    }
}

/// What callers add.
pub(crate) const ADDED: [&str; 3] = ["added body", "added list", "added query"];

struct Cases(Fill, Vec<Box<dyn Case>>);

impl Visitor for Cases {
    fn text(&self, place: &'static str) -> String {
        self.0.text(place)
    }

    fn request<O>(&mut self, file: &'static str, request: O)
    where
        O: Operation<Output: Debug> + Debug + 'static,
    {
        self.1.push(case(file, with_added(request)));
    }
}

fn with_added<R: Request>(request: R) -> R {
    let list = huaweicloud_migration::Json::object([("inner", vec![text(ADDED[1])].into())]);
    let request = request::extra_body(request, "added", text(ADDED[0]));
    let request = request::extra_body(request, "added_too", list);
    request::extra_query(request, "added", text(ADDED[2]))
}

/// A request of each operation, all fields set, and of one that has secrets wherever one can be.
pub(crate) fn cases(fill: Fill) -> Vec<Box<dyn Case>> {
    let made_up = with_added(crate::made_up::request(&fill));
    let mut cases = Cases(fill, Vec::new());
    visit(&mut cases);
    cases.1.push(case(crate::made_up::FILE, made_up));
    cases.1
}

/// All that shows an error.
pub(crate) fn of_error(error: &Error) -> Vec<String> {
    let mut shown = all(error);
    let mut next = std::error::Error::source(error);
    while let Some(error) = next {
        shown.extend(debug(&error));
        shown.push(error.to_string());
        next = error.source();
    }
    if let Some(api) = error.as_api() {
        let texts = [api.code(), api.message(), api.request_id()].into_iter().flatten().map(str::to_owned);
        shown.extend(texts);
        shown.extend(api.parameters().iter().cloned());
        shown.extend(api.details().iter().flat_map(|detail| [detail.code.clone(), detail.message.clone()]).flatten());
        shown.extend(debug(&api.headers()));
        shown.extend(debug(&api.details()));
    }
    shown.push(error.code().unwrap_or_default().to_owned());
    shown
}
