use super::*;

const HERE: &str = "./clouds.yaml";
const HOME: &str = "/home/me/.config/openstack/clouds.yaml";
const ETC: &str = "/etc/openstack/clouds.yaml";
const USER: &str = "
clouds:
  otc:
    profile: otc
    region_name: eu-de
    auth:
      auth_url: https://iam.example/v3
      username: me
      project_name: eu-de_x
      user_domain_name: OTC-1
";
const SECURE: &str = "clouds:\n  otc:\n    auth:\n      password: hunter2\n";

fn clouds(files: &[(&str, &str)]) -> CloudsYaml {
    CloudsYaml::of(FakeEnvironment::new(&[("OS_CLOUD", "otc")], files))
}

fn with(auth: &str) -> String {
    format!("clouds: {{otc: {{auth: {{{auth}}}}}}}")
}

#[test]
fn a_user_is_found_with_the_password_apart() {
    for (yaml, secure) in
        [(HERE, "./secure.yaml"), (HOME, "./secure.yaml"), (ETC, "/home/me/.config/openstack/secure.yaml")]
    {
        let world = world(|_, _| token("t", 86_400));
        world.fetch(&clouds(&[(yaml, USER), (secure, SECURE)])).unwrap();
        let request = world.take();
        assert_eq!(request.uri(), "https://iam.example/v3/auth/tokens?nocatalog=true");
        let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(body["auth"]["identity"]["password"]["user"]["password"], "hunter2");
        assert_eq!(body["auth"]["scope"]["project"]["name"], "eu-de_x");
    }
}

#[test]
fn the_first_file_counts() {
    let (first, second) = (with("ak: a, sk: s"), with("ak: b, sk: s"));
    let found = silent_world().fetch(&clouds(&[(HOME, &second), (HERE, &first)])).unwrap();
    assert_eq!(keys(&found), "a s - - -");
    let found = silent_world().fetch(&clouds(&[(HOME, &second), (ETC, &first)])).unwrap();
    assert_eq!(keys(&found), "b s - - -");
}

#[test]
fn tokens_and_keys_are_found() {
    let yaml = with("ak: a, sk: s-hunter2, security_token: t, project_id: p");
    assert_eq!(keys(&silent_world().fetch(&clouds(&[(ETC, &yaml)])).unwrap()), "a s-hunter2 t p -");
    let yaml = with("token: t-hunter2, project_id: p");
    let Identity::Token(token) = silent_world().fetch(&clouds(&[(ETC, &yaml)])).unwrap() else { panic!() };
    assert_eq!((token.secret.expose(), token.project_id.as_deref()), ("t-hunter2", Some("p")));
    let other = clouds(&[(ETC, "clouds: {x: {auth: {ak: a, sk: s}}}")]).cloud("x");
    assert_eq!(keys(&silent_world().fetch(&other).unwrap()), "a s - - -");
}

#[test]
fn what_is_missing_is_said() {
    let auth = "clouds.yaml: auth of cloud \"otc\" of /etc/openstack/clouds.yaml has";
    let cases = [
        (with("ak: a"), format!("{auth} ak, but no sk")),
        (with("sk: hunter2"), format!("{auth} sk, but no ak")),
        (with("username: me"), format!("{auth} username, but no password (secure.yaml was looked for too)")),
        (with("password: hunter2"), format!("{auth} password, but no username")),
        (with("username: me, password: hunter2"), format!("{auth} username, but no user_domain_name or domain_name")),
        (with("auth_url: x"), format!("{auth} none of token, ak, username")),
        (
            with("username: me, password: 0123"),
            "clouds.yaml: auth.password of cloud \"otc\" of /etc/openstack/clouds.yaml is no text; put it in quotes"
                .to_owned(),
        ),
        (
            "clouds: {a: {}, b: {}}".to_owned(),
            "clouds.yaml: /etc/openstack/clouds.yaml has no cloud \"otc\"; it has: a, b".to_owned(),
        ),
        (
            "clouds: [hunter2".to_owned(),
            "clouds.yaml: /etc/openstack/clouds.yaml is no YAML with `clouds:` at its top".to_owned(),
        ),
        (
            "password: hunter2".to_owned(),
            "clouds.yaml: /etc/openstack/clouds.yaml is no YAML with `clouds:` at its top".to_owned(),
        ),
        ("(denied)".to_owned(), "clouds.yaml: /etc/openstack/clouds.yaml cannot be read: permission denied".to_owned()),
    ];
    for (text, expected) in cases {
        assert_eq!(silent_world().error(&clouds(&[(ETC, &text)])), expected);
    }
    assert_eq!(
        silent_world().error(&clouds(&[])),
        "clouds.yaml: cloud \"otc\" is wanted, but there is no clouds.yaml in ., /home/me/.config/openstack, /etc/openstack"
    );
    assert_eq!(
        silent_world().error(&CloudsYaml::of(FakeEnvironment::new(&[], &[(HERE, "(denied)")]))),
        "no credentials were found: clouds.yaml: OS_CLOUD is not set, so no file was looked at"
    );
}
