//! A value of another enum does not fit.

use huaweicloud_migration::dcs::{MigrationMethod, UpdateMigrationTask};

fn main() {
    let _ = UpdateMigrationTask::new("task").resume_mode(MigrationMethod::FullAmountMigration);
}
