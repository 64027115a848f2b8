//! Calls over loopback, beside bare reqwest.

use std::sync::Arc;
use std::time::{Duration, Instant};

use huaweicloud_migration::dcs::SetOnlineMigrationTask;
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::sms::UpdateTaskStatus;
use huaweicloud_migration::{AccessKey, Client, Token, runtime};
use tokio::runtime::Runtime;

use crate::cases::{ACCESS_KEY, Case, PROJECT, SECRET_KEY, token};
use crate::measure::{cpu, median, nanoseconds, quartiles, shuffled};
use crate::report::{Report, Table};
use crate::server::{Seen, Server};
use crate::sides::{Bare, Ours, Side, WithSerde};
use crate::{Error, Result};

/// Calls in flight at a time.
const FLIGHT: usize = 64;
/// Calls of one slot, one after the other.
const SEQUENTIAL: usize = 100;
/// Calls of one slot by each of those in flight.
const EACH: usize = 6;

/// What one side cost in one round, in nanoseconds per call.
#[derive(Clone, Copy)]
struct Slot {
    sequential: f64,
    sequential_cpu: f64,
    flight: f64,
    flight_cpu: f64,
}

const SIDES: [&str; 5] =
    ["bare, token", "bare, signature", "bare, token, with serde and timeouts", "ours, token", "ours, signed"];
const BARE_TOKEN: usize = 0;
const BARE_SIGNED: usize = 1;
const WITH_SERDE: usize = 2;
const OURS_TOKEN: usize = 3;
const OURS_SIGNED: usize = 4;

/// One operation, and all who call it.
struct Lane<C: Case> {
    bare_token: Bare,
    bare_signed: Bare,
    serde: WithSerde<C>,
    ours_token: Ours<C>,
    ours_signed: Ours<C>,
    rounds: Vec<[Option<Slot>; SIDES.len()]>,
}

/// A lane without its type.
trait Round {
    fn slot(&mut self, runtime: &Runtime, side: usize) -> Result<()>;
    fn next(&mut self);
    fn name(&self) -> &'static str;
    fn rounds(&self) -> &[[Option<Slot>; SIDES.len()]];
}

impl<C: Case> Lane<C>
where
    C::Output: Send,
{
    fn new(runtime: &Runtime) -> Result<Self> {
        let server = Server::start(C::ANSWER)?;
        let ours = |builder: runtime::client::ClientBuilder<Client>| -> Result<Ours<C>> {
            let client = builder.base_url(&server.url).project_id(PROJECT).build()?;
            Ok(Ours { client, request: Arc::new(C::request()) })
        };
        let ours_token = ours(Client::builder().credentials(Token::new(token())))?;
        let ours_signed = ours(Client::builder().credentials(AccessKey::new(ACCESS_KEY, SECRET_KEY)))?;
        let bare_token = peer(runtime, &server, &ours_token)?;
        let bare_signed = peer(runtime, &server, &ours_signed)?;
        server.forget();
        let timeouts = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let timeouts = timeouts.timeout(Duration::from_secs(300)).read_timeout(Duration::from_secs(120)).build()?;
        let serde = WithSerde { bare: bare_token.with(timeouts), body: Arc::new(C::plain()) };
        Ok(Self { bare_token, bare_signed, serde, ours_token, ours_signed, rounds: Vec::new() })
    }
}

/// A bare peer that sends what this side sends, to the byte but for the order of headers.
fn peer(runtime: &Runtime, server: &Server, ours: &impl Side) -> Result<Bare> {
    let seen = |side: &dyn Fn() -> Result<()>| -> Result<Seen> {
        drop(server.take());
        side()?;
        server.take().ok_or_else(|| "the server has seen no request".into())
    };
    let sent = seen(&|| runtime.block_on(ours.call()))?;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let bare = Bare::like(&sent, server, client)?;
    let copied = seen(&|| runtime.block_on(bare.call()))?;
    let sorted = |seen: &Seen| {
        let mut headers = seen.headers.clone();
        headers.sort();
        headers
    };
    let same = sent.method == copied.method
        && sent.target == copied.target
        && sent.body == copied.body
        && sorted(&sent) == sorted(&copied);
    if same { Ok(bare) } else { Err("the bare peer does not send the same request".into()) }
}

