//! The JSON Schema of spec files against spec files.

use std::path::Path;

/// The JSON Schema says what the checker says: an editor that follows it marks no valid file.
#[test]
fn every_spec_file_satisfies_the_json_schema() {
    let schema: serde_json::Value = serde_json::from_str(&migration_codegen::schema()).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let mut folders = vec![migration_tests::repository().join("spec")];
    let golden = migration_tests::repository().join("tests/suite/golden");
    folders.extend(migration_tests::folders(&golden).into_iter().map(|case| case.join("spec")));
    let mut seen = 0;
    for folder in folders {
        for (path, bytes) in migration_tests::files(&folder)
            .iter()
            .filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "yaml"))
        {
            let file: serde_json::Value = yaml_serde::from_slice(bytes).unwrap();
            let problems: Vec<String> =
                validator.iter_errors(&file).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(problems.is_empty(), "{}/{path}: {problems:#?}", folder.display());
            seen += 1;
        }
    }
    assert!(seen > 30, "only {seen} files were looked at");
}

/// And it refuses what the checker refuses, where a schema can.
#[test]
fn the_json_schema_refuses_mistakes() {
    let schema: serde_json::Value = serde_json::from_str(&migration_codegen::schema()).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let operation = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut file = serde_json::json!({
            "operation": "ShowTask", "title": "Show a task", "http": "GET /tasks", "idempotent": true, "responses": { "200": { "body": "none" } },
            "pages": [{ "id": "p", "cloud": "c", "title": "t" }], "query": { "limit": { "need": "optional", "type": "integer", "range": [1, null] } },
        });
        change(&mut file);
        file
    };
    assert!(validator.is_valid(&operation(&|_| {})));
    let mistakes: [&dyn Fn(&mut serde_json::Value); 6] = [
        &|file| file["htp"] = "GET /".into(),
        &|file| file["http"] = "FETCH /".into(),
        &|file| file["query"]["limit"]["need"] = "maybe".into(),
        &|file| file["query"]["limit"]["range"] = serde_json::json!([1]),
        &|file| file["query"]["limit"]["rang"] = serde_json::json!([1, 2]),
        &|file| drop(file.as_object_mut().unwrap().remove("title")),
    ];
    for (at, mistake) in mistakes.iter().enumerate() {
        assert!(!validator.is_valid(&operation(mistake)), "mistake {at} passes");
    }
}
