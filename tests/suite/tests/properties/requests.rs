//! What is sent is what was set: path and JSON of any request equal those made here of the same values.

use huaweicloud_migration::Operation;
use huaweicloud_migration::dcs::{
    BatchRestartOnlineMigrationTasks, MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask,
    SetOnlineMigrationTaskRequired, UpdateMigrationTask,
};
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::fake::{PROJECT, answering, call};

/// Sends the request, and compares.
fn assert_sent<O: Operation>(request: &O, method: &str, target: &str, body: &Value) {
    let fake = answering(200, "{}");
    call(&fake, request).unwrap();
    let sent = fake.sent.lock().unwrap();
    let [sent] = sent.as_slice() else { panic!("{} requests were sent", sent.len()) };
    assert_eq!(sent.method().as_str(), method);
    assert_eq!(sent.uri().to_string(), format!("https://service.example{target}"));
    // Both as they are read: the last digit of a float may change on that way.
    let read = |bytes: &[u8]| -> Value { serde_json::from_slice(bytes).unwrap() };
    assert_eq!(read(sent.body()), read(body.to_string().as_bytes()));
}

/// An object of the fields that are set.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Map<_, _>>().into()
}

fn set<R, V: Clone>(request: R, value: Option<&V>, setter: impl FnOnce(R, V) -> R) -> R {
    match value {
        Some(value) => setter(request, value.clone()),
        None => request,
    }
}

fn encoded(text: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Any text that can stand in a path.
fn step() -> impl Strategy<Value = String> {
    let odd = ["a..b", "...", "a/b", "..%2f", "ü", " ", "%", "%2e", "a?b", "a#b", "{task_id}", "\\", "."];
    let text = prop_oneof![any::<String>(), prop::sample::select(odd.map(str::to_owned).to_vec())];
    text.prop_filter("path steps", |text| !["", ".", ".."].contains(&text.as_str()))
}

/// A documented value, or any other text.
fn value(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(known).prop_map(str::to_owned), any::<String>()]
}

fn texts<const N: usize>() -> [option::OptionStrategy<proptest::arbitrary::StrategyFor<String>>; N] {
    std::array::from_fn(|_| option::of(any::<String>()))
}

type Instance = [Option<String>; 3];

fn instance([id, addrs, password]: &Instance) -> MigrationInstance {
    let instance = set(MigrationInstance::new(), id.as_ref(), MigrationInstance::id);
    let instance = set(instance, addrs.as_ref(), MigrationInstance::addrs);
    set(instance, password.as_ref(), MigrationInstance::password)
}

fn instance_json([id, addrs, password]: &Instance) -> Value {
    let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
    object([("id", text(id)), ("addrs", text(addrs)), ("password", text(password))])
}

const ACTIONS: [&str; 11] = [
    "start",
    "stop",
    "test",
    "clone_test",
    "restart",
    "network_check",
    "skip",
    "clear",
    "migration_test",
    "cutover",
    "error_for_overspeed",
];

