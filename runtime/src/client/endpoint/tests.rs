use super::*;
use crate::client::environment::fake::FakeEnvironment;
use crate::service::CloudInfo;

static SERVICE: ServiceInfo = ServiceInfo {
    id: "dcs",
    title: "Distributed Cache Service",
    endpoints: &[
        Endpoint { cloud: "otc", region: "eu-de", url: "https://dcs.eu-de.otc.example" },
        Endpoint { cloud: "otc", region: "shared", url: "https://dcs.shared.otc.example/base" },
        Endpoint { cloud: "huawei", region: "shared", url: "https://dcs.shared.huawei.example" },
        Endpoint { cloud: "cellar", region: "below", url: "https://dcs.below.example" },
    ],
    clouds: &[
        CloudInfo { id: "otc", identity: Some("https://iam.{region}.otc.example/v3"), identity_regions: &[] },
        CloudInfo {
            id: "huawei",
            identity: Some("https://iam.{region}.huawei.example"),
            identity_regions: &[("shared", "https://iam.huawei.example")],
        },
        CloudInfo { id: "cellar", identity: None, identity_regions: &[] },
    ],
};

fn endpoints(region: Option<&str>, cloud: Option<&str>) -> Endpoints {
    Endpoints::of(region, cloud, FakeEnvironment::default())
}

fn url(endpoints: &Endpoints) -> String {
    endpoints.find(&SERVICE).unwrap().current().1.to_owned()
}

