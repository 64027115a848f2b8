//! Credentials that fetch what they need, and keep it.

use super::signer::Signers;
use super::single_flight::{Flight, SingleFlight};
use super::{Identity, Provider, ProviderContext};
use crate::client::{BoxFuture, CallContext, Credentials, CredentialsError, Project, Rejection, Time};
use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};
use http::request::Parts;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// Credentials made of a [`Provider`].
///
/// - However many calls wait, the provider is asked once for each region and project. A call that is dropped takes
///   nothing from the others. Fetching goes on in the background of tokio; elsewhere it ends when all calls that wait for
///   it are dropped.
/// - A token is renewed in the last tenth of its life, and at the latest 5 minutes before its end; keys when less than
///   40 minutes are left. If renewing fails, what is there is used to its end; renewing is tried again after 30 seconds.
/// - A failure is told to those who waited for it, and not kept. But when the identity service refused, such as for a
///   wrong password, calls of the next 5 minutes are told the same without asking: asking locks accounts.
/// - When a service answers 401, or 403 with words about a token that is not valid, the identity is dropped and the call
///   may be tried again with a new one; at most every 30 seconds, for the answers to calls already under way come late.
///   Keys without end are read again for the next call, but the refused call is not tried again: gateways lock keys.
///
/// ```
/// use huaweicloud_migration_runtime::client::{Cached, Password};
///
/// let credentials = Cached::new(Password::new("user", "password", "OTC-EU-DE-00000000001000000000"));
/// ```
pub struct Cached<P: ?Sized>(Arc<State<P>>);

struct State<P: ?Sized> {
    slots: Mutex<Vec<Slot>>,
    signers: Signers,
    provider: P,
}

/// What is known for one region and project.
struct Slot {
    region: Option<String>,
    project_id: Option<String>,
    held: Option<Arc<Held>>,
    /// What was held before: answers to calls under way may still speak of it.
    former: Option<Arc<Held>>,
    fetching: SingleFlight<Fetched>,
    /// By [`Time::elapsed`]: before, a failed renewal is not tried again.
    renew_after: Duration,
    /// By [`Time::elapsed`]: before, refusals are put down to the identity that was dropped.
    trusted_until: Duration,
    was_rejected: bool,
    /// Why nothing is asked for, and until when by [`Time::elapsed`].
    refusal: Option<(Duration, CredentialsError)>,
}

type Fetched = Result<Arc<Held>, CredentialsError>;

const PAUSE: Duration = Duration::from_secs(30);

/// The identity service locks accounts for 15 minutes after 5 wrong passwords.
const REFUSAL: Duration = Duration::from_secs(5 * 60);

/// An identity in use.
struct Held {
    identity: Identity,
    /// When it ends, and how long before that it is renewed.
    lifetime: Option<(SystemTime, Duration)>,
    prepared: Prepared,
}

/// What authenticates, made once.
enum Prepared {
    Token(HeaderValue),
    #[cfg_attr(not(feature = "aksk"), allow(dead_code))] // then keys are refused
    Signer(Arc<dyn Credentials>),
}

enum Step {
    Use(Arc<Held>),
    Fail(CredentialsError),
    /// Wait; what is there is still good if that fails.
    Wait(Flight<Fetched>, Option<Arc<Held>>),
}

impl<P: Provider + 'static> Cached<P> {
    /// Credentials that ask `provider`. Nothing is fetched before the first call.
    pub fn new(provider: P) -> Self {
        Self(Arc::new(State { slots: Mutex::default(), signers: Signers::new(), provider }))
    }

    async fn held(&self, context: CallContext<'_>) -> Fetched {
        match self.step(context) {
            Step::Use(held) => Ok(held),
            Step::Fail(error) => Err(error),
            Step::Wait(flight, None) => flight.await,
            Step::Wait(flight, Some(held)) => match flight.await {
                Ok(held) => Ok(held),
                Err(error) => {
                    tracing::warn!(%error, "credentials were not renewed; the ones at hand are still good");
                    Ok(held)
                }
            },
        }
    }

    fn step(&self, context: CallContext<'_>) -> Step {
        let mut slots = self.0.slots();
        let slot = slot(&mut slots, context.region, context.given_project_id);
        let good = slot.held.clone().filter(|held| held.is_good(context.time.now()));
        let under_way = slot.fetching.current();
        if let Some(held) = &good {
            let later = context.time.elapsed() < slot.renew_after;
            if under_way.is_some() || later || !held.is_due(context.time.now()) {
                return Step::Use(Arc::clone(held));
            }
        }
        if let Some((until, error)) = &slot.refusal {
            let left = until.saturating_sub(context.time.elapsed());
            if !left.is_zero() {
                return good.map_or_else(|| Step::Fail(still(error, left)), Step::Use);
            }
            slot.refusal = None;
        }
        let flight = under_way.unwrap_or_else(|| {
            let fetch = fetch(Arc::clone(&self.0), ProviderContext::new(context));
            slot.fetching.begin(Box::pin(fetch), &**context.time)
        });
        Step::Wait(flight, good)
    }
}

async fn fetch<P: Provider>(state: Arc<State<P>>, context: ProviderContext) -> Fetched {
    let fetched = state.provider.fetch(&context).await;
    let fetched = fetched.and_then(|identity| Held::new(identity, &state.signers, &*context.time)).map(Arc::new);
    let mut slots = state.slots();
    let slot = slot(&mut slots, context.region.as_deref(), context.project_id.as_deref());
    slot.fetching.end();
    let pause_end = context.time.elapsed() + PAUSE;
    match &fetched {
        Ok(held) => {
            slot.former = slot.held.replace(Arc::clone(held)).or(slot.former.take());
            slot.renew_after = Duration::ZERO;
            if std::mem::take(&mut slot.was_rejected) {
                slot.trusted_until = pause_end;
            }
        }
        Err(error) => {
            slot.renew_after = pause_end;
            if error.is_refusal() {
                slot.refusal = Some((context.time.elapsed() + REFUSAL, error.clone()));
            }
        }
    }
    fetched
}