impl<C: Case> Round for Lane<C>
where
    C::Output: Send,
{
    fn slot(&mut self, runtime: &Runtime, side: usize) -> Result<()> {
        let slot = match side {
            BARE_TOKEN => slot(runtime, &self.bare_token),
            BARE_SIGNED => slot(runtime, &self.bare_signed),
            WITH_SERDE => slot(runtime, &self.serde),
            OURS_TOKEN => slot(runtime, &self.ours_token),
            _ => slot(runtime, &self.ours_signed),
        }?;
        if let Some(cell) = self.rounds.last_mut().and_then(|round| round.get_mut(side)) {
            *cell = Some(slot);
        }
        Ok(())
    }

    fn next(&mut self) {
        self.rounds.push([None; SIDES.len()]);
    }

    fn name(&self) -> &'static str {
        C::NAME
    }

    fn rounds(&self) -> &[[Option<Slot>; SIDES.len()]] {
        &self.rounds
    }
}

fn slot<S: Side>(runtime: &Runtime, side: &S) -> Result<Slot> {
    let (sequential, sequential_cpu) = runtime.block_on(async {
        let mut times = Vec::with_capacity(SEQUENTIAL);
        let begin = cpu();
        for _ in 0..SEQUENTIAL {
            let start = Instant::now();
            side.call().await?;
            times.push(nanoseconds(start.elapsed()));
        }
        Ok::<_, Error>((median(times), (cpu() - begin) / SEQUENTIAL as f64))
    })?;
    let (flight, flight_cpu) = runtime.block_on(async {
        let (start, begin) = (Instant::now(), cpu());
        let tasks: Vec<_> = (0..FLIGHT)
            .map(|_| {
                let side = side.clone();
                tokio::spawn(async move {
                    for _ in 0..EACH {
                        side.call().await?;
                    }
                    Ok::<_, Error>(())
                })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        let calls = (FLIGHT * EACH) as f64;
        Ok::<_, Error>((nanoseconds(start.elapsed()) / calls, (cpu() - begin) / calls))
    })?;
    Ok(Slot { sequential, sequential_cpu, flight, flight_cpu })
}

pub(crate) fn run(report: &mut Report, rounds: usize) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut lanes: [Box<dyn Round>; 3] = [
        Box::new(Lane::<UpdateTaskStatus>::new(&runtime)?),
        Box::new(Lane::<RetryTaskGroup>::new(&runtime)?),
        Box::new(Lane::<SetOnlineMigrationTask>::new(&runtime)?),
    ];
    let begin = Instant::now();
    // The first round only warms up, and is not shown.
    for _ in 0..=rounds {
        for lane in shuffled(lanes.len()) {
            lanes[lane].next();
            for side in shuffled(SIDES.len()) {
                lanes[lane].slot(&runtime, side)?;
            }
        }
    }
    println!("{rounds} rounds in {:.0} s, all sides in each, in random order", begin.elapsed().as_secs_f64());
    for lane in &lanes {
        let rounds = lane.rounds().get(1..).unwrap_or_default();
        show(lane.name(), "one after the other", rounds, report, |slot| slot.sequential, |slot| slot.sequential_cpu);
        show(lane.name(), "64 in flight", rounds, report, |slot| slot.flight, |slot| slot.flight_cpu);
    }
    Ok(())
}

type Of = fn(&Slot) -> f64;

/// Prints one table, of a time and a CPU time.
fn show(case: &str, how: &str, rounds: &[[Option<Slot>; SIDES.len()]], report: &mut Report, wall: Of, cpu: Of) {
    let column =
        |side: usize, of: Of| -> Vec<f64> { rounds.iter().filter_map(|round| round[side].as_ref().map(of)).collect() };
    let mut table =
        Table::new(&["Side", "µs", "calls/s", "of medians", "median of ratios", "(quartiles)", "CPU µs", "CPU ratio"]);
    for (side, name) in SIDES.iter().enumerate() {
        let peer = if matches!(side, BARE_SIGNED | OURS_SIGNED) { BARE_SIGNED } else { BARE_TOKEN };
        let ratios = |of: Of| -> Vec<f64> {
            column(side, of).into_iter().zip(column(peer, of)).map(|(own, peer)| own / peer).collect()
        };
        let time = median(column(side, wall));
        let (ratio, (low, high)) = (median(ratios(wall)), quartiles(ratios(wall)));
        table.row(&[
            (*name).to_owned(),
            format!("{:.2}", time / 1e3),
            format!("{:.0}", 1e9 / time),
            format!("{:.3}", time / median(column(peer, wall))),
            format!("{ratio:.3}"),
            format!("({low:.3} to {high:.3})"),
            format!("{:.2}", median(column(side, cpu)) / 1e3),
            format!("{:.3}", median(ratios(cpu))),
        ]);
        match side {
            OURS_TOKEN => report.limit(format!("{case}, {how}: {name}"), ratio, 1.10, " ×"),
            OURS_SIGNED => report.limit(format!("{case}, {how}: {name}"), ratio, 1.30, " ×"),
            _ => {}
        }
    }
    table.print(&format!("{case}, {how}"));
}
