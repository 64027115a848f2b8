//! All operations, all that can come back, over a transport that repeats all it knows.

use std::sync::Arc;

use huaweicloud_migration::runtime::client::Client;
use huaweicloud_migration::{Checks, Error, Level};
use tokio::runtime::{Builder, Runtime};

use crate::case::{ADDED, Case, Fill, cases, of_error};
use crate::echo::{Echo, Way, Who};
use crate::facts::{Facts, all, lengths};
use crate::log;
use crate::made_up::FILE;
use crate::sentinel::Needles;

/// What must not be seen of a call.
pub(crate) fn needles(facts: &Facts, who: Who) -> Needles {
    Needles::of(facts.secret.iter().map(String::as_str)).and(ADDED).and(who.secrets().iter().copied())
}

/// The result, all that shows it, and what was logged meanwhile.
pub(crate) async fn outcome(client: &Client, case: &dyn Case) -> (Result<(), Error>, Vec<String>) {
    log::listen();
    log::take();
    let (result, mut shown) = match case.send(client).await {
        Ok(shown) => (Ok(()), shown),
        Err(error) => {
            let shown = of_error(&error);
            (Err(error), shown)
        }
    };
    shown.extend(log::take());
    (result, shown)
}

/// On this thread, which is listened to.
pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().unwrap();
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// What is tried on the operation numbered `number`. Everything, where it has secrets of its own or wherever one can be;
/// one way in turn for the others, whose types hide nothing, so that each way still meets many operations.
pub(crate) fn tried(ways: Vec<Way>, facts: &Facts, file: &str, who: Who, number: usize) -> Vec<Way> {
    let is_whole = file == FILE || who == Who::Token && !facts.secret.is_empty();
    // All callers begin with another one.
    let first = number + Who::ALL.iter().position(|other| *other == who).unwrap_or_default();
    if is_whole { ways } else { vec![ways[first % ways.len()].clone()] }
}

fn send(echo: &Arc<Echo>, way: &Way, case: &dyn Case, hidden: &Needles) -> Result<(), Error> {
    echo.answer(way);
    let client = echo.builder().checks(Checks::Off).build().unwrap();
    let (result, shown) = wait(outcome(&client, case));
    assert!(shown.iter().any(|line| line.contains("span huaweicloud_migration_runtime")), "nothing was traced");
    hidden.assert_hidden(&shown);
    result
}

#[test]
fn the_list_has_every_operation_and_every_secret() {
    let (facts, cases, echo) = (all(), cases(Fill::Plain), Echo::new(Who::Token));
    let mut files: Vec<_> = cases.iter().map(|case| case.file()).collect();
    files.sort_unstable();
    assert_eq!(files, facts.keys().collect::<Vec<_>>());
    for case in &cases {
        let (facts, what) = (&facts[case.file()], case.file());
        send(&echo, &Way::Success(String::new()), &**case, &needles(facts, Who::Token)).unwrap();
        // All of them are sent, and so can be repeated; and are known to the service in clear too.
        let known = echo.known.lock().unwrap().join("\n");
        needles(facts, Who::Token).assert_in(&known, what);
    }
}

#[test]
fn requests() {
    let facts = all();
    for case in cases(Fill::Plain) {
        needles(&facts[case.file()], Who::Token).assert_hidden(&case.shown());
    }
}

#[test]
fn violations() {
    let (facts, lengths) = (all(), lengths());
    let echo = Echo::new(Who::Token);
    for case in cases(Fill::TooLong(lengths)) {
        let (facts, what) = (&facts[case.file()], case.file());
        let hidden = needles(facts, Who::Token);
        hidden.assert_hidden(&case.shown());
        let report = case.check();
        // Each secret that is too long was found to be, in one of the lists and maps it may be in.
        for place in &facts.limited {
            let steps: Vec<_> = place.split('.').collect();
            let is_found = report.iter().any(|finding| {
                let found = finding.place().split('.').map(|step| step.split('[').next().unwrap_or_default());
                found.eq(steps.iter().copied())
            });
            assert!(is_found, "{what}: {place} is not found in {report}");
        }
        hidden.assert_hidden(&crate::sentinel::all(&report));
        for finding in &report {
            hidden.assert_hidden(&crate::sentinel::all(finding));
        }
        for checks in [Checks::Enforce, Checks::Warn] {
            let client = echo.builder().checks(checks).build().unwrap();
            let (result, shown) = wait(outcome(&client, &*case));
            hidden.assert_hidden(&shown);
            let is_refused = checks == Checks::Enforce && report.iter().any(|finding| finding.level() == Level::Error);
            assert_eq!(matches!(result, Err(Error::Invalid(_))), is_refused, "{what}: {report}");
        }
    }
}

#[test]
fn answers() {
    let facts = all();
    let (mut losses, echo) = (0, Echo::new(Who::Token));
    for case in cases(Fill::Plain) {
        let facts = &facts[case.file()];
        let hidden = needles(facts, Who::Token);
        for answer in &facts.answers {
            echo.answer(&Way::Success(answer.clone()));
            let client = echo.builder().checks(Checks::Off).build().unwrap();
            let (result, shown) = wait(outcome(&client, &*case));
            result.unwrap();
            hidden.assert_hidden(&shown);
            losses += shown.iter().filter(|shown| shown.contains(": expected ")).count();
        }
    }
    assert!(losses > 5_000, "only {losses} values were lost");
}

#[test]
fn refusals() {
    let facts = all();
    for who in Who::ALL {
        let echo = Echo::new(who);
        for (number, case) in cases(Fill::Plain).iter().enumerate() {
            let facts = &facts[case.file()];
            let hidden = needles(facts, who);
            for way in tried(Way::refusals(), facts, case.file(), who, number) {
                let error = send(&echo, &way, &**case, &hidden).unwrap_err();
                let api = error.as_api().unwrap();
                // Something is left to be shown.
                let is_told = !matches!(way, Way::Html(_) | Way::BreaksOff(_));
                assert_eq!(api.message().is_some_and(|message| message.contains("***")), is_told, "{way:?}: {error}");
            }
        }
    }
}

#[test]
fn failures_on_the_way() {
    let facts = all();
    for who in Who::ALL {
        let echo = Echo::new(who);
        for (number, case) in cases(Fill::Plain).iter().enumerate() {
            let facts = &facts[case.file()];
            let hidden = needles(facts, who);
            for way in tried(Way::failures(), facts, case.file(), who, number) {
                let error = send(&echo, &way, &**case, &hidden).unwrap_err();
                assert!(matches!(error, Error::Transport(_)) && error.to_string().contains("***"), "{way:?}: {error}");
            }
        }
    }
}

#[test]
fn refusals_of_the_identity_service() {
    let (facts, echo) = (all(), Echo::new(Who::Password));
    for (number, case) in cases(Fill::Plain).iter().enumerate() {
        let facts = &facts[case.file()];
        let hidden = needles(facts, Who::Password);
        for way in tried(Way::without_identity(), facts, case.file(), Who::Password, number) {
            let error = send(&echo, &way, &**case, &hidden).unwrap_err();
            assert!(matches!(error, Error::Credentials(_)) && error.to_string().contains("***"), "{way:?}: {error}");
        }
    }
}