/// A refusal, told to who comes later.
fn still(refusal: &CredentialsError, left: Duration) -> CredentialsError {
    let seconds = left.as_secs().max(1);
    CredentialsError::refused(format!(
        "{}; it is not asked again for {seconds} s, since wrong passwords lock accounts",
        refusal.reason()
    ))
}

impl<P: ?Sized> State<P> {
    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        // Nothing panics while it holds the lock.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn slot<'a>(slots: &'a mut Vec<Slot>, region: Option<&str>, project_id: Option<&str>) -> &'a mut Slot {
    let is_it = |slot: &Slot| slot.region.as_deref() == region && slot.project_id.as_deref() == project_id;
    let index = slots.iter().position(is_it).unwrap_or_else(|| {
        slots.push(Slot {
            region: region.map(str::to_owned),
            project_id: project_id.map(str::to_owned),
            held: None,
            former: None,
            fetching: SingleFlight::default(),
            renew_after: Duration::ZERO,
            trusted_until: Duration::ZERO,
            was_rejected: false,
            refusal: None,
        });
        slots.len() - 1
    });
    &mut slots[index]
}

impl Held {
    fn new(identity: Identity, signers: &Signers, time: &dyn Time) -> Result<Self, CredentialsError> {
        let prepared = match &identity {
            Identity::Token(token) => Prepared::Token(token.header()?),
            Identity::Keys(keys) => Prepared::Signer(signers.signer(keys)?),
        };
        Ok(Self { lifetime: identity.lifetime(time), identity, prepared })
    }

    fn is_good(&self, now: SystemTime) -> bool {
        self.lifetime.is_none_or(|(end, _)| now < end)
    }

    fn is_due(&self, now: SystemTime) -> bool {
        self.lifetime.is_some_and(|(end, margin)| now + margin >= end)
    }

    async fn authenticate(
        &self,
        request: &mut Parts,
        body: &Bytes,
        context: CallContext<'_>,
    ) -> Result<(), CredentialsError> {
        match &self.prepared {
            Prepared::Token(token) => {
                request.headers.insert(X_AUTH_TOKEN, token.clone());
                Ok(())
            }
            Prepared::Signer(signer) => {
                let project_id = context.project_id.or(self.identity.project_id());
                signer.authenticate(request, body, CallContext { project_id, ..context }).await
            }
        }
    }
}

const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

impl<P: Provider + 'static> Credentials for Cached<P> {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut Parts,
        body: &'a Bytes,
        context: CallContext<'a>,
    ) -> BoxFuture<'a, Result<(), CredentialsError>> {
        Box::pin(async move { self.held(context).await?.authenticate(request, body, context).await })
    }

    fn project<'a>(&'a self, context: CallContext<'a>) -> BoxFuture<'a, Result<Project, CredentialsError>> {
        Box::pin(async move {
            let held = self.held(context).await?;
            Ok(match (held.identity.project_id(), &held.identity) {
                (Some(id), _) => Project::Id(id.into()),
                (None, Identity::Keys(keys)) if keys.domain_id.is_none() => Project::Wanted,
                (None, _) => Project::Unknown,
            })
        })
    }

    fn rejected(&self, rejection: Rejection<'_>, context: CallContext<'_>) -> bool {
        let mut slots = self.0.slots();
        let slot = slot(&mut slots, context.region, context.given_project_id);
        let Some(held) = slot.held.clone() else {
            // Another call's refusal was first, or a new one is being fetched.
            return is_about_identity(&rejection);
        };
        if let Prepared::Signer(signer) = &held.prepared
            && signer.rejected(rejection, context)
        {
            return true; // the clock was wrong, not the keys
        }
        if !is_about_identity(&rejection) {
            return false;
        }
        if context.time.elapsed() >= slot.trusted_until {
            slot.former = slot.held.take();
            slot.was_rejected = true;
        }
        held.identity.is_renewable()
    }

    fn secrets(&self, _: CallContext<'_>, visit: &mut dyn FnMut(&str)) {
        let slots = self.0.slots();
        let held: Vec<_> = slots.iter().flat_map(|slot| slot.held.iter().chain(&slot.former).cloned()).collect();
        drop(slots);
        for held in held {
            held.identity.secrets(visit);
        }
    }
}

/// Whether another token or key may help: 401, or a 403 that says so in one of the forms that services were seen to
/// write.
fn is_about_identity(rejection: &Rejection<'_>) -> bool {
    const CODES: [&str; 3] = ["APIG.0307", "APIGW.0307", "APIG.1002"];
    const FLAWS: [&str; 6] = ["expired", "invalid", "not valid", "must be updated", "incorrect", "revoked"];
    match rejection.status {
        StatusCode::UNAUTHORIZED => true,
        StatusCode::FORBIDDEN => {
            let message = rejection.message.unwrap_or_default().to_lowercase();
            rejection.code.is_some_and(|code| CODES.contains(&code))
                || message.contains("token") && FLAWS.iter().any(|flaw| message.contains(flaw))
        }
        _ => false,
    }
}

impl<P: ?Sized> Clone for Cached<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// Only whether there is something.
impl<P> fmt::Debug for Cached<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = self.0.slots().iter().filter(|slot| slot.held.is_some()).count();
        f.debug_struct("Cached").field("held", &held).finish_non_exhaustive()
    }
}
