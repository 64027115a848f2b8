//! Requests are made, looked at and checked without a client.

use huaweicloud_migration::dcs::{
    MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask, SetOnlineMigrationTaskRequired,
};
use huaweicloud_migration::sms::{TaskAction, UpdateTaskStatus};
use huaweicloud_migration::{Json, Level, Operation, Report, Secret, clouds};

/// The trait is a bound that users can write.
fn refusal<O: Operation>(request: &O) -> Option<Report> {
    request.validate().err()
}

fn main() {
    let mut request = SetOnlineMigrationTask::new(
        "task",
        SetOnlineMigrationTaskRequired {
            migration_method: MigrationMethod::IncrementalMigration,
            resume_mode: ResumeMode::Auto,
            source_instance: MigrationInstance::new().addrs("192.0.2.1:6379").password("hunter2"),
            target_instance: MigrationInstance::default().id(String::from("i")),
        },
    )
    .bandwidth_limit_mb(123);
    assert!(request.check().is_empty() && refusal(&request).is_none());

    // Fields are public: what was made can be read and changed.
    assert_eq!(request.source_instance.password.as_ref().map(Secret::expose), Some("hunter2"));
    request.bandwidth_limit_mb = Some(20_000);
    let report = refusal(&request).unwrap();
    let finding = report.errors().next().unwrap();
    assert_eq!((finding.place(), finding.level()), ("body.bandwidth_limit_mb", Level::Error));
    assert!(request.check_on(clouds::OPEN_TELEKOM_CLOUD).has_errors());

    // What the documentation does not know can be sent on purpose.
    let request = UpdateTaskStatus::new("task", TaskAction::from("collect_log"))
        .extra_body("reason", Json::Null)
        .extra_query("dry_run", "true")
        .without_checks();
    assert_eq!(request, request.clone());
}
