//! Operations as a whole.

use crate::diff::rule::rules;

rules! {
    OPERATION_ADDED = "operation-added" Info Neither Operation Added, Compatible Minor Same, mirror "operation-removed",
        "The crate covers another operation.",
        "a new file `vault/create-vault.yaml`";
    OPERATION_REMOVED = "operation-removed" Error Neither Operation Removed, Breaks Major Same, mirror "operation-added",
        "The operation is gone without having been deprecated: code that calls it no longer compiles.",
        "the file `vault/create-vault.yaml` is deleted";
    OPERATION_ADDED_DEPRECATED = "operation-added-deprecated" Info Neither Operation Added, Compatible Minor Same,
        mirror "operation-removed-deprecated",
        "The crate covers another operation, which its page calls outdated already.",
        "a new file with `deprecated: true`";
    OPERATION_REMOVED_DEPRECATED = "operation-removed-deprecated" Warning Neither Operation Removed, Breaks Major Same,
        mirror "operation-added-deprecated",
        "An operation that was marked as deprecated is gone: who did not heed the mark cannot compile.",
        "a file with `deprecated: true` is deleted";
    OPERATION_RENAMED = "operation-renamed" Info Neither Operation Changed, Equal Major Same, mirror "operation-renamed",
        "The request struct and the method are called otherwise; the call is the same.",
        "operation: CreateVault → operation: AddVault with renamed_from: CreateVault";
    OPERATION_ID_CHANGED = "operation-id-changed" Info Neither Operation Changed, Equal Patch Same, mirror "operation-id-changed",
        "The vendor calls the operation otherwise; its name in Rust stays.",
        "operation: CreateVault → operation: AddVault with rust: CreateVault";
    OPERATION_RUST_RENAMED = "operation-rust-renamed" Info Neither Operation Changed, Equal Major Same, mirror "operation-rust-renamed",
        "The request struct and the method are called otherwise in Rust; the call is the same.",
        "(no rust) → rust: MakeVault";
    METHOD_CHANGED = "method-changed" Error Request Operation Changed, Breaks Patch Same, mirror "method-changed",
        "The call goes out with another HTTP method; code compiles as before.",
        "http: POST /v1/vaults → http: PUT /v1/vaults";
    PATH_CHANGED = "path-changed" Error Request Operation Changed, Breaks Patch Same, mirror "path-changed",
        "The call goes to another path; code compiles as before.",
        "http: POST /v1/vaults → http: POST /v2/vaults";
    PATH_PARAM_ADDED = "path-param-added" Error Request Operation Added, Breaks Major Same, mirror "path-param-removed",
        "The path has another value that callers must give: `new` takes one more.",
        "GET /v1/vaults/{vault_id} → GET /v1/{region}/vaults/{vault_id}";
    PATH_PARAM_REMOVED = "path-param-removed" Error Request Operation Removed, Breaks Major Same, mirror "path-param-added",
        "The path no longer has that value: `new` takes one less.",
        "GET /v1/{region}/vaults/{vault_id} → GET /v1/vaults/{vault_id}";
    PATH_PARAM_RENAMED = "path-param-renamed" Info Request Operation Changed, Equal Major Same, mirror "path-param-renamed",
        "The value keeps its place in the path, and the field of the request struct has another name.",
        "GET /v1/vaults/{id} → GET /v1/vaults/{vault_id}";
    PATH_PARAMS_REORDERED = "path-params-reordered" Error Request Operation Changed, Breaks Major Same, mirror "path-params-reordered",
        "The values stand in another order in the path and in `new`: code compiles as before and swaps them.",
        "/v1/{vault_id}/keys/{key_id} → /v1/{key_id}/vaults/{vault_id}";
    REQUEST_BODY_ADDED = "request-body-added" Warning Request Operation Added, Uncertain Patch Same, mirror "request-body-removed",
        "The call sends a JSON body where it sent none, if only an empty object.",
        "(no body) → body: {}";
    REQUEST_BODY_REMOVED = "request-body-removed" Warning Request Operation Removed, Uncertain Patch Same, mirror "request-body-added",
        "The call sends no body any more.",
        "body: {} → (no body)";
    IDEMPOTENT_ADDED = "idempotent-added" Info Neither Operation Added, Compatible Patch Same, mirror "idempotent-removed",
        "The client may repeat the call after it went out, so that fewer calls fail.",
        "idempotent: false → idempotent: true";
    IDEMPOTENT_REMOVED = "idempotent-removed" Warning Neither Operation Removed, Compatible Patch Same, mirror "idempotent-added",
        "The client no longer repeats the call after it went out, so that more calls fail with a broken connection.",
        "idempotent: true → idempotent: false";
    AUTH_TIGHTENED = "auth-tightened" Error Request Operation Tightened, Breaks Patch Same, mirror "auth-loosened",
        "Calls without credentials, which were good, are not any more.",
        "auth: none → auth: required";
    AUTH_LOOSENED = "auth-loosened" Info Request Operation Loosened, Compatible Patch Same, mirror "auth-tightened",
        "The call can do without credentials.",
        "auth: required → auth: optional";
    OPERATION_DEPRECATED = "operation-deprecated" Info Neither Operation Added, Equal Minor Same, mirror "operation-undeprecated",
        "Code that makes the call gets a warning of the compiler.",
        "(nothing) → deprecated: true";
    OPERATION_UNDEPRECATED = "operation-undeprecated" Info Neither Operation Removed, Equal Patch Same, mirror "operation-deprecated",
        "Code that makes the call no longer gets a warning of the compiler.",
        "deprecated: true → (nothing)";
    WAITER_ADDED = "waiter-added" Info Neither Flow Added, Equal Minor Same, mirror "waiter-removed",
        "The service has a method that waits for a state.",
        "waiters: [{id: vault, …}]";
    WAITER_REMOVED = "waiter-removed" Error Neither Flow Removed, Equal Major Same, mirror "waiter-added",
        "The method that waits is gone.",
        "waiters: [{id: vault, …}] → (gone)";
    WAITER_ARGUMENTS_CHANGED = "waiter-arguments-changed" Error Neither Flow Changed, Equal Major Same, mirror "waiter-arguments-changed",
        "The method that waits takes other arguments, because it looks for an entry of a list or no longer does.",
        "(no find) → find: {in: vaults, by: id}";
    WAITER_STATES_CHANGED = "waiter-states-changed" Warning Neither Flow Changed, Equal Patch Same, mirror "waiter-states-changed",
        "The wait ends at other states, or ends otherwise at the same: a program that waited may now fail or go on.",
        "going: [creating, failed] → failure: [failed]";
    WAITER_INTERVAL_CHANGED = "waiter-interval-changed" Info Neither Flow Changed, Compatible Patch Same, mirror "waiter-interval-changed",
        "The wait asks more or less often.",
        "interval: [5, 60] → interval: [2, 30]";
    PAGING_ADDED = "paging-added" Info Neither Flow Added, Equal Minor Same, mirror "paging-removed",
        "The service has a method that gives all pages of the list.",
        "paging: {items: vaults, offset: query.offset}";
    PAGING_REMOVED = "paging-removed" Error Neither Flow Removed, Equal Major Same, mirror "paging-added",
        "The method that gives all pages of the list is gone.",
        "paging: {…} → (gone)";
    PAGING_ITEMS_CHANGED = "paging-items-changed" Error Neither Flow Changed, Equal Major Same, mirror "paging-items-changed",
        "The pages are those of another list, whose entries may have another type.",
        "items: vaults → items: archives";
    PAGING_CHANGED = "paging-changed" Warning Neither Flow Changed, Uncertain Patch Same, mirror "paging-changed",
        "The pages are asked for otherwise: a list that came whole may come short, or the other way round.",
        "counts: items → counts: pages";
    BATCH_ADDED = "batch-added" Info Response Flow Added, Equal Minor Same, mirror "batch-removed",
        "The answer tells which items failed (`failures()`).",
        "batch: {items: results, id: id, ok: {state: done}}";
    BATCH_REMOVED = "batch-removed" Error Response Flow Removed, Equal Major Same, mirror "batch-added",
        "The answer no longer tells which items failed: `failures()` is gone.",
        "batch: {…} → (gone)";
    BATCH_CHANGED = "batch-changed" Warning Response Flow Changed, Equal Patch Same, mirror "batch-changed",
        "Other items of the answer count as failed, or are named otherwise.",
        "ok: {state: done} → ok: {state: accepted}";
}