#[test]
fn a_region_leads_to_an_endpoint() {
    assert_eq!(url(&endpoints(Some("eu-de"), None)), "https://dcs.eu-de.otc.example");
    assert_eq!(url(&endpoints(Some("shared"), Some("otc"))), "https://dcs.shared.otc.example/base");
    let cases = [
        (None, None, "it is not known where dcs is; set `.region(..)`"),
        (Some("mars"), None, "dcs is not known in region \"mars\"; known: below, eu-de, shared;"),
        (Some("eu-de"), Some("huawei"), "dcs is not known in region \"eu-de\" of cloud \"huawei\"; known: shared;"),
        (Some("shared"), None, "dcs is in region \"shared\" of several clouds: huawei, otc; choose one"),
        (Some("x"), Some("moon"), "dcs is not known in region \"x\" of cloud \"moon\"; known: none;"),
    ];
    for (region, cloud, expected) in cases {
        let error = endpoints(region, cloud).find(&SERVICE).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn what_was_set_comes_first() {
    let variable = [("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", "https://variable.example")];
    let set = |base: Option<&str>, own: Option<&str>| {
        let mut endpoints = Endpoints::of(Some("eu-de"), None, FakeEnvironment::new(&variable, &[]));
        let parse = |url: &str| Base::parse("it", url, false).unwrap();
        endpoints.base = base.map(parse);
        endpoints.services.extend(own.map(|url| ("dcs".to_owned(), parse(url))));
        url(&endpoints)
    };
    assert_eq!(set(Some("https://all.example"), Some("https://own.example")), "https://own.example");
    assert_eq!(set(Some("https://all.example"), None), "https://all.example");
    assert_eq!(set(None, None), "https://variable.example");
}

/// Variables, text of the regions file (none if empty), and the first URL or the error.
#[cfg(feature = "regions-yaml")]
type Override = (&'static [(&'static str, &'static str)], &'static str, &'static str);

#[cfg(feature = "regions-yaml")]
#[test]
fn the_machines_owner_has_a_say() {
    const NAMED: (&str, &str) = ("HUAWEICLOUD_SDK_REGIONS_FILE", "/elsewhere.yaml");
    let cases: &[Override] = &[
        (&[], "", "https://dcs.eu-de.otc.example"),
        (&[("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", "")], "", "https://dcs.eu-de.otc.example"),
        (
            &[("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", " https://a.example/x , https://b.example,")],
            "",
            "https://a.example/x",
        ),
        (
            &[("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", "https://a.example")],
            "dcs: [{id: eu-de, endpoint: 'https://f.example'}]",
            "https://a.example",
        ),
        (&[], "dcs: [{id: eu-de, endpoint: 'https://f.example'}]", "https://f.example"),
        (
            &[],
            "DCS:\n  - id: x\n  - id: eu-de\n    endpoints: [https://g.example, https://h.example]",
            "https://g.example",
        ),
        (&[], "OMS: [{id: eu-de, endpoint: 'https://f.example'}]", "https://dcs.eu-de.otc.example"),
        (&[], "DCS: [{id: eu-nl, endpoint: 'https://f.example'}]", "https://dcs.eu-de.otc.example"),
        (&[], "# nothing", "https://dcs.eu-de.otc.example"),
        (
            &[("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", " , ")],
            "",
            "environment variable HUAWEICLOUD_SDK_REGION_DCS_EU_DE holds no",
        ),
        (
            &[("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", "http://a.example")],
            "",
            "the URL in environment variable HUAWEICLOUD_SDK_REGION_DCS_EU_DE is plain http to a.example: credentials",
        ),
        (
            &[("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", "https://a.example, https://me:hunter2@b.example")],
            "",
            "the URL in environment variable HUAWEICLOUD_SDK_REGION_DCS_EU_DE must not hold a user name",
        ),
        (
            &[],
            "DCS: [{id: eu-de, endpoint: f.example}]",
            "the URL in regions file /home/me/.huaweicloud/regions.yaml, region eu-de of DCS, \"f.example\", needs a scheme",
        ),
        (
            &[],
            "DCS: [{id: eu-de}]",
            "regions file /home/me/.huaweicloud/regions.yaml: region eu-de of DCS has no URL; expected `SERVICE:",
        ),
        (
            &[],
            "DCS: [{id: eu-de, endpoint: a, endpoints: [b]}]",
            "regions file /home/me/.huaweicloud/regions.yaml: region eu-de of DCS has no URL",
        ),
        (
            &[],
            "DCS: [{id: eu-de, endpoints: []}]",
            "regions file /home/me/.huaweicloud/regions.yaml: region eu-de of DCS has no URL",
        ),
        (&[], "DCS: [{endpoint: a}]", "regions file /home/me/.huaweicloud/regions.yaml: an entry of DCS has no `id`"),
        (&[], "DCS: {id: a}", "regions file /home/me/.huaweicloud/regions.yaml: DCS is no list"),
        (&[], "- DCS", "regions file /home/me/.huaweicloud/regions.yaml: it is no mapping"),
        (&[], "DCS: [", "regions file /home/me/.huaweicloud/regions.yaml: it is no YAML"),
        (&[], "(denied)", "regions file /home/me/.huaweicloud/regions.yaml cannot be read: permission denied"),
        (
            &[NAMED],
            "",
            "regions file /elsewhere.yaml, which HUAWEICLOUD_SDK_REGIONS_FILE names, cannot be read: entity not found",
        ),
    ];
    for (variables, file, expected) in cases {
        let files = [("/home/me/.huaweicloud/regions.yaml", *file)];
        let files = if file.is_empty() { &files[..0] } else { &files[..] };
        let endpoints = Endpoints::of(Some("eu-de"), None, FakeEnvironment::new(variables, files));
        let found = endpoints.find(&SERVICE).map(|place| place.current().1.to_owned());
        let found = found.unwrap_or_else(|error| error.to_string());
        assert!(found.starts_with(expected) && !found.contains("hunter2"), "{variables:?}, {file:?}: {found}");
    }
    let named = FakeEnvironment::new(&[NAMED], &[(NAMED.1, "DCS: [{id: eu-de, endpoint: 'https://e.example'}]")]);
    assert_eq!(url(&Endpoints::of(Some("eu-de"), None, named)), "https://e.example");
}

#[cfg(not(feature = "regions-yaml"))]
#[test]
fn a_regions_file_that_cannot_be_read_is_not_ignored() {
    let named = FakeEnvironment::new(&[("HUAWEICLOUD_SDK_REGIONS_FILE", "/elsewhere.yaml")], &[]);
    let error = Endpoints::of(Some("eu-de"), None, named).find(&SERVICE).unwrap_err().to_string();
    assert!(error.contains("built without feature `regions-yaml`"), "{error}");
}

#[test]
fn an_unknown_region_says_how_to_make_it_known() {
    let error = endpoints(Some("my-region"), None).find(&SERVICE).unwrap_err().to_string();
    assert!(error.ends_with("or environment variable HUAWEICLOUD_SDK_REGION_DCS_MY_REGION"), "{error}");
    let set = [("HUAWEICLOUD_SDK_REGION_DCS_MY_REGION", "https://mine.example")];
    assert_eq!(url(&Endpoints::of(Some("my-region"), None, FakeEnvironment::new(&set, &[]))), "https://mine.example");
}

#[test]
fn of_several_urls_the_next_is_used_when_one_is_left() {
    let set = [("HUAWEICLOUD_SDK_REGION_DCS_EU_DE", "https://a.example,https://b.example")];
    let endpoints = Endpoints::of(Some("eu-de"), None, FakeEnvironment::new(&set, &[]));
    let place = endpoints.find(&SERVICE).unwrap();
    place.leave(0);
    assert_eq!(url(&endpoints), "https://b.example");
    // Another call that saw the first one fail.
    place.leave(0);
    assert_eq!(url(&endpoints), "https://b.example");
    place.leave(1);
    assert_eq!(url(&endpoints), "https://a.example");
}

#[test]
fn the_identity_service_belongs_to_the_cloud() {
    let identity = |region, cloud, variables: &[(&str, &str)], other: Option<&str>| {
        let endpoints = Endpoints::of(region, cloud, FakeEnvironment::new(variables, &[]));
        endpoints.identity(&SERVICE, other).unwrap_or_else(|error| error.to_string())
    };
    let cases: [(Option<&str>, Option<&str>, Option<&str>, _); 8] = [
        (Some("eu-de"), None, None, "https://iam.eu-de.otc.example/v3"),
        (Some("shared"), Some("huawei"), None, "https://iam.huawei.example"),
        (Some("shared"), None, Some("otc"), "https://iam.shared.otc.example/v3"),
        (Some("new"), Some("otc"), None, "https://iam.new.otc.example/v3"),
        (None, None, None, "it is not known where the identity service (IAM) is: no region is set; set"),
        (
            Some("shared"),
            None,
            None,
            "it is not known where the identity service (IAM) is: the cloud of region \"shared\" does not",
        ),
        (
            Some("below"),
            None,
            None,
            "it is not known where the identity service (IAM) is: cloud \"cellar\" is not known",
        ),
        (
            Some("evil.example/"),
            Some("otc"),
            None,
            "it is not known where the identity service (IAM) is: \"evil.example/\" is no name",
        ),
    ];
    for (region, cloud, other, expected) in cases {
        let found = identity(region, cloud, &[], other);
        assert!(found.starts_with(expected), "{found}");
    }
    let both = [
        ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "https://iam.first.example"),
        ("HUAWEICLOUD_SDK_REGION_IAM_EU_DE", "https://iam.second.example"),
    ];
    assert_eq!(identity(Some("eu-de"), None, &both, None), "https://iam.first.example");
    assert_eq!(identity(Some("eu-de"), None, &both[1..], None), "https://iam.second.example");
    let mut endpoints = Endpoints::of(Some("eu-de"), None, FakeEnvironment::new(&both, &[]));
    endpoints.services.push(("iam".to_owned(), Base::parse("it", "https://iam.own.example", false).unwrap()));
    assert_eq!(endpoints.identity(&SERVICE, None).unwrap(), "https://iam.own.example");
}

#[test]
fn the_cloud_follows_from_the_region_if_only_one_has_it() {
    assert_eq!(endpoints(Some("eu-de"), None).cloud_of(&SERVICE), Some("otc"));
    assert_eq!(endpoints(Some("shared"), None).cloud_of(&SERVICE), None);
    assert_eq!(endpoints(Some("shared"), Some("huawei")).cloud_of(&SERVICE), Some("huawei"));
    assert_eq!(endpoints(None, None).cloud_of(&SERVICE), None);
}
