//! The table of faults in `README.md` is true.

use super::faults::{ELSEWHERE, Fault, faults};
use super::*;

const README: &str = include_str!("../../../../README.md");

/// Name, attempts of idempotent operations and of others, and what the caller gets.
fn documented() -> Vec<[&'static str; 4]> {
    let rest = README.split_once("<!-- faults:begin -->").expect("a table of faults").1;
    let table = rest.split_once("<!-- faults:end -->").expect("its end").0;
    let cells = |line: &'static str| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        cells.try_into().unwrap_or_else(|cells| panic!("not four cells: {cells:?}"))
    };
    table.trim().lines().skip(2).map(cells).collect()
}

/// The row of a fault that is tried in a test of its own.
pub(super) fn row(name: &str) -> [&'static str; 4] {
    documented().into_iter().find(|row| row[0] == name).expect("a row of that name")
}

/// How often a call was tried, and how often the server read a request.
fn counts(server: &Server) -> String {
    match (server.connections(), server.requests().len()) {
        (tried, seen) if tried == seen => tried.to_string(),
        (tried, seen) => format!("{tried}, {seen} seen"),
    }
}

fn kind(result: &Result<Response<Task>, Error>) -> &'static str {
    match result {
        Ok(_) => "`Response`",
        Err(Error::Transport(_)) => "`Transport`",
        Err(Error::Api(_)) => "`Api`",
        Err(Error::Deadline(_)) => "`Deadline`",
        Err(error) => panic!("{error}"),
    }
}

/// What a program shows of a result.
fn shown(result: &Result<Response<Task>, Error>) -> String {
    match result {
        Ok(response) => response.losses().to_string(),
        Err(error) => error.to_string(),
    }
}

/// Panics if a fault does not end as its row says.
fn try_out(fault: &Fault, does: &Does, row: [&str; 4]) {
    let Fault { name, says, with, .. } = fault;
    for idempotent in [true, false] {
        let server = Server::new([does.clone()]);
        let mut others = Vec::new();
        let client = with(client_of(&server.url()), &mut others).build().unwrap();
        let result = run(&client, idempotent);
        let (shown, counted) = (shown(&result), counts(&server));
        assert!(shown.contains(says), "{name}, idempotent {idempotent}: {shown}");
        assert!(!shown.contains(char::is_control), "{name}: {shown:?}");
        let expected = if idempotent { row[1] } else { row[2] };
        assert_eq!(counted, expected, "{name}, idempotent {idempotent}: {result:?}");
        assert!(row[3].starts_with(kind(&result)), "{name}: {}, and not {}: {shown}", kind(&result), row[3]);
        if let Err(error) = &result {
            assert_eq!(error.attempts() as usize, server.connections(), "{name}: {error}");
            assert_eq!(error.operation(), Some("Probe"), "{name}: {error}");
        }

        // Just once, and never again: the operation succeeds wherever it is tried again.
        let again = server.connections() > 1;
        let server = Server::new([does.clone(), good()]);
        let client = with(client_of(&server.url()), &mut others).build().unwrap();
        let result = run(&client, idempotent);
        assert_eq!(server.connections(), 1 + usize::from(again), "{name}, idempotent {idempotent}: {result:?}");
        if again {
            assert_eq!(result.unwrap().body().id.as_deref(), Some("a"), "{name}");
        }
    }
}

#[test]
fn the_table_in_the_readme_is_true() {
    let (all, rows) = (faults(), documented());
    let names: Vec<_> = all.iter().map(|fault| fault.name).chain(ELSEWHERE).collect();
    let documented: Vec<_> = rows.iter().map(|row| row[0]).collect();
    let missing: Vec<_> = names.iter().filter(|name| !documented.contains(name)).collect();
    let untried: Vec<_> = documented.iter().filter(|name| !names.contains(name)).collect();
    assert!(missing.is_empty() && untried.is_empty(), "not in README.md: {missing:?}; not tried here: {untried:?}");
    assert_eq!(names.len(), documented.len(), "a name twice");
    let tries = all.iter().flat_map(|fault| fault.does.iter().map(move |does| (fault, does)));
    let (slow, quick): (Vec<_>, Vec<_>) = tries.partition(|(_, does)| does.is_slow());
    let row = |fault: &Fault| *rows.iter().find(|row| row[0] == fault.name).unwrap();
    std::thread::scope(|scope| {
        // At once, for they mostly wait.
        let slow: Vec<_> =
            slow.into_iter().map(|(fault, does)| scope.spawn(|| try_out(fault, does, row(fault)))).collect();
        let quick = quick.into_iter().map(|(fault, does)| scope.spawn(|| try_out(fault, does, row(fault))).join());
        let failed =
            quick.filter(Result::is_err).count() + slow.into_iter().filter_map(|try_| try_.join().err()).count();
        assert_eq!(failed, 0, "see above");
    });
}
