//! The pages of a list, one after the other.

use super::super::wait::Coming;
use super::super::{Client, Error, Response};
use super::paged::is_final;
use super::{Items, Paged, Position, Turn};
use futures_util::Stream;
use std::future::poll_fn;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The pages of a list, from the one that the request asks for: its own offset or marker, and its limit, are respected.
/// One page is held at a time. The first is given even if it is empty.
///
/// It ends with the total that the answer tells, when the answer says that there is no more or has no next marker, else
/// with an empty page. A page that has fewer entries than asked for is no end: services cap pages. A page that repeats
/// the one before is left out and ends the list, since the service does not go on.
///
/// After an error, the next poll asks for the same page again, so a loop over a stream should stop at errors or bound
/// them; [`position`](Self::position) tells where to go on in another process. Only what could never be sent
/// (`Invalid`, `Encoding`, `Config`) ends it.
///
/// ```
/// # use huaweicloud_migration_runtime::client::{Client, Error, Paged};
/// # async fn show<ListTasks: Paged<Item: std::fmt::Debug>>(client: Client, request: ListTasks) -> Result<(), Error> {
/// // Such as `client.oms().list_tasks_pages(ListTasks::new().limit(100))`.
/// let mut tasks = client.pages(request).items();
/// while let Some(task) = tasks.try_next().await? {
///     println!("{task:?}");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is asked before the first page is awaited"]
pub struct Pages<'a, R: Paged> {
    client: &'a Client,
    /// Asks for the page to come.
    request: R,
    coming: Option<Coming<'a, R::Output>>,
    last: Option<Print>,
    /// Entries so far, if the list was begun at its beginning.
    seen: Option<usize>,
    is_begun: bool,
    /// Whether nothing is left to ask for.
    is_over: bool,
    /// Whether asking is of no use.
    is_stuck: bool,
}

/// Nothing in it is pinned.
impl<R: Paged> Unpin for Pages<'_, R> {}

/// What tells pages apart.
#[derive(PartialEq)]
enum Print {
    /// Its first and last entry, and their number.
    Ids(String, String, usize),
    /// A hash of the body.
    Body(u64),
}

impl<'a, R: Paged> Pages<'a, R> {
    pub(in super::super) fn new(client: &'a Client, request: R) -> Self {
        let seen = request.is_first().then_some(0);
        Self { client, request, coming: None, last: None, seen, is_begun: false, is_over: false, is_stuck: false }
    }

    /// The next page; `None` after the last. May be dropped at any time: the next call goes on where it was.
    pub async fn next(&mut self) -> Option<Result<Response<R::Output>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The next page; `None` after the last. Like [`next`](Self::next), for `?`.
    pub async fn try_next(&mut self) -> Result<Option<Response<R::Output>>, Error> {
        self.next().await.transpose()
    }

    /// The entries of all pages.
    pub fn items(self) -> Items<'a, R> {
        Items::new(self)
    }

    /// Where the page to come begins; `None` if there is none.
    pub fn position(&self) -> Option<Position> {
        (!self.is_over).then(|| self.request.position())
    }

    /// The request of the page to come; after the end, of one that is not asked for.
    pub fn request(&self) -> &R {
        &self.request
    }

    pub(super) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<R::Output>, Error>>> {
        if self.is_over || self.is_stuck {
            return Poll::Ready(None);
        }
        let coming = self.coming.get_or_insert_with(|| {
            let (client, request) = (self.client, self.request.clone());
            Box::pin(async move { client.send(&request).await })
        });
        let result = ready!(coming.as_mut().poll(context));
        self.coming = None;
        Poll::Ready(match result {
            Ok(page) => self.take(page).map(Ok),
            Err(error) => {
                self.is_stuck = is_final(&error);
                Some(Err(error))
            }
        })
    }

    /// Takes a page and makes the request of the next; `None` if there is nothing more in this one.
    fn take(&mut self, page: Response<R::Output>) -> Option<Response<R::Output>> {
        let items = R::items(page.body());
        let count = items.len() + lost(&page, R::PLACE);
        let print = (count > 0).then(|| Print::of::<R>(items, page.raw()));
        if print.is_some() && print == self.last {
            tracing::warn!(operation = R::INFO.name, "a page repeats the one before; taken for the end of the list");
            self.is_over = true;
            return None;
        }
        self.seen = self.seen.map(|seen| seen.saturating_add(count));
        let is_first = !std::mem::replace(&mut self.is_begun, true);
        self.is_over = !self.request.advance(page.body(), Turn::new(count, self.seen));
        self.last = print;
        // What could not be read is told, and so is a first page without entries.
        (count > 0 || is_first || !page.losses().is_empty() || !self.is_over).then_some(page)
    }
}

impl Print {
    fn of<R: Paged>(items: &[R::Item], raw: &[u8]) -> Self {
        let id = |item: Option<&R::Item>| item.and_then(R::id).map(std::borrow::Cow::into_owned);
        match (id(items.first()), id(items.last())) {
            (Some(first), Some(last)) => Self::Ids(first, last, items.len()),
            _ => {
                let mut hasher = DefaultHasher::new();
                raw.hash(&mut hasher);
                Self::Body(hasher.finish())
            }
        }
    }
}

/// Entries of the list that could not be read at all: the service has counted them.
fn lost<T>(page: &Response<T>, place: &str) -> usize {
    let is_entry = |other: &str| {
        let index = other.strip_prefix(place).and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
        index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()))
    };
    page.losses().iter().filter(|loss| is_entry(loss.place())).count()
}

impl<R: Paged> Stream for Pages<'_, R> {
    type Item = Result<Response<R::Output>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}
