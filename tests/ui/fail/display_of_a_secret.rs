//! A secret has no text to show.

use huaweicloud_migration::Secret;

fn main() {
    let password = Secret::from("hunter2");
    let _ = format!("{password}");
}
