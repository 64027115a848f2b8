//! What a call costs without the network, in nanoseconds.

use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use huaweicloud_migration::dcs::SetOnlineMigrationTask;
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::runtime::__ as rt;
use huaweicloud_migration::runtime::check;
use huaweicloud_migration::runtime::client::sign::Signer;
use huaweicloud_migration::runtime::client::{BodyStream, BoxFuture, FullBody, Transport, TransportError};
use huaweicloud_migration::sms::UpdateTaskStatus;
use huaweicloud_migration::{AccessKey, Client, Secret, Token};

use crate::Result;
use crate::cases::{ACCESS_KEY, Case, PROJECT, SECRET_KEY, token};
use crate::measure::{median, nanoseconds, quartiles, shuffled};
use crate::report::{Report, Table};

/// Calls of one slot, of which the mean counts.
const CALLS: u32 = 200;

/// A transport that answers at once, and knows when it was last given a request.
#[derive(Clone)]
struct Echo {
    answer: &'static str,
    clock: Instant,
    given: Arc<AtomicU64>,
}

impl Transport for Echo {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn BodyStream>>, TransportError>> {
        self.given.store(u64::try_from(self.clock.elapsed().as_nanos()).unwrap_or_default(), Relaxed);
        black_box(&request);
        let body: Box<dyn BodyStream> = Box::new(FullBody::new(Bytes::from_static(self.answer.as_bytes())));
        Box::pin(std::future::ready(Ok(http::Response::new(body))))
    }
}

type Work = Box<dyn Fn() -> Result<f64>>;

/// Nanoseconds for each of the calls.
fn mean(work: impl Fn() -> Result<()>) -> Result<f64> {
    let start = Instant::now();
    for _ in 0..CALLS {
        work()?;
    }
    Ok(nanoseconds(start.elapsed()) / f64::from(CALLS))
}

fn call<C: Case>(client: &Client, request: &C) -> Result<()> {
    // Nothing here waits, so the first poll is the last.
    match pin!(client.send(black_box(request))).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => {
            black_box(answer?);
            Ok(())
        }
        Poll::Pending => Err("a call that should be done at once waits".into()),
    }
}

const PLAIN: usize = 0;
const OURS: usize = 1;
const CHECKED: usize = 2;
const GIVEN: usize = 3;
const WORKS: [&str; 6] = [
    "`to_vec`, serde's derive",
    "`to_vec`, ours",
    "check and `to_vec`, ours",
    "until the transport has it, token",
    "whole call, token",
    "whole call, signed",
];

fn works<C: Case>() -> Result<[Work; WORKS.len()]> {
    let echo = Echo { answer: C::ANSWER, clock: Instant::now(), given: Arc::default() };
    let builder =
        || Client::builder().base_url("https://service.example.com").project_id(PROJECT).transport(echo.clone());
    let with_token: Client = builder().credentials(Token::new(token())).build()?;
    let signed: Client = builder().credentials(AccessKey::new(ACCESS_KEY, SECRET_KEY)).build()?;
    let (until, token) = (with_token.clone(), Secret::from(token()));
    let (plain, request) = (C::plain(), C::request());
    if serde_json::to_value(&plain)? != serde_json::to_value(&request)? {
        return Err("the peer's body is another".into());
    }
    let request = Arc::new(request);
    let [one, two, three, four, five] = std::array::from_fn(|_| Arc::clone(&request));
    Ok([
        Box::new(move || {
            mean(|| {
                black_box(serde_json::to_vec(black_box(&plain))?);
                Ok(())
            })
        }),
        Box::new(move || {
            mean(|| {
                black_box(serde_json::to_vec(black_box(&*one))?);
                Ok(())
            })
        }),
        Box::new(move || {
            mean(|| {
                let mut findings = Vec::new();
                let context = check::Context { cloud: None, project_id: Some(PROJECT), token: Some(&token) };
                rt::Request::check(black_box(&*two), &mut rt::Checker::new(context, &mut findings));
                black_box(serde_json::to_vec(black_box(&*two))?);
                if findings.is_empty() { Ok(()) } else { Err("the request has findings".into()) }
            })
        }),
        Box::new(move || {
            let mut total = Duration::ZERO;
            for _ in 0..CALLS {
                let start = echo.clock.elapsed();
                call(&until, &*three)?;
                total += Duration::from_nanos(echo.given.load(Relaxed)).saturating_sub(start);
            }
            Ok(nanoseconds(total) / f64::from(CALLS))
        }),
        Box::new(move || mean(|| call(&with_token, &*four))),
        Box::new(move || mean(|| call(&signed, &*five))),
    ])
}

