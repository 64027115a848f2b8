//! Documented answers.

use crate::diff::rule::rules;

rules! {
    SUCCESS_STATUS_ADDED = "success-status-added" Info Response Answer Added, Compatible Patch Same, mirror "success-status-removed",
        "Another status means success; the crate takes every 2xx for one anyway.",
        "responses: {202: {body: none}}";
    SUCCESS_STATUS_REMOVED = "success-status-removed" Error Response Answer Removed, Breaks Patch Same, mirror "success-status-added",
        "A status no longer means success by the documentation; the crate takes every 2xx for one anyway.",
        "responses: {202: {body: none}} → (gone)";
    SUCCESS_BODY_ADDED = "success-body-added" Info Response Answer Added, Compatible Major Same, mirror "success-body-removed",
        "A successful answer is read as a type where it was `()`.",
        "200: {body: none} → 200: {body: Vault}";
    SUCCESS_BODY_REMOVED = "success-body-removed" Error Response Answer Removed, Breaks Major Same, mirror "success-body-added",
        "A successful answer is `()` where it was read as a type.",
        "200: {body: Vault} → 200: {body: none}";
    ALTERNATIVE_BODY_CHANGED = "alternative-body-changed" Warning Response Answer Changed, Uncertain Patch Same,
        mirror "alternative-body-changed",
        "Another success than the one the crate has a type for is documented with another body.",
        "202: {body: none} → 202: {body: json}, beside 200: {body: Vault}";
    ERROR_STATUS_ADDED = "error-status-added" Info Failure Answer Added, Compatible Patch Same, mirror "error-status-removed",
        "Another status is documented for failed calls; the crate has one error for all of them.",
        "responses: {404: {body: DcsError}}";
    ERROR_STATUS_REMOVED = "error-status-removed" Info Failure Answer Removed, Compatible Patch Same, mirror "error-status-added",
        "A status is no longer documented for failed calls; the crate has one error for all of them.",
        "responses: {404: {body: DcsError}} → (gone)";
    ERROR_BODY_CHANGED = "error-body-changed" Info Failure Answer Changed, Compatible None Same, mirror "error-body-changed",
        "Failed calls of that status are documented otherwise, or with another body; the crate reads them without types.",
        "404: {body: DcsError} → 404: {body: none}";
}
