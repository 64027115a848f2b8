//! Answers can be made by tests of users, and matched on.

use huaweicloud_migration::dcs::{
    BatchRestartMigrationTaskResult, BatchRestartOnlineMigrationTasksResponse, MigrationTaskStatus, RestartResult,
};

fn is_over(status: &MigrationTaskStatus) -> bool {
    match status {
        MigrationTaskStatus::Success | MigrationTaskStatus::Failed | MigrationTaskStatus::Terminated => true,
        MigrationTaskStatus::Unknown(value) => value.as_str().starts_with("OVER"),
        _ => false,
    }
}

fn main() {
    assert!(is_over(&MigrationTaskStatus::Success) && !is_over(&MigrationTaskStatus::from("PAUSED")));

    let mut item = BatchRestartMigrationTaskResult::default();
    item.task_id = Some("a".to_owned());
    item.result = Some(RestartResult::from("failed"));
    let mut answer = BatchRestartOnlineMigrationTasksResponse::default();
    answer.migration_tasks = Some(vec![item]);
    let failures = answer.failures();
    assert_eq!(failures.iter().map(|failure| failure.id).collect::<Vec<_>>(), [Some("a")]);
}
