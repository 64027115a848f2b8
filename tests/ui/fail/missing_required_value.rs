//! Several required values have names, and none of them can be left out.

use huaweicloud_migration::dcs::{MigrationInstance, MigrationMethod, SetOnlineMigrationTaskRequired};

fn main() {
    let _ = SetOnlineMigrationTaskRequired {
        migration_method: MigrationMethod::FullAmountMigration,
        source_instance: MigrationInstance::new().id("a"),
        target_instance: MigrationInstance::new().id("b"),
    };
}
