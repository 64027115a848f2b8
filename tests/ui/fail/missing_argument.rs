//! Required values are arguments.

use huaweicloud_migration::sms::UpdateTaskStatus;

fn main() {
    let _ = UpdateTaskStatus::new("7a9a9540");
}
