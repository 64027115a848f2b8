//! Requests grow: a new optional field must not break who makes them.

use huaweicloud_migration::dcs::MigrationInstance;

fn main() {
    let _ = MigrationInstance { id: Some("a".to_owned()), addrs: None, password: None };
}
