//! An operation with secrets wherever one can be: what the spec does not have yet, it may have tomorrow.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use huaweicloud_migration::dcs::SERVICE;
use huaweicloud_migration::runtime::__ as rt;
use migration_tests::pages::Page;
use serde_json::json;

use crate::case::Fill;

pub(crate) const FILE: &str = "made-up";

/// It in the words of the spec.
pub(crate) static PAGE: LazyLock<Page> = LazyLock::new(|| {
    let secret = json!({"type": "string", "sensitive": true, "length": [0, 300]});
    let list = json!({"type": "list of string", "sensitive": true, "length": [0, 300]});
    let map = json!({"type": "map of string", "sensitive": true, "length": [0, 300]});
    let fields = json!({
        "name": {"type": "string"}, "secret": secret, "list": list, "map": map,
        "lists": {"type": "list of list of string", "sensitive": true},
    });
    let part = json!({
        "name": {"type": "string"}, "count": {"type": "integer"}, "free": {"type": "json"}, "secret": secret,
        "list": list, "map": map, "lists": {"type": "list of list of string", "sensitive": true},
    });
    let answer = json!({
        "secret": secret, "parts": {"type": "list of Part"}, "by_name": {"type": "map of Part"}, "part": {"type": "Part"},
    });
    Page {
        file: FILE.to_owned(),
        operation: json!({
            "path": {"secret": secret, "list": list}, "query": {"secret": secret, "list": list},
            "header": {"X-Secret": {"type": "string", "sensitive": true}},
            "body": {"name": {"type": "string"}, "secret": secret, "parts": {"type": "list of Node"}, "map": {"type": "map of Node"}},
            "responses": {"200": {"body": "Answer"}},
        }),
        service: json!({}),
        types: serde_json::from_value(json!({
            "Node": {"fields": fields}, "Part": {"fields": part}, "Answer": {"fields": answer},
        }))
        .unwrap(),
    }
});

static SOURCE: rt::Page =
    rt::Page { id: "made-up", cloud: "none", title: "Made Up", url: "https://docs.example", updated: "2026-01-01" };
const TABLE: rt::Source = rt::Source::table(&SOURCE);

#[derive(Clone, Debug)]
pub(crate) struct MadeUp {
    path: rt::Secret,
    path_list: Vec<rt::Secret>,
    query: Option<rt::Secret>,
    query_list: Option<Vec<rt::Secret>>,
    header: Option<rt::Secret>,
    name: String,
    secret: rt::Secret,
    parts: Vec<Node>,
    map: Option<BTreeMap<String, Node>>,
    extra: rt::Extra,
}
rt::object!(MadeUp { name: field "name", secret: field "secret", parts: field "parts", map: optional "map" });

#[derive(Clone, Debug)]
pub(crate) struct Node {
    name: Option<String>,
    secret: Option<rt::Secret>,
    list: Option<Vec<rt::Secret>>,
    map: Option<BTreeMap<String, rt::Secret>>,
    lists: Vec<Vec<rt::Secret>>,
}
rt::object!(Node {
    name: optional "name", secret: optional "secret", list: optional "list", map: optional "map", lists: field "lists"
});

impl rt::Check for Node {
    fn check(&self, c: &mut rt::Checker<'_>) {
        c.length("secret", &self.secret, 0, 300, &TABLE);
        c.length("list", &self.list, 0, 300, &TABLE);
        c.length("map", &self.map, 0, 300, &TABLE.warning());
    }
}

impl rt::Request for MadeUp {
    type Output = Answer;
    const INFO: rt::OperationInfo = rt::OperationInfo {
        name: "MadeUp",
        service: &SERVICE,
        method: "POST",
        path: "/v1/{secret}/{list}",
        body: true,
        idempotent: false,
        auth: rt::Auth::Required,
        pages: &[],
    };

    fn target(&self, target: &mut rt::Target) {
        target.path("secret", &self.path);
        target.path("list", &self.path_list);
        target.query("secret", &self.query);
        target.query("list", &self.query_list);
        target.header("X-Secret", &self.header);
    }

    fn check(&self, c: &mut rt::Checker<'_>) {
        c.length("path.secret", &self.path, 0, 300, &TABLE);
        c.length("path.list", &self.path_list, 0, 300, &TABLE);
        c.length("query.secret", &self.query, 0, 300, &TABLE);
        c.length("query.list", &self.query_list, 0, 300, &TABLE);
        c.length("body.secret", &self.secret, 0, 300, &TABLE.warning());
        c.object("body.parts", &self.parts);
        c.object("body.map", &self.map);
    }
}
huaweicloud_migration::runtime::extras!(MadeUp);

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Part {
    name: Option<String>,
    count: Option<i64>,
    free: Option<rt::Json>,
    secret: Option<rt::Secret>,
    list: Option<Vec<rt::Secret>>,
    map: Option<BTreeMap<String, rt::Secret>>,
    lists: Option<Vec<Vec<rt::Secret>>>,
}
huaweicloud_migration::runtime::answer!(Part {
    name: "name",
    count: "count",
    free: "free",
    secret: "secret",
    list: "list",
    map: "map",
    lists: "lists"
});

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    secret: Option<rt::Secret>,
    parts: Option<Vec<Part>>,
    by_name: Option<BTreeMap<String, Part>>,
    part: Option<Part>,
}
huaweicloud_migration::runtime::answer!(Answer { secret: "secret", parts: "parts", by_name: "by_name", part: "part" });

pub(crate) fn request(fill: &Fill) -> MadeUp {
    let secret = |place: &str| rt::Secret::from(fill.text(place));
    let node = |of: &str| Node {
        name: Some(fill.text(&format!("{of}.name"))),
        secret: Some(secret(&format!("{of}.secret"))),
        list: Some(vec![secret(&format!("{of}.list"))]),
        map: Some(BTreeMap::from([("key".to_owned(), secret(&format!("{of}.map")))])),
        lists: vec![Vec::new(), vec![secret(&format!("{of}.lists"))]],
    };
    MadeUp {
        path: secret("path.secret"),
        path_list: vec![rt::Secret::from("one"), secret("path.list")],
        query: Some(secret("query.secret")),
        query_list: Some(vec![secret("query.list")]),
        header: Some(secret("header.X-Secret")),
        name: fill.text("body.name"),
        secret: secret("body.secret"),
        parts: vec![node("body.parts")],
        map: Some(BTreeMap::from([("key".to_owned(), node("body.map"))])),
        extra: rt::Extra::default(),
    }
}
