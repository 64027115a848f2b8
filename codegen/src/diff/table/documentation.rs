//! Texts, pages, examples, errata: nothing that travels.

use crate::diff::rule::rules;

rules! {
    TITLE_CHANGED = "title-changed" Info Neither Documentation Changed, Equal Patch Same, mirror "title-changed",
        "The documentation of the crate reads differently.",
        "title: Create a vault → title: Create an empty vault";
    DOC_CHANGED = "doc-changed" Info Neither Documentation Changed, Equal Patch Same, mirror "doc-changed",
        "The documentation of the crate reads differently.",
        "doc: Name of the vault. → doc: Name of the new vault.";
    DEPRECATION_REWORDED = "deprecation-reworded" Info Neither Documentation Changed, Equal Patch Same, mirror "deprecation-reworded",
        "The warning of the compiler reads differently.",
        "deprecated: true → deprecated: use AddVault";
    UNIT_CHANGED = "unit-changed" Warning Neither Documentation Changed, Uncertain Patch Same, mirror "unit-changed",
        "The number means something else, if it was not the unit alone that was wrong; code compiles as before.",
        "unit: MB → unit: GB";
    FORMAT_CHANGED = "format-changed" Info Neither Documentation Changed, Equal Patch Same, mirror "format-changed",
        "The text is documented to look differently; formats are never enforced.",
        "format: uuid → (none)";
    FORMER_NAME_CHANGED = "former-name-changed" Info Neither Documentation Changed, Equal Patch Same, mirror "former-name-changed",
        "The documentation tells another name that the field had before.",
        "renamed_from: tag → (gone)";
    EVIDENCE_CHANGED = "evidence-changed" Info Neither Documentation Changed, Equal None Same, mirror "evidence-changed",
        "The same fact rests on another page or another part of it; refusals name that.",
        "length: [1, 36] → length: {is: [1, 36], basis: prose}";
    PAGE_ADDED = "page-added" Info Neither Documentation Added, Equal None Same, mirror "page-removed",
        "Another page is named as a source.",
        "pages: [{id: otc-2025, …}]";
    PAGE_REMOVED = "page-removed" Info Neither Documentation Removed, Equal None Same, mirror "page-added",
        "A page is no longer named as a source.",
        "pages: [{id: otc-2025, …}] → (gone)";
    PAGE_CHANGED = "page-changed" Info Neither Documentation Changed, Equal None Same, mirror "page-changed",
        "A source has another date, title, address or rank.",
        "updated: 2024-04-24 → updated: 2025-03-12";
    EXAMPLE_ADDED = "example-added" Info Neither Documentation Added, Equal Patch Same, mirror "example-removed",
        "The documentation shows another example.",
        "examples: [{name: small, …}]";
    EXAMPLE_REMOVED = "example-removed" Info Neither Documentation Removed, Equal Patch Same, mirror "example-added",
        "The documentation shows one example less.",
        "examples: [{name: small, …}] → (gone)";
    EXAMPLE_CHANGED = "example-changed" Info Neither Documentation Changed, Equal Patch Same, mirror "example-changed",
        "An example of the documentation shows something else.",
        "request: {name: nightly} → request: {name: weekly}";
    ERRATUM_ADDED = "erratum-added" Warning Neither Documentation Added, Equal Patch Same, mirror "erratum-removed",
        "We say that the documentation is wrong somewhere; what follows from that is reported by itself.",
        "errata: [{at: body.name, fact: length, …}]";
    ERRATUM_REMOVED = "erratum-removed" Warning Neither Documentation Removed, Equal Patch Same, mirror "erratum-added",
        "We no longer say that the documentation is wrong somewhere; what follows from that is reported by itself.",
        "errata: [{at: body.name, fact: length, …}] → (gone)";
    ERRATUM_CHANGED = "erratum-changed" Warning Neither Documentation Changed, Equal Patch Same, mirror "erratum-changed",
        "We say otherwise how the documentation is wrong somewhere; what follows from that is reported by itself.",
        "adopted: [1, 36] → adopted: [1, 64]";
}