proptest! {
    #![proptest_config(crate::fake::config())]

    #[test]
    fn batch_restart_online_migration_tasks(ids in vec(any::<String>(), 0..60)) {
        let request = BatchRestartOnlineMigrationTasks::new(&ids);
        let target = format!("/v2/{PROJECT}/migration-tasks/batch-restart");
        assert_sent(&request, "POST", &target, &json!({"migration_tasks": ids}));
    }

    #[test]
    fn set_online_migration_task(
        task in step(),
        method in value(&["full_amount_migration", "incremental_migration"]),
        resume in value(&["auto", "manual"]),
        limit in option::of(any::<i64>()),
        source in texts::<3>(),
        destination in texts::<3>(),
    ) {
        let required = SetOnlineMigrationTaskRequired {
            migration_method: MigrationMethod::from(method.as_str()),
            resume_mode: ResumeMode::from(resume.as_str()),
            source_instance: instance(&source),
            target_instance: instance(&destination),
        };
        let request = set(SetOnlineMigrationTask::new(&task, required), limit.as_ref(), SetOnlineMigrationTask::bandwidth_limit_mb);
        let body = object([
            ("migration_method", Some(json!(method))),
            ("resume_mode", Some(json!(resume))),
            ("bandwidth_limit_mb", limit.map(|limit| json!(limit.to_string()))),
            ("source_instance", Some(instance_json(&source))),
            ("target_instance", Some(instance_json(&destination))),
        ]);
        assert_sent(&request, "POST", &format!("/v2/{PROJECT}/migration/{}/task", encoded(&task)), &body);
    }

    #[test]
    fn update_migration_task(task in step(), resume in option::of(value(&["auto", "manual"]))) {
        let mode = resume.as_deref().map(ResumeMode::from);
        let request = set(UpdateMigrationTask::new(&task), mode.as_ref(), UpdateMigrationTask::resume_mode);
        let target = format!("/v2/{PROJECT}/migration-task/{}", encoded(&task));
        assert_sent(&request, "PUT", &target, &object([("resume_mode", resume.map(|mode| json!(mode)))]));
    }

    #[test]
    fn retry_task_group(group in step(), texts in texts::<8>(), failed in option::of(any::<bool>())) {
        let [src_ak, src_sk, json_auth_file, dst_ak, dst_sk, cdn, connection, kms] = &texts;
        let request = set(RetryTaskGroup::new(&group), src_ak.as_ref(), RetryTaskGroup::src_ak);
        let request = set(request, src_sk.as_ref(), RetryTaskGroup::src_sk);
        let request = set(request, json_auth_file.as_ref(), RetryTaskGroup::json_auth_file);
        let request = set(request, dst_ak.as_ref(), RetryTaskGroup::dst_ak);
        let request = set(request, dst_sk.as_ref(), RetryTaskGroup::dst_sk);
        let request = set(request, cdn.as_ref(), RetryTaskGroup::source_cdn_authentication_key);
        let request = set(request, connection.as_ref(), RetryTaskGroup::connection_string);
        let request = set(request, kms.as_ref(), RetryTaskGroup::dst_kms_key_id);
        let request = set(request, failed.as_ref(), RetryTaskGroup::migrate_failed_object);
        let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
        let body = object([
            ("src_ak", text(src_ak)),
            ("src_sk", text(src_sk)),
            ("json_auth_file", text(json_auth_file)),
            ("dst_ak", text(dst_ak)),
            ("dst_sk", text(dst_sk)),
            ("source_cdn_authentication_key", text(cdn)),
            ("connection_string", text(connection)),
            ("dst_kms_key_id", text(kms)),
            ("migrate_failed_object", failed.map(|failed| json!(failed))),
        ]);
        assert_sent(&request, "PUT", &format!("/v2/{PROJECT}/taskgroups/{}/retry", encoded(&group)), &body);
    }

    #[test]
    fn update_task_status(
        task in step(),
        action in value(&ACTIONS),
        template in option::of(any::<String>()),
        hce in option::of(any::<bool>()),
        compare in option::of(any::<bool>()),
    ) {
        let request = UpdateTaskStatus::new(&task, TaskAction::from(action.as_str()));
        let request = set(request, template.as_ref(), UpdateTaskStatus::template_id);
        let request = set(request, hce.as_ref(), UpdateTaskStatus::switch_hce);
        let request = set(request, compare.as_ref(), UpdateTaskStatus::is_need_consistency_check);
        let body = object([
            ("operation", Some(json!(action))),
            ("template_id", template.map(|template| json!(template))),
            ("switch_hce", hce.map(|hce| json!(hce))),
            ("is_need_consistency_check", compare.map(|compare| json!(compare))),
        ]);
        assert_sent(&request, "POST", &format!("/v3/tasks/{}/action", encoded(&task)), &body);
    }

    #[test]
    fn what_callers_add(
        resume in value(&["auto", "manual"]),
        fields in btree_map(prop_oneof![Just("resume_mode".to_owned()), any::<String>()], crate::json::json(), 0..5),
        query in vec((any::<String>(), any::<String>()), 0..4),
    ) {
        let mut request = UpdateMigrationTask::new("t").resume_mode(ResumeMode::from(resume.as_str()));
        let mut body = Map::from_iter([("resume_mode".to_owned(), json!(resume))]);
        for (name, value) in fields {
            request = request.extra_body(&name, value.clone());
            body.insert(name, value);
        }
        let mut target = format!("/v2/{PROJECT}/migration-task/t");
        for (index, (name, value)) in query.into_iter().enumerate() {
            target += &format!("{}{}={}", if index == 0 { '?' } else { '&' }, encoded(&name), encoded(&value));
            request = request.extra_query(name, value);
        }
        assert_sent(&request, "PUT", &target, &body.into());
    }
}
