//! `new`.

use crate::support::Place;

#[test]
fn an_operation_of_a_known_service() {
    let place = Place::with_spec();
    let run = place.run(&["new", "svc000", "CreateTask", "--spec", "spec"]).ends_with(0);
    run.says("wrote spec/svc000/create-task.yaml").says("cargo xtask check");
    let text = place.read("spec/svc000/create-task.yaml");
    assert!(text.starts_with("# yaml-language-server: $schema=../schema.json\noperation: CreateTask\n"), "{text}");
    place.run(&["check", "--spec", "spec"]).ends_with(1).warns("spec/svc000/create-task.yaml");
}

#[test]
fn nothing_is_overwritten() {
    let place = Place::with_spec();
    place.run(&["new", "svc000", "CreateTask", "--spec", "spec"]).ends_with(0);
    place.write("spec/svc000/create-task.yaml", "mine");
    place.run(&["new", "svc000", "CreateTask", "--spec", "spec"]).ends_with(2).warns("is already there");
    assert_eq!(place.read("spec/svc000/create-task.yaml"), "mine");
}

#[test]
fn an_unknown_service_needs_a_word() {
    let place = Place::with_spec();
    let run = place.run(&["new", "drs", "CreateJob", "--spec", "spec"]).ends_with(2);
    run.warns("no service is called `drs`; there are `svc000`").warns("--new-service");
    assert!(!place.exists("spec/drs"));

    let run = place.run(&["new", "drs", "CreateJob", "--new-service", "--spec", "spec"]).ends_with(0);
    run.says("wrote spec/drs/service.yaml").says("wrote spec/drs/create-job.yaml");
    place.run(&["check", "--spec", "spec"]).ends_with(1).warns("spec/drs/service.yaml");
}

#[test]
fn bad_names() {
    let place = Place::with_spec();
    place.run(&["new", "svc000", "create-task", "--spec", "spec"]).ends_with(2).warns("did you mean `CreateTask`?");
    place
        .run(&["new", "../x", "CreateTask", "--new-service", "--spec", "spec"])
        .ends_with(2)
        .warns("`../x` is no name for a service");
    place
        .run(&["new", "client", "CreateTask", "--new-service", "--spec", "spec"])
        .ends_with(2)
        .warns("a feature of the generated crate");
    place.run(&["new", "svc000", "CreateTask", "--spec", "nowhere"]).ends_with(2).warns("cannot read the spec folder");
}
