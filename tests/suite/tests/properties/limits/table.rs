//! The limits, by hand.

use huaweicloud_migration::dcs::{
    BatchRestartOnlineMigrationTasks, MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask,
    SetOnlineMigrationTaskRequired, UpdateMigrationTask,
};
use huaweicloud_migration::runtime::check::Context;
use huaweicloud_migration::runtime::request::check_with;
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Level, Operation, Secret};
use proptest::prelude::*;
use proptest::sample::select;

use super::limit::{Limit, Shown, beyond, known, length, rule, within};
use super::retry::{self, RETRY};

const BATCH: &str = "dcs/batch-restart-online-migration-tasks.yaml";
const ONLINE: &str = "dcs/set-online-migration-task.yaml";
const UPDATE: &str = "dcs/update-migration-task.yaml";
const ACT: &str = "sms/update-task-status.yaml";

/// The operations whose limits are all here.
pub(super) const OPERATIONS: [&str; 5] = [BATCH, ONLINE, UPDATE, RETRY, ACT];

fn online(method: &str, resume: &str, source: MigrationInstance, target: MigrationInstance) -> SetOnlineMigrationTask {
    let required = SetOnlineMigrationTaskRequired {
        migration_method: MigrationMethod::from(method),
        resume_mode: ResumeMode::from(resume),
        source_instance: source,
        target_instance: target,
    };
    SetOnlineMigrationTask::new("t", required)
}

fn named() -> MigrationInstance {
    MigrationInstance::new().id("i")
}

/// Named by either or both, even by nothing but an empty text: that is not documented to be wrong.
fn any_named() -> impl Strategy<Value = MigrationInstance> {
    (any::<Option<String>>(), any::<String>(), any::<bool>(), any::<Option<String>>()).prop_map(
        |(first, second, swap, password)| {
            let mut instance = MigrationInstance::new();
            let pair = if swap { (first, Some(second)) } else { (Some(second), first) };
            (instance.id, instance.addrs) = pair;
            instance.password = password.map(Secret::from);
            instance
        },
    )
}

fn unnamed() -> impl Strategy<Value = MigrationInstance> {
    any::<Option<String>>().prop_map(|password| {
        let mut instance = MigrationInstance::new();
        instance.password = password.map(Secret::from);
        instance
    })
}

fn dcs() -> Vec<Limit> {
    let batch = |count| BatchRestartOnlineMigrationTasks::new(vec!["a"; count]).check();
    let limited = |method: &str, limit| online(method, "auto", named(), named()).bandwidth_limit_mb(limit).check();
    let incremental = move |limit| limited("incremental_migration", limit);
    let method = |text: &str| online(text, "manual", named(), named()).check();
    let resume = |text: &str| online("full_amount_migration", text, named(), named()).check();
    let source = |instance| online("full_amount_migration", "auto", instance, named()).check();
    let target = |instance| online("incremental_migration", "auto", named(), instance).check();
    let update = |text: &str| UpdateMigrationTask::new("t").resume_mode(ResumeMode::from(text)).check();
    let both = ["auto", "manual"];
    vec![
        Limit {
            operation: BATCH,
            place: "body.migration_tasks",
            name: "items 0..50",
            level: Level::Warning,
            shown: Shown::Nothing,
            beside: None,
            outside: beyond(0..=50).prop_map(batch).boxed(),
            inside: within(0..=50).prop_map(batch).boxed(),
        },
        Limit {
            operation: ONLINE,
            place: "body.bandwidth_limit_mb",
            name: "range 1..10240",
            level: Level::Error,
            shown: Shown::Value,
            beside: None,
            outside: prop_oneof![Just(0), Just(10_241), Just(i64::MIN), i64::MIN..1, 10_241..=i64::MAX]
                .prop_map(incremental)
                .boxed(),
            inside: prop_oneof![Just(1), Just(10_240), 1i64..=10_240].prop_map(incremental).boxed(),
        },
        known((ONLINE, "body.migration_method"), &["full_amount_migration", "incremental_migration"], method),
        known((ONLINE, "body.resume_mode"), &["auto", "manual"], resume),
        rule(
            (ONLINE, "body.source_instance", "id-or-addrs"),
            Level::Error,
            unnamed().prop_map(source),
            any_named().prop_map(source),
        ),
        rule(
            (ONLINE, "body.target_instance", "id-or-addrs"),
            Level::Error,
            unnamed().prop_map(target),
            any_named().prop_map(target),
        ),
        rule(
            (ONLINE, "body.bandwidth_limit_mb", "limit-is-for-incremental"),
            Level::Warning,
            (1i64..=10_240).prop_map(move |limit| limited("full_amount_migration", limit)),
            (1i64..=10_240).prop_map(incremental),
        ),
        known((UPDATE, "body.resume_mode"), &["auto", "manual"], update),
        rule(
            (UPDATE, "body", "something-to-change"),
            Level::Warning,
            any::<String>().prop_map(|task| UpdateMigrationTask::new(task).check()),
            (any::<String>(), select(both.to_vec()))
                .prop_map(|(task, mode)| UpdateMigrationTask::new(task).resume_mode(mode.into()).check()),
        ),
    ]
}

const SURE: [&str; 9] =
    ["start", "stop", "test", "clone_test", "restart", "network_check", "skip", "clear", "migration_test"];

fn sms() -> Vec<Limit> {
    let act = |action: &str| UpdateTaskStatus::new("t", TaskAction::from(action)).template_id("x").check();
    let listed = ["cutover", "error_for_overspeed"];
    let template = |text: String| UpdateTaskStatus::new("t", TaskAction::CloneTest).template_id(text).check();
    let others = SURE.into_iter().filter(|action| *action != "clone_test").collect::<Vec<_>>();
    let mut limits = vec![
        length((ACT, "path.task_id", "length 1..36"), 1..=36, Shown::Value, |text| {
            UpdateTaskStatus::new(text, TaskAction::Start).check()
        }),
        length((ACT, "header.X-Auth-Token", "length 1..16384"), 1..=16_384, Shown::Nothing, |text| {
            let token = Secret::from(text);
            let context = Context { token: Some(&token), ..Context::default() };
            check_with(&UpdateTaskStatus::new("t", TaskAction::Start), context)
        }),
        length((ACT, "body.template_id", "length 0..255"), 0..=255, Shown::Value, template),
        Limit {
            operation: ACT,
            place: "body.operation",
            name: "doubtful-value",
            level: Level::Warning,
            shown: Shown::Value,
            beside: None,
            outside: select(listed.to_vec()).prop_map(act).boxed(),
            inside: select(SURE.to_vec()).prop_map(act).boxed(),
        },
        rule(
            (ACT, "body.template_id", "cloning-needs-a-template"),
            Level::Error,
            any::<Option<bool>>().prop_map(|hce| {
                let mut request = UpdateTaskStatus::new("t", TaskAction::CloneTest);
                request.switch_hce = hce;
                request.check()
            }),
            select(others).prop_map(|action| UpdateTaskStatus::new("t", TaskAction::from(action)).check()),
        ),
    ];
    let mut known = known((ACT, "body.operation"), &SURE, act);
    known.outside = any::<String>()
        .prop_filter("listed", move |text| !SURE.contains(&text.as_str()) && !listed.contains(&text.as_str()))
        .prop_map(move |text| act(&text))
        .boxed();
    limits.push(known);
    limits
}

pub(super) fn limits() -> Vec<Limit> {
    dcs().into_iter().chain(retry::limits()).chain(sms()).collect()
}
