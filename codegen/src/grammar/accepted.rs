//! `accepted.yaml`: what reviews decided of changes.

use crate::decode::{Checked, Fingerprint, Spanned, Text, choice, record};

choice! {
    /// What brought a change about.
    Cause {
        "vendor" Vendor,
        "transcription" Transcription,
        "documentation" Documentation,
    }
}

record! {
    /// `accepted.yaml`: changes that a review has seen and found right.
    AcceptedFile {
        required {
            /// The changes, by the fingerprints that `cargo xtask diff` shows.
            "accepted" accepted: Vec<Accepted>,
        }
        optional {}
    }
    /// A change that a review has found right.
    Accepted {
        required {
            /// The change's fingerprint: 16 hexadecimal digits.
            "fingerprint" fingerprint: Checked<Fingerprint>,
            /// vendor: the service changed; transcription: our copy was wrong; documentation: the page was wrong or vague.
            "cause" cause: Spanned<Cause>,
            /// Why it is right, in our own words.
            "reason" reason: Text,
        }
        optional {}
    }
}
