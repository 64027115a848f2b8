//! What happens to findings: refused, traced, or not looked for.

use huaweicloud_migration::dcs::{
    MigrationInstance, MigrationMethod, ResumeMode, SetOnlineMigrationTask, SetOnlineMigrationTaskRequired,
};
use huaweicloud_migration::oms::RetryTaskGroup;
use huaweicloud_migration::{Checks, Error, Level, Operation};
use migration_tests::loopback::Answer;

use crate::log;
use crate::world::World;

/// What a call comes to, whether it was sent, and what was traced.
struct Outcome {
    error: Option<Error>,
    was_sent: bool,
    log: Vec<String>,
}

impl Outcome {
    /// The lines about findings.
    fn findings(&self) -> Vec<&String> {
        self.log.iter().filter(|line| line.starts_with("WARN")).collect()
    }
}

fn call<O: Operation>(checks: Checks, request: &O) -> Outcome {
    let world = World::answering(Answer::new(200, "{}"));
    let client = world.builder().checks(checks).build().unwrap();
    log::take();
    let result = world.send(&client, request);
    Outcome { error: result.err(), was_sent: !world.is_untouched(), log: log::take() }
}

const PASSWORD: &str = "correct horse battery staple";

/// With an error in `body.source_instance` and a doubt about `body.bandwidth_limit_mb`.
fn wrong() -> SetOnlineMigrationTask {
    SetOnlineMigrationTask::new(
        "t",
        SetOnlineMigrationTaskRequired {
            migration_method: MigrationMethod::FullAmountMigration,
            resume_mode: ResumeMode::Auto,
            source_instance: MigrationInstance::new().password(PASSWORD),
            target_instance: MigrationInstance::new().id("i").password(PASSWORD),
        },
    )
    .bandwidth_limit_mb(10)
}

/// With a doubt only: one key of two, and a value that must not be traced although it is no secret.
fn doubtful() -> RetryTaskGroup {
    RetryTaskGroup::new("g").src_ak("an-access-key").dst_ak("d").dst_sk(PASSWORD)
}

#[test]
fn enforced_errors_are_told_and_nothing_is_sent() {
    let outcome = call(Checks::Enforce, &wrong());
    assert!(!outcome.was_sent && outcome.log.is_empty(), "{:?}", outcome.log);
    let error = outcome.error.unwrap();
    let Error::Invalid(report) = &error else { panic!("{error}") };
    let found: Vec<_> = report.iter().map(|finding| (finding.place(), finding.level(), finding.rule_id())).collect();
    let expected = [
        ("body.source_instance", Level::Error, Some("id-or-addrs")),
        ("body.bandwidth_limit_mb", Level::Warning, Some("limit-is-for-incremental")),
    ];
    assert_eq!(found, expected);
    let text = format!("{error} {error:?}");
    assert!(text.contains("SetOnlineMigrationTask: 1 error, 1 warning") && !text.contains(PASSWORD), "{text}");
}

#[test]
fn enforced_doubts_are_traced_and_the_request_is_sent() {
    let outcome = call(Checks::Enforce, &doubtful());
    assert!(outcome.error.is_none() && outcome.was_sent, "{:?}", outcome.error);
    let [finding] = outcome.findings()[..] else { panic!("{:?}", outcome.log) };
    for part in [
        "operation=\"RetryTaskGroup\"",
        "place=\"body\"",
        "level=warning",
        "rule=\"source-keys-together\"",
        "limit=\"all of src_ak, src_sk, or none\"",
        "https://support.huaweicloud.com/eu/api-oms/RetryTaskGroup.html",
        "has src_ak but lacks src_sk",
    ] {
        assert!(finding.contains(part), "{part}: {finding}");
    }
}

#[test]
fn in_warn_mode_all_findings_are_traced_and_the_request_is_sent() {
    let outcome = call(Checks::Warn, &wrong());
    assert!(outcome.error.is_none() && outcome.was_sent, "{:?}", outcome.error);
    let findings = outcome.findings();
    assert!(
        findings.len() == 2 && findings[0].contains("level=error") && findings[1].contains("level=warning"),
        "{findings:?}"
    );
}

#[test]
fn switched_off_checks_do_not_look() {
    for (checks, request) in
        [(Checks::Off, wrong()), (Checks::Enforce, wrong().without_checks()), (Checks::Warn, wrong().without_checks())]
    {
        let outcome = call(checks, &request);
        assert!(outcome.error.is_none() && outcome.was_sent && outcome.findings().is_empty(), "{:?}", outcome.log);
    }
}

#[test]
fn nothing_traced_holds_a_value() {
    let long = format!("{PASSWORD}{}", "x".repeat(200));
    let request = RetryTaskGroup::new("g").src_ak(long.as_str()).src_sk(long.as_str()).extra_query("q", PASSWORD);
    let outcome = call(Checks::Warn, &request.extra_body("b", PASSWORD));
    assert!(outcome.was_sent && outcome.findings().len() == 2, "{:?}", outcome.log);
    for checks in [Checks::Enforce, Checks::Warn] {
        for lines in [call(checks, &wrong()).log, call(checks, &doubtful()).log, outcome.log.clone()] {
            let all = lines.join("\n");
            for value in [PASSWORD, "an-access-key", crate::world::TOKEN] {
                assert!(!all.contains(value), "{all}");
            }
        }
    }
}

#[test]
fn calls_are_traced_with_their_end() {
    let outcome = call(Checks::Enforce, &RetryTaskGroup::new("g"));
    let [line] = &outcome.log[..] else { panic!("{:?}", outcome.log) };
    assert!(line.starts_with("DEBUG") && line.contains("RetryTaskGroup") && line.contains("status=200"), "{line}");
}
