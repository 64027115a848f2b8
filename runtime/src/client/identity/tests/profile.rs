use super::*;

const HOME: &str = "/home/me/.huaweicloud/credentials";
const FULL: &str = "[basic]\nak = a\nsk = s-hunter2\nsecurity_token = t-hunter2\nproject_id = p\ndomain_id = d\n[global]\nak = g\nsk = h\n";

fn file(variables: &[(&str, &str)], files: &[(&str, &str)]) -> ProfileFile {
    ProfileFile::of(FakeEnvironment::new(variables, files))
}

const NAMED: (&str, &str) = ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/else/where");

#[test]
fn keys_are_found() {
    let world = silent_world();
    assert_eq!(keys(&world.fetch(&file(&[], &[(HOME, FULL)])).unwrap()), "a s-hunter2 t-hunter2 p d");
    assert_eq!(keys(&world.fetch(&file(&[], &[(HOME, FULL)]).section("global")).unwrap()), "g h - - -");
    let other = [(HOME, FULL), ("/else/where", "[basic]\nak=x\nsk=y")];
    assert_eq!(keys(&world.fetch(&file(&[NAMED], &other)).unwrap()), "x y - - -");
}

#[test]
fn what_is_missing_is_said() {
    let none = "no credentials were found: profile file: ";
    let cases: [(Pairs<'_>, Pairs<'_>, String); 9] = [
        (&[], &[], format!("{none}{HOME} does not exist, and HUAWEICLOUD_SDK_CREDENTIALS_FILE is not set")),
        (&[], &[(HOME, "[global]\n")], format!("{none}{HOME} has no section [basic]")),
        (&[], &[(HOME, "[basic]\nak=\n")], format!("{none}section [basic] of {HOME} has no ak and sk")),
        (&[], &[(HOME, "[basic]\nak=a")], format!("profile file: section [basic] of {HOME} has ak, but no sk")),
        (&[], &[(HOME, "[basic]\nsk=hunter2")], format!("profile file: section [basic] of {HOME} has sk, but no ak")),
        (
            &[],
            &[(HOME, "[basic]\nsecurity_token=hunter2")],
            format!("profile file: section [basic] of {HOME} has security_token, but no ak and sk"),
        ),
        (
            &[],
            &[(HOME, "[basic]\nhunter2")],
            format!("profile file: line 2 of {HOME} is neither `[section]` nor `key = value`"),
        ),
        (&[], &[(HOME, "(denied)")], format!("profile file: {HOME} cannot be read: permission denied")),
        (
            &[NAMED],
            &[(HOME, FULL)],
            "profile file: /else/where, which HUAWEICLOUD_SDK_CREDENTIALS_FILE names, does not exist".to_owned(),
        ),
    ];
    for (variables, files, expected) in cases {
        assert_eq!(silent_world().error(&file(variables, files)), expected);
    }
    let homeless = ProfileFile::of(FakeEnvironment { homeless: true, ..FakeEnvironment::default() });
    assert_eq!(
        silent_world().error(&homeless),
        format!("{none}HUAWEICLOUD_SDK_CREDENTIALS_FILE is not set, and there is no home directory")
    );
}
