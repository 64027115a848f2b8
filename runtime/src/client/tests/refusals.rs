//! What is not sent, and why.

use super::*;

#[test]
fn checks_are_enforced_turned_down_or_off() {
    let bad = || {
        let mut task = SetTask::new("too-long");
        task.name = Some("long".to_owned());
        task
    };
    let run = |checks, request: &SetTask| {
        let fake = fake(200, "{}");
        let result = call(&builder(&fake).checks(checks).build().unwrap(), request);
        let count = fake.sent.lock().unwrap().len();
        (result, count)
    };
    let (result, count) = run(Checks::Enforce, &bad());
    let error = result.unwrap_err();
    let Error::Invalid(report) = &error else { panic!("{error}") };
    let places: Vec<_> = report.errors().map(crate::Finding::place).collect();
    assert_eq!((count, places), (0, vec!["path.task_id", "body.name"]));
    assert!(
        error.to_string().starts_with("SetTask: 2 errors\n") && error.to_string().ends_with("sends it all the same"),
        "{error}"
    );
    assert_eq!(error.operation(), Some("SetTask"));
    assert_eq!(run(Checks::Warn, &bad()).1, 1);
    assert_eq!(run(Checks::Off, &bad()).1, 1);
    assert_eq!(run(Checks::Enforce, &request::without_checks(bad())).1, 1);
    let mut warned = SetTask::new("a");
    warned.password = Some("longer than that".into());
    assert!(request::check(&warned).warnings().count() == 1 && run(Checks::Enforce, &warned).0.is_ok());
}

#[test]
fn the_cloud_decides_which_facts_hold() {
    let fake = fake(200, "{}");
    let mut task = SetTask::new("a");
    task.name = Some("long".to_owned());
    let elsewhere = builder(&fake).cloud("other").base_url("https://x.example").build().unwrap();
    assert!(call(&elsewhere, &task).is_ok());
    assert!(matches!(call(&builder(&fake).build().unwrap(), &task), Err(Error::Invalid(_))));
    assert!(request::check_on(&task, "otc").has_errors() && request::check_on(&task, "other").is_empty());
    assert!(request::validate(&task).is_ok(), "a fact of one cloud only warns while the cloud is unknown");
}

#[test]
fn what_is_unsafe_is_refused_in_every_mode() {
    let fake = fake(200, "{}");
    let mut newline = SetTask::new("a");
    newline.language = Some("hunter2\r\nX: y".to_owned());
    for task in [SetTask::new(".."), SetTask::new("."), SetTask::new(""), newline] {
        let error =
            call(&builder(&fake).checks(Checks::Off).build().unwrap(), &request::without_checks(task)).unwrap_err();
        assert!(matches!(error, Error::Encoding(_)) && !error.to_string().contains("hunter2"), "{error}");
    }
    let client = Client::builder().region("eu-de").transport(Arc::clone(&fake)).build().unwrap();
    let error = call(&client, &SetTask::new("a")).unwrap_err().to_string();
    assert!(
        error.starts_with("SetTask: cannot send path.project_id: the client supplies it, but does not know it"),
        "{error}"
    );
    assert!(fake.sent.lock().unwrap().is_empty());
}

#[test]
fn settings_and_credentials_are_asked_for() {
    let fake = fake(200, "{}");
    let error = |client: ClientBuilder<Client>| call(&client.build().unwrap(), &SetTask::new("a")).unwrap_err();
    let unknown = error(builder(&fake).region("mars"));
    assert!(
        matches!(unknown, Error::Config(_))
            && unknown.to_string().starts_with("SetTask: dcs is not known in region \"mars\"; known: eu-de"),
        "{unknown}"
    );
    let anonymous = error(Client::builder().region("eu-de").project_id("p").transport(Arc::clone(&fake)));
    assert_eq!(
        anonymous.to_string(),
        "SetTask: not sent, not authenticated: it needs credentials, and the client has none; set `.credentials(..)` on the builder"
    );
    let bad_token = error(builder(&fake).credentials(Token::new("hunter2\n")));
    assert!(
        matches!(bad_token, Error::Credentials(_)) && !format!("{bad_token} {bad_token:?}").contains("hunter2"),
        "{bad_token}"
    );
    assert!(fake.sent.lock().unwrap().is_empty());
    let plain = Client::builder().base_url("http://a.example").transport(Arc::clone(&fake)).build().unwrap_err();
    assert!(plain.to_string().starts_with("the base URL is plain http to a.example"), "{plain}");
    assert!(!format!("{:?}", builder(&fake).base_url("https://u:hunter2@h")).contains("hunter2"));
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_a_transport_nothing_is_built() {
    let error = Client::builder().region("eu-de").build().unwrap_err().to_string();
    assert!(error.starts_with("there is nothing to send requests with"), "{error}");
}
