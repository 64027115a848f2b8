//! Lists that come in pages.

use super::flow::{ListAfter, ListBehind, ListByPage, ListTasks};
use super::script::{Script, Step};
use super::*;
use Step::{Answer, Fails};
use futures_util::{Stream, StreamExt};
use std::task::Poll;

/// What comes of a list: the ids on each page, and the queries that were sent. Errors are `!`, and end it after two.
fn run<R: Paged<Item = Task>>(steps: &[Step], request: R) -> (String, Vec<String>) {
    let script = Script::new(steps);
    let client = script.client().retry(RetryPolicy::none()).build().unwrap();
    let mut pages = client.pages(request);
    let shown = script.time.run_one(async {
        let mut shown = Vec::new();
        for _ in 0..20 {
            match pages.next().await {
                None => break,
                Some(Err(_)) => shown.push("!".to_owned()),
                Some(Ok(page)) => {
                    let ids = R::items(page.body()).iter().map(|task| task.id.as_deref().unwrap_or("?"));
                    shown.push(ids.collect::<String>());
                }
            }
        }
        shown.join(" ")
    });
    let sent = script.sent.lock().unwrap().iter().map(|sent| sent.uri().query().unwrap_or("").to_owned()).collect();
    (shown, sent)
}

const AB: Step = Answer(200, r#"{"tasks":[{"id":"a"},{"id":"b"}]}"#);
const CD: Step = Answer(200, r#"{"tasks":[{"id":"c"},{"id":"d"}]}"#);
const E: Step = Answer(200, r#"{"tasks":[{"id":"e"}]}"#);
const NONE: Step = Answer(200, r#"{"tasks":[]}"#);
const AB_OF_3: Step = Answer(200, r#"{"tasks":[{"id":"a"},{"id":"b"}],"count":3}"#);
const E_OF_3: Step = Answer(200, r#"{"tasks":[{"id":"e"}],"count":"3"}"#);

/// Steps, where it begins; then what comes, and what was asked.
type Row = (&'static [Step], Option<i64>, &'static str, &'static [&'static str]);

#[test]
fn by_offset() {
    let table: &[Row] = &[
        // A short page is no end, an empty one is.
        (&[AB, E, CD, NONE], None, "ab e cd", &["", "offset=2", "offset=3", "offset=5"]),
        (&[NONE], None, "", &[""]),
        (&[Answer(200, "{}")], None, "", &[""]),
        (&[Answer(200, "")], Some(7), "", &["offset=7"]),
        (&[AB, NONE], Some(7), "ab", &["offset=7", "offset=9"]),
        // The total is one.
        (&[AB_OF_3, E_OF_3], None, "ab e", &["", "offset=2"]),
        (&[AB_OF_3], Some(1), "ab", &["offset=1"]),
        (&[E_OF_3], Some(2), "e", &["offset=2"]),
        (&[E_OF_3], Some(2000), "e", &["offset=2000"]),
        // A total that cannot be says nothing.
        (&[Answer(200, r#"{"tasks":[{"id":"a"}],"count":0}"#), NONE], None, "a", &["", "offset=1"]),
        // The service does not know offsets.
        (&[AB], None, "ab", &["", "offset=2"]),
        (&[AB, CD], None, "ab cd", &["", "offset=2", "offset=4"]),
        // After an error the same page is asked for.
        (
            &[AB, Answer(500, ""), Fails(TransportErrorKind::Other), E, NONE],
            None,
            "ab ! ! e",
            &["", "offset=2", "offset=2", "offset=2", "offset=3"],
        ),
        // What could not be read is counted, and told.
        (&[Answer(200, r#"{"tasks":[{"id":"a"},null,7]}"#), NONE], None, "a", &["", "offset=3"]),
        (&[AB, Answer(200, r#"{"tasks":7}"#)], None, "ab ", &["", "offset=2"]),
        (&[E], Some(i64::MAX), "e", &["offset=9223372036854775807"]),
    ];
    for (row, (steps, offset, shown, asked)) in table.iter().enumerate() {
        let (found, sent) = run(steps, ListTasks { offset: *offset, ..ListTasks::default() });
        assert_eq!(
            (&*found, &*sent),
            (*shown, &asked.iter().map(ToString::to_string).collect::<Vec<_>>()[..]),
            "row {row}"
        );
    }
    // The limit stays what it is.
    let (_, sent) = run(&[AB, NONE], ListTasks { limit: Some(2), ..ListTasks::default() });
    assert_eq!(sent, ["limit=2", "offset=2&limit=2"]);
}

#[test]
fn by_page() {
    let at = |page| ListByPage { page, ..ListByPage::default() };
    for (steps, page, shown, asked) in [
        (&[AB_OF_3, E_OF_3][..], None, "ab e", &["", "page=2"][..]),
        (&[AB_OF_3, E_OF_3], Some(1), "ab e", &["page=1", "page=2"]),
        // How many entries are before the second page is not known.
        (&[AB_OF_3, E_OF_3, NONE], Some(2), "ab e", &["page=2", "page=3", "page=4"]),
        // Entries without an id are told apart by the body.
        (&[AB, AB], None, "ab", &["", "page=2"]),
    ] {
        let (found, sent) = run(steps, at(page));
        assert_eq!((&*found, &*sent), (shown, &asked.iter().map(ToString::to_string).collect::<Vec<_>>()[..]));
    }
}

#[test]
fn by_marker() {
    const MORE: Step = Answer(200, r#"{"tasks":[{"id":"a"}],"page":{"more":true,"marker":"m 1"}}"#);
    const EMPTY: Step = Answer(200, r#"{"tasks":[],"page":{"more":true,"marker":"m2"}}"#);
    const SAME: Step = Answer(200, r#"{"tasks":[{"id":"b"}],"page":{"more":true,"marker":"m2"}}"#);
    const LAST: Step = Answer(200, r#"{"tasks":[{"id":"c"}],"page":{"more":false,"marker":"m3"}}"#);
    const UNMARKED: Step = Answer(200, r#"{"tasks":[{"id":"d"}],"page":{"more":true,"marker":""}}"#);
    const SILENT: Step = Answer(200, r#"{"tasks":[{"id":"e"}],"page":{"marker":"m4"}}"#);
    for (steps, shown, asked) in [
        (&[LAST][..], "c", &["behind="][..]),
        (&[UNMARKED], "d", &["behind="]),
        (&[E], "e", &["behind="]),
        (&[MORE, EMPTY, LAST], "a  c", &["behind=", "behind=m%201", "behind=m2"]),
        (&[MORE, EMPTY, SAME], "a  b", &["behind=", "behind=m%201", "behind=m2"]),
        (&[MORE, SILENT, NONE], "a e", &["behind=", "behind=m%201", "behind=m4"]),
        (&[MORE, MORE], "a", &["behind=", "behind=m%201"]),
    ] {
        let (found, sent) = run(steps, ListBehind::default());
        assert_eq!((&*found, &*sent), (shown, &asked.iter().map(ToString::to_string).collect::<Vec<_>>()[..]));
    }
    for (steps, shown, asked) in [
        (&[AB, CD, NONE][..], "ab cd", &["", "after=b", "after=d"][..]),
        (&[AB, Answer(200, r#"{"tasks":[{"id":"c"},{}]}"#)], "ab c?", &["", "after=b"]),
        (&[AB, AB], "ab", &["", "after=b"]),
    ] {
        let (found, sent) = run(steps, ListAfter::default());
        assert_eq!((&*found, &*sent), (shown, &asked.iter().map(ToString::to_string).collect::<Vec<_>>()[..]));
    }
}

#[test]
fn entries_come_one_by_one_and_tell_where_to_go_on() {
    let script = Script::new(&[AB_OF_3, Answer(500, ""), E_OF_3]);
    let client = script.client().build().unwrap();
    let mut items = client.pages(ListTasks::default()).items();
    let mut shown = Vec::new();
    script.time.run_one(async {
        for _ in 0..5 {
            let item = items.next().await;
            let id = item.map(|item| item.ok().and_then(|task| task.id));
            shown.push((id, items.position().map(|at| at.to_string())));
        }
    });
    let at = |id: Option<&str>, position: &str| (Some(id.map(str::to_owned)), Some(position.to_owned()));
    // The page at hand is asked for again, rather than an entry lost.
    let last = (Some(Some("e".to_owned())), None);
    assert_eq!(shown, [at(Some("a"), "0"), at(Some("b"), "2"), at(None, "2"), last, (None, None)]);

    let script = Script::new(&[AB, Answer(500, "")]);
    let client = script.client().build().unwrap();
    let mut pages = client.pages(ListBehind { behind: "x".to_owned(), ..ListBehind::default() });
    assert_eq!(pages.position(), Some(Position::Marker("x".to_owned())));
    assert!(script.time.run_one(pages.next()).is_some());
    assert_eq!(pages.position(), None);

    // They are streams too, and what could never be sent is an error once.
    let script = Script::new(&[AB, E, NONE]);
    let client = script.client().build().unwrap();
    let ids = client.pages(ListTasks::default()).items().map(|task| task.unwrap().id.unwrap()).collect::<String>();
    assert_eq!(script.time.run_one(ids), "abe");
    let client = Client::builder().transport(Arc::clone(&script)).build().unwrap();
    let mut pages = client.pages(ListTasks { offset: Some(3), ..ListTasks::default() });
    let all: Vec<_> = script.time.run_one(pages.by_ref().take(5).map(|page| page.is_err()).collect());
    assert_eq!((all, pages.position(), pages.request().offset), (vec![true], Some(Position::Offset(3)), Some(3)));
}

fn sendable<T: Send + Stream>(value: T) -> T {
    value
}

#[test]
fn a_page_that_is_not_awaited_to_the_end_is_not_lost() {
    let script = Script::new(&[Step::Slow(10), AB]);
    let client = script.client().build().unwrap();
    let mut items = client.pages(ListTasks { offset: Some(4), ..ListTasks::default() });
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    for first in [true, false] {
        let polled = std::pin::pin!(items.next()).as_mut().poll(&mut context);
        assert_eq!(polled.is_pending(), first, "{}", matches!(polled, Poll::Ready(None)));
        if first {
            script.time.pass();
        }
    }
    assert_eq!(script.seen(), 1);
    let mut items = Box::pin(sendable(sendable(items).items()));
    assert!(items.as_mut().poll_next(&mut context).is_ready());
}
