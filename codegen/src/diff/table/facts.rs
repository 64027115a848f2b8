//! What is documented of a value: need, limits, patterns, defaults, rules between fields.

use crate::diff::rule::rules;

rules! {
    REQUEST_BECAME_REQUIRED = "request-became-required" Error Request Field Tightened, Breaks Major Starts,
        mirror "request-became-optional",
        "Calls must give a value that they could leave out: it moves from a setter to `new`.",
        "need: optional → need: required";
    REQUEST_BECAME_OPTIONAL = "request-became-optional" Info Request Field Loosened, Compatible Major Stops,
        mirror "request-became-required",
        "Calls can leave the value out: it moves from `new` to a setter.",
        "need: required → need: optional";
    RESPONSE_BECAME_REQUIRED = "response-became-required" Info Response Field Tightened, Compatible None Same,
        mirror "response-became-optional",
        "The field is documented to be always there; in Rust it stays optional.",
        "need: optional → need: required";
    RESPONSE_BECAME_OPTIONAL = "response-became-optional" Warning Response Field Loosened, Uncertain None Same,
        mirror "response-became-required",
        "The field may be missing; it was optional in Rust already, but programs may have relied on it.",
        "need: required → need: optional";
    REQUEST_REQUIRED_ON_CLOUD = "request-required-on-cloud" Error Request Field Tightened, Breaks Patch Starts,
        mirror "request-optional-on-cloud",
        "On that cloud, calls without the value are refused; code compiles as before.",
        "on: {demo: {need: required}}";
    REQUEST_OPTIONAL_ON_CLOUD = "request-optional-on-cloud" Info Request Field Loosened, Compatible Patch Stops,
        mirror "request-required-on-cloud",
        "On that cloud, calls without the value are no longer refused.",
        "on: {demo: {need: required}} → (gone)";
    NEED_REWORDED = "need-reworded" Info Neither Field Changed, Equal None Same, mirror "need-reworded",
        "The page says otherwise that the value can be missing; nothing follows from it.",
        "need: optional → need: conditional";
    REQUEST_NULLABLE_ADDED = "request-nullable-added" Info Request Field Added, Compatible None Same, mirror "request-nullable-removed",
        "The page allows `null` there; unset values are left out as before.",
        "nullable: true";
    REQUEST_NULLABLE_REMOVED = "request-nullable-removed" Info Request Field Removed, Compatible None Same,
        mirror "request-nullable-added",
        "The page no longer allows `null` there, which the crate never sent.",
        "nullable: true → (gone)";
    RESPONSE_NULLABLE_ADDED = "response-nullable-added" Warning Response Field Added, Uncertain None Same,
        mirror "response-nullable-removed",
        "`null` may come there; the field was optional in Rust already, but programs may have relied on it.",
        "nullable: true";
    RESPONSE_NULLABLE_REMOVED = "response-nullable-removed" Info Response Field Removed, Compatible None Same,
        mirror "response-nullable-added",
        "`null` is no longer documented to come there.",
        "nullable: true → (gone)";
    REQUEST_LIMIT_SET = "request-limit-set" Warning Request Field Added, Uncertain Patch Starts, mirror "request-limit-removed",
        "The checks refuse values outside a limit where there was none; code compiles as before.",
        "length: [1, 36]";
    REQUEST_LIMIT_REMOVED = "request-limit-removed" Info Request Field Removed, Compatible Patch Stops, mirror "request-limit-set",
        "The checks accept what was outside the limit.",
        "length: [1, 36] → (no limit)";
    REQUEST_LIMIT_TIGHTENED = "request-limit-tightened" Error Request Field Tightened, Breaks Patch Starts,
        mirror "request-limit-loosened",
        "The checks refuse values that were inside the limit; code compiles as before.",
        "length: [1, 64] → length: [1, 36]";
    REQUEST_LIMIT_LOOSENED = "request-limit-loosened" Info Request Field Loosened, Compatible Patch Stops,
        mirror "request-limit-tightened",
        "The checks accept values that were outside the limit.",
        "length: [1, 36] → length: [1, 64]";
    REQUEST_LIMIT_CHANGED = "request-limit-changed" Error Request Field Changed, Breaks Patch Unclear, mirror "request-limit-changed",
        "The limit moved: the checks refuse values that were inside and accept some that were outside.",
        "length: [1, 36] → length: [8, 64]";
    RESPONSE_LIMIT_SET = "response-limit-set" Info Response Field Added, Compatible Patch Same, mirror "response-limit-removed",
        "A limit is documented of what comes; limits are never enforced on answers.",
        "length: [1, 36]";
    RESPONSE_LIMIT_REMOVED = "response-limit-removed" Info Response Field Removed, Compatible Patch Same, mirror "response-limit-set",
        "No limit is documented any more of what comes; limits are never enforced on answers.",
        "length: [1, 36] → (no limit)";
    RESPONSE_LIMIT_TIGHTENED = "response-limit-tightened" Info Response Field Tightened, Compatible Patch Same,
        mirror "response-limit-loosened",
        "Less is documented to come; limits are never enforced on answers.",
        "length: [1, 64] → length: [1, 36]";
    RESPONSE_LIMIT_LOOSENED = "response-limit-loosened" Info Response Field Loosened, Compatible Patch Same,
        mirror "response-limit-tightened",
        "More is documented to come; the crate reads it as before, but what stores it may have relied on the limit.",
        "length: [1, 36] → length: [1, 64]";
    RESPONSE_LIMIT_CHANGED = "response-limit-changed" Info Response Field Changed, Compatible Patch Same, mirror "response-limit-changed",
        "The documented limit of what comes moved; limits are never enforced on answers.",
        "length: [1, 36] → length: [8, 64]";
    REQUEST_PATTERN_SET = "request-pattern-set" Warning Request Field Added, Uncertain Patch Starts, mirror "request-pattern-removed",
        "The checks refuse texts in which the pattern is not found; code compiles as before.",
        "pattern: ^[a-z]+$";
    REQUEST_PATTERN_REMOVED = "request-pattern-removed" Info Request Field Removed, Compatible Patch Stops, mirror "request-pattern-set",
        "The checks accept texts in which the pattern is not found.",
        "pattern: ^[a-z]+$ → (no pattern)";
    REQUEST_PATTERN_CHANGED = "request-pattern-changed" Warning Request Field Changed, Uncertain Patch Unclear,
        mirror "request-pattern-changed",
        "The checks look for another pattern; which of the two allows more is not decided here.",
        "pattern: ^[a-z]+$ → pattern: ^[a-z0-9]+$";
    RESPONSE_PATTERN_SET = "response-pattern-set" Info Response Field Added, Compatible Patch Same, mirror "response-pattern-removed",
        "A pattern is documented of what comes; patterns are never enforced on answers.",
        "pattern: ^[a-z]+$";
    RESPONSE_PATTERN_REMOVED = "response-pattern-removed" Info Response Field Removed, Compatible Patch Same,
        mirror "response-pattern-set",
        "No pattern is documented any more of what comes; patterns are never enforced on answers.",
        "pattern: ^[a-z]+$ → (no pattern)";
    RESPONSE_PATTERN_CHANGED = "response-pattern-changed" Info Response Field Changed, Compatible Patch Same,
        mirror "response-pattern-changed",
        "Another pattern is documented of what comes; patterns are never enforced on answers.",
        "pattern: ^[a-z]+$ → pattern: ^[a-z0-9]+$";
    REQUEST_DEFAULT_ADDED = "request-default-added" Warning Request Field Added, Uncertain Patch Same, mirror "request-default-removed",
        "A value that is left out now means something; it is left out as before.",
        "default: true";
    REQUEST_DEFAULT_REMOVED = "request-default-removed" Warning Request Field Removed, Uncertain Patch Same,
        mirror "request-default-added",
        "What a value means that is left out is no longer documented; it is left out as before.",
        "default: true → (none)";
    REQUEST_DEFAULT_CHANGED = "request-default-changed" Warning Request Field Changed, Uncertain Patch Same,
        mirror "request-default-changed",
        "A value that is left out means something else: the same call may do something else.",
        "default: true → default: false";
    RESPONSE_DEFAULT_ADDED = "response-default-added" Info Response Field Added, Compatible Patch Same, mirror "response-default-removed",
        "It is documented what a field means that does not come.",
        "default: 0";
    RESPONSE_DEFAULT_REMOVED = "response-default-removed" Info Response Field Removed, Compatible Patch Same,
        mirror "response-default-added",
        "It is no longer documented what a field means that does not come.",
        "default: 0 → (none)";
    RESPONSE_DEFAULT_CHANGED = "response-default-changed" Warning Response Field Changed, Uncertain Patch Same,
        mirror "response-default-changed",
        "A field that does not come means something else.",
        "default: 0 → default: 1";
    RULE_ADDED = "rule-added" Error Request Rule Added, Breaks Patch Starts, mirror "rule-removed",
        "The checks refuse combinations of values that they accepted; code compiles as before.",
        "rules: [{id: one-of, kind: at-least-one-of, fields: [id, name]}]";
    RULE_REMOVED = "rule-removed" Info Request Rule Removed, Compatible Patch Stops, mirror "rule-added",
        "The checks accept combinations of values that they refused.",
        "rules: [{id: one-of, …}] → (gone)";
    RULE_TIGHTENED = "rule-tightened" Error Request Rule Tightened, Breaks Patch Starts, mirror "rule-loosened",
        "The rule demands more, or in more cases.",
        "at-least-one-of [a, b, c] → at-least-one-of [a, b]";
    RULE_LOOSENED = "rule-loosened" Info Request Rule Loosened, Compatible Patch Stops, mirror "rule-tightened",
        "The rule demands less, or in fewer cases.",
        "at-least-one-of [a, b] → at-least-one-of [a, b, c]";
    RULE_CHANGED = "rule-changed" Warning Request Rule Changed, Uncertain Patch Unclear, mirror "rule-changed",
        "The rule demands something else; which of the two allows more is not decided here.",
        "at-most-one-of [a, b] → all-or-none [a, b]";
    RULE_RENAMED = "rule-renamed" Info Request Rule Changed, Equal Patch Same, mirror "rule-renamed",
        "Findings of the checks name the rule otherwise.",
        "id: one-of → id: id-or-name";
    WARNING_ADDED = "warning-added" Info Request Rule Added, Compatible Patch Same, mirror "warning-removed",
        "The checks warn of something without refusing it, because the fact is doubtful.",
        "length: {is: [1, 36], level: warning}";
    WARNING_REMOVED = "warning-removed" Info Request Rule Removed, Compatible Patch Same, mirror "warning-added",
        "The checks no longer warn of it.",
        "length: {is: [1, 36], level: warning} → (gone)";
    WARNING_CHANGED = "warning-changed" Info Request Rule Changed, Compatible Patch Same, mirror "warning-changed",
        "The checks warn of something else, without refusing it.",
        "length: {is: [1, 36], level: warning} → {is: [1, 64], level: warning}";
    WARNING_BECAME_REFUSAL = "warning-became-refusal" Warning Request Rule Tightened, Uncertain Patch Starts,
        mirror "refusal-became-warning",
        "The checks refuse what they only warned of.",
        "level: warning → level: error";
    REFUSAL_BECAME_WARNING = "refusal-became-warning" Info Request Rule Loosened, Compatible Patch Stops,
        mirror "warning-became-refusal",
        "The checks only warn of what they refused.",
        "level: error → level: warning";
    UNCHECKED_ADDED = "unchecked-added" Info Request Rule Added, Equal Patch Same, mirror "unchecked-removed",
        "Something is documented that cannot be checked, so that only texts change.",
        "rules: [{id: instance-runs, kind: unchecked, doc: …}]";
    UNCHECKED_REMOVED = "unchecked-removed" Info Request Rule Removed, Equal Patch Same, mirror "unchecked-added",
        "Something that cannot be checked is no longer documented, so that only texts change.",
        "rules: [{id: instance-runs, kind: unchecked, doc: …}] → (gone)";
    UNCHECKED_CHANGED = "unchecked-changed" Info Request Rule Changed, Equal Patch Same, mirror "unchecked-changed",
        "Something that cannot be checked is documented otherwise, so that only texts change.",
        "pattern: {unchecked: a} → pattern: {unchecked: b}";
}
