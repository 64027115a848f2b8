//! What a person would write who trusts the page: the answer of ListTasks with serde's derive.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(crate) struct List {
    pub(crate) tasks: Option<Vec<Task>>,
    pub(crate) count: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Task {
    bandwidth_policy: Option<Vec<BandwidthPolicy>>,
    complete_size: Option<i64>,
    description: Option<String>,
    dst_node: Option<DstNode>,
    enable_failed_object_recording: Option<bool>,
    enable_metadata_migration: Option<bool>,
    enable_restore: Option<bool>,
    error_reason: Option<ErrorReason>,
    failed_num: Option<i64>,
    failed_object_record: Option<FailedObjectRecord>,
    group_id: Option<String>,
    pub(crate) id: Option<i64>,
    is_query_over: Option<bool>,
    left_time: Option<i64>,
    migrate_since: Option<i64>,
    migrate_speed: Option<i64>,
    pub(crate) name: Option<String>,
    pub(crate) progress: Option<f64>,
    real_size: Option<i64>,
    skipped_num: Option<i64>,
    src_node: Option<SrcNode>,
    start_time: Option<i64>,
    // The derive has no enumerations of numbers.
    status: Option<i64>,
    successful_num: Option<i64>,
    task_type: Option<TaskType>,
    group_type: Option<GroupType>,
    total_num: Option<i64>,
    total_size: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct BandwidthPolicy {
    end: Option<String>,
    max_bandwidth: Option<i64>,
    start: Option<String>,
}

#[derive(Debug, Deserialize)]
struct DstNode {
    bucket: Option<String>,
    region: Option<String>,
    save_prefix: Option<String>,
}

#[derive(Debug, Deserialize)]
struct SrcNode {
    bucket: Option<String>,
    cloud_type: Option<CloudType>,
    region: Option<String>,
    app_id: Option<String>,
    object_key: Option<Vec<String>>,
    list_file: Option<ListFile>,
}

#[derive(Debug, Deserialize)]
struct ListFile {
    list_file_key: Option<String>,
    obs_bucket: Option<String>,
    list_file_num: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ErrorReason {
    error_code: Option<String>,
    error_msg: Option<String>,
}

#[derive(Debug, Deserialize)]
struct FailedObjectRecord {
    result: Option<bool>,
    list_file_key: Option<String>,
    error_code: Option<String>,
}

#[derive(Debug, Deserialize)]
enum CloudType {
    #[serde(rename = "AWS")]
    Aws,
    Azure,
    Aliyun,
    Tencent,
    HuaweiCloud,
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TaskType {
    List,
    Object,
    Prefix,
    UrlList,
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum GroupType {
    NormalTask,
    SyncTask,
    GroupTask,
    #[serde(other)]
    Other,
}
