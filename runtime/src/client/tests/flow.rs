//! Requests as the generator writes them, for what waits and what comes in pages.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::struct_field_names,
    reason = "the macros write for crates whose types are public"
)]

use super::*;
use crate::UnknownValue;

#[derive(Clone, Debug)]
pub(super) enum Status {
    Running,
    Done,
    Failed,
    Stopped,
    Unknown(UnknownValue),
}
crate::open_enum!(Status as integer { Running = "1", Done = "2", Failed = "3", Stopped = "4" });

/// The request of a task, and its answer.
#[derive(Clone, Debug, Default)]
pub(super) struct ShowTask {
    pub(super) extra: Extra,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shown {
    pub(super) status: Option<Status>,
    progress: Option<f64>,
    password: Option<Secret>,
    clone: Option<Copied>,
}
crate::answer!(Shown { status: "status", progress: "progress", password: "password", clone: "clone" });

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Copied {
    state: Option<String>,
}
crate::answer!(Copied { state: "state" });

impl Shown {
    pub(super) fn progress(&self) -> f64 {
        self.progress.unwrap_or_default()
    }
}

crate::waiters!(ShowTask {
    WAIT_FOR_TASK = "task", state status, every 4 to 9, success ["2"], failure ["3"], paused ["4"], going ["1"];
    WAIT_FOR_CLONE = "clone", state clone.state, every 5 to 60, success ["DONE"], failure [], paused [], going [];
});

/// The request of a list, and its answer.
#[derive(Clone, Debug, Default)]
pub(super) struct ListTasks {
    pub(super) offset: Option<i64>,
    pub(super) limit: Option<i64>,
    pub(super) extra: Extra,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tasks {
    pub(super) tasks: Option<Vec<Task>>,
    count: Option<i64>,
    page: Option<Marks>,
}
crate::answer!(Tasks { tasks: "tasks", count: "count", page: "page" });

/// What an answer says of the next page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marks {
    more: Option<bool>,
    marker: Option<String>,
}
crate::answer!(Marks { more: "more", marker: "marker" });

crate::waiters!(ListTasks {
    WAIT_FOR_ENTRY = "entry", in tasks by id, state count, every 5 to 60, success ["2"], failure [], paused [], going ["1"], in_pages;
    WAIT_ON_PAGE = "entry", in tasks by id, state count, every 5 to 60, success ["2"], failure [], paused [], going ["1"];
});
crate::pages!(ListTasks { items tasks: Task = "body.tasks", id id, offset offset from 0 by Items, total count });

/// The same, but its offset counts pages.
#[derive(Clone, Debug, Default)]
pub(super) struct ListByPage {
    pub(super) page: Option<i64>,
    pub(super) extra: Extra,
}
crate::pages!(ListByPage { items tasks: Task = "body.tasks", offset page from 1 by Pages, total count });

/// The same behind an entry, told by the answer.
#[derive(Clone, Debug, Default)]
pub(super) struct ListBehind {
    pub(super) behind: String,
    pub(super) extra: Extra,
}
crate::pages!(ListBehind { items tasks: Task = "body.tasks", id id, marker behind next page.marker, more page.more });

/// The same behind the last entry.
#[derive(Clone, Debug, Default)]
pub(super) struct ListAfter {
    pub(super) after: Option<String>,
    pub(super) extra: Extra,
}
crate::pages!(ListAfter { items tasks: Task = "body.tasks", id id, marker after after id });

macro_rules! requests {
    ($($name:ident -> $output:ident { $($query:literal $field:ident),* })*) => { $(
        impl Request for $name {
            type Output = $output;
            const INFO: OperationInfo = OperationInfo {
                name: stringify!($name),
                service: &SERVICE,
                method: "GET",
                path: "/x",
                body: false,
                idempotent: true,
                auth: Auth::Required,
                pages: &[],
            };

            fn target(&self, target: &mut Target) {
                let _ = &target;
                $(target.query($query, &self.$field);)*
            }

            fn check(&self, _: &mut Checker<'_>) {}
        }
        crate::extras!($name);
        crate::object!($name {});
    )* };
}
requests! {
    ShowTask -> Shown {}
    ListTasks -> Tasks { "offset" offset, "limit" limit }
    ListByPage -> Tasks { "page" page }
    ListBehind -> Tasks { "behind" behind }
    ListAfter -> Tasks { "after" after }
}
