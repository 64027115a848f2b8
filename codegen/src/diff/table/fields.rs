//! Parameters and fields: whether they are there, what they are called, what they hold.

use crate::diff::rule::rules;

rules! {
    REQUEST_FIELD_ADDED_REQUIRED = "request-field-added-required" Error Request Field Added, Breaks Major Starts,
        mirror "request-field-removed-required",
        "Calls must give a value that they did not have: `new` demands it, and old calls lack it on the wire.",
        "name: {need: required, type: string}";
    REQUEST_FIELD_REMOVED_REQUIRED = "request-field-removed-required" Warning Request Field Removed, Uncertain Major Stops,
        mirror "request-field-added-required",
        "`new` no longer takes the value; whether the service still does is not known.",
        "name: {need: required, type: string} → (gone)";
    REQUEST_FIELD_ADDED_OPTIONAL = "request-field-added-optional" Info Request Field Added, Compatible Minor Same,
        mirror "request-field-removed-optional",
        "Calls can give another value; there is a setter for it.",
        "label: {need: optional, type: string}";
    REQUEST_FIELD_REMOVED_OPTIONAL = "request-field-removed-optional" Warning Request Field Removed, Uncertain Major Same,
        mirror "request-field-added-optional",
        "The setter is gone; whether the service still takes the value is not known.",
        "label: {need: optional, type: string} → (gone)";
    RESPONSE_FIELD_ADDED = "response-field-added" Info Response Field Added, Compatible Minor Same, mirror "response-field-removed",
        "Answers have another field that can be read.",
        "size: {type: integer}";
    RESPONSE_FIELD_REMOVED = "response-field-removed" Warning Response Field Removed, Uncertain Major Same, mirror "response-field-added",
        "The field can no longer be read by name; it was optional in Rust, as all fields of answers are.",
        "size: {type: integer} → (gone)";
    ERROR_FIELD_ADDED = "error-field-added" Info Failure Field Added, Compatible None Same, mirror "error-field-removed",
        "Bodies of failed calls are documented to have another field; the crate reads them without types.",
        "error_details: {type: string}";
    ERROR_FIELD_REMOVED = "error-field-removed" Warning Failure Field Removed, Uncertain None Same, mirror "error-field-added",
        "Bodies of failed calls are no longer documented to have the field; the crate reads them without types.",
        "error_details: {type: string} → (gone)";
    ERROR_FIELD_CHANGED = "error-field-changed" Info Failure Field Changed, Compatible None Same, mirror "error-field-changed",
        "A field in the bodies of failed calls is documented otherwise; nothing of it is enforced or generated.",
        "length: [0, 9] → (no limit)";
    FILLED_PARAM_ADDED = "filled-param-added" Info Request Field Added, Compatible None Same, mirror "filled-param-removed",
        "The call has another value, which the client or the credentials fill in.",
        "project_id in `supplies`, and `{project_id}` in the path";
    FILLED_PARAM_REMOVED = "filled-param-removed" Info Request Field Removed, Compatible None Same, mirror "filled-param-added",
        "The call no longer has a value that the client or the credentials filled in.",
        "`{project_id}` is no longer in the path";
    FILLED_PARAM_CHANGED = "filled-param-changed" Info Request Field Changed, Compatible None Same, mirror "filled-param-changed",
        "A value that the client or the credentials fill in is documented otherwise; only its limits reach callers, and those have rules of their own.",
        "doc: Token. → doc: IAM token.";
    PARAM_NOW_FILLED = "param-now-filled" Info Request Field Added, Equal Major Same, mirror "param-no-longer-filled",
        "The client or the credentials fill in what callers gave: `new` or the setters have one less.",
        "supplies: {} → supplies: {project_id: project-id}";
    PARAM_NO_LONGER_FILLED = "param-no-longer-filled" Info Request Field Removed, Equal Major Same, mirror "param-now-filled",
        "Callers must give what the client or the credentials filled in: `new` or the setters have one more.",
        "supplies: {project_id: project-id} → supplies: {}";
    REQUEST_FIELD_MOVED = "request-field-moved" Error Request Field Changed, Breaks Patch Same, mirror "request-field-moved",
        "The value travels elsewhere in the request; code that sets it compiles as before.",
        "query.force → body.force";
    REQUEST_FIELD_RENAMED = "request-field-renamed" Error Request Field Changed, Breaks Major Same, mirror "request-field-renamed",
        "The value has another name on the wire and in Rust.",
        "label → tag with renamed_from: label";
    RESPONSE_FIELD_RENAMED = "response-field-renamed" Error Response Field Changed, Breaks Major Same, mirror "response-field-renamed",
        "The field has another name on the wire and in Rust.",
        "size → bytes with renamed_from: size";
    REQUEST_FIELD_RENAMED_ON_WIRE = "request-field-renamed-on-wire" Error Request Field Changed, Breaks Patch Same,
        mirror "request-field-renamed-on-wire",
        "The value has another name on the wire, and the same in Rust.",
        "label → tag with renamed_from: label and rust: label";
    RESPONSE_FIELD_RENAMED_ON_WIRE = "response-field-renamed-on-wire" Error Response Field Changed, Breaks Patch Same,
        mirror "response-field-renamed-on-wire",
        "The field has another name on the wire, and the same in Rust.",
        "size → bytes with renamed_from: size and rust: size";
    REQUEST_FIELD_RUST_RENAMED = "request-field-rust-renamed" Info Request Field Changed, Equal Major Same,
        mirror "request-field-rust-renamed",
        "The field and its setter are called otherwise in Rust alone.",
        "(no rust) → rust: tag";
    RESPONSE_FIELD_RUST_RENAMED = "response-field-rust-renamed" Info Response Field Changed, Equal Major Same,
        mirror "response-field-rust-renamed",
        "The field is called otherwise in Rust alone.",
        "(no rust) → rust: bytes";
    REQUEST_TYPE_CHANGED = "request-type-changed" Error Request Field Changed, Breaks Major Unclear, mirror "request-type-changed",
        "The value has another type: what callers give and what goes over the wire is no longer right.",
        "type: string → type: list of string";
    RESPONSE_TYPE_CHANGED = "response-type-changed" Error Response Field Changed, Breaks Major Same, mirror "response-type-changed",
        "What is read has another type.",
        "type: string → type: integer";
    REQUEST_TYPE_WIDENED = "request-type-widened" Info Request Field Loosened, Compatible Major Stops, mirror "request-type-narrowed",
        "All old values are still good, but the type in Rust is another.",
        "type: integer → type: number";
    REQUEST_TYPE_NARROWED = "request-type-narrowed" Error Request Field Tightened, Breaks Major Starts, mirror "request-type-widened",
        "Fractions, which were good, are not any more, and the type in Rust is another.",
        "type: number → type: integer";
    REQUEST_ENUM_INTRODUCED = "request-enum-introduced" Error Request Field Tightened, Breaks Major Starts, mirror "request-enum-dropped",
        "Only listed values are good where every text or number was, and the type in Rust is another.",
        "type: string → type: Tier";
    REQUEST_ENUM_DROPPED = "request-enum-dropped" Info Request Field Loosened, Compatible Major Stops, mirror "request-enum-introduced",
        "Every text or number is good where only listed values were, and the type in Rust is another.",
        "type: Tier → type: string";
    RESPONSE_ENUM_INTRODUCED = "response-enum-introduced" Info Response Field Tightened, Compatible Major Same,
        mirror "response-enum-dropped",
        "What is read is one of listed values where it was any; the type in Rust is another.",
        "type: string → type: State";
    RESPONSE_ENUM_DROPPED = "response-enum-dropped" Warning Response Field Loosened, Uncertain Major Same,
        mirror "response-enum-introduced",
        "What is read may be anything where it was one of listed values; the type in Rust is another.",
        "type: State → type: string";
    REQUEST_ENCODING_CHANGED = "request-encoding-changed" Error Request Field Changed, Breaks Patch Same,
        mirror "request-encoding-changed",
        "The number goes over the wire as text, or no longer does; code compiles as before.",
        "(nothing) → wire: text";
    RESPONSE_ENCODING_CHANGED = "response-encoding-changed" Info Response Field Changed, Compatible Patch Same,
        mirror "response-encoding-changed",
        "The number is documented to come as text, or no longer is; the crate reads both.",
        "(nothing) → wire: text";
    SENSITIVE_ADDED = "sensitive-added" Info Neither Field Added, Equal Major Same, mirror "sensitive-removed",
        "The value is a secret now: redacted everywhere, and of the type `Secret` in Rust.",
        "sensitive: false → sensitive: true";
    SENSITIVE_REMOVED = "sensitive-removed" Error Neither Field Removed, Equal Major Same, mirror "sensitive-added",
        "The value is no longer kept out of logs and messages, and is plain text in Rust.",
        "sensitive: true → sensitive: false";
    SENSITIVE_DECIDED = "sensitive-decided" Info Neither Field Changed, Equal None Same, mirror "sensitive-decided",
        "The spec says that the value is no secret, or no longer says so; it was none before.",
        "(nothing) → sensitive: false";
    FIELD_DEPRECATED = "field-deprecated" Info Neither Field Added, Equal Minor Same, mirror "field-undeprecated",
        "Code that uses the field gets a warning of the compiler.",
        "(nothing) → deprecated: true";
    FIELD_UNDEPRECATED = "field-undeprecated" Info Neither Field Removed, Equal Patch Same, mirror "field-deprecated",
        "Code that uses the field no longer gets a warning of the compiler.",
        "deprecated: true → (nothing)";
}
