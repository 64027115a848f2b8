//! Types as a whole, and values of enumerations.

use crate::diff::rule::rules;

rules! {
    TYPE_RENAMED = "type-renamed" Info Neither Type Changed, Equal Major Same, mirror "type-renamed",
        "The type is called otherwise in Rust; what it holds travels as before.",
        "Tier → StorageTier";
    TYPE_RENAMED_IN_SPEC = "type-renamed-in-spec" Info Neither Type Changed, Equal None Same, mirror "type-renamed-in-spec",
        "The spec calls the type otherwise; its name in Rust stays.",
        "Tier → StorageTier with rust: Tier";
    TYPE_SPLIT = "type-split" Info Neither Type Added, Equal Major Same, mirror "type-merged",
        "Places that shared a type have several now; what it holds travels as before.",
        "Task → ListedTask and ShownTask";
    TYPE_MERGED = "type-merged" Info Neither Type Removed, Equal Major Same, mirror "type-split",
        "Places that had types of their own share one now; what it holds travels as before.",
        "ListedTask and ShownTask → Task";
    ERROR_TYPE_RENAMED = "error-type-renamed" Info Failure Type Changed, Equal None Same, mirror "error-type-renamed",
        "The type of bodies of failed calls is called otherwise; the crate reads them without types.",
        "DcsError → ErrorBody";
    REQUEST_ENUM_VALUE_ADDED = "request-enum-value-added" Info Request Value Added, Compatible Minor Stops,
        mirror "request-enum-value-removed",
        "Calls can send another value.",
        "enum: {fast: …} → enum: {fast: …, cheap: …}";
    REQUEST_ENUM_VALUE_REMOVED = "request-enum-value-removed" Error Request Value Removed, Breaks Major Starts,
        mirror "request-enum-value-added",
        "The checks refuse a value that was good, and its variant is gone.",
        "enum: {fast: …, cheap: …} → enum: {fast: …}";
    RESPONSE_ENUM_VALUE_ADDED = "response-enum-value-added" Warning Response Value Added, Uncertain Minor Same,
        mirror "response-enum-value-removed",
        "Another value can come, or one that came already has a name: what was `Unknown` is its variant now.",
        "enum: {done: …} → enum: {done: …, failed: …}";
    RESPONSE_ENUM_VALUE_REMOVED = "response-enum-value-removed" Info Response Value Removed, Compatible Major Same,
        mirror "response-enum-value-added",
        "The value no longer comes, and its variant is gone; if it comes all the same, it is `Unknown`.",
        "enum: {done: …, failed: …} → enum: {done: …}";
    SHARED_ENUM_VALUE_ADDED = "shared-enum-value-added" Warning Both Value Added, Uncertain Minor Stops,
        mirror "shared-enum-value-removed",
        "Calls can send another value, and it can come: what was `Unknown` is its variant now.",
        "enum: {fast: …} → enum: {fast: …, cheap: …}";
    SHARED_ENUM_VALUE_REMOVED = "shared-enum-value-removed" Error Both Value Removed, Breaks Major Starts,
        mirror "shared-enum-value-added",
        "The checks refuse a value that was good, and its variant is gone; if it comes all the same, it is `Unknown`.",
        "enum: {fast: …, cheap: …} → enum: {fast: …}";
    ENUM_VALUE_DOUBTED = "enum-value-doubted" Info Neither Value Added, Compatible Patch Same, mirror "enum-value-confirmed",
        "The checks warn when the value is sent, because it is doubtful.",
        "cheap: Cheap. → cheap: {doc: Cheap., level: warning}";
    ENUM_VALUE_CONFIRMED = "enum-value-confirmed" Info Neither Value Removed, Compatible Patch Same, mirror "enum-value-doubted",
        "The checks no longer warn when the value is sent.",
        "cheap: {doc: Cheap., level: warning} → cheap: Cheap.";
    ENUM_VALUE_DEPRECATED = "enum-value-deprecated" Info Neither Value Added, Equal Minor Same, mirror "enum-value-undeprecated",
        "Code that names the value gets a warning of the compiler.",
        "cheap: Cheap. → cheap: {doc: Cheap., deprecated: true}";
    ENUM_VALUE_UNDEPRECATED = "enum-value-undeprecated" Info Neither Value Removed, Equal Patch Same, mirror "enum-value-deprecated",
        "Code that names the value no longer gets a warning of the compiler.",
        "cheap: {doc: Cheap., deprecated: true} → cheap: Cheap.";
    ENUM_VALUE_RUST_RENAMED = "enum-value-rust-renamed" Info Neither Value Changed, Equal Major Same, mirror "enum-value-rust-renamed",
        "The variant is called otherwise in Rust alone.",
        "cheap: Cheap. → cheap: {doc: Cheap., rust: LowCost}";
    ENUM_ENCODING_CHANGED = "enum-encoding-changed" Error Neither Type Changed, Breaks Patch Same, mirror "enum-encoding-changed",
        "The values go over the wire as numbers, or no longer do; code compiles as before.",
        "(nothing) → wire: integer";
}
