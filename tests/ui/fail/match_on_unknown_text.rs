//! Who matched on the text of an unknown value would stop matching when the value gets a name.

use huaweicloud_migration::dcs::ResumeMode;

fn main() {
    match ResumeMode::from("later") {
        ResumeMode::Unknown("later") => {}
        _ => {}
    }
}
