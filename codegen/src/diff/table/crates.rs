//! What all operations share: the crate, clouds, services.

use crate::diff::rule::rules;

rules! {
    PACKAGE_RENAMED = "package-renamed" Error Neither Crate Changed, Equal Major Same, mirror "package-renamed",
        "The generated crate has another name, so every `use` of it must change.",
        "package: huaweicloud-migration → package: cloud-migration";
    VERSION_CHANGED = "version-changed" Info Neither Crate Changed, Equal None Same, mirror "version-changed",
        "The generated crate has another version; the head of the report says whether it went far enough.",
        "version: 0.1.0 → version: 0.2.0";
    DESCRIPTION_CHANGED = "description-changed" Info Neither Crate Changed, Equal Patch Same, mirror "description-changed",
        "What the registry shows of the crate reads differently.",
        "description: Typed client → description: Typed, validating client";
    LICENSE_CHANGED = "license-changed" Warning Neither Crate Changed, Equal Patch Same, mirror "license-changed",
        "The crate comes under other terms, which those who redistribute it must know.",
        "license: MIT → license: Apache-2.0";
    REPOSITORY_CHANGED = "repository-changed" Info Neither Crate Changed, Equal Patch Same, mirror "repository-changed",
        "The registry points to another source repository.",
        "(no repository) → repository: https://example.com/repository";
    CLOUD_ADDED = "cloud-added" Info Neither Crate Added, Compatible Minor Same, mirror "cloud-removed",
        "Clients can be built for another cloud.",
        "clouds: {…, demo-cloud: {title: Demo Cloud}}";
    CLOUD_REMOVED = "cloud-removed" Error Neither Crate Removed, Breaks Major Same, mirror "cloud-added",
        "The cloud's constant and endpoints are gone: code that names it no longer compiles, and clients of it find no host.",
        "clouds: {demo-cloud: …} → (gone)";
    IDENTITY_URL_ADDED = "identity-url-added" Info Neither Crate Added, Compatible Patch Same, mirror "identity-url-removed",
        "Clients can ask that identity service for tokens and projects.",
        "identity: https://iam.{region}.example.com";
    IDENTITY_URL_REMOVED = "identity-url-removed" Error Neither Crate Removed, Breaks Patch Same, mirror "identity-url-added",
        "Clients no longer know where to get tokens and projects there, which callers see only at run time.",
        "identity: https://iam.{region}.example.com → (gone)";
    IDENTITY_URL_CHANGED = "identity-url-changed" Error Neither Crate Changed, Breaks Patch Same, mirror "identity-url-changed",
        "Credentials go to another host.",
        "identity: https://iam.{region}.example.com → https://iam.{region}.example.org";
    SERVICE_ADDED = "service-added" Info Neither Service Added, Compatible Minor Same, mirror "service-removed",
        "The crate covers another service, with all operations named here.",
        "a new folder `drs` with its `service.yaml`";
    SERVICE_REMOVED = "service-removed" Error Neither Service Removed, Breaks Major Same, mirror "service-added",
        "The service's module, feature and operations are gone.",
        "the folder `drs` is deleted";
    SERVICE_ERROR_CHANGED = "service-error-changed" Info Failure Service Changed, Equal None Same, mirror "service-error-changed",
        "Another type documents the bodies of failed calls; the crate reads them without types.",
        "error: DcsError → error: ErrorBody";
    ENDPOINT_ADDED = "endpoint-added" Info Neither Service Added, Compatible Patch Same, mirror "endpoint-removed",
        "Clients find the service in another region.",
        "endpoints: {demo: {…, eu-2: https://vault.eu-2.example.com}}";
    ENDPOINT_REMOVED = "endpoint-removed" Error Neither Service Removed, Breaks Patch Same, mirror "endpoint-added",
        "Clients of that region find no host for the service, which callers see only at run time.",
        "endpoints: {demo: {eu-2: …}} → (gone)";
    ENDPOINT_CHANGED = "endpoint-changed" Error Neither Service Changed, Breaks Patch Same, mirror "endpoint-changed",
        "Calls in that region go to another host or base path.",
        "eu-1: https://vault.eu-1.example.com → https://vault-eu-1.example.com";
}