/// The times of each work, round by round.
fn times(works: &[Work], rounds: usize) -> Result<Vec<Vec<f64>>> {
    let mut times = vec![Vec::new(); works.len()];
    // The first round only warms up.
    for round in 0..=rounds {
        for at in shuffled(works.len()) {
            let time = works[at]()?;
            if round > 0 {
                times[at].push(time);
            }
        }
    }
    Ok(times)
}

fn case<C: Case>(report: &mut Report, rounds: usize) -> Result<()> {
    let times = times(&works::<C>()?, rounds)?;
    let of = |at: usize, with: &dyn Fn(f64, f64) -> f64, other: usize| -> f64 {
        median(times[at].iter().zip(&times[other]).map(|(a, b)| with(*a, *b)).collect())
    };
    let mut table = Table::new(&["Work", "ns", "(quartiles)", "to `to_vec`"]);
    for (at, name) in WORKS.iter().enumerate() {
        let (low, high) = quartiles(times[at].clone());
        table.row(&[
            (*name).to_owned(),
            format!("{:.0}", median(times[at].clone())),
            format!("({low:.0} to {high:.0})"),
            format!("{:.2}", of(at, &|own, plain| own / plain, PLAIN)),
        ]);
    }
    table.print(&format!("{}, {} bytes of body, no network", C::NAME, serde_json::to_vec(&C::plain())?.len()));
    let ratio = |other: usize| of(CHECKED, &|own, other| own / other, other);
    report.limit(format!("{}: check and encode the body, to serde's derive", C::NAME), ratio(PLAIN), 1.5, " ×");
    report.limit(format!("{}: check and encode the body, to encoding alone", C::NAME), ratio(OURS), 1.5, " ×");
    let rest = of(GIVEN, &|all, body| all - body, CHECKED);
    report.limit(format!("{}: the rest of building, with the token", C::NAME), rest / 1e3, 1.0, " µs");
    Ok(())
}

fn signing(report: &mut Report, rounds: usize) -> Result<()> {
    let (signer, body) = (Signer::new(ACCESS_KEY, SECRET_KEY), vec![b'x'; 1024]);
    let url = format!("https://service.example.com/v2/{PROJECT}/migration-tasks?limit=10&name=a");
    let request = http::Request::post(url)
        .header("content-type", "application/json")
        .header("user-agent", "bench/1")
        .header("x-project-id", PROJECT)
        .body(())?;
    let (parts, ()) = request.into_parts();
    let now = SystemTime::now();
    let sign: Work = Box::new(move || {
        let mut requests = vec![parts.clone(); CALLS as usize];
        let start = Instant::now();
        for parts in &mut requests {
            signer.sign(parts, black_box(&body), now)?;
        }
        Ok(nanoseconds(start.elapsed()) / f64::from(CALLS))
    });
    let times = times(&[sign], rounds)?.concat();
    report.limit("sign a body of 1 KiB", median(times) / 1e3, 3.0, " µs");
    Ok(())
}

pub(crate) fn run(report: &mut Report, rounds: usize) -> Result<()> {
    case::<UpdateTaskStatus>(report, rounds)?;
    case::<RetryTaskGroup>(report, rounds)?;
    case::<SetOnlineMigrationTask>(report, rounds)?;
    signing(report, rounds)
}
