//! The entries of a list, one after the other.

use super::super::Error;
use super::{Paged, Pages, Position};
use futures_util::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The entries of all pages of a list; see [`Pages`]. Entries that could not be read are left out; pages tell of them.
#[must_use = "nothing is asked before the first entry is awaited"]
pub struct Items<'a, R: Paged> {
    pages: Pages<'a, R>,
    entries: std::vec::IntoIter<R::Item>,
    /// Where the page at hand begins.
    at: Option<Position>,
}

/// Nothing in it is pinned.
impl<R: Paged> Unpin for Items<'_, R> {}

impl<'a, R: Paged> Items<'a, R> {
    pub(super) fn new(pages: Pages<'a, R>) -> Self {
        Self { pages, entries: Vec::new().into_iter(), at: None }
    }

    /// The next entry; `None` after the last. May be dropped at any time: the next call goes on where it was.
    pub async fn next(&mut self) -> Option<Result<R::Item, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The next entry; `None` after the last. Like [`next`](Self::next), for `?`.
    pub async fn try_next(&mut self) -> Result<Option<R::Item>, Error> {
        self.next().await.transpose()
    }

    /// Where to go on without losing an entry: where the page at hand begins, or, when all of it was given, the page to
    /// come. `None` after the last entry.
    pub fn position(&self) -> Option<Position> {
        if self.entries.len() > 0 { self.at.clone() } else { self.pages.position() }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Item, Error>>> {
        loop {
            if let Some(item) = self.entries.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let at = self.pages.position();
            match ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => (self.entries, self.at) = (R::into_items(page.into_body()).into_iter(), at),
            }
        }
    }
}

impl<R: Paged> Stream for Items<'_, R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}
