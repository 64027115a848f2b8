//! The calls that are measured, and what a caller without this crate would write for them.

use huaweicloud_migration::Operation;
use huaweicloud_migration::dcs::{
    MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask, SetOnlineMigrationTaskRequired,
};
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub(crate) const PROJECT: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const ACCESS_KEY: &str = "EXAMPLEACCESSKEY0001";
pub(crate) const SECRET_KEY: &str = "ExampleSecretKeyThatIsNotReal00000000001";
const TASK: &str = "7a9a9540-ff28-4869-b9e4-855fbe12c0de";
const TEMPLATE: &str = "3f2a1c54-0f4e-4a7e-9b1d-2c5d8f6a0001";
const KEY: &str = "abcdefghijabcdefghijabcdefghijabcdefghij";

/// A token of a usual length: some 400 characters.
pub(crate) fn token() -> String {
    "MIIEvwYJKoZIhvcNAQcC".repeat(20)
}

/// One operation with typical values.
pub(crate) trait Case: Operation + Clone + Send + Sync + 'static {
    const NAME: &'static str;
    /// What the server answers.
    const ANSWER: &'static str;
    /// The same body, by serde's derive.
    type Plain: Serialize + Send + Sync + 'static;
    /// The same answer, by serde's derive.
    type Answer: DeserializeOwned;

    fn request() -> Self;
    fn plain() -> Self::Plain;
}

#[derive(Serialize)]
pub(crate) struct Action {
    operation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    template_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    switch_hce: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_need_consistency_check: Option<bool>,
}

#[derive(Deserialize)]
pub(crate) struct Nothing {}

impl Case for UpdateTaskStatus {
    const NAME: &'static str = "sms action";
    const ANSWER: &'static str = "{}";
    type Plain = Action;
    type Answer = Nothing;

    fn request() -> Self {
        Self::new(TASK, TaskAction::CloneTest).template_id(TEMPLATE)
    }

    fn plain() -> Action {
        Action {
            operation: "clone_test".to_owned(),
            template_id: Some(TEMPLATE.to_owned()),
            switch_hce: None,
            is_need_consistency_check: None,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct Retry {
    #[serde(skip_serializing_if = "Option::is_none")]
    src_ak: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    src_sk: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    json_auth_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dst_ak: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dst_sk: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_cdn_authentication_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    migrate_failed_object: Option<bool>,
}

/// Such as a key file has: quotes and line ends, which JSON escapes.
fn file() -> String {
    "{\n  \"type\": \"service_account\",\n  \"private_key_id\": \"0123456789abcdef\",\n".repeat(4)
}

impl Case for RetryTaskGroup {
    const NAME: &'static str = "oms retry";
    const ANSWER: &'static str = "{}";
    type Plain = Retry;
    type Answer = Nothing;

    fn request() -> Self {
        Self::new(TASK)
            .src_ak(KEY)
            .src_sk(KEY)
            .json_auth_file(file())
            .dst_ak(KEY)
            .dst_sk(KEY)
            .migrate_failed_object(true)
    }

    fn plain() -> Retry {
        let key = || Some(KEY.to_owned());
        Retry {
            src_ak: key(),
            src_sk: key(),
            json_auth_file: Some(file()),
            dst_ak: key(),
            dst_sk: key(),
            source_cdn_authentication_key: None,
            migrate_failed_object: Some(true),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct Online {
    migration_method: String,
    resume_mode: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bandwidth_limit_mb: Option<String>,
    source_instance: Instance,
    target_instance: Instance,
}

#[derive(Serialize)]
struct Instance {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    addrs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what is read is not looked at")]
pub(crate) struct Configured {
    id: Option<String>,
    name: Option<String>,
    status: Option<String>,
    error: Option<String>,
}

const ADDRESSES: &str = "192.168.1.1:6379,192.168.0.0:6379";

impl Case for SetOnlineMigrationTask {
    const NAME: &'static str = "dcs set online";
    const ANSWER: &'static str = r#"{"id":"8a2c9144706b4ca301706b4ca3010000","name":"migration-1","status":"FULLMIGRATING","created_at":"2026-01-27T08:00:00.000Z","error":""}"#;
    type Plain = Online;
    type Answer = Configured;

    fn request() -> Self {
        let required = SetOnlineMigrationTaskRequired {
            migration_method: MigrationMethod::IncrementalMigration,
            resume_mode: ResumeMode::Auto,
            source_instance: MigrationInstance::new().addrs(ADDRESSES).password("hunter2hunter2"),
            target_instance: MigrationInstance::new().id(TASK),
        };
        Self::new(TASK, required).bandwidth_limit_mb(123)
    }

    fn plain() -> Online {
        Online {
            migration_method: "incremental_migration".to_owned(),
            resume_mode: "auto".to_owned(),
            bandwidth_limit_mb: Some("123".to_owned()),
            source_instance: Instance {
                id: None,
                addrs: Some(ADDRESSES.to_owned()),
                password: Some("hunter2hunter2".to_owned()),
            },
            target_instance: Instance { id: Some(TASK.to_owned()), addrs: None, password: None },
        }
    }
}
