//! Enums grow: a new value must not break who matches on them.

use huaweicloud_migration::dcs::ResumeMode;

fn main() {
    match ResumeMode::Auto {
        ResumeMode::Auto => {}
        ResumeMode::Manual => {}
        ResumeMode::Unknown(_) => {}
    }
}
