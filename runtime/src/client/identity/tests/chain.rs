use super::*;

const FILE: &str = "/home/me/.huaweicloud/credentials";

fn chain(variables: &[(&str, &str)], files: &[(&str, &str)]) -> DefaultChain {
    DefaultChain::of(FakeEnvironment::new(variables, files))
}

#[test]
fn the_first_place_counts() {
    let variables = [("HUAWEICLOUD_SDK_AK", "env"), ("HUAWEICLOUD_SDK_SK", "s")];
    let files = [(FILE, "[basic]\nak=file\nsk=s"), ("./clouds.yaml", "clouds: {c: {auth: {ak: cloud, sk: s}}}")];
    let cloud = [("OS_CLOUD", "c")];
    let found = |variables: &[(&str, &str)], files: &[(&str, &str)]| {
        keys(&silent_world().fetch(&chain(variables, files)).unwrap()).split(' ').next().unwrap().to_owned()
    };
    assert_eq!(found(&[&variables[..], &cloud].concat(), &files), "env");
    assert_eq!(found(&cloud, &files), "file");
    #[cfg(feature = "clouds-yaml")]
    assert_eq!(found(&cloud, &files[1..]), "cloud");

    let world = world(|index, _| match index {
        0 => (404, vec![], String::new()),
        _ => {
            let keys = r#"{"credential":{"access":"ecs","secret":"s","securitytoken":"t","expires_at":"2025-06-16T00:00:00Z"}}"#;
            (200, vec![], keys.to_owned())
        }
    });
    assert!(keys(&world.fetch(&chain(&[], &[])).unwrap()).starts_with("ecs "));
}

#[test]
fn what_is_there_by_half_is_not_passed_over() {
    let files = [(FILE, "[basic]\nak=file\nsk=s")];
    let error = silent_world().error(&chain(&[("OS_AK", "a")], &files));
    assert_eq!(error, "environment: OS_AK is set, but not OS_SECRET_KEY or OS_SK");
    let error = silent_world().error(&chain(&[], &[(FILE, "[basic]\nak=file")]));
    assert_eq!(error, format!("profile file: section [basic] of {FILE} has ak, but no sk"));
    #[cfg(not(feature = "clouds-yaml"))]
    assert_eq!(
        silent_world().error(&chain(&[("OS_CLOUD", "c")], &[])),
        "OS_CLOUD is set, but the crate was built without feature `clouds-yaml`"
    );
}

#[test]
fn when_there_is_nothing_it_says_where_it_looked() {
    let world = world(|_, _| (0, vec![], String::new()));
    let clouds = if cfg!(feature = "clouds-yaml") {
        "OS_CLOUD is not set, so no file was looked at"
    } else {
        "the crate was built without feature `clouds-yaml`"
    };
    let expected = format!(
        "no credentials were found; this was looked for:
  environment: none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_AK, OS_USERNAME is set
  profile file: /home/me/.huaweicloud/credentials does not exist, and HUAWEICLOUD_SDK_CREDENTIALS_FILE is not set
  clouds.yaml: {clouds}"
    );
    assert_eq!(silent_world().error(&chain(&[], &[]).without_metadata()), expected);
    assert_eq!(
        world.error(&chain(&[], &[])),
        format!("{expected}\n  ECS metadata: http://169.254.169.254/meta-data/latest/api/token was not reached")
    );
}

#[test]
fn other_peoples_variables_are_not_read() {
    // The environment panics when it is asked for AWS_*.
    let variables = [("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "s")];
    assert!(silent_world().fetch(&chain(&variables, &[]).without_metadata()).is_err());
}
