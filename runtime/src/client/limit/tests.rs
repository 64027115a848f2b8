use super::*;
use crate::client::tests::virtual_time::VirtualTime;
use std::pin::pin;

/// Runs calls that take `busy` milliseconds each, and gives when each was let through, in their order.
fn admitted(limiter: &Limiter, calls: usize, busy: u64) -> Vec<u128> {
    let time = VirtualTime::default();
    let call = |_| {
        let time = time.clone();
        Box::pin(async move {
            let permit = limiter.admit(&time).await;
            let at = time.elapsed().as_millis();
            time.sleep(Duration::from_millis(busy)).await;
            drop(permit);
            at
        })
    };
    let ends = time.run((0..calls).map(call).collect());
    assert_eq!(time.sleepers(), 0);
    ends.into_iter().map(|(at, _)| at).collect()
}

fn state_is_clean(limiter: &Limiter) -> bool {
    let state = limiter.state();
    state.waiting.is_empty() && state.in_flight == 0
}

#[test]
fn requests_leave_in_order_and_evenly() {
    let limiter = Limiter::new(Some(Duration::from_millis(50)), None);
    assert_eq!(admitted(&limiter, 6, 500), [0, 50, 100, 150, 200, 250]);
    assert!(state_is_clean(&limiter));
}

#[test]
fn so_many_at_a_time() {
    let limiter = Limiter::new(None, Some(2));
    assert_eq!(admitted(&limiter, 7, 100), [0, 0, 100, 100, 200, 200, 300]);
    assert!(state_is_clean(&limiter));
    let none = Limiter::new(None, Some(0));
    assert_eq!(admitted(&none, 3, 10), [0, 10, 20]);
}

#[test]
fn both_limits_hold_together() {
    let limiter = Limiter::new(Some(Duration::from_millis(30)), Some(2));
    assert_eq!(admitted(&limiter, 6, 100), [0, 30, 100, 130, 200, 230]);
}

#[test]
fn late_timers_are_caught_up_with_but_idle_time_is_not_saved() {
    let limiter = Limiter::new(Some(Duration::from_millis(4)), None);
    let time = VirtualTime::default();
    let at_once = |limiter: &Limiter| {
        let mut permits = Vec::new();
        loop {
            let mut admission = Box::pin(limiter.admit(&time));
            match admission.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(permit) => permits.push(permit),
                Poll::Pending => return permits.len(),
            }
        }
    };
    assert_eq!(at_once(&limiter), 1);
    time.run_one(time.sleep(Duration::from_secs(3600)));
    assert_eq!(at_once(&limiter), 6, "20 ms of requests, and the one that is due");
}

#[test]
fn who_gives_up_leaves_no_trace() {
    let time = VirtualTime::default();
    let mut context = Context::from_waker(Waker::noop());
    for dropped in 0..4 {
        let limiter = Limiter::new(Some(Duration::from_millis(100)), Some(1));
        let mut queue: Vec<_> = (0..4).map(|_| Some(Box::pin(limiter.admit(&time)))).collect();
        let mut polled: Vec<_> =
            queue.iter_mut().flatten().map(|admission| admission.as_mut().poll(&mut context)).collect();
        assert!(polled[0].is_ready() && polled[1..].iter().all(Poll::is_pending));
        queue[dropped] = None;
        polled.clear();
        let rest = queue.into_iter().flatten().skip(usize::from(dropped != 0)).map(|admission| {
            let time = &time;
            Box::pin(async move {
                drop(admission.await);
                time.elapsed()
            })
        });
        let count = time.run(rest.collect()).len();
        assert_eq!((count, time.sleepers()), (if dropped == 0 { 3 } else { 2 }, 0), "{dropped}");
        assert!(state_is_clean(&limiter));
    }
    // The first in the queue goes, and the next one is woken.
    let limiter = Limiter::new(None, Some(1));
    let held = time.run_one(limiter.admit(&time));
    let mut first = Box::pin(limiter.admit(&time));
    assert!(first.as_mut().poll(&mut context).is_pending());
    let second = pin!(limiter.admit(&time));
    let releases = async {
        drop(first);
        drop(held);
    };
    time.run(vec![
        Box::pin(async { drop(second.await) }) as Pin<Box<dyn Future<Output = ()> + '_>>,
        Box::pin(releases),
    ]);
    assert!(state_is_clean(&limiter));
}

#[test]
fn only_the_first_in_the_queue_holds_a_timer() {
    let time = VirtualTime::default();
    let limiter = Limiter::new(Some(Duration::from_secs(1)), None);
    let mut queue: Vec<_> = (0..10_000).map(|_| Box::pin(limiter.admit(&time))).collect();
    let mut context = Context::from_waker(Waker::noop());
    let mut ready = 0;
    for admission in &mut queue {
        ready += usize::from(admission.as_mut().poll(&mut context).is_ready());
    }
    assert_eq!((ready, time.sleepers(), size_of::<Admission<'_>>() <= 64), (1, 1, true));
    drop(queue);
    assert!(state_is_clean(&limiter) && time.sleepers() == 0);
}
