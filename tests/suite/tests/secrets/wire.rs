//! All operations over real connections, with all that the libraries below log.

use huaweicloud_migration::runtime::client::{Client, ReqwestTransport, RetryPolicy};
use huaweicloud_migration::{Checks, Error};
use migration_tests::loopback::{Answer, Received, Server};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpSocket};

use crate::calls::{needles, outcome, tried, wait};
use crate::case::{Fill, cases};
use crate::echo::{Way, Who, known};
use crate::facts::all;
use crate::sentinel::ANSWERED;

fn transport() -> ReqwestTransport {
    let reqwest = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    ReqwestTransport::from(reqwest.build().unwrap())
}

fn client(who: Who, url: &str) -> Client {
    let builder = Client::builder().base_url(url).project_id("p").transport(transport()).retry(RetryPolicy::none());
    who.calls(builder).checks(Checks::Off).build().unwrap()
}

#[test]
fn whatever_a_server_answers() {
    wait(answered());
}

async fn answered() {
    let way = Arc::new(Mutex::new(Way::Text(400)));
    let says = Arc::clone(&way);
    let server = Server::start(move |received: &Received| {
        let way = says.lock().unwrap();
        let known = known(&received.target, &received.headers, &received.text());
        Answer::new(way.status(), way.body(&known)).header("x-other", ANSWERED).header("set-cookie", ANSWERED)
    });
    let server = server.await.unwrap();
    let facts = all();
    let mut logged = 0;
    for who in [Who::Token, Who::AccessKey] {
        let client = client(who, &server.url());
        for (number, case) in cases(Fill::Plain).iter().enumerate() {
            let facts = &facts[case.file()];
            let refusals = vec![Way::Json(400), Way::Json(401), Way::Json(500), Way::Text(400), Way::Html(502)];
            let success = facts.answers.first().cloned().map(Way::Success);
            for tried in tried(refusals, facts, case.file(), who, number).into_iter().chain(success) {
                *way.lock().unwrap() = tried.clone();
                let (result, shown) = outcome(&client, &**case).await;
                assert_eq!(result.is_ok(), matches!(tried, Way::Success(_)), "{tried:?}: {result:?}");
                needles(facts, who).assert_hidden(&shown);
                logged += shown.iter().filter(|line| line.contains("reqwest") || line.contains("hyper")).count();
            }
        }
    }
    assert!(logged > 0, "the libraries below logged nothing");
    assert!(!server.take().is_empty());
}

#[test]
fn whatever_becomes_of_the_connection() {
    wait(hung_up());
}

async fn hung_up() {
    // A port that hangs up on everybody, and one that nobody listens to.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hangs_up = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        for _ in 0..10_000 {
            drop(listener.accept().await);
        }
    });
    // Bound, so that no server of another test gets the port.
    let nobody = TcpSocket::new_v4().unwrap();
    nobody.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let closed = nobody.local_addr().unwrap();
    let facts = all();
    for url in [hangs_up, format!("http://{closed}")] {
        let client = client(Who::Token, &url);
        for case in cases(Fill::Plain) {
            let (result, shown) = outcome(&client, &*case).await;
            assert!(matches!(result, Err(Error::Transport(_))), "{result:?}");
            needles(&facts[case.file()], Who::Token).assert_hidden(&shown);
        }
    }
    task.abort();
}
