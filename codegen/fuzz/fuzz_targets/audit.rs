//! Arbitrary bytes as a page that is compared with a spec: refused, or compared with counts that add up.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use migration_codegen::Sources;
use migration_codegen::audit::{Auditor, Options, Show};

fn sources() -> &'static Sources {
    static SOURCES: OnceLock<Sources> = OnceLock::new();
    SOURCES.get_or_init(|| {
        [
            ("spec.yaml", include_str!("../../tests/audit/spec/spec.yaml")),
            ("demo/service.yaml", include_str!("../../tests/audit/spec/demo/service.yaml")),
            ("demo/types.yaml", include_str!("../../tests/audit/spec/demo/types.yaml")),
            ("demo/update-widget.yaml", include_str!("../../tests/audit/spec/demo/update-widget.yaml")),
        ]
        .into_iter()
        .collect()
    })
}

fuzz_target!(|data: &[u8]| {
    static AUDITOR: OnceLock<Auditor<'static>> = OnceLock::new();
    let auditor = AUDITOR.get_or_init(|| Auditor::new(sources()).expect("the spec of the tests is good"));
    for operation in [None, Some("UpdateWidget".to_owned())] {
        let Ok(report) = auditor.audit(data, &Options { page: None, operation }) else { continue };
        assert!(report.facts.add_up() && report.rows.add_up(), "{:?} {:?}", report.facts, report.rows);
        // The pages of the tests say all that can be said, and agree on so much.
        assert!(report.facts.agree <= 72, "{:?}", report.facts);
        assert!(!report.render(Show { verbose: true, ..Show::default() }).is_empty());
    }
});
