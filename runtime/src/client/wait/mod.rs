//! Waiting until a state is reached, by asking again and again.

mod error;
mod interval;
mod observed;
mod states;
mod waiter;
mod waiting;
mod watch;

pub use self::error::{WaitError, WaitErrorKind};
pub use self::observed::{Observed, Phase};
pub use self::states::States;
pub use self::waiter::{Found, Waiter, find};
pub use self::waiting::Waiting;

use super::{BoxFuture, Error, Response};

/// An answer to come.
pub(super) type Coming<'a, T> = BoxFuture<'a, Result<Response<T>, Error>>;

/// How an answer tells a state. The text names the entry that is meant, where the answer is a list.
type StateOf<T> = for<'x> fn(&'x T, &str) -> Found<'x>;
