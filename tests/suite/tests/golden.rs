//! Each `golden/<case>/spec` generates exactly `golden/<case>/out`.

use migration_codegen::{Sources, generate};
use migration_tests as shared;

/// Too few cases found means that the search is wrong, not that all is well.
const CASES: usize = 10;

fn outputs(name: &str, sources: &Sources) -> Result<migration_codegen::Outputs, String> {
    let outputs = generate(sources).map_err(|found| format!("{name} is not valid:\n{}", found.render(sources, name, false)))?;
    if outputs.warnings().is_empty() { Ok(outputs) } else { Err(format!("{name} warns:\n{}", outputs.warnings().render(sources, name, false))) }
}

#[test]
fn golden_specs_generate_what_is_committed() {
    let cases = shared::folders(&shared::folder("golden"));
    assert!(cases.len() >= CASES, "only {} cases found", cases.len());
    let mut problems = Vec::new();
    for case in cases {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let result = outputs(&name, &shared::sources(&case.join("spec")))
            .and_then(|outputs| shared::compare_folder(&case.join("out"), outputs.files()).map_err(|why| format!("{name}:\n{why}")));
        problems.extend(result.err());
    }
    shared::report(problems);
}
